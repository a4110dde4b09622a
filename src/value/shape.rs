//! What tells texts from each other of which not all is known.

use std::fmt::Write as _;

use crate::value::{Choice, Holds, Kind, Part, Text, Value};

/// Stand around what is no literal text.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';
/// How long a shape may become; what is put together of more is compared with nothing.
const MAX_LENGTH: usize = 4_000;

/// The shape of a text, or of what a text may be put together of: two of one shape are equal in every deployment of their
/// unit. A text without holes is its own. None where a part may be anything.
#[must_use]
pub fn shape(value: &Value) -> Option<String> {
    let mut shape = String::new();
    if let Kind::Text(text) = &value.kind {
        add(&mut shape, text)?;
    } else {
        shape.push(OPEN);
        add_value(&mut shape, value)?;
        shape.push(CLOSE);
    }
    Some(shape)
}

/// Whether a shape is of a text that is not wholly known.
#[must_use]
pub fn has_holes(shape: &str) -> bool {
    shape.contains(OPEN)
}

/// The shape of what the deployment fills in as the region and the account, with a colon between them.
#[must_use]
pub fn here() -> String {
    format!("{OPEN}R{CLOSE}:{OPEN}A{CLOSE}")
}

/// The text of a shape that is known.
#[must_use]
pub fn known(shape: &str) -> String {
    let mut depth = 0_usize;
    let mut known = String::new();
    for c in shape.chars() {
        match c {
            OPEN => depth += 1,
            CLOSE => depth = depth.saturating_sub(1),
            _ if depth == 0 => known.push(c),
            _ => {}
        }
    }
    known
}

fn add(shape: &mut String, text: &Text) -> Option<()> {
    for part in &text.parts {
        match part {
            Part::Literal(literal) if literal.text.contains([OPEN, CLOSE]) => return None,
            Part::Literal(literal) => shape.push_str(&literal.text),
            Part::Hole(hole) => {
                shape.push(OPEN);
                match &hole.holds {
                    Holds::Partition => shape.push('P'),
                    Holds::Region => shape.push('R'),
                    Holds::Account => shape.push('A'),
                    // Writing to a string does not fail.
                    Holds::Name(named) => drop(write!(shape, "N{}", named.resource)),
                    Holds::Value(value) => add_value(shape, value)?,
                    Holds::Anything(unknown) => drop(write!(shape, "?{}", unknown.identity.as_deref()?)),
                    Holds::Of(_) => return None,
                }
                shape.push(CLOSE);
            }
        }
        if shape.len() > MAX_LENGTH {
            return None;
        }
    }
    Some(())
}

fn add_value(shape: &mut String, value: &Value) -> Option<()> {
    match &value.kind {
        Kind::Text(text) => add(shape, text),
        Kind::Number(number) => {
            shape.push_str(number);
            Some(())
        }
        Kind::Unknown(unknown) => {
            let _ = write!(shape, "?{}", unknown.identity.as_deref()?);
            Some(())
        }
        Kind::Choice(Choice { alternatives }) => {
            for alternative in alternatives {
                // A guard is made of names alone.
                let _ = write!(shape, "{OPEN}{:?}{CLOSE}", alternative.guard);
                if shape.len() > MAX_LENGTH {
                    return None;
                }
                add_value(shape, &alternative.value)?;
            }
            Some(())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceId, Span};
    use crate::value::literal::Literal;
    use crate::value::unknown::Unknown;
    use crate::value::{Hole, ResourceKind};

    const SPAN: Span = Span { source: SourceId(0), start: 0, end: 1 };

    fn unknown(identity: Option<&str>) -> Unknown {
        Unknown { identity: identity.map(Into::into), ..Unknown::new("x") }
    }

    fn text(parts: Vec<Part>) -> Value {
        Value::new(SPAN, Kind::Text(Text { parts, reference: None }))
    }

    fn literal(text: &str) -> Part {
        Part::Literal(Literal::opaque(text, SPAN))
    }

    fn hole(holds: Holds) -> Part {
        Part::Hole(Hole { span: SPAN, holds })
    }

    #[test]
    fn texts_of_one_shape_are_equal() {
        let named = |identity| text(vec![literal("a-"), hole(Holds::Anything(unknown(identity)))]);
        assert_eq!(shape(&named(Some("x"))), shape(&named(Some("x"))));
        assert_ne!(shape(&named(Some("x"))), shape(&named(Some("y"))));
        assert_eq!(shape(&named(None)), None);
        // How the parts are cut makes no difference, and a value alone is the same as in a text.
        let cut = text(vec![literal("a"), literal("-"), hole(Holds::Anything(unknown(Some("x"))))]);
        assert_eq!(shape(&cut), shape(&named(Some("x"))));
        let alone = Value::new(SPAN, Kind::Unknown(unknown(Some("x"))));
        assert_eq!(shape(&alone), shape(&text(vec![hole(Holds::Anything(unknown(Some("x"))))])));
        // No literal text looks like a hole.
        let of_region = shape(&text(vec![hole(Holds::Region)])).unwrap();
        assert_eq!(shape(&text(vec![literal(&of_region)])), None);
        assert_ne!(shape(&text(vec![literal("R")])), Some(of_region));
        let holds = Holds::Of(crate::value::characters::Characters::Name);
        assert_eq!(shape(&text(vec![hole(holds)])), None);
    }

    #[test]
    fn what_is_known_of_a_shape_is_its_literal_text() {
        let group = crate::value::Reference { kind: ResourceKind::LogGroup, resource: "Logs".into() };
        let value = text(vec![literal("a"), hole(Holds::Name(group)), literal("b")]);
        let shape = shape(&value).unwrap();
        assert!(has_holes(&shape) && !has_holes("a:b"));
        assert_eq!(known(&shape), "ab");
    }
}
