//! No rule file makes a check take long: each limit is told at its place, and what it leaves is linear.

use std::fmt::Write as _;
use std::sync::Arc;

use delint::rules::set::File;
use delint::rules::{Mistake, Set, limits};
use delint::text::{Source, SourceId};

use super::read;

/// A rule with the members that a test gives it.
fn rule(members: &str) -> String {
    let has = |name: &str| members.contains(&format!("{name}:"));
    let mut text = format!("summary: x\nseverity: error\nwhy: x\n{members}\n");
    for (member, line) in [
        ("each", "each: LogConfigurations[]"),
        ("require", "require: { LogLevel: ERROR }"),
        ("report", "report: { message: x }"),
        ("examples", "examples: [{ bad: { UserPoolId: x }, at: . }, { good: { UserPoolId: x } }]"),
    ] {
        if !has(member) {
            writeln!(text, "{line}").unwrap();
        }
    }
    text
}

fn mistakes(text: &str) -> Vec<Mistake> {
    read("own-rule", text).err().unwrap_or_default()
}

#[track_caller]
fn refused(text: &str, message: &str) {
    let found: Vec<(String, String)> = mistakes(text)
        .into_iter()
        .map(|mistake| (mistake.message, text[mistake.span.range()].chars().take(40).collect()))
        .collect();
    assert!(found.len() == 1 && found[0].0.starts_with(message), "{message}: {found:?}");
}

#[track_caller]
fn accepted(text: &str) {
    assert!(mistakes(text).is_empty(), "{:?}", mistakes(text));
}

fn file(name: &str, id: usize, text: &str) -> File {
    let id = SourceId(u32::try_from(id).unwrap());
    File { name: name.to_owned(), source: Arc::new(Source::new(id, format!("{name}.yaml"), text)) }
}

#[test]
fn the_size_of_a_file_is_limited() {
    let padded = |bytes: usize| rule("") + &"#".repeat(bytes - rule("").len());
    accepted(&padded(limits::FILE));
    refused(&padded(limits::FILE + 1), "a rule file has at most 256 KiB");
}

#[test]
fn the_depth_of_a_file_is_limited() {
    let nested = |count: usize| {
        let (open, close) = ("{ any_of: [".repeat(count), "] }".repeat(count));
        rule(&format!("when: {open}{{ LogLevel: ERROR }}{close}"))
    };
    accepted(&nested(limits::DEPTH / 2 - 2));
    refused(&nested(limits::DEPTH / 2 + 1), "more than 32 mappings and lists lie in each other here");
}

#[test]
fn what_is_checked_is_limited() {
    let values = |count: usize| rule(&format!("when: {{ LogLevel: [{}] }}", "ERROR, ".repeat(count)));
    accepted(&values(limits::NODES - 20));
    refused(&values(limits::NODES), "a rule has at most 1000 mappings, lists and scalars that are checked");
    // Aliases count as what they stand for.
    let aliases = format!(
        "when: {{ any_of: [&one {{ LogLevel: [{}] }}, {}] }}",
        "ERROR, ".repeat(30),
        "*one, ".repeat(40)
    );
    refused(&rule(&aliases), "a rule has at most 1000 mappings");
    // All files together have a limit as well.
    let set = |count: usize| {
        let name = |index: usize| format!("rule-{index}");
        let files: Vec<File> =
            (0..count).map(|index| file(&name(index), index, &values(limits::NODES - 20))).collect();
        Set::with(&files).err().unwrap_or_default()
    };
    assert!(set(40).is_empty());
    let found = set(limits::ALL_NODES / limits::NODES + 10);
    assert!(found.len() == 1 && found[0].message.contains("have more than 50000"), "{found:?}");
}

#[test]
fn texts_and_expressions_are_limited() {
    let long = "x".repeat(limits::TEXT);
    accepted(&rule(&format!("report: {{ message: {long} }}")));
    for member in ["message", "message: x, note", "message: x, help"] {
        refused(&rule(&format!("report: {{ {member}: {long}x }}")), "a text has at most 1000 characters");
    }
    refused(
        &rule("").replacen("summary: x", &format!("summary: {long}x"), 1),
        "a text has at most 1000 characters",
    );
    let matches = |pattern: &str| rule(&format!("when: {{ LogLevel: {{ matches: '{pattern}' }} }}"));
    accepted(&matches(&"a".repeat(limits::PATTERN)));
    refused(&matches(&"a".repeat(limits::PATTERN + 1)), "a regular expression has at most 1000 characters");
    refused(&matches("((a{100}){100}){100}"), "this is no regular expression: ");
}

#[test]
fn places_examples_and_mistakes_are_limited() {
    let also = |count: usize| {
        rule(&format!("report: {{ message: x, also: [{}] }}", "{ at: LogLevel, note: x }, ".repeat(count)))
    };
    accepted(&also(limits::PLACES));
    refused(&also(limits::PLACES + 1), "a report has at most 16 other places");
    let examples = |count: usize| {
        let more = "{ good: { UserPoolId: x } }, ".repeat(count - 1);
        rule(&format!("examples: [{{ bad: {{ UserPoolId: x }}, at: . }}, {more}]"))
    };
    accepted(&examples(limits::EXAMPLES));
    refused(&examples(limits::EXAMPLES + 1), "a rule has at most 100 examples");
    let unknown: Vec<String> = (0..3 * limits::MISTAKES).map(|index| format!("m{index}: x")).collect();
    assert_eq!(mistakes(&rule(&unknown.join("\n"))).len(), limits::MISTAKES);
}
