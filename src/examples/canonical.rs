//! What an example says, as JSON in the canonical shape, with symbols for what JSON cannot say.

use serde_json::{Map, Value as Json, json};

use crate::value::{Entry, Kind, Value};

/// The logical id that the configuration of an example gets.
pub const DELIVERY: &str = "Delivery";

/// A tree as JSON; a node under a tag as a mapping with the tag as its only key.
#[must_use]
pub fn json(value: &Value) -> Json {
    match &value.kind {
        Kind::Bool(truth) => (*truth).into(),
        // What is no number of JSON (012) stays as it is written.
        Kind::Number(number) => serde_json::from_str(number).unwrap_or_else(|_| number.as_str().into()),
        Kind::Text(text) => text.as_str().into(),
        Kind::List(items) => items.iter().map(json).collect(),
        Kind::Map(map) => {
            map.entries.iter().map(|entry| (entry.key.name.clone(), json(&entry.value))).collect()
        }
        Kind::Tagged(tagged) => json!({ &tagged.tag: json(&tagged.value) }),
        // That is null: of what is no YAML nothing comes up to here.
        _ => Json::Null,
    }
}

/// Whether it holds something that an API document cannot say.
#[must_use]
pub fn needs_references(value: &Json) -> bool {
    match value {
        Json::Object(object) => symbol(value).is_some() || object.values().any(needs_references),
        Json::Array(items) => items.iter().any(needs_references),
        _ => false,
    }
}

/// What stands for something else in an example.
#[derive(Clone, Copy, Debug)]
pub enum Symbol<'j> {
    /// `{ unknown: Name }`
    Unknown(&'j str),
    /// `{ ref: Pool.id }`: the name of a neighbour, and what of it.
    Reference(&'j str, &'j str),
    /// One that is malformed.
    Broken,
}

/// What a node stands for, if not for itself.
#[must_use]
pub fn symbol(value: &Json) -> Option<Symbol<'_>> {
    let (key, value) = value.as_object().filter(|object| object.len() == 1)?.iter().next()?;
    let text = value.as_str();
    match key.as_str() {
        "unknown" => Some(text.map_or(Symbol::Broken, Symbol::Unknown)),
        "ref" => {
            let parts = text.and_then(|text| text.split_once('.'));
            Some(parts.map_or(Symbol::Broken, |(name, what)| Symbol::Reference(name, what)))
        }
        _ => None,
    }
}

/// A resource around a configuration: its name, its kind and its properties.
pub type Neighbour = (String, String, Map<String, Json>);

/// The resources around a configuration. None where that is malformed.
#[must_use]
pub fn neighbours(with: Option<&Value>) -> Option<Vec<Neighbour>> {
    let Some(with) = with else { return Some(Vec::new()) };
    let neighbour = |entry: &Entry| {
        let Json::Object(mut properties) = json(&entry.value) else { return None };
        let kind = properties.remove("kind")?;
        Some((entry.key.name.clone(), kind.as_str()?.to_owned(), properties))
    };
    with.as_map()?.entries.iter().map(neighbour).collect()
}

/// A place as examples write it: `LogConfigurations/0`, `Pool->UserPoolTier`, `.` for the configuration itself. The
/// resource is given by its name or its label, in which its name is the last word.
#[must_use]
pub fn place(resource: Option<&str>, pointer: &str) -> String {
    let pointer = pointer.trim_start_matches('/');
    let resource = resource.and_then(|label| label.rsplit('.').next());
    match resource.filter(|name| *name != DELIVERY) {
        Some(neighbour) if pointer.is_empty() => neighbour.to_owned(),
        Some(neighbour) => format!("{neighbour}->{pointer}"),
        None if pointer.is_empty() => ".".to_owned(),
        None => pointer.to_owned(),
    }
}
