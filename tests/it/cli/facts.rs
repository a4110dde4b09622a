//! What the files do not say.

use super::{GOOD, Ran, Sandbox};
use crate::report::schema_errors;

/// A pool whose plan is a parameter.
const OPEN: &str = "\
Parameters:
  Plan: { Type: String }
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties: { UserPoolTier: !Ref Plan }
  Delivery:
    Type: AWS::Cognito::LogDeliveryConfiguration
    Properties:
      UserPoolId: !Ref Pool
      LogConfigurations:
        - EventSource: userAuthEvents
          LogLevel: INFO
          S3Configuration: { BucketArn: 'arn:aws:s3:::acme-auth-logs' }
";

fn json(ran: &Ran) -> serde_json::Value {
    assert_eq!(schema_errors(&ran.out), [""; 0]);
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn undecided_checks_are_named_on_demand() {
    let sandbox = Sandbox::new(&[("pool.yaml", OPEN)]);
    let check = |args: &[&str]| sandbox.run(&[&["check"], args].concat()).code(0).out;
    assert_eq!(check(&["--format", "concise"]), "");
    let concise = check(&["--format", "concise", "--show-undecided"]);
    assert_eq!(
        concise,
        "pool.yaml:6:33: undecided[auth-events-plan]: depends on parameter Plan\n\
         pool.yaml:6:33: undecided[threat-protection-off]: depends on parameter Plan\n\
         pool.yaml:14:41: undecided[bucket-encryption]: depends on the bucket, which is not in the files\n\
         pool.yaml:14:41: undecided[bucket-policy]: depends on the bucket, which is not in the files\n\
         pool.yaml:14:41: undecided[bucket-public-access]: depends on the bucket, which is not in the files\n"
    );
    let pretty = check(&["--show-undecided"]);
    assert!(pretty.contains("pool.yaml:6:33: undecided: depends on parameter Plan\n"), "{pretty}");
    assert!(pretty.ends_with("5 checks could not be decided from the files\n"), "{pretty}");
    assert!(!check(&[]).contains("undecided"));

    for (args, left) in [
        (["--select", "auth-events-plan"], "auth-events-plan"),
        (
            ["--ignore", "auth-events-plan,bucket-encryption,bucket-policy,bucket-public-access"],
            "threat-protection-off",
        ),
    ] {
        let concise = check(&[&["--format", "concise", "--show-undecided"][..], &args].concat());
        assert_eq!(concise.lines().count(), 1, "{concise}");
        assert!(concise.contains(left), "{concise}");
    }
}

#[test]
fn json_counts_undecided_checks_and_names_them_on_demand() {
    let sandbox = Sandbox::new(&[("pool.yaml", OPEN), ("good.yaml", GOOD)]);
    let run = |args: &[&str]| json(&sandbox.run(&[&["check", "--format", "json"], args].concat()).code(0));
    let (without, with) = (run(&[]), run(&["--show-undecided"]));
    assert!(without.get("undecided").is_none(), "{without}");
    let undecided = with["undecided"].as_array().unwrap();
    assert_eq!(without["summary"], with["summary"]);
    assert_eq!(with["summary"]["undecided"], undecided.len());
    let plan = undecided.iter().find(|one| one["file"] == "pool.yaml").unwrap();
    assert_eq!(plan["rule"], "auth-events-plan");
    assert_eq!(plan["severity"], "error");
    assert_eq!(plan["path"], "/UserPoolTier");
    assert_eq!(plan["resource"], "Resources.Pool");
    assert_eq!(plan["facts"][0]["text"], "parameter Plan");
    assert_eq!(plan["facts"][0]["start"], serde_json::json!({"line": 6, "column": 33, "offset": 121}));
    let warning = run(&["--show-undecided", "--severity", "auth-events-plan=warning"]);
    assert!(
        warning["undecided"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| { one["rule"] == "auth-events-plan" && one["severity"] == "warning" })
    );
}

#[test]
fn facts_can_be_assumed() {
    let sandbox = Sandbox::new(&[("good.yaml", GOOD)]);
    let check = |assume: &[&str]| {
        let assume: Vec<&str> = assume.iter().flat_map(|one| ["--assume", one]).collect();
        sandbox.run(
            &[&["check", "--format", "concise", "--ignore", "log-group-retention"][..], &assume].concat(),
        )
    };
    assert_eq!(check(&["account=210987654321,region=eu-west-1", "plan=lite"]).code(0).out, "");
    let ran = check(&["account=210987654320"]).code(1);
    assert!(
        ran.out.contains("destination-account") && ran.out.ends_with("assuming account `210987654320`\n")
    );
    assert_eq!(check(&["account=210987654320", "account=210987654321"]).code(0).out, "");
}

#[test]
fn what_cannot_be_assumed_is_a_mistake() {
    let sandbox = Sandbox::new(&[("good.yaml", GOOD)]);
    for (assume, said) in [
        ("acount=210987654321", "did you mean `account`?"),
        ("stage=prod", "there are account, region, plan"),
        ("plan", "KEY=VALUE"),
        ("account=2109-8765-4321", "12 digits"),
        ("account=", "12 digits"),
        ("region=eu-wset-1", "`eu-wset-1` is not a region"),
        ("plan=pro", "there are LITE, ESSENTIALS, PLUS"),
        ("plan=PLUS,acount=1", "did you mean `account`?"),
    ] {
        let ran = sandbox.run(&["check", "--assume", assume]).code(2);
        assert!(ran.err.contains(said) && ran.out.is_empty(), "{assume}: {ran:?}");
    }
}
