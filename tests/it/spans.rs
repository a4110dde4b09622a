//! What is underlined, however the text is written: exactly the part that is wrong, or the whole scalar where the
//! part cannot be told.

use std::sync::Arc;

use delint::engine;
use delint::text::{Encoding, Source, SourceId};

/// Rule, underlined text, and what the labels underline, of each finding that is no hint.
fn underlined(text: &str) -> Vec<(String, String, Vec<String>)> {
    let source = Arc::new(Source::new(SourceId(0), "example", text));
    let report = engine::check(&[engine::read(&source)], 1);
    let no_hint = report
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.rule.effect != Some(delint::diagnostic::Effect::Advice));
    no_hint
        .map(|diagnostic| {
            let slice = |span| source.slice(span).to_owned();
            let labels = diagnostic.labels.iter().map(|label| slice(label.span)).collect();
            (diagnostic.rule.name.clone(), slice(diagnostic.span), labels)
        })
        .collect()
}

/// Checks that a text has one finding, under which stands this.
fn under(text: &str, rule: &str, expected: &str) {
    let found = underlined(text);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(rule, text, _)| (rule.as_str(), text.as_str())).collect();
    assert_eq!(found, [(rule, expected)], "{text}");
}

/// A request in YAML whose log group ARN is written so.
fn yaml(arn: &str) -> String {
    format!(
        "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n  - EventSource: userNotification\n    LogLevel: ERROR\n    \
         CloudWatchLogsConfiguration:\n      LogGroupArn: {arn}\n"
    )
}

/// The same in JSON, where `arn` has its quotes.
fn json(arn: &str) -> String {
    format!(
        r#"{{"UserPoolId": "eu-west-1_a1B2c3D4e", "LogConfigurations": [{{"EventSource": "userNotification", "LogLevel": "ERROR",
            "CloudWatchLogsConfiguration": {{"LogGroupArn": {arn}}}}}]}}"#
    )
}

const REST: &str = "log-group:/aws/vendedlogs/users";

#[test]
fn a_part_of_an_arn_is_underlined_in_every_notation() {
    let arn = format!("arn:aws:logs:eu-west-1:2109-8765-4321:{REST}");
    for written in [
        yaml(&arn),
        yaml(&format!("\"{arn}\"")),
        yaml(&format!("'{arn}'")),
        yaml(&format!("!!str {arn}")),
        yaml(&format!("&group {arn}")),
        yaml(&format!("\n        {arn}")),
        yaml(&format!("|-\n        {arn}")),
        yaml(&format!(">-\n        {arn}")),
        yaml(&format!("|2-\n        {arn}")),
        yaml(&format!("{arn} # 2109-8765-4321 is the account")),
        json(&format!("\"{arn}\"")),
        json(&format!("\n\t/* 2109-8765-4321 */ \"{arn}\",")),
    ] {
        under(&written, "arn-account", "2109-8765-4321");
        under(&written.replace('\n', "\r\n"), "arn-account", "2109-8765-4321");
        under(&format!("\u{feff}{written}"), "arn-account", "2109-8765-4321");
    }
}

#[test]
fn what_stands_before_shifts_nothing() {
    let request = yaml(&format!("arn:aws:logs:eu-west-1:210987654321:{REST}:*"));
    for before in [
        "# été 😀 漢字\n",
        "---\n# \u{301}\n",
        "%YAML 1.2\n---\n",
        "a: 1\n---\n",
        "\r\n\r\n",
        "\u{feff}# é\n",
    ] {
        under(&format!("{before}{request}"), "log-group-arn-wildcard", ":*");
    }
    let request = json(&format!("\"arn:aws:logs:eu-west-1:210987654321:{REST}:*\""));
    for before in ["// été 😀\n", "\u{feff}", "/* 漢\r\n字 */", "\t\t"] {
        under(&format!("{before}{request}"), "log-group-arn-wildcard", ":*");
    }
}

#[test]
fn an_escape_elsewhere_leaves_the_part_where_it_is() {
    for written in [
        yaml(&format!(r#""\x61rn:aws:logs:eu-west-1:210987654321:{REST}:*""#)),
        yaml(&format!(r#""arn\u003aaws:logs:eu-west-1:210987654321:{REST}:*""#)),
        json(&format!(r#""arn\u003aaws:logs:eu-west-1:210987654321:{REST}:*""#)),
        json(&format!(r#""arn:aws:logs:eu-west-1:210987654321:{}:*""#, REST.replace('/', r"\/"))),
    ] {
        under(&written, "log-group-arn-wildcard", ":*");
    }
}

#[test]
fn of_a_part_with_an_escape_in_it_the_whole_scalar_is_underlined() {
    let arn = format!(r#""arn:aws:logs:eu-west-1:210987654321:{REST}\u003a*""#);
    let inner = arn.trim_matches('"');
    for written in [yaml(&arn), json(&arn)] {
        under(&written, "log-group-arn-wildcard", inner);
    }
    // A doubled quote is the escape of single quotes.
    let arn = format!("'arn:aws:logs:eu-west-1:2109''8765:{REST}'");
    under(&yaml(&arn), "arn-format", &arn);
}

#[test]
fn a_folded_line_is_placed_in_its_own_line() {
    let folded = format!("\"arn:aws:logs:\\\n        eu-west-1:210987654321:{REST}\\\n        :*\"");
    under(&yaml(&folded), "log-group-arn-wildcard", ":*");
    let folded = format!("\"arn:aws:logs:eu-west-1:2109-\\\n        8765-4321:{REST}\"");
    under(&yaml(&folded), "arn-account", "2109-\\\n        8765-4321");
    let plain = format!("arn:aws:logs:eu-west-1:210987654321:{REST}\n        users");
    under(&yaml(&plain), "arn-format", &plain);
}

#[test]
fn a_value_is_underlined_with_its_quotes_and_a_key_without() {
    let request = yaml(&format!("arn:aws:logs:eu-west-1:210987654321:{REST}"));
    under(&request.replace("ERROR", "\"INFO\""), "user-notification-level", "\"INFO\"");
    under(&request.replace("ERROR", "'INFO'"), "user-notification-level", "'INFO'");
    under(&request.replace("ERROR", "|-\n      INFO"), "user-notification-level", "|-\n      INFO");
    under(&request.replace("LogLevel", "\"LogLevl\""), "unknown-property", "LogLevl");
    under(&request.replace("LogLevel", "'LogLevl'"), "unknown-property", "LogLevl");
    under(&request.replace("LogLevel", "? LogLevl\n    "), "unknown-property", "LogLevl");
}

#[test]
fn an_alias_is_shown_where_it_is_used_and_underlined_where_it_is_written() {
    let text = format!(
        "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n  - EventSource: userNotification\n    LogLevel: ERROR\n    \
         CloudWatchLogsConfiguration: &logs\n      LogGroupArn: arn:aws:logs:eu-west-1:210987654321:{REST}:*\n  - \
         EventSource: userAuthEvents\n    LogLevel: INFO\n    CloudWatchLogsConfiguration: *logs\n"
    );
    let found = underlined(&text);
    assert!(
        found
            .iter()
            .all(|(rule, text, _)| (rule.as_str(), text.as_str()) == ("log-group-arn-wildcard", ":*"))
    );
    let labels: Vec<&str> = found.iter().flat_map(|(_, _, labels)| labels).map(String::as_str).collect();
    assert!(labels.is_empty() || labels == ["*logs"], "{labels:?}");
    assert_eq!(found.len(), 1, "one mistake, one finding: {found:?}");
}

#[test]
fn what_a_merge_key_brings_in_is_underlined_where_it_is_written() {
    let text = format!(
        "LogConfigurations:\n  - &base\n    EventSource: userNotification\n    LogLevel: ERROR\n    CloudWatchLogsConfiguration:\n      \
         LogGroupArn: arn:aws:logs:eu-west-1:210987654321:{REST}\n  - <<: *base\n    EventSource: userAuthEvents\nUserPoolId: eu-west-1_a1B2c3D4e\n"
    );
    let found = underlined(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    let (rule, text, labels) = &found[0];
    assert_eq!((rule.as_str(), text.as_str()), ("auth-events-level", "ERROR"));
    assert!(labels.contains(&"*base".to_owned()), "{labels:?}");
    assert!(labels.contains(&"userAuthEvents".to_owned()), "{labels:?}");
}

#[test]
fn lines_and_columns_count_characters_and_no_byte_order_mark() {
    let text = "\u{feff}# é\r\n[{\"EventSource\": \"userNotification\", \"😀\": 1, \"LogLevel\": \"INFO\", \"CloudWatchLogsConfiguration\": \
                {\"LogGroupArn\": \"arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users\"}}]";
    let source = Arc::new(Source::new(SourceId(0), "example", text));
    let report = engine::check(&[engine::read(&source)], 1);
    let level = report
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.rule.name == "user-notification-level")
        .unwrap();
    let at = source.position(level.span.range().start, Encoding::Utf32);
    assert_eq!(
        (at.line, at.column),
        (1, "[{\"EventSource\": \"userNotification\", \"x\": 1, \"LogLevel\": ".len())
    );
}
