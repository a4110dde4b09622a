//! Commands: the page of a rule, and the baseline.

use std::fs;

use serde_json::{Value as Json, json};

use super::client::{Editor, pulls};
use crate::cli::{BAD, Sandbox};

/// `InvalidParams` and `RequestFailed`.
const REFUSED: [i64; 2] = [-32602, -32803];

fn able() -> Json {
    let mut able = pulls();
    able["textDocument"]["codeAction"] =
        json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    able
}

/// The command of an action that begins so, at the level of a bad configuration.
fn command(editor: &mut Editor, name: &str, title: &str) -> Option<Json> {
    let place = json!({ "line": 3, "character": 16 });
    let params = json!({
        "textDocument": { "uri": editor.uri(name) },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [] },
    });
    let actions = editor.request("textDocument/codeAction", params);
    let mut actions = actions.as_array().unwrap().iter();
    let action = actions.find(|action| action["title"].as_str().unwrap().starts_with(title))?;
    assert_eq!(action["command"]["title"], action["title"]);
    let known = &editor.initialized["capabilities"]["executeCommandProvider"]["commands"];
    assert!(known.as_array().unwrap().contains(&action["command"]["command"]), "{known}");
    Some(json!({ "command": action["command"]["command"], "arguments": action["command"]["arguments"] }))
}

#[test]
fn a_rule_is_explained_in_a_document() {
    let sandbox = Sandbox::new(&[]);
    let page = sandbox.run(&["explain", "user-notification-level"]).code(0).out;
    let mut able = able();
    able["window"] = json!({ "showDocument": { "support": true } });
    let mut editor = Editor::new(&sandbox, able);
    editor.open("bad.yaml", BAD);
    let explain = command(&mut editor, "bad.yaml", "Explain user-notification-level").unwrap();
    assert_eq!(editor.request("workspace/executeCommand", explain), Json::Null);
    let asked = editor.told("window/showDocument");
    assert_eq!((&asked["external"], &asked["takeFocus"]), (&json!(false), &json!(true)));
    let path = asked["uri"].as_str().unwrap().strip_prefix("file://").unwrap().to_owned();
    assert!(path.ends_with("/user-notification-level.md"), "{path}");
    assert_eq!(fs::read_to_string(&path).unwrap(), page);
    editor.end();
    assert!(!fs::exists(path).unwrap());
}

#[test]
fn a_rule_is_explained_in_a_message_where_nothing_can_be_shown() {
    let own = "\
summary: a level is written
severity: warning
why: Nobody here wants one.
each: LogConfigurations[]
require: { LogLevel: absent }
report: { at: LogLevel, message: there is a level }
examples:
  - bad:
      UserPoolId: eu-west-1_a1B2c3D4e
      LogConfigurations:
        - EventSource: userNotification
          LogLevel: ERROR
          CloudWatchLogsConfiguration:
            LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users
    at: LogConfigurations/0/LogLevel
  - good: { UserPoolId: eu-west-1_a1B2c3D4e, LogConfigurations: [] }
";
    let sandbox = Sandbox::new(&[(".delint.yaml", "rules: [house]\n"), ("house/level.yaml", own)]);
    let mut editor = Editor::new(&sandbox, able());
    editor.open("bad.yaml", BAD);
    for rule in ["user-notification-level", "level"] {
        let explain = command(&mut editor, "bad.yaml", &format!("Explain {rule}")).unwrap();
        editor.request("workspace/executeCommand", explain);
        let told = editor.told("window/showMessage");
        let page = sandbox.run(&["explain", rule]).code(0).out;
        // An editor has no current folder.
        let message = told["message"].as_str().unwrap().replace(&format!("{}/", editor.root), "");
        assert_eq!((&told["type"], message), (&json!(3), page));
    }
    let uri = editor.uri("bad.yaml");
    for (command, arguments) in [
        ("delint.explain", json!([uri, "no-such-rule"])),
        ("delint.explain", json!(["file:///nowhere.yaml", "level"])),
        ("delint.explain", json!([uri])),
        ("delint.explain", json!([])),
        ("delint.other", json!([uri, "level"])),
        ("delint.addToBaseline", json!([uri, "no fingerprint"])),
    ] {
        let params = json!({ "command": command, "arguments": arguments });
        let code = editor.refused("workspace/executeCommand", params);
        assert!(REFUSED.contains(&code), "{command} {arguments}: {code}");
    }
    editor.end();
}

#[test]
fn a_finding_is_added_to_the_baseline() {
    let sandbox = Sandbox::new(&[
        (".delint.yaml", "baseline: known.json\n"),
        ("bad.yaml", BAD),
        ("other.yaml", &BAD.replace("a1B2c3D4e", "other")),
    ]);
    sandbox.run(&["baseline", "other.yaml"]).code(0);
    let before = sandbox.read("known.json");
    let mut editor = Editor::new(&sandbox, able());
    editor.open("bad.yaml", BAD);
    let add = command(&mut editor, "bad.yaml", "Add this user-notification-level to the baseline").unwrap();
    editor.request("workspace/executeCommand", add.clone());
    assert_eq!(editor.codes("bad.yaml"), [""; 0]);
    sandbox.run(&["check"]).code(0);
    // As the command line would have written it.
    let added = sandbox.read("known.json");
    assert_ne!(added, before);
    sandbox.run(&["baseline"]).code(0);
    assert_eq!(sandbox.read("known.json"), added);
    let code = editor.refused("workspace/executeCommand", add);
    assert!(REFUSED.contains(&code), "it is not there any more: {code}");
    assert_eq!(sandbox.read("known.json"), added);
    editor.end();
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let mut editor = Editor::new(&sandbox, able());
    editor.open("bad.yaml", BAD);
    assert_eq!(command(&mut editor, "bad.yaml", "Add"), None, "there is no baseline");
    editor.end();
}
