//! Conditions, as guards over parameters.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::function::{function, identity, inputs};
use super::mappings;
use super::parameters::Parameters;
use super::variables::literal;
use crate::guard::{Atom, AtomOption, Guard, Named};
use crate::value::Value;

/// How deep conditions may lie in and refer to conditions. Deeper ones are free to be true or false.
const MAX_DEPTH: usize = 100;

/// The conditions of a template, each read once.
pub struct Conditions<'v> {
    pub parameters: Parameters<'v>,
    /// None while it is being read.
    known: RefCell<HashMap<&'v str, Option<Arc<Named>>>>,
}

impl<'v> Conditions<'v> {
    pub fn new(parameters: Parameters<'v>) -> Self {
        Self { parameters, known: RefCell::default() }
    }

    /// The condition of a name, by which messages can speak of it.
    pub fn named(&self, name: &'v str) -> Guard {
        self.by_name(name, 0)
    }

    /// What holds in every deployment: CloudFormation refuses parameters that break one of the template's rules.
    pub fn rules(&self) -> Guard {
        let rule = |rule: &'v Value| {
            let applies = rule.get("RuleCondition").map_or(Guard::Always, |applies| self.parse(applies, 0));
            let assertions = rule.get("Assertions").and_then(Value::as_list).unwrap_or_default();
            let asserted = assertions.iter().filter_map(|assertion| assertion.get("Assert"));
            let asserted = asserted.map(|assertion| self.parse(assertion, 0)).collect();
            Guard::Any(vec![Guard::Not(Box::new(applies)), Guard::All(asserted)])
        };
        Guard::All(self.parameters.template.rules().map(rule).collect())
    }

    fn by_name(&self, name: &'v str, depth: usize) -> Guard {
        match self.known.borrow().get(name) {
            Some(Some(known)) => return Guard::Named(known.clone()),
            // It refers to itself.
            Some(None) => return free(format!("condition `{name}`")),
            None => {}
        }
        self.known.borrow_mut().insert(name, None);
        let guard = match self.parameters.template.condition(name) {
            Some(definition) => self.parse(definition, depth + 1),
            None => free(format!("condition `{name}`")),
        };
        let named = Arc::new(Named {
            subject: format!("condition `{name}`").into(),
            when_true: format!("when condition `{name}` is true").into(),
            when_false: format!("when condition `{name}` is false").into(),
            guard,
        });
        self.known.borrow_mut().insert(name, Some(named.clone()));
        Guard::Named(named)
    }

    fn parse(&self, value: &'v Value, depth: usize) -> Guard {
        if depth > MAX_DEPTH {
            return free(format!("the expression at byte {}", value.span.start));
        }
        let all = |items: &'v Value| -> Option<Vec<Guard>> {
            Some(items.as_list()?.iter().map(|item| self.parse(item, depth + 1)).collect())
        };
        let guard = match function(value) {
            Some(("Condition", name)) => name.as_str().map(|name| self.by_name(name, depth)),
            Some(("Fn::And", items)) => all(items).map(Guard::All),
            Some(("Fn::Or", items)) => all(items).map(Guard::Any),
            Some(("Fn::Not", items)) => all(items).and_then(|mut guards| {
                let only = guards.pop().filter(|_| guards.is_empty())?;
                Some(Guard::Not(Box::new(only)))
            }),
            Some(("Fn::Equals", items)) => match items.as_list() {
                Some([a, b]) => Some(self.equals(a, b)),
                _ => None,
            },
            Some(("Fn::Contains", items)) => match items.as_list() {
                Some([texts, expression]) => self.is_one_of(expression, texts),
                _ => None,
            },
            _ => None,
        };
        guard.unwrap_or_else(|| free(identity(value)))
    }

    fn equals(&self, a: &'v Value, b: &'v Value) -> Guard {
        match (literal(a), literal(b)) {
            (Some(a), Some(b)) if a == b => Guard::Always,
            (Some(_), Some(_)) => Guard::Never,
            (None, Some(text)) => self.is(a, text),
            (Some(text), None) => self.is(b, text),
            (None, None) => {
                // Both ways round it is the same question.
                let mut sides = [identity(a), identity(b)];
                sides.sort();
                if sides[0] == sides[1] { Guard::Always } else { free(sides.join(" equals ")) }
            }
        }
    }

    /// When an expression is this text.
    fn is(&self, expression: &'v Value, text: &str) -> Guard {
        let known = match function(expression) {
            Some(("Ref", name)) => {
                name.as_str().and_then(|name| self.parameters.get(name)).map(|parameter| parameter.is(text))
            }
            Some(("Fn::FindInMap", arguments)) => self.finds(arguments, text),
            _ => None,
        };
        known.unwrap_or_else(|| self.tells(&identity(expression), text))
    }

    fn is_one_of(&self, expression: &'v Value, texts: &'v Value) -> Option<Guard> {
        let texts: Option<Vec<&str>> = texts.as_list()?.iter().map(literal).collect();
        Some(Guard::Any(texts?.into_iter().map(|text| self.is(expression, text)).collect()))
    }

    /// When what is found in a mapping is this text.
    fn finds(&self, arguments: &'v Value, text: &str) -> Option<Guard> {
        let mut found = Vec::new();
        for (guard, value) in mappings::find(&self.parameters, arguments)? {
            // What is no text cannot be told from it.
            if literal(value)? == text {
                found.push(guard);
            }
        }
        Some(Guard::Any(found))
    }

    /// When an expression of which nothing is known is this one of the texts that it is compared with.
    fn tells(&self, identity: &str, text: &str) -> Guard {
        let texts = self.parameters.template.compared_with(identity);
        match texts.iter().position(|known| *known == text) {
            Some(index) => Guard::Is(atom(identity, texts.len() + 1), index),
            None => free(format!("{identity} equals {text:?}")),
        }
    }
}

/// A condition of which nothing is known but its name.
fn free(name: impl AsRef<str>) -> Guard {
    Guard::Is(atom(name.as_ref(), 2), 0)
}

/// Conditions have names of their own, by which messages speak of them, so the options need none.
fn atom(name: &str, options: usize) -> Arc<Atom> {
    let option = AtomOption { label: name.into(), likely: true };
    let inputs = inputs(name);
    Arc::new(Atom { name: format!("expression {name}").into(), inputs, options: vec![option; options] })
}
