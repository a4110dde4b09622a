//! The resources of a module in the canonical shape.

use std::sync::Arc;

use super::dependencies::dependencies;
use super::deployment::provider_name;
use super::evaluate::Evaluator;
use super::instance::Instance;
use super::lifecycle;
use super::module::{Declared, Requirement};
use super::names::Names;
use crate::forms::provider;
use crate::forms::provider::canonical::{tags as tags_of, with_default_tags};
use crate::forms::provider::ignored::{Ignored, without};
use crate::forms::provider::resource_type::Type;
use crate::guard::Guard;
use crate::spec::members::Coverage;
use crate::spec::{Case, Dependencies, Origin, Resource, Spelling, Style};
use crate::value::{Entry, Key, Kind, Map, ResourceKind, Value};

pub const NAME: &str = "terraform";

/// What Terraform itself reads of a resource.
const META: &[&str] = &[
    "count",
    "for_each",
    "provider",
    "depends_on",
    "lifecycle",
    "provisioner",
    "connection",
    "timeouts",
    "//",
];

pub const fn origin(spelling: Spelling) -> Origin {
    let coverage = Coverage::Translated;
    Origin { form: NAME, optional: &[], applied: true, derived: false, spelling, coverage }
}

/// All resources that matter, each instance as one.
pub fn resources(evaluator: &Evaluator<'_>) -> Vec<Resource> {
    let mut found: Vec<Resource> = evaluator.module.requirements.iter().map(provider).collect();
    for declared in &evaluator.module.declared {
        let known =
            provider::terraform(declared.resource_type).filter(|_| !declared.address.starts_with("data."));
        let Some(of) = known.filter(|of| of.kind != ResourceKind::Other) else { continue };
        let template = Template::new(evaluator, declared, of);
        let instances = evaluator.instances(declared);
        found.extend(instances.iter().map(|instance| resource(evaluator, declared, &template, instance)));
    }
    found
}

/// What all instances of a resource have in common.
struct Template {
    of: &'static Type,
    /// Without what Terraform itself reads.
    body: Map,
    /// The members whose changes are ignored.
    ignored: Vec<Ignored>,
    dependencies: Dependencies,
    default_tags: Option<Value>,
    provider: Option<Arc<str>>,
}

impl Template {
    fn new(evaluator: &Evaluator<'_>, declared: &Declared<'_>, of: &'static Type) -> Self {
        let entries = declared.body.entries.iter();
        let entries = entries.filter(|entry| !META.contains(&entry.key.name.as_str())).cloned().collect();
        let has_tags = of.has_tags();
        let mut ignored = lifecycle::ignored(declared.body);
        ignored.extend(ignored_tags(evaluator, declared).filter(|_| has_tags));
        let provider = provider_name(declared.resource_type, declared.body);
        let mut requirements = evaluator.module.requirements.iter();
        let required = requirements.find(|requirement| Some(requirement.name) == provider.as_deref());
        Self {
            of,
            body: Map { entries },
            ignored,
            dependencies: dependencies(evaluator, declared),
            default_tags: has_tags.then(|| default_tags(evaluator, declared)).flatten(),
            provider: required.map(|requirement| name_of(requirement).into()),
        }
    }
}

fn resource(
    evaluator: &Evaluator<'_>,
    declared: &Declared<'_>,
    template: &Template,
    instance: &Instance,
) -> Resource {
    let Template { of, body, ignored, dependencies, default_tags, provider } = template;
    let mut properties = if declared.amended {
        Value::unknown(declared.header, "what an override file changes")
    } else {
        let body = evaluator.body(body, &instance.names);
        let written = Value::new(declared.header, Kind::Map(body));
        of.canonical(without(written, ignored, of.kind))
    };
    if let Some(default) = default_tags {
        properties = with_default_tags(properties, default, declared.header);
    }
    Resource {
        kind: of.kind,
        name: instance.address.as_str().into(),
        label: Some(instance.address.clone()),
        header: declared.header,
        type_entry: None,
        properties,
        guard: instance.guard.clone(),
        rules: Arc::new(Guard::Always),
        dependencies: dependencies.clone(),
        region: evaluator.deployment(declared.resource_type, declared.body, &instance.names).region,
        provider: provider.clone(),
        origin: Origin { optional: of.optional, ..origin(of.spelling) },
    }
}

fn name_of(requirement: &Requirement<'_>) -> String {
    format!("provider {}", requirement.name)
}

/// What the module requires of a provider.
fn provider(requirement: &Requirement<'_>) -> Resource {
    let key = Key { name: "Version".to_owned(), span: requirement.header };
    let properties = Map { entries: vec![Entry { key, value: requirement.version.clone() }] };
    Resource {
        kind: ResourceKind::Provider,
        name: name_of(requirement).into(),
        label: Some(format!("required_providers.{}", requirement.name)),
        header: requirement.header,
        type_entry: None,
        properties: Value::new(requirement.version.span, Kind::Map(properties)),
        guard: Guard::Always,
        rules: Arc::new(Guard::Always),
        dependencies: Dependencies::default(),
        region: None,
        provider: None,
        origin: origin(Spelling { case: Case::Snake, exceptions: &[], style: Style::Members }),
    }
}

/// The tags, where a provider leaves some alone: which these are, patterns may say.
fn ignored_tags(evaluator: &Evaluator<'_>, declared: &Declared<'_>) -> Option<Ignored> {
    let block = evaluator.provider_of(declared.resource_type, declared.body)?;
    let span = block.body.get("ignore_tags")?.key.span;
    Some(Ignored { name: Some("tags".to_owned()), span })
}

/// The tags that a provider gives to all its resources, as a list; none if it gives none.
fn default_tags(evaluator: &Evaluator<'_>, declared: &Declared<'_>) -> Option<Value> {
    let block = evaluator.provider_of(declared.resource_type, declared.body)?;
    let defaults = block.body.get("default_tags")?;
    let names = Names::default();
    let body = match &defaults.value.kind {
        Kind::Block(block) => evaluator.body(&block.body, &names),
        _ => match evaluator.value(&defaults.value, &names).kind {
            Kind::Map(map) => map,
            _ => return Some(Value::unknown(defaults.key.span, "the default tags of a provider")),
        },
    };
    body.get("tags").map(|tags| tags_of(tags.value.clone()))
}
