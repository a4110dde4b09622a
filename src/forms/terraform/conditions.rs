//! Conditions, as guards over variables.

use std::sync::Arc;

use super::collections::pairs;
use super::evaluate::Evaluator;
use super::module::Told;
use super::names::Names;
use super::text;
use super::written::{identity, inputs, name_here, shown};
use crate::forms::named;
use crate::guard::{Atom, AtomOption, Guard, Named};
use crate::value::{Expression, Kind, Value};

impl Evaluator<'_> {
    /// When an expression is true, by a name under which messages can speak of it.
    pub fn condition(&self, expression: &Value, names: &Names) -> Guard {
        let guard = self.guard(expression, names);
        if !matches!(guard, Guard::Always | Guard::Never) && self.is_constant(expression, names) {
            return Guard::Is(may_be(&self.name_of(expression, names)), 0);
        }
        named(guard, expression, names, in_words(expression))
    }

    /// When a collection is not empty, or a number not 0.
    pub fn is_not_empty(&self, written: &Value, found: &Value) -> Guard {
        if matches!(found.kind, Kind::Unknown(_)) && is_computed(self.module.origin(written)) {
            return Guard::Is(may_be(&self.name_of(written, &Names::default())), 0);
        }
        let text = shown(written);
        let words = [format!("when `{text}` is not empty"), format!("when `{text}` is empty")];
        named(self.is_some(written, found), written, &Names::default(), words)
    }

    /// Whether an expression is made of nothing that a deployment decides: it has one value, though nobody worked it out.
    fn is_constant(&self, value: &Value, names: &Names) -> bool {
        let all = |values: &[&Value]| values.iter().all(|value| self.is_constant(value, names));
        match &value.kind {
            Kind::Null | Kind::Absent | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) => is_known(value),
            Kind::List(items) => items.iter().all(|item| self.is_constant(item, names)),
            Kind::Map(map) => map.entries.iter().all(|entry| self.is_constant(&entry.value, names)),
            Kind::Expression(expression) => match expression.as_ref() {
                Expression::Name(_) | Expression::Traversal { .. } => is_known(&self.value(value, names)),
                Expression::Call { arguments, .. } => {
                    arguments.iter().all(|value| self.is_constant(value, names))
                }
                Expression::Conditional { condition, yes, no } => all(&[condition, yes, no]),
                Expression::Template(parts) => parts.iter().all(|part| self.is_constant(part, names)),
                Expression::Unary { operand, .. } => self.is_constant(operand, names),
                Expression::Binary { left, right, .. } => all(&[left, right]),
                Expression::For(_) | Expression::Other(_) => false,
            },
            _ => false,
        }
    }

    fn guard(&self, value: &Value, names: &Names) -> Guard {
        if let Kind::Expression(expression) = &value.kind
            && let Some(guard) = self.operation_guard(expression, names)
        {
            return guard;
        }
        let found = self.value(value, names);
        is_true(&found).unwrap_or_else(|| free(value, &found, names))
    }

    /// When an operation is true; none if it is none that is about truth.
    pub fn operation_guard(&self, expression: &Expression, names: &Names) -> Option<Guard> {
        let guards = |values: &[&Value]| values.iter().map(|value| self.guard(value, names)).collect();
        match expression {
            Expression::Unary { operator: "!", operand } => Some(not(self.guard(operand, names))),
            Expression::Binary { operator, left, right } => Some(match *operator {
                "&&" => all(guards(&[left, right])),
                "||" => any(guards(&[left, right])),
                "==" => self.equal(left, right, names),
                "!=" => not(self.equal(left, right, names)),
                ">" => self.less(right, left, names),
                "<" => self.less(left, right, names),
                ">=" => not(self.less(left, right, names)),
                "<=" => not(self.less(right, left, names)),
                _ => return None,
            }),
            Expression::Call { name, arguments, spread: false } => {
                match (name.name.as_str(), arguments.as_slice()) {
                    ("contains", [list, wanted]) => {
                        let list = self.value(list, names);
                        let items: Vec<Value> = pairs(&list)?.into_iter().map(|(_, item)| item).collect();
                        Some(any(items.iter().map(|item| self.equal(wanted, item, names)).collect()))
                    }
                    ("alltrue", [list]) => Some(all(guards(&list.as_list()?.iter().collect::<Vec<_>>()))),
                    ("anytrue", [list]) => Some(any(guards(&list.as_list()?.iter().collect::<Vec<_>>()))),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn equal(&self, left: &Value, right: &Value, names: &Names) -> Guard {
        let (one, other) = (self.value(left, names), self.value(right, names));
        self.same((&one, left), (&other, right), names)
    }

    /// When two values are the same, each with how it is written.
    fn same(&self, left: (&Value, &Value), right: (&Value, &Value), names: &Names) -> Guard {
        let (one, other) = (left.0, right.0);
        match (&one.kind, &other.kind) {
            (Kind::Choice(choice), _) => {
                let cases = choice.alternatives.iter();
                first_of(
                    cases.map(|case| (case.guard.clone(), self.same((&case.value, left.1), right, names))),
                )
            }
            (_, Kind::Choice(_)) | (Kind::Bool(_), Kind::Unknown(_)) => self.same(right, left, names),
            (Kind::Null | Kind::Absent, Kind::Null | Kind::Absent) => Guard::Always,
            (Kind::Unknown(_), Kind::Bool(true)) => free(left.1, one, names),
            (Kind::Unknown(_), Kind::Bool(false)) => not(free(left.1, one, names)),
            (Kind::Unknown(_), _) | (_, Kind::Unknown(_)) => self.undecided(left, right, names),
            (Kind::Null | Kind::Absent, _) | (_, Kind::Null | Kind::Absent) => Guard::Never,
            _ => match (text::scalar(one), text::scalar(other)) {
                (Some(one), Some(other)) if one == other => Guard::Always,
                (Some(_), Some(_)) => Guard::Never,
                _ => self.undecided(left, right, names),
            },
        }
    }

    /// When two values are the same of which one at least is not known.
    fn undecided(&self, left: (&Value, &Value), right: (&Value, &Value), names: &Names) -> Guard {
        for ((one, written), (other, _)) in [(left, right), (right, left)] {
            if let (Kind::Unknown(_), Some(identity), Some(told)) =
                (&one.kind, identity(self.module.origin(written), names), Told::of(other))
                && let Some(guard) = self.told(&identity, &told)
            {
                return guard;
            }
        }
        same_name(self.name_of(left.1, names), self.name_of(right.1, names))
    }

    /// When an expression is this one of those that it is compared with.
    fn told(&self, identity: &str, told: &Told) -> Option<Guard> {
        let all = self.module.compared_with(identity);
        let index = all.iter().position(|known| known == told)?;
        Some(Guard::Is(atom(&format!("{identity} ==?"), all.len() + 1), index))
    }

    /// When an expression of which nothing is known is this key of a map.
    pub fn is_key(&self, written: &Value, key: &str, names: &Names) -> Option<Guard> {
        let guard = self.told(&identity(self.module.origin(written), names)?, &Told::Text(key.to_owned()))?;
        let text = shown(written);
        Some(Guard::Named(Arc::new(Named {
            subject: format!("key {text}").into(),
            when_true: format!("when `{text}` is `{key}`").into(),
            when_false: format!("when `{text}` is not `{key}`").into(),
            guard,
        })))
    }

    /// When there is something: a number is not 0, a collection not empty.
    fn is_some(&self, written: &Value, found: &Value) -> Guard {
        let is_empty = match &found.kind {
            Kind::Choice(choice) => {
                let cases = choice.alternatives.iter();
                return first_of(
                    cases.map(|case| (case.guard.clone(), self.is_some(&case.value, &case.value))),
                );
            }
            Kind::List(items) => items.is_empty(),
            Kind::Map(map) => map.entries.is_empty(),
            Kind::Number(number) => number == "0",
            Kind::Unknown(unknown) => {
                let identity = unknown.identity.as_deref().map(str::to_owned);
                let name = identity.unwrap_or_else(|| self.name_of(written, &Names::default()));
                // A number is asked for its value, anything else for how many there are.
                let length = format!("length({name})");
                let zero = Told::Text("0".to_owned());
                let is_none = self.told(&name, &zero).or_else(|| self.told(&length, &zero));
                return not(is_none.unwrap_or_else(|| same_name(length, "0".to_owned())));
            }
            _ => false,
        };
        if is_empty { Guard::Never } else { Guard::Always }
    }

    /// What tells an expression from all others.
    fn name_of(&self, value: &Value, names: &Names) -> String {
        name_of(self.module.origin(value), names)
    }

    /// When a number is less than another.
    fn less(&self, left: &Value, right: &Value, names: &Names) -> Guard {
        let (one, other) = (self.value(left, names), self.value(right, names));
        let number = |value: &Value| text::scalar(value)?.parse::<f64>().ok();
        match (number(&one), number(&other)) {
            (Some(one), Some(other)) => {
                return if one < other { Guard::Always } else { Guard::Never };
            }
            // What is counted is not less than nothing.
            (Some(0.0), None) if is_count(right) => return not(self.equal(right, left, names)),
            (None, Some(1.0)) if is_count(left) => {
                let zero = Value::new(right.span, Kind::Number("0".to_owned()));
                return self.equal(left, &zero, names);
            }
            _ => {}
        }
        let sides = [self.name_of(left, names), self.name_of(right, names)];
        Guard::Is(atom(&sides.join(" < "), 2), 0)
    }
}

/// A guard with a name under which messages can speak of it: what they say where it holds, and where it does not.
fn named(guard: Guard, expression: &Value, names: &Names, [holds, fails]: [String; 2]) -> Guard {
    if matches!(guard, Guard::Always | Guard::Never | Guard::Named(_)) {
        return guard;
    }
    Guard::Named(Arc::new(Named {
        subject: format!("{holds} at {}", name_of(expression, names)).into(),
        when_true: holds.into(),
        when_false: fails.into(),
        guard,
    }))
}

/// What a message says where a condition is true, and where it is false.
fn in_words(condition: &Value) -> [String; 2] {
    if let Kind::Expression(expression) = &condition.kind {
        match expression.as_ref() {
            Expression::Unary { operator: "!", operand } => {
                let [yes, no] = in_words(operand);
                return [no, yes];
            }
            Expression::Binary { operator: operator @ ("==" | "!="), left, right } => {
                let words = match (Told::of(left), Told::of(right)) {
                    (None, Some(told)) => Some((left, told)),
                    (Some(told), None) => Some((right, told)),
                    _ => None,
                };
                if let Some((of, told)) = words {
                    let (of, told) = (shown(of), told.shown());
                    let (yes, no) = (format!("when `{of}` is {told}"), format!("when `{of}` is not {told}"));
                    return if *operator == "==" { [yes, no] } else { [no, yes] };
                }
            }
            _ => {}
        }
    }
    let text = shown(condition);
    [format!("when `{text}` is true"), format!("when `{text}` is false")]
}

/// When two expressions of these names are the same. Both ways round it is the same question.
fn same_name(left: String, right: String) -> Guard {
    if left == right {
        return Guard::Always;
    }
    let mut sides = [left, right];
    sides.sort();
    Guard::Is(atom(&sides.join(" == "), 2), 0)
}

/// Whether an expression is the number of something.
fn is_count(value: &Value) -> bool {
    match &value.kind {
        Kind::Expression(expression) => {
            matches!(expression.as_ref(), Expression::Call { name, .. } if name.name == "length")
        }
        _ => false,
    }
}

/// Whether how many there are is worked out of something else: it may be none just where others are some, as with
/// `var.some` and `1 - var.some`.
fn is_computed(value: &Value) -> bool {
    const SAME: [&str; 8] =
        ["keys", "length", "nonsensitive", "sensitive", "tolist", "tonumber", "toset", "values"];
    let Kind::Expression(expression) = &value.kind else { return false };
    match expression.as_ref() {
        Expression::Call { name, arguments, .. } if SAME.contains(&name.name.as_str()) => {
            arguments.iter().any(is_computed)
        }
        Expression::Call { .. } | Expression::Binary { .. } | Expression::Unary { .. } => true,
        Expression::For(of) => of.condition.is_some() || is_computed(&of.collection),
        _ => false,
    }
}

/// Whether all of a value is known.
fn is_known(value: &Value) -> bool {
    match &value.kind {
        Kind::Null | Kind::Absent | Kind::Bool(_) | Kind::Number(_) => true,
        Kind::Text(text) => text.known().is_some(),
        Kind::List(items) => items.iter().all(is_known),
        Kind::Map(map) => map.entries.iter().all(|entry| is_known(&entry.value)),
        _ => false,
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
                let value = &alternative.value;
                let inner = is_true(value).unwrap_or_else(|| free(value, value, &Names::default()));
                (alternative.guard.clone(), inner)
            });
            Some(first_of(cases))
        }
        _ => None,
    }
}

/// The guard of the first case that applies.
pub fn first_of(cases: impl Iterator<Item = (Guard, Guard)>) -> Guard {
    let mut earlier = Vec::new();
    let mut cases_that_hold = Vec::new();
    for (guard, inner) in cases {
        let here = earlier.iter().cloned().chain([guard.clone(), inner]).collect();
        cases_that_hold.push(all(here));
        earlier.push(not(guard));
    }
    any(cases_that_hold)
}

fn not(guard: Guard) -> Guard {
    match guard {
        Guard::Always => Guard::Never,
        Guard::Never => Guard::Always,
        Guard::Not(inner) => *inner,
        other => Guard::Not(Box::new(other)),
    }
}

fn any(guards: Vec<Guard>) -> Guard {
    not(all(guards.into_iter().map(not).collect()))
}

fn all(guards: Vec<Guard>) -> Guard {
    if guards.iter().any(|guard| matches!(guard, Guard::Never)) {
        return Guard::Never;
    }
    named::all(guards)
}

/// A condition of which nothing is known but what it is.
pub fn free(written: &Value, found: &Value, names: &Names) -> Guard {
    let of_value = match &found.kind {
        Kind::Unknown(unknown) => unknown.identity.as_deref().map(str::to_owned),
        _ => None,
    };
    Guard::Is(atom(&of_value.unwrap_or_else(|| name_of(written, names)), 2), 0)
}

/// What tells an expression from all others.
fn name_of(value: &Value, names: &Names) -> String {
    name_here(value, names)
}

/// Conditions have names of their own, by which messages speak of them, so the options need none.
fn atom(name: &str, options: usize) -> Arc<Atom> {
    atom_of(name, options, true)
}

/// What may hold or not, and no finding rests on.
fn may_be(name: &str) -> Arc<Atom> {
    atom_of(name, 2, false)
}

fn atom_of(name: &str, options: usize, likely: bool) -> Arc<Atom> {
    let option = AtomOption { label: format!("by `{name}`").into(), likely };
    Arc::new(Atom {
        name: format!("expression {name}").into(),
        inputs: inputs(name),
        options: vec![option; options],
    })
}
