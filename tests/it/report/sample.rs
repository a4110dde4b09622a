//! Reports to print.

use std::sync::Arc;

use delint::diagnostic::{
    Diagnostic, Edit, Effect, Fix, Label, Notification, Report, RuleInfo, Safety, Severity, Summary,
    Undecided,
};
use delint::text::{Source, SourceId, Span};

/// A report in the making.
#[derive(Default)]
pub struct Sample(pub Report);

impl Sample {
    pub fn file(&mut self, name: &str, text: &str) -> SourceId {
        let id = SourceId(u32::try_from(self.0.sources.len()).unwrap());
        self.0.sources.insert(id, Arc::new(Source::new(id, name, text)));
        self.0.summary = Summary { files: self.0.sources.len(), configurations: 1, ..self.0.summary };
        id
    }

    /// The first place of a text in a file.
    pub fn span(&self, id: SourceId, text: &str) -> Span {
        let source = &self.0.sources[&id];
        let start = source.text.find(text).unwrap_or_else(|| panic!("{text} is not in {}", source.name));
        source.span_at(start, start + text.len())
    }

    pub fn add(&mut self, severity: Severity, rule: &str, span: Span, message: &str) -> &mut Diagnostic {
        let effect = match severity {
            Severity::Error => Effect::Rejected,
            Severity::Warning => Effect::Silent,
            Severity::Hint => Effect::Advice,
        };
        self.0.diagnostics.push(Diagnostic {
            rule: Arc::new(RuleInfo {
                name: rule.to_owned(),
                summary: String::new(),
                severity,
                effect: Some(effect),
                default_severity: None,
                enabled: true,
                url: format!("https://delint.dev/rules/{rule}"),
            }),
            message: message.to_owned(),
            span,
            note: None,
            labels: Vec::new(),
            fix: None,
            help: None,
            path: "/LogConfigurations/0/LogLevel".to_owned(),
            form: "cloudformation",
            resource: Some("Resources.Delivery".to_owned()),
            fingerprint: format!("{:032x}", 0xabcd_0000 + self.0.diagnostics.len()),
        });
        self.0.diagnostics.last_mut().unwrap()
    }

    /// A check that waits for facts.
    pub fn wait(&mut self, rule: &str, facts: Vec<Label>) {
        self.0.undecided.push(Undecided {
            rule: Arc::new(RuleInfo {
                enabled: true,
                name: rule.to_owned(),
                summary: String::new(),
                severity: Severity::Error,
                effect: None,
                default_severity: None,
                url: format!("https://delint.dev/rules/{rule}"),
            }),
            span: facts[0].span,
            path: "/UserPoolId".to_owned(),
            form: "cloudformation",
            resource: Some("Resources.Delivery".to_owned()),
            facts,
        });
        self.0.summary.undecided = self.0.undecided.len();
    }
}

/// A report with one finding at a place of one file.
pub fn one(name: &str, text: &str, start: usize, end: usize) -> Report {
    let mut sample = Sample::default();
    let id = sample.file(name, text);
    let span = sample.0.sources[&id].span_at(start, end);
    sample.add(Severity::Error, "some-rule", span, "something is wrong").note = Some("here".to_owned());
    sample.0
}

pub fn label(span: Span, text: &str) -> Label {
    Label { span, text: text.to_owned() }
}

/// A change of one place.
pub fn fix(title: &str, safety: Safety, span: Span, text: &str) -> Fix {
    Fix { title: title.to_owned(), safety, edits: vec![Edit { span, text: text.to_owned() }] }
}

const TEMPLATE: &str = "\
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Delivery:
    Type: AWS::Cognito::LogDeliveryConfiguration
    Properties:
      UserPoolId: !Ref Pool
      LogConfigurations:
        - EventSource: userNotification
          LogLevel: INFO
          CloudWatchLogsConfiguration:
            LogGroupArn: !GetAtt LogGroup.Arn

        - EventSource: userAuthEvents
          LogLevel: INFO
          S3Configuration:
            BucketArn: arn:aws:s3:::häuser-☃-logs/auth
";

const TERRAFORM: &str = "\
resource \"aws_cognito_user_pool\" \"main\" {
\tname = \"main\"
\tuser_pool_tier = \"ESSENTIALS\"
}
";

/// Findings as they come: labels near, far, within the finding and in another file, a span over many lines.
pub fn everyday() -> Report {
    let mut sample = Sample::default();
    let template = sample.file("infra/pool.yaml", TEMPLATE);
    let terraform = sample.file("infra/main.tf", TERRAFORM);
    let (rule, message) =
        ("user-notification-level", "LogLevel is INFO, but userNotification is exported only at ERROR");
    let (level, source) = (sample.span(template, "INFO"), sample.span(template, "userNotification"));
    let level = sample.add(Severity::Error, rule, level, message);
    level.note = Some("only ERROR is possible here".to_owned());
    level.labels = vec![label(source, "because of this event source")];
    level.help = Some("set LogLevel to ERROR".to_owned());
    level.fix = Some(fix("set LogLevel to ERROR", Safety::Safe, level.span, "ERROR"));

    let bucket = sample.span(template, "arn:aws:s3:::häuser-☃-logs/auth");
    let labels = vec![
        label(bucket.part(bucket.len() - 5, bucket.len()), "a prefix cannot be chosen"),
        label(sample.span(template, "AWS::Cognito::LogDeliveryConfiguration"), "of this delivery"),
        label(sample.span(terraform, "\"ESSENTIALS\""), "in a pool of this plan"),
    ];
    let message = "BucketArn names an object, not a bucket";
    let path = sample.add(Severity::Warning, "bucket-arn-with-path", bucket, message);
    path.labels = labels;
    let without = bucket.part(bucket.len() - 5, bucket.len());
    path.fix = Some(fix("write the ARN of the bucket alone", Safety::Unsafe, without, ""));
    path.help = Some(
        "write the ARN of the bucket alone; Amazon Cognito chooses the names of the objects in it:\n\
         BucketArn: arn:aws:s3:::häuser-☃-logs"
            .to_owned(),
    );

    let all = sample.span(template, "Delivery:").to(bucket);
    sample.add(Severity::Hint, "retention-not-set", all, "the log group keeps its events for ever");
    let plan = label(sample.span(template, "!Ref Pool"), "parameter Plan");
    sample.wait("auth-events-plan", vec![plan.clone()]);
    sample.wait("threat-protection-off", vec![plan]);
    let group = sample.span(template, "!GetAtt LogGroup.Arn");
    sample.wait(
        "destination-region",
        vec![label(group, "parameter Group"), label(group, "the region that is deployed to")],
    );
    sample.0.summary = Summary { files: 14, configurations: 3, suppressed: 1, ..sample.0.summary };
    let error = "cannot read infra/secret.yaml: permission denied";
    let note = "infra/large.json was not checked: it is larger than 16 MiB";
    sample.0.notifications = vec![Notification::error(error.to_owned()), Notification::note(note.to_owned())];
    sample.0
}

/// Text that would steer a terminal or a workflow log if it were printed as it is.
pub fn hostile() -> Report {
    let mut sample = Sample::default();
    let text =
        "::error file=x::y\n  LogLevel: \"IN\u{1b}[31mFO\u{202e}\u{7}\"\t# ##[error]no \u{9b}2J\r\n::stop\n";
    let id = sample.file("::warning::\u{1b}]0;x\u{7}\n.yaml", text);
    let (span, first) = (sample.span(id, "FO\u{202e}"), sample.span(id, "::error"));
    let finding =
        sample.add(Severity::Error, "bad\u{1b}[2J", span, "IN\u{1b}[31mFO\u{202e} is no level\n::error::x");
    finding.note = Some("##[error]not this\u{200b}".to_owned());
    finding.labels = vec![label(first, "\n::error::z")];
    finding.help = Some("write\n::error::this\n  ##[group]or that \u{2028}".to_owned());
    finding.fix = Some(fix("write\n::error::this \u{1b}c", Safety::Safe, span, "##[x]\n::error::\u{202e}"));
    finding.resource = Some("Resources.\u{1b}c".to_owned());
    sample.wait("bad\u{1b}[2J", vec![label(first, "the ##[x] of\n::error::x")]);
    let text = "##vso[task.x] <b>\n::error::\u{1b} %0A ]]> `a|b`".to_owned();
    sample.0.notifications = vec![Notification { span: Some(first), ..Notification::error(text) }];
    sample.0
}

/// Lines and places that are hard to draw.
pub fn awkward() -> Report {
    let mut sample = Sample::default();
    let minified = format!("{{{}\"LogLevel\":\"INFO\"{}}}", "\"k\":1,".repeat(300), ",\"e\":[1]".repeat(300));
    let minified = sample.file("minified.json", &minified);
    let level = sample.span(minified, "\"INFO\"");
    let far = label(sample.span(minified, "{"), "in this object, which is far away");
    let message = "a line of 4,000 columns is cut on both sides";
    sample.add(Severity::Error, "long-line", level, message).labels = vec![far];

    let ends = sample.file("ends.yaml", "\u{feff}Key: 1\r\n\r\n\tTab:\tx\r日本: 👩‍🚀 é\n");
    let end = sample.0.sources[&ends].span().end as usize;
    for (start, stop, message) in [
        (0, 6, "a byte order mark is no column"),
        (4, 4, "an empty span is one character"),
        (9, 11, "a line break can be marked"),
        (11, 11, "so can an empty line"),
        (18, 19, "a tab is four columns"),
        (22, 26, "wide characters are two columns"),
        (end, end, "the end of the file has a place"),
    ] {
        let span = sample.0.sources[&ends].span_at(start, stop);
        sample.add(Severity::Warning, "place", span, message).note = Some("here".to_owned());
    }

    let empty = sample.file("empty.yaml", "");
    let span = sample.0.sources[&empty].span();
    sample.add(Severity::Hint, "empty-file", span, "an empty file has one empty line").form = "";

    let list = sample.file("list.yaml", &"- INFO\n".repeat(30));
    let span = sample.0.sources[&list].span_at(2, 6);
    let labels = (1..30).map(|n| label(sample.0.sources[&list].span_at(7 * n + 2, 7 * n + 6), "again"));
    let labels = labels.collect();
    sample.add(Severity::Hint, "many-labels", span, "labels beyond a dozen are counted").labels = labels;
    sample.0
}
