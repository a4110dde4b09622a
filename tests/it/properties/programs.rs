//! What is not known of a program decides nothing, and what is written elsewhere in it decides the same.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde_json::{Value as Json, json};

use super::templates::{Findings, Place, certain, each_node, find};
use crate::examples::provider::{Provider, spelled};
use crate::examples::{self, pulumi, wrap};

/// The name of what stands in for a node.
const NAME: &str = "delintValue";

/// Each example that can be written as a program, by its rule and index.
fn all() -> Vec<(String, Json)> {
    let mut programs = Vec::new();
    for file in examples::files() {
        for (index, example) in file.examples.iter().enumerate() {
            if wrap::verbatim(&example.configuration).is_none()
                && let configuration = wrap::json(&example.configuration)
                && let Some(spelled) = spelled(Provider::Pulumi, &configuration, example.with.as_ref())
            {
                programs.push((format!("{}, example {index}", file.name), pulumi::program(&spelled)));
            }
        }
    }
    programs
}

/// The pointers of all nodes in the properties of all resources.
fn nodes(program: &Json) -> Vec<String> {
    let mut nodes = Vec::new();
    for (name, resource) in program["resources"].as_object().expect("resources") {
        each_node(&resource["properties"], &format!("/resources/{name}/properties"), &mut nodes);
    }
    nodes
}

/// What is found with a reference in the place of a node.
fn replaced(program: &Json, pointer: &str, section: &str, declared: &Json) -> Findings {
    let mut changed = program.clone();
    *changed.pointer_mut(pointer).expect("a node") = format!("${{{NAME}}}").into();
    if changed[section].is_null() {
        changed[section] = json!({});
    }
    changed[section][NAME] = declared.clone();
    find(&wrap::pretty(&changed))
}

/// Collects the nodes at which a comparison fails.
fn at_every_node(compare: impl Fn(&Json, &str, &BTreeSet<Place>, &BTreeSet<Place>) -> bool + Sync) {
    let checked = |(name, program): &(String, Json)| {
        let text = wrap::pretty(program);
        let (said, certain) = (find(&text).said, certain(&text));
        let nodes = nodes(program);
        let wrong = nodes.iter().filter(|node| !compare(program, node, &said, &certain));
        (nodes.len(), wrong.map(|node| format!("{name}, at {node}")).collect::<Vec<_>>())
    };
    let found: Vec<(usize, Vec<String>)> = all().par_iter().map(checked).collect();
    let wrong: Vec<&String> = found.iter().flat_map(|(_, wrong)| wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let nodes: usize = found.iter().map(|(nodes, _)| nodes).sum();
    assert!(nodes > 1000, "only {nodes} nodes were changed");
}

#[test]
fn a_value_that_a_stack_gives_adds_no_finding() {
    at_every_node(|program, node, _, certain| {
        replaced(program, node, "config", &json!({ "type": "string" })).said.is_subset(certain)
    });
}

#[test]
fn a_variable_says_what_its_value_says() {
    at_every_node(|program, node, said, _| {
        let value = program.pointer(node).expect("a node");
        replaced(program, node, "variables", value).said == *said
    });
}
