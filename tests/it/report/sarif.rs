//! What GitHub's code scanning demands of SARIF beyond the schema.

use std::collections::BTreeSet;

use delint::diagnostic::{Notification, Report, Severity, Suppressed, SuppressedBy, Workspace};
use delint::report::Format;
use delint::report::reporter::Options;
use delint::text::{SourceId, Span};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::property::any_report;
use super::sample::{Sample, awkward, everyday, hostile, one};
use super::{TERMINAL, UNDECIDED, print};

fn log(report: &Report) -> Value {
    serde_json::from_str(&print(report, Format::Sarif, TERMINAL)).unwrap()
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {value:#}"))
}

/// The links in a message, which are not escaped: their targets.
fn links(message: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(end) = message[at..].find("](").map(|end| at + end) {
        let backslashes = message[..end].chars().rev().take_while(|char| *char == '\\').count();
        at = end + 2;
        if backslashes % 2 == 0 {
            found.push(message[at..].split(')').next().unwrap());
        }
    }
    found
}

/// What is wrong with a file for GitHub.
fn refused(log: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut must = |holds: bool, what: &str| {
        if !holds {
            wrong.push(what.to_owned());
        }
    };
    must(log["version"] == "2.1.0", "the version");
    must(
        text(log, "/$schema").starts_with("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/"),
        "$schema",
    );
    must((1..=20).contains(&list(log, "/runs").len()), "1 to 20 runs");
    let run = &log["runs"][0];
    must(["utf16CodeUnits", "unicodeCodePoints"].contains(&text(run, "/columnKind")), "columns have a kind");
    must(text(run, "/automationDetails/id").starts_with("delint/"), "a category of its own");
    let rules = list(run, "/tool/driver/rules");
    must(text(run, "/tool/driver/name") == "delint", "a tool with a name");
    must(rules.len() <= 25_000, "at most 25,000 rules");
    let ids: BTreeSet<&str> = rules.iter().map(|rule| text(rule, "/id")).collect();
    must(ids.len() == rules.len(), "each rule once");
    for rule in rules {
        must(list(rule, "/properties/tags").len() <= 20, "at most 20 tags");
        for pointer in ["/shortDescription/text", "/fullDescription/text"] {
            must((1..=1024).contains(&text(rule, pointer).chars().count()), pointer);
        }
        must(!text(rule, "/help/text").is_empty(), "help");
        must(
            ["error", "warning", "recommendation"].contains(&text(rule, "/properties/problem.severity")),
            "severity",
        );
        must(
            ["very-high", "high", "medium", "low"].contains(&text(rule, "/properties/precision")),
            "precision",
        );
    }
    let results = list(run, "/results");
    must(results.len() <= 25_000, "at most 25,000 results");
    for result in results {
        must(!text(result, "/message/text").trim().is_empty(), "a message with text");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        must(rules.get(index).is_some_and(|rule| rule["id"] == result["ruleId"]), "its rule");
        must(["error", "warning", "note"].contains(&text(result, "/level")), "a level");
        must(list(result, "/locations").len() == 1, "one location");
        must(text(result, "/partialFingerprints/delint~1v1").len() == 32, "a fingerprint of ours");
        let related = list(result, "/relatedLocations");
        must(related.len() <= 100, "at most 100 related locations");
        let steps = list(result, "/codeFlows/0/threadFlows/0/locations");
        must(steps.len() == if related.is_empty() { 0 } else { related.len() + 1 }, "steps");
        let numbers: BTreeSet<String> = related.iter().map(|location| location["id"].to_string()).collect();
        must(numbers.len() == related.len(), "each related location has a number of its own");
        let links = links(text(result, "/message/text"));
        must(links.iter().all(|link| numbers.contains(*link)), "links lead to related locations");
        let steps = steps.iter().map(|step| &step["location"]);
        for location in list(result, "/locations").iter().chain(related).chain(steps) {
            let physical = &location["physicalLocation"];
            let uri = text(physical, "/artifactLocation/uri");
            must(!uri.is_empty() && uri.is_ascii() && !uri.contains([' ', '\\']), "a URI");
            let relative = !uri.starts_with('/') && !uri.split('/').next().unwrap().contains(':');
            let base = physical.pointer("/artifactLocation/uriBaseId");
            must(relative == (base == Some(&"%SRCROOT%".into())), "what is relative has a base");
            if let Some(region) = physical.get("region") {
                let [start, first, end, last] = ["startLine", "startColumn", "endLine", "endColumn"]
                    .map(|key| region[key].as_u64().unwrap());
                must(start >= 1 && first >= 1 && (start, first) <= (end, last), "a region with an order");
            }
        }
    }
    wrong
}

#[test]
fn github_takes_the_samples() {
    for report in [everyday(), hostile(), awkward(), Report::default()] {
        assert_eq!(refused(&log(&report)), [""; 0]);
    }
}

#[test]
fn what_github_refuses_is_known() {
    let good = log(&everyday());
    for (pointer, value) in [
        ("/runs/0/results/0/message/text", Value::from("")),
        ("/runs/0/results/0/message/text", Value::from("[a](7)")),
        ("/runs/0/results/0/locations", Value::from(Vec::<Value>::new())),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", Value::from(0)),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", Value::from("/a b")),
        ("/runs/0/tool/driver/rules/0/id", Value::from("x")),
        ("/runs/0/columnKind", Value::from("bytes")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = value;
        assert_ne!(refused(&bad), [""; 0], "{pointer}");
    }
}

#[test]
fn a_finding_about_a_whole_file_has_no_region() {
    let region = |text: &str, start, end| {
        let log = log(&one("a.yaml", text, start, end));
        log.pointer("/runs/0/results/0/locations/0/physicalLocation/region").cloned()
    };
    assert_eq!(region("", 0, 0), None);
    assert_eq!(region("a: 1\nb: 2\n", 0, 10), None);
    assert_eq!(region("\u{feff}\n a: 1\n", 5, 9), None);
    assert_eq!(region("a: 1\nb: 2\n", 0, 4).unwrap()["endColumn"], 5);
    assert_eq!(region("a: 1\nb: 2\n", 10, 10).unwrap()["startLine"], 2);
}

#[test]
fn the_hash_of_the_line_is_that_of_the_region() {
    let hash = |start| {
        let log = log(&one("a.yaml", " a\nb\n  \t\tc\n d", start, start + 1));
        text(&log, "/runs/0/results/0/partialFingerprints/primaryLocationLineHash").to_owned()
    };
    assert_eq!([hash(1), hash(3), hash(9)], ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1"]);
}

#[test]
fn paths_are_those_of_the_project() {
    let uri = |name: &str| {
        let mut report = one(name, "a: 1\nb: 2\n", 0, 1);
        report.workspace = Workspace { root: "/home/x/".to_owned(), folder: "infra/".to_owned() };
        let log = log(&report);
        assert_eq!(text(&log, "/runs/0/automationDetails/id"), "delint/infra/");
        assert_eq!(refused(&log), [""; 0]);
        text(&log, "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri").to_owned()
    };
    assert_eq!(uri("a b/é:1,%.yaml"), "infra/a%20b/%C3%A9%3A1%2C%25.yaml");
    assert_eq!(uri("../x.yaml"), "x.yaml");
    assert_eq!(uri("/home/x/y.yaml"), "y.yaml");
    assert_eq!(uri("/etc/y.yaml"), "file:///etc/y.yaml");
    assert_eq!(uri("C:/y.yaml"), "file:///C:/y.yaml");
    assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
}

#[test]
fn links_in_messages_are_ours_alone() {
    let mut report = everyday();
    report.diagnostics[0].message = "see [this](https://evil.example) \\ and [0]".to_owned();
    report.diagnostics[0].labels[0].text = "[a](2) ]".to_owned();
    let log = log(&report);
    let message = text(&log, "/runs/0/results/0/message/text");
    assert_eq!(links(message), ["1"], "{message}");
    assert!(message.contains(r"([\[a\](2) \]](1))"), "{message}");
    assert_eq!(refused(&log), [""; 0]);
}

#[test]
fn a_severity_that_a_user_gave_is_an_override() {
    let mut report = everyday();
    let change = |report: &mut Report, index: usize, severity, default_severity| {
        let mut rule = (*report.diagnostics[index].rule).clone();
        (rule.severity, rule.default_severity) = (severity, default_severity);
        report.diagnostics[index].rule = rule.into();
    };
    assert_eq!(log(&report).pointer("/runs/0/invocations/0/ruleConfigurationOverrides"), None);
    change(&mut report, 0, Severity::Hint, Some(Severity::Error));
    let changed = log(&report);
    let overrides = list(&changed, "/runs/0/invocations/0/ruleConfigurationOverrides");
    assert_eq!(overrides.len(), 1);
    assert_eq!(text(&overrides[0], "/descriptor/id"), "user-notification-level");
    assert_eq!(text(&overrides[0], "/configuration/level"), "note");
    let index = overrides[0].pointer("/descriptor/index").unwrap().as_u64().unwrap();
    let rule = &list(&changed, "/runs/0/tool/driver/rules")[usize::try_from(index).unwrap()];
    assert_eq!(
        (text(rule, "/id"), text(rule, "/defaultConfiguration/level")),
        ("user-notification-level", "error")
    );
    assert_eq!(text(&changed, "/runs/0/results/0/level"), "note");

    // Another file has the rule as it is: what holds for both is none.
    let mut other = report.diagnostics[0].clone();
    let mut rule = (*other.rule).clone();
    (rule.severity, rule.default_severity) = (Severity::Error, None);
    other.rule = rule.into();
    report.diagnostics.push(other);
    assert_eq!(log(&report).pointer("/runs/0/invocations/0/ruleConfigurationOverrides"), None);
}

#[test]
fn the_most_urgent_findings_are_kept() {
    let mut sample = Sample::default();
    let id = sample.file("a.yaml", "a: 1\n");
    for number in 0..25_010 {
        let severity = if number % 1000 == 7 { Severity::Error } else { Severity::Hint };
        sample.add(severity, "r", Span::new(id, 0, 1), "m");
    }
    let log = log(&sample.0);
    assert_eq!(refused(&log), [""; 0]);
    let results = list(&log, "/runs/0/results");
    assert_eq!(results.len(), 25_000);
    assert_eq!(results.iter().filter(|result| result["level"] == "error").count(), 26);
    let told = text(&log, "/runs/0/invocations/0/toolExecutionNotifications/0/message/text");
    assert!(told.starts_with("10 less urgent findings left out"), "{told}");
}

#[test]
fn what_could_not_be_done_is_told() {
    let log_of = |report: &Report| -> Value {
        serde_json::from_str(&print(report, Format::Sarif, UNDECIDED)).unwrap()
    };
    let good = log_of(&Report::default());
    assert_eq!(good.pointer("/runs/0/invocations/0/executionSuccessful"), Some(&true.into()));
    let mut report = everyday();
    report.notifications.push(Notification {
        span: Some(Span::new(SourceId(1), 0, 3)),
        ..Notification::error("a mistake".to_owned())
    });
    let log = log_of(&report);
    assert_eq!(log.pointer("/runs/0/invocations/0/executionSuccessful"), Some(&false.into()));
    let told = list(&log, "/runs/0/invocations/0/toolExecutionNotifications");
    let levels: Vec<&str> = told.iter().map(|told| text(told, "/level")).collect();
    assert_eq!(levels, ["error", "note", "error", "note", "note", "note"]);
    assert_eq!(text(&told[2], "/locations/0/physicalLocation/artifactLocation/uri"), "infra/main.tf");
    assert_eq!(text(&told[3], "/associatedRule/id"), "auth-events-plan");
}

#[test]
fn the_page_of_a_rule_is_its_help() {
    let mut report = everyday();
    report.pages.insert("user-notification-level".to_owned(), "# A page\n".to_owned());
    let log = log(&report);
    let rules = list(&log, "/runs/0/tool/driver/rules");
    let pages: Vec<Option<&Value>> = rules.iter().map(|rule| rule.pointer("/help/markdown")).collect();
    assert_eq!(pages, [None, None, Some(&"# A page\n".into())]);
}

#[test]
fn what_is_suppressed_is_marked_for_those_who_ask() {
    let mut report = everyday();
    for (by, reason) in [(SuppressedBy::Comment, Some("known".to_owned())), (SuppressedBy::Baseline, None)] {
        let diagnostic = report.diagnostics.remove(0);
        report.suppressed.push(Suppressed { diagnostic, by, reason });
    }
    assert_eq!(list(&log(&report), "/runs/0/results").len(), 1);
    let options = Options { suppressed: true, ..TERMINAL };
    let log: Value = serde_json::from_str(&print(&report, Format::Sarif, options)).unwrap();
    assert_eq!(refused(&log), [""; 0]);
    let marks = list(&log, "/runs/0/results").iter().map(|result| result.get("suppressions").cloned());
    let expected = [
        None,
        Some(json!([{"kind": "inSource", "justification": "known"}])),
        Some(json!([{"kind": "external"}])),
    ];
    assert_eq!(marks.collect::<Vec<_>>(), expected);
}

proptest! {
    #[test]
    fn github_takes_whatever_a_file_holds(report in any_report()) {
        prop_assert_eq!(refused(&log(&report)), Vec::<String>::new());
    }
}
