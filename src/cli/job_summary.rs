//! The summary of a job, which GitHub Actions shows below its steps.

use std::fs::OpenOptions;
use std::io::{self, Write};

use crate::cli::terminal::variable;
use crate::diagnostic::Report;
use crate::report::reporter::Options;
use crate::report::{Format, reporter};

/// Bytes that the summary of a step may have; GitHub drops a longer one as a whole.
const LIMIT: u64 = 1 << 20;

/// Adds the findings, as far as there is room, to the file that GitHub names; does nothing if it names none.
pub fn append(report: &Report, options: Options) -> io::Result<()> {
    let Some(path) = variable("GITHUB_STEP_SUMMARY") else { return Ok(()) };
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    let used = file.metadata()?.len();
    // What is there may not end its line.
    let room = usize::try_from(LIMIT.saturating_sub(used)).unwrap_or_default().saturating_sub(2);
    let mut text = b"\n".to_vec();
    reporter(Format::Markdown, Options { room: Some(room), ..options }).write(report, &mut text)?;
    if text.len() == 1 {
        return Err(io::Error::other("there is no room left in it"));
    }
    file.write_all(&text)
}
