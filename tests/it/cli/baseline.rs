//! The baseline: what it hides, what it does not, and what becomes of it when files change.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use delint::project::baseline;
use delint::text::{Source, SourceId};
use serde_json::Value as Json;

use super::{BAD, GOOD, Sandbox};

const NAME: &str = ".delint-baseline.json";

fn text(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.path().join(NAME)).unwrap()
}

/// The rules of what is found beside the baseline, in order.
fn found(sandbox: &Sandbox) -> Vec<String> {
    let ran = sandbox.run(&["check", "--format", "json", "--exit-zero", "--baseline", NAME]).code(0);
    let report: Json = serde_json::from_str(&ran.out).unwrap();
    let rule = |finding: &Json| finding["rule"].as_str().unwrap().to_owned();
    report["diagnostics"].as_array().unwrap().iter().map(rule).collect()
}

#[test]
fn what_is_known_is_not_reported_again() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let ran = sandbox.run(&["baseline"]).code(0);
    assert_eq!(ran.out, "Wrote 1 finding to .delint-baseline.json\n");
    assert!(
        ran.err.starts_with("note: `delint check --baseline .delint-baseline.json` leaves"),
        "{}",
        ran.err
    );
    // A baseline that nobody names counts for nothing.
    sandbox.run(&["check"]).code(1);
    let ran = sandbox.run(&["check", "--baseline", NAME]).code(0);
    assert!(ran.out.contains("1 finding suppressed"), "{}", ran.out);

    sandbox.write(".delint.yaml", format!("baseline: {NAME}\n"));
    sandbox.run(&["check"]).code(0);
    sandbox.run(&["check", "--no-baseline"]).code(1);
    sandbox.run(&["check", "--isolated"]).code(1);
    assert_eq!(sandbox.run(&["baseline"]).code(0).err, "");

    // What is new is reported, and it alone.
    sandbox.write("bad.yaml", BAD.replace("/users", "/users:*"));
    assert_eq!(found(&sandbox), ["log-group-arn-wildcard"]);
    sandbox.run(&["check"]).code(1);
}

#[test]
fn a_baseline_lies_beside_its_configuration() {
    let sandbox = Sandbox::new(&[(".delint.yaml", ""), ("inner/bad.yaml", BAD)]);
    let mut command = sandbox.command(&["baseline", "."]);
    let output = command.current_dir(sandbox.path().join("inner")).output().unwrap();
    assert_eq!(output.stdout, b"Wrote 1 finding to ../.delint-baseline.json\n");
    assert!(text(&sandbox).contains("user-notification-level"));
    sandbox.write(".delint.yaml", format!("baseline: {NAME}\n"));
    let mut command = sandbox.command(&["check", "."]);
    assert!(command.current_dir(sandbox.path().join("inner")).output().unwrap().status.success());
}

#[test]
fn findings_that_cannot_be_told_apart_are_counted() {
    let sandbox = Sandbox::new(&[("a.yaml", BAD), ("b.yaml", BAD)]);
    let select = ["--select", "user-notification-level"];
    sandbox.run(&[&["baseline"], &select[..]].concat()).code(0);
    let json: Json = serde_json::from_str(&text(&sandbox)).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), 1);
    assert_eq!(json["findings"][0]["count"], 2);
    let check = [&["check", "--baseline", NAME], &select[..]].concat();
    sandbox.run(&check).code(0);
    sandbox.write("c.yaml", BAD);
    let ran = sandbox.run(&[&check, &["--format", "concise"][..]].concat()).code(1);
    assert_eq!(super::files(&ran), ["c.yaml"]);
    // Two baselines, put together line by line.
    let twice = text(&sandbox).replace("    }\n  ]", &format!("    }},{}\n  ]", entry(&text(&sandbox))));
    sandbox.write(NAME, twice);
    sandbox.run(&check).code(0);
}

/// The first entry of a baseline.
fn entry(text: &str) -> String {
    let start = text.find("    {").unwrap();
    text[start..=text.find("    }").unwrap() + 4].to_owned()
}

const TEMPLATE: &str = "\
Resources:
  StaffPool:
    Type: AWS::Cognito::UserPool
    Properties: { UserPoolTier: LITE }
  Delivery:
    Type: AWS::Cognito::LogDeliveryConfiguration
    Properties:
      UserPoolId: !Ref StaffPool
      LogConfigurations:
        - EventSource: userNotification
          LogLevel: INFO
          CloudWatchLogsConfiguration:
            LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users:*
        - EventSource: userAuthEvents
          LogLevel: INFO
          FirehoseConfiguration:
            StreamArn: arn:aws:firehose:eu-west-1:210987654321:deliverystream/users
";

const REFORMATTED: &str = r#"{ "Resources": { "Delivery": { "Type": "AWS::Cognito::LogDeliveryConfiguration", "Properties": {
    "LogConfigurations": [
        { "FirehoseConfiguration": { "StreamArn": "arn:aws:firehose:eu-west-1:210987654321:deliverystream/users" },
          "LogLevel": "INFO", "EventSource": "userAuthEvents" },
        { "CloudWatchLogsConfiguration":
            { "LogGroupArn": "arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users:*" },
          "LogLevel": "INFO", "EventSource": "userNotification" }],
    "UserPoolId": { "Ref": "StaffPool" } } },
  "StaffPool": { "Properties": { "UserPoolTier": "LITE" }, "Type": "AWS::Cognito::UserPool" } } }
"#;

const MODULE: &str = r#"
resource "aws_cognito_log_delivery_configuration" "delivery" {
  user_pool_id = aws_cognito_user_pool.staff_pool.id

  log_configurations {
    event_source = "userAuthEvents"
    log_level    = "INFO"
    firehose_configuration {
      stream_arn = "arn:aws:firehose:eu-west-1:210987654321:deliverystream/users"
    }
  }

  log_configurations {
    event_source = "userNotification"
    log_level    = "INFO"
    cloud_watch_logs_configuration {
      log_group_arn = "arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users:*"
    }
  }
}

resource "aws_cognito_user_pool" "staff_pool" {
  name           = "users"
  user_pool_tier = "LITE"
}
"#;

const PROGRAM: &str = r#"
name: users
runtime: yaml
resources:
  staffPool:
    type: aws:cognito:UserPool
    properties: { userPoolTier: LITE }
  delivery:
    type: aws:cognito:LogDeliveryConfiguration
    properties:
      userPoolId: ${staffPool.id}
      logConfigurations:
        - eventSource: userNotification
          logLevel: INFO
          cloudWatchLogsConfiguration:
            logGroupArn: "arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users:*"
        - eventSource: userAuthEvents
          logLevel: INFO
          firehoseConfiguration:
            streamArn: arn:aws:firehose:eu-west-1:210987654321:deliverystream/users
"#;

#[test]
fn a_baseline_survives_what_changes_nothing() {
    let sandbox = Sandbox::new(&[("stack.yaml", TEMPLATE)]);
    let ran = sandbox.run(&["baseline"]).code(0);
    assert_eq!(ran.out, "Wrote 3 findings to .delint-baseline.json\n");
    fs::remove_file(sandbox.path().join("stack.yaml")).unwrap();
    for (name, text) in [
        ("inner/renamed.yaml", TEMPLATE),
        ("stack.json", REFORMATTED),
        ("module/main.tf", MODULE),
        ("Pulumi.yaml", PROGRAM),
    ] {
        sandbox.write(name, text);
        let out = sandbox.run(&["check", name]).code(1).out;
        assert!(out.contains("Found 3 errors"), "{name}: {out}");
        let ran = sandbox.run(&["check", "--baseline", NAME, name]).code(0);
        assert!(ran.out.ends_with("3 findings suppressed\n"), "{name}: {}", ran.out);
        fs::remove_file(sandbox.path().join(name)).unwrap();
    }
    // And one that differs is another.
    sandbox.write("stack.yaml", TEMPLATE.replace("StaffPool", "Staff"));
    assert_eq!(found(&sandbox).len(), 3);
}

#[test]
fn what_is_gone_is_pruned_and_nothing_is_added() {
    let sandbox = Sandbox::new(&[("a.yaml", BAD), ("b.yaml", &BAD.replace("a1B2c3D4e", "z9Y8x7W6v"))]);
    sandbox.run(&["baseline"]).code(0);
    let before = text(&sandbox);
    assert_eq!(
        sandbox.run(&["baseline", "--prune"]).code(0).out,
        "Removed 0 findings from .delint-baseline.json, 2 left\n"
    );
    assert_eq!(text(&sandbox), before);

    sandbox.write("a.yaml", GOOD);
    sandbox.write("b.yaml", BAD.replace("a1B2c3D4e", "z9Y8x7W6v").replace("/users", "/users:*"));
    let ran = sandbox.run(&["check", "--baseline", NAME, "--verbose"]).code(1);
    let told = "note: 1 finding of the baseline did not occur in what was checked\n";
    assert!(ran.err.contains(told), "{}", ran.err);
    assert!(!sandbox.run(&["check", "--baseline", NAME]).code(1).err.contains("baseline"));

    assert_eq!(
        sandbox.run(&["baseline", "--prune"]).code(0).out,
        "Removed 1 finding from .delint-baseline.json, 1 left\n"
    );
    assert_eq!(found(&sandbox), ["log-group-arn-wildcard"]);
    assert_eq!(text(&sandbox).matches("fingerprint").count(), 1);
    // What was pruned is new if it comes back.
    sandbox.write("a.yaml", BAD);
    assert_eq!(found(&sandbox).len(), 2);
    sandbox.run(&["baseline", "--prune", "--baseline", "none.json"]).code(2);
    assert!(!sandbox.path().join("none.json").exists());
}

#[test]
fn a_baseline_is_written_whole_or_not_at_all() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let ran = sandbox.run(&["baseline", "bad.yaml", "missing.yaml"]).code(2);
    assert!(ran.err.contains("nothing is written"), "{}", ran.err);
    assert!(!sandbox.path().join(NAME).exists());
    sandbox.run(&["baseline"]).code(0);
    let before = text(&sandbox);
    // The baseline lies among the files that are checked, and says nothing there.
    sandbox.run(&["baseline"]).code(0);
    assert_eq!(text(&sandbox), before);
    sandbox.run(&["baseline", "--baseline", "no/such/folder.json"]).code(2);
    // What is suppressed in a file needs no baseline.
    sandbox.write("bad.yaml", BAD.replace("INFO", "INFO  # delint: ignore[user-notification-level] known"));
    assert_eq!(sandbox.run(&["baseline"]).code(0).out, "Wrote 0 findings to .delint-baseline.json\n");
}

#[test]
fn mistakes_in_a_baseline_have_places_and_nothing_is_checked() {
    let good = r#"{ "version": 1, "findings": [{ "rule": "a", "message": "b", "fingerprint": "0" }] }"#;
    for (text, told) in [
        ("{", "known.json:1:"),
        ("{ \"version\": 1,\n<<<<<<< ours\n", "known.json:2:1: "),
        ("[]", "known.json:1:1: a mapping is due here"),
        (r#"{ "findings": [] }"#, "`version` is missing"),
        (r#"{ "version": 1 }"#, "`findings` is missing"),
        (r#"{ "version": 2, "findings": [] }"#, "known.json:1:14: this delint reads version 1 alone"),
        (r#"{ "version": 1, "finding": [] }"#, "unknown member `finding`; did you mean `findings`?"),
        (r#"{ "version": 1, "findings": {} }"#, "known.json:1:29: a list is due here"),
        (r#"{ "version": 1, "version": 1, "findings": [] }"#, "known.json:1:18: `version` is written twice"),
        (good, "known.json:1:76: a fingerprint is 32 hexadecimal digits"),
        (&good.replace("\"0\"", "1"), "`fingerprint` must be a text"),
        (&good.replace("\"rule\": \"a\", ", ""), "`rule` is missing"),
    ] {
        let sandbox = Sandbox::new(&[("known.json", text), ("bad.yaml", BAD)]);
        let check = ["check", "--format", "concise", "--baseline", "known.json"];
        for args in [&check[..], &["baseline", "--prune", "--baseline", "known.json"]] {
            let ran = sandbox.run(args).code(2);
            assert!(ran.err.contains(told), "{text}\n{}", ran.err);
            assert_eq!(ran.out, "");
        }
        assert_eq!(fs::read_to_string(sandbox.path().join("known.json")).unwrap(), text);
    }
    let sandbox = Sandbox::new(&[(".delint.yaml", "baseline: known.json\n"), ("bad.yaml", BAD)]);
    let ran = sandbox.run(&["check"]).code(2);
    assert_eq!(
        ran.err,
        "error: cannot read the baseline known.json: there is no such file; `delint baseline` writes one\n"
    );
    assert_eq!(sandbox.run(&["baseline"]).code(0).out, "Wrote 1 finding to known.json\n");
    sandbox.run(&["check"]).code(0);
}

fn schema() -> Json {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/baseline.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_schema_and_the_reader_agree() {
    let validator = jsonschema::draft7::new(&schema()).unwrap();
    let hidden = BAD.replace("INFO", "\"IN\\u202eFO\"");
    let sandbox = Sandbox::new(&[("bad.yaml", &hidden), ("stack.yaml", TEMPLATE)]);
    sandbox.run(&["baseline"]).code(0);
    let written = text(&sandbox);
    assert!(!written.contains('\u{202e}') && !written.contains("yaml"), "{written}");
    let entry = r#""rule": "a", "message": "b", "fingerprint": "0123456789abcdef0123456789abcdef""#;
    for text in [
        written,
        r#"{ "version": 1, "findings": [] }"#.to_owned(),
        format!(r#"{{ "version": 1, "findings": [{{ {entry} }}] }}"#),
        format!(
            r#"{{ "version": 1, "findings": [{{ {entry}, "count": 3, "path": "/a", "resource": "b" }}] }}"#
        ),
        format!(r#"{{ "version": 1, "findings": [{{ {entry}, "count": 0 }}] }}"#),
        format!(r#"{{ "version": 1, "findings": [{{ {entry}, "count": "1" }}] }}"#),
        format!(r#"{{ "version": 1, "findings": [{{ {entry}, "line": 1 }}] }}"#),
        format!(r#"{{ "version": 1, "findings": [{{ {entry}, "path": null }}] }}"#),
        format!(r#"{{ "version": 1, "findings": [{{ {} }}] }}"#, entry.replace("abcdef", "ABCDEF")),
        r#"{ "version": "1", "findings": [] }"#.to_owned(),
        r#"{ "version": 1, "findings": [], "more": 1 }"#.to_owned(),
        r#"{ "version": 1, "findings": [1] }"#.to_owned(),
        "{}".to_owned(),
        "[]".to_owned(),
    ] {
        let json: Json = serde_json::from_str(&text).unwrap();
        let source = Arc::new(Source::new(SourceId(0), "baseline", text.as_str()));
        assert_eq!(validator.is_valid(&json), baseline::parse(&source).is_ok(), "{text}");
    }
    let printed = sandbox.run(&["schema", "baseline"]).code(0).out;
    assert_eq!(serde_json::from_str::<Json>(&printed).unwrap(), schema());
}
