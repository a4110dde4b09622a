//! Lists and maps as expressions go through them.

use super::text;
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Entry, Kind, Text, Value};

/// The reason of what is unknown because it is taken of an object that lacks it: Terraform fails there.
pub const MISSING: &str = "an attribute that the object does not have";

/// The items of a collection with their keys or indices, in the order of Terraform, if it is known how many there are.
pub fn pairs(collection: &Value) -> Option<Vec<(Value, Value)>> {
    match &collection.kind {
        Kind::List(items) if !items.iter().any(may_vanish) => {
            let index = |index: usize, item: &Value| Value::new(item.span, Kind::Number(index.to_string()));
            Some(items.iter().enumerate().map(|(at, item)| (index(at, item), item.clone())).collect())
        }
        Kind::Map(map) => {
            let key = |entry: &Entry| {
                let literal = Literal::plain(entry.key.name.as_str(), entry.key.span);
                Value::new(entry.key.span, Kind::Text(Text::literal(literal)))
            };
            let mut entries: Vec<&Entry> = map.entries.iter().collect();
            entries.sort_by(|one, other| one.key.name.cmp(&other.key.name));
            Some(entries.into_iter().map(|entry| (key(entry), entry.value.clone())).collect())
        }
        _ => None,
    }
}

/// Whether an item may be taken out of its list.
pub fn may_vanish(value: &Value) -> bool {
    match &value.kind {
        Kind::Absent => true,
        Kind::Choice(choice) => text::alternatives(choice).any(may_vanish),
        _ => false,
    }
}

/// A value that is used at another place than it was written at.
pub fn at(mut value: Value, span: Span) -> Value {
    if value.span != span {
        value.used_at = Some(span);
    }
    value
}
