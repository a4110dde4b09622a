//! What the `lifecycle` of a resource says.

use crate::forms::provider::ignored::Ignored;
use crate::value::{Expression, Kind, Map, Value};

/// The members of a resource with this body whose changes are ignored.
pub fn ignored(body: &Map) -> Vec<Ignored> {
    said(body, "ignore_changes")
        .flat_map(|rule| match &rule.kind {
            Kind::List(items) => items.iter().map(one).collect(),
            _ => vec![Ignored { name: None, span: rule.span }],
        })
        .collect()
}

/// What decides whether a resource with this body is made at all, in `OpenTofu`.
pub fn enabled(body: &Map) -> Option<&Value> {
    said(body, "enabled").last()
}

fn said<'m>(body: &'m Map, what: &'static str) -> impl Iterator<Item = &'m Value> {
    let written = body.entries.iter().filter(|entry| entry.key.name == "lifecycle");
    written
        .flat_map(|entry| blocks(&entry.value))
        .filter_map(move |block| block.get(what))
        .map(|entry| &entry.value)
}

/// A block, or what stands for blocks in JSON.
fn blocks(value: &Value) -> Vec<&Map> {
    match &value.kind {
        Kind::Block(block) => vec![&block.body],
        Kind::Map(map) => vec![map],
        Kind::List(items) => items.iter().filter_map(Value::as_map).collect(),
        _ => Vec::new(),
    }
}

/// `tags`, `tags["Team"]`, `rule[0].id`; in JSON a text of that.
fn one(value: &Value) -> Ignored {
    let name =
        value.as_str().map_or_else(|| root(value), |text| text.split(['.', '[']).next()).map(str::to_owned);
    Ignored { name: name.filter(|name| name != "*"), span: value.span }
}

fn root(value: &Value) -> Option<&str> {
    let Kind::Expression(expression) = &value.kind else { return None };
    match expression.as_ref() {
        Expression::Name(name) => Some(&name.name),
        Expression::Traversal { root: within, .. } => root(within),
        _ => None,
    }
}
