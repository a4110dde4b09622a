//! Runs over many files, and over files that change meanwhile.

use std::sync::atomic::{AtomicBool, Ordering};
use std::{fs, thread};

use super::{BAD, GOOD, Sandbox, files, finish};

/// A good configuration of another user pool.
fn other() -> String {
    GOOD.replace("a1B2c3D4e", "a1B2c3D4g")
}

#[test]
fn statistics_count_the_findings_of_each_rule() {
    let two = BAD.replace("210987654321", "21098765432").replace("a1B2c3D4e", "a1B2c3D4f");
    let sandbox = Sandbox::new(&[("a.yaml", BAD), ("b.yaml", &two), ("good.yaml", &other())]);
    let ran = sandbox.run(&["check", "--statistics", "--format", "concise"]).code(1);
    assert_eq!(ran.out, sandbox.run(&["check", "--format", "concise"]).out);
    assert_eq!(ran.err, "2  error    user-notification-level\n1  error    arn-account\n", "{}", ran.out);
    assert_eq!(sandbox.run(&["check", "--statistics", "good.yaml"]).code(0).err, "");
    let hints = ["check", "--statistics", "--severity", "user-notification-level=hint", "a.yaml"];
    assert_eq!(sandbox.run(&hints).code(0).err, "1  hint     user-notification-level\n");
}

/// What a user sees of a file that comes and goes: it is read, or missing when the folder is listed, or gone when it
/// is to be read; the rest is checked all the same.
#[test]
fn a_file_that_vanishes_costs_nothing_but_the_exit_code() {
    let sandbox = Sandbox::new(&[("a.yaml", BAD), ("inner/good.yaml", &other())]);
    let folder = sandbox.path().join("inner");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for number in 0..50 {
                    fs::write(folder.join(format!("{number}.yaml")), "nothing").unwrap();
                }
                for number in 0..50 {
                    fs::remove_file(folder.join(format!("{number}.yaml"))).unwrap();
                }
            }
        });
        let runs: Vec<_> = (0..20).map(|_| sandbox.run(&["check", "--format", "concise"])).collect();
        done.store(true, Ordering::Relaxed);
        for ran in runs {
            assert_eq!(files(&ran), ["a.yaml"]);
            let gone = |line: &str| line.ends_with(".yaml: there is no such file or folder");
            assert!(ran.err.lines().all(|line| line.starts_with("error: cannot read inner/") && gone(line)));
            assert_eq!(ran.code, Some(if ran.err.is_empty() { 1 } else { 2 }), "{ran:?}");
        }
    });
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn an_end_before_the_end_leaves_nothing_half_written() {
        let sandbox = Sandbox::new(&[("a.yaml", BAD), ("out.json", "as it was")]);
        let mut command = sandbox.command(&["check", "a.yaml", "-", "--format", "json", "-o", "out.json"]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        assert_eq!(child.wait().unwrap().code(), None);
        assert_eq!(fs::read_to_string(sandbox.path().join("out.json")).unwrap(), "as it was");
        assert_eq!(fs::read_dir(sandbox.path()).unwrap().count(), 2);
    }

    /// A user who is not root; that one may read everything.
    const NOBODY: u32 = 65_534;

    #[test]
    fn what_nobody_may_read_costs_nothing_but_the_exit_code() {
        let sandbox =
            Sandbox::new(&[("a.yaml", BAD), ("locked.yaml", BAD), ("inner/b.yaml", BAD), ("z.yaml", BAD)]);
        let elsewhere = Sandbox::new(&[]);
        let mode = |name: &str, mode| {
            fs::set_permissions(sandbox.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
        };
        fs::set_permissions(elsewhere.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let is_root = fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0);
        mode("", 0o755);
        mode("inner", 0o000);
        mode("locked.yaml", 0o000);
        let mut command = sandbox.command(&["check", "--format", "concise"]);
        if is_root {
            // The folders over the built binary may be closed to others.
            let copy = elsewhere.path().join("delint");
            fs::copy(command.get_program(), &copy).unwrap();
            command = Command::new(copy);
            command.args(["check", "--format", "concise"]).current_dir(sandbox.path()).env_clear();
            command.uid(NOBODY);
        }
        let ran = finish(command, b"");
        mode("inner", 0o755);
        let ran = ran.code(2);
        assert_eq!(files(&ran), ["a.yaml", "z.yaml"]);
        let denied =
            ["inner", "locked.yaml"].map(|name| format!("error: cannot read {name}: permission denied\n"));
        assert_eq!(ran.err, denied.concat());
    }
}

#[cfg(target_os = "linux")]
mod on_a_terminal {
    use std::io::{Read, Write};
    use std::process::{Command, Stdio};

    use super::*;

    /// What a person sees of a run that waits for standard input until somebody says that it was long enough.
    fn seen(sandbox: &Sandbox, delint: &str, enough: impl Fn(&str) -> bool) -> String {
        let mut child = Command::new("script")
            .args(["--quiet", "--flush", "--return", "--echo", "never", "--command", delint, "/dev/null"])
            .current_dir(sandbox.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut screen, mut text, mut bytes) = (child.stdout.take().unwrap(), String::new(), [0; 1024]);
        while !enough(&text) {
            let count = screen.read(&mut bytes).unwrap();
            assert_ne!(count, 0, "{text}");
            text += std::str::from_utf8(&bytes[..count]).unwrap();
        }
        // The end of a text, as it is typed.
        child.stdin.take().unwrap().write_all(b"\x04").unwrap();
        screen.read_to_string(&mut text).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{text}");
        text
    }

    #[test]
    fn a_long_run_shows_how_far_it_is() {
        let sandbox = Sandbox::new(&[("good.yaml", GOOD)]);
        let delint = env!("CARGO_BIN_EXE_delint");
        let check = format!("'{delint}' check - good.yaml");
        let long = seen(&sandbox, &check, |text| text.contains("Reading files: 0"));
        let last = long.rsplit("\r\u{1b}[K").next().unwrap();
        assert!(last.contains("No problems found") && !last.contains("Reading"), "{long:?}");
        // Where nobody looks, nothing is shown.
        let quiet = format!("({check} 2>err; cat err)");
        let short = seen(&sandbox, &quiet, |_| true);
        assert!(!short.contains("Reading"), "{short:?}");
    }
}
