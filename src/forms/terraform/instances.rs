//! The instances of a resource: what `count`, `for_each` and `lifecycle` make of its block.

use std::rc::Rc;

use super::collections::pairs;
use super::conditions::first_of;
use super::evaluate::Evaluator;
use super::instance::{Instance, Instances};
use super::lifecycle;
use super::module::Declared;
use super::names::Names;
use super::text::scalar;
use crate::guard::Guard;
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Kind, Text, Value};

/// How many instances of one resource are told apart.
const MAX_INSTANCES: usize = 100;

impl Evaluator<'_> {
    /// The instances of a resource or data source. Of one whose instances depend on its instances, nobody knows them.
    pub fn instances(&self, declared: &Declared<'_>) -> Rc<Instances> {
        let circular = || {
            let (address, names) = (declared.address.clone(), Names::default());
            Rc::new(Instances::Open(Box::new(Instance { address, guard: Guard::Always, names })))
        };
        let known = self.instances.borrow().get(&declared.address).cloned();
        known.unwrap_or_else(|| {
            self.instances.borrow_mut().insert(declared.address.clone(), circular());
            let found = Rc::new(self.find_instances(declared));
            self.instances.borrow_mut().insert(declared.address.clone(), found.clone());
            found
        })
    }

    fn find_instances(&self, declared: &Declared<'_>) -> Instances {
        let address = &declared.address;
        let open = |names: Names, of: &Value, found: &Value| {
            let guard = self.is_not_empty(of, found);
            Instances::Open(Box::new(Instance { address: address.clone(), guard, names }))
        };
        let unknown = |what: &str, span: Span| Value::unknown(span, format!("`{what}` of {address}"));
        if let Some(count) = declared.body.get("count") {
            let span = count.key.span;
            let names = |index: Value| Names::default().with_one("count", "index", index);
            let found = self.value(&count.value, &Names::default());
            let Some(guards) = counted(&found, MAX_INSTANCES) else {
                return open(names(unknown("count.index", span)), &count.value, &found);
            };
            let instance = |(index, guard): (usize, Guard)| Instance {
                address: format!("{address}[{index}]"),
                guard,
                names: names(Value::new(span, Kind::Number(index.to_string()))),
            };
            return Instances::Known {
                keyed: true,
                instances: guards.into_iter().enumerate().map(instance).collect(),
            };
        }
        if let Some(each) = declared.body.get("for_each") {
            let span = each.key.span;
            let found = self.value(&each.value, &Names::default());
            let Some(keys) = keyed(&found).filter(|keys| keys.len() <= MAX_INSTANCES) else {
                let (key, value) = (unknown("each.key", span), unknown("each.value", span));
                return open(Names::default().with_pair("each", key, value), &each.value, &found);
            };
            let instance = |Keyed { name, span, value, guard }: Keyed| {
                let key = Value::new(span, Kind::Text(Text::literal(Literal::plain(name.as_str(), span))));
                Instance {
                    address: format!("{address}[{name:?}]"),
                    guard,
                    names: Names::default().with_pair("each", key, value),
                }
            };
            return Instances::Known { keyed: true, instances: keys.into_iter().map(instance).collect() };
        }
        let guard = lifecycle::enabled(declared.body)
            .map_or(Guard::Always, |enabled| self.condition(enabled, &Names::default()));
        let only = Instance { address: address.clone(), guard, names: Names::default() };
        Instances::Known { keyed: false, instances: vec![only] }
    }
}

/// When each of so many instances exists.
fn counted(count: &Value, max: usize) -> Option<Vec<Guard>> {
    match &count.kind {
        Kind::Choice(choice) => {
            let mut cases: Vec<(Guard, Vec<Guard>)> = Vec::new();
            for alternative in &choice.alternatives {
                cases.push((alternative.guard.clone(), counted(&alternative.value, max)?));
            }
            let most = cases.iter().map(|(_, guards)| guards.len()).max().unwrap_or_default();
            let exists = |index: usize| {
                first_of(cases.iter().map(|(guard, guards)| {
                    (guard.clone(), guards.get(index).cloned().unwrap_or(Guard::Never))
                }))
            };
            Some((0..most).map(exists).collect())
        }
        _ => {
            let count: usize = scalar(count)?.parse().ok().filter(|count| *count <= max)?;
            Some(vec![Guard::Always; count])
        }
    }
}

struct Keyed {
    name: String,
    span: Span,
    value: Value,
    guard: Guard,
}

/// The keys of a collection, and when each is there.
fn keyed(collection: &Value) -> Option<Vec<Keyed>> {
    if let Kind::Choice(choice) = &collection.kind {
        let mut cases: Vec<(Guard, Vec<Keyed>)> = Vec::new();
        for alternative in &choice.alternatives {
            cases.push((alternative.guard.clone(), keyed(&alternative.value)?));
        }
        let mut found: Vec<Keyed> = Vec::new();
        for (index, (_, keys)) in cases.iter().enumerate() {
            for key in keys {
                // A key of several alternatives may have another value in each.
                let elsewhere = |(other, (_, keys)): (usize, &(Guard, Vec<Keyed>))| {
                    other != index && keys.iter().any(|other| other.name == key.name)
                };
                if cases.iter().enumerate().any(elsewhere) {
                    return None;
                }
                let guard = first_of(cases.iter().enumerate().map(|(at, (guard, _))| {
                    (guard.clone(), if at == index { key.guard.clone() } else { Guard::Never })
                }));
                found.push(Keyed { name: key.name.clone(), span: key.span, value: key.value.clone(), guard });
            }
        }
        return Some(found);
    }
    let key = |(key, value): (Value, Value)| {
        // A list is converted by nobody: its items are the keys only in a set.
        let name = key.as_str().or_else(|| value.as_str())?.to_owned();
        Some(Keyed { name, span: key.span, value, guard: Guard::Always })
    };
    pairs(collection)?.into_iter().map(key).collect()
}
