//! What is said of checks that the files do not decide.

use std::sync::Arc;

use delint::diagnostic::Report;
use delint::engine;
use delint::rules;
use delint::rules::rule::Check;
use delint::syntax;
use delint::text::{Source, SourceId};
use delint::value::Value;

use crate::examples::{check, wrap};

/// Rule, what is underlined, and what it depends on.
fn undecided(text: &str) -> Vec<(String, String, String)> {
    let report = check(text);
    assert_eq!(report.summary.undecided, report.undecided.len());
    let told = |undecided: &delint::diagnostic::Undecided| {
        let slice = report.source(undecided.span).unwrap().slice(undecided.span).to_owned();
        (undecided.rule.name.clone(), slice, undecided.message())
    };
    report.undecided.iter().map(told).collect()
}

fn of_rule(text: &str, rule: &str) -> Vec<(String, String)> {
    let all = undecided(text).into_iter().filter(|(name, ..)| name == rule);
    all.map(|(_, slice, message)| (slice, message)).collect()
}

const TEMPLATE: &str = "\
Parameters:
  Plan: { Type: String }
  Level: { Type: String }
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties: { UserPoolTier: !Ref Plan }
  Users:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /aws/vendedlogs/users, RetentionInDays: 90 }
  Delivery:
    Type: AWS::Cognito::LogDeliveryConfiguration
    Properties:
      UserPoolId: !Ref Pool
      LogConfigurations:
        - EventSource: userAuthEvents
          LogLevel: INFO
          CloudWatchLogsConfiguration:
            LogGroupArn: !Sub arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Users}
";

fn one(slice: &str, message: &str) -> Vec<(String, String)> {
    vec![(slice.to_owned(), message.to_owned())]
}

#[test]
fn the_fact_that_would_decide_is_named_at_its_place() {
    let plan = one("!Ref Plan", "depends on parameter Plan");
    assert_eq!(of_rule(TEMPLATE, "auth-events-plan"), plan);
    assert_eq!(of_rule(TEMPLATE, "threat-protection-off"), plan);
    let report = check(TEMPLATE);
    let told = report.undecided.iter().find(|told| told.rule.name == "auth-events-plan").unwrap();
    assert_eq!((told.path.as_str(), told.resource.as_deref()), ("/UserPoolTier", Some("Resources.Pool")));

    let level = TEMPLATE.replace("LogLevel: INFO", "LogLevel: !Ref Level");
    assert_eq!(of_rule(&level, "auth-events-level"), one("!Ref Level", "depends on parameter Level"));
}

#[test]
fn what_is_the_same_in_every_deployment_is_no_fact_to_wait_for() {
    let decided = TEMPLATE.replace("!Ref Plan", "PLUS, UserPoolAddOns: { AdvancedSecurityMode: AUDIT }");
    assert_eq!(undecided(&decided), []);
}

#[test]
fn one_fact_is_one_entry_of_a_rule() {
    let twice = TEMPLATE.replace("90 }", "!Ref Level }").replace(
        "LogConfigurations:\n",
        "LogConfigurations:\n        - EventSource: userNotification\n          LogLevel: ERROR\n          \
         CloudWatchLogsConfiguration: { LogGroupArn: !Sub 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Users}' }\n",
    );
    assert_eq!(of_rule(&twice, "log-group-retention"), one("!Ref Level", "depends on parameter Level"));
    let twice = twice.replace("RetentionInDays: !Ref", "KmsKeyId: !Ref");
    assert_eq!(of_rule(&twice, "log-group-kms"), one("!Ref Level", "depends on parameter Level"));
}

#[test]
fn what_is_not_in_the_files_is_a_fact() {
    let request = "\
UserPoolId: eu-west-1_a1B2c3D4e
LogConfigurations:
  - EventSource: userAuthEvents
    LogLevel: INFO
    CloudWatchLogsConfiguration:
      LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users
";
    let pool = one("eu-west-1_a1B2c3D4e", "depends on the user pool, which is not in the files");
    assert_eq!(of_rule(request, "auth-events-plan"), pool);
    let group = "depends on the log group, which is not in the files";
    let kms = of_rule(request, "log-group-kms");
    assert_eq!(kms.iter().map(|(_, message)| message.as_str()).collect::<Vec<_>>(), [group]);
    assert_eq!(of_rule(request, "vendedlogs-prefix"), [], "the ARN says the name");
    // A finding decides: what else is not known does not matter.
    let wrong = request.replace("INFO", "ERROR");
    assert_eq!(of_rule(&wrong, "auth-events-level"), []);
}

#[test]
fn a_region_that_is_compared_is_a_fact() {
    let template = TEMPLATE.replace("!Ref Pool", "eu-west-1_a1B2c3D4e");
    let region = of_rule(&template, "destination-region");
    assert_eq!(
        region.iter().map(|(_, message)| message.as_str()).collect::<Vec<_>>(),
        ["depends on the region that is deployed to"]
    );
}

#[test]
fn undecided_checks_come_by_path_place_and_rule() {
    let sources = ["b.yaml", "a.yaml"].iter().zip(0..).map(|(name, id)| {
        let text = TEMPLATE.replace("INFO", "!Ref Level");
        Arc::new(Source::new(SourceId(id), *name, text))
    });
    let readings: Vec<_> = sources.map(|source| engine::read(&source)).collect();
    let report: Report = engine::check(&readings, 2);
    let order: Vec<_> = report
        .undecided
        .iter()
        .map(|told| {
            let name = report.source(told.span).unwrap().name.clone();
            let severity = std::cmp::Reverse(told.rule.severity);
            (name, told.span.start, severity, told.rule.name.clone())
        })
        .collect();
    assert!(order.len() > 4 && order.is_sorted(), "{order:?}");
    assert_eq!(order.first().map(|(name, ..)| name.as_str()), Some("a.yaml"));
}

/// An example that a rule gives of what it cannot decide waits for a fact, or has none to wait for by its nature.
#[test]
fn undecided_examples_are_told_as_such() {
    let mut silent = Vec::new();
    let mut told = 0;
    for (rule, text) in rules::sources() {
        let built_in = rules::built_in().iter().find(|known| known.info.name == *rule).unwrap();
        if !matches!(built_in.check, Check::Nodes(_)) {
            continue;
        }
        let parsed = syntax::parse(&Source::new(SourceId(0), *rule, *text));
        let examples = parsed.documents[0].root.get("examples").and_then(Value::as_list).unwrap();
        for (index, example) in examples.iter().enumerate() {
            let Some(configuration) = example.get("undecided") else { continue };
            for wrapped in wrap::in_every_form(configuration, example.get("with")) {
                let names = check(&wrapped.text).undecided.into_iter().map(|told| told.rule.name.clone());
                if names.into_iter().any(|name| name == *rule) {
                    told += 1;
                } else {
                    silent.push(format!("{rule} {index} {}", wrapped.name));
                }
            }
        }
    }
    // The rest waits for what no file says: which account, what a plan that is not named turns out to be.
    assert!(told > 150 && silent.len() * 5 < told, "{told} are told, and not: {silent:#?}");
}
