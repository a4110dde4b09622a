//! `--fix` and `--diff`: what they write, and what they leave alone.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{BAD, GOOD, Ran, Sandbox, finish};

fn text(sandbox: &Sandbox, name: &str) -> String {
    fs::read_to_string(sandbox.path().join(name)).unwrap()
}

fn windows(text: &str) -> String {
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}

const BAD_TF: &str = "\
resource \"aws_cognito_log_delivery_configuration\" \"users\" {
  user_pool_id = \"eu-west-1_a1B2c3D4e\"
  log_configurations {
    event_source = \"userNotification\"
    log_level    = \"INFO\" # why
    cloud_watch_logs_configuration {
      log_group_arn = aws_cloudwatch_log_group.users.arn
    }
  }
}
";
const GROUP_TF: &str =
    "resource \"aws_cloudwatch_log_group\" \"users\" {\n  name = \"/aws/vendedlogs/users\"\n}\n";

#[test]
fn files_are_fixed_and_reported_as_they_are_then() {
    let sandbox = Sandbox::new(&[
        ("a.yaml", BAD),
        ("b.yaml", &windows(BAD)),
        ("in/main.tf", BAD_TF),
        ("in/logs.tf", GROUP_TF),
        ("c.yaml", BAD.strip_suffix('\n').unwrap()),
    ]);
    let ran = sandbox.run(&["check", "--fix", "--ignore", "log-group-retention"]).code(1);
    assert_eq!(ran.err, "note: fixed 4 findings in 4 files\n");
    assert!(!ran.out.contains("user-notification-level"), "{}", ran.out);
    assert_eq!(text(&sandbox, "a.yaml"), GOOD);
    assert_eq!(text(&sandbox, "b.yaml"), windows(GOOD));
    assert_eq!(text(&sandbox, "in/main.tf"), BAD_TF.replace("INFO", "ERROR"));
    assert_eq!(text(&sandbox, "c.yaml"), GOOD.strip_suffix('\n').unwrap());
    let again = sandbox.run(&["check", "--fix"]).code(0);
    assert_eq!(again.err, "");
}

#[test]
fn what_is_left_is_reported() {
    let sandbox = Sandbox::new(&[("a.yaml", &BAD.replace("eu-west-1_a1B2c3D4e", "eu-west-1:pool"))]);
    let ran = sandbox.run(&["check", "--fix", "--format", "concise"]).code(1);
    assert!(ran.out.contains("[user-pool-id]") && !ran.out.contains("[user-notification-level]"), "{ran:?}");
    assert!(text(&sandbox, "a.yaml").contains("LogLevel: ERROR"));
}

#[test]
fn exit_zero_holds_for_fixes() {
    let sandbox = Sandbox::new(&[("a.yaml", BAD)]);
    sandbox.run(&["check", "--fix", "--exit-zero"]).code(0);
    assert_eq!(text(&sandbox, "a.yaml"), GOOD);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_mode_and_its_links() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let sandbox = Sandbox::new(&[("real.yaml", BAD), ("good.yaml", GOOD)]);
    let (real, link, good) = (
        sandbox.path().join("real.yaml"),
        sandbox.path().join("link.yaml"),
        sandbox.path().join("good.yaml"),
    );
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.yaml", &link).unwrap();
    let before = fs::metadata(&good).unwrap();
    sandbox.run(&["check", "--fix", "link.yaml", "good.yaml"]).code(1);
    assert!(link.is_symlink());
    assert_eq!(text(&sandbox, "real.yaml"), GOOD);
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    // What has nothing to fix is not written.
    let after = fs::metadata(&good).unwrap();
    assert_eq!((after.ino(), after.mtime_nsec()), (before.ino(), before.mtime_nsec()));
    let mut names: Vec<_> =
        fs::read_dir(sandbox.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["good.yaml", "link.yaml", "real.yaml"]);
}

#[test]
fn a_file_that_cannot_be_written_is_reported_as_it_is() {
    let sandbox = Sandbox::new(&[("a.yaml", BAD), ("b.yaml", BAD)]);
    // All names that a file beside it may have are taken.
    for number in 0..=100 {
        sandbox.write(&format!(".a.yaml.{number}.delint-tmp"), "");
    }
    let args = ["check", "--fix", "--format", "concise", "--select", "user-notification-level"];
    let ran = sandbox.run(&args).code(2);
    assert_eq!(text(&sandbox, "a.yaml"), BAD);
    assert_eq!(text(&sandbox, "b.yaml"), GOOD);
    assert_eq!(super::files(&ran), ["a.yaml"]);
    assert!(ran.err.contains("error: a.yaml was not fixed: "), "{}", ran.err);
    assert!(ran.err.contains("note: fixed 1 finding in 1 file\n"), "{}", ran.err);
}

#[test]
fn only_what_was_asked_for_is_fixed() {
    let bad = BAD_TF.replace("\"users\" {\n  user", "\"others\" {\n  user");
    let sandbox = Sandbox::new(&[("main.tf", BAD_TF), ("other.tf", &bad), ("logs.tf", GROUP_TF)]);
    sandbox.run(&["check", "--fix", "main.tf"]).code(1);
    assert_eq!(text(&sandbox, "main.tf"), BAD_TF.replace("INFO", "ERROR"));
    assert_eq!(text(&sandbox, "other.tf"), bad);
}

#[test]
fn what_nobody_reports_is_not_fixed() {
    let suppressed =
        BAD.replace("    LogLevel", "    # delint: ignore[user-notification-level] known\n    LogLevel");
    let sandbox = Sandbox::new(&[
        (".delint.yaml", "exclude: [legacy/]\n"),
        ("legacy/a.yaml", BAD),
        ("suppressed.yaml", &suppressed),
    ]);
    sandbox.run(&["check", "--fix", "--force-exclude", ".", "legacy/a.yaml"]).code(0);
    sandbox.run(&["check", "--fix", "--ignore", "user-notification-level", "legacy/a.yaml"]).code(0);
    sandbox.run(&["baseline", "legacy/a.yaml"]).code(0);
    sandbox.run(&["check", "--fix", "--baseline", ".delint-baseline.json", "legacy/a.yaml"]).code(0);
    assert_eq!(text(&sandbox, "legacy/a.yaml"), BAD);
    assert_eq!(text(&sandbox, "suppressed.yaml"), suppressed);
    // Fewer are known than there are: somebody has to choose.
    sandbox.run(&["check", "--fix", "legacy/a.yaml"]).code(1);
    assert_eq!(text(&sandbox, "legacy/a.yaml"), GOOD);
}

#[test]
fn standard_input_is_shown_and_not_fixed() {
    let sandbox = Sandbox::new(&[]);
    let ran = sandbox.run_on(&["check", "--fix", "-"], BAD.as_bytes()).code(2);
    assert!(ran.err.contains("standard input cannot be fixed; `--diff` shows"), "{ran:?}");
    let ran = sandbox.run_on(&["check", "--diff", "--stdin-filename", "x.yaml", "-"], BAD.as_bytes()).code(1);
    assert!(ran.out.starts_with("--- a/x.yaml\n+++ b/x.yaml\n@@ "), "{}", ran.out);
    sandbox.run(&["check", "--diff", "--fix"]).code(2);
}

#[test]
fn a_patch_does_what_a_fix_does() {
    let one_line = "{\"UserPoolId\":\"eu-west-1_a1B2c3D4e\",\"LogConfigurations\":[{\"EventSource\":\"userNotification\",\
        \"LogLevel\":\"INFO\",\"CloudWatchLogsConfiguration\":{\"LogGroupArn\":\
        \"arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users\"}}]}";
    let many = ["---\n", BAD].concat().repeat(40);
    let with_return = BAD.replacen('\n', "\r", 1);
    let files: &[(&str, &str)] = &[
        ("a.yaml", BAD),
        ("a b.yaml", BAD),
        ("in/é \"q\".yaml", BAD),
        ("windows.yaml", &windows(BAD)),
        ("no end.yaml", BAD.strip_suffix('\n').unwrap()),
        ("one.json", one_line),
        ("many.yaml", &many),
        ("main.tf", BAD_TF),
        ("logs.tf", GROUP_TF),
        ("odd.yaml", &with_return),
        ("good.yaml", GOOD),
    ];
    let (shown, fixed) = (Sandbox::new(files), Sandbox::new(files));
    let ran = shown.run(&["check", "--diff", "."]).code(1);
    assert_eq!(ran.err, "note: would fix 48 findings in 9 files\n");
    assert!(!ran.out.contains("good.yaml") && !ran.out.contains("logs.tf"), "{}", ran.out);
    for (name, text) in files {
        assert_eq!(self::text(&shown, name), *text, "--diff changes nothing");
    }
    apply(&shown, &ran);
    fixed.run(&["check", "--fix", "."]).code(1);
    for (name, old) in files {
        let new = text(&fixed, name);
        assert_eq!(text(&shown, name), new, "{name}");
        let stays = ["good.yaml", "logs.tf"].contains(name);
        assert_eq!(new == *old, stays, "{name}");
    }
    assert_eq!(shown.run(&["check", "--diff", "."]).out, "");
}

/// Gives a patch to git.
#[track_caller]
fn apply(sandbox: &Sandbox, ran: &Ran) {
    sandbox.write("all.patch", &ran.out);
    let mut git = Command::new("git");
    git.args(["apply", "--whitespace=nowarn", "all.patch"]).current_dir(sandbox.path());
    git.env("GIT_CEILING_DIRECTORIES", sandbox.path().parent().unwrap_or(Path::new("/")));
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.output().unwrap();
    fs::remove_file(sandbox.path().join("all.patch")).unwrap();
    assert!(output.status.success(), "{}\n{}", String::from_utf8_lossy(&output.stderr), ran.out);
}

#[test]
fn a_patch_in_a_log_of_a_workflow_is_no_command() {
    let sandbox = Sandbox::new(&[("a.yaml", &BAD.replace("    LogLevel", "    # ##[error]x\n    LogLevel"))]);
    let ran = sandbox.run_with(&["check", "--diff"], &[("GITHUB_ACTIONS", "true")]).code(1);
    assert!(ran.out.contains("##⁅error]x") && !ran.out.contains("##["), "{}", ran.out);
}

#[test]
fn beside_a_patch_the_report_is_of_the_files_as_they_are() {
    let sandbox = Sandbox::new(&[("a.yaml", BAD)]);
    let ran = sandbox.run(&["check", "--diff", "--format", "concise", "--output", "found", "."]).code(1);
    assert!(ran.out.starts_with("--- a/a.yaml\n"), "{}", ran.out);
    assert!(text(&sandbox, "found").contains("a.yaml:4:15: error[user-notification-level]"));
    let ran = sandbox.run(&["check", "--diff", "--format", "json"]).code(2);
    assert!(ran.err.contains("`--format json` needs an `--output`") && ran.out.is_empty(), "{ran:?}");
}

#[test]
fn who_wants_no_failure_gets_none() {
    let sandbox = Sandbox::new(&[("a.yaml", BAD)]);
    for wish in [&["--exit-zero"][..], &["--fail-on", "never"]] {
        sandbox.run(&[&["check", "--diff", "."], wish].concat()).code(0);
    }
    sandbox.run(&["check", "--fix", "--fail-on", "never"]).code(0);
    assert_eq!(text(&sandbox, "a.yaml"), GOOD);
}

#[test]
fn a_patch_names_files_as_git_does() {
    let sandbox = Sandbox::new(&[("a.yaml", BAD), ("in/b.yaml", BAD), (".git/HEAD", "")]);
    let absolute = sandbox.path().join("a.yaml");
    let ran = sandbox.run(&["check", "--diff", absolute.to_str().unwrap()]).code(1);
    assert!(ran.out.starts_with("--- a/a.yaml\n+++ b/a.yaml\n"), "{}", ran.out);
    assert_eq!(ran.err, "note: would fix 1 finding in 1 file\n");
    apply(&sandbox, &ran);
    assert_eq!(text(&sandbox, "a.yaml"), GOOD);

    sandbox.write("a.yaml", BAD);
    let mut below = sandbox.command(&["check", "--diff", "../a.yaml", "b.yaml"]);
    below.current_dir(sandbox.path().join("in"));
    let ran = finish(below, b"").code(1);
    assert!(ran.out.contains("--- a/a.yaml\n") && ran.out.contains("--- a/in/b.yaml\n"), "{}", ran.out);
    assert!(ran.err.contains("the patch is for `git apply` in "), "{}", ran.err);
    apply(&sandbox, &ran);
    assert_eq!((text(&sandbox, "a.yaml"), text(&sandbox, "in/b.yaml")), (GOOD.into(), GOOD.into()));
}
