//! What it costs to read and check files, from one small file to 10,000 findings in one, and to start.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use delint::diagnostic::Report;
use delint::engine;
use delint::text::{Source, SourceId};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

const SMALL: &str = "\
UserPoolId: eu-west-1_a1B2c3D4e
LogConfigurations:
- EventSource: userNotification
  LogLevel: INFO
  CloudWatchLogsConfiguration:
    LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users
- EventSource: userAuthEvents
  LogLevel: INFO
  S3Configuration:
    BucketArn: arn:aws:s3:::acme-auth-logs
";

fn source(id: u32, text: &str) -> Arc<Source> {
    Arc::new(Source::new(SourceId(id), format!("file-{id}.yaml"), text))
}

fn check(sources: &[Arc<Source>]) -> Report {
    let readings: Vec<_> = sources.iter().map(engine::read).collect();
    engine::check(&readings, sources.len())
}

/// A new source each time, since a source keeps its index of lines.
fn run(bencher: Bencher<'_, '_>, text: &str, findings: usize) {
    let found = check(&[source(0, text)]).diagnostics.len();
    assert!(found >= findings, "{found} findings, not {findings}: {text:.500}");
    bencher
        .counter(BytesCount::of_str(text))
        .counter(ItemsCount::new(found.max(1)))
        .with_inputs(|| [source(0, text)])
        .bench_values(|sources| check(&sources));
}

/// A template of about 5,000 lines with functions all through it, and one delivery in its middle.
fn template(lines: usize) -> String {
    let mut text = "Parameters:\n  Stage: { Type: String, AllowedValues: [dev, prod] }\nConditions:\n  IsProd: !Equals [!Ref \
                    Stage, prod]\nResources:\n"
        .to_owned();
    let queues = |text: &mut String| {
        for _ in 0..lines / 2 / 10 {
            let index = text.len();
            write!(
                text,
                "  Queue{index}:\n    Type: AWS::SQS::Queue\n    Condition: IsProd\n    Properties:\n      QueueName: !Sub \
                 'orders-${{Stage}}-{index}'\n      VisibilityTimeout: 30\n      Tags:\n        - Key: stage\n          Value: \
                 !If [IsProd, !Ref Stage, none]\n        - {{ Key: arn, Value: !GetAtt Dead.Arn }}\n"
            )
            .unwrap_or_default();
        }
    };
    queues(&mut text);
    text.push_str(
        "  Users:\n    Type: AWS::Cognito::UserPool\n    Properties: { UserPoolTier: PLUS }\n  Logs:\n    Type: \
         AWS::Logs::LogGroup\n    Properties: { LogGroupName: !Sub '/aws/vendedlogs/${Stage}', RetentionInDays: 30 }\n  \
         Delivery:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n    Properties:\n      UserPoolId: !Ref Users\n      \
         LogConfigurations:\n        - EventSource: userNotification\n          LogLevel: ERROR\n          \
         CloudWatchLogsConfiguration: { LogGroupArn: !GetAtt Logs.Arn }\n",
    );
    queues(&mut text);
    text
}

#[divan::bench]
fn small_document(bencher: Bencher<'_, '_>) {
    run(bencher, SMALL, 1);
}

#[divan::bench]
fn template_of_5000_lines(bencher: Bencher<'_, '_>) {
    run(bencher, &template(5000), 1);
}

/// 1,000 files in memory, of which 30 are relevant.
#[divan::bench]
fn thousand_files(bencher: Bencher<'_, '_>) {
    let other = template(200).replace("Log", "Lag").replace("userNotification", "user");
    let sources = || -> Vec<_> {
        let text = |index: u32| if index.is_multiple_of(33) { SMALL } else { other.as_str() };
        (0..1000).map(|index| source(index, text(index))).collect()
    };
    let relevant = sources().iter().filter(|source| engine::read(source).is_relevant()).count();
    assert_eq!(relevant, 31);
    bencher.with_inputs(sources).bench_values(|sources| check(&sources));
}

/// The cost of a finding must not depend on how many there are.
mod findings_in_one_file {
    use super::{Bencher, run};

    const NUMBERS: [usize; 4] = [1000, 2000, 5000, 10_000];
    const HEAD: &str = "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n";
    const GROUP: &str = "arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users";

    fn list(number: usize, item: impl Fn(usize) -> String) -> String {
        (0..number).map(item).collect()
    }

    /// One configuration with too many entries, each of which is wrong and repeats the first.
    #[divan::bench(args = NUMBERS, sample_count = 5)]
    fn entries(bencher: Bencher<'_, '_>, number: usize) {
        let entry = |_| {
            format!(
                "- EventSource: userNotification\n  LogLevel: INFO\n  CloudWatchLogsConfiguration: {{LogGroupArn: {GROUP}}}\n"
            )
        };
        run(bencher, &format!("{HEAD}{}", list(number, entry)), 2 * number - 1);
    }

    #[divan::bench(args = NUMBERS, sample_count = 5)]
    fn documents(bencher: Bencher<'_, '_>, number: usize) {
        let document = |_| {
            format!(
                "---\n{HEAD}- EventSource: userNotification\n  LogLevel: INFO\n  CloudWatchLogsConfiguration: {{LogGroupArn: \
                 {GROUP}}}\n"
            )
        };
        run(bencher, &list(number, document), number);
    }

    /// Configurations of one template, each with a user pool and a log group of its own.
    #[divan::bench(args = NUMBERS, sample_count = 5)]
    fn resources(bencher: Bencher<'_, '_>, number: usize) {
        let resource = |index: usize| {
            format!(
                "  Logs{index}: {{Type: AWS::Logs::LogGroup, Properties: {{LogGroupName: /aws/vendedlogs/{index}, \
                 RetentionInDays: 3}}}}\n  Delivery{index}:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n    \
                 Properties:\n      UserPoolId: eu-west-1_a1B2c{index}\n      LogConfigurations:\n      - EventSource: \
                 userNotification\n        LogLevel: INFO\n        CloudWatchLogsConfiguration:\n          LogGroupArn: !Sub \
                 arn:aws:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:/aws/vendedlogs/{index}\n"
            )
        };
        run(bencher, &format!("Resources:\n{}", list(number, resource)), number);
    }

    /// Configurations of one template for one user pool.
    #[divan::bench(args = NUMBERS, sample_count = 5)]
    fn competing_resources(bencher: Bencher<'_, '_>, number: usize) {
        let resource = |index: usize| {
            format!(
                "  Delivery{index}:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n    Properties: {{UserPoolId: !Ref \
                 Users, LogConfigurations: []}}\n"
            )
        };
        let head = "Resources:\n  Users: {Type: AWS::Cognito::UserPool}\n";
        run(bencher, &format!("{head}{}", list(number, resource)), number - 1);
    }

    #[divan::bench(args = NUMBERS, sample_count = 5)]
    fn unknown_keys(bencher: Bencher<'_, '_>, number: usize) {
        let key = |index| format!("  Key{index}: x\n");
        run(bencher, &format!("{HEAD}- EventSource: userNotification\n{}", list(number, key)), number);
    }

    #[divan::bench(args = NUMBERS, sample_count = 5)]
    fn misspelled_keys(bencher: Bencher<'_, '_>, number: usize) {
        let entry = |_| "- EventSuorce: userNotification\n  LogLevl: INFO\n".to_owned();
        run(bencher, &format!("{HEAD}{}", list(number, entry)), 2 * number);
    }

    #[divan::bench(args = NUMBERS, sample_count = 5)]
    fn duplicate_keys(bencher: Bencher<'_, '_>, number: usize) {
        let key = |_| "  LogLevel: ERROR\n".to_owned();
        run(bencher, &format!("{HEAD}- EventSource: userNotification\n{}", list(number, key)), number - 1);
    }

    #[divan::bench(args = NUMBERS, sample_count = 5)]
    fn duplicate_keys_in_many_entries(bencher: Bencher<'_, '_>, number: usize) {
        let entry = |_| "- EventSource: userNotification\n  LogLevel: ERROR\n  LogLevel: ERROR\n".to_owned();
        run(bencher, &format!("{HEAD}{}", list(number, entry)), number);
    }

    /// What is wrong under three conditions is looked at in eight worlds.
    #[divan::bench(args = NUMBERS, sample_count = 3)]
    fn conditions(bencher: Bencher<'_, '_>, number: usize) {
        let head = "Parameters:\n  A: {Type: String}\nConditions:\n  A: !Equals [!Ref A, a]\n  B: !Equals [!Ref A, b]\n  C: \
                    !Equals [!Ref A, c]\nResources:\n  Delivery:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n    \
                    Properties:\n      UserPoolId: eu-west-1_a1B2c3D4e\n      LogConfigurations:\n";
        let entry = |index: usize| {
            let condition = ["A", "B", "C"][index % 3];
            format!(
                "      - EventSource: !If [{condition}, userNotifications, userNotification]\n        LogLevel: WARN\n"
            )
        };
        run(bencher, &format!("{head}{}", list(number, entry)), 2 * number);
    }
}

/// The whole process, from its start to its end.
fn process(bencher: Bencher<'_, '_>, text: &str) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let file = folder.path().join("pool.yaml");
    if std::fs::write(&file, text).is_err() {
        return;
    }
    bencher.bench(|| {
        Command::new(env!("CARGO_BIN_EXE_delint"))
            .arg("check")
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
    });
}

#[divan::bench]
fn process_for_a_relevant_file(bencher: Bencher<'_, '_>) {
    process(bencher, SMALL);
}

#[divan::bench]
fn process_for_another_file(bencher: Bencher<'_, '_>) {
    process(bencher, "Resources: {}\n");
}
