//! The Code Quality report of GitLab.
//!
//! GitLab shows of several findings with one fingerprint only one, so that they are counted, and shows no name of a
//! check, so that it stands in the description. Where nothing was found, an empty list says so.

use std::collections::HashMap;
use std::io;

use serde::Serialize;

use crate::diagnostic::{Report, Severity};
use crate::report::place::{Place, Places};
use crate::report::reporter::{Options, Reporter};
use crate::report::rooted::from_root;
use crate::report::visible::escaped_json;
use crate::text::Span;

#[derive(Debug)]
pub struct Gitlab {
    undecided: bool,
}

impl Gitlab {
    pub fn new(options: Options) -> Self {
        Self { undecided: options.undecided }
    }
}

impl Reporter for Gitlab {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places = Places::new(report);
        let mut fingerprints = Fingerprints::default();
        let mut issues = Vec::new();
        for diagnostic in &report.diagnostics {
            let rule = &diagnostic.rule;
            issues.push(WireIssue {
                description: format!("{}: {}", rule.name, diagnostic.message),
                check_name: &rule.name,
                fingerprint: fingerprints.unique(diagnostic.fingerprint.clone()),
                severity: severity(rule.severity),
                location: location(report, diagnostic.span, &mut places),
            });
        }
        for undecided in report.undecided.iter().filter(|_| self.undecided) {
            let rule = &undecided.rule;
            let resource = undecided.resource.as_deref().unwrap_or_default();
            issues.push(WireIssue {
                description: format!("{}: undecided: {}", rule.name, undecided.message()),
                check_name: &rule.name,
                fingerprint: fingerprints
                    .unique(format!("undecided {} {resource} {}", rule.name, undecided.path)),
                severity: "info",
                location: location(report, undecided.span, &mut places),
            });
        }
        writeln!(out, "{}", escaped_json(&serde_json::to_string_pretty(&issues)?))
    }
}

#[derive(Serialize)]
struct WireIssue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: WireLocation,
}

#[derive(Serialize)]
struct WireLocation {
    path: String,
    positions: WirePositions,
}

#[derive(Serialize)]
struct WirePositions {
    begin: WirePosition,
    end: WirePosition,
}

#[derive(Serialize)]
struct WirePosition {
    line: usize,
    column: usize,
}

/// How often each fingerprint occurred.
#[derive(Debug, Default)]
struct Fingerprints(HashMap<String, usize>);

impl Fingerprints {
    /// The first of several stays as it is; none of the others can be a fingerprint by itself.
    fn unique(&mut self, fingerprint: String) -> String {
        let count = self.0.entry(fingerprint.clone()).or_default();
        *count += 1;
        if *count == 1 { fingerprint } else { format!("{fingerprint}:{count}") }
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Hint => "info",
    }
}

fn location(report: &Report, span: Span, places: &mut Places<'_>) -> WireLocation {
    let nowhere = Place { line: 1, column: 1, offset: 0 };
    let (begin, end) = places.region(span).map_or((nowhere, nowhere), |region| (region.start, region.end));
    let wire = |place: Place| WirePosition { line: place.line, column: place.column };
    WireLocation {
        path: from_root(&report.workspace, places.name(span.source)),
        positions: WirePositions { begin: wire(begin), end: wire(end) },
    }
}
