//! What `json` and `ndjson` have in common: the shape of `schemas/report.json`, and nothing else.

use serde::Serialize;

use crate::diagnostic::{
    Diagnostic, Effect, Fix, Notification, NotificationKind, Report, Severity, Undecided,
};
use crate::report::place::{Place, Places};
use crate::text::Span;

/// Raised when a key changes its meaning or goes; a new key raises nothing.
pub const VERSION: u32 = 1;
pub const TOOL: WireTool = WireTool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

#[derive(Serialize)]
pub struct WireTool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
pub struct WireDiagnostic<'a> {
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
    fix: Option<WireFix<'a>>,
}

#[derive(Serialize)]
struct WireFix<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<WireLabel<'a>>,
}

#[derive(Serialize)]
pub struct WireUndecided<'a> {
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
pub struct WireNotification<'a> {
    kind: &'static str,
    text: &'a str,
    file: Option<&'a str>,
    start: Option<WirePlace>,
    end: Option<WirePlace>,
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
pub struct WireSummary {
    files: usize,
    configurations: usize,
    errors: usize,
    warnings: usize,
    hints: usize,
    undecided: usize,
    suppressed: usize,
}

pub fn diagnostic<'a>(diagnostic: &'a Diagnostic, places: &mut Places<'a>) -> WireDiagnostic<'a> {
    let rule = &diagnostic.rule;
    let (start, end) = wire_span(diagnostic.span, places);
    let note = diagnostic.note.as_deref().map(|text| (diagnostic.span, text));
    let others = diagnostic.labels.iter().map(|label| (label.span, label.text.as_str()));
    WireDiagnostic {
        rule: &rule.name,
        severity: rule.severity.as_str(),
        effect: rule.effect.map(Effect::as_str),
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
        fix: diagnostic.fix.as_ref().map(|fix| wire_fix(fix, places)),
    }
}

fn wire_fix<'a>(fix: &'a Fix, places: &mut Places<'a>) -> WireFix<'a> {
    let edits = fix.edits.iter().map(|edit| wire_label(edit.span, &edit.text, places)).collect();
    WireFix { title: &fix.title, safety: fix.safety.as_str(), edits }
}

pub fn undecided<'a>(undecided: &'a Undecided, places: &mut Places<'a>) -> WireUndecided<'a> {
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

pub fn notification<'a>(told: &'a Notification, places: &mut Places<'a>) -> WireNotification<'a> {
    let (start, end) = told.span.map(|span| wire_span(span, places)).unzip();
    WireNotification {
        kind: match told.kind {
            NotificationKind::Error => "error",
            NotificationKind::Note => "note",
        },
        text: &told.text,
        file: told.span.map(|span| places.name(span.source)),
        start,
        end,
    }
}

pub fn summary(report: &Report) -> WireSummary {
    let summary = report.summary;
    WireSummary {
        files: summary.files,
        configurations: summary.configurations,
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        hints: report.count(Severity::Hint),
        undecided: summary.undecided,
        suppressed: summary.suppressed,
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
