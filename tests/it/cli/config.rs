//! `.delint.yaml`: what it changes, and what is said of mistakes in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use delint::project::config::{self, MEMBERS, OVERRIDE_MEMBERS};
use delint::project::paths::Base;
use delint::text::{Source, SourceId};
use serde_json::Value as Json;

use super::modules::{check, module};
use super::{BAD, GOOD, Sandbox, files};

/// The files of which something is found.
fn found(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let ran = sandbox.run(&[&["check", "--format", "concise", "--exit-zero"], args].concat()).code(0);
    ran.out.lines().map(|line| line.split(':').next().unwrap().to_owned()).collect()
}

#[test]
fn the_nearest_configuration_counts() {
    let sandbox = Sandbox::new(&[
        ("bad.yaml", BAD),
        (".delint.yaml", "severity: { user-notification-level: hint }\n"),
        ("inner/bad.yaml", BAD),
        ("other.yaml", "severity: { user-notification-level: off }\n"),
        ("inner/repository/.git/HEAD", ""),
        ("inner/repository/bad.yaml", BAD),
    ]);
    let severity = |folder: &str, args: &[&str]| {
        let mut command = sandbox.command(&[&["check", "--format", "concise", "bad.yaml"], args].concat());
        let output = command.current_dir(sandbox.path().join(folder)).output().unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        let word = out.split([' ', '[']).nth(1).unwrap_or_default().to_owned();
        (word, output.status.code().unwrap())
    };
    assert_eq!(severity(".", &[]), ("hint".to_owned(), 0));
    assert_eq!(severity("inner", &[]), ("hint".to_owned(), 0));
    assert_eq!(severity("inner", &["--isolated"]), ("error".to_owned(), 1));
    assert_eq!(severity("inner", &["--config", "../other.yaml"]), (String::new(), 0));
    assert_eq!(
        severity("inner", &["--severity", "user-notification-level=warning"]),
        ("warning".to_owned(), 0)
    );
    assert_eq!(severity(".", &["--config", "other.yaml", "--select", "user-notification-level"]).1, 1);
    // The search ends at the root of a repository.
    assert_eq!(severity("inner/repository", &[]), ("error".to_owned(), 1));
}

#[test]
fn what_is_excluded_is_left_out_of_folders() {
    let sandbox = Sandbox::new(&[
        (".delint.yaml", "exclude: [vendor/, '*.generated.yaml', /a.yaml]\n"),
        ("a.yaml", BAD),
        ("b.yaml", BAD),
        ("b.generated.yaml", BAD),
        ("inner/a.yaml", BAD),
        ("inner/vendor/deep/c.yaml", BAD),
    ]);
    let all = ["a.yaml", "b.generated.yaml", "b.yaml", "inner/a.yaml", "inner/vendor/deep/c.yaml"];
    for more in [&[][..], &["--no-ignore"]] {
        assert_eq!(found(&sandbox, more), ["b.yaml", "inner/a.yaml"], "{more:?}");
        assert_eq!(found(&sandbox, &[&["--isolated"], more].concat()), all);
    }
    // What is named is wanted, save under --force-exclude.
    let vendor = "inner/vendor/deep/c.yaml";
    assert_eq!(found(&sandbox, &["a.yaml", "b.yaml"]), ["a.yaml", "b.yaml"]);
    assert_eq!(found(&sandbox, &["inner/vendor"]), [vendor]);
    assert_eq!(found(&sandbox, &["--force-exclude", "a.yaml", "b.yaml", vendor]), ["b.yaml"]);
    assert_eq!(found(&sandbox, &["--force-exclude", "inner/vendor"]), [""; 0]);
    sandbox.run(&["check", "--force-exclude", "a.yaml"]).code(0);
    let stdin = ["check", "--force-exclude", "--stdin-filename", "inner/vendor/x.yaml", "-"];
    sandbox.run_on(&stdin, BAD.as_bytes()).code(0);
    sandbox.run_on(&["check", "--stdin-filename", "inner/vendor/x.yaml", "-"], BAD.as_bytes()).code(1);
}

#[test]
fn what_is_excluded_completes_a_module_and_is_not_told() {
    let sandbox = module("infra");
    let args = ["infra"];
    assert_eq!(files(&check(&sandbox, &args).code(1)), ["infra/pool.tf"]);
    sandbox.write(".delint.yaml", "exclude: [delivery.tf]\n");
    check(&sandbox, &args).code(0);
    assert_eq!(
        files(&check(&sandbox, &["infra/pool.tf"]).code(1)),
        ["infra/pool.tf"],
        "it is read all the same"
    );
    sandbox.write(".delint.yaml", "exclude: [pool.tf]\n");
    check(&sandbox, &args).code(0);
    check(&sandbox, &["infra/delivery.tf"]).code(0);
    assert_eq!(files(&check(&sandbox, &["infra/pool.tf"]).code(1)), ["infra/pool.tf"]);
}

#[test]
fn a_baseline_holds_what_is_told_and_no_more() {
    let sandbox = module("infra");
    for excluded in ["delivery.tf", "pool.tf"] {
        sandbox.write(".delint.yaml", format!("exclude: [{excluded}]\n"));
        check(&sandbox, &["infra"]).code(0);
        let written = sandbox.run(&["baseline", "infra"]).code(0).out;
        assert_eq!(written, "Wrote 0 findings to .delint-baseline.json\n", "{excluded}");
    }
    // What is left out from then on is forgotten.
    sandbox.write(".delint.yaml", "");
    assert!(sandbox.run(&["baseline", "infra"]).code(0).out.starts_with("Wrote 1 finding "));
    sandbox.write(".delint.yaml", "exclude: [pool.tf]\n");
    let pruned = sandbox.run(&["baseline", "infra", "--prune"]).code(0).out;
    assert_eq!(pruned, "Removed 1 finding from .delint-baseline.json, 0 left\n");
}

#[test]
fn a_configuration_counts_under_either_name() {
    let sandbox = Sandbox::new(&[(".delint.yml", "exclude: [bad.yaml]\n"), ("bad.yaml", BAD), ("in/x", "")]);
    sandbox.run(&["check"]).code(0);
    sandbox.run(&["check", "--isolated"]).code(1);
    let init = sandbox.run(&["init"]).code(2);
    assert!(init.err.contains(".delint.yml is there already"), "{}", init.err);
    sandbox.write(".delint.yaml", "");
    let told = "there are two configurations, .delint.yaml and .delint.yml beside it; only one can count";
    assert_eq!(sandbox.run(&["check"]).code(2).err, format!("error: {told}\n"));
    let mut below = sandbox.command(&["check"]);
    below.current_dir(sandbox.path().join("in"));
    assert!(super::finish(below, b"").code(2).err.contains(&told.replacen(".delint", "../.delint", 1)));
    sandbox.run(&["check", "--config", ".delint.yml"]).code(0);
}

#[cfg(unix)]
#[test]
fn a_configuration_that_is_a_link_to_nothing_is_missed() {
    let sandbox = Sandbox::new(&[("good.yaml", GOOD)]);
    std::os::unix::fs::symlink("gone.yaml", sandbox.path().join(".delint.yaml")).unwrap();
    let told = "error: cannot read the configuration .delint.yaml: there is no such file\n";
    assert_eq!(sandbox.run(&["check"]).code(2).err, told);
    sandbox.write("gone.yaml", "");
    sandbox.run(&["check"]).code(0);
}

#[test]
fn files_can_have_settings_of_their_own() {
    let config = "\
severity: { log-group-retention: off }
overrides:
  - files: test/
    severity: { user-notification-level: off }
  - files: ['*.late.yaml']
    severity: { user-notification-level: warning }
";
    let sandbox = Sandbox::new(&[
        (".delint.yaml", config),
        ("a.yaml", BAD),
        ("test/a.yaml", BAD),
        ("test/a.late.yaml", BAD),
    ]);
    assert_eq!(found(&sandbox, &[]), ["a.yaml", "test/a.late.yaml"]);
    let out = sandbox.run(&["check", "--format", "concise", "test"]).code(0).out;
    assert!(out.contains("warning[user-notification-level]"), "{out}");
}

#[test]
fn facts_can_be_assumed_by_folder() {
    let config = "assume: { plan: PLUS }\noverrides: [{ files: lite/, assume: { plan: LITE } }]\n";
    let events = GOOD.replace("userNotification", "userAuthEvents").replace("ERROR", "INFO");
    let sandbox =
        Sandbox::new(&[(".delint.yaml", config), ("plus/a.yaml", &events), ("lite/a.yaml", &events)]);
    assert_eq!(found(&sandbox, &[]), ["lite/a.yaml"]);
    assert_eq!(found(&sandbox, &["--assume", "plan=PLUS"]), [""; 0]);
    assert_eq!(found(&sandbox, &["--assume", "plan=LITE"]), ["lite/a.yaml", "plus/a.yaml"]);
}

#[test]
fn mistakes_have_places_and_nothing_is_checked() {
    for (config, told) in [
        ("severty: {}\n", ".delint.yaml:1:1: unknown member `severty`; did you mean `severity`?"),
        ("severity:\n  arn-format: fatal\n", ".delint.yaml:2:15: "),
        ("exclude: [a]\nexclude: [b]\n", ".delint.yaml:2:1: `exclude` is written twice"),
        ("overrides:\n  - severity: {}\n", ".delint.yaml:2:5: `files` is missing"),
        ("overrides:\n  - file: a\n", ".delint.yaml:2:5: unknown member `file`; did you mean `files`?"),
        ("assume: { account: 210987654321 }\n", ".delint.yaml:1:20: a text is due here: write it in quotes"),
        ("assume: { region: nowhere }\n", ".delint.yaml:1:19: `nowhere` is not a region of AWS"),
        ("rules: [../elsewhere]\n", ".delint.yaml:1:9: a path must stay inside"),
        ("exclude: [a, ../x]\n", ".delint.yaml:1:14: patterns are relative to the folder"),
        ("overrides: [{ files: a/../b }]\n", ".delint.yaml:1:22: patterns are relative to the folder"),
        ("baseline: /etc/passwd\n", ".delint.yaml:1:11: a path must stay inside"),
        ("a: [\n", ".delint.yaml:"),
        ("- a\n", ".delint.yaml:1:1: a mapping is due here"),
        ("{}\n---\n{}\n", ".delint.yaml:3:1: a configuration is one document"),
    ] {
        let sandbox = Sandbox::new(&[(".delint.yaml", config), ("bad.yaml", BAD)]);
        let ran = sandbox.run(&["check", "--format", "concise"]).code(2);
        assert!(ran.err.contains(told), "{config}{}", ran.err);
        assert_eq!(ran.out, "");
        // Where findings are drawn, so is this.
        let ran = sandbox.run(&["check"]).code(2);
        let (place, text) = told.split_once(": ").unwrap_or((told, ""));
        assert!(ran.err.contains(&format!(",-[{place}")), "{config}{}", ran.err);
        assert!(ran.err.contains(&format!("error: {text}")), "{config}{}", ran.err);
        assert_eq!(ran.out, "");
        sandbox.run(&["check", "--isolated"]).code(1);
        let json: Json =
            serde_json::from_str(&sandbox.run(&["check", "--format", "json"]).code(2).out).unwrap();
        assert_eq!(json["summary"]["files"], 0);
    }
    let sandbox = Sandbox::new(&[]);
    let ran = sandbox.run(&["check", "--config", "none.yaml"]).code(2);
    assert!(
        ran.err.contains("cannot read the configuration none.yaml: there is no such file"),
        "{}",
        ran.err
    );
}

#[test]
fn names_that_no_rule_has_are_found() {
    let config = "\
severity: { arn-fromat: off, own-rule: error }
overrides: [{ files: a, severity: { elephant: off } }]
";
    let sandbox = Sandbox::new(&[(".delint.yaml", config), ("good.yaml", GOOD)]);
    let check = |more: &[&str]| sandbox.run(&[&["check", "--format", "concise"], more].concat()).code(0).out;
    let out = check(&[]);
    let lines: Vec<&str> = out.lines().collect();
    let [first, second, third] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(first.starts_with(".delint.yaml:1:13: warning[unknown-rule]"), "{first}");
    assert!(first.contains("there is no rule named `arn-fromat`; did you mean `arn-format`?"), "{first}");
    assert!(second.starts_with(".delint.yaml:1:30: warning[unknown-rule]"), "{second}");
    assert!(third.contains("there is no rule named `elephant`"), "{third}");
    assert_eq!(check(&["--ignore", "unknown-rule"]), "");
    // In the order of the files.
    sandbox.write(".a.yaml", BAD);
    sandbox.write("z.yaml", BAD);
    let ran = sandbox.run(&["check", "--format", "concise", ".a.yaml", "z.yaml"]).code(1);
    let files: Vec<&str> = ran.out.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(files, [".a.yaml", ".delint.yaml", ".delint.yaml", ".delint.yaml", "z.yaml"]);
    fs::remove_file(sandbox.path().join("z.yaml")).unwrap();
    fs::remove_file(sandbox.path().join(".a.yaml")).unwrap();
    let code = sandbox.run(&["check", "--fail-on", "warning"]).code(1).out;
    assert!(code.contains("[.delint.yaml:1:13]"), "{code}");
}

#[test]
fn files_can_be_listed() {
    let sandbox = Sandbox::new(&[("list", "a.yaml\nno such.yaml\n"), ("a.yaml", BAD), ("b.yaml", BAD)]);
    let ran = sandbox.run(&["check", "--format", "concise", "--files-from", "list"]).code(2);
    assert!(ran.out.starts_with("a.yaml:") && ran.out.lines().count() == 1, "{}", ran.out);
    assert!(ran.err.contains("cannot read no such.yaml"), "{}", ran.err);
    let ran = sandbox.run_on(&["check", "--format", "concise", "--files-from", "-"], b"b.yaml\n").code(1);
    assert!(ran.out.starts_with("b.yaml:"), "{}", ran.out);
    let list = "\u{feff}b.yaml\r\n";
    assert_eq!(sandbox.run_on(&["check", "--files-from", "-"], list.as_bytes()).code(1).err, "");
    // An empty list names nothing, and not the current folder.
    sandbox.run_on(&["check", "--files-from", "-"], b"").code(0);
    sandbox.run(&["check", "--files-from", "none"]).code(2);
}

#[test]
fn files_are_shown() {
    let sandbox = Sandbox::new(&[
        (".delint.yaml", "exclude: c.yaml\n"),
        ("inner/a.yaml", BAD),
        ("b.txt", ""),
        ("c.yaml", BAD),
        (".gitignore", "d.yaml\n"),
        ("d.yaml", BAD),
    ]);
    let shown = |args: &[&str]| sandbox.run(&[&["check", "--show-files"], args].concat()).code(0).out;
    assert_eq!(shown(&[]), ".delint.yaml\n.gitignore\nb.txt\ninner/a.yaml\n");
    assert_eq!(shown(&["c.yaml"]), "c.yaml\n");
    assert_eq!(shown(&["c.yaml", "--force-exclude"]), "");
}

#[test]
fn a_new_configuration_changes_nothing() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let before = sandbox.run(&["check", "bad.yaml"]).code(1).out;
    sandbox.run(&["init"]).code(0);
    let text = fs::read_to_string(sandbox.path().join(".delint.yaml")).unwrap();
    assert_eq!(sandbox.run(&["check", "bad.yaml"]).code(1).out, before);
    // All that it proposes is right.
    let proposed: Vec<&str> =
        text.lines().skip(1).map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
    let proposed: Vec<&str> = proposed.into_iter().filter(|line| !line.ends_with('.')).collect();
    assert_eq!(mistakes(&proposed.join("\n")), [""; 0]);
    assert!(MEMBERS.iter().all(|member| text.contains(&format!("# {member}:"))), "{text}");

    sandbox.write(".delint.yaml", "{}");
    sandbox.run(&["init"]).code(2);
    assert_eq!(fs::read_to_string(sandbox.path().join(".delint.yaml")).unwrap(), "{}");
}

/// What is wrong with a configuration.
fn mistakes(text: &str) -> Vec<String> {
    let source = Arc::new(Source::new(SourceId(0), ".delint.yaml", text));
    match config::parse(source, Base::default()) {
        Ok(_) => Vec::new(),
        Err(failure) => failure.into_report().notifications.into_iter().map(|told| told.text).collect(),
    }
}

fn schema() -> Json {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/config.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_schema_has_the_members_that_are_read() {
    let schema = schema();
    let members = |pointer: &str| -> BTreeSet<String> {
        schema.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect()
    };
    let known = |members: &[&str]| members.iter().map(|member| (*member).to_owned()).collect();
    assert_eq!(members("/properties"), known(MEMBERS));
    assert_eq!(members("/properties/overrides/items/properties"), known(OVERRIDE_MEMBERS));
}

#[test]
fn the_schema_and_the_reader_agree() {
    let validator = jsonschema::draft7::new(&schema()).unwrap();
    for text in [
        "",
        "{}",
        "rules: a\n",
        "rules: [a, b]\n",
        "rules: 1\n",
        "rules: ['']\n",
        "exclude: '*.yaml'\n",
        "exclude: { a: b }\n",
        "baseline: a.json\n",
        "baseline: [a.json]\n",
        "severity: { arn-format: off }\n",
        "severity: { arn-format: none }\n",
        "severity: [arn-format]\n",
        "assume: { account: '210987654321', region: us-gov-west-1, plan: lite }\n",
        "assume: { account: '21098765432' }\n",
        "assume: { account: 210987654321 }\n",
        "assume: { plan: pro }\n",
        "assume: { colour: blue }\n",
        "overrides: [{ files: a, severity: { arn-format: hint }, assume: { plan: PLUS } }]\n",
        "overrides: [{ severity: {} }]\n",
        "overrides: { files: a }\n",
        "overrides: [{ files: a, exclude: b }]\n",
        "unknown: 1\n",
        "[]\n",
    ] {
        let json: Json = serde_yaml::from_str(text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert_eq!(errors.is_empty(), mistakes(text).is_empty(), "{text:?} {errors:?} {:?}", mistakes(text));
    }
}
