//! Variables: what values they can have, as alternatives.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::collections::at;
use super::module::{Module, Told};
use super::{text, types};
use crate::forms::placeholder::is_placeholder;
use crate::guard::{Atom, AtomOption, Guard};
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::unknown::Unknown;
use crate::value::{Alternative, Choice, Kind, Text, Value};
use crate::world::MAX_WORLDS;

/// The variables of a module, each read once.
#[derive(Debug)]
pub struct Variables<'m> {
    module: &'m Module<'m>,
    known: RefCell<HashMap<String, Arc<Variable>>>,
}

#[derive(Debug)]
struct Variable {
    atom: Arc<Atom>,
    /// What each option of the atom is; none where that is not known.
    options: Vec<Option<Value>>,
}

impl<'m> Variables<'m> {
    pub fn new(module: &'m Module<'m>) -> Self {
        Self { module, known: RefCell::default() }
    }

    /// The value of a reference to a variable. `evaluate` is for its default.
    pub fn value(&self, name: &str, span: Span, evaluate: &dyn Fn(&Value) -> Value) -> Value {
        let known = self.known.borrow().get(name).cloned();
        let variable = known.unwrap_or_else(|| {
            let read = Arc::new(self.read(name, evaluate));
            self.known.borrow_mut().insert(name.to_owned(), read.clone());
            read
        });
        let unknown = || {
            let reason = Unknown {
                identity: Some(format!("var.{name}").into()),
                ..Unknown::new(format!("variable `{name}`"))
            };
            Value::new(span, Kind::Unknown(reason))
        };
        // More values than are looked at say nothing.
        if variable.options.len() > MAX_WORLDS || variable.options.iter().all(Option::is_none) {
            return unknown();
        }
        let alternatives = variable.options.iter().enumerate().map(|(index, value)| Alternative {
            guard: Guard::Is(variable.atom.clone(), index),
            value: value.clone().map_or_else(unknown, |value| at(value, span)),
        });
        Value::new(span, Kind::Choice(Choice { alternatives: alternatives.collect() }))
    }

    fn read(&self, name: &str, evaluate: &dyn Fn(&Value) -> Value) -> Variable {
        let (given, label) = match self.module.inputs.get(name) {
            Some((file, value)) => (Some(value), format!("with `{name}` of {file}")),
            None => {
                let default = self.module.variables.get(name).and_then(|body| body.get("default"));
                (default.map(|entry| &entry.value), format!("with the default of variable `{name}`"))
            }
        };
        let of = self.module.variables.get(name).and_then(|body| body.get("type"));
        let given = given.map(evaluate).and_then(|given| match of {
            Some(of) => types::converted(given, &of.value),
            None => Some(given),
        });
        let given = given.filter(is_usable);
        let mut options = Vec::new();
        let mut labels = Vec::new();
        let mut add = |value: Option<Value>, label: String, likely: bool| {
            options.push(value);
            labels.push(AtomOption { label: label.into(), likely });
        };
        let own = given.as_ref().and_then(text::scalar).map(Cow::into_owned);
        let is_bool = given.as_ref().and_then(|value| match value.kind {
            Kind::Bool(truth) => Some((value.span, truth)),
            _ => None,
        });
        if let Some(value) = given {
            add(Some(value), label, true);
        }
        if let Some((span, truth)) = is_bool {
            let other = Value::new(span, Kind::Bool(!truth));
            add(Some(other), format!("when `var.{name}` is {}", !truth), false);
        } else {
            let span = self
                .module
                .variables
                .get(name)
                .and_then(|body| body.entries.first())
                .map(|entry| entry.key.span);
            for compared in self.module.compared_with(&format!("var.{name}")) {
                let (Some(span), Told::Text(text)) = (span, compared) else { continue };
                if own.as_ref() != Some(text) {
                    let literal = Text::literal(Literal::opaque(text.as_str(), span));
                    let value = Value::new(span, Kind::Text(literal));
                    add(Some(value), format!("when `var.{name}` is `{text}`"), false);
                }
            }
            add(None, format!("with another value of `var.{name}`"), false);
        }
        Variable {
            atom: Arc::new(Atom {
                name: format!("variable `{name}`").into(),
                inputs: vec![format!("var.{name}").into()],
                options: labels,
            }),
            options,
        }
    }
}

/// Whether something may be concluded from a default: one that is null or empty is there to be replaced.
fn is_usable(value: &Value) -> bool {
    match &value.kind {
        Kind::Null | Kind::Absent | Kind::Unknown(_) => false,
        Kind::Text(text) => text.as_str().is_none_or(|text| !is_placeholder(text)),
        Kind::List(items) => !items.is_empty(),
        Kind::Map(map) => !map.entries.is_empty(),
        _ => true,
    }
}
