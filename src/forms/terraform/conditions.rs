//! Conditions, as guards over variables.

use std::sync::Arc;

use super::evaluate::Evaluator;
use super::names::Names;
use super::text;
use super::written::{identity, shown};
use crate::guard::{Atom, AtomOption, Guard, Named};
use crate::value::{Expression, Kind, Value};

impl Evaluator<'_> {
    /// When an expression is true, by a name under which messages can speak of it.
    pub fn condition(&self, expression: &Value, names: &Names) -> Guard {
        match self.guard(expression, names) {
            guard @ (Guard::Always | Guard::Never | Guard::Named(_)) => guard,
            guard => {
                let Some(text) = shown(expression) else { return guard };
                Guard::Named(Arc::new(Named {
                    subject: format!("expression {text} at {:?}", names_of(expression)).into(),
                    when_true: format!("when `{text}` is true").into(),
                    when_false: format!("when `{text}` is false").into(),
                    guard,
                }))
            }
        }
    }

    fn guard(&self, value: &Value, names: &Names) -> Guard {
        if let Kind::Expression(expression) = &value.kind
            && let Some(guard) = self.operation_guard(expression, names)
        {
            return guard;
        }
        let found = self.value(value, names);
        is_true(&found).unwrap_or_else(|| free(value))
    }

    /// When an operation is true; none if it is none that is about truth.
    pub fn operation_guard(&self, expression: &Expression, names: &Names) -> Option<Guard> {
        let both = |left, right| vec![self.guard(left, names), self.guard(right, names)];
        match expression {
            Expression::Unary { operator: "!", operand } => Some(not(self.guard(operand, names))),
            Expression::Binary { operator: "&&", left, right } => Some(all(both(left, right))),
            Expression::Binary { operator: "||", left, right } => {
                Some(not(all(both(left, right).into_iter().map(not).collect())))
            }
            Expression::Binary { operator: "==", left, right } => Some(self.equal(left, right, names)),
            Expression::Binary { operator: "!=", left, right } => Some(not(self.equal(left, right, names))),
            _ => None,
        }
    }

    fn equal(&self, left: &Value, right: &Value, names: &Names) -> Guard {
        let (one, other) = (self.value(left, names), self.value(right, names));
        if let Some(guard) = self.same(&one, &other, left, right) {
            return guard;
        }
        // Both ways round it is the same question.
        match (identity(left), identity(right)) {
            (Some(left), Some(right)) if left == right => Guard::Always,
            (Some(left), Some(right)) => {
                let mut sides = [left, right];
                sides.sort();
                Guard::Is(atom(&sides.join(" == "), 2), 0)
            }
            _ => Guard::Is(atom(&format!("{:?} == {:?}", left.span, right.span), 2), 0),
        }
    }

    fn same(&self, one: &Value, other: &Value, left: &Value, right: &Value) -> Option<Guard> {
        match (&one.kind, &other.kind) {
            (Kind::Choice(choice), _) => {
                let cases: Option<Vec<_>> = choice
                    .alternatives
                    .iter()
                    .map(|case| Some((case.guard.clone(), self.same(&case.value, other, left, right)?)))
                    .collect();
                Some(first_of(cases?.into_iter()))
            }
            (_, Kind::Choice(_)) => self.same(other, one, right, left),
            (Kind::Null, Kind::Null) => Some(Guard::Always),
            (Kind::Null, Kind::Unknown(_)) | (Kind::Unknown(_), Kind::Null) => None,
            (Kind::Null, _) | (_, Kind::Null) => Some(Guard::Never),
            _ => match (text::scalar(one), text::scalar(other)) {
                (Some(one), Some(other)) => Some(if one == other { Guard::Always } else { Guard::Never }),
                (None, Some(text)) => self.tells(one, left, text),
                (Some(text), None) => self.tells(other, right, text),
                (None, None) => None,
            },
        }
    }

    /// When an expression of which nothing is known is this one of the texts that it is compared with.
    fn tells(&self, value: &Value, written: &Value, text: &str) -> Option<Guard> {
        if !matches!(value.kind, Kind::Unknown(_)) {
            return None;
        }
        let identity = identity(written)?;
        let texts = self.module.compared_with(&identity);
        let index = texts.iter().position(|known| known == text)?;
        Some(Guard::Is(atom(&identity, texts.len() + 1), index))
    }
}

/// When a value is true; none where not even its alternatives are known.
fn is_true(value: &Value) -> Option<Guard> {
    match &value.kind {
        Kind::Bool(true) => Some(Guard::Always),
        Kind::Bool(false) => Some(Guard::Never),
        Kind::Text(text) if text.as_str() == Some("true") => Some(Guard::Always),
        Kind::Text(text) if text.as_str() == Some("false") => Some(Guard::Never),
        Kind::Choice(choice) => {
            let cases = choice.alternatives.iter().map(|alternative| {
                let inner = is_true(&alternative.value);
                (alternative.guard.clone(), inner.unwrap_or_else(|| free(&alternative.value)))
            });
            Some(first_of(cases))
        }
        _ => None,
    }
}

/// The guard of the first case that applies.
pub fn first_of(cases: impl Iterator<Item = (Guard, Guard)>) -> Guard {
    let mut earlier = Vec::new();
    let mut any = Vec::new();
    for (guard, inner) in cases {
        let here = earlier.iter().cloned().chain([guard.clone(), inner]).collect();
        any.push(all(here));
        earlier.push(not(guard));
    }
    not(all(any.into_iter().map(not).collect()))
}

fn not(guard: Guard) -> Guard {
    match guard {
        Guard::Always => Guard::Never,
        Guard::Never => Guard::Always,
        Guard::Not(inner) => *inner,
        other => Guard::Not(Box::new(other)),
    }
}

fn all(guards: Vec<Guard>) -> Guard {
    if guards.iter().any(|guard| matches!(guard, Guard::Never)) {
        return Guard::Never;
    }
    let mut kept: Vec<Guard> = guards.into_iter().filter(|guard| !matches!(guard, Guard::Always)).collect();
    match kept.len() {
        0 => Guard::Always,
        1 => kept.remove(0),
        _ => Guard::All(kept),
    }
}

/// A condition of which nothing is known but what it is.
pub fn free(value: &Value) -> Guard {
    let name = match &value.kind {
        Kind::Unknown(unknown) => unknown.identity.as_deref().map(str::to_owned),
        _ => identity(value),
    };
    Guard::Is(atom(&name.unwrap_or_else(|| names_of(value)), 2), 0)
}

/// What tells an expression from all others.
fn names_of(value: &Value) -> String {
    identity(value).unwrap_or_else(|| format!("{:?}", value.span))
}

/// Conditions have names of their own, by which messages speak of them, so the options need none.
fn atom(name: &str, options: usize) -> Arc<Atom> {
    let option = AtomOption { label: format!("by `{name}`").into(), likely: true };
    Arc::new(Atom { name: format!("expression {name}").into(), options: vec![option; options] })
}
