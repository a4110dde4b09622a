//! The format of Checkstyle, which most services read.

use std::io;

use crate::diagnostic::{Report, Severity};
use crate::report::place::{Place, Places};
use crate::report::reporter::{Options, Reporter};
use crate::report::xml::{DECLARATION, Xml};
use crate::text::{SourceId, Span};

#[derive(Debug)]
pub struct Checkstyle {
    undecided: bool,
}

impl Checkstyle {
    pub fn new(options: Options) -> Self {
        Self { undecided: options.undecided }
    }
}

impl Reporter for Checkstyle {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places = Places::new(report);
        let mut file = None;
        writeln!(out, "{DECLARATION}\n<checkstyle version=\"4.3\">")?;
        for issue in self.issues(report) {
            let id = issue.span.source;
            if file != Some(id) {
                close(file, out)?;
                writeln!(out, "  <file name=\"{}\">", Xml(places.name(id)))?;
                file = Some(id);
            }
            let nowhere = Place { line: 1, column: 1, offset: 0 };
            let Place { line, column, .. } = places.region(issue.span).map_or(nowhere, |region| region.start);
            writeln!(
                out,
                "    <error line=\"{line}\" column=\"{column}\" severity=\"{}\" message=\"{}\" source=\"delint.{}\"/>",
                issue.severity,
                Xml(issue.message),
                Xml(issue.rule)
            )?;
        }
        close(file, out)?;
        writeln!(out, "</checkstyle>")
    }
}

struct Issue<'a> {
    span: Span,
    severity: &'static str,
    rule: &'a str,
    message: String,
}

impl Checkstyle {
    /// Those of one file one after the other.
    fn issues<'a>(&self, report: &'a Report) -> Vec<Issue<'a>> {
        let found = report.diagnostics.iter().map(|diagnostic| Issue {
            span: diagnostic.span,
            severity: match diagnostic.rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Hint => "info",
            },
            rule: &diagnostic.rule.name,
            message: diagnostic.message.clone(),
        });
        let undecided = report.undecided.iter().filter(|_| self.undecided).map(|undecided| Issue {
            span: undecided.span,
            severity: "info",
            rule: &undecided.rule.name,
            message: format!("undecided: {}", undecided.message()),
        });
        let mut issues: Vec<_> = found.chain(undecided).collect();
        // A source has its number by its name.
        issues.sort_by_key(|issue| issue.span.source);
        issues
    }
}

fn close(file: Option<SourceId>, out: &mut dyn io::Write) -> io::Result<()> {
    if file.is_some() { writeln!(out, "  </file>") } else { Ok(()) }
}
