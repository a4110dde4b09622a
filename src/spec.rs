//! A configuration and the resources around it, in the one canonical shape that is checked.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::guard::Guard;
use crate::text::Span;
use crate::value::{ResourceKind, Value};

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
    /// A mapping, unless the file says otherwise.
    pub properties: Value,
    /// When the resource exists.
    pub guard: Guard,
    /// What holds in every deployment of its unit.
    pub rules: Arc<Guard>,
    pub origin: Origin,
}

impl Resource {
    /// Whether this is a log delivery configuration, and not one of its neighbours.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        self.kind == ResourceKind::LogDeliveryConfiguration
    }
}

/// What a form knows about the resources it yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The form's name: `api`, `response`, `cloudformation`.
    pub form: &'static str,
    /// Members that the API demands and this form may leave out.
    pub optional: &'static [&'static str],
    /// Whether applying the file sets the configuration; a recorded response does not.
    pub applied: bool,
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
    /// The resources that are given a name in their properties.
    by_given_name: HashMap<(ResourceKind, String), Vec<usize>>,
}

/// The property that gives a resource its name.
fn name_member(kind: ResourceKind) -> Option<&'static str> {
    match kind {
        ResourceKind::LogGroup => Some("LogGroupName"),
        ResourceKind::Bucket => Some("BucketName"),
        ResourceKind::Stream => Some("DeliveryStreamName"),
        _ => None,
    }
}

impl Scope {
    #[must_use]
    pub fn new(resources: Vec<Resource>) -> Self {
        let named = resources.iter().enumerate().filter(|(_, resource)| !resource.name.is_empty());
        let by_name = named.map(|(index, resource)| (resource.name.clone(), index)).collect();
        let mut by_given_name: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, resource) in resources.iter().enumerate() {
            let given =
                name_member(resource.kind).and_then(|member| resource.properties.get(member)?.as_str());
            if let Some(name) = given {
                by_given_name.entry((resource.kind, name.to_owned())).or_default().push(index);
            }
        }
        Self { resources, by_name, by_given_name }
    }

    /// The resource of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Resource> {
        self.resources.get(*self.by_name.get(name)?)
    }

    /// The resources of a kind that are given this name in their properties.
    pub fn given(&self, kind: ResourceKind, name: &str) -> impl Iterator<Item = &Resource> {
        let known = self.by_given_name.get(&(kind, name.to_owned()));
        known.into_iter().flatten().filter_map(|index| self.resources.get(*index))
    }

    /// All log delivery configurations.
    pub fn configurations(&self) -> impl Iterator<Item = &Resource> {
        self.resources.iter().filter(|resource| resource.is_configuration())
    }
}
