//! What may stand at a path: the schema of a configuration, and what is known of the resources around it.

use serde_json::Value as Json;

use super::neighbour;
use crate::rules::path::{Path, Step};
use crate::rules::reader::suggestion;
use crate::rules::rule::Scalar;
use crate::schema;
use crate::value::ResourceKind;

/// What may stand at a place.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A node of the schema.
    Node(&'static Json),
    /// A string of which the schema says nothing: a part of another, or any scalar.
    Text,
    /// The properties of a resource around the configuration.
    Resource(ResourceKind),
    /// A property of one, by the name that it was reached by.
    Property(&'static str),
    /// A policy document, one of its statements, whom that is about.
    Policy,
    Statement,
    Principal,
    /// Anything.
    Free,
}

/// What a rule begins at: a configuration, or another kind of resource.
pub fn root(subject: ResourceKind) -> Shape {
    match subject {
        ResourceKind::LogDeliveryConfiguration => schema::document().map_or(Shape::Free, Shape::Node),
        other => Shape::Resource(other),
    }
}

/// What stands at a path.
///
/// # Errors
/// Nothing can: why, as a sentence goes on behind a colon.
pub fn at(path: &Path, here: Shape, root: Shape) -> Result<Shape, String> {
    let start = if path.absolute { root } else { here };
    path.steps.iter().try_fold(start, step)
}

/// What lies behind one step.
///
/// # Errors
/// Nothing can.
pub fn step(shape: Shape, step: &Step) -> Result<Shape, String> {
    match (step, shape) {
        (Step::Follow(ResourceKind::Provider), _) => Ok(Shape::Resource(ResourceKind::Provider)),
        (_, Shape::Free) => Ok(Shape::Free),
        (Step::Member(name), shape) => member(shape, name),
        (Step::Items, _) => {
            Err("`[]` stands in `each` only; `all`, `any` and `none` look at the items of a list".to_owned())
        }
        (Step::Part(_), shape) if is_text(shape) => Ok(Shape::Text),
        (Step::Part(_), shape) => Err(format!("{} has no parts, only a string has", noun(shape))),
        (Step::Follow(kind), shape) if is_text(shape) => Ok(Shape::Resource(*kind)),
        (Step::Follow(_), shape) => Err(format!("{} names no resource, only a string does", noun(shape))),
    }
}

fn member(shape: Shape, name: &str) -> Result<Shape, String> {
    match shape {
        Shape::Node(node) => match schema_member(node, name) {
            Some(member) => Ok(Shape::Node(member)),
            None if is_type(node, "object") => {
                let known = schema_members(node);
                Err(format!("there is no `{name}` here{}", meant(name, &known)))
            }
            None if is_type(node, "array") => {
                Err(format!("a list has no `{name}`; `all`, `any` and `none` look at its items"))
            }
            None => Err(format!("{} has no `{name}`", noun(shape))),
        },
        Shape::Resource(kind) => {
            let known = neighbour::members(kind);
            match known.iter().find(|known| **known == name) {
                Some(_) if name == "ResourcePolicies" => Ok(Shape::Policy),
                Some(known) => Ok(Shape::Property(known)),
                None => unknown(name, known, kind == ResourceKind::Provider, Shape::Free),
            }
        }
        Shape::Property("BucketPolicy") if name == "PolicyDocument" => Ok(Shape::Policy),
        Shape::Property(_) => Ok(words_of(name)),
        Shape::Policy if name == "Statement" => Ok(Shape::Statement),
        Shape::Policy => unknown(name, &["Statement"], true, Shape::Free),
        Shape::Statement if name == "Principal" => Ok(Shape::Principal),
        Shape::Statement if neighbour::STATEMENT.contains(&name) => Ok(words_of(name)),
        Shape::Statement => unknown(name, neighbour::STATEMENT, true, Shape::Free),
        Shape::Principal if neighbour::PRINCIPAL.contains(&name) => Ok(Shape::Free),
        Shape::Principal => unknown(name, neighbour::PRINCIPAL, true, Shape::Free),
        Shape::Text => Err(format!("a string has no `{name}`")),
        Shape::Free => Ok(Shape::Free),
    }
}

/// A property inside another one.
fn words_of(name: &str) -> Shape {
    const WITH_WORDS: &[&str] = &["AdvancedSecurityMode", "SSEAlgorithm", "Effect"];
    WITH_WORDS.iter().find(|known| **known == name).map_or(Shape::Free, |name| Shape::Property(name))
}

/// A name that is not among those that are known: wrong where these are all, or where it is nearly one of them.
fn unknown(name: &str, known: &[&str], all: bool, otherwise: Shape) -> Result<Shape, String> {
    let meant = meant(name, known);
    if all || !meant.is_empty() {
        return Err(format!("there is no `{name}` here{meant}"));
    }
    Ok(otherwise)
}

fn meant(name: &str, known: &[&str]) -> String {
    match suggestion(name, known.iter().copied()) {
        hint if !hint.is_empty() => hint,
        _ if known.len() <= 5 => format!("; there are {}", known.join(", ")),
        _ => String::new(),
    }
}

/// What the items of a list are.
///
/// # Errors
/// It is no list: what it is.
pub fn items(shape: Shape) -> Result<Shape, String> {
    match shape {
        Shape::Node(node) if is_type(node, "array") => Ok(node.get("items").map_or(Shape::Free, Shape::Node)),
        Shape::Node(_) | Shape::Text | Shape::Resource(_) | Shape::Principal => Err(noun(shape)),
        Shape::Policy => Ok(Shape::Policy),
        Shape::Statement => Ok(Shape::Statement),
        Shape::Property(_) | Shape::Free => Ok(Shape::Free),
    }
}

/// Why what stands at a path can never be a scalar; none if it can. `called` is what to call the path.
pub fn refusal(shape: Shape, scalar: &Scalar, called: &str) -> Option<String> {
    let word = match scalar {
        Scalar::Null => return None,
        Scalar::Text(word) => Some(word.as_str()),
        Scalar::Bool(_) | Scalar::Number(_) => None,
    };
    match (shape, word) {
        (Shape::Node(node), Some(word)) if is_type(node, "string") => {
            let words: Vec<&str> = words(node);
            let is_one = words.is_empty() || words.contains(&word);
            (!is_one).then(|| format!("`{word}` is no value of `{called}`{}", meant(word, &words)))
        }
        (Shape::Property(name), Some(word)) => {
            let words = neighbour::words(name);
            let near = suggestion(word, words.iter().copied());
            (!words.contains(&word) && !near.is_empty())
                .then(|| format!("`{word}` is no value of `{name}`{near}"))
        }
        (Shape::Node(_), _) => Some(format!("`{called}` is {}, which is never equal to that", noun(shape))),
        _ => None,
    }
}

/// The words that a string may be; none where it may be others.
pub fn words(node: &Json) -> Vec<&str> {
    let words = node.get("enum").and_then(Json::as_array);
    words.into_iter().flatten().filter_map(Json::as_str).collect()
}

pub fn is_text(shape: Shape) -> bool {
    match shape {
        Shape::Node(node) => is_type(node, "string"),
        Shape::Text | Shape::Property(_) | Shape::Free => true,
        Shape::Resource(_) | Shape::Policy | Shape::Statement | Shape::Principal => false,
    }
}

/// What stands there, as a noun.
pub fn noun(shape: Shape) -> String {
    let noun = match shape {
        Shape::Node(node) if is_type(node, "object") => "a mapping",
        Shape::Node(node) if is_type(node, "array") => "a list",
        Shape::Node(_) | Shape::Text => "a string",
        Shape::Resource(_) => "a resource",
        Shape::Policy | Shape::Statement | Shape::Principal => "a part of a policy",
        Shape::Property(_) | Shape::Free => "a value",
    };
    noun.to_owned()
}

fn is_type(node: &Json, wanted: &str) -> bool {
    match node.get("type") {
        Some(Json::String(name)) => name == wanted,
        Some(Json::Array(names)) => names.iter().any(|name| name.as_str() == Some(wanted)),
        _ => false,
    }
}

fn schema_member<'s>(node: &'s Json, name: &str) -> Option<&'s Json> {
    node.get("properties")?.get(name)
}

fn schema_members(node: &Json) -> Vec<&str> {
    let members = node.get("properties").and_then(Json::as_object);
    members.into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}
