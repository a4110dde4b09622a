//! The format for programs. Its shape is `schemas/report.json`; these structs are that shape and nothing else.

use std::io;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Report, Severity, Undecided};
use crate::report::place::{Place, Places};
use crate::report::reporter::{Options, Reporter};
use crate::report::visible::escaped_json;
use crate::text::Span;

/// Raised when a key changes its meaning or goes; a new key raises nothing.
const VERSION: u32 = 1;

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
    summary: WireSummary,
}

#[derive(Serialize)]
struct WireTool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct WireDiagnostic<'a> {
    rule: &'a str,
    severity: &'static str,
    effect: Option<&'static str>,
    message: &'a str,
    file: &'a str,
    start: WirePlace,
    end: WirePlace,
    path: &'a str,
    form: Option<&'static str>,
    resource: Option<&'a str>,
    labels: Vec<WireLabel<'a>>,
    help: Option<&'a str>,
    url: Option<&'a str>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct WireUndecided<'a> {
    rule: &'a str,
    severity: &'static str,
    message: String,
    file: &'a str,
    start: WirePlace,
    end: WirePlace,
    path: &'a str,
    form: Option<&'static str>,
    resource: Option<&'a str>,
    facts: Vec<WireLabel<'a>>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct WireLabel<'a> {
    file: &'a str,
    start: WirePlace,
    end: WirePlace,
    text: &'a str,
}

#[derive(Serialize)]
struct WirePlace {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct WireSummary {
    files: usize,
    configurations: usize,
    errors: usize,
    warnings: usize,
    hints: usize,
    undecided: usize,
    suppressed: usize,
}

fn wire_report(report: &Report, undecided: bool) -> WireReport<'_> {
    let mut places = Places::new(report);
    let summary = report.summary;
    WireReport {
        version: VERSION,
        tool: WireTool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        diagnostics: report.diagnostics.iter().map(|one| wire_diagnostic(one, &mut places)).collect(),
        undecided: undecided
            .then(|| report.undecided.iter().map(|one| wire_undecided(one, &mut places)).collect()),
        summary: WireSummary {
            files: summary.files,
            configurations: summary.configurations,
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            hints: report.count(Severity::Hint),
            undecided: summary.undecided,
            suppressed: summary.suppressed,
        },
    }
}

fn wire_diagnostic<'a>(diagnostic: &'a Diagnostic, places: &mut Places<'a>) -> WireDiagnostic<'a> {
    let rule = &diagnostic.rule;
    let (start, end) = wire_span(diagnostic.span, places);
    let note = diagnostic.note.as_deref().map(|text| (diagnostic.span, text));
    let others = diagnostic.labels.iter().map(|label| (label.span, label.text.as_str()));
    WireDiagnostic {
        rule: &rule.name,
        severity: rule.severity.as_str(),
        effect: rule.effect.map(crate::diagnostic::Effect::as_str),
        message: &diagnostic.message,
        file: places.name(diagnostic.span.source),
        start,
        end,
        path: &diagnostic.path,
        form: not_empty(diagnostic.form),
        resource: diagnostic.resource.as_deref(),
        labels: note.into_iter().chain(others).map(|(span, text)| wire_label(span, text, places)).collect(),
        help: diagnostic.help.as_deref(),
        url: not_empty(&rule.url),
        fingerprint: &diagnostic.fingerprint,
    }
}

fn wire_undecided<'a>(undecided: &'a Undecided, places: &mut Places<'a>) -> WireUndecided<'a> {
    let rule = &undecided.rule;
    let (start, end) = wire_span(undecided.span, places);
    WireUndecided {
        rule: &rule.name,
        severity: rule.severity.as_str(),
        message: undecided.message(),
        file: places.name(undecided.span.source),
        start,
        end,
        path: &undecided.path,
        form: not_empty(undecided.form),
        resource: undecided.resource.as_deref(),
        facts: undecided.facts.iter().map(|fact| wire_label(fact.span, &fact.text, places)).collect(),
        url: not_empty(&rule.url),
    }
}

fn wire_label<'a>(span: Span, text: &'a str, places: &mut Places<'a>) -> WireLabel<'a> {
    let (start, end) = wire_span(span, places);
    WireLabel { file: places.name(span.source), start, end, text }
}

fn wire_span(span: Span, places: &mut Places<'_>) -> (WirePlace, WirePlace) {
    let mut wire = |offset: u32| {
        let Place { line, column, offset } = places.at(span.source, offset);
        WirePlace { line, column, offset }
    };
    (wire(span.start), wire(span.end))
}

fn not_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
