//! Plans and states, as `terraform show -json` prints them.

use std::collections::HashMap;
use std::sync::Arc;

use super::resources::origin;
use crate::forms::form::{Form, Recognised};
use crate::forms::provider;
use crate::forms::provider::resource_type::Type;
use crate::guard::Guard;
use crate::spec::{Dependencies, Origin, Resource};
use crate::syntax::document::Document;
use crate::text::Span;
use crate::value::{Entry, Holds, Hole, Key, Kind, Map, Part, Reference, ResourceKind, Text, Unknown, Value};

pub struct Plan;

/// The types that a broken file is looked through for.
const CONFIGURATIONS: &[&str] =
    &["aws_cognito_log_delivery_configuration", "awscc_cognito_log_delivery_configuration"];

impl Form for Plan {
    fn read(&self, document: &Document) -> Option<Recognised> {
        let root = &document.root;
        // A state is what there is; a plan is what is about to be.
        let (values, applied) = match (root.get("planned_values"), root.get("values")) {
            (Some(values), _) => (values, true),
            (None, Some(values)) => (values, false),
            (None, None) => return None,
        };
        root.get("format_version")?;
        let plan = Reading { changes: changes(root), expressions: expressions(root), applied };
        let mut resources = Vec::new();
        plan.of_module(values.get("root_module")?, &mut resources, 0);
        resources
            .iter()
            .any(Resource::is_configuration)
            .then_some(Recognised { resources, concerned: Vec::new() })
    }

    fn is_meant_by(&self, text: &str) -> bool {
        // Of HCL the part that could not be read, which begins with its block.
        let begins = |word: &str| text.trim_start().starts_with(word);
        begins("resource") && CONFIGURATIONS.iter().any(|name| text.contains(name))
    }
}

struct Reading<'d> {
    /// What is not known yet, by the address of its resource.
    changes: HashMap<&'d str, &'d Value>,
    /// The expressions of the root module's resources, by address.
    expressions: HashMap<&'d str, &'d Value>,
    applied: bool,
}

/// The listed mappings by their addresses, with what lies in them under a path.
fn by_address<'d>(list: Option<&'d Value>, path: &[&str]) -> HashMap<&'d str, &'d Value> {
    let entry = |item: &'d Value| {
        let found = path.iter().try_fold(item, |value, step| value.get(step))?;
        Some((item.get("address")?.as_str()?, found))
    };
    list.and_then(Value::as_list).into_iter().flatten().filter_map(entry).collect()
}

fn changes(root: &Value) -> HashMap<&str, &Value> {
    by_address(root.get("resource_changes"), &["change", "after_unknown"])
}

fn expressions(root: &Value) -> HashMap<&str, &Value> {
    let module = root.get("configuration").and_then(|configuration| configuration.get("root_module"));
    by_address(module.and_then(|module| module.get("resources")), &["expressions"])
}

/// How deep modules may call modules.
const MAX_DEPTH: usize = 100;

impl Reading<'_> {
    fn of_module(&self, module: &Value, resources: &mut Vec<Resource>, depth: usize) {
        let list = |name: &str| module.get(name).and_then(Value::as_list).unwrap_or_default();
        resources.extend(list("resources").iter().filter_map(|resource| self.resource(resource)));
        if depth < MAX_DEPTH {
            for module in list("child_modules") {
                self.of_module(module, resources, depth + 1);
            }
        }
    }

    fn resource(&self, planned: &Value) -> Option<Resource> {
        if planned.get("mode").and_then(Value::as_str) == Some("data") {
            return None;
        }
        let of = provider::terraform(planned.get("type")?.as_str()?)?;
        if of.kind == ResourceKind::Other {
            return None;
        }
        let address = planned.get("address")?;
        let name = address.as_str()?;
        let values = planned.get("values")?;
        let unknown = self.changes.get(name).copied();
        let expressions = self.expressions.get(name).copied();
        let values = known(values, unknown, expressions);
        let identity = identity(of, &values);
        let mut properties = of.canonical(values);
        if let Kind::Map(map) = &mut properties.kind {
            map.entries.extend(identity);
        }
        Some(Resource {
            kind: of.kind,
            name: name.into(),
            label: Some(name.to_owned()),
            header: address.span,
            properties,
            guard: Guard::Always,
            rules: Arc::new(Guard::Always),
            // A plan does not say in which order it is carried out.
            dependencies: Dependencies { on: Vec::new(), others: true },
            region: None,
            provider: None,
            origin: Origin { applied: self.applied, derived: true, ..origin(of.spelling) },
        })
    }
}

/// A value with what is not known yet made unknown, and what is null left out.
fn known(value: &Value, unknown: Option<&Value>, expression: Option<&Value>) -> Value {
    if matches!(unknown, Some(Value { kind: Kind::Bool(true), .. })) {
        return later(value.span, expression);
    }
    let kind = match &value.kind {
        Kind::Null => Kind::Absent,
        Kind::Map(map) => {
            let mut entries: Vec<Entry> = Vec::new();
            for entry in &map.entries {
                let name = entry.key.name.as_str();
                let value = known(
                    &entry.value,
                    unknown.and_then(|of| of.get(name)),
                    expression.and_then(|of| of.get(name)),
                );
                entries.push(Entry { key: entry.key.clone(), value });
            }
            // What is not known yet is left out of a plan.
            for entry in unknown.and_then(Value::as_map).map_or(&[][..], |map| &map.entries) {
                let name = entry.key.name.as_str();
                if matches!(entry.value.kind, Kind::Bool(true)) && map.get(name).is_none() {
                    let key = Key { name: name.to_owned(), span: entry.key.span };
                    let value = later(entry.key.span, expression.and_then(|of| of.get(name)));
                    entries.push(Entry { key, value });
                }
            }
            Kind::Map(Map { entries })
        }
        Kind::List(items) => {
            let item =
                |(index, item): (usize, &Value)| known(item, nth(unknown, index), nth(expression, index));
            Kind::List(items.iter().enumerate().map(item).collect())
        }
        other => other.clone(),
    };
    Value { kind, ..Value::new(value.span, Kind::Null) }
}

/// What is known only after the plan is applied. Where its expression refers to a resource, that one's name is in it.
fn later(span: Span, expression: Option<&Value>) -> Value {
    let anything =
        || Part::Hole(Hole { span, holds: Holds::Anything(Unknown::new("what is known after apply")) });
    let references =
        expression.and_then(|of| of.get("references")).and_then(Value::as_list).unwrap_or_default();
    let resources: Vec<&str> =
        references.iter().filter_map(Value::as_str).filter(|name| name.split('.').count() == 2).collect();
    let [only] = resources.as_slice() else { return Value::unknown(span, "what is known after apply") };
    let kind = only.split('.').next().and_then(provider::terraform).map(|of| of.kind);
    let Some(kind) = kind.filter(|kind| *kind != ResourceKind::Other) else {
        return Value::unknown(span, "what is known after apply");
    };
    let name = Holds::Name(Reference { kind, resource: (*only).into() });
    let parts = vec![anything(), Part::Hole(Hole { span, holds: name }), anything()];
    Value::new(span, Kind::Text(Text { parts, reference: None }))
}

fn nth(list: Option<&Value>, index: usize) -> Option<&Value> {
    list?.as_list()?.get(index)
}

/// What others know the resource by: its ARN, and a user pool by its id.
fn identity(of: &Type, values: &Value) -> Vec<Entry> {
    let member = |written: &str, name: &str| {
        let entry = values.as_map()?.get(written)?;
        entry.value.as_str()?;
        Some(Entry { key: Key { name: name.to_owned(), span: entry.key.span }, value: entry.value.clone() })
    };
    match of.kind {
        ResourceKind::UserPool => member("id", "UserPoolId").into_iter().collect(),
        ResourceKind::LogGroup | ResourceKind::Bucket | ResourceKind::Stream => {
            member("arn", "Arn").into_iter().collect()
        }
        _ => Vec::new(),
    }
}
