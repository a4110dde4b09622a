//! How a run ends.

use std::io;
use std::process::ExitCode;

/// The exit codes; there are no others. Usage that clap refuses is `Failed` as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at or above `--fail-on`.
    Clean = 0,
    Findings = 1,
    /// What was asked could not be done, or not wholly.
    Failed = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command could not do what was asked. One sentence without a full stop.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("{0}")]
    Usage(String),
    #[error("cannot write to {to}: {error}")]
    Write { to: String, error: io::Error },
    #[error("delint failed, which is a mistake in delint: {0}")]
    Panic(String),
}

/// What became of writing to standard output. That nobody reads it any more is no failure.
///
/// # Errors
/// Anything else that kept it from being written.
pub fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Write { to: "standard output".to_owned(), error })
        }
        _ => Ok(()),
    }
}
