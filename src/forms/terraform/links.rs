//! Where the names in the files of a module lead.

use std::collections::HashMap;

use super::items::{expressions_in, items};
use super::walk::walk;
use crate::forms::form::Part;
use crate::forms::links::Link;
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Access, Entry, Expression, Kind, Map, Part as TextPart, Value};

/// The names of resources, data sources, variables, locals and modules where they are used, in all files of a module.
pub fn links(parts: &[Part<'_>]) -> Vec<Link> {
    let mut found = Found { declared: declared(parts), links: Vec::new() };
    for part in parts {
        let Some(map) = part.document.root.as_map() else { continue };
        let is_input = part.name.ends_with(".tfvars") || part.name.ends_with(".tfvars.json");
        if is_input {
            map.entries
                .iter()
                .for_each(|entry| found.add(&format!("var.{}", entry.key.name), entry.key.span));
            continue;
        }
        let (blocks, others): (Vec<&Entry>, Vec<&Entry>) =
            map.entries.iter().partition(|entry| matches!(entry.value.kind, Kind::Block(_)));
        for block in blocks {
            found.look(&block.value);
        }
        // What is in no block is in JSON.
        let others = Map { entries: others.into_iter().cloned().collect() };
        expressions_in(&others).entries.iter().for_each(|entry| found.look(&entry.value));
    }
    found.links
}

/// What the blocks of a module are referred to by.
fn declared(parts: &[Part<'_>]) -> HashMap<String, Span> {
    let mut declared = HashMap::new();
    for part in parts {
        for item in items(part) {
            let address = match item.kind {
                "resource" => format!("{}.{}", item.label(0), item.label(1)),
                "data" => format!("data.{}.{}", item.label(0), item.label(1)),
                "variable" => format!("var.{}", item.label(0)),
                "locals" => {
                    let keys = item.body.entries.iter().map(|entry| &entry.key);
                    declared.extend(keys.map(|key| (format!("local.{}", key.name), key.span)));
                    continue;
                }
                _ => continue,
            };
            declared.entry(address).or_insert(item.header);
        }
        let blocks = part.document.root.as_map().into_iter().flat_map(|map| &map.entries);
        for entry in blocks.filter(|entry| entry.key.name == "module") {
            if let Kind::Block(block) = &entry.value.kind
                && let Some(label) = block.labels.first()
            {
                declared.entry(format!("module.{}", label.name)).or_insert(label.span);
            }
        }
    }
    declared
}

struct Found {
    declared: HashMap<String, Span>,
    links: Vec<Link>,
}

impl Found {
    fn look(&mut self, value: &Value) {
        walk(value, &mut |value| match &value.kind {
            Kind::Expression(expression) => {
                if let Expression::Traversal { root, steps } = expression.as_ref() {
                    self.traversal(value.span, root, steps);
                }
            }
            Kind::Map(map) => self.waits(map),
            _ => {}
        });
    }

    /// A name, in each length in which it is one, and what is taken of what it names.
    fn traversal(&mut self, whole: Span, root: &Value, steps: &[Access]) {
        let Kind::Expression(name) = &root.kind else { return };
        let Expression::Name(name) = name.as_ref() else { return };
        let mut address = name.name.clone();
        for step in steps.iter().take(if name.name == "data" { 2 } else { 1 }) {
            let Access::Attribute(key) = step else { return };
            address = format!("{address}.{}", key.name);
            let span = root.span.to(key.span);
            self.add(&address, span);
        }
        self.add(&address, whole);
    }

    /// In JSON, what is waited for is a list of texts.
    fn waits(&mut self, map: &Map) {
        let named = map.get("depends_on").and_then(|entry| entry.value.as_list());
        for literal in named.into_iter().flatten().filter_map(literal) {
            let names = if literal.text.starts_with("data.") { 3 } else { 2 };
            let address: Vec<&str> = literal.text.split('.').take(names).collect();
            let address = address.join(".");
            self.add(&address, literal.part(0, address.len()));
        }
    }

    fn add(&mut self, address: &str, span: Span) {
        self.links.extend(self.declared.get(address).map(|to| Link { span, to: *to }));
    }
}

fn literal(value: &Value) -> Option<&Literal> {
    match &value.kind {
        Kind::Text(text) => match text.parts.as_slice() {
            [TextPart::Literal(literal)] => Some(literal),
            _ => None,
        },
        _ => None,
    }
}
