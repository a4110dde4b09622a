//! The diagnostic format of reviewdog, `rdjson`. Its columns count bytes of UTF-8, and its paths are those of the working
//! folder, where reviewdog runs as well.

use std::io;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Edit, Report, Safety, Severity, Undecided};
use crate::report::place::{Place, Places};
use crate::report::reporter::{Options, Reporter};
use crate::report::visible::escaped_json;
use crate::report::words::HOME;
use crate::text::{SourceId, Span};

#[derive(Debug)]
pub struct Rdjson {
    undecided: bool,
}

impl Rdjson {
    pub fn new(options: Options) -> Self {
        Self { undecided: options.undecided }
    }
}

impl Reporter for Rdjson {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places = Places::new(report);
        let found = report.diagnostics.iter().map(|diagnostic| of_diagnostic(diagnostic, &mut places));
        let mut diagnostics: Vec<_> = found.collect();
        for undecided in report.undecided.iter().filter(|_| self.undecided) {
            diagnostics.push(of_undecided(undecided, &mut places));
        }
        let result =
            WireResult { source: WireSource { name: env!("CARGO_PKG_NAME"), url: HOME }, diagnostics };
        writeln!(out, "{}", escaped_json(&serde_json::to_string_pretty(&result)?))
    }
}

#[derive(Serialize)]
struct WireResult<'a> {
    source: WireSource,
    diagnostics: Vec<WireDiagnostic<'a>>,
}

#[derive(Serialize)]
struct WireSource {
    name: &'static str,
    url: &'static str,
}

#[derive(Serialize)]
struct WireDiagnostic<'a> {
    message: String,
    location: WireLocation<'a>,
    severity: &'static str,
    code: WireCode<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<WireSuggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<WireRelated<'a>>,
}

#[derive(Serialize)]
struct WireSuggestion<'a> {
    range: WireRange,
    text: &'a str,
}

#[derive(Serialize)]
struct WireCode<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'a str,
}

#[derive(Serialize)]
struct WireRelated<'a> {
    message: &'a str,
    location: WireLocation<'a>,
}

#[derive(Serialize)]
struct WireLocation<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<WireRange>,
}

#[derive(Serialize)]
struct WireRange {
    start: WirePosition,
    end: WirePosition,
}

#[derive(Serialize)]
struct WirePosition {
    line: usize,
    column: usize,
}

fn of_diagnostic<'a>(diagnostic: &'a Diagnostic, places: &mut Places<'a>) -> WireDiagnostic<'a> {
    let rule = &diagnostic.rule;
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
    let related = diagnostic
        .labels
        .iter()
        .map(|label| WireRelated { message: &label.text, location: location(label.span, places) });
    WireDiagnostic {
        related_locations: related.collect(),
        suggestions: suggestions(diagnostic, places),
        message: format!("{}{help}", diagnostic.message),
        location: location(diagnostic.span, places),
        severity: match rule.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Hint => "INFO",
        },
        code: WireCode { value: &rule.name, url: &rule.url },
    }
}

fn of_undecided<'a>(undecided: &'a Undecided, places: &mut Places<'a>) -> WireDiagnostic<'a> {
    let rule = &undecided.rule;
    WireDiagnostic {
        message: format!("undecided: {}", undecided.message()),
        location: location(undecided.span, places),
        severity: "INFO",
        code: WireCode { value: &rule.name, url: &rule.url },
        suggestions: Vec::new(),
        related_locations: Vec::new(),
    }
}

/// The edits of a safe fix, if they are in the file of the finding: a suggestion names no other.
fn suggestions<'a>(diagnostic: &'a Diagnostic, places: &mut Places<'a>) -> Vec<WireSuggestion<'a>> {
    let file = diagnostic.span.source;
    let fix = diagnostic.fix.as_ref().filter(|fix| fix.safety == Safety::Safe);
    let fix = fix.filter(|fix| fix.edits.iter().all(|edit| edit.span.source == file));
    let edits = fix.map_or(&[][..], |fix| &fix.edits);
    let mut suggestions = Vec::with_capacity(edits.len());
    for Edit { span, text } in edits {
        let [start, end] = [span.start, span.end].map(|offset| {
            let place = places.at(file, offset);
            position(file, place, places)
        });
        suggestions.push(WireSuggestion { range: WireRange { start, end }, text });
    }
    suggestions
}

fn location<'a>(span: Span, places: &mut Places<'a>) -> WireLocation<'a> {
    let region = places.region(span);
    let wire = |place: Place| position(span.source, place, places);
    let range = region.map(|region| [region.start, region.end].map(wire));
    WireLocation { path: places.name(span.source), range: range.map(|[start, end]| WireRange { start, end }) }
}

fn position(id: SourceId, place: Place, places: &Places<'_>) -> WirePosition {
    WirePosition { line: place.line, column: places.byte_column(id, place) }
}
