//! Configurations of one user pool in several files.

use std::sync::Arc;

use delint::diagnostic::{Report, Severity};
use delint::engine;
use delint::text::{Encoding, Source, SourceId};

const RULE: &str = "competing-configurations";

fn check(files: &[(&str, &str)]) -> Report {
    let mut files = files.to_vec();
    files.sort_by_key(|(name, _)| *name);
    let source = |(id, (name, text)): (u32, &(&str, &str))| Arc::new(Source::new(SourceId(id), *name, *text));
    let readings: Vec<_> = (0..).zip(&files).map(source).map(|source| engine::read(&source)).collect();
    engine::check(&readings, files.len())
}

/// `file:line:column` of each finding, with that of its label.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let report = check(files);
    let place = |span| {
        let source = report.source(span).unwrap();
        let start = source.position(span.range().start, Encoding::Utf8);
        format!("{}:{}:{}", source.name, start.line + 1, start.column + 1)
    };
    let of_rule = report.diagnostics.iter().filter(|finding| finding.rule.name == RULE);
    let told = of_rule.map(|finding| {
        assert_eq!(finding.labels.len(), 1);
        let name = finding.rule.severity.as_str();
        format!("{name} {} and {}", place(finding.span), place(finding.labels[0].span))
    });
    told.collect()
}

fn document(level: &str) -> String {
    format!(
        "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n- EventSource: userAuthEvents\n  LogLevel: {level}\n  \
         S3Configuration: {{BucketArn: \"arn:aws:s3:::acme-auth-logs\"}}\n"
    )
}

/// A document for the same pool, but of other events.
const OTHER: &str = "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n- EventSource: userNotification\n  LogLevel: ERROR\n  \
                     CloudWatchLogsConfiguration: {LogGroupArn: \"arn:aws:logs:eu-west-1:210987654321:log-group:/a\"}\n";

fn template(properties: &str) -> String {
    format!(
        "Parameters:\n  Pool: {{Type: String}}\n  Stage: {{Type: String}}\nConditions:\n  IsProd: !Equals [!Ref Stage, prod]\n\
         Resources:\n  Delivery:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n{properties}"
    )
}

/// The properties of a delivery of authentication events.
fn properties(pool: &str, more: &str) -> String {
    format!(
        "{more}    Properties:\n      UserPoolId: {pool}\n      LogConfigurations:\n      - EventSource: userAuthEvents\n        \
         LogLevel: INFO\n        S3Configuration: {{BucketArn: \"arn:aws:s3:::acme-auth-logs\"}}\n"
    )
}

const LITERAL: &str = "eu-west-1_a1B2c3D4e";

fn terraform(pool: &str, source: &str) -> String {
    format!(
        "resource \"aws_cognito_log_delivery_configuration\" \"users\" {{\n  user_pool_id = {pool}\n  log_configurations {{\n    \
         event_source = \"{source}\"\n    log_level = \"INFO\"\n    s3_configuration {{\n      bucket_arn = \
         \"arn:aws:s3:::acme-auth-logs\"\n    }}\n  }}\n}}\n"
    )
}

#[test]
fn two_documents_that_say_different_things_compete() {
    let info = document("INFO");
    assert_eq!(found(&[("a.yaml", &info), ("b.yaml", OTHER)]), ["warning b.yaml:1:13 and a.yaml:1:13"]);
    assert_eq!(found(&[("b.yaml", &info), ("a.yaml", OTHER)]), ["warning b.yaml:1:13 and a.yaml:1:13"]);
    // In one file, the later stands against the one before.
    let both = format!("{info}---\n{OTHER}");
    assert_eq!(found(&[("a.yaml", &both)]), ["warning a.yaml:7:13 and a.yaml:1:13"]);
    let json = r#"{"UserPoolId": "eu-west-1_a1B2c3D4e", "LogConfigurations": []}"#;
    assert_eq!(found(&[("a.yaml", &info), ("b.json", json)]), ["warning b.json:1:16 and a.yaml:1:13"]);
}

#[test]
fn the_finding_names_both_and_is_a_warning() {
    let report = check(&[("a.yaml", &document("INFO")), ("b.yaml", OTHER)]);
    let finding = report.diagnostics.iter().find(|finding| finding.rule.name == RULE).unwrap();
    assert_eq!((finding.rule.severity, finding.path.as_str()), (Severity::Warning, "/UserPoolId"));
    assert_eq!(finding.labels[0].text, "also configured here");
    let again = check(&[("x/a.yaml", &document("INFO")), ("x/b.yaml", OTHER)]);
    let again = again.diagnostics.iter().find(|finding| finding.rule.name == RULE).unwrap();
    assert_eq!(finding.fingerprint, again.fingerprint, "where files lie is none of its business");
}

#[test]
fn what_may_be_the_same_does_not_compete() {
    let info = document("INFO");
    let reordered = "LogConfigurations:\n- LogLevel: INFO\n  S3Configuration: {BucketArn: \"arn:aws:s3:::acme-auth-logs\"}\n  \
                     EventSource: userAuthEvents\nUserPoolId: eu-west-1_a1B2c3D4e\n";
    let template = template(&properties(LITERAL, ""));
    let module = terraform("\"eu-west-1_a1B2c3D4e\"", "userAuthEvents");
    for other in [info.as_str(), reordered, &template] {
        assert_eq!(found(&[("a.yaml", &info), ("b.yaml", other)]), [""; 0], "{other}");
    }
    assert_eq!(found(&[("a.yaml", &info), ("b.tf", &module)]), [""; 0]);
    // A copy, as tools make it of a template, with a reference that is not known.
    let copy = template.replace("\"arn:aws:s3:::acme-auth-logs\"", "!Ref Bucket");
    assert_eq!(found(&[("a.yaml", &copy), ("out/a.yaml", &copy)]), [""; 0]);
    assert_eq!(found(&[("a.yaml", &copy), ("out/a.yaml", &template)]), [""; 0]);
}

#[test]
fn forms_compete_with_each_other() {
    let template = template(&properties(LITERAL, ""));
    let module = terraform("\"eu-west-1_a1B2c3D4e\"", "userNotification");
    assert_eq!(
        found(&[("a.yaml", &template), ("m/b.tf", &module)]),
        ["warning m/b.tf:2:18 and a.yaml:10:19"]
    );
    let found = found(&[("a.yaml", OTHER), ("b.yaml", &template), ("m/b.tf", &module)]);
    assert_eq!(found, ["warning b.yaml:10:19 and a.yaml:1:13", "warning m/b.tf:2:18 and a.yaml:1:13"]);
}

#[test]
fn what_is_not_certain_does_not_compete() {
    let other = |text: &str| found(&[("a.yaml", OTHER), ("z.yaml", text)]);
    assert_eq!(other(&template(&properties(LITERAL, ""))).len(), 1);
    for (pool, more) in [
        ("!Ref Pool", ""),
        ("!If [IsProd, eu-west-1_a1B2c3D4e, eu-west-1_other0000]", ""),
        (LITERAL, "    Condition: IsProd\n"),
    ] {
        assert_eq!(other(&template(&properties(pool, more))), [""; 0], "{pool} {more}");
    }
    let module = |text: &str| found(&[("a.yaml", OTHER), ("m/z.tf", text)]);
    let source = "userAuthEvents";
    assert_eq!(module(&terraform("\"eu-west-1_a1B2c3D4e\"", source)).len(), 1);
    for pool in ["var.pool", "aws_cognito_user_pool.users.id", "data.aws_cognito_user_pool.users.id"] {
        assert_eq!(module(&terraform(pool, source)), [""; 0], "{pool}");
    }
    let counted =
        terraform("\"eu-west-1_a1B2c3D4e\"", source).replacen("{\n", "{\n  count = var.on ? 1 : 0\n", 1);
    assert_eq!(module(&format!("variable \"on\" {{ type = bool }}\n{counted}")), [""; 0]);
    // Other pools, and no pool at all.
    assert_eq!(found(&[("a.yaml", OTHER), ("b.yaml", &document("INFO").replace("D4e", "D4f"))]), [""; 0]);
    assert_eq!(
        found(&[
            ("a.yaml", "UserPoolId: ''\nLogConfigurations: []\n"),
            ("b.yaml", "UserPoolId: ''\nLogConfigurations: [x]\n")
        ]),
        [""; 0]
    );
}

#[test]
fn what_is_recorded_does_not_compete() {
    let response =
        r#"{"LogDeliveryConfiguration": {"UserPoolId": "eu-west-1_a1B2c3D4e", "LogConfigurations": []}}"#;
    assert_eq!(found(&[("a.yaml", OTHER), ("b.json", response)]), [""; 0]);
    assert_eq!(found(&[("a.json", response), ("b.yaml", OTHER)]), [""; 0]);
}

/// What `terraform show -json` prints of a plan or, with `values` for its `member`, of a state.
fn printed(member: &str) -> String {
    format!(
        r#"{{"format_version": "1.2", "terraform_version": "1.9.8", "{member}": {{"root_module": {{"resources": [
            {{"address": "aws_cognito_log_delivery_configuration.users", "mode": "managed",
              "type": "aws_cognito_log_delivery_configuration", "name": "users", "values": {{
                "user_pool_id": "eu-west-1_a1B2c3D4e",
                "log_configurations": [{{"event_source": "userNotification", "log_level": "ERROR",
                  "cloud_watch_logs_configuration": [{{"log_group_arn": "arn:aws:logs:eu-west-1:210987654321:log-group:/a"}}],
                  "s3_configuration": [], "firehose_configuration": []}}]}}}}]}}}}}}"#
    )
}

#[test]
fn a_plan_and_a_state_do_not_compete_with_what_they_are_made_of() {
    let before = terraform("\"eu-west-1_a1B2c3D4e\"", "userAuthEvents");
    for text in [printed("planned_values"), printed("values")] {
        assert_eq!(check(&[("plan.json", &text)]).summary.configurations, 1);
        assert_eq!(found(&[("main.tf", &before), ("plan.json", &text)]), [""; 0]);
        assert_eq!(found(&[("a.json", &text), ("b.json", &text)]), [""; 0]);
        assert_eq!(found(&[("a.yaml", &document("INFO")), ("b.json", &text)]), [""; 0]);
    }
}

#[test]
fn what_is_wrong_within_a_file_is_told_there() {
    // Two of one template are one error, and each file is told once of another.
    let resource = |name: &str| {
        format!("  {name}:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n{}", properties(LITERAL, ""))
    };
    let template = format!("Resources:\n{}{}", resource("A"), resource("B"));
    assert_eq!(found(&[("b.yaml", &template)]), ["error b.yaml:13:19 and b.yaml:5:19"]);
    assert_eq!(
        found(&[("a.yaml", OTHER), ("b.yaml", &template)]),
        ["warning b.yaml:5:19 and a.yaml:1:13", "error b.yaml:13:19 and b.yaml:5:19"]
    );
}
