//! What a check has to say: plain data that knows neither who found it nor who prints it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::text::{Encoding, Position, Source, SourceId, Span};

/// What a person should do about a finding, from least to most urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Works, against advice.
    Hint,
    /// Deploys, but logs will not arrive or will stop arriving.
    Warning,
    /// Must be fixed.
    Error,
}

impl Severity {
    pub const ALL: [Self; 3] = [Self::Hint, Self::Warning, Self::Error];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What AWS does when nobody acts on a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The call or the deployment fails.
    Rejected,
    /// Accepted, and no logs arrive.
    Silent,
    /// Accepted, and another configuration is lost.
    Replaced,
    /// Accepted, and works.
    Advice,
}

impl Effect {
    pub const ALL: [Self; 4] = [Self::Rejected, Self::Silent, Self::Replaced, Self::Advice];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Silent => "silent",
            Self::Replaced => "replaced",
            Self::Advice => "advice",
        }
    }
}

/// What every finding of one rule has in common.
#[derive(Clone, Debug)]
pub struct RuleInfo {
    /// The rule's only identity: `user-notification-level`.
    pub name: String,
    /// One line, without a full stop.
    pub summary: String,
    pub severity: Severity,
    /// The severity that the rule has by itself, where a user gave it another.
    pub default_severity: Option<Severity>,
    pub effect: Option<Effect>,
    /// Whether it speaks where nobody asks for it.
    pub enabled: bool,
    /// The rule's page; empty where it has none.
    pub url: String,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub rule: Arc<RuleInfo>,
    /// What is wrong, in the user's own spelling; one sentence without a full stop.
    pub message: String,
    pub span: Span,
    /// Text at the primary span, if there is more to say there.
    pub note: Option<String>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// A change that takes it away.
    pub fix: Option<Fix>,
    /// The canonical place, as a JSON pointer into the configuration: `/LogConfigurations/0/LogLevel`.
    pub path: String,
    /// The form of the file: `api`, `cloudformation` …; empty where none was told.
    pub form: &'static str,
    /// The resource in its file: `Resources.Delivery`; none for a file that is one configuration.
    pub resource: Option<String>,
    /// The same in another layout, order, file or form: 32 hexadecimal digits.
    pub fingerprint: String,
}

/// Another place that matters to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// A change that takes a finding away: it was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an imperative without a full stop.
    pub title: String,
    pub safety: Safety,
    /// In one file or several; none touches another. At least one.
    pub edits: Vec<Edit>,
}

/// Whether a fix can be made without a person looking at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// What was meant is certain.
    Safe,
    /// It costs money, or it may not be what was meant.
    Unsafe,
}

impl Safety {
    pub const ALL: [Self; 2] = [Self::Safe, Self::Unsafe];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A change of a text: what stands in a span is replaced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

/// A check that the files do not decide.
#[derive(Clone, Debug)]
pub struct Undecided {
    pub rule: Arc<RuleInfo>,
    /// Where the first of the facts is asked for.
    pub span: Span,
    /// The canonical place there, as [`Diagnostic::path`] has it.
    pub path: String,
    pub form: &'static str,
    pub resource: Option<String>,
    /// What would decide it, as noun phrases, and where each is asked for. At least one.
    pub facts: Vec<Label>,
}

impl Undecided {
    /// One sentence without a full stop: "depends on parameter Plan".
    #[must_use]
    pub fn message(&self) -> String {
        let mut facts: Vec<&str> = Vec::new();
        for fact in &self.facts {
            if !facts.contains(&fact.text.as_str()) {
                facts.push(&fact.text);
            }
        }
        format!("depends on {}", facts.join(" and on "))
    }
}

/// A finding that is not reported, since somebody said so.
#[derive(Clone, Debug)]
pub struct Suppressed {
    pub diagnostic: Diagnostic,
    pub by: SuppressedBy,
    /// Why, if that was said.
    pub reason: Option<String>,
}

/// Where it is said that a finding is not to be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressedBy {
    /// In a comment, or in what stands for one.
    Comment,
    /// In the metadata of a resource or a template.
    Metadata,
    /// In a file of findings that are known.
    Baseline,
}

/// All findings of a run, in the order they are shown, with the sources they point into.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By path, then position, then rule.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that are not reported, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// In the same order.
    pub undecided: Vec<Undecided>,
    pub sources: BTreeMap<SourceId, Arc<Source>>,
    /// What could not be read or done, in the order of their kinds and texts.
    pub notifications: Vec<Notification>,
    pub summary: Summary,
    /// The pages of rules that found something, by their names, as Markdown: for formats that carry them.
    pub pages: BTreeMap<String, String>,
    pub workspace: Workspace,
}

/// Where a run takes place: the services that read reports know files by their paths from the root of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// The root: an absolute path, with `/` between folders and at its end; empty if it is not known.
    pub root: String,
    /// The working folder from there, with a `/` at its end: `infra/`; empty for the root itself, or if it is not known.
    pub folder: String,
}

/// Something to tell about the run itself: no finding, but a reason why there may be too few.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notification {
    pub kind: NotificationKind,
    /// One sentence without a full stop. It may hold any character that a file's name can hold.
    pub text: String,
    /// The place in a configuration or a rule file that is to blame.
    pub span: Option<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotificationKind {
    /// What was asked for could not be done.
    Error,
    Note,
}

impl Notification {
    /// That something could not be done.
    #[must_use]
    pub fn error(text: String) -> Self {
        Self { kind: NotificationKind::Error, text, span: None }
    }

    #[must_use]
    pub fn note(text: String) -> Self {
        Self { kind: NotificationKind::Note, text, span: None }
    }
}

impl Report {
    /// How many findings are of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let of = |diagnostic: &&Diagnostic| diagnostic.rule.severity == severity;
        self.diagnostics.iter().filter(of).count()
    }

    /// A notification in one line: with its place before it, if it has one.
    #[must_use]
    pub fn line(&self, told: &Notification) -> String {
        let place = told.span.and_then(|span| Some((self.source(span)?, span)));
        let place = place.map(|(source, span)| {
            let Position { line, column } = source.position(span.range().start, Encoding::Utf32);
            format!("{}:{}:{}: ", source.name, line + 1, column + 1)
        });
        place.unwrap_or_default() + &told.text
    }

    /// The source a span points into.
    #[must_use]
    pub fn source(&self, span: Span) -> Option<&Arc<Source>> {
        self.sources.get(&span.source)
    }
}

/// What a run looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were read.
    pub files: usize,
    /// Log delivery configurations found in them.
    pub configurations: usize,
    /// Checks that could not be decided from the files: as many as the report names.
    pub undecided: usize,
    /// Findings that a suppression or a baseline hid.
    pub suppressed: usize,
}

/// A text as it begins a sentence: with a capital letter, unless the first word is a name in code (`userNotification`, `arn:`).
#[must_use]
pub fn sentence(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    let is_word = first.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let mut chars = text.chars();
    match chars.next() {
        Some(initial) if is_word => initial.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}
