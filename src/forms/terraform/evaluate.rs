//! Expressions, evaluated as far as they are certain.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::collections::{MISSING, at, may_vanish, pairs};
use super::functions;
use super::instance::Instances;
use super::module::Module;
use super::names::Names;
use super::size;
use super::text;
use super::variables::Variables;
use super::written::identity;
use crate::forms::texts::push_value;
use crate::guard::Guard;
use crate::text::Span;
use crate::value::{Access, Alternative, Choice, Entry, Expression, For, Kind, Map, Value};

/// How many nodes the evaluation of a module may make, and how many more for each that is written in it. A module that
/// would make more is one that was built to.
const BUDGET: usize = 200_000;
const BUDGET_OF_NODE: usize = 20;

const TOO_LARGE: &str = "an expression that is too large to be evaluated";

/// How deep evaluation may go: locals refer to locals.
const MAX_DEPTH: usize = 200;

/// Evaluates the expressions of one module.
pub struct Evaluator<'m> {
    pub module: &'m Module<'m>,
    pub variables: Variables<'m>,
    /// None while it is being evaluated.
    locals: RefCell<HashMap<&'m str, Option<Value>>>,
    /// By address.
    pub instances: RefCell<HashMap<String, Rc<Instances>>>,
    left: Cell<usize>,
    depth: Cell<usize>,
}

impl<'m> Evaluator<'m> {
    pub fn new(module: &'m Module<'m>) -> Self {
        Self {
            module,
            variables: Variables::new(module),
            locals: RefCell::default(),
            instances: RefCell::default(),
            left: Cell::new(BUDGET + BUDGET_OF_NODE * module.nodes),
            depth: Cell::new(0),
        }
    }

    /// What a node is, with every expression in it evaluated.
    pub fn value(&self, value: &Value, names: &Names) -> Value {
        let left = self.left.get();
        if left == 0 || self.depth.get() > MAX_DEPTH {
            return Value::unknown(value.span, TOO_LARGE);
        }
        self.left.set(left - 1);
        self.depth.set(self.depth.get() + 1);
        let kind = match &value.kind {
            Kind::List(items) => Kind::List(items.iter().map(|item| self.value(item, names)).collect()),
            Kind::Map(map) => {
                let entry =
                    |entry: &Entry| Entry { key: entry.key.clone(), value: self.value(&entry.value, names) };
                Kind::Map(Map { entries: map.entries.iter().map(entry).collect() })
            }
            Kind::Expression(expression) => {
                let found = self.bounded(self.expression(expression, value.span, names));
                self.depth.set(self.depth.get() - 1);
                return identified(found, value, names);
            }
            Kind::Block(_) | Kind::Tagged(_) => {
                self.depth.set(self.depth.get() - 1);
                return Value::unknown(value.span, "a block where a value is due");
            }
            other => other.clone(),
        };
        self.depth.set(self.depth.get() - 1);
        Value { span: value.span, kind, used_at: value.used_at }
    }

    fn expression(&self, expression: &Expression, span: Span, names: &Names) -> Value {
        match expression {
            Expression::Name(name) => match names.get(&name.name) {
                Some(known) => at(known.clone(), span),
                None => Value::unknown(span, format!("`{}`", name.name)),
            },
            Expression::Traversal { root, steps } => self.traversal(root, steps, span, names),
            Expression::Call { name, arguments, spread } => {
                let arguments = arguments.iter().map(|argument| self.value(argument, names)).collect();
                functions::call(&name.name, arguments, *spread, span)
            }
            Expression::Conditional { condition, yes, no } => match self.condition(condition, names) {
                Guard::Always => self.value(yes, names),
                Guard::Never => self.value(no, names),
                guard => {
                    let no_guard = Guard::Not(Box::new(guard.clone()));
                    let branch = |guard, value| Alternative { guard, value: self.value(value, names) };
                    let alternatives = vec![branch(guard, yes), branch(no_guard, no)];
                    Value::new(span, Kind::Choice(Choice { alternatives }))
                }
            },
            Expression::Template(parts) => {
                let mut made = Vec::new();
                for part in parts {
                    push_value(&mut made, self.value(part, names));
                    if made.len() > text::MAX_PARTS {
                        break;
                    }
                }
                text::of_parts(made, span)
            }
            Expression::Unary { .. } | Expression::Binary { .. } => self.operation(expression, span, names),
            Expression::For(each) => self.each(each, span, names),
            Expression::Other(what) => Value::unknown(span, *what),
        }
    }

    /// Comparisons are what their conditions are; of numbers, only literals are known.
    fn operation(&self, expression: &Expression, span: Span, names: &Names) -> Value {
        if let Expression::Unary { operator: "-", operand } = expression
            && let Kind::Number(number) = &operand.kind
        {
            return Value::new(span, Kind::Number(format!("-{number}")));
        }
        let known = match self.operation_guard(expression, names) {
            Some(Guard::Always) => Kind::Bool(true),
            Some(Guard::Never) => Kind::Bool(false),
            Some(guard) => {
                let no = Guard::Not(Box::new(guard.clone()));
                let alternative =
                    |guard, truth| Alternative { guard, value: Value::new(span, Kind::Bool(truth)) };
                Kind::Choice(Choice { alternatives: vec![alternative(guard, true), alternative(no, false)] })
            }
            None => return Value::unknown(span, "what is computed here"),
        };
        Value::new(span, known)
    }

    fn traversal(&self, root: &Value, steps: &[Access], span: Span, names: &Names) -> Value {
        let Kind::Expression(expression) = &root.kind else {
            return self.taken(self.value(root, names), steps, span, names);
        };
        let Expression::Name(name) = expression.as_ref() else {
            return self.taken(self.value(root, names), steps, span, names);
        };
        if let Some(known) = names.get(&name.name) {
            return self.taken(at(known.clone(), span), steps, span, names);
        }
        match (name.name.as_str(), steps) {
            ("var", [Access::Attribute(variable), rest @ ..]) => {
                let default = |default: &Value| self.value(default, &Names::default());
                let value = self.variables.value(&variable.name, span, &default);
                self.taken(value, rest, span, names)
            }
            ("local", [Access::Attribute(local), rest @ ..]) => {
                self.taken(self.local(&local.name, span), rest, span, names)
            }
            (
                "var" | "local" | "module" | "path" | "terraform" | "self" | "each" | "count" | "ephemeral",
                _,
            ) => Value::unknown(span, unknown_root(&name.name, steps)),
            ("data", [Access::Attribute(data_type), Access::Attribute(name), rest @ ..]) => {
                let address = format!("data.{}.{}", data_type.name, name.name);
                self.attribute(&data_type.name, &address, rest, span, names)
            }
            (resource_type, [Access::Attribute(name), rest @ ..]) => {
                let address = format!("{resource_type}.{}", name.name);
                self.attribute(resource_type, &address, rest, span, names)
            }
            (other, _) => Value::unknown(span, format!("`{other}`")),
        }
    }

    fn local(&self, name: &str, span: Span) -> Value {
        let Some((name, value)) = self.module.locals.get_key_value(name) else {
            return Value::unknown(span, format!("local `{name}`, which the module does not declare"));
        };
        match self.locals.borrow().get(name) {
            Some(Some(known)) => return at(known.clone(), span),
            // It refers to itself.
            Some(None) => return Value::unknown(span, format!("local `{name}`")),
            None => {}
        }
        self.locals.borrow_mut().insert(name, None);
        let found = self.value(value, &Names::default());
        self.locals.borrow_mut().insert(name, Some(found.clone()));
        at(found, span)
    }

    /// What an expression yields, if the budget allows for it: what is written once may be used many times.
    fn bounded(&self, found: Value) -> Value {
        let left = self.left.get();
        match size::of(&found, left) {
            Some(size) => {
                self.left.set(left - size);
                found
            }
            None => Value::unknown(found.span, TOO_LARGE),
        }
    }

    /// What is taken of a value.
    pub fn taken(&self, value: Value, steps: &[Access], span: Span, names: &Names) -> Value {
        let [step, rest @ ..] = steps else { return value };
        match value.kind {
            Kind::Choice(choice) => {
                let alternative = |alternative: Alternative| Alternative {
                    value: self.taken(alternative.value, steps, span, names),
                    ..alternative
                };
                let alternatives = choice.alternatives.into_iter().map(alternative).collect();
                Value { kind: Kind::Choice(Choice { alternatives }), ..Value::new(span, Kind::Null) }
            }
            Kind::Unknown(unknown) if &*unknown.reason == MISSING => Value::unknown(span, MISSING),
            Kind::Unknown(unknown) => Value::unknown(span, format!("what is taken of {}", unknown.reason)),
            // Of each item; what is no list is one of its only item, or of none.
            Kind::List(items) if matches!(step, Access::Splat(_)) && !items.iter().any(may_vanish) => {
                let items = items.into_iter().map(|item| self.taken(item, rest, span, names));
                Value::new(span, Kind::List(items.collect()))
            }
            Kind::Null if matches!(step, Access::Splat(_)) => Value::new(span, Kind::List(Vec::new())),
            Kind::Text(_) | Kind::Number(_) | Kind::Bool(_) if matches!(step, Access::Splat(_)) => {
                let item = self.taken(value, rest, span, names);
                Value::new(span, Kind::List(vec![item]))
            }
            _ => match self.step(&value, step, names) {
                Some(found) => self.taken(at(found, span), rest, span, names),
                None => match (&value.kind, step) {
                    (Kind::Map(_), Access::Attribute(_)) => Value::unknown(span, MISSING),
                    _ => Value::unknown(span, "what is taken of a value"),
                },
            },
        }
    }

    fn step(&self, value: &Value, step: &Access, names: &Names) -> Option<Value> {
        let index = match step {
            Access::Attribute(name) => return value.get(&name.name).cloned(),
            Access::Index(index) => self.value(index, names),
            Access::Splat(_) => return None,
        };
        match (&value.kind, step) {
            (Kind::Map(map), Access::Index(written)) if text::is_open(&index) => {
                self.chosen(map, written, &index, names)
            }
            (Kind::Map(_), _) => value.get(&text::scalar(&index)?).cloned(),
            (Kind::List(items), _) => {
                let index: usize = text::scalar(&index)?.parse().ok()?;
                let certain = !items.iter().take(index + 1).any(may_vanish);
                items.get(index).filter(|_| certain).cloned()
            }
            _ => None,
        }
    }

    /// The entry of a map whose key is not known: any, as far as it can be told when.
    fn chosen(&self, map: &Map, written: &Value, index: &Value, names: &Names) -> Option<Value> {
        let alternatives = match &index.kind {
            Kind::Choice(choice) => choice
                .alternatives
                .iter()
                .map(|alternative| {
                    let key = &alternative.value;
                    let found = match text::scalar(key) {
                        Some(key) => map.get(&key).map(|entry| entry.value.clone()),
                        None => self.chosen(map, written, key, names),
                    };
                    let value = found.unwrap_or_else(|| Value::unknown(index.span, MISSING));
                    Alternative { guard: alternative.guard.clone(), value }
                })
                .collect(),
            _ => {
                let alternative = |entry: &Entry| {
                    let guard = self.is_key(written, &entry.key.name, names)?;
                    Some(Alternative { guard, value: entry.value.clone() })
                };
                map.entries.iter().map(alternative).collect::<Option<Vec<_>>>()?
            }
        };
        Some(Value::new(index.span, Kind::Choice(Choice { alternatives })))
    }

    /// The items of a `for` expression over a collection that is known.
    fn each(&self, each: &For, span: Span, names: &Names) -> Value {
        self.of_each(self.value(&each.collection, names), each, span, names)
    }

    fn of_each(&self, collection: Value, each: &For, span: Span, names: &Names) -> Value {
        let unknown = || Value::unknown(span, "what a `for` expression yields");
        if let Kind::Choice(choice) = collection.kind {
            let alternative = |Alternative { guard, value }| Alternative {
                guard,
                value: self.of_each(value, each, span, names),
            };
            let alternatives = choice.alternatives.into_iter().map(alternative).collect();
            return Value::new(span, Kind::Choice(Choice { alternatives }));
        }
        let Some(pairs) = pairs(&collection) else { return unknown() };
        let mut items = Vec::new();
        for (key, value) in pairs {
            let mut inner = names.with(&each.value_name.name, value);
            if let Some(name) = &each.key_name {
                inner = inner.with(&name.name, key);
            }
            match each.condition.as_ref().map_or(Guard::Always, |condition| self.condition(condition, &inner))
            {
                Guard::Always => {}
                Guard::Never => continue,
                _ => return unknown(),
            }
            let value = self.value(&each.value, &inner);
            items.push((each.key.as_ref().map(|key| self.value(key, &inner)), value));
        }
        if each.key.is_none() {
            return Value::new(span, Kind::List(items.into_iter().map(|(_, value)| value).collect()));
        }
        let entry = |(key, value): (Option<Value>, Value)| {
            let key = key?;
            let name = text::scalar(&key)?.into_owned();
            Some(Entry { key: crate::value::Key { name, span: key.span }, value })
        };
        match items.into_iter().map(entry).collect::<Option<Vec<_>>>() {
            Some(entries) if !each.grouped => Value::new(span, Kind::Map(Map { entries })),
            _ => unknown(),
        }
    }
}

fn identified(found: Value, value: &Value, names: &Names) -> Value {
    match &found.kind {
        Kind::Unknown(unknown) if unknown.identity.is_none() => match identity(value, names) {
            Some(identity) => found.identified_by(|| identity),
            None => found,
        },
        _ => found,
    }
}

fn unknown_root(root: &str, steps: &[Access]) -> String {
    let names: Vec<&str> = steps
        .iter()
        .map_while(|step| match step {
            Access::Attribute(name) => Some(name.name.as_str()),
            _ => None,
        })
        .take(2)
        .collect();
    match (root, names.as_slice()) {
        ("module", [module, output]) => format!("output `{output}` of module `{module}`"),
        ("each", [what]) => format!("`each.{what}`"),
        ("count", _) => "`count.index`".to_owned(),
        (root, names) => format!("`{}`", [&[root], names].concat().join(".")),
    }
}
