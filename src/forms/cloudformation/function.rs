//! What an intrinsic function is, in either spelling.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::text::Span;
use crate::value::{Kind, Value};

/// The intrinsic function that a node is, in its long spelling (`Ref`, `Condition`, `Fn::…`), and its argument.
pub fn function(value: &Value) -> Option<(&str, &Value)> {
    match &value.kind {
        Kind::Tagged(tagged) => long_name(&tagged.tag).map(|name| (name, &tagged.value)),
        Kind::Map(map) => match map.entries.as_slice() {
            [only] if is_function(&only.key.name) => Some((only.key.name.as_str(), &only.value)),
            _ => None,
        },
        _ => None,
    }
}

/// Where the name of the function stands that a node is: its tag, or its key.
pub fn name_span(value: &Value) -> Option<Span> {
    match &value.kind {
        Kind::Tagged(tagged) => Some(tagged.tag_span),
        Kind::Map(map) => map.entries.first().map(|entry| entry.key.span),
        _ => None,
    }
}

fn is_function(key: &str) -> bool {
    key == "Ref" || key == "Condition" || key.starts_with("Fn::")
}

/// The functions that have a short spelling, by their long one.
const FUNCTIONS: &[&str] = &[
    "Ref",
    "Condition",
    "Fn::And",
    "Fn::Base64",
    "Fn::Cidr",
    "Fn::Contains",
    "Fn::Equals",
    "Fn::FindInMap",
    "Fn::GetAtt",
    "Fn::GetAZs",
    "Fn::If",
    "Fn::ImportValue",
    "Fn::Join",
    "Fn::Length",
    "Fn::Not",
    "Fn::Or",
    "Fn::Select",
    "Fn::Split",
    "Fn::Sub",
    "Fn::ToJsonString",
    "Fn::Transform",
];

fn long_name(tag: &str) -> Option<&'static str> {
    let short = tag.strip_prefix('!')?;
    FUNCTIONS.iter().find(|name| name.strip_prefix("Fn::").unwrap_or(name) == short).copied()
}

/// Whether a YAML tag is one of CloudFormation's functions.
pub fn is_known_tag(tag: &str) -> bool {
    long_name(tag).is_some()
}

/// What names an expression: two of one name yield the same in every deployment of a template.
pub fn identity(value: &Value) -> String {
    let mut name = String::new();
    write(&mut name, value);
    name
}

/// The identity of a reference to a parameter or resource.
pub fn reference_to(name: &str) -> String {
    let mut identity = "Ref".to_owned();
    quote(&mut identity, name);
    identity
}

/// The identity of an attribute of a resource.
pub fn attribute_of(resource: &str, attribute: &str) -> String {
    let mut identity = "Fn::GetAtt".to_owned();
    quote(&mut identity, &format!("{resource}.{attribute}"));
    identity
}

/// What is named in an expression of this identity: parameters and attributes, in references and in texts of `Fn::Sub`.
pub fn inputs(identity: &str) -> Vec<Arc<str>> {
    let mut inputs: Vec<Arc<str>> = Vec::new();
    for (open, close) in [("Ref(\"", '"'), ("Fn::GetAtt(\"", '"'), ("${", '}')] {
        for rest in identity.split(open).skip(1) {
            let input = rest.split(close).next().unwrap_or_default();
            if !inputs.iter().any(|known| **known == *input) {
                inputs.push(input.into());
            }
        }
    }
    inputs
}

fn write(name: &mut String, value: &Value) {
    if let Some((function, argument)) = function(value) {
        name.push_str(function);
        match argument.as_list() {
            // `!GetAtt A.B` and `!GetAtt [A, B]` are one.
            Some([resource, attribute]) if function == "Fn::GetAtt" => {
                let both = [resource, attribute].map(|part| part.as_str().unwrap_or_default()).join(".");
                quote(name, &both);
            }
            _ => write(name, argument),
        }
        return;
    }
    match &value.kind {
        Kind::Map(map) => {
            for entry in &map.entries {
                quote(name, &entry.key.name);
                write(name, &entry.value);
            }
        }
        Kind::List(items) => {
            name.push('[');
            for item in items {
                write(name, item);
            }
            name.push(']');
        }
        Kind::Tagged(tagged) => {
            name.push_str(&tagged.tag);
            write(name, &tagged.value);
        }
        _ => match scalar(value) {
            Some(text) => quote(name, text),
            // Nothing else is like another.
            None => quote(name, &format!("{:?}", value.span)),
        },
    }
}

fn quote(name: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = write!(name, "({text:?})");
}

/// The text of a scalar, as CloudFormation compares it.
pub fn scalar(value: &Value) -> Option<&str> {
    match &value.kind {
        Kind::Text(text) => text.as_str(),
        Kind::Number(number) => Some(number),
        Kind::Bool(true) => Some("true"),
        Kind::Bool(false) => Some("false"),
        _ => None,
    }
}
