//! An expression as text: what names it, and what messages call it.

use std::fmt::Write as _;

use crate::value::{Access, Expression, Kind, Value};

/// Characters of an expression that are shown in a message.
const MAX_SHOWN: usize = 60;

/// What names an expression: two of one name yield the same in every run of a module. None for what depends on where
/// it stands: an instance, an iteration.
pub fn identity(value: &Value) -> Option<String> {
    let mut text = String::new();
    write(&mut text, value).then_some(text)
}

/// An expression as a message quotes it; none where it is too long for that.
pub fn shown(value: &Value) -> Option<String> {
    let mut text = String::new();
    write(&mut text, value);
    (text.chars().count() <= MAX_SHOWN).then_some(text)
}

/// Writes an expression, and says whether it is the same wherever it stands.
fn write(text: &mut String, value: &Value) -> bool {
    match &value.kind {
        Kind::Null => push(text, "null"),
        Kind::Bool(truth) => push(text, if *truth { "true" } else { "false" }),
        Kind::Number(number) => push(text, number),
        Kind::Text(written) => match written.as_str() {
            Some(literal) => {
                // Writing to a string does not fail.
                let _ = write!(text, "{literal:?}");
                true
            }
            None => unique(text, value),
        },
        Kind::List(items) => {
            text.push('[');
            let same = list(text, items);
            text.push(']');
            same
        }
        Kind::Map(map) => {
            text.push('{');
            let mut same = true;
            for entry in &map.entries {
                let _ = write!(text, "{:?}=", entry.key.name);
                same &= write(text, &entry.value);
                text.push(' ');
            }
            text.push('}');
            same
        }
        Kind::Expression(expression) => write_expression(text, expression, value),
        _ => unique(text, value),
    }
}

fn write_expression(text: &mut String, expression: &Expression, value: &Value) -> bool {
    match expression {
        Expression::Name(name) => {
            text.push_str(&name.name);
            matches!(name.name.as_str(), "var" | "local" | "data" | "module" | "path" | "terraform")
                || name.name.contains('_')
        }
        Expression::Traversal { root, steps } => {
            let same = write(text, root);
            steps.iter().fold(same, |same, step| write_step(text, step) && same)
        }
        Expression::Call { name, arguments, spread } => {
            text.push_str(&name.name);
            text.push('(');
            let same = list(text, arguments);
            text.push_str(if *spread { "...)" } else { ")" });
            // Each call yields something else.
            same && !matches!(name.name.as_str(), "timestamp" | "uuid" | "bcrypt")
        }
        Expression::Conditional { condition, yes, no } => {
            let mut same = write(text, condition);
            text.push_str(" ? ");
            same &= write(text, yes);
            text.push_str(" : ");
            write(text, no) && same
        }
        Expression::Template(parts) => {
            text.push('"');
            let mut same = true;
            for part in parts {
                match part.as_str() {
                    Some(literal) => text.push_str(literal),
                    None => {
                        text.push_str("${");
                        same &= write(text, part);
                        text.push('}');
                    }
                }
            }
            text.push('"');
            same
        }
        Expression::Unary { operator, operand } => {
            text.push_str(operator);
            write(text, operand)
        }
        Expression::Binary { operator, left, right } => {
            let same = write(text, left);
            let _ = write!(text, " {operator} ");
            write(text, right) && same
        }
        Expression::For(_) | Expression::Other(_) => unique(text, value),
    }
}

fn write_step(text: &mut String, step: &Access) -> bool {
    match step {
        Access::Attribute(name) => {
            text.push('.');
            push(text, &name.name)
        }
        Access::Index(index) => {
            text.push('[');
            let same = write(text, index);
            text.push(']');
            same
        }
        Access::Splat(_) => push(text, "[*]"),
    }
}

fn list(text: &mut String, items: &[Value]) -> bool {
    let mut same = true;
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        same &= write(text, item);
    }
    same
}

fn push(text: &mut String, written: &str) -> bool {
    text.push_str(written);
    true
}

/// What is like nothing else.
fn unique(text: &mut String, value: &Value) -> bool {
    let _ = write!(text, "{:?}", value.span);
    false
}
