//! Conditions, as guards over parameters.

use std::cell::Cell;
use std::sync::Arc;

use super::parameters::Parameter;
use super::template::{Template, function, scalar};
use crate::value::{Atom, AtomOption, Guard, Named, Value};

/// How deep conditions may refer to conditions. Deeper ones, and circles, are free to be true or false.
const MAX_DEPTH: usize = 32;
/// How many expressions one condition may consist of, those of the conditions that it refers to counted each time.
/// What is beyond is free to be true or false.
const MAX_EXPRESSIONS: usize = 256;

/// The condition of a name, by which messages can speak of it.
pub fn named(template: &Template<'_>, name: &str) -> Guard {
    let read = || {
        Arc::new(Named {
            subject: format!("condition `{name}`").into(),
            when_true: format!("when condition `{name}` is true").into(),
            when_false: format!("when condition `{name}` is false").into(),
            guard: by_name(template, name, 0, &Cell::new(MAX_EXPRESSIONS)),
        })
    };
    Guard::Named(template.named_condition(name, read))
}

fn by_name(template: &Template<'_>, name: &str, depth: usize, left: &Cell<usize>) -> Guard {
    match template.condition(name) {
        Some(definition) => parse(template, definition, depth + 1, left),
        None => open(format!("condition `{name}`")),
    }
}

fn parse(template: &Template<'_>, value: &Value, depth: usize, left: &Cell<usize>) -> Guard {
    let undecided = || open(format!("the expression at byte {}", value.span.start));
    if depth > MAX_DEPTH || left.get() == 0 {
        return undecided();
    }
    left.set(left.get() - 1);
    let all = |items: &Value| -> Option<Vec<Guard>> {
        Some(items.as_list()?.iter().map(|item| parse(template, item, depth + 1, left)).collect())
    };
    let guard = match function(value) {
        Some(("Condition", name)) => name.as_str().map(|name| by_name(template, name, depth, left)),
        Some(("Fn::And", items)) => all(items).map(Guard::All),
        Some(("Fn::Or", items)) => all(items).map(Guard::Any),
        Some(("Fn::Not", items)) => all(items).and_then(|mut guards| {
            let only = guards.pop().filter(|_| guards.is_empty())?;
            Some(Guard::Not(Box::new(only)))
        }),
        Some(("Fn::Equals", items)) => match items.as_list() {
            Some([a, b]) => equals(template, a, b).or_else(|| equals(template, b, a)),
            _ => None,
        },
        _ => None,
    };
    guard.unwrap_or_else(undecided)
}

/// Whether two sides are equal, where the second is a plain text.
fn equals(template: &Template<'_>, side: &Value, text: &Value) -> Option<Guard> {
    let text = scalar(text)?;
    if let Some(other) = scalar(side) {
        return Some(if other == text { Guard::Always } else { Guard::Never });
    }
    let (_, name) = function(side).filter(|(function, _)| *function == "Ref")?;
    let parameter = Parameter::of(template, name.as_str()?)?;
    Some(match parameter.option(text) {
        Some(option) => Guard::Is(parameter.atom, option),
        None => Guard::Never,
    })
}

/// A condition of which nothing is known but its name.
fn open(name: String) -> Guard {
    let options = ["true", "false"]
        .map(|word| AtomOption { label: format!("when {name} is {word}").into(), likely: true });
    Guard::Is(Arc::new(Atom { name: name.into(), options: options.into() }), 0)
}
