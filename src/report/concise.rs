//! `path:line:col: severity[rule]: message`: one line for each finding, then for each check that could not be decided
//! if these are asked for, and nothing else.

use std::io;

use crate::diagnostic::Report;

use crate::report::line::line;
use crate::report::place::Places;
use crate::report::reporter::{Options, Reporter};

/// Writes no summary, so that the number of lines is the number of findings.
#[derive(Debug)]
pub struct Concise {
    undecided: bool,
}

impl Concise {
    pub fn new(options: Options) -> Self {
        Self { undecided: options.undecided }
    }
}

impl Reporter for Concise {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places = Places::new(report);
        for diagnostic in &report.diagnostics {
            let what = format!("{}[{}]", diagnostic.rule.severity, diagnostic.rule.name);
            writeln!(out, "{}", line(&mut places, diagnostic.span, &what, &diagnostic.message))?;
        }
        for undecided in report.undecided.iter().filter(|_| self.undecided) {
            let what = format!("undecided[{}]", undecided.rule.name);
            writeln!(out, "{}", line(&mut places, undecided.span, &what, &undecided.message()))?;
        }
        Ok(())
    }
}
