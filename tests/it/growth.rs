//! The cost of a check grows with the file and its findings, and no faster.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use delint::diagnostic::Report;
use delint::engine;
use delint::report::reporter::Options;
use delint::report::{Format, reporter};
use delint::text::{Source, SourceId};

const FEW: usize = 400;
const TIMES: usize = 16;

/// The time of the fastest of some runs.
fn time(text: &str, findings: usize) -> Duration {
    let run = |_| {
        let source = Arc::new(Source::new(SourceId(0), "example", text));
        let start = Instant::now();
        let report = engine::check(&[engine::read(&source)], 1);
        let time = start.elapsed();
        assert!(report.diagnostics.len() >= findings, "{} findings", report.diagnostics.len());
        time
    };
    (0..2).map(run).min().unwrap()
}

/// Sixteen times as much may take up to fifty times as long; what grows with the square takes 256 times.
fn grows_in_proportion(what: &str, text: impl Fn(usize) -> String) {
    compare(what, |times| time(&text(FEW * times), FEW * times));
}

/// On a machine that is busy with something else a run may take any time, but not every time.
fn compare(what: &str, time: impl Fn(usize) -> Duration) {
    let mut measured = Vec::new();
    while measured.len() < 5 {
        let (few, many) = (time(1), time(TIMES));
        if many < few * 50 {
            return;
        }
        measured.push((few, many));
    }
    panic!("{what}: {measured:?} for {FEW} and {TIMES} times as many");
}

fn repeated(start: &str, each: impl Fn(usize) -> String, end: &str, count: usize) -> String {
    let mut text = start.to_owned();
    for index in 0..count {
        write!(text, "{}", each(index)).unwrap();
    }
    text + end
}

#[test]
fn with_unknown_properties() {
    let start = "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations: []\n";
    grows_in_proportion("properties", |count| repeated(start, |index| format!("k{index}: 1\n"), "", count));
}

#[test]
fn with_keys_that_stand_again() {
    let start = "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations: []\nk: 1\n";
    grows_in_proportion("duplicates", |count| repeated(start, |_| "k: 1\n".to_owned(), "", count));
}

#[test]
fn with_entries() {
    let start = r#"{"UserPoolId": "eu-west-1_a1B2c3D4e", "LogConfigurations": [null"#;
    let entry = r#", {"EventSource": "userNotification", "LogLevl": "INFO"}"#;
    grows_in_proportion("entries", |count| repeated(start, |_| entry.to_owned(), "]}", count));
}

/// In lines, and in one line that is long with few findings too.
#[test]
fn with_findings_to_write() {
    let value = "é".repeat(60);
    for (start, each, end) in [
        ("UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations: []\n", "KEY: 1\n".to_owned(), ""),
        (
            r#"{"UserPoolId": "eu-west-1_a1B2c3D4e", "LogConfigurations": []"#,
            format!(r#", "KEY": "{value}""#),
            "}",
        ),
    ] {
        let report = |count| {
            let key = |index: usize| each.replace("KEY", &format!("k{index}"));
            let source = Arc::new(Source::new(SourceId(0), "example", repeated(start, key, end, count)));
            let report = engine::check(&[engine::read(&source)], 1);
            assert!(report.diagnostics.len() >= count);
            report
        };
        let (few, many) = (report(FEW), report(FEW * TIMES));
        for format in Format::ALL {
            let time = |report: &Report, times: usize| {
                let start = Instant::now();
                for _ in 0..times {
                    reporter(*format, Options::default()).write(report, &mut std::io::sink()).unwrap();
                }
                start.elapsed()
            };
            // As much is written both times, one after the other: a busy machine slows both down.
            let is_proportional = (0..8).any(|_| time(&many, 1) < time(&few, TIMES) * 3);
            assert!(is_proportional, "{format}: what grows with the square would take {TIMES} times as long");
        }
    }
}

#[test]
fn with_documents() {
    let document = "---\nUserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations: []\n";
    grows_in_proportion("documents", |count| repeated("", |_| document.to_owned(), "", count));
}

/// The time that it takes to read a program of so many configurations, each with references to what is shared.
fn time_to_read(configurations: usize) -> Duration {
    let start = "config: {level: WARN}\nresources:\n  p: {type: 'pulumi:providers:aws', defaultProvider: true}\n  \
                 logs: {type: 'aws:cloudwatch:LogGroup'}\n";
    let each = |index: usize| {
        format!(
            "  d{index}:\n    type: aws:cognito:LogDeliveryConfiguration\n    properties:\n      userPoolId: \
             eu-west-1_{index}\n      logConfigurations: [{{logLevel: '${{level}}', eventSource: '${{logs.arn}}'}}]\n"
        )
    };
    let text = repeated(start, each, "", configurations);
    let run = |_| {
        let source = Arc::new(Source::new(SourceId(0), "example", text.as_str()));
        let start = Instant::now();
        let reading = engine::read(&source);
        let time = start.elapsed();
        assert_eq!(
            reading.units.iter().flatten().filter(|read| read.is_configuration()).count(),
            configurations
        );
        time
    };
    (0..3).map(run).min().unwrap()
}

#[test]
fn with_resources_of_a_program() {
    let (few, many) = (time_to_read(FEW), time_to_read(FEW * TIMES));
    assert!(many < few * 50, "{few:?} for {FEW}, {many:?} for {TIMES} times as many");
}

#[test]
fn with_neighbours_of_neighbours() {
    let each = |index: usize| {
        format!(
            "  B{index}: {{Type: AWS::S3::Bucket, Properties: {{BucketName: logs-{index}}}}}
  P{index}:
    Type: AWS::S3::BucketPolicy
    Properties: {{Bucket: logs-{index}, PolicyDocument: {{Statement: []}}}}
  G{index}: {{Type: AWS::Logs::LogGroup, Properties: {{LogGroupName: /g/{index}}}}}
  R{index}:
    Type: AWS::Logs::ResourcePolicy
    Properties:
      PolicyDocument:
        Fn::ToJsonString:
          Statement: {{Effect: Allow, Principal: '*', Action: '*', Resource: !GetAtt G{index}.Arn}}
  D{index}:
    Type: AWS::Cognito::LogDeliveryConfiguration
    DependsOn: P{index}
    Properties:
      UserPoolId: !ImportValue P{index}
      LogConfigurations:
        - {{EventSource: userAuthEvents, LogLevel: INFO, S3Configuration: {{BucketArn: !GetAtt B{index}.Arn}}}}
        - EventSource: userNotification
          LogLevel: ERROR
          CloudWatchLogsConfiguration:
            LogGroupArn: !Sub arn:aws:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:/g/{index}
"
        )
    };
    grows_in_proportion("neighbours", |count| repeated("Resources:\n", each, "", count / 4));
}

#[test]
fn with_loops() {
    let start = "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Loop:\n    - Name\n    - [x";
    let body = "]\n    - Delivery${Name}:\n        Type: AWS::Cognito::LogDeliveryConfiguration\n        Properties: \
                {UserPoolId: !ImportValue \"${Name}\", LogConfigurations: []}\n";
    let text = |count| repeated(start, |index| format!(", x{index}"), body, count);
    // What is written once is told once.
    compare("loops", |times| time(&text(FEW * times), 1));
}
