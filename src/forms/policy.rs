//! Policy documents of IAM, in one shape: `Statement` is a list, and in each statement `Principal.Service`,
//! `Principal.AWS`, `Action` and `Resource` are lists, whatever the file makes of them.
//!
//! What a statement excludes is not known, nor what is excluded from it (`NotAction`, `NotPrincipal`, `NotResource`).

use crate::syntax;
use crate::text::Span;
use crate::value::unknown::Unknown;
use crate::value::{Alternative, Choice, Entry, Key, Kind, Map, Part, Value};

const EVERYBODY: &str = "*";

/// A document in the one shape, also where it is a text that holds one; unknown where that cannot be read.
#[must_use]
pub fn document(value: &Value) -> Value {
    in_each(value, &|value| match &value.kind {
        Kind::Map(map) => in_shape(value, map),
        Kind::Text(text) => match syntax::embedded_json(text) {
            Some(Value { kind: Kind::Map(map), .. }) => in_shape(value, &map),
            _ => unknown(value),
        },
        _ => unknown(value),
    })
}

fn in_shape(value: &Value, map: &Map) -> Value {
    let statements = map.get("Statement").map(|entry| member(&entry.key, statements(&entry.value)));
    Value { kind: mapping(statements), ..value.clone() }
}

fn statements(value: &Value) -> Value {
    in_each(value, &|value| match &value.kind {
        Kind::List(items) => {
            Value { kind: Kind::List(items.iter().map(statement).collect()), ..value.clone() }
        }
        _ => Value { kind: Kind::List(vec![statement(value)]), ..value.clone() },
    })
}

fn statement(value: &Value) -> Value {
    in_each(value, &|value| match &value.kind {
        Kind::Map(map) => {
            let effect = map.get("Effect").cloned();
            let principal = either(map, "Principal", "NotPrincipal", principal);
            let action = either(map, "Action", "NotAction", list);
            let resource = either(map, "Resource", "NotResource", list);
            let members = [effect, principal, action, resource].into_iter().flatten();
            Value { kind: mapping(members), ..value.clone() }
        }
        Kind::Absent => value.clone(),
        _ => unknown(value),
    })
}

/// A member of a statement, which is not known where the statement says what it is not.
fn either(map: &Map, name: &str, negated: &str, shape: impl Fn(&Value) -> Value) -> Option<Entry> {
    if let Some(entry) = map.get(negated) {
        let key = Key { name: name.to_owned(), span: entry.key.span };
        return Some(member(&key, Value::unknown(entry.value.span, format!("what {negated} leaves"))));
    }
    map.get(name).map(|entry| member(&entry.key, shape(&entry.value)))
}

/// Who a statement is about: services and accounts, each as a list. Everybody is `*` in both.
fn principal(value: &Value) -> Value {
    in_each(value, &|value| match &value.kind {
        Kind::Map(map) => {
            let member = |name: &str| match map.get(name) {
                Some(entry) => member(&entry.key, list(&entry.value)),
                None => lists(name, value.span, Vec::new()),
            };
            let accounts = member("AWS");
            let services = including(member("Service"), &accounts.value);
            Value { kind: mapping([services, accounts]), ..value.clone() }
        }
        Kind::Text(_) if value.as_str() == Some(EVERYBODY) => {
            let entry = |name: &str| lists(name, value.span, vec![value.clone()]);
            Value { kind: mapping(["Service", "AWS"].map(entry)), ..value.clone() }
        }
        _ => unknown(value),
    })
}

/// The services, with everybody among them where they are, or may be, among the accounts.
fn including(mut services: Entry, accounts: &Value) -> Entry {
    let may_be_everybody = |item: &&Value| {
        match &item.kind {
        Kind::Text(text) => !text.parts.iter().any(
            |part| matches!(part, Part::Literal(literal) if !literal.text.is_empty() && literal.text != EVERYBODY),
        ),
        Kind::Absent => false,
        _ => true,
    }
    };
    match (&mut services.value.kind, &accounts.kind) {
        (Kind::List(services), Kind::List(accounts)) => {
            services.extend(accounts.iter().filter(may_be_everybody).cloned());
        }
        (services @ Kind::List(_), _) => {
            *services = Kind::Unknown(Unknown::new("whether everybody is meant"));
        }
        _ => {}
    }
    services
}

fn list(value: &Value) -> Value {
    in_each(value, &|value| match &value.kind {
        Kind::Text(_) => Value { kind: Kind::List(vec![value.clone()]), ..value.clone() },
        Kind::Absent => Value { kind: Kind::List(Vec::new()), ..value.clone() },
        Kind::List(_) => value.clone(),
        _ => unknown(value),
    })
}

fn lists(name: &str, span: Span, items: Vec<Value>) -> Entry {
    let value = Value::new(span, Kind::List(items));
    Entry { key: Key { name: name.to_owned(), span }, value }
}

fn member(key: &Key, value: Value) -> Entry {
    Entry { key: key.clone(), value }
}

fn mapping(entries: impl IntoIterator<Item = Entry>) -> Kind {
    Kind::Map(Map { entries: entries.into_iter().collect() })
}

fn unknown(value: &Value) -> Value {
    match &value.kind {
        Kind::Unknown(_) | Kind::Absent => value.clone(),
        _ => Value::unknown(value.span, "a policy document that is no mapping"),
    }
}

/// What becomes of the statements of a document that is in the one shape.
#[must_use]
pub fn in_each_statement(document: &Value, shape: &dyn Fn(&Value) -> Value) -> Value {
    in_each(document, &|document| {
        let Kind::Map(map) = &document.kind else { return document.clone() };
        let entry = |entry: &Entry| {
            let value = in_each(&entry.value, &|list| match &list.kind {
                Kind::List(items) => {
                    let items = items.iter().map(|item| in_each(item, shape)).collect();
                    Value { kind: Kind::List(items), ..list.clone() }
                }
                _ => list.clone(),
            });
            Entry { key: entry.key.clone(), value }
        };
        Value { kind: mapping(map.entries.iter().map(entry)), ..document.clone() }
    })
}

/// What becomes of a node, or of each of its alternatives.
#[must_use]
pub fn in_each(value: &Value, shape: &dyn Fn(&Value) -> Value) -> Value {
    let Kind::Choice(Choice { alternatives }) = &value.kind else { return shape(value) };
    let alternative = |alternative: &Alternative| Alternative {
        guard: alternative.guard.clone(),
        value: in_each(&alternative.value, shape),
    };
    let alternatives = alternatives.iter().map(alternative).collect();
    Value { kind: Kind::Choice(Choice { alternatives }), ..value.clone() }
}
