//! CloudFormation templates and what contains them: SAM, CDK-synthesised templates, Serverless `resources:`.

mod compared;
mod conditions;
mod copies;
mod dependencies;
mod dynamic;
mod function;
mod intrinsics;
mod links;
mod loops;
mod mappings;
mod parameters;
mod resources;
mod template;
mod variables;

use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::form::{Aside, Form, Recognised, from_first_word};
use super::provider::canonical::{TAGS, tags, with_default_tags};
use crate::diagnostic::SuppressedBy;
use crate::guard::Guard;
use crate::spec::members::{Coverage, is_translated};
use crate::spec::{Dependencies, Origin, Resource, Spelling};
use crate::syntax::document::Document;
use crate::text::Span;
use crate::value::{Kind, Map, ResourceKind, Value};
use conditions::Conditions;
use parameters::Parameters;
use template::{Declared, Template};
use variables::literal;

pub use links::links;

pub const NAME: &str = "cloudformation";

const ORIGIN: Origin = Origin {
    form: NAME,
    optional: &["LogConfigurations"],
    applied: true,
    derived: false,
    coverage: Coverage::All,
    spelling: Spelling::CANONICAL,
};

pub struct CloudFormation;

impl Form for CloudFormation {
    fn read(&self, document: &Document) -> Option<Recognised> {
        let root = loops::written_out(&document.root);
        let template = Template::find(&root)?;
        let is_of = |kind: ResourceKind| move |declared: &&Declared| declared.kind() == kind;
        let mut configures =
            template.resources().filter(is_of(ResourceKind::LogDeliveryConfiguration)).peekable();
        if configures.peek().is_none()
            && !template.resources().any(|it| is_of(ResourceKind::DeliverySource)(&it))
        {
            return None;
        }
        let configures: Vec<&Declared> = configures.collect();
        let waiting = dependencies::of(&template, configures.iter().map(|declared| declared.logical_id()));
        let concerned: Vec<Span> = configures.into_iter().flat_map(Declared::spans).collect();
        let conditions = Conditions::new(Parameters::new(&template));
        let rules = Arc::new(conditions.rules());
        let stack_tags = root.get("provider").and_then(|provider| provider.get("stackTags"));
        let stack_tags = stack_tags.map(|written| tags(intrinsics::resolve(&conditions, written)));
        // Of other resources only what they wait for is of interest.
        let matters = |declared: &&Declared| {
            declared.kind() != ResourceKind::Other || waiting.contains_key(declared.logical_id())
        };
        let resources = template
            .resources()
            .filter(matters)
            .map(|declared| Resource {
                dependencies: waiting.get(declared.logical_id()).cloned().unwrap_or_default(),
                ..resource(&conditions, declared, &rules)
            })
            .map(|resource| with_stack_tags(resource, stack_tags.as_ref()))
            .collect();
        let roots = template.roots().filter(|_| !concerned.is_empty());
        let concerned = concerned.iter().copied().chain(roots).collect();
        Some(Recognised { resources, concerned, asides: asides(&template, root.span) })
    }

    fn is_meant_by(&self, text: &str) -> bool {
        static START: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let keys = "AWSTemplateFormatVersion|Description|Metadata|Parameters|Rules|Mappings|Conditions|Transform|Globals\
                        |Resources|Outputs|service|frameworkVersion|provider|plugins|custom|functions|resources";
            Regex::new(&format!(r#"^\s*\{{?\s*["']?(?:{keys})["']?\s*:"#)).ok()
        });
        text.contains(resources::LOG_DELIVERY_CONFIGURATION)
            && START.as_ref().is_some_and(|start| start.is_match(from_first_word(text)))
    }
}

/// What the metadata of the template and of its resources say to delint.
fn asides(template: &Template<'_>, whole: Span) -> Vec<Aside> {
    let said = |metadata: &Value| metadata.get("delint").cloned();
    let by = SuppressedBy::Metadata;
    let of_template = template.metadata().filter_map(said).map(|said| Aside { said, covers: whole, by });
    let of_resource = |declared: &Declared<'_>| {
        Some(Aside { said: declared.member("Metadata").and_then(said)?, covers: declared.span(), by })
    };
    of_template.chain(template.resources().filter_map(of_resource)).collect()
}

/// A resource with the tags that a Serverless file gives to the whole stack.
fn with_stack_tags(resource: Resource, tags: Option<&Value>) -> Resource {
    match tags {
        Some(tags) if is_translated(resource.kind, TAGS) => {
            let properties = with_default_tags(resource.properties, tags, resource.header);
            Resource { properties, ..resource }
        }
        _ => resource,
    }
}

/// A declared resource in the canonical shape, with every intrinsic function resolved as far as it is certain.
fn resource<'v>(conditions: &Conditions<'v>, declared: &Declared<'v>, rules: &Arc<Guard>) -> Resource {
    let header = declared.header();
    let properties = match declared.member("Properties") {
        _ if declared.kind() == ResourceKind::Other => Value::new(header, Kind::Map(Map::default())),
        _ if declared.is_amended() => Value::unknown(header, "what is merged into this"),
        Some(properties) => intrinsics::resolve(conditions, properties),
        None => Value::new(header, Kind::Map(Map::default())),
    };
    let condition = declared.member("Condition").and_then(literal);
    Resource {
        kind: declared.kind(),
        name: declared.logical_id().into(),
        label: Some(format!("Resources.{}", declared.logical_id())),
        header,
        type_entry: declared.type_entry(),
        properties,
        guard: condition.map_or(Guard::Always, |name| conditions.named(name)),
        rules: rules.clone(),
        dependencies: Dependencies::default(),
        region: None,
        provider: None,
        origin: ORIGIN,
    }
}
