//! An expression as text: what names it, and what messages call it.

use std::fmt::Write as _;
use std::sync::Arc;

use super::names::Names;
use crate::value::{Access, Expression, For, Kind, Value};

/// Characters of an expression that are shown in a message.
const MAX_SHOWN: usize = 60;

/// Stands in a message for what is left out.
const ELLIPSIS: char = '…';

/// What names an expression: two of one name yield the same in every run of a module. None for what depends on where
/// it stands: an instance, or an iteration, of which `names` are.
pub fn identity(value: &Value, names: &Names) -> Option<String> {
    let mut writer = Writer { names, text: String::new(), same: true, bound: Vec::new() };
    writer.value(value);
    writer.same.then_some(writer.text).filter(|_| writer.bound.is_empty())
}

/// What names an expression where it stands: the same, and what those of `names` are of which it depends. Where nothing
/// names it, its place does.
pub fn name_here(value: &Value, names: &Names) -> String {
    let mut writer = Writer { names, text: String::new(), same: true, bound: Vec::new() };
    writer.value(value);
    let bound: Option<Vec<String>> =
        writer.bound.iter().map(|name| Some(format!("{name} {}", iteration(names.get(name)?)))).collect();
    match bound {
        Some(bound) if writer.same && bound.is_empty() => writer.text,
        Some(bound) if writer.same => format!("{} of {}", writer.text, bound.join(", ")),
        _ => format!("{:?}", value.span),
    }
}

/// What is read in an expression of this name: `var.stage`, `each.value.level`, `data.aws_region.current.name`. What lies
/// behind locals is not looked for.
pub fn inputs(name: &str) -> Vec<Arc<str>> {
    let words = name.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')));
    let is_path = |word: &&str| word.contains('.') && word.starts_with(|c: char| c.is_alphabetic());
    let mut inputs: Vec<Arc<str>> = Vec::new();
    for word in words.filter(is_path) {
        // Of a set both are the same.
        let input =
            if matches!(word, "each.key" | "each.value") { "each" } else { word.trim_end_matches('.') };
        if !inputs.iter().any(|known| **known == *input) {
            inputs.push(input.into());
        }
    }
    inputs
}

/// What tells the values of a name from each other: the key or the index that they have, or where they are written.
fn iteration(value: &Value) -> String {
    let key = ["key", "index"].into_iter().find_map(|name| value.get(name)).unwrap_or(value);
    match &key.kind {
        Kind::Text(text) if let Some(known) = text.as_str() => format!("{known:?}"),
        Kind::Number(number) => number.clone(),
        _ => format!("{:?}", key.span),
    }
}

/// An expression as a message quotes it, without its end if it is long.
pub fn shown(value: &Value) -> String {
    let mut writer = Writer { names: &Names::default(), text: String::new(), same: true, bound: Vec::new() };
    writer.value(value);
    match writer.text.char_indices().nth(MAX_SHOWN) {
        // Between two words, if it has several.
        Some((end, _)) => {
            let kept = &writer.text[..end];
            let end = kept.rfind(' ').map_or(end, |space| space + 1);
            format!("{}{ELLIPSIS}", &kept[..end])
        }
        None => writer.text,
    }
}

struct Writer<'n> {
    names: &'n Names,
    text: String,
    /// Whether what is written says all of it.
    same: bool,
    /// The names that stand for something else in each instance or iteration.
    bound: Vec<String>,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value) {
        match &value.kind {
            Kind::Null => self.push("null"),
            Kind::Bool(truth) => self.push(if *truth { "true" } else { "false" }),
            Kind::Number(number) => self.push(number),
            Kind::Text(written) => match written.as_str() {
                // Writing to a string does not fail.
                Some(literal) => drop(write!(self.text, "{literal:?}")),
                None => self.other(),
            },
            Kind::List(items) => {
                self.push("[");
                self.list(items);
                self.push("]");
            }
            Kind::Map(map) => {
                self.push("{ ");
                for (index, entry) in map.entries.iter().enumerate() {
                    self.push(if index > 0 { ", " } else { "" });
                    let _ = write!(self.text, "{:?} = ", entry.key.name);
                    self.value(&entry.value);
                }
                self.push(" }");
            }
            Kind::Expression(expression) => self.expression(expression),
            _ => self.other(),
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Name(name) => {
                self.push(&name.name);
                // What is left are the types of resources.
                let depends = matches!(name.name.as_str(), "each" | "count" | "self")
                    || self.names.get(&name.name).is_some();
                if depends && !self.bound.contains(&name.name) {
                    self.bound.push(name.name.clone());
                }
            }
            Expression::Traversal { root, steps } => {
                self.value(root);
                for step in steps {
                    self.step(step);
                }
            }
            Expression::Call { name, arguments, spread } => {
                self.push(&name.name);
                self.push("(");
                self.list(arguments);
                self.push(if *spread { "...)" } else { ")" });
                // Each call yields something else.
                self.same &= !matches!(name.name.as_str(), "timestamp" | "uuid" | "bcrypt");
            }
            Expression::Conditional { condition, yes, no } => {
                self.value(condition);
                self.push(" ? ");
                self.value(yes);
                self.push(" : ");
                self.value(no);
            }
            Expression::Template(parts) => {
                self.push("\"");
                for part in parts {
                    if let Some(literal) = part.as_str() {
                        self.push(literal);
                    } else {
                        self.push("${");
                        self.value(part);
                        self.push("}");
                    }
                }
                self.push("\"");
            }
            Expression::Unary { operator, operand } => {
                self.push(operator);
                self.operand(operand, STRONGEST);
            }
            Expression::Binary { operator, left, right } => {
                self.operand(left, strength(operator));
                let _ = write!(self.text, " {operator} ");
                self.operand(right, strength(operator) + 1);
            }
            Expression::For(each) => self.iteration(each),
            Expression::Other(_) => self.other(),
        }
    }

    fn iteration(&mut self, each: &For) {
        self.push(if each.key.is_some() { "{for " } else { "[for " });
        if let Some(key) = &each.key_name {
            self.push(&key.name);
            self.push(", ");
        }
        self.push(&each.value_name.name);
        self.push(" in ");
        self.value(&each.collection);
        self.push(" : ");
        if let Some(key) = &each.key {
            self.value(key);
            self.push(" => ");
        }
        self.value(&each.value);
        self.push(if each.grouped { "..." } else { "" });
        if let Some(condition) = &each.condition {
            self.push(" if ");
            self.value(condition);
        }
        self.push(if each.key.is_some() { "}" } else { "]" });
    }

    /// What stands beside an operator, in parentheses where it binds less than that demands.
    fn operand(&mut self, value: &Value, least: usize) {
        let own = match &value.kind {
            Kind::Expression(expression) => match expression.as_ref() {
                Expression::Binary { operator, .. } => strength(operator),
                Expression::Conditional { .. } => 0,
                _ => STRONGEST,
            },
            _ => STRONGEST,
        };
        if own < least {
            self.push("(");
        }
        self.value(value);
        if own < least {
            self.push(")");
        }
    }

    fn step(&mut self, step: &Access) {
        match step {
            Access::Attribute(name) => {
                self.push(".");
                self.push(&name.name);
            }
            Access::Index(index) => {
                self.push("[");
                self.value(index);
                self.push("]");
            }
            Access::Splat(_) => self.push("[*]"),
        }
    }

    fn list(&mut self, items: &[Value]) {
        for (index, item) in items.iter().enumerate() {
            self.push(if index > 0 { ", " } else { "" });
            self.value(item);
        }
    }

    fn push(&mut self, written: &str) {
        self.text.push_str(written);
    }

    /// What is like nothing else.
    fn other(&mut self) {
        self.text.push(ELLIPSIS);
        self.same = false;
    }
}

/// How strongly operators bind, the weakest first.
const OPERATORS: &[&[&str]] =
    &[&["||"], &["&&"], &["==", "!="], &["<", "<=", ">", ">="], &["+", "-"], &["*", "/", "%"]];
const STRONGEST: usize = OPERATORS.len() + 1;

fn strength(operator: &str) -> usize {
    1 + OPERATORS.iter().position(|level| level.contains(&operator)).unwrap_or(OPERATORS.len())
}
