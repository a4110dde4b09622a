//! Texts that are put together of values, and taken apart.

use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::unknown::Unknown;
use crate::value::{Holds, Hole, Kind, Part, Text, Value};

/// A text that is one hole.
#[must_use]
pub fn hole(holds: Holds, span: Span) -> Value {
    let parts = vec![Part::Hole(Hole { span, holds })];
    Value::new(span, Kind::Text(Text { parts, reference: None }))
}

/// Adds what a value is in a text to the parts of one.
pub fn push_value(parts: &mut Vec<Part>, value: Value) {
    let span = value.span;
    let hole = |holds: Holds| Part::Hole(Hole { span, holds });
    match value.kind {
        Kind::Text(text) => parts.extend(text.parts),
        Kind::Number(ref text) => parts.push(Part::Literal(Literal::plain(text.as_str(), span))),
        Kind::Bool(truth) => parts.push(Part::Literal(Literal::opaque(truth.to_string(), span))),
        Kind::Absent => {}
        Kind::Unknown(unknown) => parts.push(hole(Holds::Anything(unknown))),
        Kind::Choice(_) => parts.push(hole(Holds::Value(Box::new(value)))),
        _ => {
            let reason = Unknown::new(format!("{} where a text is due", value.type_name()));
            parts.push(hole(Holds::Anything(reason)));
        }
    }
}

/// The pieces of a text between delimiters, if every delimiter in it is certain. Each stands at `span`.
#[must_use]
pub fn split(text: &Text, delimiter: &str, span: Span) -> Option<Vec<Value>> {
    pieces(text, delimiter, span, usize::MAX)
}

/// The piece of this index of a text between delimiters, if every delimiter up to its end is certain.
#[must_use]
pub fn piece(text: &Text, delimiter: &str, index: usize, span: Span) -> Option<Value> {
    pieces(text, delimiter, span, index.checked_add(1)?)?.into_iter().nth(index)
}

/// The first pieces, so many as are wanted; nothing is looked at behind these.
fn pieces(text: &Text, delimiter: &str, span: Span, wanted: usize) -> Option<Vec<Value>> {
    // A longer delimiter may begin in one part and end in the next.
    let adjoin = |pair: &[Part]| matches!(pair, [Part::Literal(_), Part::Literal(_)]);
    if delimiter.is_empty() || (delimiter.len() > 1 && text.parts.windows(2).any(adjoin)) {
        return None;
    }
    let piece = |parts: Vec<Part>| Value::new(span, Kind::Text(Text { parts, reference: None }));
    let mut pieces = Vec::new();
    let mut current = Vec::new();
    for part in &text.parts {
        match part {
            Part::Hole(hole) if delimiter.chars().any(|c| hole.may_hold(c)) => return None,
            Part::Hole(_) => current.push(part.clone()),
            Part::Literal(literal) => {
                let mut at = 0;
                while let Some(found) = literal.text[at..].find(delimiter).map(|found| at + found) {
                    current.push(Part::Literal(literal.slice(at, found)));
                    pieces.push(piece(std::mem::take(&mut current)));
                    if pieces.len() == wanted {
                        return Some(pieces);
                    }
                    at = found + delimiter.len();
                }
                current.push(Part::Literal(literal.slice(at, literal.text.len())));
            }
        }
    }
    pieces.push(piece(current));
    Some(pieces)
}
