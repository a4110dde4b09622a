//! What to call things in a sentence.

use std::fmt::Display;

use serde_json::Value as Json;

use crate::spec::Spelling;
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
        Kind::Text(text) => text.known().map_or_else(|| "an expression".to_owned(), |text| quoted(&text)),
        Kind::Number(number) => quoted(number),
        Kind::Bool(truth) => quoted(&truth.to_string()),
        _ => value.type_name().to_owned(),
    }
}

/// What to call the node at a pointer in a sentence.
pub fn called(pointer: &str, spelling: Spelling) -> String {
    let mut steps = pointer.rsplit('/');
    match (steps.next(), steps.next()) {
        (None | Some(""), _) => "the configuration".to_owned(),
        (Some(index), Some(list)) if index.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("an entry of `{}`", spelling.of(list))
        }
        (Some(name), _) => format!("`{}`", spelling.of(name)),
    }
}

/// A text of the schema, in which `{LogLevel}` stands for what that member is called.
pub fn spelled(text: &str, spelling: Spelling) -> String {
    let mut spelled = String::with_capacity(text.len());
    for (number, piece) in text.split('{').enumerate() {
        match piece.split_once('}') {
            Some((name, rest)) if number > 0 => {
                spelled.push_str(&spelling.of(name));
                spelled.push_str(rest);
            }
            _ => spelled.push_str(piece),
        }
    }
    spelled
}

/// The names that a mapping may have.
pub fn members(schema: &Json) -> impl Iterator<Item = &str> {
    schema.get("properties").and_then(Json::as_object).into_iter().flatten().map(|(name, _)| name.as_str())
}

pub fn list(names: impl Iterator<Item = impl Display>) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Case, Style};

    #[test]
    fn names_are_the_users_own() {
        let snake = Spelling { case: Case::Snake, exceptions: &[], style: Style::Members };
        let text = "write `{LogLevel}` and `{S3Configuration}`";
        assert_eq!(spelled(text, snake), "write `log_level` and `s3_configuration`");
        assert_eq!(spelled(text, Spelling::CANONICAL), "write `LogLevel` and `S3Configuration`");
        assert_eq!(called("/LogConfigurations/0", snake), "an entry of `log_configurations`");
        assert_eq!(called("/LogConfigurations/0/LogLevel", snake), "`log_level`");
    }
}
