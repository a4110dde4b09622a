//! What a misspelled key or word was probably meant to be.

use std::sync::Arc;

use delint::engine;
use delint::text::{Source, SourceId};

const REQUEST: &str = "\
UserPoolId: eu-west-1_a1B2c3D4e
LogConfigurations:
  - EventSource: userAuthEvents
    LogLevel: INFO
    S3Configuration:
      BucketArn: arn:aws:s3:::acme-auth-logs
";

/// The errors, each with its help.
fn errors(text: &str) -> Vec<(String, String)> {
    let source = Arc::new(Source::new(SourceId(0), "example", text));
    let report = engine::check(&[engine::read(&source)], 1);
    let told = report.diagnostics.into_iter();
    told.map(|diagnostic| (diagnostic.rule.name.clone(), diagnostic.help.unwrap_or_default())).collect()
}

fn suggests(rule: &str, written: &str, in_place_of: &str, meant: &str) {
    let text = REQUEST.replace(in_place_of, written);
    assert_ne!(text, REQUEST);
    assert_eq!(errors(&text), [(rule.to_owned(), format!("write `{meant}`"))], "{written}");
}

#[test]
fn a_key_that_is_nearly_right_is_told_and_is_not_missing() {
    for (meant, written) in [
        (
            "UserPoolId",
            "UserPoolID userPoolId user_pool_id UserPool PoolId UserPooId CognitoUserPoolId UserPoolArn",
        ),
        ("LogConfigurations", "LogConfiguration logConfigurations log_configurations Logconfigurations"),
        ("EventSource", "Eventsource eventSource EvenSource EventSources Source LogType Event-Source"),
        ("LogLevel", "Loglevel logLevel Level LogLvl LogLevels log_level Severity"),
        (
            "S3Configuration",
            "S3Config s3Configuration S3 S3Destination Destination S3BucketConfiguration Bucket",
        ),
        ("BucketArn", "BucketARN bucketArn Bucket BucketName S3BucketArn BucktArn Arn"),
    ] {
        for written in written.split(' ') {
            suggests("unknown-property", &format!("{written}:"), &format!("{meant}:"), meant);
        }
    }
}

#[test]
fn a_word_that_is_nearly_right_is_told() {
    for written in [
        "UserAuthEvents",
        "userAuthEvent",
        "userauthevents",
        "USER_AUTH_EVENTS",
        "USER_ACTIVITY",
        "UserActivity",
        "erroredUserAuthEvents",
        "authEvents",
        "userAuthEvnets",
        "'userAuthEvents '",
    ] {
        suggests("unknown-event-source", written, "userAuthEvents", "userAuthEvents");
    }
    for written in ["info", "Info", "INFORMATION", "WARN", "DEBUG", "error", "''", "ALL"] {
        suggests("unknown-log-level", written, "INFO", "INFO");
    }
}

#[test]
fn what_resembles_nothing_gets_no_suggestion() {
    for (written, in_place_of) in [
        ("EventSource: tokenGeneration", "EventSource: userAuthEvents"),
        ("LogLevel: INFO\n    Status: ENABLED", "LogLevel: INFO"),
        ("LogLevel: INFO\n    Tags: {}", "LogLevel: INFO"),
        (
            "BucketArn: arn:aws:s3:::acme-auth-logs\n      Prefix: users/",
            "BucketArn: arn:aws:s3:::acme-auth-logs",
        ),
    ] {
        let found = errors(&REQUEST.replace(in_place_of, written));
        assert_eq!(found.len(), 1, "{written}: {found:?}");
        assert!(
            !found[0].1.contains("write `") || found[0].1.contains("for sign-ins"),
            "{written}: {found:?}"
        );
    }
}

#[test]
fn an_unknown_key_of_a_request_says_all_there_is_to_say() {
    for value in ["${AWS::Region}", "[TODO]", "{ a: <ACCOUNT_ID> }", "arn:aws:logs:eu-west-1:123456789012:x"]
    {
        let found = errors(&format!("{REQUEST}Region: {value}\n"));
        assert_eq!(found.len(), 1, "{value}: {found:?}");
    }
}

#[test]
fn a_member_that_stands_one_level_too_high_is_sent_where_it_belongs() {
    let text = REQUEST.replace("S3Configuration:\n      BucketArn", "BucketArn");
    assert_eq!(errors(&text), [("unknown-property".to_owned(), "move it into `S3Configuration`".to_owned())]);
}
