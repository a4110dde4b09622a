//! The format for programs. Its shape is `schemas/report.json`; these structs are that shape and nothing else.

use std::io;

use serde::Serialize;

use crate::diagnostic::Report;
use crate::report::place::Places;
use crate::report::reporter::{Options, Reporter};
use crate::report::visible::escaped_json;
use crate::report::wire::{
    self, TOOL, VERSION, WireDiagnostic, WireNotification, WireSummary, WireTool, WireUndecided,
};

/// Every key is always there, save `undecided`, which is asked for; what is not known is `null`. Hidden characters are written as `\u202e`.
#[derive(Debug)]
pub struct Json {
    undecided: bool,
}

impl Json {
    pub fn new(options: Options) -> Self {
        Self { undecided: options.undecided }
    }
}

impl Reporter for Json {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let json = serde_json::to_string_pretty(&wire_report(report, self.undecided))?;
        writeln!(out, "{}", escaped_json(&json))
    }
}

#[derive(Serialize)]
struct WireReport<'a> {
    version: u32,
    tool: WireTool,
    diagnostics: Vec<WireDiagnostic<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undecided: Option<Vec<WireUndecided<'a>>>,
    notifications: Vec<WireNotification<'a>>,
    summary: WireSummary,
}

fn wire_report(report: &Report, undecided: bool) -> WireReport<'_> {
    let mut places = Places::new(report);
    WireReport {
        version: VERSION,
        tool: TOOL,
        diagnostics: report.diagnostics.iter().map(|one| wire::diagnostic(one, &mut places)).collect(),
        undecided: undecided
            .then(|| report.undecided.iter().map(|one| wire::undecided(one, &mut places)).collect()),
        notifications: report.notifications.iter().map(|one| wire::notification(one, &mut places)).collect(),
        summary: wire::summary(report),
    }
}
