//! What to call things in a sentence.

use serde_json::Value as Json;

use crate::value::{Kind, Value};

/// Characters of a value that are quoted.
const MAX_QUOTED: usize = 80;

/// A value: what is written, quoted, if it is short enough for a sentence.
pub fn shown(value: &Value) -> String {
    let quoted = |text: &str| match text.chars().count() {
        0 => "an empty string".to_owned(),
        1..=MAX_QUOTED => format!("`{text}`"),
        _ => "this value".to_owned(),
    };
    match &value.kind {
        Kind::Text(text) => text.as_str().map_or_else(|| "an expression".to_owned(), quoted),
        Kind::Number(number) => quoted(number),
        Kind::Bool(truth) => quoted(&truth.to_string()),
        _ => value.type_name().to_owned(),
    }
}

/// What to call the node at a pointer in a sentence.
pub fn called(pointer: &str) -> String {
    let mut steps = pointer.rsplit('/');
    match (steps.next(), steps.next()) {
        (None | Some(""), _) => "the configuration".to_owned(),
        (Some(index), Some(list)) if index.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("an entry of `{list}`")
        }
        (Some(name), _) => format!("`{name}`"),
    }
}

/// The names that a mapping may have.
pub fn members(schema: &Json) -> impl Iterator<Item = &str> {
    schema.get("properties").and_then(Json::as_object).into_iter().flatten().map(|(name, _)| name.as_str())
}

pub fn list<'s>(names: impl Iterator<Item = &'s str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// The JSON types that a node may have, in words.
pub fn type_names(schema: &Json) -> String {
    let word = |name: &str| match name {
        "object" => "a mapping",
        "array" => "a list",
        "string" => "a string",
        "boolean" => "a boolean",
        "null" => "null",
        _ => "a number",
    };
    match schema.get("type") {
        Some(Json::String(name)) => word(name).to_owned(),
        // That null is let through to rules is no advice.
        Some(Json::Array(names)) => {
            let names = names.iter().filter_map(Json::as_str).filter(|name| *name != "null");
            names.map(word).collect::<Vec<_>>().join(" or ")
        }
        _ => String::new(),
    }
}
