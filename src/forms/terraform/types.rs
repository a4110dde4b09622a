//! The types of variables: what becomes of a value that is given to one.

use crate::value::{Entry, Expression, Kind, Map, Value};

/// How deep types are followed.
const MAX_DEPTH: usize = 50;

/// A value as a variable of a type holds it: an object has the attributes of its type, those that may be left out with
/// their defaults. None where that is not certain.
pub fn converted(value: Value, to: &Value) -> Option<Value> {
    within(value, to, 0)
}

fn within(value: Value, to: &Value, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    // In JSON, and in old modules, a type is a text.
    if let Kind::Text(text) = &to.kind {
        return text.as_str().filter(|text| !text.contains("object(")).map(|_| value);
    }
    let Kind::Expression(expression) = &to.kind else { return None };
    let (name, argument) = match expression.as_ref() {
        Expression::Name(_) => return Some(value),
        Expression::Call { name, arguments, spread: false } => (name.name.as_str(), arguments.first()?),
        _ => return None,
    };
    let kind = match (name, value.kind) {
        ("list" | "set", Kind::List(items)) => {
            let items = items.into_iter().map(|item| within(item, argument, depth + 1));
            Kind::List(items.collect::<Option<_>>()?)
        }
        ("map", Kind::Map(map)) => {
            let entry =
                |entry: Entry| Some(Entry { value: within(entry.value, argument, depth + 1)?, ..entry });
            Kind::Map(Map { entries: map.entries.into_iter().map(entry).collect::<Option<_>>()? })
        }
        ("tuple", Kind::List(items)) => {
            let items = items.into_iter().zip(argument.as_list()?);
            Kind::List(items.map(|(item, to)| within(item, to, depth + 1)).collect::<Option<_>>()?)
        }
        ("object", Kind::Map(map)) => Kind::Map(object(&map, argument.as_map()?, depth)?),
        ("list" | "set" | "map" | "tuple" | "object", kind @ (Kind::Null | Kind::Absent)) => kind,
        _ => return None,
    };
    Some(Value { kind, span: value.span, used_at: value.used_at })
}

fn object(given: &Map, of: &Map, depth: usize) -> Option<Map> {
    let mut entries = Vec::with_capacity(of.entries.len());
    for attribute in &of.entries {
        let (to, default, may_lack) = match optional(&attribute.value) {
            Some((to, default)) => (to, default, true),
            None => (&attribute.value, None, false),
        };
        let given = given
            .get(&attribute.key.name)
            .filter(|given| default.is_none() || !matches!(given.value.kind, Kind::Null));
        let (key, value) = match (given, default) {
            (Some(given), _) => (&given.key, given.value.clone()),
            (None, Some(default)) => (&attribute.key, default.clone()),
            (None, None) if may_lack => (&attribute.key, Value::new(attribute.key.span, Kind::Null)),
            // Terraform refuses it.
            (None, None) => return None,
        };
        entries.push(Entry { key: key.clone(), value: within(value, to, depth + 1)? });
    }
    Some(Map { entries })
}

/// The type of an attribute that may be left out, and what it is then.
fn optional(of: &Value) -> Option<(&Value, Option<&Value>)> {
    let Kind::Expression(expression) = &of.kind else { return None };
    match expression.as_ref() {
        Expression::Call { name, arguments, spread: false } if name.name == "optional" => {
            let (to, default) = arguments.split_first()?;
            Some((to, default.first()))
        }
        _ => None,
    }
}
