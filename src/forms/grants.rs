//! Log resource policies, brought to the log groups that they name.

use std::collections::BTreeMap;

use super::named::{Names, all, leaves};
use super::policy;
use crate::guard::Guard;
use crate::spec::Resource;
use crate::text::Span;
use crate::value::{Alternative, Choice, Holds, Hole, Kind, Part, ResourceKind, Text, Value};

/// How many policies and log groups are looked at, each with each.
const MAX_PAIRS: usize = 10_000;

/// For each log group that a policy names, its index, the header of that policy, and the documents of all policies.
///
/// Of each document only those statements are left that name the group, and those that may be about it and about
/// others, whose actions are then not known.
pub fn of_groups(resources: &[Resource], policies: &[&Resource]) -> Vec<(usize, Span, Value)> {
    let groups = Names::of(resources, ResourceKind::LogGroup, "LogGroupName");
    let documents: Vec<(&Resource, Value)> =
        policies.iter().map(|policy| (*policy, document(&policy.properties))).collect();
    let mut named: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, (_, document)) in documents.iter().enumerate() {
        for index in all_named(document, &groups) {
            named.entry(index).or_default().push(number);
        }
    }
    if named.len().saturating_mul(documents.len()) > MAX_PAIRS {
        return Vec::new();
    }
    let member = |(group, by): (usize, Vec<usize>)| {
        let (first, _) = by.first().and_then(|number| documents.get(*number))?;
        // Those that name the group come first.
        let others = (0..documents.len()).filter(|number| !by.contains(number));
        let ordered = by.iter().copied().chain(others).filter_map(|number| documents.get(number));
        let about_group =
            |(policy, document): &(&Resource, Value)| about(document, group, &groups).when(&policy.guard);
        let list = Value::new(first.header, Kind::List(ordered.map(about_group).collect()));
        Some((group, first.header, list))
    };
    named.into_iter().filter_map(member).collect()
}

fn document(properties: &Value) -> Value {
    policy::in_each(properties, &|properties| match properties.get("PolicyDocument") {
        Some(document) => policy::document(document),
        None => Value::unknown(properties.span, "what this policy says"),
    })
}

/// The statements of a document, whatever its alternatives.
fn statements(document: &Value) -> Vec<&Value> {
    let lists = leaves(document).unwrap_or_default().into_iter().filter_map(|(_, map)| map.get("Statement"));
    let items = lists.flat_map(|list| leaves(list).unwrap_or_default());
    let items = items.filter_map(|(_, list)| list.as_list()).flatten();
    items.flat_map(|item| leaves(item).unwrap_or_default()).map(|(_, statement)| statement).collect()
}

fn all_named(document: &Value, groups: &Names<'_>) -> Vec<usize> {
    let found = statements(document).into_iter().flat_map(|statement| About::of(statement, groups).groups);
    let mut indices: Vec<usize> = found.map(|(_, index)| index).collect();
    indices.sort_unstable();
    indices.dedup();
    indices
}

/// A document with what has nothing to do with a log group taken out.
fn about(document: &Value, group: usize, groups: &Names<'_>) -> Value {
    let of_statement = |statement: &Value| {
        if !matches!(statement.kind, Kind::Map(_)) {
            return statement.clone();
        }
        let about = About::of(statement, groups);
        let names = about.groups.into_iter().filter(|(_, index)| *index == group).map(|(guard, _)| guard);
        let mut alternatives: Vec<Alternative> =
            names.map(|guard| Alternative { guard, value: statement.clone() }).collect();
        let loose = about.others.into_iter();
        alternatives
            .extend(loose.map(|guard| Alternative { guard, value: with_unknown_actions(statement.clone()) }));
        if let Some(Alternative { guard: Guard::Always, value }) = alternatives.first() {
            return value.clone();
        }
        alternatives
            .push(Alternative { guard: Guard::Always, value: Value::new(statement.span, Kind::Absent) });
        Value::new(statement.span, Kind::Choice(Choice { alternatives }))
    };
    policy::in_each_statement(document, &of_statement)
}

/// The log groups that a statement is about.
#[derive(Default)]
struct About {
    /// By reference or by name, and when.
    groups: Vec<(Guard, usize)>,
    /// When it may be about groups that it does not name.
    others: Vec<Guard>,
}

impl About {
    fn of(statement: &Value, groups: &Names<'_>) -> Self {
        let mut about = Self::default();
        let lists = statement.get("Resource").and_then(leaves);
        for (guard, resources) in lists.unwrap_or_default() {
            let items = match &resources.kind {
                Kind::List(items) => items.as_slice(),
                Kind::Absent => &[],
                _ => {
                    about.others.push(guard);
                    continue;
                }
            };
            for item in items {
                let inner = leaves(item);
                if inner.is_none() {
                    about.others.push(guard.clone());
                }
                for (inner, resource) in inner.unwrap_or_default() {
                    let guard = all(vec![guard.clone(), inner]);
                    match &resource.kind {
                        Kind::Text(text) => about.add(guard, text, groups),
                        Kind::Absent => {}
                        _ => about.others.push(guard),
                    }
                }
            }
        }
        if statement.get("Resource").is_none_or(|list| leaves(list).is_none()) {
            about.others.push(Guard::Always);
        }
        about
    }

    fn add(&mut self, guard: Guard, text: &Text, groups: &Names<'_>) {
        let mut shown = String::new();
        for part in &text.parts {
            match part {
                Part::Literal(literal) => shown.push_str(&literal.text),
                Part::Hole(Hole { holds: Holds::Name(reference), .. })
                    if reference.kind == ResourceKind::LogGroup =>
                {
                    self.groups.extend(groups.referred(&reference.resource).map(|index| (guard, index)));
                    return;
                }
                Part::Hole(Hole { holds: Holds::Region | Holds::Account | Holds::Partition, .. }) => {}
                Part::Hole(_) => shown.push('*'),
            }
        }
        let name =
            shown.split_once(":log-group:").map(|(_, rest)| rest.split(':').next().unwrap_or_default());
        match name {
            Some(name) if !name.contains(['*', '?']) => {
                let given = groups.given(name).iter();
                self.groups
                    .extend(given.map(|(also, index)| (all(vec![guard.clone(), also.clone()]), *index)));
                if !groups.open.is_empty() {
                    self.others.push(guard);
                }
            }
            Some(_) => self.others.push(guard),
            None if shown.contains(['*', '?']) => self.others.push(guard),
            None => {}
        }
    }
}

fn with_unknown_actions(mut statement: Value) -> Value {
    if let Kind::Map(map) = &mut statement.kind {
        for entry in map.entries.iter_mut().filter(|entry| entry.key.name == "Action") {
            entry.value = Value::unknown(entry.value.span, "which log groups this is about");
        }
    }
    statement
}
