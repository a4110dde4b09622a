//! The format for programs that read line by line: the parts of `json`, one a line, each with its `type`. The last line
//! is the summary; where it is missing, the output was cut. `schemas/report.json` describes it as `line`.

use std::io;

use serde::Serialize;

use crate::diagnostic::Report;
use crate::report::place::Places;
use crate::report::reporter::{Options, Reporter};
use crate::report::visible::escaped_json;
use crate::report::wire::{
    self, TOOL, VERSION, WireDiagnostic, WireNotification, WireSummary, WireTool, WireUndecided,
};

#[derive(Debug)]
pub struct Ndjson {
    undecided: bool,
}

impl Ndjson {
    pub fn new(options: Options) -> Self {
        Self { undecided: options.undecided }
    }
}

impl Reporter for Ndjson {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places = Places::new(report);
        let mut write =
            |line: &WireLine<'_>| writeln!(out, "{}", escaped_json(&serde_json::to_string(line)?));
        for diagnostic in &report.diagnostics {
            write(&WireLine::Diagnostic(wire::diagnostic(diagnostic, &mut places)))?;
        }
        for undecided in report.undecided.iter().filter(|_| self.undecided) {
            write(&WireLine::Undecided(wire::undecided(undecided, &mut places)))?;
        }
        for told in &report.notifications {
            write(&WireLine::Notification(wire::notification(told, &mut places)))?;
        }
        write(&WireLine::Summary { version: VERSION, tool: TOOL, summary: wire::summary(report) })
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum WireLine<'a> {
    Diagnostic(WireDiagnostic<'a>),
    Undecided(WireUndecided<'a>),
    Notification(WireNotification<'a>),
    Summary { version: u32, tool: WireTool, summary: WireSummary },
}
