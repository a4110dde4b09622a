//! A rule as it is meant. Whatever is here is valid: `file.rs` makes it, and says what it could not make.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, OnceLock};

use regex_lite::{Regex, RegexBuilder};

use super::limits;
use super::path::Path;
use super::version::Version;
use crate::diagnostic::{RuleInfo, Safety};
use crate::value::ResourceKind;

#[derive(Debug)]
pub struct Rule {
    pub info: Arc<RuleInfo>,
    /// The forms it is for; empty for all.
    pub forms: Vec<String>,
    /// The kind of resource that it checks.
    pub resource: ResourceKind,
    /// Rules that explain a value better.
    pub yields_to: Vec<String>,
    pub check: Check,
}

#[derive(Debug)]
pub enum Check {
    Nodes(Nodes),
    Schema(Schema),
    Problem(ProblemKind, Told),
    Unique(Unique),
}

#[derive(Debug)]
pub struct Nodes {
    pub each: Vec<Each>,
    pub when: Condition,
    /// The first that is violated speaks.
    pub cases: Vec<Case>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Each {
    Path(Path),
    /// Every scalar of the configuration.
    Scalars,
}

#[derive(Debug)]
pub struct Case {
    pub when: Condition,
    pub require: Condition,
    pub report: Told,
}

/// No two configurations of a unit may have the same value at a path.
#[derive(Debug)]
pub struct Unique {
    pub path: Path,
    pub report: Told,
    /// What findings have in common where the two are of different units; none where these do not matter.
    pub across: Option<Arc<RuleInfo>>,
}

#[derive(Debug)]
pub struct Schema {
    pub keywords: Vec<String>,
    /// Only at members of this name.
    pub at: Option<String>,
    pub report: Told,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    DuplicateKey,
    Syntax,
    UnusedSuppression,
    ExpiredSuppression,
    UnreasonedSuppression,
    /// A name that is none of a rule.
    UnknownRule,
}

impl ProblemKind {
    pub const ALL: [(&'static str, Self); 6] = [
        ("duplicate-key", Self::DuplicateKey),
        ("syntax-error", Self::Syntax),
        ("unused-suppression", Self::UnusedSuppression),
        ("expired-suppression", Self::ExpiredSuppression),
        ("suppression-reason", Self::UnreasonedSuppression),
        ("unknown-rule", Self::UnknownRule),
    ];
}

/// How the findings of a case read. What is packed is taken apart when the first one is told.
pub struct Told(LazyLock<Report, Box<dyn FnOnce() -> Report + Send>>);

impl Told {
    pub fn later(read: impl FnOnce() -> Report + Send + 'static) -> Self {
        Self(LazyLock::new(Box::new(read)))
    }
}

impl Deref for Told {
    type Target = Report;

    fn deref(&self) -> &Report {
        &self.0
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// How a finding reads.
#[derive(Debug, Default)]
pub struct Report {
    /// The severity and all else that findings of this report have in common, if it is not the rule's own.
    pub info: Option<Arc<RuleInfo>>,
    pub at: Option<Path>,
    /// The value that a finding speaks of, if it is not the one at its place.
    pub about: Option<Path>,
    pub message: Message,
    pub note: Option<Message>,
    /// By form, `any` for those that are not named; of several for one form, the first that can be filled counts.
    pub help: Vec<(String, Message)>,
    pub also: Vec<(Path, Message)>,
    /// The first that can be made is offered.
    pub fixes: Vec<Fix>,
}

/// How a finding is taken away.
#[derive(Debug)]
pub struct Fix {
    /// The forms it is for; empty for all.
    pub forms: Vec<String>,
    pub safety: Safety,
    /// What it does, if the help does not say it.
    pub title: Option<Message>,
    pub change: Change,
}

/// What is done at the place of a finding.
#[derive(Debug)]
pub enum Change {
    /// The value becomes another one.
    Set(Message),
    /// What matches in the text becomes something else.
    Replace { pattern: Pattern, with: Message },
    /// The blanks around the string go.
    Trim,
    /// The value becomes the argument of a function: a tag in YAML, a mapping in JSON.
    Call(String),
    /// The value at a path refers to the resource that it names.
    Refer(Path),
    /// The configuration waits for a resource.
    Depend(Message),
    /// The key gets another name.
    Rename(Message),
    /// The entry or the item is taken away.
    Remove,
    /// Those of these members are taken away that hold nothing.
    RemoveEmpty(Vec<String>),
    /// The item of a list that this lies in is taken away, where one before it says the same.
    RemoveRepeated,
    /// The value becomes one from which it is no more than a slip away.
    Mend(Message),
    /// The mapping gets a member: in the last of these names, each the only member of the one before.
    Add { members: Vec<String>, value: Message },
    /// The resource gets a tag, or the tag this value.
    Tag { key: String, value: Message },
}

impl Rule {
    /// All fixes, of whatever case.
    pub fn fixes(&self) -> impl Iterator<Item = &Fix> {
        let reports: Vec<&Told> = match &self.check {
            Check::Nodes(nodes) => nodes.cases.iter().map(|case| &case.report).collect(),
            Check::Schema(Schema { report, .. })
            | Check::Problem(_, report)
            | Check::Unique(Unique { report, .. }) => vec![report],
        };
        reports.into_iter().flat_map(|report| &report.fixes)
    }

    /// The safety of its fixes; of the safe ones, if some are not.
    #[must_use]
    pub fn safest_fix(&self) -> Option<Safety> {
        self.fixes().map(|fix| fix.safety).min()
    }
}

impl Report {
    /// What may be said as help in a form, the best first.
    pub fn help_for(&self, form: &str) -> impl Iterator<Item = &Message> {
        let named = self.help.iter().any(|(name, _)| name == form);
        let wanted = if named { form.to_owned() } else { "any".to_owned() };
        self.help.iter().filter(move |(name, _)| *name == wanted).map(|(_, message)| message)
    }
}

/// A text with holes.
#[derive(Debug, Default)]
pub struct Message(pub Vec<Fragment>);

#[derive(Debug)]
pub enum Fragment {
    Text(String),
    /// The value at a path, as it is written.
    Value(Path),
    /// The key of a member, as it is written.
    Name(Path),
    /// The resource that a value names.
    Resource(Path),
    /// A reference to that resource, as the form spells it.
    Reference(Path),
    /// The value at the place of the finding.
    At,
    /// Something that the check itself supplies: `suggestion`.
    Given(String),
}

#[derive(Debug)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    None(Vec<Condition>),
    ExactlyOne(Vec<Condition>),
    AtMostOne(Vec<Condition>),
    Test(Path, Test),
}

impl Condition {
    /// The condition that always holds.
    pub const ALWAYS: Self = Self::All(Vec::new());
}

#[derive(Debug)]
pub enum Test {
    OneOf(Vec<Scalar>),
    Present,
    Absent,
    Written,
    /// The resource is deployed before the configuration.
    Awaited,
    Not(Box<Test>),
    All(Vec<Test>),
    StartsWith(String),
    EndsWith(String),
    Contains(String),
    Matches(Pattern),
    Characters(Pattern),
    /// A pattern of actions in a policy covers this action.
    Covers(String),
    /// A version constraint lets through this version or a later one.
    Reaches(Version),
    Min(usize),
    Max(usize),
    Type(Type),
    SameAs(Path),
    DiffersFrom(Path),
    UniqueBy(Path),
    Items(Quantifier, Box<Condition>),
    Count {
        of: Box<Condition>,
        min: usize,
        max: usize,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    All,
    Any,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    String,
    Number,
    Bool,
    Null,
    List,
    Map,
    Reference,
}

impl Type {
    pub const ALL: [(&'static str, Self); 7] = [
        ("string", Self::String),
        ("number", Self::Number),
        ("bool", Self::Bool),
        ("null", Self::Null),
        ("list", Self::List),
        ("map", Self::Map),
        ("reference", Self::Reference),
    ];
}

#[derive(Debug, PartialEq, Eq)]
pub enum Scalar {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
}

/// A regular expression that is compiled when it is first needed.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern; its `\w`, `\d` and `\s` are ASCII.
    pub fn new(source: &str) -> Self {
        Self { source: source.to_owned(), compiled: OnceLock::new() }
    }

    /// Whether it can be compiled.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check(&self) -> Result<(), regex_lite::Error> {
        compiled(&self.source).map(|_| ())
    }

    /// The first match in a text: its byte range. None also where the pattern is no regular expression.
    pub fn find(&self, text: &str) -> Option<std::ops::Range<usize>> {
        let compiled = self.compiled.get_or_init(|| compiled(&self.source).ok());
        compiled.as_ref()?.find(text).map(|found| found.range())
    }
}

fn compiled(source: &str) -> Result<Regex, regex_lite::Error> {
    RegexBuilder::new(source).size_limit(limits::COMPILED).build()
}

/// The kinds of resource that a rule can be about in place of log delivery configurations.
pub const SUBJECTS: [(&str, ResourceKind); 1] = [("delivery_source", ResourceKind::DeliverySource)];
