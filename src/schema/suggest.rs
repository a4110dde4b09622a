//! What was probably meant, where something else is written.

use serde_json::Value as Json;

use super::words::members;
use crate::spec::normal;
use crate::value::{Kind, Value};

/// A member that a mapping could still have, with its schema.
pub type FreeMember<'s> = (&'s str, &'s Json);

/// The one of the free members that an unknown key with its value was probably meant to be: one that is called so
/// elsewhere, one that is spelled nearly so, or the only one that the value would fit.
pub fn meant_member(free: &[FreeMember<'_>], key: &str, value: &Value) -> Option<String> {
    let synonym = free.iter().find(|(_, member)| is_synonym(member, key)).map(|(name, _)| *name);
    let names: Vec<&str> = free.iter().map(|(name, _)| *name).collect();
    let fitting = || only(free.iter().filter(|(_, member)| fits(member, value)).map(|(name, _)| *name));
    synonym.or_else(|| nearest(key, &names)).or_else(fitting).map(str::to_owned)
}

/// The free member of which an unknown key is probably a member itself.
pub fn meant_parent(free: &[FreeMember<'_>], key: &str) -> Option<String> {
    let parents = free.iter().filter(|(_, member)| is_member(member, key));
    only(parents.map(|(name, _)| *name)).map(str::to_owned)
}

/// The value that a wrong one was probably meant to be.
pub fn meant_value(schema: &Json, options: &[&str], value: &str) -> Option<String> {
    let synonyms = schema.get("x-synonyms").and_then(Json::as_object).into_iter().flatten();
    let synonym =
        synonyms.filter(|(word, _)| normal(word) == normal(value)).find_map(|(_, option)| option.as_str());
    synonym.or_else(|| nearest(value, options)).map(str::to_owned)
}

/// The value of a member that is implied by one of its siblings.
pub fn implied(schema: &Json, member: &str, mapping: &Value) -> Option<String> {
    implied_value(schema.get("properties")?.get(member)?, mapping)
}

/// The value of a node that is implied by one of its siblings.
pub fn implied_value(schema: &Json, mapping: &Value) -> Option<String> {
    let implied = schema.get("x-implied-by")?.as_object()?;
    implied.iter().find_map(|(sibling, values)| {
        let (values, written) = (values.as_object()?, mapping.get(sibling)?.as_str()?);
        // What is misspelled there implies what is meant.
        let meant = nearest(written, &values.keys().map(String::as_str).collect::<Vec<_>>())?;
        Some(values.get(meant)?.as_str()?.to_owned())
    })
}

/// Whether nothing is there that would imply the value of a node.
pub fn lacks_what_implies(schema: &Json, mapping: &Value) -> bool {
    let implied = schema.get("x-implied-by").and_then(Json::as_object);
    implied.is_some_and(|implied| implied.keys().all(|sibling| mapping.get(sibling).is_none()))
}

/// The members that a mapping could still have, with their schemas.
pub fn free_members<'s>(schema: &'s Json, mapping: &Value) -> Vec<FreeMember<'s>> {
    let free = members(schema).filter(|name| mapping.get(name).is_none());
    free.filter_map(|name| Some((name, schema.get("properties")?.get(name)?))).collect()
}

fn is_synonym(member: &Json, key: &str) -> bool {
    let synonyms = member.get("x-synonyms").and_then(Json::as_array).into_iter().flatten();
    synonyms.filter_map(Json::as_str).any(|synonym| normal(synonym) == normal(key))
}

/// Whether a key is one of a mapping of this schema, under its own name or another.
fn is_member(schema: &Json, key: &str) -> bool {
    let properties = schema.get("properties").and_then(Json::as_object).into_iter().flatten();
    properties.into_iter().any(|(name, member)| normal(name) == normal(key) || is_synonym(member, key))
}

/// Whether a value is surely meant for a node of this schema: it is one of the words that may stand there, or holds
/// a member of it.
fn fits(schema: &Json, value: &Value) -> bool {
    let options = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
    match &value.kind {
        Kind::Text(text) => {
            options.filter_map(Json::as_str).any(|option| text.known().as_deref() == Some(option))
        }
        Kind::Map(map) => map.entries.iter().any(|entry| is_member(schema, &entry.key.name)),
        _ => false,
    }
}

fn only<T>(mut candidates: impl Iterator<Item = T>) -> Option<T> {
    candidates.next().filter(|_| candidates.next().is_none())
}

/// The one candidate that is near enough to a word, nearer than any other.
fn nearest<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let word = normal(word);
    let mut ranked: Vec<(usize, &str)> = candidates
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &normal(candidate)), *candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.len() / 4).max(1))
        .collect();
    ranked.sort_by_key(|(distance, _)| *distance);
    match ranked.as_slice() {
        [(first, _), (second, _), ..] if first == second => None,
        [(_, candidate), ..] => Some(candidate),
        [] => None,
    }
}
