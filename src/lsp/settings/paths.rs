//! Paths of the rule language: what can follow what is written of one, and which field one leads to.

use crate::rules::audit::neighbour;
use crate::rules::path::{NEIGHBOURS, Path, Step, TypedPart};
use crate::schema::field::field;
use crate::spec::pointer_name;
use crate::value::Value;

/// What a path with nothing in it can lead through: a configuration has no deeper members.
const DEPTH: usize = 3;
/// Tests of the items of a list: paths in them are seen from an item.
const OF_ITEMS: [&str; 5] = ["all", "any", "none", "count", "unique_by"];

/// A path, or what it can begin with, and what that means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub text: String,
    pub about: &'static str,
}

/// What can be written behind the beginning of a path, each with that beginning. `pointer` is where it stands in a rule
/// file.
#[must_use]
pub fn offers(file: &Value, pointer: &str, begun: &str) -> Vec<Offer> {
    let offer = |text: String, about| Offer { text, about };
    if let Some((_, hop)) = begun.rsplit_once("->") {
        let hop = hop.trim_start();
        let Some((kind, _)) = hop.split_once('.') else {
            return NEIGHBOURS.iter().map(|(name, _)| offer((*name).to_owned(), "")).collect();
        };
        let kind = NEIGHBOURS.iter().find(|(name, _)| *name == kind);
        let members = kind.map(|(_, kind)| neighbour::members(*kind)).unwrap_or_default();
        return members.iter().map(|name| offer(format!("{}.{name}", hop_kind(hop)), "")).collect();
    }
    let start = base(file, pointer);
    if let Some((head, _)) = begun.rsplit_once('.').filter(|(head, _)| !head.is_empty()) {
        let parts = || TypedPart::ALL.map(|(name, _)| offer(format!("{head}.{name}"), "")).to_vec();
        let here = start.as_deref().and_then(|start| follow(start, head));
        return match here {
            Some(here) if has_members(&here) => {
                let mut found = Vec::new();
                below(&here, &format!("{head}."), DEPTH, &mut found);
                found
            }
            _ => parts(),
        };
    }
    let mut found = vec![offer(".".to_owned(), "")];
    if let Some(start) = &start {
        below(start, "", DEPTH, &mut found);
    }
    below("", "/", DEPTH, &mut found);
    if pointer.starts_with("/each") {
        found.push(offer("**".to_owned(), "Every scalar of the configuration."));
        found.push(offer("LogConfigurations[]".to_owned(), "Each entry."));
    }
    found
}

/// The canonical pointer of the field that a path leads to, from where it stands in a rule file.
#[must_use]
pub fn meant(file: &Value, pointer: &str, path: &str) -> Option<String> {
    follow(&base(file, pointer)?, path)
}

/// The canonical pointer of the field that a test is about.
#[must_use]
pub fn tested(file: &Value, pointer: &str) -> Option<String> {
    let (above, last) = pointer.rsplit_once('/')?;
    if last == "not" || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return tested(file, above);
    }
    meant(file, above, &pointer_name(last))
}

/// The canonical pointer of the node that paths are seen from: none if that is no node of a configuration.
fn base(file: &Value, pointer: &str) -> Option<String> {
    if file.get("resource").is_some() {
        return None;
    }
    if pointer.starts_with("/each") {
        return Some(String::new());
    }
    let each = file.get("each").map(|each| each.as_list().and_then(<[Value]>::first).unwrap_or(each));
    let mut here = match each {
        None => String::new(),
        Some(each) => follow("", each.as_str()?)?,
    };
    let mut path: Option<String> = None;
    for step in pointer.split('/').skip(1).map(pointer_name) {
        let leads = !step.is_empty() && !step.bytes().all(|byte| byte.is_ascii_digit());
        if OF_ITEMS.contains(&step.as_ref()) {
            here = format!("{}/0", follow(&here, &path.take()?)?);
        } else if leads && Path::parse(&step).is_ok() {
            path = Some(step.into_owned());
        }
    }
    Some(here)
}

/// The canonical pointer that a path leads to, if that is in a configuration.
fn follow(here: &str, path: &str) -> Option<String> {
    let path = Path::parse(path).ok()?;
    let mut pointer = if path.absolute { String::new() } else { here.to_owned() };
    for step in &path.steps {
        match step {
            Step::Member(name) => pointer = format!("{pointer}/{name}"),
            Step::Items => pointer.push_str("/0"),
            Step::Part(_) | Step::Follow(_) => return None,
        }
    }
    Some(pointer)
}

fn has_members(pointer: &str) -> bool {
    pointer.is_empty() || field(pointer).is_some_and(|field| !field.members.is_empty())
}

/// The paths of all members below a node.
fn below(pointer: &str, before: &str, depth: usize, found: &mut Vec<Offer>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for name in members(pointer) {
        let inner = format!("{pointer}/{name}");
        let text = format!("{before}{name}");
        let about = field(&inner).map(|field| field.description).unwrap_or_default();
        found.push(Offer { text: text.clone(), about });
        if has_members(&inner) {
            below(&inner, &format!("{text}."), depth, found);
        }
    }
}

/// The members of a node of a configuration.
#[must_use]
pub fn members(pointer: &str) -> Vec<&'static str> {
    match pointer {
        // The configuration itself is no field.
        "" => vec!["UserPoolId", "LogConfigurations"],
        pointer => field(pointer).map(|field| field.members).unwrap_or_default(),
    }
}

fn hop_kind(hop: &str) -> &str {
    hop.split('.').next().unwrap_or(hop)
}
