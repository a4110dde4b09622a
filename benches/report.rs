//! What it costs to print 10,000 findings in one file of 1 MB: well under a second in every format.

use std::io;
use std::sync::Arc;

use delint::diagnostic::{Diagnostic, Label, Report, RuleInfo, Severity, Summary};
use delint::report::reporter::Options;
use delint::report::{Format, reporter};
use delint::text::{Source, SourceId};

const FINDINGS: usize = 10_000;
const TERMINAL: Options = Options {
    colour: true,
    unicode: true,
    width: Some(100),
    hyperlinks: false,
    verbose: false,
    quiet: false,
    undecided: false,
    suppressed: false,
    room: None,
};

fn main() {
    divan::main();
}

/// A list of 10,000 items with a finding in each, which has a label in the item before it.
fn report(item: &str, level: &str) -> Report {
    let rule = RuleInfo {
        name: "user-notification-level".to_owned(),
        summary: String::new(),
        severity: Severity::Error,
        effect: None,
        default_severity: None,
        enabled: true,
        url: "https://delint.dev/rules/user-notification-level".to_owned(),
    };
    let rule = Arc::new(rule);
    let source = Source::new(SourceId(0), "infra/pools.yaml", item.repeat(FINDINGS));
    let at = item.find(level).unwrap_or_default();
    let finding = |number: usize| {
        let span =
            |number: usize| source.span_at(number * item.len() + at, number * item.len() + at + level.len());
        Diagnostic {
            rule: Arc::clone(&rule),
            message: "LogLevel is INFO, but userNotification is exported only at ERROR".to_owned(),
            span: span(number),
            note: Some("only ERROR is possible here".to_owned()),
            labels: vec![Label { span: span(number.saturating_sub(1)), text: "and here".to_owned() }],
            fix: None,
            help: Some("set LogLevel to ERROR".to_owned()),
            path: format!("/LogConfigurations/{number}/LogLevel"),
            form: "api",
            resource: None,
            fingerprint: format!("{number:032x}"),
        }
    };
    let diagnostics = (1..=FINDINGS).map(finding).collect();
    let summary = Summary { files: 1, configurations: 1, ..Summary::default() };
    Report { diagnostics, sources: [(source.id, Arc::new(source))].into(), summary, ..Report::default() }
}

#[divan::bench(args = Format::ALL, sample_count = 20)]
fn ten_thousand_findings(bencher: divan::Bencher<'_, '_>, format: Format) {
    let item = format!("- EventSource: userNotification\n  LogLevel: INFO\n  # {}\n", "é".repeat(25));
    let report = report(&item, "INFO");
    bencher.bench(|| reporter(format, TERMINAL).write(&report, &mut io::sink()));
}

#[divan::bench(args = Format::ALL, sample_count = 20)]
fn ten_thousand_findings_in_one_line(bencher: divan::Bencher<'_, '_>, format: Format) {
    let item = format!(
        "{{\"EventSource\":\"userNotification\",\"LogLevel\":\"INFO\",\"x\":\"{}\"}},",
        "é".repeat(20)
    );
    let report = report(&item, "INFO");
    bencher.bench(|| reporter(format, TERMINAL).write(&report, &mut io::sink()));
}
