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
/// which a rule has something to say. The place is that of a key that stands for the member.
pub fn fitting(
    context: &Context,
    unit: &[Resource],
    place: &Place<'_>,
    members: Vec<&'static str>,
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
    for name in members.into_iter().filter(|name| place.beside.get(name).is_none()) {
        let after = said(Some((name, &shape(&format!("{parent}/{name}"), place.span))));
        if after.iter().any(|said| !before.contains(said)) {
            continue;
        }
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

/// Writes a member in the place of another, or takes that away.
fn replace(value: &mut Value, marker: &str, member: Option<(&str, &Value)>) {
    match &mut value.kind {
        Kind::Map(map) => {
            map.entries.retain(|entry| member.is_some() || entry.key.name != marker);
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
