//! What is said of a file names its members as that file spells them, wherever the name comes from.

use std::collections::BTreeSet;
use std::sync::Arc;

use delint::forms;
use delint::rules;
use delint::rules::check::{self, is_for};
use delint::rules::finding::{Finding, Said, Word, of_violation};
use delint::rules::rule::Check;
use delint::schema::{self, Violation};
use delint::spec::{Case, Resource, Scope, Spelling, Style};
use delint::syntax;
use delint::text::{Source, SourceId};
use delint::value::{Kind, Value};
use regex::Regex;
use serde_json::Value as Json;

use crate::examples::{self, wrap};

const SNAKE: Spelling =
    Spelling { case: Case::Snake, exceptions: &[("LogGroupName", "name")], style: Style::Members };

/// The configurations of a text and what is around them, as if its form wrote them in another spelling.
fn spelled(text: &str, spelling: Spelling) -> Vec<Vec<Resource>> {
    let source = Arc::new(Source::new(SourceId(0), "example", text));
    let documents = syntax::parse(&source).documents;
    let recognised = documents.iter().filter_map(forms::recognise);
    let respelled = |resource: Resource| {
        let origin = delint::spec::Origin { spelling, ..resource.origin };
        Resource { origin, ..resource }
    };
    recognised.map(|found| found.resources.into_iter().map(respelled).collect()).collect()
}

/// What is said of a configuration by the schema and by rules. What is quoted from the file is left out: that is the
/// user's own.
fn said(resources: Vec<Resource>) -> Vec<String> {
    let scope = Scope::new(resources);
    let mut said = Vec::new();
    for configuration in scope.configurations() {
        for violation in schema::check(configuration).violations {
            for finding in of_schema(&violation, configuration) {
                let of_finding = texts(&finding);
                let foreign = violation.keyword == "additionalProperties";
                let own = format!("`{}`", violation.member);
                let without_key = |text: String| if foreign { text.replace(&own, "this") } else { text };
                said.extend(of_finding.into_iter().map(without_key));
            }
        }
        let findings = check::resource(rules::built_in(), &scope, configuration).findings;
        said.extend(findings.iter().flat_map(texts));
    }
    said
}

fn of_schema(violation: &Violation, configuration: &Resource) -> Vec<Finding<'static>> {
    let rules = rules::built_in().iter().filter(|rule| is_for(rule, configuration.origin.form));
    let of_rule = |rule: &'static rules::rule::Rule| match &rule.check {
        Check::Schema(check) if check.keywords.contains(&violation.keyword) => {
            Some(of_violation(rule, &check.report, violation, configuration))
        }
        _ => None,
    };
    rules.filter_map(of_rule).collect()
}

fn texts(finding: &Finding<'_>) -> Vec<String> {
    let notes = finding.labels.iter().map(|(_, said)| said);
    let all = [&finding.message].into_iter().chain(&finding.help).chain(&finding.note).chain(notes);
    all.map(text).collect()
}

fn text(said: &Said) -> String {
    let word = |word: &Word| match word {
        Word::Text(text) => text.clone(),
        Word::Source { .. } | Word::Reference { .. } => "…".to_owned(),
    };
    said.0.iter().map(word).collect()
}

/// The names of all members that rules and the schema know.
fn members() -> BTreeSet<String> {
    fn of_schema(schema: &Json, names: &mut BTreeSet<String>) {
        names.extend(schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
        match schema {
            Json::Object(object) => object.values().for_each(|inner| of_schema(inner, names)),
            Json::Array(items) => items.iter().for_each(|inner| of_schema(inner, names)),
            _ => {}
        }
    }
    fn of_neighbour(value: &Value, names: &mut BTreeSet<String>) {
        match &value.kind {
            Kind::Map(map) => {
                // The language of policies is the same everywhere.
                for entry in map.entries.iter().filter(|entry| entry.key.name != "PolicyDocument") {
                    names.insert(entry.key.name.clone());
                    of_neighbour(&entry.value, names);
                }
            }
            Kind::List(items) => items.iter().for_each(|item| of_neighbour(item, names)),
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    of_schema(&serde_json::from_str(schema::LOG_DELIVERY).unwrap(), &mut names);
    for example in examples::files().into_iter().flat_map(|file| file.examples) {
        for neighbour in example.with.iter().filter_map(Value::as_map).flat_map(|map| &map.entries) {
            of_neighbour(&neighbour.value, &mut names);
        }
    }
    names.retain(|name| name.starts_with(|c: char| c.is_ascii_uppercase()));
    names
}

#[test]
fn no_name_is_said_in_another_spelling_than_the_files() {
    let members: Vec<String> = members().into_iter().collect();
    let foreign = Regex::new(&format!(r"\b(?:{})\b", members.join("|"))).unwrap();
    let own: BTreeSet<String> = members.iter().map(|name| SNAKE.of(name).into_owned()).collect();
    let (mut checked, mut named) = (0, 0);
    for file in examples::files() {
        for example in &file.examples {
            for wrapped in wrap::in_every_form(&example.configuration, example.with.as_ref()) {
                for text in spelled(&wrapped.text, SNAKE).into_iter().flat_map(said) {
                    checked += 1;
                    named += usize::from(own.iter().any(|name| text.contains(&format!("`{name}`"))));
                    assert!(
                        !foreign.is_match(&text),
                        "{} as {}: {text}\n{}",
                        file.name,
                        wrapped.name,
                        wrapped.text
                    );
                }
            }
        }
    }
    assert!(checked > 2000 && named > 100, "{checked} texts, {named} with a name");
}

#[test]
fn what_is_missing_is_named_as_the_file_would_write_it() {
    let all = |text: &str, spelling: Spelling| -> Vec<String> {
        spelled(text, spelling).into_iter().flat_map(said).collect()
    };
    let has = |said: &[String], expected: &str| {
        assert!(said.iter().any(|text| text == expected), "{expected}: {said:#?}");
    };
    let request = "\
UserPoolId: eu-west-1_a1B2c3D4e
LogConfigurations:
  - EventSource: userNotification
    S3: x
  - 7
  - LogLevel: INFO
    EventSource: userAuthEvents
    S3Configuration: x
";
    let snake = all(request, SNAKE);
    has(&snake, "the required `log_level` is missing");
    has(&snake, "add `log_level`: `ERROR`, the level of this event source");
    has(&snake, "write `s3_configuration`");
    has(&snake, "an entry of `log_configurations` must be a mapping, not a number");
    has(&snake, "write a mapping with `event_source`, `log_level` and a destination");
    has(&snake, "write a mapping that holds `bucket_arn`");
    let camel = all(request, Spelling { case: Case::Camel, exceptions: &[], style: Style::Members });
    has(&camel, "the required `logLevel` is missing");
    has(&camel, "write a mapping that holds `bucketArn`");

    let template = "\
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
  Users:
    Type: AWS::Logs::LogGroup
  Delivery:
    Type: AWS::Cognito::LogDeliveryConfiguration
    Properties:
      UserPoolId: !Ref Pool
      LogConfigurations:
        - EventSource: userAuthEvents
          LogLevel: INFO
          CloudWatchLogsConfiguration: { LogGroupArn: !Sub 'arn:aws:logs:eu-west-1:210987654321:log-group:${Users}' }
";
    let snake = all(template, SNAKE);
    has(
        &snake,
        "this user pool has no `user_pool_tier` and so gets `ESSENTIALS`, but `userAuthEvents` logs need `PLUS`",
    );
    has(&snake, "set `retention_in_days`, for example to 90");
    has(&snake, "set `name` to a name that begins with `/aws/vendedlogs/`");

    // A neighbour may be written in another spelling than the configuration.
    let mut mixed = spelled(template, SNAKE);
    for neighbour in mixed.iter_mut().flatten().filter(|resource| !resource.is_configuration()) {
        neighbour.origin.spelling = Spelling { case: Case::Camel, exceptions: &[], style: Style::Members };
    }
    let mixed: Vec<String> = mixed.into_iter().flat_map(said).collect();
    has(&mixed, "set `retentionInDays`, for example to 90");
}
