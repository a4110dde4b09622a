//! The built binary, in a folder and an environment of its own.

mod baseline;
mod config;
mod facts;
mod files;
mod fix;
mod large;
mod modules;
mod output;
mod rules;
mod services;
mod shells;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use tempfile::TempDir;

/// A configuration with one finding: an error of `user-notification-level`.
pub const BAD: &str = "\
UserPoolId: eu-west-1_a1B2c3D4e
LogConfigurations:
  - EventSource: userNotification
    LogLevel: INFO
    CloudWatchLogsConfiguration:
      LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users
";

/// A configuration without any.
pub const GOOD: &str = "\
UserPoolId: eu-west-1_a1B2c3D4e
LogConfigurations:
  - EventSource: userNotification
    LogLevel: ERROR
    CloudWatchLogsConfiguration:
      LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users
";

/// Far more than any of these tests needs: what takes longer waits for something that never comes.
const PATIENCE: Duration = Duration::from_mins(1);

/// A folder to run in.
pub struct Sandbox(TempDir);

impl Sandbox {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let sandbox = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            sandbox.write(name, text);
        }
        sandbox
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_delint"));
        command.args(args).current_dir(self.path()).env_clear().env("HOME", self.path()).stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        finish(self.command(args), b"")
    }

    pub fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Ran {
        let mut command = self.command(args);
        command.envs(variables.iter().copied());
        finish(command, b"")
    }

    fn run_on(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(args);
        command.stdin(Stdio::piped());
        finish(command, input)
    }
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Asserts the exit code and that a panic, if there was one, stayed unseen.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert!(!self.err.contains("panicked"), "{self:#?}");
        self
    }
}

pub fn finish(mut command: Command, input: &[u8]) -> Ran {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input).unwrap();
    }
    let id = child.id();
    let waiting = thread::spawn(move || child.wait_with_output().unwrap());
    let start = Instant::now();
    while !waiting.is_finished() {
        assert!(start.elapsed() < PATIENCE, "process {id} does not end");
        thread::sleep(Duration::from_millis(2));
    }
    let Output { status, stdout, stderr } = waiting.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// The files of findings in the format `concise`, in order.
fn files(ran: &Ran) -> Vec<&str> {
    ran.out.lines().map(|line| line.split(':').next().unwrap()).collect()
}

#[test]
fn exit_codes_are_0_1_and_2() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD), ("good.yaml", GOOD)]);
    sandbox.run(&["check", "good.yaml"]).code(0);
    sandbox.run(&["check", "bad.yaml"]).code(1);
    sandbox.run(&["check"]).code(1);
    sandbox.run(&["check", "missing.yaml"]).code(2);
    sandbox.run(&["check", "--no-such-flag"]).code(2);
    sandbox.run(&["no-such-command"]).code(2);
    let both = sandbox.run(&["check", "--format", "concise", "bad.yaml", "missing.yaml"]).code(2);
    assert_eq!(files(&both), ["bad.yaml"]);
    assert_eq!(both.err, "error: cannot read missing.yaml: there is no such file or folder\n");
}

#[test]
fn what_fails_is_chosen() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    for (args, code) in [
        (&["--fail-on", "error"][..], 1),
        (&["--fail-on", "hint"], 1),
        (&["--fail-on", "never"], 0),
        (&["--exit-zero"], 0),
        (&["--severity", "user-notification-level=warning"], 0),
        (&["--severity", "user-notification-level=warning", "--fail-on", "warning"], 1),
        (&["--severity", "user-notification-level=hint", "--fail-on", "warning"], 0),
        (&["--ignore", "user-notification-level"], 0),
        (&["--ignore", "arn-format,user-notification-level"], 0),
        (&["--select", "user-notification-level"], 1),
        (&["--select", "arn-format", "--select", "arn-region"], 0),
    ] {
        let ran = sandbox.run(&[&["check", "--format", "concise", "bad.yaml"], args].concat());
        assert_eq!(ran.code, Some(code), "{args:?} {ran:?}");
    }
    sandbox.run(&["check", "--exit-zero", "bad.yaml", "missing.yaml"]).code(2);
    let hint =
        sandbox.run(&["check", "--format", "concise", "--severity", "user-notification-level=hint"]).code(0);
    assert!(hint.out.starts_with("bad.yaml:4:15: hint[user-notification-level]: "), "{hint:?}");
}

#[test]
fn warnings_can_be_counted_and_files_demanded() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD), ("empty/README", "")]);
    let warning = ["check", "bad.yaml", "--severity", "user-notification-level=warning"];
    let ran = |more: &[&str]| sandbox.run(&[&warning, more].concat());
    ran(&["--max-warnings", "1"]).code(0);
    let failed = ran(&["--max-warnings", "0"]).code(1);
    assert_eq!(failed.err, "note: failed: 1 warning (--max-warnings 0)\n");
    ran(&["--max-warnings", "0", "--exit-zero"]).code(0);
    sandbox.run(&["check", "--error-on-no-files", "bad.yaml"]).code(1);
    fs::remove_file(sandbox.path().join("empty/README")).unwrap();
    sandbox.run(&["check", "empty"]).code(0);
    let none = sandbox.run(&["check", "--error-on-no-files", "empty"]).code(2);
    assert_eq!(none.err, "error: there is no file to check\n");
}

#[test]
fn a_rule_that_is_off_by_default_speaks_when_asked() {
    let sandbox = Sandbox::new(&[(
        "a.yaml",
        "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n  - EventSource: userAuthEvents\n    LogLevel: INFO\n    \
         S3Configuration: { BucketArn: \"arn:aws:s3:::acme-auth-logs\" }\n",
    )]);
    let found = |options: &[&str]| {
        let ran = sandbox.run(&[&["check", "--format", "concise", "--exit-zero"], options].concat());
        ran.out.matches("[single-event-source]").count()
    };
    assert_eq!(found(&[]), 0);
    assert_eq!(found(&["--select", "single-event-source"]), 1);
    assert_eq!(found(&["--severity", "single-event-source=error"]), 1);
    assert_eq!(found(&["--severity", "single-event-source=error", "--ignore", "single-event-source"]), 0);
    assert_eq!(found(&["--select", "bucket-name"]), 0);
}

#[test]
fn a_rule_that_does_not_exist_is_a_mistake() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    for args in [
        ["check", "--select", "user-notification-levle"],
        ["check", "--ignore", "user-notification-levle"],
        ["check", "--severity", "user-notification-levle=hint"],
    ] {
        let ran = sandbox.run(&args).code(2);
        let said = "error: there is no rule named `user-notification-levle`; \
                    did you mean `user-notification-level`?\n";
        assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", said));
    }
    let ran = sandbox.run(&["check", "--severity", "arn-format=fatal"]).code(2);
    assert!(ran.err.contains("there are hint, warning, error"), "{ran:?}");
}

#[test]
fn standard_input_is_a_dash() {
    let sandbox = Sandbox::new(&[]);
    let ran = sandbox.run_on(&["check", "--format", "concise", "-"], BAD.as_bytes()).code(1);
    assert_eq!(files(&ran), ["<stdin>"]);
    let args = ["check", "--format", "concise", "--stdin-filename", "infra/pool.yaml", "-", "-"];
    let ran = sandbox.run_on(&args, BAD.as_bytes()).code(1);
    assert_eq!(files(&ran), ["infra/pool.yaml"]);
    sandbox.run_on(&["check", "-"], GOOD.as_bytes()).code(0);
    sandbox.run_on(&["check", "-"], b"").code(0);
}

#[test]
fn findings_can_go_to_a_file() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let ran = sandbox.run(&["check", "bad.yaml", "--format", "concise", "--output", "out.txt"]).code(1);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    assert!(fs::read_to_string(sandbox.path().join("out.txt")).unwrap().starts_with("bad.yaml:4:15: error"));
    let ran = sandbox.run(&["check", "bad.yaml", "--output", "no/such/folder"]).code(2);
    assert!(ran.err.starts_with("error: cannot write to no/such/folder: "), "{ran:?}");
}

#[test]
fn help_comes_with_examples() {
    let sandbox = Sandbox::new(&[]);
    let none = sandbox.run(&[]).code(2);
    let help = sandbox.run(&["--help"]).code(0);
    assert!(none.err.contains("Usage: delint") && none.out.is_empty(), "{none:?}");
    for args in
        [&["--help"][..], &["check", "--help"], &["explain", "--help"], &["rules", "-h"], &["schema", "-h"]]
    {
        let help = sandbox.run(args).code(0).out;
        assert!(help.find("Examples:").unwrap() < help.find("Usage:").unwrap(), "{help}");
    }
    assert!(help.out.contains("Exit codes: 0"));
    assert_eq!(sandbox.run(&["--version"]).code(0).out, format!("delint {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn rules_are_explained() {
    let sandbox = Sandbox::new(&[]);
    for (name, _) in delint::rules::sources() {
        let page = sandbox.run(&["explain", name]).code(0).out;
        assert!(page.starts_with(&format!("# {name}\n")), "{page}");
    }
    let ran = sandbox.run(&["explain", "user-notification-levle"]).code(2);
    assert!(ran.err.contains("did you mean `user-notification-level`?"), "{ran:?}");
    let exceptions = sandbox.run(&["explain", "exceptions"]).code(0).out;
    assert!(
        exceptions.contains("FeatureUnavailableInTierException") && exceptions.contains("auth-events-plan")
    );
}

#[test]
fn rules_are_listed() {
    let sandbox = Sandbox::new(&[]);
    let names: Vec<&str> = delint::rules::sources().iter().map(|(name, _)| *name).collect();
    let list = sandbox.run(&["rules", "list"]).code(0).out;
    let listed: Vec<&str> = list.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(listed, names);
    let list = sandbox.run(&["rules", "list", "--format", "json"]).code(0).out;
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let listed: Vec<&str> =
        list["rules"].as_array().unwrap().iter().map(|rule| rule["name"].as_str().unwrap()).collect();
    assert_eq!(listed, names);
}

#[test]
fn schemas_are_printed_as_they_are() {
    let sandbox = Sandbox::new(&[]);
    for (name, file) in
        [("spec", "log-delivery"), ("rule", "rule"), ("report", "report"), ("config", "config")]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{file}.json"));
        assert_eq!(sandbox.run(&["schema", name]).code(0).out, fs::read_to_string(path).unwrap());
    }
}
