//! Whatever a file holds: every format is read back with its text whole, and nothing in it does anything else.

use delint::diagnostic::{Diagnostic, Report};
use delint::report::Format;
use delint::report::visible::escaped;
use proptest::prelude::*;

use super::property::{any_options, any_report, steers};
use super::read::{self, Seen};
use super::{TERMINAL, print};

type Reader = fn(&str) -> Vec<Seen>;

/// What a format does to text before it is written.
type Shown = fn(&str) -> String;

fn whole(text: &str) -> String {
    text.to_owned()
}

/// What is hidden is spelled out.
fn spelled(text: &str) -> String {
    escaped(text).into_owned()
}

/// Without characters that XML cannot hold.
fn in_xml(text: &str) -> String {
    let is_kept = |char: &char| match u32::from(*char) {
        0x9 | 0xa | 0xd => true,
        code => code >= 0x20 && code != 0xfffe && code != 0xffff,
    };
    text.chars().filter(is_kept).collect()
}

/// Without the backticks that stand for the style of names.
fn styled(text: &str) -> String {
    spelled(text).replace('`', "")
}

/// In a cell of a table spaces at both ends mean nothing.
fn in_cell(text: &str) -> String {
    styled(text).trim().to_owned()
}

/// The formats that are read back, with the text that they keep.
const READ: &[(Format, Reader, Shown)] = &[
    (Format::Json, read::json, whole),
    (Format::Ndjson, read::ndjson, whole),
    (Format::Sarif, read::sarif, whole),
    (Format::Github, read::github_findings, spelled),
    (Format::Azure, read::azure_findings, spelled),
    (Format::Gitlab, read::gitlab, whole),
    (Format::Rdjson, read::rdjson, whole),
    (Format::Junit, read::junit, in_xml),
    (Format::Checkstyle, read::checkstyle, in_xml),
    (Format::Html, read::html, styled),
    (Format::Markdown, read::markdown, in_cell),
];

/// The rest is for people: nothing reads it but a problem matcher (`tests/it/report/property.rs`).
#[test]
fn every_other_format_is_for_people() {
    let read: Vec<Format> = READ.iter().map(|(format, ..)| *format).collect();
    let other: Vec<&Format> = Format::ALL.iter().filter(|format| !read.contains(format)).collect();
    assert_eq!(other, [&Format::Pretty, &Format::Concise]);
}

/// A format may write help and links behind the message.
fn is_message(format: Format, written: &str, message: &str) -> bool {
    match format {
        Format::Sarif if message.contains("](") => {
            let escaped = message.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
            written.starts_with(&escaped)
        }
        // A message of nothing but spaces is refused.
        Format::Sarif => written.starts_with(message) || message.trim().is_empty(),
        Format::Github | Format::Rdjson => {
            written == message || written.starts_with(&format!("{message}\nhelp: "))
        }
        Format::Html => written.replace('`', "") == message,
        Format::Markdown => written.replace('`', "").trim() == message,
        _ => written == message,
    }
}

/// The findings in the order in which a format writes them.
fn ordered(report: &Report, format: Format) -> Vec<&Diagnostic> {
    let mut findings: Vec<&Diagnostic> = report.diagnostics.iter().collect();
    match format {
        Format::Github => findings.sort_by_key(|found| std::cmp::Reverse(found.rule.severity)),
        Format::Checkstyle | Format::Junit | Format::Html => findings.sort_by_key(|found| found.span.source),
        _ => {}
    }
    findings
}

fn check(report: &Report, (format, read, shown): (Format, Reader, Shown)) {
    let printed = print(report, format, TERMINAL);
    let written = read(&printed);
    let expected = ordered(report, format);
    assert_eq!(written.len(), expected.len(), "{format}:\n{printed}");
    for (written, finding) in written.iter().zip(expected) {
        let (message, rule) = (shown(&finding.message), shown(&finding.rule.name));
        assert!(is_message(format, &written.message, &message), "{format}: {written:?} of {message:?}");
        let without = |text: &str| match format {
            Format::Html => text.replace('`', ""),
            Format::Markdown => text.replace('`', "").trim().to_owned(),
            _ => text.to_owned(),
        };
        assert_eq!(without(&written.rule), without(&rule), "{format}");
        let Some(source) = report.source(finding.span) else { continue };
        let path = if from_root(format) { rooted(&source.name) } else { source.name.clone() };
        assert_eq!(without(&written.path), without(&shown(&path)), "{format}");
        if format != Format::Sarif {
            let last = source.text.strip_suffix("\r\n").or(source.text.strip_suffix(['\r', '\n']));
            let last = source.lines().line_of(last.unwrap_or(&source.text).len()) + 1;
            let line = source.lines().line_of(finding.span.range().start.min(source.text.len())) + 1;
            let is_exact = matches!(format, Format::Json | Format::Ndjson | Format::Html | Format::Markdown);
            assert_eq!(written.line, if is_exact { line } else { line.min(last) }, "{format}");
        }
    }
}

fn from_root(format: Format) -> bool {
    matches!(format, Format::Sarif | Format::Github | Format::Azure | Format::Gitlab)
}

/// A path without steps that lead nowhere, as those formats have it.
fn rooted(name: &str) -> String {
    if name.starts_with('/') || (name.starts_with('<') && name.ends_with('>')) {
        return name.to_owned();
    }
    let mut steps: Vec<&str> = Vec::new();
    for step in name.split('/').filter(|step| !step.is_empty() && *step != ".") {
        match steps.last() {
            Some(last) if step == ".." && *last != ".." => drop(steps.pop()),
            _ => steps.push(step),
        }
    }
    if steps.is_empty() { name.to_owned() } else { steps.join("/") }
}

/// The first thing in a text that a runner would take for a command, but for those that the format is made of.
fn command(format: Format, printed: &str) -> Option<&str> {
    printed.split(['\n', '\r']).find(|line| {
        let behind = match format {
            Format::Github => line.strip_prefix("::").unwrap_or(line),
            Format::Azure => line.strip_prefix("##vso[task.logissue ").unwrap_or(line),
            _ => line,
        };
        let starts = line.trim_start().starts_with("::") && format != Format::Github;
        starts || ["##[", "##vso[", "##teamcity["].iter().any(|start| behind.contains(start))
    })
}

proptest! {
    #[test]
    fn text_is_read_back_whole(report in any_report()) {
        for reading in READ {
            check(&report, *reading);
        }
    }

    #[test]
    fn nothing_steers(report in any_report(), options in any_options()) {
        for format in Format::ALL {
            let printed = print(&report, *format, options);
            prop_assert_eq!(printed.chars().find(|char| steers(*char)), None, "{}", format);
            prop_assert_eq!(command(*format, &printed), None, "{}", format);
        }
    }

    #[test]
    fn a_command_is_a_line_and_a_line_is_a_command(report in any_report(), options in any_options()) {
        let undecided = if options.undecided { report.undecided.len() } else { 0 };
        let count = report.diagnostics.len() + undecided;
        let printed = print(&report, Format::Azure, options);
        prop_assert_eq!((printed.lines().count(), read::azure(&printed).len()), (count, count));
        let printed = print(&report, Format::Github, options);
        let commands = read::github(&printed);
        prop_assert_eq!((printed.lines().count(), commands.len()), (count, count));
        for command in commands {
            prop_assert!(["error", "warning", "notice"].contains(&command.name.as_str()), "{}", command.name);
        }
    }

    #[test]
    fn every_format_says_the_same_again(report in any_report(), options in any_options()) {
        for format in Format::ALL {
            prop_assert_eq!(print(&report, *format, options), print(&report, *format, options));
        }
    }
}
