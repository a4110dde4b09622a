//! What is not known decides nothing, and what is decided either way is decided.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use serde_json::{Value as Json, json};

use super::templates::{self, CONDITION, Findings, PARAMETER, Place, Template, certain, find, place};

/// A node of a template, and what is found with something else in its place.
struct Changed {
    place: String,
    before: Arc<Before>,
    /// With a value that is not known.
    unknown: Findings,
    certain_with_unknown: BTreeSet<Place>,
    /// With a condition of which one branch is not known.
    open: Findings,
    /// With a condition of which both branches are the node.
    either: Findings,
}

struct Before {
    said: BTreeSet<Place>,
    certain: BTreeSet<Place>,
}

/// Every node of every template.
static CHANGED: LazyLock<Vec<Changed>> =
    LazyLock::new(|| templates::all().par_iter().flat_map(changed).collect());

fn changed(template: &Template) -> Vec<Changed> {
    let text = template.with("", template.json.clone());
    let before = Arc::new(Before { said: find(&text).said, certain: certain(&text) });
    let change = |node: String| {
        let value = template.node(&node);
        let unknown = json!({ "Ref": PARAMETER });
        let either = |no: &Json| template.with(&node, json!({ "Fn::If": [CONDITION, value, no] }));
        let without = template.with(&node, unknown.clone());
        Changed {
            place: format!("{}, at {node}", template.name),
            before: before.clone(),
            unknown: find(&without),
            certain_with_unknown: certain(&without),
            open: find(&either(&unknown)),
            either: find(&either(value)),
        }
    };
    template.nodes().into_iter().map(change).collect()
}

/// Collects what is not as it should be.
fn at_every_node(compare: impl Fn(&Changed) -> Result<(), String>) {
    let wrong = CHANGED.iter().filter_map(|changed| {
        let why = compare(changed).err()?;
        Some(format!("{}:\n    {why}\n", changed.place))
    });
    let wrong: String = wrong.collect();
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(CHANGED.len() > 3000, "only {} nodes were changed", CHANGED.len());
}

fn subset(found: &BTreeSet<Place>, allowed: &BTreeSet<Place>) -> Result<(), String> {
    let new: Vec<_> = found.difference(allowed).collect();
    if new.is_empty() { Ok(()) } else { Err(format!("{new:?} is new")) }
}

fn lost(wanted: &BTreeSet<Place>, found: &BTreeSet<Place>) -> Result<(), String> {
    let lost: Vec<_> = wanted.difference(found).collect();
    if lost.is_empty() { Ok(()) } else { Err(format!("{lost:?} is lost")) }
}

/// Where a reference gives way to a parameter, a dependency is surely gone.
fn but_for_dependencies(found: &BTreeSet<Place>) -> BTreeSet<Place> {
    found.iter().filter(|(rule, ..)| rule != "missing-dependency").cloned().collect()
}

/// A general rule may speak once the better one has nothing to say any more, but only of what was so before.
#[test]
fn what_is_not_known_adds_no_finding() {
    at_every_node(|changed| {
        let before = &changed.before;
        subset(&before.said, &before.certain)?;
        subset(&but_for_dependencies(&changed.certain_with_unknown), &before.certain)?;
        subset(&but_for_dependencies(&changed.unknown.said), &before.certain)
    });
}

#[test]
fn a_condition_with_two_equal_branches_changes_nothing() {
    at_every_node(|changed| {
        lost(&changed.before.said, &changed.either.said)?;
        subset(&changed.either.said, &changed.before.said)
    });
}

#[test]
fn a_condition_that_leaves_a_value_open_says_when_its_findings_hold() {
    at_every_node(|changed| {
        lost(&changed.before.said, &changed.open.said)?;
        subset(&but_for_dependencies(&changed.open.said), &changed.before.certain)?;
        // What holds only in the other branch holds without the value.
        let other = format!("condition `{CONDITION}` is false");
        let rests = changed.open.diagnostics.iter().filter(|finding| finding.message.contains(&other));
        subset(&rests.map(place).collect(), &changed.unknown.said)
    });
}
