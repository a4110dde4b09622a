//! What it costs to check a large repository: 100,000 files with 200 configurations in them, beside the time of those who
//! only search for the words (`rg -l`, `grep -rl`), if they are installed.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{fs, io};

use divan::Bencher;
use tempfile::TempDir;

const FOLDERS: usize = 1_000;
const FILES: usize = 100;
const CONFIGURATIONS: usize = 200;
/// Words that make a file worth parsing.
const WORDS: &str = "LogConfigurations|log_configurations|log_delivery_configuration";

fn main() -> io::Result<()> {
    let tree = tree()?;
    std::env::set_current_dir(tree.path())?;
    // Many threads, and always the same bytes.
    let first = output("1")?;
    assert_eq!(first.lines().count(), CONFIGURATIONS, "{first:.500}");
    for threads in ["2", "7"] {
        assert_eq!(output(threads)?, first);
    }
    divan::main();
    Ok(())
}

/// Folders of ordinary files of a few kilobytes. In some there is a configuration, with one mistake in each.
fn tree() -> io::Result<TempDir> {
    let tree = tempfile::tempdir()?;
    let ends = ["yaml", "json", "tf", "ts", "py", "md", "go", "java"];
    for number in 0..FOLDERS {
        let folder = tree.path().join(format!("{}/{number}", number % 40));
        fs::create_dir_all(&folder)?;
        for index in 0..FILES {
            let mut text = String::new();
            for line in 0..20 + (number * FILES + index) * 7 % 100 {
                let _ = writeln!(text, "line {line} of a text that is about something else");
            }
            let end = ends[(number + index) % ends.len()];
            fs::write(folder.join(format!("{index}.{end}")), text)?;
        }
        if number % (FOLDERS / CONFIGURATIONS) == 0 {
            fs::write(folder.join("delivery.yaml"), delivery(number))?;
        }
    }
    Ok(tree)
}

fn delivery(number: usize) -> String {
    format!(
        "UserPoolId: eu-west-1_a1B2c{number:04}\nLogConfigurations:\n  - EventSource: userNotification\n    LogLevel: INFO\n    \
         S3Configuration: {{ BucketArn: 'arn:aws:s3:::acme-logs' }}\n"
    )
}

fn delint() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_delint"));
    command.args(["check", "--format", "concise", "--select", "user-notification-level"]);
    command
}

fn output(threads: &str) -> io::Result<String> {
    let output = delint().env("RAYON_NUM_THREADS", threads).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn run(bencher: Bencher<'_, '_>, command: impl Fn() -> Command + Sync) {
    bencher.bench(|| {
        let status = command().stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(status.is_ok_and(|status| status.code().is_some()));
    });
}

#[divan::bench]
fn check(bencher: Bencher<'_, '_>) {
    run(bencher, delint);
}

#[divan::bench(args = ["rg", "grep"])]
fn search(bencher: Bencher<'_, '_>, program: &str) {
    if !["/usr/bin", "/usr/local/bin", "/bin"].iter().any(|folder| Path::new(folder).join(program).exists()) {
        return;
    }
    run(bencher, || {
        let mut command = Command::new(program);
        command.arg(if program == "rg" { "-l" } else { "-rlE" }).args([WORDS, "."]);
        command
    });
}
