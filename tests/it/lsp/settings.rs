//! Files for delint itself that are open: what is wrong in them is told as the text stands in the editor.

use serde_json::{Value as Json, json};

use super::client::{Editor, pulls};
use crate::cli::Sandbox;

/// A rule that is right, and whose examples are as it says.
const RULE: &str = "\
summary: A pool logs authentication
severity: warning
why: It is house style.
each: LogConfigurations[]
require: { EventSource: userAuthEvents }
report: { message: \"{EventSource} is not logged here\" }
examples:
  - good: { UserPoolId: eu-west-1_a1B2c3D4e, LogConfigurations: [{ EventSource: userAuthEvents, LogLevel: INFO, CloudWatchLogsConfiguration: { LogGroupArn: 'arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/x' } }] }
  - bad: { UserPoolId: eu-west-1_a1B2c3D4e, LogConfigurations: [{ EventSource: userNotification, LogLevel: ERROR, CloudWatchLogsConfiguration: { LogGroupArn: 'arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/x' } }] }
    at: LogConfigurations/0/EventSource
";

/// One that speaks of other values.
fn of_levels() -> String {
    let at = RULE.replace("message: \"{EventSource}", "at: LogLevel, message: \"{LogLevel}");
    at.replace("at: LogConfigurations/0/EventSource", "at: LogConfigurations/0/LogLevel")
}

/// The messages of a document, each with the text that it is about.
fn told(editor: &mut Editor, name: &str, text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.split('\n').collect();
    let count = |count: &Json| usize::try_from(count.as_u64().unwrap()).unwrap();
    let shown = |range: &Json| {
        let [start, end] = ["start", "end"].map(|name| &range[name]);
        let line = lines[count(&start["line"])];
        let end = if start["line"] == end["line"] { count(&end["character"]) } else { line.len() };
        line[count(&start["character"])..end].to_owned()
    };
    let found = editor.pull(name);
    found
        .iter()
        .map(|found| (shown(&found["range"]), found["message"].as_str().unwrap().to_owned()))
        .collect()
}

/// The first message and its text.
#[track_caller]
fn first(editor: &mut Editor, name: &str, text: &str) -> (String, String) {
    let told = told(editor, name, text);
    told.first().unwrap_or_else(|| panic!("nothing is told of {name}: {text}")).clone()
}

#[test]
fn mistakes_in_a_rule_file_are_told_where_they_are() {
    let sandbox = Sandbox::new(&[(".delint.yaml", "rules: lint\n"), ("lint/house.yaml", RULE)]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("lint/house.yaml", RULE);
    assert_eq!(told(&mut editor, "lint/house.yaml", RULE), []);
    for (version, (from, to, place, message)) in (2..).zip([
        (
            "severity: warning",
            "severty: warning",
            "severty",
            "Unknown member `severty`; did you mean `severity`?",
        ),
        ("{ EventSource: u", "{ EventSorce: u", "EventSorce", "did you mean `EventSource`?"),
        ("userAuthEvents }\nr", "userAuthEvent }\nr", "userAuthEvent", "did you mean `userAuthEvents`?"),
        ("severity: warning", "severity: [", "", ""),
    ]) {
        let text = RULE.replacen(from, to, 1);
        assert_ne!(text, RULE, "{from}");
        editor.replace("lint/house.yaml", version, &text);
        let told = told(&mut editor, "lint/house.yaml", &text);
        let is_it =
            |(shown, said): &(String, String)| (place.is_empty() || shown == place) && said.contains(message);
        assert!(told.iter().any(is_it), "{told:?}");
    }
    editor.end();
}

#[test]
fn what_was_probably_meant_can_be_written() {
    let sandbox = Sandbox::new(&[]);
    let mut able = pulls();
    able["textDocument"]["codeAction"] =
        json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    let mut editor = Editor::new(&sandbox, able);
    let rule = |from: &str, to: &str| RULE.replacen(from, to, 1);
    let paths = rule("{ EventSource: u", "{ S3Configuraton.BucketArn: present, EventSource: u");
    for (name, text, wrong, right) in [
        (".delint.yaml", "severty: { arn-format: off }\n".to_owned(), "severty", "severity"),
        (".delint.yaml", "severity: { arn-fromat: off }\n".to_owned(), "arn-fromat", "arn-format"),
        (".delint.yaml", "severity: { arn-format: \"hnt\" }\n".to_owned(), "hnt", "hint"),
        ("delint-rules/house.yaml", rule("severity: warning", "severity: warnin"), "warnin", "warning"),
        ("delint-rules/house.yaml", rule("{ EventSource: u", "{ EventSorce: u"), "EventSorce", "EventSource"),
        // Of a path, the one word that is wrong.
        ("delint-rules/house.yaml", paths, "S3Configuraton", "S3Configuration"),
        // What does not help is not offered.
        (".delint.yaml", "severity: {}\nseverty: {}\n".to_owned(), "severty", ""),
        (".delint.yaml", "zzz: {}\n".to_owned(), "zzz", ""),
    ] {
        editor.open(name, &text);
        let at = text.find(wrong).unwrap();
        let line = text[..at].matches('\n').count();
        let place = json!({ "line": line, "character": at - text[..at].rfind('\n').map_or(0, |at| at + 1) });
        let offered = editor.request(
            "textDocument/codeAction",
            json!({
                "textDocument": { "uri": editor.uri(name) },
                "range": { "start": place, "end": place },
                "context": { "diagnostics": [] },
            }),
        );
        let offered = offered.as_array().unwrap().clone();
        if right.is_empty() {
            assert_eq!(offered, [Json::Null; 0], "{text}");
        } else {
            assert_eq!(offered.len(), 1, "{text}: {offered:?}");
            assert_eq!(offered[0]["title"], format!("Write `{right}`"));
            assert!(!offered[0]["diagnostics"].as_array().unwrap().is_empty(), "{offered:?}");
            let edit = &offered[0]["edit"]["changes"][editor.uri(name)][0];
            assert_eq!(edit["newText"], right);
            assert_eq!(edit["range"]["start"], place, "{text}");
            let length =
                edit["range"]["end"]["character"].as_u64().unwrap() - place["character"].as_u64().unwrap();
            assert_eq!(usize::try_from(length).unwrap(), wrong.len(), "{text}");
        }
        editor.close(name);
    }
    editor.end();
}

#[test]
fn examples_that_fail_are_told() {
    let sandbox = Sandbox::new(&[(".delint.yaml", "rules: lint\n")]);
    let mut editor = Editor::new(&sandbox, pulls());
    // Nothing of it is on the disk yet.
    sandbox.write("lint/other.txt", "");
    let text = RULE.replace("userNotification, LogLevel: ERROR", "userAuthEvents, LogLevel: INFO");
    editor.open("lint/house.yaml", &text);
    let (shown, said) = first(&mut editor, "lint/house.yaml", &text);
    assert_eq!(shown, "LogConfigurations/0/EventSource");
    assert!(said.starts_with("miss: `house` is expected at LogConfigurations/0/EventSource"), "{said}");
    assert!(said.contains(" and ") && said.ends_with(" more"), "{said}");
    let text = RULE.replacen("  - good", "  - bad", 1);
    editor.replace("lint/house.yaml", 2, &text);
    assert!(!told(&mut editor, "lint/house.yaml", &text).is_empty());
    editor.replace("lint/house.yaml", 3, RULE);
    assert_eq!(told(&mut editor, "lint/house.yaml", RULE), []);
    editor.end();
}

#[test]
fn a_file_that_is_called_a_rule_is_checked_as_one() {
    let sandbox = Sandbox::new(&[("delint-rules/better.yaml", &of_levels())]);
    let mut editor = Editor::new(&sandbox, pulls());
    let text = RULE.replace("severity: warning", "severity: warn");
    let yielding = format!("{RULE}yields_to: [better]\n");
    for (name, text, expected) in [
        ("any/where.delint-rules.yml", text.as_str(), 1),
        ("delint-rules/house.yaml", text.as_str(), 1),
        // The rules beside it are known.
        ("delint-rules/house.yaml", yielding.as_str(), 0),
        ("any/where.delint-rules.yaml", yielding.as_str(), 1),
        ("any/where.yaml", text.as_str(), 0),
    ] {
        editor.open(name, text);
        let told = told(&mut editor, name, text);
        assert_eq!(told.len(), expected, "{name}: {told:?}");
        editor.close(name);
    }
    editor.end();
}

#[test]
fn what_a_configuration_names_must_be_there() {
    let sandbox = Sandbox::new(&[(".delint.yaml", ""), ("lint/house.yaml", RULE), ("file.txt", "")]);
    let mut editor = Editor::new(&sandbox, pulls());
    for (version, (text, place, message)) in (2..).zip([
        ("rules: lnt\n", "lnt", "no such file or folder"),
        ("rules: [lint, file.txt]\n", "file.txt", "is no folder"),
        ("baseline: known.json\n", "known.json", "`delint baseline` writes one"),
        ("rules: lint\nseverity: { hose: off }\n", "hose", "`house`"),
        ("severity: { house: off }\n", "house", "house"),
    ]) {
        if version == 2 {
            editor.open(".delint.yaml", text);
        } else {
            editor.replace(".delint.yaml", version, text);
        }
        let (shown, said) = first(&mut editor, ".delint.yaml", text);
        assert!(shown == place && said.contains(message), "{shown}: {said}");
    }
    let right = "rules: lint\nseverity: { house: off }\n";
    editor.replace(".delint.yaml", 9, right);
    assert_eq!(told(&mut editor, ".delint.yaml", right), []);
    editor.end();
}

#[test]
fn open_rules_and_configurations_are_told_anew_together() {
    let sandbox = Sandbox::new(&[(".delint.yaml", "rules: lint\n"), ("lint/one.yaml", RULE)]);
    let mut editor = Editor::new(&sandbox, json!({}));
    let latest = |editor: &mut Editor, name: &str| loop {
        let told = editor.told("textDocument/publishDiagnostics");
        if told["uri"] == editor.uri(name) {
            return told["diagnostics"].as_array().unwrap().len();
        }
    };
    let yielding = format!("{RULE}yields_to: [two]\n");
    editor.open("lint/one.yaml", &yielding);
    assert_eq!(latest(&mut editor, "lint/one.yaml"), 1);
    // It is not on the disk, and counts.
    editor.open("lint/two.yaml", &of_levels());
    assert_eq!(latest(&mut editor, "lint/one.yaml"), 0);
    editor.close("lint/two.yaml");
    assert_eq!(latest(&mut editor, "lint/one.yaml"), 1);
    editor.end();
}
