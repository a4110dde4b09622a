//! Fixes: of each example of each rule, in every form that can say it.

use std::collections::BTreeMap;
use std::sync::Arc;

use delint::diagnostic::{Diagnostic, Report};
use delint::engine::fix::{Settled, settle};
use delint::engine::{self, Reading, Settings};
use delint::examples::run;
use delint::rules::Set;
use delint::text::{Source, SourceId};

use crate::examples::{files, wrap};

fn settings() -> Settings {
    run::all(&Set::default())
}

fn settled(text: &str, settings: &Settings) -> (String, Settled) {
    let source = Arc::new(Source::new(SourceId(0), "example", text));
    let mut readings = [engine::read(&source)];
    let check = |readings: &[Reading]| engine::check_with(readings, 1, settings);
    let settled = settle(&mut readings, check, |found| found.fix.is_some());
    (readings[0].source.text.clone(), settled)
}

/// How often each rule speaks.
fn counts(report: &Report) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for found in &report.diagnostics {
        *counts.entry(found.rule.name.as_str()).or_default() += 1;
    }
    counts
}

fn comments(text: &str) -> usize {
    text.matches('#').count()
}

/// The findings that have a fix, by their rule.
fn fixable(report: &Report) -> Vec<&Diagnostic> {
    report.diagnostics.iter().filter(|found| found.fix.is_some()).collect()
}

#[test]
fn a_fix_takes_its_finding_away_and_nothing_else_comes() {
    let settings = settings();
    let mut fixed: BTreeMap<&str, usize> = BTreeMap::new();
    for file in files() {
        for example in &file.examples {
            for wrapped in wrap::in_every_form(&example.configuration, example.with.as_ref()) {
                let before = run::check(&wrapped.text, &settings);
                let mut expected = counts(&before);
                if fixable(&before).is_empty() {
                    continue;
                }
                let what = format!("{}: {}\n{}", file.name, wrapped.name, wrapped.text);
                let (text, after) = settled(&wrapped.text, &settings);
                for found in fixable(&before).iter().filter(|found| found.rule.name == file.name) {
                    *fixed.entry(file.name).or_default() += 1;
                    assert!(!found.fix.as_ref().unwrap().title.is_empty(), "{what}");
                }
                assert!(after.fixed > 0 && !after.is_open, "{what}");
                assert_eq!(comments(&text), comments(&wrapped.text), "{what}\n{text}");
                for (rule, count) in counts(&after.report) {
                    let most = expected.remove(rule).unwrap_or_default();
                    assert!(count <= most, "{rule} speaks {count} times, not {most}: {what}\nfixed:\n{text}");
                }
                let (again, second) = settled(&text, &settings);
                assert_eq!((again, second.fixed), (text, 0), "{what}");
            }
        }
    }
    for rule in FIXABLE {
        assert!(fixed.remove(rule).is_some(), "{rule} has no example that is fixed");
    }
    assert!(fixed.is_empty(), "{fixed:?}");
}

/// The rules of the catalogue that have a fix.
const FIXABLE: &[&str] = &[
    "arn-account",
    "arn-partition",
    "arn-region",
    "auth-events-level",
    "bucket-arn-format",
    "log-group-arn-format",
    "log-group-arn-wildcard",
    "missing-property",
    "null-configuration",
    "stream-arn-format",
    "unknown-event-source",
    "unknown-log-level",
    "unknown-property",
    "user-notification-level",
];
