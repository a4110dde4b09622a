//! Texts that are put together of values.

use std::borrow::Cow;

use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Choice, Kind, Part, Text, Value};

/// How many parts a text may consist of; nothing is known of one that has more.
pub const MAX_PARTS: usize = 10_000;

/// A text of parts, written at a place; unknown where it has too many.
pub fn of_parts(parts: Vec<Part>, span: Span) -> Value {
    if parts.len() > MAX_PARTS {
        return Value::unknown(span, "a text of too many parts");
    }
    Value::new(span, Kind::Text(Text { parts, reference: None }))
}

/// A scalar as text, as Terraform converts it.
pub fn scalar(value: &Value) -> Option<Cow<'_, str>> {
    match &value.kind {
        Kind::Text(text) => text.known(),
        Kind::Number(number) => Some(Cow::Borrowed(number)),
        Kind::Bool(true) => Some(Cow::Borrowed("true")),
        Kind::Bool(false) => Some(Cow::Borrowed("false")),
        _ => None,
    }
}

/// Whether nothing can be said of a value before it is decided.
pub fn is_open(value: &Value) -> bool {
    matches!(value.kind, Kind::Unknown(_) | Kind::Choice(_))
}

pub fn alternatives(choice: &Choice) -> impl Iterator<Item = &Value> {
    choice.alternatives.iter().map(|alternative| &alternative.value)
}

/// How many values a value may be, each in some alternative.
pub fn leaves(value: &Value) -> usize {
    match &value.kind {
        Kind::Choice(choice) => alternatives(choice).map(leaves).sum(),
        _ => 1,
    }
}

/// The text without a suffix, if it is certain whether it ends in it.
pub fn trim_suffix(text: &Text, suffix: &str) -> Option<Text> {
    let mut parts = text.parts.clone();
    match parts.pop() {
        Some(Part::Literal(last)) => {
            let kept = last.text.strip_suffix(suffix);
            // What is shorter than the suffix may continue one that began before it.
            if kept.is_none() && last.text.len() < suffix.len() && !parts.is_empty() {
                return None;
            }
            let end = kept.map_or(last.text.len(), str::len);
            if end > 0 {
                parts.push(Part::Literal(last.slice(0, end)));
            }
        }
        Some(Part::Hole(hole)) if suffix.chars().next_back().is_some_and(|c| hole.may_hold(c)) => {
            return None;
        }
        Some(part) => parts.push(part),
        None => {}
    }
    Some(Text { parts, reference: None })
}

/// The text with each occurrence of a literal replaced, if it is certain where it occurs.
pub fn replace(text: &Text, wanted: &str, by: &str) -> Option<Text> {
    let adjoin = |pair: &[Part]| matches!(pair, [Part::Literal(_), Part::Literal(_)]);
    if wanted.is_empty() || (wanted.len() > 1 && text.parts.windows(2).any(adjoin)) {
        return None;
    }
    let mut parts = Vec::new();
    for part in &text.parts {
        match part {
            Part::Hole(hole) if wanted.chars().any(|c| hole.may_hold(c)) => return None,
            Part::Hole(_) => parts.push(part.clone()),
            Part::Literal(literal) => {
                let mut at = 0;
                while let Some(found) = literal.text[at..].find(wanted).map(|found| at + found) {
                    if found > at {
                        parts.push(Part::Literal(literal.slice(at, found)));
                    }
                    if !by.is_empty() {
                        parts.push(Part::Literal(Literal::opaque(
                            by,
                            literal.part(found, found + wanted.len()),
                        )));
                    }
                    at = found + wanted.len();
                }
                if at < literal.text.len() || literal.text.is_empty() {
                    parts.push(Part::Literal(literal.slice(at, literal.text.len())));
                }
            }
        }
    }
    Some(Text { parts, reference: None })
}
