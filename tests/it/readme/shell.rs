//! Commands in a folder of a user, with the built binary and stand-ins for what is not ours.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use super::blocks::Block;
use crate::cli::{BAD, GOOD, Ran, Sandbox, finish};

/// Stands in for programs that install delint or that ask AWS; each takes what our pages say and nothing else. What they do
/// here `scripts/test-packages` does with the real ones.
const STAND_INS: &[(&str, &str)] = &[
    (
        "pip",
        r#"case "$*" in
            "install --quiet delint==VERSION" | "install delint") ;;
            "install --quiet --target "*" delint==VERSION") mkdir -p "$4/bin" && ln -s DELINT "$4/bin/delint" ;;
            *) echo "stand-in: pip $*" >&2; exit 97 ;;
        esac"#,
    ),
    (
        "pipx",
        r#"case "$*" in
            "run --spec delint==VERSION delint "*) shift 4; exec DELINT "$@" ;;
            *) echo "stand-in: pipx $*" >&2; exit 97 ;;
        esac"#,
    ),
    (
        "aws",
        r#"case "$*" in
            "cognito-idp get-log-delivery-configuration --user-pool-id "*) cat response.json ;;
            *) echo "stand-in: aws $*" >&2; exit 97 ;;
        esac"#,
    ),
];

const RESPONSE: &str = r#"{"LogDeliveryConfiguration": {"UserPoolId": "eu-west-1_a1B2c3D4e", "LogConfigurations": [
    {"EventSource": "userNotification", "LogLevel": "ERROR", "CloudWatchLogsConfiguration": {
        "LogGroupArn": "arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users"
    }}
]}}"#;

/// A folder of a user and, beside it, the programs on the PATH.
pub struct User {
    folder: Sandbox,
    programs: Sandbox,
}

impl User {
    /// All files of the project are without findings but that one, which may have some.
    pub fn new(is_good: bool) -> Self {
        let programs = Sandbox::new(&[]);
        let delint = PathBuf::from(env!("CARGO_BIN_EXE_delint"));
        symlink(&delint, programs.path().join("delint")).unwrap();
        for (name, script) in STAND_INS {
            let script = script.replace("VERSION", env!("CARGO_PKG_VERSION"));
            let script = script.replace("DELINT", &format!("'{}'", delint.display()));
            programs.write(name, format!("#!/bin/sh\n{script}\n"));
            fs::set_permissions(programs.path().join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        let delivery = if is_good { GOOD } else { BAD };
        // Each is of another user pool.
        let [template, infra] = ["a1A1a1A1a", "b2B2b2B2b"].map(|pool| GOOD.replace("a1B2c3D4e", pool));
        let files = [
            ("delivery.yaml", delivery),
            ("template.yaml", &template),
            ("infra/logging.yaml", &infra),
            ("response.json", RESPONSE),
        ];
        Self { folder: Sandbox::new(&files), programs }
    }

    /// Runs a script as services do: it ends at the first command that fails.
    pub fn bash(&self, script: &str, variables: &[(&str, &str)]) -> Ran {
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(self.folder.path());
        let path = env::join_paths([self.programs.path(), "/usr/bin".as_ref(), "/bin".as_ref()]).unwrap();
        bash.env_clear().env("PATH", path).env("HOME", self.programs.path()).env("LANG", "C.UTF-8");
        bash.env("WORKSPACE_TMP", self.programs.path().join("tmp")).envs(variables.iter().copied());
        finish(bash, b"")
    }

    pub fn write(&self, name: &str, text: &str) {
        self.folder.write(name, text);
    }

    pub fn has(&self, name: &str) -> bool {
        self.folder.path().join(name).is_file()
    }
}

/// Commands of which each prints what follows it.
pub fn session(block: &Block) {
    let user = User::new(false);
    let fixture = "fixtures/cloudformation/user-pool.yaml";
    user.write(fixture, &super::read(fixture));
    let parts: Vec<&str> = block.text.split("$ ").collect();
    let [before, sessions @ ..] = parts.as_slice() else { panic!("{block} has no command") };
    assert!(before.is_empty() && !sessions.is_empty(), "{block} does not begin with a command");
    for (index, session) in sessions.iter().enumerate() {
        let (command, expected) = session.split_once('\n').unwrap();
        let ran = user.bash(&format!("{command} 2>&1"), &[]);
        let code = if index + 1 == sessions.len() { block.exit } else { 0 };
        assert_eq!(ran.code, Some(code), "{block}: {command}\n{ran:#?}");
        let mut rest = ran.out.trim_end();
        // `…` is any text, and all else stands there in this order.
        let texts: Vec<&str> = expected.trim_end().split('…').collect();
        for (place, text) in texts.iter().enumerate() {
            let at = if place == 0 { rest.starts_with(text).then_some(0) } else { rest.find(text) };
            let at = at.unwrap_or_else(|| panic!("{block}: {command} prints\n{}", ran.out));
            rest = &rest[at + text.len()..];
        }
        assert!(
            rest.is_empty() || expected.trim_end().ends_with('…'),
            "{block}: {command} prints\n{}",
            ran.out
        );
    }
}

/// A command a line, or several where a line ends in `\`.
pub fn commands(block: &Block) {
    let user = User::new(true);
    let text = block.text.replace("\\\n", " ");
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    assert!(!lines.is_empty(), "{block} has no command");
    for (index, line) in lines.iter().enumerate() {
        let ran = user.bash(line, &[]);
        let code = if index + 1 == lines.len() { block.exit } else { 0 };
        assert_eq!(ran.code, Some(code), "{block}: {line}\n{ran:#?}");
        assert!(!ran.out.is_empty() || line.contains('>'), "{block}: {line} prints nothing\n{ran:#?}");
    }
}
