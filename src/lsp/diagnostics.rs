//! Findings as the protocol has them.

use std::hash::{DefaultHasher, Hash, Hasher};

use lsp_types::notification::PublishDiagnostics;
use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, PublishDiagnosticsParams, Uri,
};
use serde_json::json;

use crate::diagnostic::{self, Notification, Report, Severity, sentence};
use crate::lsp::check;
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::text::{Source, SourceId, Span};

/// Who says it.
pub const SOURCE: &str = "delint";
/// Rules about what could be taken away.
const UNNECESSARY: [&str; 2] = ["unused-suppression", "expired-suppression"];

/// The diagnostics of an open document.
pub fn of(session: &mut Session, uri: &str) -> Vec<Diagnostic> {
    let report = check::report(session, uri);
    let Some(document) = session.documents.get_mut(uri) else { return Vec::new() };
    let (report, id) = (document.shown(report), document.id());
    items(session, &report, id)
}

/// What a report says of a source.
pub fn items(session: &Session, report: &Report, id: SourceId) -> Vec<Diagnostic> {
    let Some(source) = report.sources.get(&id) else { return Vec::new() };
    let found = report.diagnostics.iter().filter(|found| found.span.source == id);
    let told = report.notifications.iter().filter_map(|told| mistake(session, source, told));
    told.chain(found.map(|found| item(session, report, source, found))).collect()
}

/// A finding.
pub fn item(
    session: &Session,
    report: &Report,
    source: &Source,
    found: &diagnostic::Diagnostic,
) -> Diagnostic {
    let href = found.rule.url.parse().ok().filter(|_| !found.rule.url.is_empty());
    let mut message = sentence(&found.message);
    if let Some(help) = &found.help {
        message = format!("{message}\nhelp: {help}");
    }
    let related: Vec<_> = related(session, report, found).collect();
    Diagnostic {
        range: place::range(source, found.span, session.client.encoding),
        severity: Some(severity(found.rule.severity)),
        code: Some(NumberOrString::String(found.rule.name.clone())),
        code_description: href.map(|href: Uri| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: (session.client.relates && !related.is_empty()).then_some(related),
        tags: (session.client.fades && UNNECESSARY.contains(&found.rule.name.as_str()))
            .then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: Some(json!({ "fingerprint": found.fingerprint })),
    }
}

/// Sends the diagnostics of all documents for which that is due.
pub fn publish_stale(session: &mut Session) {
    for uri in std::mem::take(&mut session.stale) {
        let diagnostics = of(session, &uri);
        let Some(document) = session.documents.get(&uri) else { continue };
        let (uri, version) = (document.uri.clone(), Some(document.version));
        session.notify::<PublishDiagnostics>(PublishDiagnosticsParams { uri, diagnostics, version });
    }
}

/// Takes back what was sent for a document.
pub fn clear(session: &mut Session, uri: Uri) {
    let params = PublishDiagnosticsParams { uri, diagnostics: Vec::new(), version: None };
    session.notify::<PublishDiagnostics>(params);
}

/// What diagnostics are known by: the same for the same diagnostics.
pub fn result_id(items: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// A mistake in a file for delint itself.
fn mistake(session: &Session, source: &Source, told: &Notification) -> Option<Diagnostic> {
    let span = told.span.filter(|span| span.source == source.id)?;
    Some(Diagnostic {
        range: place::range(source, span, session.client.encoding),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: sentence(&told.text),
        ..Diagnostic::default()
    })
}

/// What is said at the place itself, and the other places that matter.
fn related<'r>(
    session: &'r Session,
    report: &'r Report,
    found: &'r diagnostic::Diagnostic,
) -> impl Iterator<Item = DiagnosticRelatedInformation> {
    let note = found.note.iter().map(|note| (found.span, note));
    let labels = found.labels.iter().map(|label| (label.span, &label.text));
    note.chain(labels).filter_map(|(span, text): (Span, &String)| {
        let source = report.source(span)?;
        let uri = session.uri(source)?;
        let range = place::range(source, span, session.client.encoding);
        Some(DiagnosticRelatedInformation { location: Location { uri, range }, message: text.clone() })
    })
}

/// A hint of ours is advice that should be seen; editors all but hide theirs.
fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Hint => DiagnosticSeverity::INFORMATION,
    }
}
