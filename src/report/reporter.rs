//! What every output format is: plain data in, bytes out.

use std::{fmt, io};

use crate::diagnostic::Report;

/// Writes the findings of a run.
///
/// A reporter decides nothing: the order is the report's, the exit code is somebody else's. It writes the same
/// bytes for the same report and options, and never a control character of a user's text.
pub trait Reporter: fmt::Debug {
    /// Writes the whole report.
    ///
    /// # Errors
    ///
    /// Returns what the writer returned.
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()>;

    /// Whether it writes the pages of rules, if the report has them.
    fn wants_pages(&self) -> bool {
        false
    }
}

/// What the place that is written to can show. The default suits a file: no colour, no link, nothing but ASCII.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a terminal and wishes of a user")]
pub struct Options {
    /// Whether ANSI colours are understood.
    pub colour: bool,
    /// Whether lines may be drawn with characters beyond ASCII.
    pub unicode: bool,
    /// Columns of a line, if they are known: longer text is wrapped, longer source is cut.
    pub width: Option<usize>,
    /// Whether links (OSC 8) are understood.
    pub hyperlinks: bool,
    /// Whether to say for each finding what happens at AWS and where it is in the canonical shape.
    pub verbose: bool,
    /// Whether findings are all that is written, without a summary.
    pub quiet: bool,
    /// Whether checks that could not be decided are written as well.
    pub undecided: bool,
    /// Whether findings that are suppressed are written as well, where a format can mark them.
    pub suppressed: bool,
    /// Bytes that are free, where a format can be cut and says so.
    pub room: Option<usize>,
}
