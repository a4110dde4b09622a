//! Logging commands of Azure Pipelines: `##vso[task.logissue …]message`, one a line. There is no level below a warning.

use std::fmt::Write as _;
use std::io;

use crate::diagnostic::{NotificationKind, Report, Severity};
use crate::report::place::Places;
use crate::report::reporter::{Options, Reporter};
use crate::report::rooted::from_root;
use crate::report::visible::escaped;
use crate::text::Span;

#[derive(Debug)]
pub struct Azure {
    undecided: bool,
}

impl Azure {
    pub fn new(options: Options) -> Self {
        Self { undecided: options.undecided }
    }
}

impl Reporter for Azure {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places = Places::new(report);
        let mut issue = |kind: &str, span: Option<Span>, code: &str, message: &str| {
            let place = span.and_then(|span| Some((places.region(span)?, places.name(span.source))));
            let mut command = format!("##vso[task.logissue type={kind};");
            // Writing to a string cannot fail.
            if let Some((region, name)) = place {
                let path = encoded(&from_root(&report.workspace, name));
                let (line, column) = (region.start.line, region.start.column);
                let _ = write!(command, "sourcepath={path};linenumber={line};columnnumber={column};");
            }
            writeln!(out, "{command}code={};]{}", encoded(code), encoded(message))
        };
        for told in report.notifications.iter().filter(|told| told.kind == NotificationKind::Error) {
            issue("error", told.span, env!("CARGO_PKG_NAME"), &told.text)?;
        }
        for diagnostic in &report.diagnostics {
            let kind = if diagnostic.rule.severity == Severity::Error { "error" } else { "warning" };
            issue(kind, Some(diagnostic.span), &diagnostic.rule.name, &diagnostic.message)?;
        }
        for undecided in report.undecided.iter().filter(|_| self.undecided) {
            let message = format!("undecided: {}", undecided.message());
            issue("warning", Some(undecided.span), &undecided.rule.name, &message)?;
        }
        Ok(())
    }
}

/// Text within a command: what steers is made visible, and what the agent decodes is encoded.
fn encoded(text: &str) -> String {
    let text = escaped(text).replace('%', "%AZP25").replace(';', "%3B").replace(']', "%5D");
    text.replace('\r', "%0D").replace('\n', "%0A")
}
