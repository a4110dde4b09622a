//! Templates that mean harm: bounded work, no panic.

use std::fmt::Write as _;

use crate::examples::check;

fn rules_of(text: &str) -> Vec<String> {
    check(text).diagnostics.iter().map(|finding| finding.rule.name.clone()).collect()
}

const DELIVERY: &str = "Resources:\n  D:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n    Properties: {UserPoolId: \
                        !Ref Pool, LogConfigurations: []}\n    Condition: C0\n";

#[test]
fn conditions_that_refer_to_conditions_are_bounded() {
    let mut text = "Conditions:\n".to_owned();
    for index in 0..15 {
        let again = vec![format!("!Condition C{}", index + 1); 10].join(", ");
        writeln!(text, "  C{index}: !And [{again}]").unwrap();
    }
    writeln!(text, "  C15: !Equals [!Ref AWS::Region, eu-west-1]\n{DELIVERY}").unwrap();
    assert_eq!(check(&text).summary.configurations, 1);
    let circle = format!(
        "Conditions:\n  C0: !Not [!Condition C1]\n  C1: !Or [!Condition C0, !Condition C1]\n{DELIVERY}"
    );
    assert_eq!(check(&circle).summary.configurations, 1);
}

#[test]
fn braces_that_are_not_closed_end_a_serverless_variable_early() {
    for text in [
        "${a${b}é",
        "${self:a${b}é",
        "${self:a${b}${self:c}é",
        "${é",
        "{{resolve:é",
        "${self:é${}{{resolve:x}}",
    ] {
        let template = format!(
            "service: x\nresources:\n  Resources:\n    D:\n      Type: AWS::Cognito::LogDeliveryConfiguration\n      \
             Properties:\n        UserPoolId: !Sub '{text}'\n        LogConfigurations: [{{LogLevel: '{text}'}}]\n"
        );
        assert_eq!(check(&template).summary.configurations, 1, "{text}");
    }
}

#[test]
fn a_parameter_of_very_many_values_is_not_known() {
    let entry = |level: &str| {
        format!(
            "Resources:\n  D:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n    Properties:\n      UserPoolId: !Ref \
             Pool\n      LogConfigurations:\n      - EventSource: userNotification\n        LogLevel: {level}\n        \
             CloudWatchLogsConfiguration: {{LogGroupArn: !ImportValue x}}\n"
        )
    };
    let parameter = |number: usize| {
        let values: Vec<String> = (0..number).map(|index| format!("'{index}'")).collect();
        format!(
            "Parameters:\n  Level: {{Type: String, Default: '0', AllowedValues: [{}]}}\n",
            values.join(", ")
        )
    };
    let rules = |number: usize| rules_of(&format!("{}{}", parameter(number), entry("!Ref Level")));
    assert_eq!(rules(3), ["unknown-log-level", "single-event-source"]);
    assert_eq!(rules(20_000), ["single-event-source"]);
}

/// A program whose configuration has `value` as its list.
fn program(variables: &str, value: &str) -> String {
    format!(
        "variables:\n{variables}resources:\n  d:\n    type: aws:cognito:LogDeliveryConfiguration\n    properties:\n      \
         userPoolId: eu-west-1_a1B2c3D4e\n      logConfigurations: {value}\n"
    )
}

#[test]
fn variables_that_hold_each_other_are_bounded() {
    let mut doubled = "  v0: x\n  t0: x\n".to_owned();
    let mut chained = "  v0: x\n".to_owned();
    let mut nested = "  v0: x\n".to_owned();
    for index in 1..5000 {
        let before = index - 1;
        if index < 60 {
            writeln!(doubled, "  v{index}: ['${{v{before}}}', '${{v{before}}}']").unwrap();
            writeln!(doubled, "  t{index}: '${{t{before}}}-${{t{before}}}'").unwrap();
        }
        writeln!(chained, "  v{index}: '${{v{before}}}'").unwrap();
        writeln!(nested, "  v{index}: [[[['${{v{before}}}']]]]").unwrap();
    }
    let large = format!("  large: {}\n", "x".repeat(1_000_000));
    let uses = vec!["'${large}'"; 5000].join(", ");
    for (variables, value) in [
        (doubled.as_str(), "[{logLevel: '${t59}', eventSource: '${v59}'}]"),
        (&chained, "'${v4999}'"),
        (&nested, "'${v4999}'"),
        (&large, &format!("[{uses}]")),
        ("  a: '${b}'\n  b: ['${a}', '${b}']\n", "'${a}'"),
    ] {
        assert_eq!(check(&program(variables, value)).summary.configurations, 1);
    }
}

/// A module of which one delivery has `value` as its pool.
fn module(more: &str, value: &str) -> String {
    format!(
        "resource \"aws_cognito_log_delivery_configuration\" \"d\" {{\n  user_pool_id = {value}\n}}\n{more}"
    )
}

#[test]
fn locals_that_double_are_bounded() {
    let chain = |first: &str, next: &dyn Fn(usize, &str) -> String| {
        let mut text = format!("variable \"v\" {{}}\nlocals {{\n  l0 = {first}\n");
        for index in 0..40 {
            writeln!(text, "  l{} = {}", index + 1, next(index, &format!("local.l{index}"))).unwrap();
        }
        text + "}\n"
    };
    for text in [
        chain("\"x\"", &|_, before| format!("[{before}, {before}]")),
        chain("[\"x\"]", &|_, before| format!("concat({before}, {before})")),
        chain("\"x\"", &|_, before| format!("\"${{{before}}}${{{before}}}\"")),
        chain("\"x\"", &|index, before| format!("var.v == \"{index}\" ? {before} : {before}")),
        chain("var.v == \"x\"", &|index, before| {
            format!("({before} || var.v == \"a{index}\") && !({before})")
        }),
    ] {
        for value in ["local.l40", "local.l40 ? \"a\" : \"b\""] {
            assert_eq!(check(&module(&text, value)).summary.configurations, 1);
        }
    }
}

/// What is written once and used often is not copied for ever: what lies beyond the bound is not known.
#[test]
fn a_text_that_is_used_again_and_again_is_bounded() {
    let mut text = format!("locals {{\n  pool = \"{}\"\n}}\n", "x".repeat(200_000));
    for index in 0..300 {
        writeln!(
            text,
            "resource \"aws_cognito_log_delivery_configuration\" \"d{index}\" {{\n  user_pool_id = local.pool\n}}"
        )
        .unwrap();
    }
    let report = check(&text);
    let of_pools = report.diagnostics.iter().filter(|finding| finding.path == "/UserPoolId").count();
    assert_eq!(report.summary.configurations, 300);
    assert!((1..200).contains(&of_pools), "{of_pools} of 300 pools were copied");
}

#[test]
fn instances_that_depend_on_instances_are_bounded() {
    let mut chain = "resource \"aws_cognito_user_pool\" \"p0\" {\n  name = \"x\"\n  for_each = toset([\"a\", \"b\"])\n}\n".to_owned();
    for index in 0..30 {
        writeln!(
            chain,
            "resource \"aws_cognito_user_pool\" \"p{}\" {{\n  for_each = toset([aws_cognito_user_pool.p{index}[\"a\"].name, \
             aws_cognito_user_pool.p{index}[\"b\"].name])\n  name = each.key\n}}",
            index + 1
        )
        .unwrap();
    }
    let keys: Vec<String> = (0..20_000).map(|index| format!("\"k{index}\"")).collect();
    let many = format!(
        "resource \"aws_cognito_user_pool\" \"p30\" {{\n  for_each = toset([{}])\n}}\n",
        keys.join(", ")
    );
    let circle = "resource \"aws_cognito_user_pool\" \"p30\" {\n  for_each = aws_cognito_user_pool.p30\n}\n";
    for text in [chain.as_str(), &many, circle] {
        for value in ["aws_cognito_user_pool.p30[\"a\"].id", "aws_cognito_user_pool.p30[*].id[0]"] {
            assert_eq!(check(&module(text, value)).summary.configurations, 1);
        }
    }
}
