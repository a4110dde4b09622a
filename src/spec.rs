//! A configuration and the resources around it, in the one canonical shape that is checked.

pub mod members;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use self::members::Coverage;
use crate::guard::Guard;
use crate::text::Span;
use crate::value::shape::shape;
use crate::value::{Kind, ResourceKind, Value};

/// A resource in the canonical shape: the names of AWS's API, spans in the user's text.
#[derive(Clone, Debug)]
pub struct Resource {
    pub kind: ResourceKind,
    /// The name that references use (a logical id); empty for a file that is one configuration.
    pub name: Arc<str>,
    /// The resource as a person would name it: `Resources.Delivery`; none for a file that is one configuration.
    pub label: Option<String>,
    /// Where the resource is introduced: its name or its first key.
    pub header: Span,
    /// Behind which more can be said of it, next to its properties.
    pub type_entry: Option<TypeEntry>,
    /// A mapping, unless the file says otherwise.
    pub properties: Value,
    /// When the resource exists.
    pub guard: Guard,
    /// What holds in every deployment of its unit.
    pub rules: Arc<Guard>,
    /// What is deployed before it, as far as that is written.
    pub dependencies: Dependencies,
    /// The region it is deployed to, a string, where it is another than that of its unit or is known.
    pub region: Option<Value>,
    /// The resource of kind [`ResourceKind::Provider`] that it is managed by.
    pub provider: Option<Arc<str>>,
    pub origin: Origin,
}

/// The entry that says the type of a resource.
#[derive(Clone, Copy, Debug)]
pub struct TypeEntry {
    /// From its key to its value.
    pub span: Span,
    /// The mapping that it is in.
    pub within: Span,
}

impl TypeEntry {
    /// None where it is not written in the mapping itself.
    #[must_use]
    pub fn of(resource: &Value, key: &str) -> Option<Self> {
        let entry = resource.as_map()?.get(key)?;
        let span = entry.key.span.to(entry.value.span);
        let is_here = resource.used_at.or(entry.value.used_at).is_none() && resource.span.overlaps(span);
        is_here.then_some(Self { span, within: resource.span })
    }
}

/// What a resource waits for.
#[derive(Clone, Debug, Default)]
pub struct Dependencies {
    /// The names of resources, each once: those that it refers to or says to depend on.
    pub on: Vec<Arc<str>>,
    /// Whether it may wait for others as well: a module, something that a macro writes.
    pub others: bool,
    /// Where it says to depend on others.
    pub said: Option<SaidDependencies>,
}

/// Where a resource says what it depends on.
#[derive(Clone, Copy, Debug)]
pub struct SaidDependencies {
    /// A list, or a name alone.
    pub value: Span,
    /// The last item of a list.
    pub last: Option<Span>,
}

impl SaidDependencies {
    #[must_use]
    pub fn of(value: &Value) -> Self {
        let last = value.as_list().and_then(<[Value]>::last);
        Self { value: value.span, last: last.map(|last| last.span) }
    }
}

impl Resource {
    /// Whether this is a log delivery configuration, and not one of its neighbours.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        self.kind == ResourceKind::LogDeliveryConfiguration
    }
}

/// What a form knows about the resources it yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The form's name: `api`, `response`, `cloudformation`.
    pub form: &'static str,
    /// Members that the API demands and this form may leave out.
    pub optional: &'static [&'static str],
    /// Whether applying the file sets the configuration; a recorded response does not.
    pub applied: bool,
    /// Whether it says again what other files say, from which it is made: a plan.
    pub derived: bool,
    /// What members are called there.
    pub spelling: Spelling,
    /// What is known of members that are not there.
    pub coverage: Coverage,
}

/// What the members of the canonical shape are called in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spelling {
    pub case: Case,
    /// Names that are not the canonical ones in this case: canonical, and as they are spelled.
    pub exceptions: &'static [(&'static str, &'static str)],
    pub style: Style,
}

/// How members are written that hold others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// As AWS's API has them: tags are a list of mappings with a key and a value.
    Members,
    /// Tags are a mapping.
    TagMap,
    /// Tags are a mapping, and what holds members is a block.
    Blocks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// `LogLevel`, as AWS's API has it.
    Pascal,
    /// `logLevel`
    Camel,
    /// `log_level`
    Snake,
}

impl Spelling {
    pub const CANONICAL: Self = Self { case: Case::Pascal, exceptions: &[], style: Style::Members };

    /// What a member of a canonical name is called.
    #[must_use]
    pub fn of<'n>(&self, canonical: &'n str) -> Cow<'n, str> {
        let exception = self.exceptions.iter().find(|(name, _)| *name == canonical);
        match (exception, self.case) {
            (Some((_, spelled)), _) => Cow::Borrowed(*spelled),
            (None, Case::Pascal) => Cow::Borrowed(canonical),
            (None, Case::Camel) => {
                let mut chars = canonical.chars();
                chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
            }
            (None, Case::Snake) => snake(canonical).into(),
        }
    }
}

/// `S3Configuration` as `s3_configuration`, `KMSMasterKeyID` as `kms_master_key_id`.
fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut snake = String::with_capacity(name.len() + 4);
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let starts_word = c.is_ascii_uppercase()
            && before.is_some_and(|before| {
                !before.is_ascii_uppercase() || chars.get(at + 1).is_some_and(char::is_ascii_lowercase)
            });
        if starts_word {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

/// A name without its case and separators, in which `log_level` and `LogLevel` are the same.
#[must_use]
pub fn normal(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// A name as a step of a JSON pointer (RFC 6901).
#[must_use]
pub fn pointer_step(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) { name.replace('~', "~0").replace('/', "~1").into() } else { name.into() }
}

/// The name that a step of a JSON pointer is.
#[must_use]
pub fn pointer_name(step: &str) -> Cow<'_, str> {
    if step.contains('~') { step.replace("~1", "/").replace("~0", "~").into() } else { step.into() }
}

/// What is deployed together: the resources of one unit.
#[derive(Debug, Default)]
pub struct Scope {
    pub resources: Vec<Resource>,
    by_name: HashMap<Arc<str>, usize>,
    /// The resources that are given a name in their properties: a text, or the shape of one.
    by_given_name: HashMap<(ResourceKind, String), Vec<usize>>,
    /// The resources whose identity their properties say: that of what is there already.
    by_identity: HashMap<(ResourceKind, String), usize>,
    pub assumed: Assumed,
}

/// What is taken for a fact of a unit where its files say nothing.
#[derive(Debug, Default)]
pub struct Assumed {
    /// The region that is deployed to.
    pub region: Option<Arc<str>>,
    /// The account that is deployed to.
    pub account: Option<Arc<str>>,
    /// For configurations, by their header: the user pool, should it not be in the files. Of what is not in its
    /// properties nothing is known.
    pub pools: HashMap<Span, Resource>,
}

/// The texts that a member can be, in any alternative, and the shapes of those that are not wholly known.
fn given_names<'v>(value: &'v Value, path: &[&str], names: &mut Vec<Cow<'v, str>>) {
    match (&value.kind, path) {
        (Kind::Choice(choice), _) => {
            choice.alternatives.iter().for_each(|alternative| given_names(&alternative.value, path, names));
        }
        (Kind::Map(map), [member, rest @ ..]) => {
            map.get(member).iter().for_each(|entry| given_names(&entry.value, rest, names));
        }
        (Kind::Text(text), []) if let Some(known) = text.known() => names.push(known),
        (Kind::Text(_) | Kind::Unknown(_), []) => names.extend(shape(value).map(Cow::Owned)),
        _ => {}
    }
}

/// The property that gives a resource its name.
#[must_use]
pub fn name_member(kind: ResourceKind) -> Option<&'static str> {
    match kind {
        ResourceKind::LogGroup => Some("LogGroupName"),
        ResourceKind::Bucket => Some("BucketName"),
        ResourceKind::Stream => Some("DeliveryStreamName"),
        _ => None,
    }
}

/// The kind of resource whose ARN a member of a configuration takes.
#[must_use]
pub fn destination_kind(member: &str) -> Option<ResourceKind> {
    match member {
        "LogGroupArn" => Some(ResourceKind::LogGroup),
        "BucketArn" => Some(ResourceKind::Bucket),
        "StreamArn" => Some(ResourceKind::Stream),
        _ => None,
    }
}

/// The kind of resource that a configuration names at a JSON pointer.
#[must_use]
pub fn named_kind(pointer: &str) -> Option<ResourceKind> {
    let (parent, member) = pointer.rsplit_once('/')?;
    match (parent.rsplit('/').next()?, member) {
        ("", "UserPoolId") => Some(ResourceKind::UserPool),
        ("CloudWatchLogsConfiguration", "LogGroupArn")
        | ("S3Configuration", "BucketArn")
        | ("FirehoseConfiguration", "StreamArn") => destination_kind(member),
        _ => None,
    }
}

/// The property by which others know a resource, where the files hold it.
#[must_use]
pub fn identity_member(kind: ResourceKind) -> Option<&'static str> {
    match kind {
        ResourceKind::UserPool => Some("UserPoolId"),
        ResourceKind::LogGroup | ResourceKind::Bucket | ResourceKind::Stream => Some("Arn"),
        _ => None,
    }
}

impl Scope {
    #[must_use]
    pub fn new(resources: Vec<Resource>) -> Self {
        let named = resources.iter().enumerate().filter(|(_, resource)| !resource.name.is_empty());
        let by_name = named.map(|(index, resource)| (resource.name.clone(), index)).collect();
        let mut by_given_name: HashMap<_, Vec<usize>> = HashMap::new();
        let mut by_identity = HashMap::new();
        for (index, resource) in resources.iter().enumerate() {
            let mut given = Vec::new();
            if let Some(member) = name_member(resource.kind) {
                given_names(&resource.properties, &[member], &mut given);
            }
            let identity = identity_member(resource.kind).and_then(|member| resource.properties.get(member));
            if let Some(identity) = identity.and_then(Value::as_str) {
                by_identity.insert((resource.kind, identity.to_owned()), index);
            }
            for name in given {
                let named = by_given_name.entry((resource.kind, name.into_owned())).or_default();
                if named.last() != Some(&index) {
                    named.push(index);
                }
            }
        }
        Self { resources, by_name, by_given_name, by_identity, assumed: Assumed::default() }
    }

    /// The resource of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Resource> {
        self.resources.get(*self.by_name.get(name)?)
    }

    /// The resources of a kind that are given this name in their properties, in some alternative of these, or a name of
    /// this shape.
    pub fn given(&self, kind: ResourceKind, name: &str) -> impl Iterator<Item = &Resource> {
        let known = self.by_given_name.get(&(kind, name.to_owned()));
        known.into_iter().flatten().filter_map(|index| self.resources.get(*index))
    }

    /// The resource of a kind that this literal ARN or id is of.
    #[must_use]
    pub fn identified(&self, kind: ResourceKind, identity: &str) -> Option<&Resource> {
        self.resources.get(*self.by_identity.get(&(kind, identity.to_owned()))?)
    }

    /// All log delivery configurations.
    pub fn configurations(&self) -> impl Iterator<Item = &Resource> {
        self.resources.iter().filter(|resource| resource.is_configuration())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_spelled_in_each_case() {
        let in_case =
            |case| Spelling { case, exceptions: &[("BucketName", "bucket")], style: Style::Members };
        for (canonical, camel, snake) in [
            ("LogLevel", "logLevel", "log_level"),
            ("CloudWatchLogsConfiguration", "cloudWatchLogsConfiguration", "cloud_watch_logs_configuration"),
            ("S3Configuration", "s3Configuration", "s3_configuration"),
            ("KMSMasterKeyID", "kMSMasterKeyID", "kms_master_key_id"),
            ("BucketName", "bucket", "bucket"),
        ] {
            assert_eq!(in_case(Case::Camel).of(canonical), camel);
            assert_eq!(in_case(Case::Snake).of(canonical), snake);
            assert_eq!(Spelling::CANONICAL.of(canonical), canonical);
        }
    }
}
