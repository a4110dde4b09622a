//! Whether two values surely say different things, whatever is not known of them.

use crate::value::{Entry, Kind, Map, Value};

/// Whether two values differ in every deployment. Neither the order of members nor that of items matters; a member that
/// is empty is none.
#[must_use]
pub fn surely_differ(one: &Value, other: &Value) -> bool {
    match (&one.kind, &other.kind) {
        (Kind::Bool(one), Kind::Bool(other)) => one != other,
        (Kind::Number(one), Kind::Number(other)) => one != other,
        (Kind::Text(one), Kind::Text(other)) => {
            one.as_str().zip(other.as_str()).is_some_and(|(one, other)| one != other)
        }
        (Kind::List(one), Kind::List(other)) => lists_differ(one, other) || lists_differ(other, one),
        (Kind::Map(one), Kind::Map(other)) => {
            lacks(one, other) || lacks(other, one) || pairs(one, other).any(|(a, b)| surely_differ(a, b))
        }
        _ => false,
    }
}

/// Whether a list has an item that the other surely has not.
fn lists_differ(one: &[Value], other: &[Value]) -> bool {
    let is_open = |items: &[Value]| items.iter().any(|item| !is_surely_there(item));
    if is_open(one) || is_open(other) {
        return false;
    }
    one.len() != other.len() || one.iter().any(|item| other.iter().all(|other| surely_differ(item, other)))
}

/// Whether a mapping has a member that the other has not.
fn lacks(one: &Map, other: &Map) -> bool {
    one.entries.iter().any(|entry| is_surely_there(&entry.value) && other.get(&entry.key.name).is_none())
}

fn pairs<'v>(one: &'v Map, other: &'v Map) -> impl Iterator<Item = (&'v Value, &'v Value)> {
    one.entries.iter().filter_map(|Entry { key, value }| Some((value, &other.get(&key.name)?.value)))
}

/// Whether a value is there, and says something.
fn is_surely_there(value: &Value) -> bool {
    match &value.kind {
        Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) => true,
        Kind::List(items) => items.iter().any(is_surely_there),
        Kind::Map(map) => map.entries.iter().any(|entry| is_surely_there(&entry.value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax;
    use crate::text::{Source, SourceId};

    fn value(text: &str) -> Value {
        let source = Source::new(SourceId(0), "value", text);
        syntax::parse(&source).documents.remove(0).root
    }

    #[test]
    fn what_is_not_known_may_be_the_same() {
        for (one, other, differ) in [
            ("{a: x}", "{a: x}", false),
            ("{a: x}", "{a: y}", true),
            ("{a: x}", "{b: x}", true),
            ("{a: x, b: y}", "{b: y, a: x}", false),
            ("{a: x, b: {}}", "{a: x}", false),
            ("{a: x, b: []}", "{a: x}", false),
            ("{a: x, b: [{c: []}]}", "{a: x}", false),
            ("{a: x, b: ~}", "{a: x}", false),
            ("{a: x, b: y}", "{a: x}", true),
            ("{a: x, b: !Ref y}", "{a: x}", false),
            ("{a: x, b: !Ref y}", "{a: x, b: z}", false),
            ("{a: !Ref x, b: y}", "{a: x, b: z}", true),
            ("[x, y]", "[y, x]", false),
            ("[x, y]", "[x]", true),
            ("[x, y]", "[x, z]", true),
            ("[x, x]", "[x, y]", true),
            ("[x, !Ref y]", "[x]", false),
            ("[{a: x}, {a: y}]", "[{a: x, b: z}, {a: y}]", true),
            ("[{a: x, b: !Ref w}, {a: y}]", "[{a: y}, {a: x, b: z}]", false),
            ("1", "2", true),
            ("true", "false", true),
            // Which of them is what it should be is for others to say.
            ("'1'", "1", false),
            ("[x]", "{a: x}", false),
        ] {
            assert_eq!(surely_differ(&value(one), &value(other)), differ, "{one} and {other}");
            assert_eq!(surely_differ(&value(other), &value(one)), differ, "{other} and {one}");
        }
    }
}
