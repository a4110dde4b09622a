//! What is assumed decides what the files leave open, and nothing else.

use std::sync::Arc;

use delint::diagnostic::{Diagnostic, Report};
use delint::engine::assume::{Assumption, Subject};
use delint::engine::{self, Profile};
use delint::forms;
use delint::rules;
use delint::rules::check;
use delint::spec::{Resource, Scope};
use delint::syntax;
use delint::text::{Source, SourceId};
use delint::value::literal::Literal;
use delint::value::{Kind, ResourceKind, Text, Value};

const ACCOUNT: (Subject, &str) = (Subject::Account, "210987654321");
const REGION: (Subject, &str) = (Subject::Region, "eu-west-1");
const LITE: (Subject, &str) = (Subject::Plan, "LITE");

fn assuming(text: &str, assumptions: &[(Subject, &str)]) -> Report {
    let assume = assumptions.iter().map(|(subject, value)| Assumption::new(*subject, value).unwrap());
    let source = Arc::new(Source::new(SourceId(0), "example", text));
    engine::check_with(
        &[engine::read(&source)],
        1,
        &Profile { assume: assume.collect(), ..Profile::default() }.into(),
    )
}

/// Rule and message of what is more than a hint.
fn found(text: &str, assumptions: &[(Subject, &str)]) -> Vec<(String, String)> {
    let report = assuming(text, assumptions);
    let told = report.diagnostics.iter().filter(|one| one.rule.severity > delint::diagnostic::Severity::Hint);
    told.map(|one: &Diagnostic| (one.rule.name.clone(), one.message.clone())).collect()
}

fn one(rule: &str, message: &str) -> Vec<(String, String)> {
    vec![(rule.to_owned(), message.to_owned())]
}

fn request(pool: &str, source: &str, level: &str, arn: &str) -> String {
    format!(
        "UserPoolId: {pool}\nLogConfigurations:\n  - EventSource: {source}\n    LogLevel: {level}\n    \
         CloudWatchLogsConfiguration: {{ LogGroupArn: '{arn}' }}\n"
    )
}

fn template(pool: &str, arn: &str) -> String {
    format!(
        "\
Parameters:
  PoolId: {{ Type: String }}
Resources:
  Pool: {{ Type: AWS::Cognito::UserPool }}
  Users:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: /aws/vendedlogs/users
      RetentionInDays: 90
      KmsKeyId: arn:aws:kms:eu-west-1:210987654321:key/a
  Delivery:
    Type: AWS::Cognito::LogDeliveryConfiguration
    Properties:
      UserPoolId: {pool}
      LogConfigurations:
        - EventSource: userNotification
          LogLevel: ERROR
          CloudWatchLogsConfiguration:
            LogGroupArn: {arn}
"
    )
}

const GROUP: &str = "arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/others";

#[test]
fn a_pool_that_is_not_in_the_files_is_on_the_assumed_plan() {
    let request = request("eu-west-1_a1B2c3D4e", "userAuthEvents", "INFO", GROUP);
    assert_eq!(found(&request, &[]), []);
    assert_eq!(found(&request, &[(Subject::Plan, "PLUS")]), []);
    for plan in ["LITE", "ESSENTIALS"] {
        let message = format!(
            "this user pool is on the `{plan}` plan, but `userAuthEvents` logs need `PLUS`, assuming the `{plan}` plan"
        );
        assert_eq!(found(&request, &[(Subject::Plan, plan)]), one("auth-events-plan", &message));
    }
    let report = assuming(&request, &[LITE]);
    let finding = &report.diagnostics[0];
    assert_eq!(report.source(finding.span).unwrap().slice(finding.span), "eu-west-1_a1B2c3D4e");
    assert_eq!((finding.path.as_str(), finding.form), ("/UserPoolId", "api"));
    assert!(finding.help.as_deref().unwrap().starts_with("set `UserPoolTier` to `PLUS`"), "{finding:?}");
    // Of threat protection nothing is assumed.
    let report = assuming(&request, &[(Subject::Plan, "PLUS")]);
    let waiting: Vec<&str> = report.undecided.iter().map(|one| one.rule.name.as_str()).collect();
    assert!(
        waiting.contains(&"threat-protection-off") && !waiting.contains(&"auth-events-plan"),
        "{waiting:?}"
    );
}

#[test]
fn a_list_alone_has_a_pool_of_the_assumed_plan_and_region() {
    let request = request("x", "userAuthEvents", "INFO", GROUP);
    let list = request.split_once("LogConfigurations:\n").unwrap().1;
    let rules = |assumptions: &[(Subject, &str)]| -> Vec<String> {
        found(list, assumptions).into_iter().map(|(rule, _)| rule).collect()
    };
    assert!(rules(&[]).is_empty() && rules(&[REGION, ACCOUNT]).is_empty());
    assert_eq!(rules(&[LITE]), ["auth-events-plan"]);
    assert_eq!(rules(&[(Subject::Region, "eu-central-1")]), ["destination-region"]);
    assert_eq!(rules(&[(Subject::Account, "210987654320")]), ["destination-account"]);
}

#[test]
fn a_pool_that_the_files_do_not_place_is_where_it_is_assumed() {
    let elsewhere = [(Subject::Region, "eu-central-1"), (Subject::Account, "210987654320")];
    for pool in ["!Ref Pool", "!Ref PoolId", "!Sub '${Pool}'", "!ImportValue Pool"] {
        let template = template(pool, GROUP);
        assert_eq!(found(&template, &[]), [], "{pool}");
        assert_eq!(found(&template, &[REGION, ACCOUNT]), [], "{pool}");
        assert_eq!(
            found(&template, &elsewhere[..1]),
            one(
                "destination-region",
                "the log group is in `eu-west-1`, but the user pool is in `eu-central-1`, assuming region `eu-central-1`"
            ),
            "{pool}"
        );
        assert_eq!(
            found(&template, &elsewhere[1..]),
            one(
                "destination-account",
                "the log group is in account `210987654321`, but the user pool is in `210987654320`, \
                 assuming account `210987654320`"
            ),
            "{pool}"
        );
        assert_eq!(found(&template, &elsewhere).len(), 2, "{pool}");
    }
}

#[test]
fn a_group_in_the_region_that_is_deployed_to_is_where_it_is_assumed() {
    let arn =
        "!Sub arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/vendedlogs/others";
    let template = template("eu-west-1_a1B2c3D4e", arn);
    assert_eq!(found(&template, &[]), []);
    assert_eq!(found(&template, &[REGION, ACCOUNT]), []);
    assert_eq!(
        found(&template, &[(Subject::Region, "us-east-1")]),
        one(
            "destination-region",
            "the log group is in `us-east-1`, but the user pool is in `eu-west-1`, assuming region `us-east-1`"
        )
    );
    let report = assuming(&template, &[(Subject::Region, "us-east-1")]);
    let finding = report.diagnostics.iter().find(|one| one.rule.name == "destination-region").unwrap();
    assert_eq!(report.source(finding.span).unwrap().slice(finding.span), "${AWS::Region}");
}

#[test]
fn a_fact_in_the_files_beats_an_assumption() {
    let arn = "arn:aws:cognito-idp:eu-west-1:210987654321:userpool/eu-west-1_a1B2c3D4e";
    for pool in ["eu-west-1_a1B2c3D4e", arn] {
        let request = request(pool, "userNotification", "ERROR", GROUP);
        let rules: Vec<String> = found(&request, &[(Subject::Region, "us-east-1")])
            .into_iter()
            .map(|(rule, message)| format!("{rule} {}", message.contains("assuming")))
            .collect();
        let own: Vec<String> = found(&request, &[]).into_iter().map(|(rule, _)| rule + " false").collect();
        assert_eq!(rules, own, "{pool}");
    }
    let plus = template("!Ref Pool", GROUP)
        .replace(
            "{ Type: AWS::Cognito::UserPool }",
            "{ Type: AWS::Cognito::UserPool, Properties: { UserPoolTier: PLUS } }",
        )
        .replace("userNotification", "userAuthEvents")
        .replace("ERROR", "INFO");
    assert!(found(&plus, &[LITE]).iter().all(|(rule, _)| rule != "auth-events-plan"));
}

#[test]
fn a_group_of_the_assumed_account_and_region_is_the_one_in_the_files() {
    let kms =
        "this log group is encrypted with a KMS key, but Cognito delivers only to log groups without one";
    let literal = "arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users";
    let open = "!Sub arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/vendedlogs/users";
    let (literal, open) = (template("!Ref Pool", literal), template("!Ref Pool", open));
    assert_eq!(found(&literal, &[]), []);
    assert_eq!(found(&literal, &[REGION]), []);
    let assuming = "assuming account `210987654321` and region `eu-west-1`";
    let unawaited = "the log group `Users` is named but not referred to, so it may be made after this";
    let both = [("log-group-kms", kms), ("missing-dependency", unawaited)];
    assert_eq!(
        found(&literal, &[REGION, ACCOUNT]),
        both.map(|(rule, message)| (rule.to_owned(), format!("{message}, {assuming}")))
    );
    // This one is in the files whatever is assumed.
    for assumptions in [&[][..], &[REGION], &[ACCOUNT], &[REGION, ACCOUNT]] {
        let plain = both.map(|(rule, message)| (rule.to_owned(), message.to_owned()));
        assert_eq!(found(&open, assumptions), plain);
    }
}

#[test]
fn where_there_is_nothing_to_assume_nothing_changes() {
    let all = [ACCOUNT, REGION, (Subject::Plan, "PLUS")];
    for text in ["a: 1\n", "", "Resources: {}\n"] {
        assert!(assuming(text, &all).diagnostics.is_empty());
    }
    let bad = request("eu-west-1_a1B2c3D4e", "userNotification", "INFO", GROUP);
    let told = |report: Report| -> Vec<(String, String)> {
        report.diagnostics.into_iter().map(|one| (one.message, one.fingerprint)).collect()
    };
    assert_eq!(told(assuming(&bad, &all)), told(assuming(&bad, &[])));
}

/// What an alias of a provider is for: a pool, or a group, in a region of its own.
#[test]
fn a_resource_is_in_the_region_that_its_file_gives_it() {
    let of = |pool: Option<&str>, group: Option<&str>, arn: &str| -> Vec<String> {
        let source = Arc::new(Source::new(SourceId(0), "example", template("!Ref Pool", arn)));
        let mut resources: Vec<Resource> = syntax::parse(&source)
            .documents
            .iter()
            .filter_map(forms::recognise)
            .flat_map(|all| all.resources)
            .collect();
        for resource in &mut resources {
            let region = match resource.kind {
                ResourceKind::UserPool => pool,
                ResourceKind::LogGroup => group,
                _ => None,
            };
            let text = |region| Kind::Text(Text::literal(Literal::opaque(region, resource.header)));
            resource.region = region.map(|region| Value::new(resource.header, text(region)));
        }
        let scope = Scope::new(resources);
        let found =
            scope.configurations().flat_map(|one| check::resource(rules::built_in(), &scope, one).findings);
        found
            .map(|finding| finding.info.name.clone())
            .filter(|name| name.starts_with("destination"))
            .collect()
    };
    let own = "!Select [0, !Split [':*', !GetAtt Users.Arn]]";
    let wrong = ["destination-region"];
    assert_eq!(of(Some("eu-west-1"), None, GROUP), [""; 0]);
    assert_eq!(of(Some("us-east-1"), None, GROUP), wrong);
    assert_eq!(of(Some("us-east-1"), Some("eu-west-1"), "!GetAtt Users.Arn"), wrong);
    assert_eq!(of(Some("us-east-1"), Some("us-east-1"), "!GetAtt Users.Arn"), [""; 0]);
    assert_eq!(of(Some("us-east-1"), None, own), [""; 0], "the region of the unit may be that");
    assert_eq!(of(None, Some("us-east-1"), "!GetAtt Users.Arn"), [""; 0]);
}
