//! Files that hold the words of a log delivery configuration and are none.

use std::sync::Arc;

use delint::engine;
use delint::text::{Source, SourceId};

fn rules_found(name: &str, text: &str) -> Vec<String> {
    let source = Arc::new(Source::new(SourceId(0), name, text));
    let report = engine::check(&[engine::read(&source)], 1);
    report.diagnostics.iter().map(|diagnostic| diagnostic.rule.name.clone()).collect()
}

fn is_silent(name: &str, text: &str) {
    assert_eq!(rules_found(name, text), Vec::<String>::new(), "{name}: {text}");
}

#[test]
fn descriptions_and_definitions_are_no_configurations() {
    for text in [
        r#"{"UserPoolId": {"type": "string"}, "LogConfigurations": {"type": "array", "items": {}}}"#,
        r#"{"UserPoolId": {"Required": true, "Type": "String"}, "LogConfigurations": {"Required": false}}"#,
        r#"{"UserPoolId": "UserPoolIdType", "LogConfigurations": "LogConfigurationListType"}"#,
        r#"{"UserPoolId": ["UserPoolIdType"], "LogConfigurations": ["userNotification"]}"#,
        "UserPoolId: string\nLogConfigurations: array\n",
        "UserPoolId: The ID of the user pool.\nLogConfigurations: What is exported, such as userNotification.\n",
        "UserPoolId: User pool\nLogConfigurations: [userNotification messages]\n",
        r#"{"LogDeliveryConfiguration": {"type": "object", "properties": {"UserPoolId": {"type": "string"}}}}"#,
        r#"{"LogDeliveryConfiguration": "The logging configuration of a user pool."}"#,
        r#"{"LogDeliveryConfiguration": {"Properties": {"UserPoolId": "x", "LogConfigurations": "x"}}}"#,
    ] {
        is_silent("file", text);
    }
}

#[test]
fn a_response_without_a_list_is_that_of_a_pool_without_logging() {
    is_silent("file", r#"{"LogDeliveryConfiguration": {"UserPoolId": "eu-west-1_a1B2c3D4e"}}"#);
}

#[test]
fn events_of_other_services_are_no_entries() {
    for text in [
        r#"[{"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": {"Message": "userNotification"}}]"#,
        r#"[{"EventSource": "aws:sns", "LogLevel": "warn", "about": "userNotification"}]"#,
        r#"{"eventSource": "USER_NOTIFICATION", "logLevel": "ERROR", "about": "userNotification"}"#,
    ] {
        is_silent("file", text);
    }
}

/// A request with more than one mistake in it.
const REQUEST: &str =
    r#"{"UserPoolId": "x", "LogConfigurations": [{"EventSource": "userNotification", "LogLevel": "INFO"}]}"#;

#[test]
fn a_stream_of_records_is_no_broken_document() {
    is_silent("file", &format!("{REQUEST}\n{{\"a\": 1}}\n"));
    is_silent("file", &format!("{REQUEST}{REQUEST}"));
    is_silent("records.jsonl", REQUEST);
    // A comma or a bracket too many is a mistake.
    assert_eq!(rules_found("file", &format!("{REQUEST},\n{{\"a\": 1}}")), ["syntax-error"]);
    assert_eq!(rules_found("file", &format!("{REQUEST}}}")), ["syntax-error"]);
}

#[test]
fn source_code_that_happens_to_parse_is_no_configuration() {
    is_silent(
        "pool.jsonnet",
        "{\n  UserPoolId: std.extVar('x'),\n  LogConfigurations: [{ EventSource: 'userNotification' }],\n}\n",
    );
    is_silent(
        "pool.cue",
        "UserPoolId: string\nLogConfigurations: [...{EventSource: \"userNotification\" | \"userAuthEvents\"}]\n",
    );
    is_silent(
        "src/pool.js",
        "{\n  UserPoolId: process.env.POOL,\n  LogConfigurations: [{ EventSource: 'userNotification' }],\n};\n",
    );
    is_silent(
        "src\\pool.PY",
        "{\"UserPoolId\": pool_id, \"LogConfigurations\": [{\"EventSource\": \"userNotification\"}]}\n",
    );
    is_silent("README.md", "- EventSource: userNotification\n- EventSource: userAuthEvents\n");
}

#[test]
fn a_template_by_its_name_is_filled_in_by_something_else() {
    let request = REQUEST.replace("\"x\"", "\"${pool_id}\"");
    for name in
        ["request.json.tftpl", "t.yaml.J2", "{{cookiecutter.name}}/request.json", "a\\request.json.tmpl"]
    {
        is_silent(name, &request);
    }
    // A template of CloudFormation is none.
    assert_ne!(rules_found("request.template", &request), [""; 0]);
}

#[test]
fn what_fills_in_a_text_is_seen() {
    let entries = "[{EventSource: userNotification}]";
    is_silent(
        "pools.yaml",
        &format!(
            "%{{ for p in pools ~}}\n- UserPoolId: ${{p}}\n  LogConfigurations: {entries}\n%{{ endfor ~}}\n"
        ),
    );
    is_silent("ytt.yaml", &format!("UserPoolId: #@ data.values.pool\nLogConfigurations: {entries}\n"));
}

#[test]
fn a_tag_of_a_text_template_is_not_known() {
    let entry = r#""LogLevel": "ERROR", "CloudWatchLogsConfiguration": {"LogGroupArn": {{ group }}}"#;
    for text in [
        format!(
            r#"{{"UserPoolId": {{{{ pool | tojson }}}}, "LogConfigurations": [{{"EventSource": "userNotification", {entry}}}]}}"#
        ),
        "UserPoolId: {{ pool }}\nLogConfigurations: {{ toJson .Values.logs }} # userNotification\n"
            .to_owned(),
        "UserPoolId: {{ pool }}\nLogConfigurations:\n  - {{ entry }} # userNotification\n".to_owned(),
    ] {
        is_silent("file", &text);
    }
    // What stands beside it is.
    let text = "UserPoolId: {{ pool }}\nLogConfigurations:\n  - EventSource: userNotification\n    LogLevel: INFO\n    \
                CloudWatchLogsConfiguration: {{ group }}\n";
    assert_eq!(rules_found("file", text), ["user-notification-level"]);
}

#[test]
fn what_only_mentions_a_pulumi_resource_is_no_program() {
    let state = r#"{"version": 3, "deployment": {"resources": [{"urn": "urn:x",
        "type": "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration", "inputs": {"userPoolId": "x"}}]}}"#;
    is_silent("stack.json", state);
    is_silent("state.json", &state.replace(r#"{"version": 3, "deployment": "#, "").replace("]}}", "]}"));
    is_silent(
        "schema.json",
        r#"{"name": "aws", "resources": {"aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration":
            {"description": "Logs", "type": "object", "properties": {"userPoolId": {"type": "string"}}}}}"#,
    );
    is_silent("tsconfig.json", r#"{"files": ["cognito/getLogDeliveryConfiguration.ts", "index.ts"]}"#);
    is_silent(
        "Pulumi.yaml",
        "name: x\nruntime: nodejs\ndescription: has an aws:cognito:LogDeliveryConfiguration\n",
    );
    is_silent(
        "Pulumi.yaml",
        "resources:\n  a: {type: 'aws:cognito:LogDeliveryConfiguration', get: {id: x}}\n",
    );
    is_silent("other.yaml", "resources:\n- {type: 'aws:cognito:LogDeliveryConfiguration', properties: {}}\n");
    is_silent(
        "other.yaml",
        "resources:\n  a: {type: 'gcp:cognito:LogDeliveryConfiguration', properties: {}}\n",
    );
    // What does not parse and only shows a program is none either.
    is_silent("notes.yaml", "see: [\n  type: aws:cognito:LogDeliveryConfiguration\n");
    is_silent("Pulumi.yaml", "name: x\ndescription: aws:cognito:LogDeliveryConfiguration\nb: [\n");
}
