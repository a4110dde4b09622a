//! The last words of a run, for people.

use std::collections::BTreeSet;

use crate::diagnostic::{NotificationKind, Report, Safety, Severity};
use crate::report::reporter::Options;

/// How many, and of what: `2 errors`.
pub fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// What was found, in one sentence without a full stop.
pub fn found(report: &Report) -> String {
    let summary = report.summary;
    if report.diagnostics.is_empty() {
        let files = count(summary.files, "file");
        let is_cut_short = report.notifications.iter().any(|told| told.kind == NotificationKind::Error);
        return match (summary.files, summary.configurations) {
            // What could not be read may have been one.
            (0, 0) if is_cut_short => "Nothing was checked".to_owned(),
            (_, 0) if is_cut_short => format!("Not everything was checked ({files} checked)"),
            (0, 0) => "No log delivery configuration found: there was no file to check".to_owned(),
            (_, 0) => format!("No log delivery configuration found ({files} checked)"),
            (_, number) => {
                format!("No problems found in {} ({files} checked)", count(number, "configuration"))
            }
        };
    }
    let counts = Severity::ALL.iter().rev().map(|severity| (report.count(*severity), severity));
    let counts: Vec<_> =
        counts.filter(|(n, _)| *n > 0).map(|(n, severity)| count(n, severity.as_str())).collect();
    let touched: BTreeSet<_> = report.diagnostics.iter().map(|diagnostic| diagnostic.span.source).collect();
    let files = if touched.len() < summary.files {
        format!("{} of {}", touched.len(), count(summary.files, "file"))
    } else {
        count(touched.len(), "file")
    };
    format!("Found {} in {files}", enumerate(&counts))
}

/// What was left out of the findings, if anything was. Checks that could not be decided are no news to most: they are
/// counted for those who want to know more.
pub fn left_out(report: &Report, options: Options) -> Option<String> {
    let summary = report.summary;
    let undecided = if options.verbose || options.undecided { summary.undecided } else { 0 };
    let hint = if options.undecided { "" } else { " (--show-undecided names them)" };
    let parts = [
        (summary.suppressed, format!("{} suppressed", count(summary.suppressed, "finding"))),
        (undecided, format!("{} could not be decided from the files{hint}", count(undecided, "check"))),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, text)| text).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How many findings can be fixed, if some can.
pub fn fixable(report: &Report) -> Option<String> {
    let count = |safety| {
        let fixes = report.diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref());
        fixes.filter(|fix| fix.safety == safety).count()
    };
    match (count(Safety::Safe), count(Safety::Unsafe)) {
        (0, 0) => None,
        (safe, 0) => Some(format!("{safe} can be fixed with --fix")),
        (0, more) => Some(format!("{more} can be fixed with --fix --unsafe-fixes")),
        (safe, more) => Some(format!("{safe} can be fixed with --fix, {more} more with --unsafe-fixes")),
    }
}

/// `a, b and c`.
fn enumerate(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
