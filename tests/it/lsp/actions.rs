//! Code actions: what they are called, when they are offered, and what they leave behind.

use delint::lsp::document::Document;
use delint::text::{Encoding, Source, SourceId};
use serde_json::{Value as Json, json};

use super::client::{Editor, pulls};
use crate::cli::{BAD, GOOD, Sandbox};

/// Capabilities of a client that can do all of this.
fn able() -> Json {
    let mut able = pulls();
    able["textDocument"]["codeAction"] =
        json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    able["workspace"] = json!({ "workspaceEdit": { "documentChanges": true } });
    able
}

/// The actions for a line, of some kinds or of all.
fn actions(editor: &mut Editor, name: &str, line: usize, only: Option<&[&str]>) -> Vec<Json> {
    let place = json!({ "line": line, "character": 16 });
    let params = json!({
        "textDocument": { "uri": editor.uri(name) },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [], "only": only },
    });
    editor.request("textDocument/codeAction", params).as_array().unwrap().clone()
}

fn titles(actions: &[Json]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

/// A text with the edits of an action in it, which are of one document.
#[track_caller]
fn after(text: &str, action: &Json) -> String {
    let [change] = action["edit"]["documentChanges"].as_array().unwrap().as_slice() else {
        panic!("{action}")
    };
    let mut edits = change["edits"].as_array().unwrap().clone();
    // Edits are of the text as it was.
    edits.sort_by_key(|edit| {
        let start = &edit["range"]["start"];
        (start["line"].as_u64(), start["character"].as_u64())
    });
    let source = Source::new(SourceId(0), "x", text);
    let mut document = Document::new("file:///x".parse().unwrap(), None, 0, source);
    let changes = edits.iter().rev().map(|edit| {
        serde_json::from_value(json!({ "range": edit["range"], "text": edit["newText"] })).unwrap()
    });
    document.change(1, changes.collect(), Encoding::Utf16);
    document.source.text.clone()
}

#[test]
fn a_fix_is_offered_where_its_finding_is() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, able());
    editor.open("bad.yaml", BAD);
    editor.replace("bad.yaml", 5, BAD);
    let offered = actions(&mut editor, "bad.yaml", 3, None);
    assert_eq!(
        titles(&offered),
        [
            "Set `LogLevel` to `ERROR`",
            "Ignore user-notification-level here",
            "Explain user-notification-level"
        ],
        "{offered:?}"
    );
    let fix = &offered[0];
    assert_eq!((&fix["kind"], &fix["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(fix["diagnostics"], json!(editor.pull("bad.yaml")));
    assert_eq!(
        fix["edit"]["documentChanges"][0]["textDocument"],
        json!({ "uri": editor.uri("bad.yaml"), "version": 5 })
    );
    assert_eq!(after(BAD, fix), GOOD);
    assert_eq!(actions(&mut editor, "bad.yaml", 1, None), [Json::Null; 0], "nothing is wrong there");
    assert_eq!(actions(&mut editor, "nowhere.yaml", 1, None), [Json::Null; 0]);
    editor.end();
}

#[test]
fn only_what_is_asked_for_is_offered() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, able());
    editor.open("bad.yaml", BAD);
    for (only, count) in [
        (&["quickfix"][..], 3),
        (&["refactor"], 0),
        (&["quick"], 0),
        (&["source.organizeImports", "source.fixAll.other"], 0),
        (&["source.fixAll.delint"], 1),
        (&["source.fixAll"], 1),
        (&["source"], 1),
        (&["source", "quickfix"], 4),
    ] {
        let offered = actions(&mut editor, "bad.yaml", 3, Some(only));
        assert_eq!(offered.len(), count, "{only:?}: {offered:?}");
    }
    editor.end();
    // A client that knows commands alone gets none.
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("bad.yaml", BAD);
    assert_eq!(actions(&mut editor, "bad.yaml", 3, None), [Json::Null; 0]);
    editor.end();
}

#[test]
fn a_client_without_versions_gets_edits_without() {
    let sandbox = Sandbox::new(&[]);
    let mut capabilities = able();
    capabilities["workspace"] = json!({});
    let mut editor = Editor::new(&sandbox, capabilities);
    editor.open("bad.yaml", BAD);
    let edit = &actions(&mut editor, "bad.yaml", 3, None)[0]["edit"];
    assert_eq!(edit["documentChanges"], Json::Null);
    assert_eq!(edit["changes"][editor.uri("bad.yaml")][0]["newText"], "ERROR");
    editor.end();
}

#[test]
fn all_safe_fixes_are_made_at_once() {
    let lf = BAD.replace("eu-west-1_a1B2c3D4e", "\"eu-west-1_a1B2c3D4e\" # 😀");
    let lf = lf.replace("users\n", "users:*\n");
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, able());
    for (name, text) in [("lf.yaml", lf.clone()), ("crlf.yaml", lf.replace('\n', "\r\n"))] {
        editor.open(name, &text);
        assert_eq!(editor.codes(name).len(), 2);
        let offered = actions(&mut editor, name, 0, Some(&["source.fixAll"]));
        assert_eq!(offered[0]["kind"], "source.fixAll.delint");
        let fixed = after(&text, &offered[0]);
        assert_eq!(fixed, text.replace("INFO", "ERROR").replace(":*", ""));
        editor.replace(name, 2, &fixed);
        assert_eq!(editor.codes(name), [""; 0]);
        assert_eq!(actions(&mut editor, name, 0, Some(&["source.fixAll"])), [Json::Null; 0]);
    }
    editor.end();
}

#[test]
fn a_comment_that_suppresses_is_tried() {
    let module = "\
resource \"aws_cognito_log_delivery_configuration\" \"logs\" {
  user_pool_id = \"eu-west-1_a1B2c3D4e\"
  log_configurations {
    event_source = \"userNotification\"
    log_level    = \"INFO\"
    cloud_watch_logs_configuration {
      log_group_arn = \"arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users\"
    }
  }
}
";
    let flow = "# 😀\nUserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations: [{EventSource: userNotification, LogLevel: INFO, CloudWatchLogsConfiguration: {LogGroupArn: 'arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users'}}]";
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, able());
    for (name, text) in [
        ("block.yaml", BAD.to_owned()),
        ("crlf.yaml", BAD.replace('\n', "\r\n")),
        ("flow.yaml", flow.to_owned()),
        ("main.tf", module.to_owned()),
    ] {
        editor.open(name, &text);
        let found = editor.pull(name);
        let line = usize::try_from(found[0]["range"]["start"]["line"].as_u64().unwrap()).unwrap();
        let params = json!({
            "textDocument": { "uri": editor.uri(name) },
            "range": found[0]["range"],
            "context": { "diagnostics": found, "only": ["quickfix"] },
        });
        let offered = editor.request("textDocument/codeAction", params);
        let offered = offered.as_array().unwrap();
        let action = offered.iter().find(|action| action["title"].as_str().unwrap().starts_with("Ignore "));
        let suppressed = after(&text, action.unwrap_or_else(|| panic!("{name}: {offered:?}")));
        let comment = "# delint: ignore[user-notification-level] TODO: say why";
        let added = suppressed.lines().nth(line).unwrap();
        assert_eq!(added.trim_start(), comment, "{name}: {suppressed}");
        let rest: Vec<&str> =
            suppressed.split_inclusive('\n').filter(|line| !line.contains("delint")).collect();
        assert_eq!(rest.concat(), text, "{name}");
        editor.replace(name, 2, &suppressed);
        assert_eq!(editor.codes(name), [""; 0], "{name}");
    }
    // Of a module that is broken somewhere, what could be read.
    let broken = format!("{module}resource \"aws_s3_bucket\" \"b\" {{\n  bucket = = 1\n}}\n");
    editor.open("main.tf", &broken.replace("    log_level    =", "    log_level ="));
    let offered = actions(&mut editor, "main.tf", 4, None);
    assert!(titles(&offered).contains(&"Ignore user-notification-level here"), "{offered:?}");
    // JSON has no comments.
    let json = r#"{"UserPoolId":"eu-west-1_a1B2c3D4e","LogConfigurations":[{"EventSource":"userNotification","LogLevel":"INFO","CloudWatchLogsConfiguration":{"LogGroupArn":"arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users"}}]}"#;
    editor.open("bad.json", json);
    let found = editor.pull("bad.json");
    let params = json!({
        "textDocument": { "uri": editor.uri("bad.json") },
        "range": found[0]["range"],
        "context": { "diagnostics": found },
    });
    let offered = editor.request("textDocument/codeAction", params);
    assert_eq!(
        titles(offered.as_array().unwrap()),
        ["Set `LogLevel` to `ERROR`", "Explain user-notification-level"]
    );
    editor.end();
}

#[test]
fn all_findings_of_a_selection_can_be_ignored_one_by_one() {
    let bad = BAD.replace("users\n", "users:*\n");
    // In a text there are no comments, wherever it stands.
    let call = "\
TypeName: AWS::Cognito::LogDeliveryConfiguration
DesiredState: |
  {
    \"UserPoolId\": \"eu-west-1_a1B2c3D4e\",
    \"LogConfigurations\": [{
      \"EventSource\": \"userNotification\",
      \"LogLevel\": \"INFO\"
    }]
  }
";
    let bad = |pool: usize| bad.replace("a1B2c3D4e", &format!("a1B2c3D{pool:02}"));
    let text = format!("{call}---\n{}", (0..6).map(bad).collect::<Vec<_>>().join("---\n"));
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, able());
    editor.open("bad.yaml", &text);
    let before = editor.codes("bad.yaml");
    let params = json!({
        "textDocument": { "uri": editor.uri("bad.yaml") },
        "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } },
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let offered = editor.request("textDocument/codeAction", params);
    let is_comment = |action: &&Json| action["title"].as_str().unwrap().starts_with("Ignore ");
    let comments: Vec<&Json> = offered.as_array().unwrap().iter().filter(is_comment).collect();
    assert_eq!(comments.len(), 12, "{offered}");
    for (version, comment) in (2..).zip(comments) {
        editor.replace("bad.yaml", version, &after(&text, comment));
        let mut left = editor.codes("bad.yaml");
        left.push(comment["title"].as_str().unwrap().split(' ').nth(1).unwrap().to_owned());
        let [mut left, mut before] = [left, before.clone()];
        left.sort();
        before.sort();
        assert_eq!(left, before, "{comment}");
    }
    editor.end();
}
