//! Log resource policies, brought to the log groups that they name.

use std::collections::{BTreeMap, BTreeSet};

use super::named::{Names, all, leaves};
use super::policy;
use crate::guard::Guard;
use crate::spec::Resource;
use crate::text::Span;
use crate::value::{Alternative, Choice, Holds, Hole, Kind, Part, ResourceKind, Text, Value};

/// How many statements and what they are about are looked at for the log groups of a unit, each for each.
const MAX_LOOKS: usize = 100_000;

/// For each log group that a policy names, its index, the header of that policy, and the documents of all policies.
///
/// Of each document only those statements are left that name the group, and those that may be about it and about
/// others, whose actions are then not known.
pub fn of_groups(resources: &[Resource], policies: &[&Resource]) -> Vec<(usize, Span, Value)> {
    let groups = Names::of(resources, ResourceKind::LogGroup, "LogGroupName");
    let documents: Vec<Document<'_>> = policies.iter().map(|policy| Document::of(policy, &groups)).collect();
    let mut named: BTreeMap<usize, Vec<&Document<'_>>> = BTreeMap::new();
    for document in &documents {
        for index in &document.names {
            named.entry(*index).or_default().push(document);
        }
    }
    let loose: Vec<&Document<'_>> =
        documents.iter().filter(|document| document.may_be_about_others).collect();
    let mut left = MAX_LOOKS;
    let member = |(group, by): (usize, Vec<&Document<'_>>)| {
        // Those that name the group come first.
        let others = loose.iter().copied().filter(|document| !document.names.contains(&group));
        let relevant: Vec<&Document<'_>> = by.into_iter().chain(others).collect();
        let looks = relevant.iter().map(|document| document.size).fold(0, usize::saturating_add);
        left = left.checked_sub(looks)?;
        let header = relevant.first()?.policy.header;
        let items = relevant.into_iter().map(|document| document.about(group, &groups));
        Some((group, header, Value::new(header, Kind::List(items.collect()))))
    };
    named.into_iter().filter_map(member).collect()
}

/// What a policy says.
struct Document<'r> {
    policy: &'r Resource,
    content: Value,
    /// The log groups that it names.
    names: BTreeSet<usize>,
    may_be_about_others: bool,
    /// How many statements there are in it, and names in these.
    size: usize,
}

impl<'r> Document<'r> {
    fn of(policy: &'r Resource, groups: &Names<'_>) -> Self {
        let content = document(&policy.properties);
        let (mut names, mut size) = (BTreeSet::new(), 1);
        let (statements, are_all) = statements(&content);
        let mut may_be_about_others = !are_all;
        for statement in statements {
            let about = About::of(statement, groups);
            names.extend(about.groups.iter().map(|(_, index)| *index));
            may_be_about_others |= !about.others.is_empty();
            size += 1 + statement.get("Resource").and_then(Value::as_list).map_or(0, <[Value]>::len);
        }
        Self { policy, content, names, may_be_about_others, size }
    }

    /// The document with what has nothing to do with a log group taken out.
    fn about(&self, group: usize, groups: &Names<'_>) -> Value {
        about(&self.content, group, groups).when(&self.policy.guard)
    }
}

fn document(properties: &Value) -> Value {
    policy::in_each(properties, &|properties| match properties.get("PolicyDocument") {
        Some(document) => policy::document(document),
        None => Value::unknown(properties.span, "what this policy says"),
    })
}

/// The statements of a document, whatever its alternatives, and whether these are all.
fn statements(document: &Value) -> (Vec<&Value>, bool) {
    let mut found = Vec::new();
    let mut are_all = true;
    let mut open: Vec<&Value> = vec![document];
    while let Some(value) = open.pop() {
        match &value.kind {
            Kind::Choice(choice) => open.extend(choice.alternatives.iter().map(|taken| &taken.value)),
            Kind::List(items) => open.extend(items),
            Kind::Map(map) => match map.get("Statement") {
                Some(list) => open.push(&list.value),
                None => found.push(value),
            },
            Kind::Absent => {}
            _ => are_all = false,
        }
    }
    (found, are_all)
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
