//! Interpolations and functions, resolved as far as they are certain.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::access::{Held, Step, segments};
use super::functions;
use super::placement::placement;
use super::program::{Declared, Program, member};
use crate::forms::placeholder::is_placeholder;
use crate::forms::texts::push_value;
use crate::guard::{Atom, AtomOption, Guard};
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Alternative, Choice, Entry, Kind, Map, Part, Text, Value};

/// How much the references of one program may copy, in nodes and in pieces of text.
const MAX_COPIED: usize = 50_000;
/// How much text counts as one node.
const PIECE: usize = 64;
/// How deep a tree may become through references.
const MAX_DEPTH: usize = 512;
/// As how many levels of a tree a variable counts in which another one is used.
const VARIABLE: usize = 8;

/// Resolves the values of a program, each variable once.
#[derive(Debug)]
pub struct Evaluator<'v> {
    program: &'v Program<'v>,
    /// None while it is being resolved.
    variables: RefCell<HashMap<&'v str, Option<Rc<Known>>>>,
    copied: Cell<usize>,
}

/// A value and how large it is.
#[derive(Debug)]
struct Known {
    value: Value,
    size: Size,
}

#[derive(Clone, Copy, Debug)]
struct Size {
    nodes: usize,
    depth: usize,
}

impl<'v> Evaluator<'v> {
    pub fn new(program: &'v Program<'v>) -> Self {
        Self { program, variables: RefCell::default(), copied: Cell::new(0) }
    }

    /// A node with every interpolation and every function in it replaced by what it yields.
    pub fn resolve(&self, value: &'v Value) -> Value {
        self.at(value, 0)
    }

    fn at(&self, value: &'v Value, depth: usize) -> Value {
        if depth > MAX_DEPTH {
            return Value::unknown(value.span, "what lies too deep");
        }
        let kind = match &value.kind {
            Kind::Map(map) => {
                if let Some((name, argument)) = functions::name_of(map) {
                    let argument = self.at(argument, depth + 1);
                    let result = functions::call(&name, argument, value.span);
                    let result =
                        result.unwrap_or_else(|| Value::unknown(value.span, format!("what {name} yields")));
                    return Value { used_at: value.used_at.or(result.used_at), ..result };
                }
                if functions::is_malformed(map) {
                    return Value::unknown(value.span, "a function beside something else");
                }
                let entry = |entry: &'v Entry| Entry {
                    key: entry.key.clone(),
                    value: self.at(&entry.value, depth + 1),
                };
                Kind::Map(Map { entries: map.entries.iter().map(entry).collect() })
            }
            Kind::List(items) => Kind::List(items.iter().map(|item| self.at(item, depth + 1)).collect()),
            Kind::Text(text) => return self.text(text, value, depth),
            Kind::Tagged(tagged) => {
                return Value::unknown(value.span, format!("the YAML tag {}", tagged.tag));
            }
            other => other.clone(),
        };
        Value { span: value.span, kind, used_at: value.used_at }
    }

    fn text(&self, text: &'v Text, value: &'v Value, depth: usize) -> Value {
        let [Part::Literal(literal)] = text.parts.as_slice() else { return value.clone() };
        let Some(segments) = segments(&literal.text) else {
            return Value::unknown(value.span, "a malformed interpolation");
        };
        match segments.as_slice() {
            [] => return value.clone(),
            [only] if matches!(only.holds, Held::Literal) => return value.clone(),
            [only] => {
                if let Held::Access(steps) = &only.holds {
                    let found = self.access(steps, literal.part(only.start, only.end), depth);
                    return Value { used_at: value.used_at.or(found.used_at), ..found };
                }
            }
            _ => {}
        }
        let mut parts = Vec::new();
        for segment in segments {
            let place = literal.part(segment.start, segment.end);
            match segment.holds {
                Held::Literal => parts.push(Part::Literal(literal.slice(segment.start, segment.end))),
                Held::Escaped(said) => parts.push(Part::Literal(Literal::opaque(said, place))),
                Held::Access(steps) => push_value(&mut parts, self.access(&steps, place, depth)),
            }
        }
        Value { kind: Kind::Text(Text { parts, reference: None }), ..value.clone() }
    }

    /// What is taken of a resource, a variable, a value of the configuration, or of Pulumi itself.
    fn access(&self, steps: &[Step], span: Span, depth: usize) -> Value {
        let [Step::Name(root), rest @ ..] = steps else {
            return Value::unknown(span, "a malformed interpolation");
        };
        let found = if let Some(declared) = self.program.resource(root) {
            attribute(self.program, declared, rest, span)
        } else if let Some(entry) = self.program.variable(root) {
            self.variable(entry, rest, span, depth)
        } else if let Some(entry) = self.program.config(root) {
            match rest {
                [] => self.config(entry, span),
                _ => Value::unknown(span, format!("a part of the configuration value {root}")),
            }
        } else if root == "pulumi" {
            Value::unknown(span, shown(steps))
        } else {
            Value::unknown(span, format!("{root}, which the program does not declare"))
        };
        found.identified_by(|| shown(steps))
    }

    fn variable(&self, entry: &'v Entry, rest: &[Step], span: Span, depth: usize) -> Value {
        let name = entry.key.name.as_str();
        let unknown = || Value::unknown(span, format!("the variable {name}"));
        let known = self.variables.borrow().get(name).cloned();
        let known = match known {
            Some(None) => return Value::unknown(span, format!("{name}, which refers to itself")),
            Some(Some(known)) => known,
            None => {
                self.variables.borrow_mut().insert(name, None);
                let value = self.at(&entry.value, depth + VARIABLE);
                let known = Rc::new(Known { size: size_of(&value), value });
                self.variables.borrow_mut().insert(name, Some(known.clone()));
                known
            }
        };
        let mut value = &known.value;
        for step in rest {
            let next = match step {
                Step::Name(name) => value.get(name),
                Step::Index(index) => value.as_list().and_then(|items| items.get(*index)),
            };
            match next {
                Some(next) => value = next,
                None => return unknown(),
            }
        }
        let size = if rest.is_empty() { known.size } else { size_of(value) };
        self.copy(value, size, span, depth).unwrap_or_else(unknown)
    }

    /// A copy for a reference at `span`; none beyond the bounds.
    fn copy(&self, value: &Value, size: Size, span: Span, depth: usize) -> Option<Value> {
        let copied = self.copied.get() + size.nodes;
        if copied > MAX_COPIED || depth + size.depth > MAX_DEPTH {
            return None;
        }
        self.copied.set(copied);
        Some(Value { used_at: Some(span), ..value.clone() })
    }

    /// A value that each stack may set, with the default that the program has for it.
    fn config(&self, entry: &'v Entry, span: Span) -> Value {
        let name = &entry.key.name;
        let unknown = || {
            Value::unknown(span, format!("the configuration value {name}"))
                .identified_by(|| format!("config {name}"))
        };
        let written = match &entry.value.kind {
            Kind::Map(map) => {
                let is_secret =
                    member(map, "secret").is_some_and(|entry| !matches!(entry.value.kind, Kind::Bool(false)));
                let default = member(map, "value").or_else(|| member(map, "default"));
                default.filter(|_| !is_secret).map(|entry| &entry.value)
            }
            _ => Some(&entry.value),
        };
        let is_usable = |value: &Value| match &value.kind {
            Kind::Text(text) => {
                text.as_str().is_some_and(|text| !is_placeholder(text) && !text.contains("${"))
            }
            Kind::Number(_) | Kind::Bool(_) => true,
            _ => false,
        };
        // It is copied first: beyond the bounds, a long text is not even looked at.
        let copied = written.and_then(|value| self.copy(value, size_of(value), span, 0));
        let Some(default) = copied.filter(is_usable) else {
            return unknown();
        };
        let option = |label: String, likely| AtomOption { label: label.into(), likely };
        let atom = Arc::new(Atom {
            name: format!("configuration value `{name}`").into(),
            inputs: vec![name.as_str().into()],
            options: vec![
                option(format!("with the default of configuration value `{name}`"), true),
                option(format!("with another value of `{name}`"), false),
            ],
        });
        let alternatives = [default, unknown()].into_iter().enumerate();
        let alternatives =
            alternatives.map(|(option, value)| Alternative { guard: Guard::Is(atom.clone(), option), value });
        Value::new(span, Kind::Choice(Choice { alternatives: alternatives.collect() }))
    }
}

/// What an attribute of a resource yields.
fn attribute(program: &Program<'_>, declared: &Declared<'_>, steps: &[Step], span: Span) -> Value {
    let name = declared.name();
    match (steps, declared.resource_type()) {
        ([Step::Name(attribute)], Some(of)) => {
            let placement = placement(program, declared);
            of.yields(name, attribute, span, &placement.deployed())
        }
        ([Step::Name(attribute)], None) => Value::unknown(span, format!("the attribute {name}.{attribute}")),
        ([], _) => Value::unknown(span, format!("the resource {name}")),
        _ => Value::unknown(span, format!("a part of the resource {name}")),
    }
}

/// An access, written in one way.
fn shown(steps: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Name(name) => name.clone(),
        Step::Index(index) => index.to_string(),
    };
    steps.iter().map(step).collect::<Vec<_>>().join(".")
}

fn size_of(value: &Value) -> Size {
    let mut size = Size { nodes: 1, depth: 1 };
    let mut add = |child: Size| {
        size.nodes += child.nodes;
        size.depth = size.depth.max(child.depth + 1);
    };
    match &value.kind {
        Kind::Map(map) => {
            for entry in &map.entries {
                let name = entry.key.name.len() / PIECE;
                let value = size_of(&entry.value);
                add(Size { nodes: value.nodes + name, ..value });
            }
        }
        Kind::List(items) => items.iter().for_each(|item| add(size_of(item))),
        Kind::Choice(choice) => {
            choice.alternatives.iter().for_each(|alternative| add(size_of(&alternative.value)));
        }
        Kind::Text(text) => {
            for part in &text.parts {
                let nodes = match part {
                    Part::Literal(literal) => 1 + literal.text.len() / PIECE,
                    // It may hold alternatives, each a small default.
                    Part::Hole(_) => 4,
                };
                add(Size { nodes, depth: 0 });
            }
        }
        Kind::Number(number) => add(Size { nodes: number.len() / PIECE, depth: 0 }),
        _ => {}
    }
    size
}
