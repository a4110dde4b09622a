//! Fixes of values that are not the same in each deployment.

use super::found_and_fixed;

#[test]
fn what_is_there_on_one_of_several_ways_is_fixed_there() {
    let template = |entries: &str| {
        format!(
            "Conditions: {{A: !Equals [!Ref AWS::Region, eu-west-1]}}\nResources:\n  D:\n    \
             Type: AWS::Cognito::LogDeliveryConfiguration\n    Properties:\n      UserPoolId: eu-west-1_a1B2c3D4e\n      \
             LogConfigurations:\n        - !If\n          - A\n{entries}"
        )
    };
    let source = |name: &str| format!("          - EventSource: {name}\n");
    let group = "            CloudWatchLogsConfiguration: {LogGroupArn: !ImportValue g}\n";
    let level = |name: &str| format!("            LogLevel: {name}\n");
    let two = |first: &str, second: &str| {
        let (auth, notification) = (source("userAuthEvents"), source("userNotification"));
        template(&format!("{auth}{first}{group}{notification}{second}{group}"))
    };
    let (found, fixed) = found_and_fixed(&two("", ""));
    assert_eq!(found, ["missing-property*", "missing-property*"]);
    assert_eq!(fixed, two(&level("INFO"), &level("ERROR")));
    let leftover = |rest: &str| {
        let (auth, level) = (source("userAuthEvents"), level("INFO"));
        template(&format!("{auth}{level}{group}{rest}          - !Ref AWS::NoValue\n"))
    };
    let (_, fixed) = found_and_fixed(&leftover("            S3Configuration: {}\n"));
    assert_eq!(fixed, leftover(""));
}

#[test]
fn no_string_takes_the_place_of_a_function() {
    for level in ["!Ref Level", "{Ref: Level}", "{\"Ref\": \"Level\"}", "\n              Ref: Level"] {
        let text = format!(
            "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Levels:\n  - Level\n  - [ERROR, WARN]\n  \
             - D${{Level}}:\n      Type: AWS::Cognito::LogDeliveryConfiguration\n      Properties:\n        \
             UserPoolId: !ImportValue {{'Fn::Sub': 'pool-${{Level}}'}}\n        LogConfigurations:\n          \
             - EventSource: userNotification\n            LogLevel: {level}\n            \
             CloudWatchLogsConfiguration: {{LogGroupArn: !ImportValue group}}\n"
        );
        let (found, fixed) = found_and_fixed(&text);
        assert_eq!((found, fixed), (vec!["unknown-log-level".to_owned()], text));
    }
}
