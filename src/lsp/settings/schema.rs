//! What may stand at a place of a file, by its JSON Schema: as much of draft-07 as the schemas of delint's own files use.
//!
//! Nothing is validated here: it is about what could be written, and so a schema that is not understood allows everything.

use serde_json::Value as Json;

use crate::value::{Kind, Value};

/// Schemas that refer to each other. In the files of delint it is three or four.
const DEPTH: usize = 16;
/// Where schemas lie that are referred to by a name.
const DEFINITIONS: &str = "#/definitions/";

/// All that a schema says of one place: those parts of it that are about what stands there.
#[derive(Clone, Debug)]
pub struct Place<'s> {
    root: &'s Json,
    parts: Vec<&'s Json>,
    /// The definitions that these are.
    definitions: Vec<&'s str>,
}

/// A value that may stand at a place, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<'s> {
    pub value: String,
    pub is_text: bool,
    pub about: &'s str,
}

impl<'s> Place<'s> {
    /// A whole document.
    #[must_use]
    pub fn root(root: &'s Json, value: Option<&Value>) -> Self {
        Self { root, parts: Vec::new(), definitions: Vec::new() }.with(root, value, DEPTH)
    }

    /// A member of a mapping that stands here. What the value is decides between alternatives; none where it is yet to be
    /// written.
    #[must_use]
    pub fn member(&self, name: &str, value: Option<&Value>) -> Self {
        let schema = |part: &&'s Json| {
            let known = part.get("properties").and_then(|known| known.get(name));
            known.or_else(|| part.get("additionalProperties")).filter(|schema| schema.is_object())
        };
        self.inner(self.parts.iter().filter_map(schema), value)
    }

    /// An item of a list that stands here.
    #[must_use]
    pub fn item(&self, value: Option<&Value>) -> Self {
        self.inner(self.parts.iter().filter_map(|part| part.get("items")), value)
    }

    /// The keys of a mapping that stands here, where they are no members with names of their own.
    #[must_use]
    pub fn keys(&self) -> Self {
        self.inner(self.parts.iter().filter_map(|part| part.get("propertyNames")), None)
    }

    /// The names of the members that a mapping with some keys may have besides.
    #[must_use]
    pub fn further_members(&self, present: &[&str]) -> Vec<&'s str> {
        let members = |part: &&'s Json| part.get("properties").and_then(Json::as_object);
        let names = self.parts.iter().filter_map(members).flat_map(|members| members.keys());
        let mut further: Vec<&str> = Vec::new();
        for name in names.map(String::as_str) {
            let is_refused = self.parts.iter().any(|part| refuses(part, present, name));
            if !is_refused && !present.contains(&name) && !further.contains(&name) {
                further.push(name);
            }
        }
        further
    }

    /// The scalars that may stand here, if these are few.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice<'s>> {
        let mut choices: Vec<Choice<'s>> = Vec::new();
        for part in &self.parts {
            let both = [Json::Bool(true), Json::Bool(false)];
            let is_truth = part.get("type").and_then(Json::as_str) == Some("boolean");
            let listed = ["enum", "examples"].iter().filter_map(|name| part.get(name)?.as_array()).flatten();
            let all = part
                .get("const")
                .into_iter()
                .chain(listed)
                .chain(is_truth.then_some(&both).into_iter().flatten());
            for (value, is_text) in all.filter_map(|value| Some((written(value)?, value.is_string()))) {
                if choices.iter().all(|known| known.value != value) {
                    choices.push(Choice { value, is_text, about: about(part) });
                }
            }
        }
        choices
    }

    /// What it means; empty where the schema does not say.
    #[must_use]
    pub fn about(&self) -> &'s str {
        self.parts.iter().map(|part| about(part)).find(|about| !about.is_empty()).unwrap_or_default()
    }

    /// Whether it is of a kind that the schema has defined under a name.
    #[must_use]
    pub fn is(&self, definition: &str) -> bool {
        self.definitions.contains(&definition)
    }

    /// Whether only a mapping or a list can stand here.
    #[must_use]
    pub fn is_collection(&self) -> bool {
        let mut types = self.parts.iter().filter_map(|part| part.get("type")).peekable();
        let is_one = |name: &Json| matches!(name.as_str(), Some("object" | "array"));
        types.peek().is_some()
            && types.all(|kind| kind.as_array().map_or(is_one(kind), |names| names.iter().all(is_one)))
            && self.choices().is_empty()
    }

    fn inner(&self, schemas: impl Iterator<Item = &'s Json>, value: Option<&Value>) -> Self {
        let empty = Self { root: self.root, parts: Vec::new(), definitions: Vec::new() };
        schemas.fold(empty, |place, schema| place.with(schema, value, DEPTH))
    }

    /// With what a schema says, and those that it refers to or chooses from.
    fn with(mut self, schema: &'s Json, value: Option<&Value>, depth: usize) -> Self {
        let Some(depth) = depth.checked_sub(1) else { return self };
        self.parts.push(schema);
        if let Some(name) = schema.get("$ref").and_then(Json::as_str) {
            self.definitions.extend(name.strip_prefix(DEFINITIONS));
            if let Some(target) = self.target(schema) {
                self = self.with(target, value, depth);
            }
        }
        for group in ["allOf", "anyOf", "oneOf"].iter().filter_map(|name| schema.get(name)?.as_array()) {
            let fits =
                |schema: &&Json| value.is_none_or(|value| fits(self.target(schema).unwrap_or(schema), value));
            let fitting: Vec<&Json> = group.iter().filter(fits).collect();
            // Where nothing fits, anything may have been meant.
            let meant = if fitting.is_empty() { group.iter().collect() } else { fitting };
            self = meant.into_iter().fold(self, |place, schema| place.with(schema, value, depth));
        }
        self
    }

    /// What a schema refers to.
    fn target(&self, schema: &Json) -> Option<&'s Json> {
        let pointer = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
        self.root.pointer(pointer)
    }
}

fn about(part: &Json) -> &str {
    part.get("description").and_then(Json::as_str).unwrap_or_default()
}

/// A scalar as it is written in YAML.
fn written(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// Whether a schema is about a value, as far as its own words say.
fn fits(schema: &Json, value: &Value) -> bool {
    let kind = match &value.kind {
        Kind::Map(_) => "object",
        Kind::List(_) => "array",
        Kind::Text(_) => "string",
        Kind::Number(_) => "number",
        Kind::Bool(_) => "boolean",
        _ => return true,
    };
    let is_it = |name: &Json| name == kind || name == "integer" && kind == "number";
    let types = schema.get("type");
    if types.is_some_and(|types| !types.as_array().map_or(is_it(types), |names| names.iter().any(is_it))) {
        return false;
    }
    let words = schema.get("const").map(std::slice::from_ref);
    let words = words.or_else(|| schema.get("enum").and_then(Json::as_array).map(Vec::as_slice));
    let is_word = |text: &str| words.is_none_or(|words| words.iter().any(|word| word.as_str() == Some(text)));
    match &value.kind {
        // A single key may be the one that is being written.
        Kind::Map(map) if map.entries.len() > 1 => {
            let has = |name: &str| map.get(name).is_some();
            let is_closed = schema.get("additionalProperties") == Some(&Json::Bool(false));
            let known = schema.get("properties").and_then(Json::as_object).filter(|_| is_closed);
            let required = schema.get("required").and_then(Json::as_array);
            known.is_none_or(|known| known.keys().any(|name| has(name)))
                && required.is_none_or(|names| names.iter().filter_map(Json::as_str).any(has))
        }
        _ => value.as_str().is_none_or(is_word),
    }
}

/// Whether a further key breaks what a schema says of the keys that stand together.
fn refuses(schema: &Json, present: &[&str], further: &str) -> bool {
    let needed = schema.get("dependencies").and_then(|of| of.get(further)).and_then(Json::as_array);
    let mut needed = needed.into_iter().flatten().filter_map(Json::as_str);
    excludes(schema, present, further) || needed.any(|name| excludes(schema, present, name))
}

/// Whether a further key cannot stand beside those that are there.
fn excludes(schema: &Json, present: &[&str], further: &str) -> bool {
    let keys: Vec<&str> = present.iter().copied().chain([further]).collect();
    let breaks = |part: &Json| holds(part, present) && !holds(part, &keys);
    let chosen = |keys: &[&str]| chosen(schema, keys);
    let all = schema.get("allOf").and_then(Json::as_array);
    chosen(present) && !chosen(&keys) || all.is_some_and(|all| all.iter().any(breaks))
}

/// Whether exactly one alternative holds, where these exclude each other.
fn chosen(schema: &Json, keys: &[&str]) -> bool {
    let one = schema.get("oneOf").and_then(Json::as_array);
    one.is_none_or(|one| one.iter().filter(|part| holds(part, keys)).count() == 1)
}

/// What a schema says of a mapping, by its keys alone.
fn holds(schema: &Json, keys: &[&str]) -> bool {
    let group = |name: &str| schema.get(name).and_then(Json::as_array);
    let required = group("required")
        .is_none_or(|names| names.iter().filter_map(Json::as_str).all(|name| keys.contains(&name)));
    required
        && schema.get("not").is_none_or(|not| !holds(not, keys))
        && group("allOf").is_none_or(|all| all.iter().all(|part| holds(part, keys)))
        && group("anyOf").is_none_or(|any| any.iter().any(|part| holds(part, keys)))
        && chosen(schema, keys)
}
