//! SARIF 2.1.0 (errata 01), made so that GitHub's code scanning takes it.
//!
//! - Every result has a physical location; a finding about a whole file has no region.
//! - The same report gives the same bytes: there are no times, no ids by chance, no paths of this machine.
//! - A finding that is suppressed is written only if that is asked for: GitHub shows an alert for it all the same.
//! - A fix that is not safe is not written: the format has no word for it, and programs apply fixes.
//! - Of more than 25,000 findings, beyond which GitHub refuses a file, the most urgent are kept; a notification says how
//!   many are not.

mod fix;
mod location;
mod rules;
mod wire;

use std::collections::HashSet;
use std::io;

use crate::diagnostic::{
    Diagnostic, Effect, Label, Notification, NotificationKind, Report, Suppressed, SuppressedBy, Undecided,
};
use crate::report::reporter::{Options, Reporter};
use crate::report::summary::count;
use crate::report::visible::escaped_json;
use crate::report::words::HOME;
use fix::fixes;
use location::Locations;
use rules::{Rules, level};
use wire::{
    WireAutomation, WireCodeFlow, WireDriver, WireFingerprints, WireInvocation, WireLocation, WireLog,
    WireMessage, WireNotification, WireReference, WireResult, WireResultProperties, WireRun, WireStep,
    WireSuppression, WireThreadFlow, WireTool,
};

/// Results of a run that GitHub takes.
const RESULTS: usize = 25_000;
/// Locations of a result that GitHub shows.
const RELATED: usize = 100;

#[derive(Debug)]
pub struct Sarif {
    undecided: bool,
    suppressed: bool,
}

impl Sarif {
    pub fn new(options: Options) -> Self {
        let Options { undecided, suppressed, .. } = options;
        Self { undecided, suppressed }
    }
}

impl Reporter for Sarif {
    fn wants_pages(&self) -> bool {
        true
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let log = WireLog {
            schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            version: "2.1.0",
            runs: [self.run(report)],
        };
        writeln!(out, "{}", escaped_json(&serde_json::to_string_pretty(&log)?))
    }
}

impl Sarif {
    fn run<'a>(&self, report: &'a Report) -> WireRun<'a> {
        let mut locations = Locations::new(report);
        let kept = most_urgent(&report.diagnostics);
        let hidden: Vec<&Suppressed> =
            report.suppressed.iter().filter(|_| self.suppressed).take(RESULTS - kept.len()).collect();
        let written = kept.iter().copied().chain(hidden.iter().map(|one| &one.diagnostic));
        let rules = Rules::of(written, &report.pages);
        let mut results: Vec<_> =
            kept.iter().map(|diagnostic| result(diagnostic, &rules, &mut locations)).collect();
        results.extend(hidden.iter().map(|one| WireResult {
            suppressions: vec![suppression(one)],
            ..result(&one.diagnostic, &rules, &mut locations)
        }));
        let failed = report.notifications.iter().any(|told| told.kind == NotificationKind::Error);
        WireRun {
            results,
            tool: WireTool {
                driver: WireDriver {
                    name: env!("CARGO_PKG_NAME"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: HOME,
                    rules: rules.wire,
                },
            },
            invocations: [WireInvocation {
                execution_successful: !failed,
                rule_configuration_overrides: rules.overrides,
                tool_execution_notifications: self.notifications(
                    report,
                    report.diagnostics.len() - kept.len(),
                    &mut locations,
                ),
            }],
            automation_details: WireAutomation { id: format!("delint/{}", report.workspace.folder) },
            column_kind: "unicodeCodePoints",
        }
    }

    fn notifications<'a>(
        &self,
        report: &'a Report,
        left: usize,
        locations: &mut Locations<'a>,
    ) -> Vec<WireNotification<'a>> {
        let mut told: Vec<_> =
            report.notifications.iter().map(|told| notification(told, locations)).collect();
        if left > 0 {
            let text =
                format!("{} left out: a run has at most {RESULTS}", count(left, "less urgent finding"));
            told.push(notification(&Notification::note(text), locations));
        }
        let waiting = report.undecided.iter().filter(|_| self.undecided);
        told.extend(waiting.map(|one| undecided(one, locations)));
        told
    }
}

/// As many findings as a run may have, in their order.
fn most_urgent(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut order: Vec<usize> = (0..diagnostics.len()).collect();
    let urgency = |index: &usize| diagnostics.get(*index).map(|one| std::cmp::Reverse(one.rule.severity));
    order.sort_by_key(urgency);
    let kept: HashSet<usize> = order.into_iter().take(RESULTS).collect();
    diagnostics.iter().enumerate().filter(|(index, _)| kept.contains(index)).map(|(_, one)| one).collect()
}

fn result<'a>(
    diagnostic: &'a Diagnostic,
    rules: &Rules<'_>,
    locations: &mut Locations<'a>,
) -> WireResult<'a> {
    let rule = &diagnostic.rule;
    let mut primary = locations.of(diagnostic.span, diagnostic.resource.as_deref());
    let known = diagnostic.labels.iter().filter(|label| locations.knows(label.span.source));
    let labels: Vec<&Label> = known.take(RELATED).collect();
    let related: Vec<_> = labels.iter().zip(1..).map(|(label, id)| related(label, id, locations)).collect();
    let message = message(diagnostic, &labels);
    let line = primary.line();
    let code_flows = flow(diagnostic, &related, &primary);
    primary.message = diagnostic.note.as_ref().map(|note| WireMessage::text(plain(note)));
    WireResult {
        rule_id: &rule.name,
        rule_index: rules.index(&rule.name),
        level: level(rule.severity),
        message,
        partial_fingerprints: WireFingerprints {
            line_hash: locations.line_hash(diagnostic.span.source, line),
            own: &diagnostic.fingerprint,
        },
        locations: [primary],
        related_locations: related,
        code_flows,
        fixes: fixes(diagnostic, locations),
        suppressions: Vec::new(),
        properties: WireResultProperties {
            path: &diagnostic.path,
            form: diagnostic.form,
            effect: rule.effect.map(Effect::as_str),
            help: diagnostic.help.as_deref(),
        },
    }
}

/// Where it is said that a finding is not to be reported.
fn suppression(suppressed: &Suppressed) -> WireSuppression<'_> {
    WireSuppression {
        kind: match suppressed.by {
            SuppressedBy::Comment | SuppressedBy::Metadata => "inSource",
            SuppressedBy::Baseline => "external",
        },
        justification: suppressed.reason.as_deref(),
    }
}

/// Another place, by the number that the message calls it by.
fn related<'a>(label: &'a Label, id: usize, locations: &mut Locations<'a>) -> WireLocation<'a> {
    let message = Some(plain(&label.text)).filter(|text| !text.is_empty()).map(WireMessage::text);
    WireLocation { id: Some(id), message, ..locations.of(label.span, None) }
}

/// The finding, links to the other places by their numbers, and what to do.
fn message(diagnostic: &Diagnostic, labels: &[&Label]) -> WireMessage {
    let mut text = plain(&diagnostic.message);
    if text.trim().is_empty() {
        // A message without text makes GitHub refuse the whole file.
        text = plain(&diagnostic.rule.name);
    }
    let named = labels.iter().zip(1..).filter(|(label, _)| !label.text.is_empty());
    let links: Vec<String> = named.map(|(label, id)| format!("[{}]({id})", link_text(&label.text))).collect();
    if !links.is_empty() {
        text = format!("{text} ({})", links.join(", "));
    }
    if let Some(help) = &diagnostic.help {
        text = format!("{text}\n\nHelp: {}", plain(help));
    }
    WireMessage::text(text)
}

/// The way to the finding: first what makes it one, then the finding.
fn flow<'a>(
    diagnostic: &Diagnostic,
    related: &[WireLocation<'a>],
    primary: &WireLocation<'a>,
) -> Vec<WireCodeFlow<'a>> {
    if related.is_empty() {
        return Vec::new();
    }
    let reasons = related.iter().map(|location| WireLocation { id: None, ..location.clone() });
    let note = diagnostic.note.as_ref().unwrap_or(&diagnostic.message);
    let end = WireLocation { message: Some(WireMessage::text(plain(note))), ..primary.clone() };
    let locations = reasons.chain([end]).map(|location| WireStep { location }).collect();
    vec![WireCodeFlow { thread_flows: [WireThreadFlow { locations }] }]
}

fn notification<'a>(told: &Notification, locations: &mut Locations<'a>) -> WireNotification<'a> {
    WireNotification {
        level: match told.kind {
            NotificationKind::Error => "error",
            NotificationKind::Note => "note",
        },
        message: WireMessage::text(plain(&told.text)),
        locations: told.span.map(|span| locations.of(span, None)).into_iter().collect(),
        associated_rule: None,
    }
}

/// A check that could not be decided is no result, which GitHub would show as an alert.
fn undecided<'a>(undecided: &'a Undecided, locations: &mut Locations<'a>) -> WireNotification<'a> {
    WireNotification {
        level: "note",
        message: WireMessage::text(plain(&format!("undecided: {}", undecided.message()))),
        locations: vec![locations.of(undecided.span, undecided.resource.as_deref())],
        associated_rule: Some(WireReference { id: &undecided.rule.name, index: None }),
    }
}

/// Text that holds no link: `[a](1)` would be one.
fn plain(text: &str) -> String {
    if text.contains("](") { link_text(text) } else { text.to_owned() }
}

fn link_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}
