use std::process::ExitCode;
use std::thread;

use delint::{cli, project};

/// Everything runs on a thread whose stack is known to be enough for the deepest file that is parsed.
fn main() -> ExitCode {
    match thread::Builder::new().stack_size(project::load::STACK).spawn(cli::run) {
        Ok(thread) => thread.join().unwrap_or(ExitCode::from(2)),
        Err(_) => cli::run(),
    }
}
