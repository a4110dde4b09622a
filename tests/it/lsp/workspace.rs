//! What a check depends on besides a document: the files beside it, the configuration, rules, the baseline.

use std::fs;

use serde_json::{Value as Json, json};

use super::client::{Editor, code, pulls};
use crate::cli::{BAD, Sandbox};

const DELIVERY: &str = "\
resource \"aws_cognito_log_delivery_configuration\" \"logs\" {
  user_pool_id = \"eu-west-1_a1B2c3D4e\"
  log_configurations {
    event_source = var.source
    log_level    = \"INFO\"
    cloud_watch_logs_configuration {
      log_group_arn = \"arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users\"
    }
  }
}
";

fn variables(source: &str) -> String {
    format!("variable \"source\" {{\n  default = \"{source}\"\n}}\n")
}

fn saved(editor: &mut Editor, name: &str) {
    let document = json!({ "uri": editor.uri(name) });
    editor.notify("textDocument/didSave", json!({ "textDocument": document }));
}

#[test]
fn a_module_is_checked_together() {
    let sandbox = Sandbox::new(&[("main.tf", DELIVERY), ("variables.tf", &variables("userNotification"))]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("main.tf", DELIVERY);
    let found = editor.pull("main.tf");
    assert_eq!(found.iter().map(code).collect::<Vec<_>>(), ["user-notification-level"]);
    // What is open is as it is there, whatever the disk has.
    editor.open("variables.tf", &variables("userAuthEvents"));
    assert_eq!(editor.codes("main.tf"), [""; 0]);
    editor.replace("variables.tf", 2, &variables("userNotification"));
    assert_eq!(editor.codes("main.tf"), ["user-notification-level"]);
    editor.replace("variables.tf", 3, &variables("userAuthEvents"));
    editor.close("variables.tf");
    assert_eq!(editor.codes("main.tf"), ["user-notification-level"]);
    // The disk is looked at again when something is saved.
    sandbox.write("variables.tf", variables("userAuthEvents"));
    saved(&mut editor, "variables.tf");
    assert_eq!(editor.codes("main.tf"), [""; 0]);
    editor.end();
}

#[test]
fn all_open_files_of_a_module_are_told_anew() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, json!({}));
    editor.open("main.tf", DELIVERY);
    editor.open("variables.tf", &variables("userAuthEvents"));
    editor.replace("variables.tf", 2, &variables("userNotification"));
    let mut of_main = Json::Null;
    loop {
        let told = editor.told("textDocument/publishDiagnostics");
        if told["uri"] == editor.uri("main.tf") {
            of_main = told;
        } else if told["version"] == 2 {
            break;
        }
    }
    assert_eq!((&of_main["version"], of_main["diagnostics"].as_array().unwrap().len()), (&json!(1), 1));
    editor.end();
}

#[test]
fn the_configuration_of_a_project_holds() {
    let config = "\
exclude: [vendor]
overrides:
  - files: [lax]
    severity: { user-notification-level: off }
";
    let sandbox = Sandbox::new(&[
        (".git/x", ""),
        (".delint.yaml", config),
        ("inner/.delint.yaml", "exclude: [bad.yaml]\n"),
    ]);
    let mut editor = Editor::new(&sandbox, pulls());
    for (name, count) in [
        ("bad.yaml", 1),
        ("vendor/bad.yaml", 0),
        ("lax/bad.yaml", 0),
        ("inner/bad.yaml", 0),
        ("inner/vendor/x.yaml", 1),
    ] {
        editor.open(name, BAD);
        assert_eq!(editor.codes(name).len(), count, "{name}");
    }
    sandbox.write(".delint.yaml", "severity: { user-notification-level: off }\n");
    let change = json!({ "changes": [{ "uri": editor.uri(".delint.yaml"), "type": 2 }] });
    editor.notify("workspace/didChangeWatchedFiles", change);
    assert_eq!(editor.codes("bad.yaml"), [""; 0]);
    assert_eq!(editor.codes("vendor/bad.yaml"), [""; 0]);
    editor.end();
}

#[test]
fn what_is_suppressed_or_known_is_not_told() {
    let suppressed = BAD.replace("INFO", "INFO # delint: ignore[user-notification-level] a test pool");
    let sandbox = Sandbox::new(&[(".delint.yaml", "baseline: known.json\n"), ("bad.yaml", BAD)]);
    sandbox.run(&["baseline", "--isolated", "."]).code(0);
    fs::rename(sandbox.path().join(".delint-baseline.json"), sandbox.path().join("known.json")).unwrap();
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("bad.yaml", BAD);
    assert_eq!(editor.codes("bad.yaml"), [""; 0]);
    let twice = BAD.replace("eu-west-1_a1B2c3D4e", "eu-west-1_Zzzzzzzzz");
    editor.replace("bad.yaml", 2, &twice);
    assert_eq!(editor.codes("bad.yaml"), ["user-notification-level"]);
    editor.replace("bad.yaml", 3, &suppressed.replace("eu-west-1_a1B2c3D4e", "eu-west-1_Zzzzzzzzz"));
    assert_eq!(editor.codes("bad.yaml"), [""; 0]);
    editor.end();
}

#[test]
fn what_is_left_out_takes_nothing_from_the_baseline() {
    let delivery = DELIVERY.replace("var.source", "\"userNotification\"");
    let config = "exclude: [a_copy.tf]\nbaseline: .delint-baseline.json\n";
    let sandbox = Sandbox::new(&[(".delint.yaml", config), ("a_copy.tf", &delivery), ("main.tf", &delivery)]);
    sandbox.run(&["baseline"]).code(0);
    sandbox.run(&["check"]).code(0);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("main.tf", &delivery);
    assert_eq!(editor.codes("main.tf"), [""; 0]);
    editor.end();
}

#[test]
fn rules_of_the_project_are_checked() {
    let rule = "\
extends: user-notification-level
severity: hint
";
    let sandbox =
        Sandbox::new(&[(".delint.yaml", "rules: lint\n"), ("lint/user-notification-level.yaml", rule)]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("bad.yaml", BAD);
    let severities = |editor: &mut Editor| -> Vec<Json> {
        editor.pull("bad.yaml").iter().map(|found| found["severity"].clone()).collect()
    };
    assert_eq!(severities(&mut editor), [3]);
    // Rules that are broken change nothing, and it is said once.
    sandbox.write("lint/user-notification-level.yaml", "severity: nonsense\n");
    saved(&mut editor, "lint/user-notification-level.yaml");
    assert_eq!(severities(&mut editor), [3]);
    let told = editor.told("window/showMessage");
    let told = told["message"].as_str().unwrap();
    assert!(told.starts_with("delint checks as it did before: "), "{told}");
    assert!(told.contains("lint/user-notification-level.yaml:1:"), "{told}");
    saved(&mut editor, "bad.yaml");
    assert_eq!(severities(&mut editor), [3]);
    assert_eq!(editor.unasked(), [Json::Null; 0]);
    let other = rule.replace("hint", "warning");
    sandbox.write("lint/user-notification-level.yaml", &other);
    saved(&mut editor, "lint/user-notification-level.yaml");
    assert_eq!(severities(&mut editor), [2]);
    editor.end();
}

#[test]
fn nothing_is_checked_where_nobody_knows_how() {
    let sandbox = Sandbox::new(&[(".delint.yaml", "severty: {}\n")]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("bad.yaml", BAD);
    assert_eq!(editor.codes("bad.yaml"), [""; 0]);
    let told = editor.told("window/showMessage");
    assert!(told["message"].as_str().unwrap().starts_with("delint checks nothing here: "), "{told}");
    sandbox.write(".delint.yaml", "");
    saved(&mut editor, ".delint.yaml");
    assert_eq!(editor.codes("bad.yaml"), ["user-notification-level"]);
    // What was right once holds in all folders of the project.
    sandbox.write(".delint.yaml", "severty: {}\n");
    saved(&mut editor, ".delint.yaml");
    editor.open("inner/bad.yaml", BAD);
    assert_eq!(editor.codes("inner/bad.yaml"), ["user-notification-level"]);
    editor.end();
}

#[test]
fn mistakes_in_a_configuration_are_diagnostics_in_it() {
    let sandbox = Sandbox::new(&[(".delint.yaml", "")]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open(".delint.yaml", "severty: {}\n");
    let found = editor.pull(".delint.yaml");
    assert!(found[0]["message"].as_str().unwrap().contains("`severity`"), "{found:?}");
    assert_eq!(found[0]["range"]["end"], json!({ "line": 0, "character": 7 }));
    editor.replace(".delint.yaml", 2, "severity:\n  user-notification-levle: off\n");
    assert_eq!(editor.codes(".delint.yaml"), ["unknown-rule"]);
    editor.replace(".delint.yaml", 3, "severity: { user-notification-level: off }\n");
    assert_eq!(editor.codes(".delint.yaml"), [""; 0]);
    editor.end();
}

#[test]
fn files_are_watched_by_a_client_that_can() {
    let sandbox = Sandbox::new(&[(".delint.yaml", "rules: lint\n"), ("lint/x.txt", "")]);
    let mut capabilities = pulls();
    capabilities["workspace"] = json!({
        "didChangeWatchedFiles": { "dynamicRegistration": true },
        "diagnostics": { "refreshSupport": true },
    });
    let mut editor = Editor::new(&sandbox, capabilities);
    let asked = editor.told("client/registerCapability");
    let registration = &asked["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let patterns = registration["registerOptions"]["watchers"].to_string();
    for pattern in ["**/.delint.yaml", "**/.delint.yml", "**/*.tf", "**/*.tfvars", "/lint/**/*.{yaml,yml}"] {
        assert!(patterns.contains(pattern), "{patterns}");
    }
    // What was asked for anew is asked for when what was said may be wrong.
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    editor.told("workspace/diagnostic/refresh");
    // Other folders of rules are watched as well as soon as they are named.
    sandbox.write(".delint.yaml", "rules: checks\n");
    sandbox.write("checks/x.txt", "");
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    editor.told("client/unregisterCapability");
    assert!(editor.told("client/registerCapability").to_string().contains("/checks/**/"));
    editor.end();
}

#[test]
fn a_document_need_not_be_a_file() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    let document = json!({ "uri": "untitled:Untitled-1", "languageId": "yaml", "version": 1, "text": BAD });
    editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
    let params = json!({ "textDocument": { "uri": "untitled:Untitled-1" } });
    let report = editor.request("textDocument/diagnostic", params);
    assert_eq!(code(&report["items"][0]), "user-notification-level", "{report}");
    editor.end();
}
