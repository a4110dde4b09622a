//! Which resources of a unit a value names, by reference or by the name that they are given.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::guard::Guard;
use crate::spec::Resource;
use crate::value::{Alternative, Holds, Hole, Kind, Part, Reference, ResourceKind, Text, Value};

/// Alternatives of one node that are looked at; nothing is known of a node that has more.
const MAX_LEAVES: usize = 16;

/// The alternatives of a node, each with when it is taken. None if there are very many.
pub fn leaves(value: &Value) -> Option<Vec<(Guard, &Value)>> {
    let mut found = Vec::new();
    let mut open = vec![(Vec::new(), value)];
    while let Some((guards, value)) = open.pop() {
        let Kind::Choice(choice) = &value.kind else {
            found.push((all(guards), value));
            continue;
        };
        let mut guards: Vec<Guard> = guards;
        for Alternative { guard, value } in &choice.alternatives {
            let taken = guards.iter().cloned().chain([guard.clone()]).collect();
            open.push((taken, value));
            guards.push(Guard::Not(Box::new(guard.clone())));
        }
        if open.len() + found.len() > MAX_LEAVES {
            return None;
        }
    }
    // The last one in came out first.
    found.reverse();
    Some(found)
}

/// When all of these hold.
pub fn all(mut guards: Vec<Guard>) -> Guard {
    guards.retain(|guard| !matches!(guard, Guard::Always));
    match guards.pop() {
        None => Guard::Always,
        Some(only) if guards.is_empty() => only,
        Some(last) => {
            guards.push(last);
            Guard::All(guards)
        }
    }
}

/// A member of a mapping, in each of the alternatives that these are. None if there are very many.
pub fn members<'v>(value: &'v Value, name: &str) -> Option<Vec<(Guard, Option<&'v Value>)>> {
    let mut found = Vec::new();
    for (guard, value) in leaves(value)? {
        match value.get(name) {
            Some(member) => {
                let inner = leaves(member)?;
                found.extend(
                    inner.into_iter().map(|(when, value)| (all(vec![guard.clone(), when]), Some(value))),
                );
            }
            None => found.push((guard, None)),
        }
    }
    Some(found).filter(|found| found.len() <= MAX_LEAVES)
}

/// The resources of one kind, and what names them. Indices are those in the unit.
pub struct Names<'r> {
    kind: ResourceKind,
    by_reference: HashMap<&'r str, usize>,
    by_given_name: HashMap<String, Vec<(Guard, usize)>>,
    pub all: Vec<usize>,
    /// Those that are, or may be, given a name which is not known.
    pub open: Vec<usize>,
}

/// What a value names.
#[derive(Debug)]
pub enum Named<'n> {
    /// Those of its name, and when they have it.
    These(&'n [(Guard, usize)]),
    This(usize),
    /// A resource that is none of these, by its name.
    Elsewhere(&'n str),
    /// Surely none of these.
    Nothing,
    Unknown,
}

impl<'r> Names<'r> {
    /// The resources of a kind, which a member gives their name.
    pub fn of(resources: &'r [Resource], kind: ResourceKind, member: &str) -> Self {
        let mut names = Self {
            kind,
            by_reference: HashMap::new(),
            by_given_name: HashMap::new(),
            all: Vec::new(),
            open: Vec::new(),
        };
        for (index, resource) in resources.iter().enumerate().filter(|(_, resource)| resource.kind == kind) {
            names.all.push(index);
            names.by_reference.insert(&resource.name, index);
            let mut is_open = false;
            let unknown = Value::unknown(resource.header, "one of very many names");
            let given = members(&resource.properties, member)
                .unwrap_or_else(|| vec![(Guard::Always, Some(&unknown))]);
            for (guard, name) in given {
                let Some(name) = name.filter(|name| !matches!(name.kind, Kind::Absent)) else { continue };
                is_open |= literal(name).is_none();
                if let Some(identity) = identity(name) {
                    names.by_given_name.entry(identity).or_default().push((guard, index));
                }
            }
            if is_open
                || leaves(&resource.properties)
                    .is_none_or(|all| all.iter().any(|(_, map)| map.as_map().is_none()))
            {
                names.open.push(index);
            }
        }
        names
    }

    pub fn named<'n>(&'n self, value: &'n Value) -> Named<'n> {
        if let Some(reference) = only_reference(value) {
            let known = self.by_reference.get(&*reference.resource);
            return known
                .filter(|_| reference.kind == self.kind)
                .map_or(Named::Nothing, |index| Named::This(*index));
        }
        match identity(value).and_then(|identity| self.by_given_name.get(&identity)) {
            Some(indices) => Named::These(indices),
            None => literal(value).map_or(Named::Unknown, Named::Elsewhere),
        }
    }

    /// The resource of a logical name.
    pub fn referred(&self, name: &str) -> Option<usize> {
        self.by_reference.get(name).copied()
    }

    /// The resources that are given a name, and when.
    pub fn given(&self, name: &str) -> &[(Guard, usize)] {
        let mut identity = String::new();
        quote(&mut identity, name);
        self.by_given_name.get(&identity).map_or(&[], Vec::as_slice)
    }
}

fn literal(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}

/// The resource whose name or id a value is.
fn only_reference(value: &Value) -> Option<&Reference> {
    let Kind::Text(Text { parts, .. }) = &value.kind else { return None };
    match parts.as_slice() {
        [Part::Hole(Hole { holds: Holds::Name(reference), .. })] => Some(reference),
        _ => None,
    }
}

/// What tells a value from others: two of one identity are the same in every deployment.
fn identity(value: &Value) -> Option<String> {
    let mut identity = String::new();
    match &value.kind {
        Kind::Unknown(unknown) => hole(&mut identity, "", unknown.identity.as_deref()?),
        Kind::Text(Text { parts, .. }) => {
            let mut text = String::new();
            for part in parts {
                let held = match part {
                    Part::Literal(literal) => {
                        text.push_str(&literal.text);
                        continue;
                    }
                    Part::Hole(hole) => &hole.holds,
                };
                if !text.is_empty() {
                    quote(&mut identity, &std::mem::take(&mut text));
                }
                match held {
                    Holds::Partition => identity.push_str("partition"),
                    Holds::Region => identity.push_str("region"),
                    Holds::Account => identity.push_str("account"),
                    Holds::Name(reference) => hole(&mut identity, "name", &reference.resource),
                    Holds::Anything(unknown) => hole(&mut identity, "", unknown.identity.as_deref()?),
                    Holds::Value(value) => choice_identity(&mut identity, value)?,
                    Holds::Of(_) => return None,
                }
            }
            if !text.is_empty() {
                quote(&mut identity, &text);
            }
        }
        _ => return None,
    }
    (!identity.is_empty()).then_some(identity)
}

/// Writes what tells alternatives from others; none where nothing does.
fn choice_identity(written: &mut String, value: &Value) -> Option<()> {
    let Kind::Choice(choice) = &value.kind else { return None };
    written.push('[');
    for Alternative { guard, value } in &choice.alternatives {
        guard_identity(written, guard)?;
        written.push(':');
        match &value.kind {
            Kind::Choice(_) => choice_identity(written, value)?,
            _ => written.push_str(&identity(value)?),
        }
        written.push(';');
    }
    written.push(']');
    Some(())
}

fn guard_identity(written: &mut String, guard: &Guard) -> Option<()> {
    match guard {
        Guard::Always => written.push('*'),
        Guard::Is(atom, option) => hole(written, &option.to_string(), &atom.name),
        Guard::Named(named) => hole(written, &named.when_true, &named.subject),
        Guard::Not(guard) => {
            written.push('!');
            guard_identity(written, guard)?;
        }
        Guard::Never | Guard::All(_) | Guard::Any(_) => return None,
    }
    Some(())
}

// Writing to a string does not fail.
fn quote(identity: &mut String, text: &str) {
    let _ = write!(identity, "{text:?}");
}

fn hole(identity: &mut String, kind: &str, name: &str) {
    let _ = write!(identity, "{kind}({name:?})");
}
