//! Hovering and completion: what a field means, and what can stand there.

use serde_json::{Value as Json, json};

use super::client::{Editor, pulls};
use crate::cli::{BAD, GOOD, Sandbox};

pub fn able() -> Json {
    let mut able = pulls();
    able["textDocument"]["hover"] = json!({ "contentFormat": ["markdown", "plaintext"] });
    able
}

/// The line and column of a mark in a text, and the text without it.
pub fn marked(text: &str) -> (String, Json) {
    let (before, behind) = text.split_once('|').unwrap();
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    (format!("{before}{behind}"), json!({ "line": line, "character": column }))
}

pub fn hover(editor: &mut Editor, name: &str, line: usize, character: usize) -> Json {
    let params = json!({
        "textDocument": { "uri": editor.uri(name) },
        "position": { "line": line, "character": character },
    });
    editor.request("textDocument/hover", params)
}

/// What is offered at the mark in a text.
pub fn offered(editor: &mut Editor, name: &str, text: &str) -> Vec<Json> {
    let (text, position) = marked(text);
    editor.open(name, &text);
    let params = json!({ "textDocument": { "uri": editor.uri(name) }, "position": position });
    let items = editor.request("textDocument/completion", params);
    editor.close(name);
    items["items"].as_array().unwrap().clone()
}

pub fn labels(items: &[Json]) -> Vec<&str> {
    items.iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn hovering_tells_what_a_field_is_and_why_a_value_is_wrong() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, able());
    editor.open("bad.yaml", BAD);
    let key = hover(&mut editor, "bad.yaml", 3, 6);
    let text = key["contents"]["value"].as_str().unwrap();
    assert_eq!(key["contents"]["kind"], "markdown");
    assert!(text.starts_with("**Log level** (`LogLevel`): a string, `ERROR` or `INFO`\n\n"), "{text}");
    assert_eq!(key["range"]["start"], json!({ "line": 3, "character": 4 }));
    let value = hover(&mut editor, "bad.yaml", 3, 15);
    let text = value["contents"]["value"].as_str().unwrap();
    let (why, what) = text.split_once("**Log level**").unwrap_or_else(|| panic!("{text}"));
    assert!(why.contains("(`user-notification-level`)") && why.contains("https://"), "{why}");
    assert!(what.contains("`ERROR` for `userNotification`"), "{what}");
    // Of what is no configuration nothing is told.
    editor.open("other.yaml", "LogLevel: INFO\n");
    assert_eq!(hover(&mut editor, "other.yaml", 0, 3), Json::Null);
    assert_eq!(hover(&mut editor, "nowhere.yaml", 0, 3), Json::Null);
    editor.end();
}

#[test]
fn hovering_names_fields_as_the_file_does() {
    let module = "\
resource \"aws_cognito_log_delivery_configuration\" \"logs\" {
  user_pool_id = \"eu-west-1_a1B2c3D4e\"
  log_configurations {
    event_source = \"userNotification\"
    log_level    = \"ERROR\"
  }
}
";
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("main.tf", module);
    let level = hover(&mut editor, "main.tf", 4, 7);
    assert_eq!(level["contents"]["kind"], "plaintext");
    assert!(
        level["contents"]["value"].as_str().unwrap().starts_with("**Log level** (`log_level`)"),
        "{level}"
    );
    editor.end();
}

#[test]
fn values_are_offered_that_rules_allow() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    let auth = GOOD.replace("userNotification", "userAuthEvents");
    for (name, text, expected) in [
        ("a.yaml", GOOD.replace("LogLevel: ERROR", "LogLevel: |"), &["ERROR"][..]),
        ("a.yaml", GOOD.replace("LogLevel: ERROR", "LogLevel: INF|"), &["ERROR"]),
        ("a.yaml", auth.replace("LogLevel: ERROR", "LogLevel: E|"), &["INFO"]),
        ("a.yaml", auth.replace("LogLevel: ERROR", "LogLevel: \"|\""), &["INFO"]),
        ("a.yaml", GOOD.replace("userNotification", "user|"), &["userNotification", "userAuthEvents"]),
        (
            "a.json",
            r#"{"UserPoolId":"eu-west-1_a1B2c3D4e","LogConfigurations":[{"EventSource":"userNotification","LogLevel":|}]}"#.to_owned(),
            &["ERROR"],
        ),
        (
            "main.tf",
            "resource \"aws_cognito_log_delivery_configuration\" \"logs\" {\n  log_configurations {\n    event_source = \"userAuthEvents\"\n    log_level = |\n  }\n}\n".to_owned(),
            &["INFO"],
        ),
        ("a.yaml", GOOD.replace("a1B2c3D4e", "|"), &[]),
        ("other.yaml", "LogLevel: |\n".to_owned(), &[]),
    ] {
        let items = offered(&mut editor, name, &text);
        assert_eq!(labels(&items), expected, "{text}");
    }
    // Where a word alone is no string, it comes with its quotes.
    let text = r#"{"UserPoolId":"x_1","LogConfigurations":[{"EventSource":"userAuthEvents","LogLevel":|}]}"#;
    let item = &offered(&mut editor, "a.json", text)[0];
    assert_eq!(item["textEdit"]["newText"], "\"INFO\"");
    assert!(item["documentation"]["value"].as_str().unwrap().contains("at one level only"), "{item}");
    editor.end();
}

#[test]
fn values_are_offered_in_alternatives_and_in_texts_that_are_open() {
    let module = "\
resource \"aws_cognito_log_delivery_configuration\" \"logs\" {
  log_configurations {
    event_source = \"userNotification\"
    log_level    = VALUE
  }
}
variable \"on\" { type = bool }
";
    let template = "\
Conditions: { Prod: !Equals [!Ref AWS::Region, eu-west-1] }
Resources:
  Delivery:
    Type: AWS::Cognito::LogDeliveryConfiguration
    Properties:
      UserPoolId: eu-west-1_a1B2c3D4e
      LogConfigurations:
        - EventSource: userNotification
          LogLevel: VALUE
";
    let json = r#"{"Conditions": {"Prod": {"Fn::Equals": [{"Ref": "AWS::Region"}, "x"]}}, "Resources": {"D": {
"Type": "AWS::Cognito::LogDeliveryConfiguration", "Properties": {"UserPoolId": "eu-west-1_a1B2c3D4e",
"LogConfigurations": [{"EventSource": "userNotification", "LogLevel": VALUE}]}}}}"#;
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    let (bare, quoted, closed) = ("ERROR", "\"ERROR\"", "ERROR\"");
    for (name, text, value, expected) in [
        ("main.tf", module, r#"var.on ? "ERROR" : |"#, quoted),
        ("main.tf", module, r#"var.on ? "ERROR" : ER|"#, quoted),
        ("main.tf", module, r#"var.on ? "ERROR" : "|""#, bare),
        ("main.tf", module, r#"var.on ? "|" : "ERROR""#, bare),
        ("main.tf", module, r#"var.on ? "ERROR" : (|)"#, quoted),
        // What is wrong with the other branch takes nothing away from this one.
        ("main.tf", module, r#"var.on ? "INFO" : |"#, quoted),
        ("main.tf", module, "var.on ? |", quoted),
        ("main.tf", module, "\"ER|", closed),
        ("main.tf", module, r#"var.on ? "ERROR" : "|"#, closed),
        ("a.yaml", template, "!If [Prod, ERROR, |]", bare),
        ("a.yaml", template, "!If [Prod, E|, ERROR]", bare),
        ("a.yaml", template, "\"|", closed),
        ("a.yaml", template, "'|", "ERROR'"),
        ("a.yaml", template, "{ 'Fn::If': [Prod, ERROR, '|'] }", bare),
        (
            "a.yaml",
            template,
            "\n            Fn::If:\n              - Prod\n              - |\n              - ERROR",
            bare,
        ),
        ("a.json", json, r#"{"Fn::If": ["Prod", "ERROR", "|"]}"#, bare),
        ("a.json", json, r#"{"Fn::If": ["Prod", |, "ERROR"]}"#, quoted),
    ] {
        let items = offered(&mut editor, name, &text.replace("VALUE", value));
        let texts: Vec<&Json> = items.iter().map(|item| &item["textEdit"]["newText"]).collect();
        assert_eq!(texts, [expected], "{value}");
    }
    editor.end();
}

#[test]
fn members_are_offered_that_are_missing() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    let text = GOOD.replace("    LogLevel: ERROR\n", "    Log|\n");
    let items = offered(&mut editor, "a.yaml", &text);
    assert!(labels(&items).contains(&"LogLevel"), "{items:?}");
    assert!(!labels(&items).contains(&"EventSource"), "{items:?}");
    let level = items.iter().find(|item| item["label"] == "LogLevel").unwrap();
    assert_eq!(level["textEdit"]["newText"], "LogLevel: ");
    assert_eq!(level["textEdit"]["range"]["start"], json!({ "line": 3, "character": 4 }));
    let module = "resource \"aws_cognito_log_delivery_configuration\" \"logs\" {\n  log_configurations {\n    event_source = \"userAuthEvents\"\n    |\n  }\n}\n";
    let items = offered(&mut editor, "main.tf", module);
    assert!(labels(&items).contains(&"log_level"), "{items:?}");
    assert!(!labels(&items).contains(&"event_source"), "{items:?}");
    editor.end();
}

/// A document, and the member that is offered in it: for clients with one line, and for those with more.
const BEGINNINGS: &[(&str, &str, &str, &str)] = &[
    ("aws.tf", "  |", "log_configurations {", "log_configurations {\n  $0\n}"),
    (
        "aws.tf",
        "  log_configurations {\n    event_source = \"userNotification\"\n    log_level = \"ERROR\"\n    clo|\n  }",
        "cloud_watch_logs_configuration {",
        "cloud_watch_logs_configuration {\n  $0\n}",
    ),
    (
        "aws.tf",
        "  log_configurations {\n    event_source = \"userNotification\"\n  }\n\n  |",
        "log_configurations {",
        "log_configurations {\n  $0\n}",
    ),
    ("awscc.tf", "  |", "log_configurations = ", "log_configurations = [{\n  $0\n}]"),
    (
        "awscc.tf",
        "  log_configurations = [{\n    event_source = \"userNotification\"\n    log_level = \"ERROR\"\n    |\n  }]",
        "cloudwatch_logs_configuration = ",
        "cloudwatch_logs_configuration = {\n  $0\n}",
    ),
    ("Pulumi.yaml", "|\n", "logConfigurations:", "logConfigurations:\n    - $0"),
    (
        "a.yaml",
        "LogConfigurations:\n    - EventSource: userNotification\n      LogLevel: ERROR\n      Cloud|\n",
        "CloudWatchLogsConfiguration:",
        "CloudWatchLogsConfiguration:\n    $0",
    ),
    // What stands behind a dash stands further to the right than its line.
    (
        "a.yaml",
        "LogConfigurations:\n    - |\n      EventSource: userNotification\n      LogLevel: ERROR\n",
        "CloudWatchLogsConfiguration:",
        "CloudWatchLogsConfiguration:\n      $0",
    ),
    // Between braces no line is begun, wherever these are.
    (
        "a.yaml",
        "LogConfigurations: [{ EventSource: userNotification, LogLevel: ERROR, | }]\n",
        "CloudWatchLogsConfiguration: ",
        "CloudWatchLogsConfiguration: ",
    ),
    (
        "a.yaml",
        "LogConfigurations: [{ EventSource: userNotification, LogLevel: ERROR,\n    | }]\n",
        "CloudWatchLogsConfiguration:",
        "CloudWatchLogsConfiguration:",
    ),
    // What makes a key of it is there already.
    (
        "a.yaml",
        "LogConfigurations:\n    - EventSource: userNotification\n      LogLevel: ERROR\n      S3|:\n        x: y\n",
        "CloudWatchLogsConfiguration",
        "CloudWatchLogsConfiguration",
    ),
    (
        "a.json",
        r#""LogConfigurations":[{"EventSource":"userNotification", "LogLevel": "ERROR", "|"}]"#,
        "CloudWatchLogsConfiguration",
        "CloudWatchLogsConfiguration",
    ),
];

#[test]
fn members_that_hold_others_are_begun_as_the_form_writes_them() {
    let sandbox = Sandbox::new(&[]);
    let mut snippets = pulls();
    snippets["textDocument"]["completion"] = json!({ "completionItem": { "snippetSupport": true } });
    for (capabilities, takes_lines) in [(pulls(), false), (snippets, true)] {
        let mut editor = Editor::new(&sandbox, capabilities);
        for (name, written, one_line, lines) in BEGINNINGS {
            let text = match name.split_once('.').unwrap() {
                (provider, "tf") => format!(
                    "resource \"{provider}_cognito_log_delivery_configuration\" \"logs\" {{\n  user_pool_id = \"x\"\n{written}\n}}\n"
                ),
                ("Pulumi", _) => format!(
                    "name: x\nruntime: yaml\nresources:\n    logs:\n        type: aws:cognito:LogDeliveryConfiguration\n        properties:\n            userPoolId: x\n            {written}"
                ),
                (_, "json") => format!("{{\"UserPoolId\": \"eu-west-1_a1B2c3D4e\", {written}}}"),
                _ => format!("UserPoolId: eu-west-1_a1B2c3D4e\n{written}"),
            };
            let items = offered(&mut editor, name, &text);
            let [item] = items.as_slice() else { panic!("{written}: {items:?}") };
            let expected = if takes_lines { lines } else { one_line };
            assert_eq!(item["textEdit"]["newText"], *expected, "{written}");
            // 2 is a snippet.
            assert_eq!(item["insertTextFormat"] == 2, expected.contains('$'), "{item}");
            assert_eq!(item["filterText"], item["label"], "{item}");
        }
        editor.end();
    }
}

#[test]
fn members_are_offered_that_rules_allow_and_the_missing_ones_first() {
    let entry = |source: &str, rest: &str| {
        format!(
            "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n  - EventSource: {source}\n    {rest}|\n"
        )
    };
    let entries = |sources: &[&str]| {
        let block =
            |source: &&str| format!("  log_configurations {{\n    event_source = \"{source}\"\n  }}\n");
        let blocks: String = sources.iter().map(block).collect();
        format!(
            "resource \"aws_cognito_log_delivery_configuration\" \"logs\" {{\n  user_pool_id = \"x\"\n{blocks}  |\n}}\n"
        )
    };
    let (group, bucket, stream) = ("CloudWatchLogsConfiguration", "S3Configuration", "FirehoseConfiguration");
    let sandbox = Sandbox::new(&[("lax/.delint.yaml", "severity: { user-notification-destination: off }\n")]);
    let mut editor = Editor::new(&sandbox, pulls());
    for (name, text, expected) in [
        ("a.yaml", entry("userNotification", "LogLevel: ERROR\n    "), &[group][..]),
        ("a.yaml", entry("userNotification", "S3|").replacen('|', "", 1), &["LogLevel", group]),
        ("lax/a.yaml", entry("userNotification", "LogLevel: ERROR\n    "), &[group, bucket, stream]),
        ("a.yaml", entry("userAuthEvents", ""), &["LogLevel", group, bucket, stream]),
        ("a.yaml", entry("userAuthEvents", "LogLevel: INFO\n    S3Configuration: {}\n    "), &[]),
        ("a.yaml", entry("userAuthEvents", "S3Configuration: { BucketArn: 'arn:aws:s3:::x' }\n    "), &["LogLevel"]),
        ("a.yaml", entry("userAuthEvents", "S3Configuration:\n      "), &["BucketArn"]),
        // A second entry, whose source is known from what it lacks.
        ("a.yaml", GOOD.replace("LogConfigurations:\n", "LogConfigurations:\n  - |\n"), &["LogLevel", "EventSource", group, bucket, stream]),
        ("a.yaml", GOOD.replace("UserPoolId: eu-west-1_a1B2c3D4e", "|"), &["UserPoolId"]),
        (
            "a.json",
            r#"{"UserPoolId":"eu-west-1_a1B2c3D4e","LogConfigurations":[{"EventSource":"userNotification","LogLevel":"ERROR",|}]}"#.to_owned(),
            &[group],
        ),
        (
            "main.tf",
            "resource \"awscc_cognito_log_delivery_configuration\" \"logs\" {\n  user_pool_id = \"x\"\n  log_configurations = [{\n    event_source = \"userNotification\"\n    |\n  }]\n}\n".to_owned(),
            &["log_level", "cloudwatch_logs_configuration"],
        ),
        // A block can be there twice, and no third time.
        ("main.tf", entries(&["userNotification"]), &["log_configurations"]),
        ("main.tf", entries(&["userNotification", "userAuthEvents"]), &[]),
        ("main.tf", entries(&[]), &["log_configurations"]),
    ] {
        let items = offered(&mut editor, name, &text);
        let mut sorted = items.clone();
        sorted.sort_by_key(|item| item["sortText"].as_str().unwrap().to_owned());
        assert_eq!(labels(&sorted), expected, "{text}");
    }
    editor.end();
}
