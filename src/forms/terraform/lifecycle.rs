//! What the `lifecycle` of a resource says.

use crate::forms::provider::ignored::Ignored;
use crate::value::{Expression, Kind, Map, Value};

/// The members of a resource with this body whose changes are ignored.
pub fn ignored(body: &Map) -> Vec<Ignored> {
    let written = body.entries.iter().filter(|entry| entry.key.name == "lifecycle");
    let rules =
        written.flat_map(|entry| blocks(&entry.value)).filter_map(|block| block.get("ignore_changes"));
    rules
        .flat_map(|rule| match &rule.value.kind {
            Kind::List(items) => items.iter().map(one).collect(),
            _ => vec![Ignored { name: None, span: rule.value.span }],
        })
        .collect()
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
