//! The built-in rules as they are packed: JSON that was checked when delint was built and tested.
//!
//! Its nodes have no places of their own, since nobody is told of a mistake in it, and so it is read without the spans
//! that the syntaxes give: at each start there is nothing that costs more.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::text::{SourceId, Span};
use crate::value::literal::Literal;
use crate::value::{Entry, Key, Kind, Map, Text, Value};

/// The source of what is built in.
pub const BUILT_IN: SourceId = SourceId(u32::MAX);

/// A node of the pack.
struct Node(Value);

/// Takes a packed text apart.
pub fn node(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().map(|Node(value)| value)
}

/// The text of a node of the pack.
pub fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|_| value.span.source == BUILT_IN)
}

fn nowhere() -> Span {
    Span::new(BUILT_IN, 0, 0)
}

fn made(kind: Kind) -> Node {
    Node(Value::new(nowhere(), kind))
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visit)
    }
}

struct Visit;

impl<'de> Visitor<'de> for Visit {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a rule")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(made(Kind::Null))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Node, E> {
        Ok(made(Kind::Bool(truth)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(made(Kind::Number(number.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(made(Kind::Number(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(made(Kind::Number(number.to_string())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(made(Kind::Text(Text::literal(Literal::plain(text, nowhere())))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(Node(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(made(Kind::List(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some((name, Node(value))) = members.next_entry()? {
            entries.push(Entry { key: Key { name, span: nowhere() }, value });
        }
        Ok(made(Kind::Map(Map { entries })))
    }
}
