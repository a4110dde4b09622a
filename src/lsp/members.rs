//! The members that a mapping can have besides those that it has: what the rules say of each decides.
//!
//! A member is tried without a value: what it would be is not known, so that rules speak of its being there alone.

use crate::lsp::check::Context;
use crate::lsp::locate::Place;
use crate::schema::field::field;
use crate::spec::Resource;
use crate::text::Span;
use crate::value::{Entry, Key, Kind, Map, Value};

/// Of these members of the mapping at a place, those that no rule has anything against. The ones come first without
/// which a rule has something to say. The place is that of a key that stands for the member. Where lists are written as
/// `blocks`, one that is there can have another item.
pub fn fitting(
    context: &Context,
    unit: &[Resource],
    place: &Place<'_>,
    members: Vec<&'static str>,
    blocks: bool,
) -> Vec<&'static str> {
    let Some((parent, marker)) = place.pointer.rsplit_once('/') else { return Vec::new() };
    let said = |member: Option<(&str, &Value)>| {
        let instead = |resource: &Resource| {
            let mut resource = resource.clone();
            if resource.header == place.resource.header {
                replace(&mut resource.properties, marker, member);
            }
            resource
        };
        context.said_of(&unit.iter().map(instead).collect::<Vec<_>>())
    };
    let before = said(None);
    let (mut missed, mut others) = (Vec::new(), Vec::new());
    let is_list = |name: &str| field(&format!("{parent}/{name}")).is_some_and(|field| field.is_list);
    let can_be_added = |name: &&str| place.beside.get(name).is_none() || blocks && is_list(name);
    for name in members.into_iter().filter(can_be_added) {
        let pointer = format!("{parent}/{name}");
        let is_added = place.beside.get(name).is_some();
        let shapes = if is_added { items(&pointer, place.span) } else { vec![shape(&pointer, place.span)] };
        let mut after = shapes.iter().map(|shape| said(Some((name, shape))));
        let Some(after) = after.find(|after| after.iter().all(|said| before.contains(said))) else {
            continue;
        };
        let is_missed = before.iter().any(|said| !after.contains(said));
        if is_missed { missed.push(name) } else { others.push(name) }
    }
    missed.extend(others);
    missed
}

/// What stands at a pointer, as far as the schema says what that must be.
fn shape(pointer: &str, span: Span) -> Value {
    let members = field(pointer).map(|field| field.members).unwrap_or_default();
    if members.is_empty() {
        return Value::unknown(span, "what is still to be written");
    }
    let entry = |name: &str| Entry {
        key: Key { name: name.to_owned(), span },
        value: shape(&format!("{pointer}/{name}"), span),
    };
    Value::new(span, Kind::Map(Map { entries: members.into_iter().map(entry).collect() }))
}

/// What an item of the list at a pointer can be, as far as the schema says that: of the members that hold others, one.
fn items(list: &str, span: Span) -> Vec<Value> {
    let pointer = format!("{list}/0");
    let members = field(&pointer).map(|field| field.members).unwrap_or_default();
    let holds =
        |name: &&str| field(&format!("{pointer}/{name}")).is_some_and(|field| !field.members.is_empty());
    let (holders, scalars): (Vec<&str>, Vec<&str>) = members.into_iter().partition(holds);
    let entry = |name: &str| Entry {
        key: Key { name: name.to_owned(), span },
        value: Value::unknown(span, "what is still to be written"),
    };
    let item = |holder: &&str| {
        let entries = scalars.iter().chain([holder]).map(|name| entry(name)).collect();
        Value::new(span, Kind::Map(Map { entries }))
    };
    holders.iter().map(item).collect()
}

/// Writes a member in the place of another, or takes that away. A list that is there already has one more item then.
fn replace(value: &mut Value, marker: &str, member: Option<(&str, &Value)>) {
    match &mut value.kind {
        Kind::Map(map) => {
            let is_added = map.get(marker).is_some() && member.is_some_and(|member| add_item(map, member));
            map.entries.retain(|entry| member.is_some() && !is_added || entry.key.name != marker);
            for entry in &mut map.entries {
                if let Some((name, value)) = member.filter(|_| entry.key.name == marker) {
                    name.clone_into(&mut entry.key.name);
                    entry.value = value.clone();
                } else {
                    replace(&mut entry.value, marker, member);
                }
            }
        }
        Kind::List(items) => items.iter_mut().for_each(|item| replace(item, marker, member)),
        Kind::Choice(choice) => {
            choice.alternatives.iter_mut().for_each(|one| replace(&mut one.value, marker, member));
        }
        _ => {}
    }
}

/// Adds an item to a list, if the member is one.
fn add_item(map: &mut Map, (name, item): (&str, &Value)) -> bool {
    let mut lists = map.entries.iter_mut().filter(|entry| entry.key.name == name);
    let Some(Kind::List(items)) = lists.next().map(|entry| &mut entry.value.kind) else { return false };
    items.push(item.clone());
    true
}
