//! The session itself: what is agreed on at its beginning, errors, cancellation, its end.

use serde_json::{Value as Json, json};

use super::client::{Editor, code, pulls};
use crate::cli::{BAD, Sandbox};

/// A template in one line, with an emoji and more before its finding.
const LINE: &str = r#"{"Description":"é😀","Resources":{"Delivery":{"Type":"AWS::Cognito::LogDeliveryConfiguration","Properties":{"UserPoolId":"eu-west-1_a1B2c3D4e","LogConfigurations":[{"EventSource":"userNotification","LogLevel":"INFO","CloudWatchLogsConfiguration":{"LogGroupArn":"arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users"}}]}}}}"#;

#[test]
fn positions_count_what_was_agreed_on() {
    let sandbox = Sandbox::new(&[]);
    let before = LINE.split_once("\"INFO\"").unwrap().0;
    for (offered, agreed, column) in [
        (json!(null), "utf-16", before.encode_utf16().count()),
        (json!(["utf-16"]), "utf-16", before.encode_utf16().count()),
        (json!(["utf-32", "utf-16"]), "utf-16", before.encode_utf16().count()),
        (json!(["utf-16", "utf-32", "utf-8"]), "utf-8", before.len()),
        (json!(["utf-32"]), "utf-32", before.chars().count()),
    ] {
        let mut capabilities = pulls();
        capabilities["general"] = json!({ "positionEncodings": offered });
        let mut editor = Editor::new(&sandbox, capabilities);
        assert_eq!(editor.initialized["capabilities"]["positionEncoding"], agreed);
        editor.open("template.json", LINE);
        let found = editor.pull("template.json");
        assert_eq!(code(&found[0]), "user-notification-level", "{found:?}");
        let range = |start: usize, end: usize| json!({ "start": { "line": 0, "character": start }, "end": { "line": 0, "character": end } });
        let expected = range(column, column + "\"INFO\"".len());
        let inner = range(column + 1, column + "\"INFO".len());
        assert!([&expected, &inner].contains(&&found[0]["range"]), "{agreed}: {found:?}");
        // A change behind the emoji is made where it is meant.
        let level = range(column + 1, column + "\"INFO".len());
        editor.change("template.json", 2, json!([{ "range": level, "text": "ERROR" }]));
        assert_eq!(editor.codes("template.json"), [""; 0], "{agreed}");
        editor.end();
    }
}

#[test]
fn the_server_says_what_it_can() {
    let sandbox = Sandbox::new(&[]);
    let pulling = Editor::new(&sandbox, pulls());
    assert_eq!(pulling.initialized["serverInfo"]["name"], "delint");
    assert_eq!(pulling.initialized["capabilities"]["diagnosticProvider"]["identifier"], "delint");
    assert_eq!(pulling.initialized["capabilities"]["textDocumentSync"]["change"], 2);
    pulling.end();
    let pushing = Editor::new(&sandbox, json!({}));
    assert_eq!(pushing.initialized["capabilities"]["diagnosticProvider"], Json::Null);
    pushing.end();
}

#[test]
fn what_cannot_be_answered_is_an_error_and_not_the_end() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("bad.yaml", BAD);
    assert_eq!(editor.refused("textDocument/formatting", json!({})), -32601);
    assert_eq!(editor.refused("textDocument/diagnostic", json!({ "textDocument": 7 })), -32602);
    // Of notifications the log is told.
    editor.notify("textDocument/didChange", json!({ "textDocument": 7 }));
    assert!(editor.told("window/logMessage")["message"].as_str().unwrap().contains("didChange"));
    editor.replace("other.yaml", 2, BAD);
    assert!(editor.told("window/logMessage")["message"].as_str().unwrap().contains("not open"));
    editor.notify("$/whatever", json!({}));
    editor.notify("textDocument/whatever", json!({}));
    assert_eq!(editor.codes("bad.yaml"), ["user-notification-level"]);
    // A document that is not open has nothing.
    assert_eq!(editor.codes("nowhere.yaml"), [""; 0]);
    editor.request("shutdown", Json::Null);
    assert_eq!(editor.refused("textDocument/diagnostic", json!({})), -32600);
    editor.notify("exit", Json::Null);
    assert_eq!(editor.exit(), (Some(0), String::new()));
}

#[test]
fn a_request_that_is_cancelled_is_not_worked_on() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    let entry = BAD.split_once("LogConfigurations:\n").unwrap().1;
    editor.open("bad.yaml", &format!("{BAD}{}", entry.repeat(300)));
    let params = json!({ "textDocument": { "uri": editor.uri("bad.yaml") } });
    let first = editor.ask("textDocument/diagnostic", params.clone());
    let second = editor.ask("textDocument/diagnostic", params.clone());
    let third = editor.ask("textDocument/diagnostic", params);
    editor.notify("$/cancelRequest", json!({ "id": second }));
    assert_eq!(editor.response(first)["result"]["kind"], "full");
    assert_eq!(editor.response(second)["error"]["code"], -32800);
    assert_eq!(editor.response(third)["result"]["kind"], "full");
    editor.end();
}

#[test]
fn a_session_may_end_early() {
    let sandbox = Sandbox::new(&[]);
    // The client is gone, before it said anything and after.
    assert_eq!(Editor::silent(&sandbox).exit().0, Some(1));
    assert_eq!(Editor::new(&sandbox, json!({})).exit().0, Some(1));
    let mut editor = Editor::new(&sandbox, json!({}));
    editor.notify("exit", Json::Null);
    assert_eq!(editor.exit(), (Some(1), String::new()));
    // What comes before the beginning is refused.
    let mut editor = Editor::silent(&sandbox);
    assert_eq!(editor.refused("textDocument/diagnostic", json!({})), -32002);
    editor.notify("exit", Json::Null);
    assert_eq!(editor.exit().0, Some(1));
}
