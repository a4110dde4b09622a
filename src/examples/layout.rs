//! Writes JSON, and YAML in block style, in which `{"!Ref": "x"}` is a node under a tag.

use std::fmt::Write as _;

use serde_json::Value as Json;

/// JSON on several lines.
#[must_use]
pub fn pretty(value: &Json) -> String {
    format!("{value:#}\n")
}

/// Block style, with plain scalars where they can be plain.
#[must_use]
pub fn yaml(value: &Json) -> String {
    let mut text = String::new();
    block(&mut text, value, 0);
    text
}

/// Writing to a string cannot fail.
fn line(text: &mut String, line: &str) {
    let _ = writeln!(text, "{line}");
}

fn block(text: &mut String, value: &Json, indent: usize) {
    match value {
        Json::Object(object) => {
            for (index, (key, value)) in object.iter().enumerate() {
                let pad = if index == 0 && text.ends_with("- ") { 0 } else { indent };
                let _ = write!(text, "{:pad$}{}:", "", scalar(&key.as_str().into()));
                member(text, value, indent);
            }
        }
        Json::Array(items) => {
            for item in items {
                let _ = write!(text, "{:indent$}- ", "");
                match inline(item) {
                    Some(short) => line(text, &short),
                    None => block(text, item, indent + 2),
                }
            }
        }
        other => line(text, &scalar(other)),
    }
}

fn member(text: &mut String, value: &Json, indent: usize) {
    if let Some(short) = inline(value) {
        line(text, &format!(" {short}"));
    } else {
        text.push('\n');
        block(text, value, indent + 2);
    }
}

/// What fits behind a key: scalars, functions and empty collections.
fn inline(value: &Json) -> Option<String> {
    match value {
        Json::Object(object) => match object.iter().next() {
            None => Some("{}".to_owned()),
            Some((tag, argument)) if tag.starts_with('!') => Some(format!("{tag} {}", scalar(argument))),
            Some(_) => None,
        },
        Json::Array(items) if items.is_empty() => Some("[]".to_owned()),
        // A list in a list is written in flow style, for which JSON will do.
        Json::Array(items) if items.iter().any(Json::is_array) => Some(value.to_string()),
        Json::Array(_) => None,
        other => Some(scalar(other)),
    }
}

fn scalar(value: &Json) -> String {
    let Json::String(text) = value else { return value.to_string() };
    let plain = |c: char| c.is_ascii_alphanumeric() || "/_.:@+=-$(){}".contains(c);
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text.chars().all(plain)
        && !text.ends_with(':')
        && !["null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"]
            .contains(&text.as_str());
    if is_plain { text.clone() } else { value.to_string() }
}
