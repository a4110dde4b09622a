//! Plans and states, as `terraform show -json` prints them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::resources::origin;
use crate::forms::form::{Form, Recognised};
use crate::forms::provider;
use crate::forms::provider::resource_type::Type;
use crate::guard::Guard;
use crate::spec::{Dependencies, Origin, Resource, identity_member};
use crate::syntax::document::Document;
use crate::text::Span;
use crate::value::unknown::Unknown;
use crate::value::{Entry, Holds, Hole, Key, Kind, Map, Part, Reference, ResourceKind, Text, Value};

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
        let root_module = values.get("root_module")?;
        let mut plan = Reading {
            changes: changes(root),
            expressions: HashMap::new(),
            addresses: HashSet::new(),
            applied,
        };
        if let Some(module) = root.get("configuration").and_then(|of| of.get("root_module")) {
            plan.read_expressions(module, "", 0);
        }
        plan.read_addresses(root_module, 0);
        let mut resources = Vec::new();
        plan.of_module(root_module, &mut resources, 0);
        resources.iter().any(Resource::is_configuration).then_some(Recognised {
            resources,
            concerned: Vec::new(),
            asides: Vec::new(),
        })
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
    /// The expressions of resources, by their addresses without indices.
    expressions: HashMap<String, &'d Value>,
    /// The addresses of all resources.
    addresses: HashSet<&'d str>,
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

/// How deep modules may call modules.
const MAX_DEPTH: usize = 100;

impl<'d> Reading<'d> {
    fn read_expressions(&mut self, module: &'d Value, prefix: &str, depth: usize) {
        for (address, expressions) in by_address(module.get("resources"), &["expressions"]) {
            self.expressions.insert(format!("{prefix}{address}"), expressions);
        }
        let calls = module.get("module_calls").and_then(Value::as_map).filter(|_| depth < MAX_DEPTH);
        for call in calls.map_or(&[][..], |calls| &calls.entries) {
            if let Some(module) = call.value.get("module") {
                self.read_expressions(module, &format!("{prefix}module.{}.", call.key.name), depth + 1);
            }
        }
    }

    fn read_addresses(&mut self, module: &'d Value, depth: usize) {
        let list = |name: &str| module.get(name).and_then(Value::as_list).unwrap_or_default();
        let address = |resource: &'d Value| resource.get("address").and_then(Value::as_str);
        self.addresses.extend(list("resources").iter().filter_map(address));
        if depth < MAX_DEPTH {
            for module in list("child_modules") {
                self.read_addresses(module, depth + 1);
            }
        }
    }

    fn of_module(&self, module: &Value, resources: &mut Vec<Resource>, depth: usize) {
        let list = |name: &str| module.get(name).and_then(Value::as_list).unwrap_or_default();
        let prefix = match module.get("address").and_then(Value::as_str) {
            Some(address) => format!("{address}."),
            None => String::new(),
        };
        resources.extend(list("resources").iter().filter_map(|resource| self.resource(resource, &prefix)));
        if depth < MAX_DEPTH {
            for module in list("child_modules") {
                self.of_module(module, resources, depth + 1);
            }
        }
    }

    fn resource(&self, planned: &Value, module: &str) -> Option<Resource> {
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
        let expressions = self.expressions.get(&without_indices(name)).copied();
        let values = self.known(values, unknown, expressions, module);
        let identity = identity(of, &values);
        let region = values.get("region").filter(|region| matches!(region.kind, Kind::Text(_))).cloned();
        let mut properties = of.canonical(values);
        if let Kind::Map(map) = &mut properties.kind {
            map.entries.extend(identity);
        }
        Some(Resource {
            kind: of.kind,
            name: name.into(),
            label: Some(name.to_owned()),
            header: address.span,
            type_entry: None,
            properties,
            guard: Guard::Always,
            rules: Arc::new(Guard::Always),
            // A plan does not say in which order it is carried out.
            dependencies: Dependencies { others: true, ..Dependencies::default() },
            region,
            provider: None,
            origin: Origin { applied: self.applied, derived: true, ..origin(of.spelling) },
        })
    }

    /// A value with what is not known yet made unknown, and what is null left out.
    fn known(
        &self,
        value: &Value,
        unknown: Option<&Value>,
        expression: Option<&Value>,
        module: &str,
    ) -> Value {
        if matches!(unknown, Some(Value { kind: Kind::Bool(true), .. })) {
            return self.later(value.span, expression, module);
        }
        let kind = match &value.kind {
            Kind::Null => Kind::Absent,
            Kind::Map(map) => {
                let mut entries: Vec<Entry> = Vec::new();
                for entry in &map.entries {
                    let name = entry.key.name.as_str();
                    let (unknown, expression) =
                        (unknown.and_then(|of| of.get(name)), expression.and_then(|of| of.get(name)));
                    let value = self.known(&entry.value, unknown, expression, module);
                    entries.push(Entry { key: entry.key.clone(), value });
                }
                // What is not known yet is left out of a plan.
                for entry in unknown.and_then(Value::as_map).map_or(&[][..], |map| &map.entries) {
                    let name = entry.key.name.as_str();
                    if matches!(entry.value.kind, Kind::Bool(true)) && map.get(name).is_none() {
                        let key = Key { name: name.to_owned(), span: entry.key.span };
                        let expression = expression.and_then(|of| of.get(name));
                        entries.push(Entry { key, value: self.later(entry.key.span, expression, module) });
                    }
                }
                Kind::Map(Map { entries })
            }
            Kind::List(items) => {
                let item = |(index, item): (usize, &Value)| {
                    let expression = nth(expression, index, items.len());
                    self.known(item, nth(unknown, index, items.len()), expression, module)
                };
                Kind::List(items.iter().enumerate().map(item).collect())
            }
            other => other.clone(),
        };
        Value { kind, ..Value::new(value.span, Kind::Null) }
    }

    /// What is known only after the plan is applied. Where its expression refers to one resource, that one's name is in it.
    fn later(&self, span: Span, expression: Option<&Value>, module: &str) -> Value {
        let unknown = || Unknown::new("what is known after apply");
        let Some((kind, name)) = self.referred(expression, module) else {
            return Value::new(span, Kind::Unknown(unknown()));
        };
        let anything = || Part::Hole(Hole { span, holds: Holds::Anything(unknown()) });
        let name = Holds::Name(Reference { kind, resource: name.into() });
        let parts = vec![anything(), Part::Hole(Hole { span, holds: name }), anything()];
        Value::new(span, Kind::Text(Text { parts, reference: None }))
    }

    /// The one resource that an expression in a module refers to: its kind and its address.
    fn referred(&self, expression: Option<&Value>, module: &str) -> Option<(ResourceKind, String)> {
        let references = expression?.get("references")?.as_list()?;
        // Each is followed by what it is taken of: an attribute by its instance, and that by its resource.
        let mut names = references.iter().filter_map(Value::as_str).filter(|name| {
            let whole = without_indices(name);
            whole.split('.').count() == 2
                && !matches!(whole.split('.').next(), Some("var" | "local" | "each" | "count"))
        });
        let first = names.next()?;
        if names.any(|name| without_indices(first) != name || first == name) {
            return None;
        }
        let kind = provider::terraform(first.split('.').next()?)?.kind;
        let address = format!("{module}{first}");
        let known =
            (kind != ResourceKind::Other && self.addresses.contains(address.as_str())).then_some(address)?;
        Some((kind, known))
    }
}

/// `module.a["x"].aws_s3_bucket.logs[0]` as `module.a.aws_s3_bucket.logs`.
fn without_indices(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    let (mut in_index, mut in_quotes, mut escaped) = (false, false, false);
    for c in address.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_quotes => escaped = true,
            '"' if in_index => in_quotes = !in_quotes,
            '[' if !in_index => in_index = true,
            ']' if in_index && !in_quotes => in_index = false,
            _ if in_index => {}
            _ => text.push(c),
        }
    }
    text
}

/// An item of a list that goes with another list, item by item.
fn nth(list: Option<&Value>, index: usize, len: usize) -> Option<&Value> {
    list?.as_list().filter(|items| items.len() == len)?.get(index)
}

/// What others know the resource by: its ARN, and a user pool by its id.
fn identity(of: &Type, values: &Value) -> Option<Entry> {
    let name = identity_member(of.kind)?;
    let written = if of.kind == ResourceKind::UserPool { "id" } else { "arn" };
    let entry = values.as_map()?.get(written)?;
    entry.value.as_str()?;
    Some(Entry { key: Key { name: name.to_owned(), span: entry.key.span }, value: entry.value.clone() })
}
