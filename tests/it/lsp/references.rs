//! References: what is offered where one is due.

use serde_json::{Value as Json, json};

use super::client::{Editor, pulls};
use crate::cli::Sandbox;

const TEMPLATE: &str = "\
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /aws/vendedlogs/users }
  Archive:
    Type: AWS::S3::Bucket
  Events:
    Type: AWS::KinesisFirehose::DeliveryStream
  Queue:
    Type: AWS::SQS::Queue
  Delivery:
    Type: AWS::Cognito::LogDeliveryConfiguration
    Properties:
      UserPoolId: POOL
      LogConfigurations:
        - EventSource: userAuthEvents
          LogLevel: INFO
          DESTINATION
";

const GROUP: &str = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Logs}";

fn template(pool: &str, destination: &str) -> String {
    TEMPLATE.replace("POOL", pool).replace("DESTINATION", destination)
}

/// What a text becomes by each of the items that are offered at the mark in it, up to the end of the line.
fn completed(editor: &mut Editor, name: &str, text: &str) -> Vec<String> {
    let (before, behind) = text.split_once('|').unwrap();
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before[start..].encode_utf16().count();
    editor.open(name, &format!("{before}{behind}"));
    let position = json!({ "line": line, "character": column });
    let params = json!({ "textDocument": { "uri": editor.uri(name) }, "position": position });
    let list = editor.request("textDocument/completion", params);
    editor.close(name);
    let whole = format!("{}{}", &before[start..], behind.lines().next().unwrap());
    let written = |item: &Json| {
        let edit = &item["textEdit"];
        let column = |end: &str| {
            let column = usize::try_from(edit["range"][end]["character"].as_u64().unwrap()).unwrap();
            let units: Vec<u16> = whole.encode_utf16().take(column).collect();
            String::from_utf16(&units).unwrap().len()
        };
        assert_eq!(edit["range"]["start"]["line"], line, "{item}");
        assert_eq!(edit["range"]["end"]["line"], line, "{item}");
        let typed = &whole[column("start")..before.len() - start];
        assert!(item["filterText"].as_str().unwrap().starts_with(typed), "{item}");
        let new = edit["newText"].as_str().unwrap();
        format!("{}{new}{}", &whole[..column("start")], &whole[column("end")..]).trim().to_owned()
    };
    list["items"].as_array().unwrap().iter().map(written).collect()
}

#[test]
fn neighbours_of_a_template_are_offered_by_the_reference_that_is_right() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    let group = format!("LogGroupArn: !Sub \"{GROUP}\"");
    let item = format!("- !Sub \"{GROUP}\"");
    let log_group = |value: &str| format!("CloudWatchLogsConfiguration:\n            LogGroupArn:{value}");
    for (pool, destination, expected) in [
        ("!Ref |", "S3Configuration: {}", vec!["UserPoolId: !Ref Pool"]),
        ("|", "S3Configuration: {}", vec!["UserPoolId: !Ref Pool"]),
        ("eu-west-1_|x # the pool", "S3Configuration: {}", vec!["UserPoolId: !Ref Pool # the pool"]),
        ("!Ref Pool", &log_group(" |"), vec![&group]),
        ("!Ref Pool", &log_group("|"), vec![&group]),
        ("!Ref Pool", &log_group(" !GetAtt Lo|"), vec![&group]),
        ("!Ref Pool", &log_group(" !Sub \"arn:aws:|logs\""), vec![&group]),
        ("!Ref Pool", &log_group(" \"|\""), vec![&group]),
        (
            "!Ref Pool",
            "S3Configuration: { BucketArn: | }",
            vec!["S3Configuration: { BucketArn: !GetAtt Archive.Arn }"],
        ),
        (
            "!Ref Pool",
            "S3Configuration: { BucketArn: arn:| }",
            vec!["S3Configuration: { BucketArn: !GetAtt Archive.Arn }"],
        ),
        (
            "!Ref Pool",
            "FirehoseConfiguration: {StreamArn: \"é😀|\"}",
            vec!["FirehoseConfiguration: {StreamArn: !GetAtt Events.Arn}"],
        ),
        ("!Ref Pool", &log_group("\n              |"), vec![&group["LogGroupArn: ".len()..]]),
        (
            "!Ref Pool",
            &log_group(" !If\n              - X\n              - a|\n              - b"),
            vec![&item],
        ),
        (
            "!Ref Pool",
            "S3Configuration: { BucketArn: !If [X, !GetAtt |, b] }",
            vec!["S3Configuration: { BucketArn: !If [X, !GetAtt Archive.Arn, b] }"],
        ),
        ("\n        Ref: P|", "S3Configuration: {}", vec!["Ref: Pool"]),
        (
            "!Ref Pool",
            "S3Configuration:\n            BucketArn:\n              Fn::GetAtt: |",
            vec!["Fn::GetAtt: Archive.Arn"],
        ),
        (
            "!Ref Pool",
            "S3Configuration:\n            BucketArn:\n              Fn::GetAtt: [|, Arn]",
            vec!["Fn::GetAtt: [Archive, Arn]"],
        ),
        ("!Ref Pool", "S3Configuration:\n            BucketArn:\n              Ref: |", vec![]),
        ("!Ref Pool", "S3Configuration: { Buckets: | }", vec![]),
        ("!Ref Pool", "LogGroupArn: |", vec![]),
    ] {
        assert_eq!(
            completed(&mut editor, "a.yaml", &template(pool, destination)),
            expected,
            "{pool} {destination}"
        );
    }
    editor.end();
}

#[test]
fn json_has_its_own_spelling_of_references() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    let text = r#"{
  "Resources": {
    "Pool": { "Type": "AWS::Cognito::UserPool" },
    "Logs": { "Type": "AWS::Logs::LogGroup" },
    "Archive": { "Type": "AWS::S3::Bucket" },
    "Delivery": {
      "Type": "AWS::Cognito::LogDeliveryConfiguration",
      "Properties": {
        "UserPoolId": POOL,
        "LogConfigurations": [{
          "EventSource": "userAuthEvents", "LogLevel": "INFO", DESTINATION
        }]
      }
    }
  }
}
"#;
    let group = format!("{{ \"LogGroupArn\": {{ \"Fn::Sub\": \"{GROUP}\" }} }}");
    let line = "\"EventSource\": \"userAuthEvents\", \"LogLevel\": \"INFO\",";
    for (pool, destination, expected) in [
        ("|", "\"S3Configuration\": {}", r#""UserPoolId": { "Ref": "Pool" },"#.to_owned()),
        ("\"eu|\"", "\"S3Configuration\": {}", r#""UserPoolId": { "Ref": "Pool" },"#.to_owned()),
        ("{ \"Ref\": \"P|\" }", "\"S3Configuration\": {}", r#""UserPoolId": { "Ref": "Pool" },"#.to_owned()),
        ("{\n          \"Ref\": \"|\"\n        }", "\"S3Configuration\": {}", r#""Ref": "Pool""#.to_owned()),
        (
            "{}",
            "\"S3Configuration\": { \"BucketArn\": \"|\" }",
            format!(
                "{line} \"S3Configuration\": {{ \"BucketArn\": {{ \"Fn::GetAtt\": [\"Archive\", \"Arn\"] }} }}"
            ),
        ),
        (
            "{}",
            "\"CloudWatchLogsConfiguration\": { \"LogGroupArn\": {\"Fn::GetAtt\": [\"|Logs\", \"Arn\"]} }",
            format!("{line} \"CloudWatchLogsConfiguration\": {group}"),
        ),
    ] {
        let text = text.replace("POOL", pool).replace("DESTINATION", destination);
        assert_eq!(completed(&mut editor, "a.json", &text), [expected], "{pool} {destination}");
    }
    editor.end();
}

#[test]
fn neighbours_of_a_module_are_offered_from_all_its_files() {
    let beside = r#"
resource "aws_cognito_user_pool" "users" {}
resource "awscc_cognito_user_pool" "other" {}
resource "aws_cloudwatch_log_group" "users" {
  name = "/aws/vendedlogs/users"
}
resource "awscc_logs_log_group" "other" {}
resource "aws_s3_bucket" "archive" {
  count = 2
}
resource "aws_s3_bucket" "perhaps" {
  count = var.count
}
resource "aws_s3_bucket" "each" {
  for_each = toset(["a"])
}
resource "aws_kinesis_firehose_delivery_stream" "events" {}
variable "count" {}
variable "on" { type = bool }
"#;
    let main = "resource \"aws_cognito_log_delivery_configuration\" \"logs\" {
  user_pool_id = POOL
  log_configurations {
    event_source = \"userAuthEvents\"
    log_level    = \"INFO\"
    DESTINATION
  }
}
";
    let sandbox = Sandbox::new(&[("beside.tf", beside), ("other/far.tf", beside)]);
    let mut editor = Editor::new(&sandbox, pulls());
    let pools =
        ["user_pool_id = aws_cognito_user_pool.users.id", "user_pool_id = awscc_cognito_user_pool.other.id"];
    let groups = [
        "log_group_arn = aws_cloudwatch_log_group.users.arn",
        "log_group_arn = trimsuffix(awscc_logs_log_group.other.arn, \":*\")",
    ];
    let cloud_watch =
        |value: &str| format!("cloud_watch_logs_configuration {{\n      log_group_arn = {value}\n    }}");
    for (pool, destination, expected) in [
        ("|", "", &pools[..]),
        ("aws_cog|", "", &pools),
        ("\"${aws_cognito_user_pool.|}\"", "", &pools),
        ("\"\"", &cloud_watch("|"), &groups),
        ("\"\"", &cloud_watch("aws_cloudwatch_log_group.|"), &groups),
        ("\"\"", &cloud_watch("\"|"), &groups),
        (
            "\"\"",
            "s3_configuration {\n      bucket_arn = aws|\n    }",
            &[
                "bucket_arn = aws_s3_bucket.archive[0].arn",
                "bucket_arn = aws_s3_bucket.archive[1].arn",
                "bucket_arn = aws_s3_bucket.each[\"a\"].arn",
            ],
        ),
        (
            "\"\"",
            "firehose_configuration {\n      stream_arn = |\n    }",
            &["stream_arn = aws_kinesis_firehose_delivery_stream.events.arn"],
        ),
        (
            "\"\"",
            "firehose_configuration {\n      stream_arn = var.on ? aws| : null\n    }",
            &["stream_arn = var.on ? aws_kinesis_firehose_delivery_stream.events.arn : null"],
        ),
        ("\"\"", "bucket_arn = |", &[]),
    ] {
        let text = main.replace("POOL", pool).replace("DESTINATION", destination);
        assert_eq!(completed(&mut editor, "main.tf", &text), expected, "{pool} {destination}");
    }
    let awscc = "resource \"awscc_cognito_log_delivery_configuration\" \"logs\" {
  log_configurations = [{ s3_configuration = { bucket_arn = | } }]
}
";
    let found = completed(&mut editor, "main.tf", awscc);
    assert_eq!(
        found[0],
        "log_configurations = [{ s3_configuration = { bucket_arn = aws_s3_bucket.archive[0].arn } }]"
    );
    let json = r#"{ "resource": { "aws_cognito_log_delivery_configuration": { "x": { "log_configurations": [{
      "s3_configuration": { "bucket_arn": "|" }
    }] } } } }
"#;
    let found = completed(&mut editor, "main.tf.json", json);
    assert_eq!(found[0], r#""s3_configuration": { "bucket_arn": "${aws_s3_bucket.archive[0].arn}" }"#);
    assert_eq!(found[2], r#""s3_configuration": { "bucket_arn": "${aws_s3_bucket.each[\"a\"].arn}" }"#);
    editor.end();
}

#[test]
fn neighbours_of_a_program_are_offered() {
    let program = "name: x
runtime: yaml
resources:
  pool: { type: 'aws:cognito:UserPool' }
  logs: { type: 'aws:cloudwatch:LogGroup', properties: { name: /aws/vendedlogs/users } }
  native: { type: 'aws-native:logs:LogGroup' }
  archive: { type: 'aws:s3:Bucket' }
  delivery:
    type: aws:cognito:LogDeliveryConfiguration
    properties:
      userPoolId: POOL
      logConfigurations:
        - eventSource: userAuthEvents
          DESTINATION
";
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    for (pool, destination, expected) in [
        ("|", "logLevel: INFO", &["userPoolId: ${pool.id}"][..]),
        ("${po|", "logLevel: INFO", &["userPoolId: ${pool.id}"]),
        ("x", "s3Configuration: { bucketArn: | }", &["s3Configuration: { bucketArn: \"${archive.arn}\" }"]),
        (
            "x",
            "cloudWatchLogsConfiguration:\n            logGroupArn: ${|}",
            &[
                "logGroupArn: ${logs.arn}",
                "logGroupArn: { fn::select: [0, { fn::split: [\":*\", \"${native.arn}\"] }] }",
            ],
        ),
    ] {
        let text = program.replace("POOL", pool).replace("DESTINATION", destination);
        assert_eq!(completed(&mut editor, "Pulumi.yaml", &text), expected, "{pool} {destination}");
    }
    editor.end();
}
