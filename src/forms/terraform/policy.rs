//! `aws_iam_policy_document`: the policy that its blocks describe.

use super::evaluate::Evaluator;
use super::module::Declared;
use super::names::Names;
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Entry, Key, Kind, Map, Text, Value};

/// The members of a statement, by the attributes of its block.
const MEMBERS: &[(&str, &str)] = &[
    ("sid", "Sid"),
    ("effect", "Effect"),
    ("actions", "Action"),
    ("not_actions", "NotAction"),
    ("resources", "Resource"),
    ("not_resources", "NotResource"),
];

/// The policy document that a data source yields, as a mapping.
pub fn document(evaluator: &Evaluator<'_>, declared: &Declared<'_>, span: Span) -> Value {
    let body = evaluator.body(declared.body, &Names::default());
    let others = [
        "source_json",
        "override_json",
        "source_policy_documents",
        "override_policy_documents",
        "count",
        "for_each",
    ];
    if others.iter().any(|name| body.get(name).is_some()) {
        return Value::unknown(span, format!("the policy document {}", declared.address));
    }
    let statements = match body.get("statement").map(|entry| &entry.value) {
        Some(Value { kind: Kind::List(items), span, .. }) => {
            Value::new(*span, Kind::List(items.iter().map(statement).collect()))
        }
        Some(one @ Value { kind: Kind::Map(_), .. }) => {
            Value::new(one.span, Kind::List(vec![statement(one)]))
        }
        Some(other) => Value::unknown(other.span, "the statements of a policy"),
        None => Value::new(declared.header, Kind::List(Vec::new())),
    };
    let entry = Entry { key: Key { name: "Statement".to_owned(), span: declared.header }, value: statements };
    let value = Value::new(declared.header, Kind::Map(Map { entries: vec![entry] }));
    Value { used_at: Some(span), ..value }
}

fn statement(block: &Value) -> Value {
    let Kind::Map(map) = &block.kind else { return Value::unknown(block.span, "a statement of a policy") };
    let mut entries = Vec::new();
    let mut effect = false;
    for entry in &map.entries {
        let name = match entry.key.name.as_str() {
            "principals" => "Principal",
            "not_principals" => "NotPrincipal",
            "condition" => "Condition",
            other => match MEMBERS.iter().find(|(attribute, _)| *attribute == other) {
                Some((_, name)) => name,
                None => continue,
            },
        };
        effect |= name == "Effect";
        let value = if name.ends_with("Principal") { principals(&entry.value) } else { entry.value.clone() };
        entries.push(Entry { key: Key { name: name.to_owned(), span: entry.key.span }, value });
    }
    if !effect {
        let literal = Literal::opaque("Allow", block.span);
        let value = Value::new(block.span, Kind::Text(Text::literal(literal)));
        entries.push(Entry { key: Key { name: "Effect".to_owned(), span: block.span }, value });
    }
    Value::new(block.span, Kind::Map(Map { entries }))
}

/// `principals` blocks, each of a type and with identifiers, as one mapping.
fn principals(blocks: &Value) -> Value {
    let unknown = || Value::unknown(blocks.span, "the principals of a statement");
    let mut entries: Vec<Entry> = Vec::new();
    for block in blocks.as_list().unwrap_or(std::slice::from_ref(blocks)) {
        let (Some(kind), Some(identifiers)) = (block.get("type"), block.get("identifiers")) else {
            return unknown();
        };
        let Some(name) = kind.as_str() else { return unknown() };
        // Everybody.
        let name = if name == "*" { "AWS" } else { name };
        let known = entries.iter_mut().find(|entry| entry.key.name == name);
        match (known.map(|entry| &mut entry.value.kind), &identifiers.kind) {
            (Some(Kind::List(known)), Kind::List(more)) => known.extend(more.iter().cloned()),
            (Some(_), _) => return unknown(),
            (None, _) => {
                let key = Key { name: name.to_owned(), span: kind.span };
                entries.push(Entry { key, value: identifiers.clone() });
            }
        }
    }
    Value::new(blocks.span, Kind::Map(Map { entries }))
}
