//! `path:line:col: severity[rule]: message`: one line for each finding, and nothing else.

use std::io;

use crate::diagnostic::Report;

use crate::report::place::Places;
use crate::report::reporter::{Options, Reporter};
use crate::report::visible::escaped;

/// Writes no summary, so that the number of lines is the number of findings.
#[derive(Debug)]
pub struct Concise;

impl Concise {
    pub fn new(_: Options) -> Self {
        Self
    }
}

impl Reporter for Concise {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places = Places::new(report);
        for diagnostic in &report.diagnostics {
            let place = places.at(diagnostic.span.source, diagnostic.span.start);
            let name = escaped(places.name(diagnostic.span.source));
            // A line that begins with `::` is a workflow command.
            let start = name.trim_start();
            let here = if start.is_empty() || start.starts_with(':') { "./" } else { "" };
            let rule = escaped(&diagnostic.rule.name);
            let message = escaped(&diagnostic.message);
            let (line, column, severity) = (place.line, place.column, diagnostic.rule.severity);
            writeln!(out, "{here}{name}:{line}:{column}: {severity}[{rule}]: {message}")?;
        }
        Ok(())
    }
}
