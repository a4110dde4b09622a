//! Whether two values surely say the same, wherever and however they are written.

use crate::spec::pointer_step;
use crate::value::{Entry, Holds, Hole, Kind, Map, Part, Text, Value};

/// Whether two values are the same in every deployment of their unit.
#[must_use]
pub fn surely_same(one: &Value, other: &Value) -> bool {
    difference(one, other).is_none()
}

/// The first place, as a JSON pointer, at which two values may say different things. The order of members does not
/// matter; what has alternatives is not compared.
#[must_use]
pub fn difference(one: &Value, other: &Value) -> Option<String> {
    match (&one.kind, &other.kind) {
        (Kind::Map(one), Kind::Map(other)) => maps_differ(one, other),
        (Kind::List(one), Kind::List(other)) => {
            let mut items = one.iter().zip(other).enumerate();
            let found = items.find_map(|(at, (a, b))| Some(format!("/{at}{}", difference(a, b)?)));
            let missing = (one.len() != other.len()).then(|| format!("/{}", one.len().min(other.len())));
            found.or(missing)
        }
        (one, other) => (!scalars_are_same(one, other)).then(String::new),
    }
}

fn maps_differ(one: &Map, other: &Map) -> Option<String> {
    let lacks = |one: &Map, other: &Map| {
        let lacked = one.entries.iter().find(|Entry { key, .. }| other.get(&key.name).is_none())?;
        Some(format!("/{}", pointer_step(&lacked.key.name)))
    };
    let inside = |Entry { key, value }: &Entry| {
        let inside = difference(value, &other.get(&key.name)?.value)?;
        Some(format!("/{}{inside}", pointer_step(&key.name)))
    };
    one.entries.iter().find_map(inside).or_else(|| lacks(one, other)).or_else(|| lacks(other, one))
}

fn scalars_are_same(one: &Kind, other: &Kind) -> bool {
    match (one, other) {
        (Kind::Null, Kind::Null) | (Kind::Absent, Kind::Absent) => true,
        (Kind::Bool(one), Kind::Bool(other)) => one == other,
        (Kind::Number(one), Kind::Number(other)) => one == other,
        (Kind::Text(one), Kind::Text(other)) => texts_are_same(one, other),
        (Kind::Unknown(one), Kind::Unknown(other)) => {
            one.identity.is_some() && one.identity == other.identity
        }
        _ => false,
    }
}

/// What a text is made of: literals that stand side by side are one.
enum Piece<'v> {
    Literal(String),
    Hole(&'v Hole),
}

fn texts_are_same(one: &Text, other: &Text) -> bool {
    let (mine, others) = (pieces(one), pieces(other));
    one.reference == other.reference
        && mine.len() == others.len()
        && mine.iter().zip(&others).all(|(one, other)| match (one, other) {
            (Piece::Literal(one), Piece::Literal(other)) => one == other,
            (Piece::Hole(one), Piece::Hole(other)) => holes_are_same(&one.holds, &other.holds),
            _ => false,
        })
}

fn pieces(text: &Text) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for part in &text.parts {
        match (part, pieces.last_mut()) {
            (Part::Literal(literal), Some(Piece::Literal(before))) => before.push_str(&literal.text),
            (Part::Literal(literal), _) if literal.text.is_empty() => {}
            (Part::Literal(literal), _) => pieces.push(Piece::Literal(literal.text.clone())),
            (Part::Hole(hole), _) => pieces.push(Piece::Hole(hole)),
        }
    }
    pieces
}

fn holes_are_same(one: &Holds, other: &Holds) -> bool {
    match (one, other) {
        (Holds::Partition, Holds::Partition)
        | (Holds::Region, Holds::Region)
        | (Holds::Account, Holds::Account) => true,
        (Holds::Name(one), Holds::Name(other)) => one == other,
        (Holds::Value(one), Holds::Value(other)) => surely_same(one, other),
        (Holds::Anything(one), Holds::Anything(other)) => {
            one.identity.is_some() && one.identity == other.identity
        }
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
    fn what_is_written_in_another_way_is_the_same() {
        for (one, other, place) in [
            ("{a: x, b: [1, null]}", "b:\n- 1\n- ~\na: 'x'\n", None),
            ("{a: x}", "{a: y}", Some("/a")),
            ("{a: x}", "{a: x, b/c: y}", Some("/b~1c")),
            ("{a: [x, {b: 1}]}", "{a: [x, {b: 2}]}", Some("/a/1/b")),
            ("{a: [x]}", "{a: [x, y]}", Some("/a/1")),
            ("{a: '1'}", "{a: 1}", Some("/a")),
            ("{a: true}", "{a: false}", Some("/a")),
            // Nobody knows what comes of a function.
            ("{a: !Ref x}", "{a: !Ref x}", Some("/a")),
        ] {
            let (a, b) = (value(one), value(other));
            assert_eq!(difference(&a, &b).as_deref(), place, "{one} and {other}");
            assert_eq!(difference(&b, &a).as_deref(), place, "{other} and {one}");
        }
    }
}
