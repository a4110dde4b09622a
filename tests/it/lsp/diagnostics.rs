//! Diagnostics: sent or asked for, never both, and what is in them.

use serde_json::{Value as Json, json};

use super::client::{Editor, code, pulls};
use crate::cli::{BAD, GOOD, Sandbox};

const PUBLISH: &str = "textDocument/publishDiagnostics";

fn codes(published: &Json) -> Vec<String> {
    published["diagnostics"].as_array().unwrap().iter().map(code).collect()
}

/// The change of one line of [`BAD`] that makes it [`GOOD`].
fn repair() -> Json {
    json!([{
        "range": { "start": { "line": 3, "character": 14 }, "end": { "line": 3, "character": 18 } },
        "text": "ERROR",
    }])
}

#[test]
fn they_are_sent_to_a_client_that_does_not_ask() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, json!({}));
    editor.open("bad.yaml", BAD);
    let sent = editor.told(PUBLISH);
    assert_eq!((&sent["uri"], &sent["version"]), (&json!(editor.uri("bad.yaml")), &json!(1)));
    assert_eq!(codes(&sent), ["user-notification-level"]);
    editor.change("bad.yaml", 2, repair());
    let sent = editor.told(PUBLISH);
    assert_eq!((&sent["version"], codes(&sent)), (&json!(2), vec![]));
    editor.replace("bad.yaml", 3, BAD);
    assert_eq!(codes(&editor.told(PUBLISH)), ["user-notification-level"]);
    // Who closes a document does not look at it any more.
    editor.close("bad.yaml");
    let sent = editor.told(PUBLISH);
    assert_eq!((&sent["uri"], codes(&sent)), (&json!(editor.uri("bad.yaml")), vec![]));
    assert_eq!(editor.unasked(), [Json::Null; 0]);
    editor.end();
}

#[test]
fn they_are_not_sent_to_a_client_that_asks() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("bad.yaml", BAD);
    let uri = editor.uri("bad.yaml");
    let ask = |editor: &mut Editor, previous: &Json| {
        let params = json!({ "textDocument": { "uri": uri }, "previousResultId": previous });
        editor.request("textDocument/diagnostic", params)
    };
    let first = ask(&mut editor, &Json::Null);
    assert_eq!((&first["kind"], first["items"].as_array().unwrap().len()), (&json!("full"), 1));
    let again = ask(&mut editor, &first["resultId"]);
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": first["resultId"] }));
    // What moves a finding changes the result.
    let top = json!({ "line": 0, "character": 0 });
    editor.change("bad.yaml", 2, json!([{ "range": { "start": top, "end": top }, "text": "\n" }]));
    let moved = ask(&mut editor, &first["resultId"]);
    assert_eq!(moved["items"][0]["range"]["start"]["line"], 4, "{moved}");
    editor.replace("bad.yaml", 3, GOOD);
    let last = ask(&mut editor, &moved["resultId"]);
    assert_eq!((&last["kind"], &last["items"]), (&json!("full"), &json!([])));
    editor.close("bad.yaml");
    assert_eq!(editor.unasked(), [Json::Null; 0]);
    editor.end();
}

/// Two configurations of one pool: the second takes the place of the first.
const TWICE: &str = "\
UserPoolId: eu-west-1_a1B2c3D4e
LogConfigurations:
  - EventSource: userNotification
    LogLevel: ERROR
    CloudWatchLogsConfiguration:
      LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users
  - EventSource: userNotification # delint: ignore[user-notification-level] gone
    LogLevel: ERROR
    CloudWatchLogsConfiguration:
      LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/others
";

#[test]
fn they_say_all_that_the_client_can_show() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("twice.yaml", TWICE);
    let found = editor.pull("twice.yaml");
    let of =
        |rule: &str| found.iter().find(|found| found["code"] == rule).unwrap_or_else(|| panic!("{found:?}"));
    let twice = of("duplicate-event-source");
    assert_eq!((&twice["severity"], &twice["source"]), (&json!(1), &json!("delint")));
    let href = twice["codeDescription"]["href"].as_str().unwrap();
    assert!(href.starts_with("https://"), "{href}");
    let related = &twice["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], json!(editor.uri("twice.yaml")));
    assert_eq!(related["location"]["range"]["start"]["line"], 2, "{twice}");
    assert_eq!(twice["tags"], Json::Null);
    assert_eq!(of("unused-suppression")["tags"], json!([1]));
    editor.end();

    // A client that did not say that it can show more gets no more.
    let mut editor = Editor::new(&sandbox, json!({}));
    editor.open("twice.yaml", TWICE);
    let sent = editor.told(PUBLISH);
    for found in sent["diagnostics"].as_array().unwrap() {
        assert_eq!((&found["relatedInformation"], &found["tags"]), (&Json::Null, &Json::Null));
    }
    editor.end();
}

#[test]
fn severities_are_those_of_rules() {
    let settings = |level: &str| format!("severity:\n  user-notification-level: {level}\n");
    for (level, severity) in [("error", 1), ("warning", 2), ("hint", 3)] {
        let sandbox = Sandbox::new(&[(".delint.yaml", &settings(level))]);
        let mut editor = Editor::new(&sandbox, pulls());
        editor.open("bad.yaml", BAD);
        assert_eq!(editor.pull("bad.yaml")[0]["severity"], severity, "{level}");
        editor.end();
    }
}
