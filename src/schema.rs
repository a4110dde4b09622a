//! What one node of a configuration may be: `schemas/log-delivery.json`, interpreted by the jsonschema crate.
//!
//! A node that is not known satisfies everything; what nodes mean together is for rules to say.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::Value as Json;

use crate::spec::{Resource, pointer_name, pointer_step};
use crate::text::Span;
use crate::value::{Entry, Key, Kind, Part, Value};
use crate::world::{World, explore};

/// The text of the schema.
pub const LOG_DELIVERY: &str = include_str!("../schemas/log-delivery.json");

/// Nodes of one configuration that are looked at; what lies beyond is not known.
const MAX_NODES: usize = 1_000_000;

/// The schema, and its validator; both are made when the first configuration is found.
static SCHEMA: LazyLock<Option<(Json, Validator)>> = LazyLock::new(|| {
    let schema: Json = serde_json::from_str(LOG_DELIVERY).ok()?;
    let options =
        jsonschema::options().with_draft(Draft::Draft7).with_pattern_options(PatternOptions::regex());
    let validator = options.build(&schema).ok()?;
    Some((schema, validator))
});

/// A node that breaks a keyword of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The keyword: `enum`, `required` …
    pub keyword: String,
    /// The member that is concerned: the node's own name, or the one that is missing or unknown.
    pub member: String,
    /// JSON pointer to that member.
    pub pointer: String,
    /// Where it is written; where it would be, the key or header above.
    pub span: Span,
    /// The value that is concerned.
    pub value: Span,
    pub used_at: Option<Span>,
    /// What stands there, as it is read.
    pub found: String,
    /// What is allowed there.
    pub allowed: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
    /// Facts on which the violation rests.
    pub when: Vec<Arc<str>>,
}

/// What the schema says of a configuration.
#[derive(Debug, Default)]
pub struct Checked {
    pub violations: Vec<Violation>,
    /// Members that stand under another name: the pointer of the mapping, the name they should have, the key.
    stand_ins: Vec<(String, String, Span)>,
}

/// Checks a configuration.
#[must_use]
pub fn check(configuration: &Resource) -> Checked {
    let Some((schema, validator)) = SCHEMA.as_ref() else { return Checked::default() };
    let explored = explore(|world| {
        world.holds(&configuration.guard).then(|| {
            let mut bridge = Bridge { world, kept: HashMap::new(), left: MAX_NODES };
            let instance = bridge.json(&configuration.properties);
            let nodes = Nodes { schema, bridge: &bridge, configuration };
            nodes.violations(validator, &instance)
        })
    });
    let found =
        explored.each_found(|violation| (violation.span, violation.keyword.as_str(), &violation.pointer));
    let violations = found.into_iter().map(|(violation, when)| Violation { when, ..violation.clone() });
    let mut checked = Checked { violations: violations.collect(), stand_ins: Vec::new() };
    checked.find_stand_ins();
    checked
}

impl Checked {
    fn find_stand_ins(&mut self) {
        for violation in
            self.violations.iter().filter(|violation| violation.keyword == "additionalProperties")
        {
            if let (Some(target), Some((parent, _))) =
                (&violation.suggestion, violation.pointer.rsplit_once('/'))
            {
                self.stand_ins.push((parent.to_owned(), target.clone(), violation.span));
            }
        }
        let there: HashSet<String> = self
            .stand_ins
            .iter()
            .map(|(parent, name, _)| format!("{parent}/{}", pointer_step(name)))
            .collect();
        self.violations
            .retain(|violation| violation.keyword != "required" || !there.contains(&violation.pointer));
    }

    /// The configuration with an unknown value for each member that stands under another name, so that nothing
    /// is said to be missing that is only misspelled. None where there is no such member.
    #[must_use]
    pub fn with_stand_ins(&self, configuration: &Resource) -> Option<Resource> {
        if self.stand_ins.is_empty() {
            return None;
        }
        let mut repaired = configuration.clone();
        for (parent, name, span) in &self.stand_ins {
            add_member(&mut repaired.properties, &mut parent.split('/').skip(1), name, *span);
        }
        Some(repaired)
    }
}

fn add_member<'p>(
    value: &mut Value,
    steps: &mut (impl Iterator<Item = &'p str> + Clone),
    name: &str,
    span: Span,
) {
    if let Kind::Choice(choice) = &mut value.kind {
        for alternative in &mut choice.alternatives {
            add_member(&mut alternative.value, &mut steps.clone(), name, span);
        }
        return;
    }
    match (steps.next(), &mut value.kind) {
        (None, Kind::Map(map)) if map.get(name).is_none() => {
            let key = Key { name: name.to_owned(), span };
            map.entries.push(Entry { key, value: Value::unknown(span, "a key that is misspelled") });
        }
        (Some(step), Kind::Map(map)) => {
            let name_of_step = pointer_name(step);
            if let Some(entry) = map.entries.iter_mut().rev().find(|entry| entry.key.name == name_of_step) {
                add_member(&mut entry.value, steps, name, span);
            }
        }
        (Some(step), Kind::List(items)) => {
            if let Some(item) = step.parse().ok().and_then(|index: usize| items.get_mut(index)) {
                add_member(item, steps, name, span);
            }
        }
        _ => {}
    }
}

/// Makes the instance that is validated.
struct Bridge<'w> {
    world: &'w World,
    /// For lists of which items were left out: the indices of those that were not.
    kept: HashMap<*const Value, Vec<usize>>,
    left: usize,
}

impl Bridge<'_> {
    fn json(&mut self, value: &Value) -> Json {
        let Some(value) = self.world.pick(value) else { return Json::Null };
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return Json::Null;
        }
        match &value.kind {
            Kind::Bool(truth) => Json::Bool(*truth),
            Kind::Number(number) => serde_json::from_str(number).unwrap_or_else(|_| Json::from(0)),
            Kind::Text(text) => text.as_str().map_or(Json::Null, Json::from),
            Kind::List(items) => {
                let known = |item: &Value| {
                    !matches!(
                        self.world.pick(item).map(|item| &item.kind),
                        None | Some(Kind::Absent | Kind::Unknown(_))
                    )
                };
                let kept: Vec<usize> = (0..items.len()).filter(|index| known(&items[*index])).collect();
                let list = kept.iter().map(|index| self.json(&items[*index])).collect();
                if kept.len() < items.len() {
                    self.kept.insert(std::ptr::from_ref(value), kept);
                }
                Json::Array(list)
            }
            Kind::Map(map) => {
                let mut object = serde_json::Map::new();
                for entry in &map.entries {
                    if !matches!(self.world.pick(&entry.value).map(|value| &value.kind), Some(Kind::Absent)) {
                        object.insert(entry.key.name.clone(), self.json(&entry.value));
                    }
                }
                Json::Object(object)
            }
            _ => Json::Null,
        }
    }
}

/// Whether nothing can be said of a node because its text is not all known.
fn is_open(value: &Value) -> bool {
    match &value.kind {
        Kind::Text(text) => text.parts.iter().any(|part| matches!(part, Part::Hole(_))),
        Kind::Unknown(_) | Kind::Choice(_) | Kind::Tagged(_) | Kind::Absent => true,
        _ => false,
    }
}

/// Leads from the errors of the validator back to the tree.
struct Nodes<'a> {
    schema: &'a Json,
    bridge: &'a Bridge<'a>,
    configuration: &'a Resource,
}

/// A node of the tree, and how it is reached.
struct Reached<'a> {
    value: &'a Value,
    schema: &'a Json,
    parent: Option<&'a Value>,
    pointer: String,
    member: String,
    /// The key or header that introduces it.
    anchor: Span,
    used_at: Option<Span>,
}

impl<'a> Nodes<'a> {
    fn violations(&self, validator: &Validator, instance: &Json) -> Vec<Violation> {
        let mut violations: Vec<Violation> = Vec::new();
        let mut wrong_type: HashSet<Span> = HashSet::new();
        for error in validator.iter_errors(instance) {
            let path = error.instance_path().to_string();
            let Some(reached) = self.reach(&path) else { continue };
            if is_open(reached.value) {
                continue;
            }
            if matches!(error.kind(), ValidationErrorKind::Type { .. }) {
                wrong_type.insert(reached.value.span);
            }
            violations.extend(self.describe(error.kind(), &reached));
        }
        // What is of the wrong type is of no use to any other keyword.
        violations.retain(|violation| violation.keyword == "type" || !wrong_type.contains(&violation.value));
        violations
    }

    fn reach(&self, path: &str) -> Option<Reached<'a>> {
        let root = self.bridge.world.pick(&self.configuration.properties)?;
        let header = self.configuration.header;
        let mut reached = Reached {
            value: root,
            schema: self.schema,
            parent: None,
            pointer: String::new(),
            member: String::new(),
            anchor: header,
            used_at: root.used_at,
        };
        for step in path.split('/').skip(1) {
            let step = pointer_name(step).into_owned();
            let (value, schema, name, anchor) = match &reached.value.kind {
                Kind::Map(map) => {
                    let entry = map.get(&step)?;
                    let schema = reached.schema.get("properties").and_then(|members| members.get(&step));
                    (&entry.value, schema, step, Some(entry.key.span))
                }
                Kind::List(items) => {
                    let index: usize = step.parse().ok()?;
                    let kept = self.bridge.kept.get(&std::ptr::from_ref(reached.value));
                    let index = kept.map_or(Some(index), |kept| kept.get(index).copied())?;
                    (items.get(index)?, reached.schema.get("items"), index.to_string(), None)
                }
                _ => return None,
            };
            let picked = self.bridge.world.pick(value)?;
            reached = Reached {
                value: picked,
                schema: schema.unwrap_or(&Json::Null),
                parent: Some(reached.value),
                pointer: format!("{}/{}", reached.pointer, pointer_step(&name)),
                member: name,
                anchor: anchor.unwrap_or_else(|| first_word(picked)),
                used_at: picked.used_at.or(value.used_at).or(reached.used_at),
            };
        }
        Some(reached)
    }

    fn describe(&self, kind: &ValidationErrorKind, reached: &Reached<'a>) -> Vec<Violation> {
        let violation = Violation {
            keyword: kind.keyword().to_owned(),
            member: reached.member.clone(),
            pointer: reached.pointer.clone(),
            span: reached.value.span,
            value: reached.value.span,
            used_at: reached.used_at,
            found: shown(reached.value),
            allowed: String::new(),
            suggestion: None,
            when: Vec::new(),
        };
        let at = |member: &str| Violation {
            member: member.to_owned(),
            pointer: format!("{}/{}", reached.pointer, pointer_step(member)),
            ..violation.clone()
        };
        match kind {
            ValidationErrorKind::Required { property } => {
                let member = property.as_str().unwrap_or_default();
                if reached.pointer.is_empty() && self.configuration.origin.optional.contains(&member) {
                    return Vec::new();
                }
                let suggestion = implied(reached.schema, member, reached.value);
                vec![Violation { span: reached.anchor, suggestion, ..at(member) }]
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let entries = reached.value.as_map().map_or(&[][..], |map| &map.entries);
                // Of a key that stands twice, the last one.
                let keys: HashMap<&str, Span> =
                    entries.iter().map(|entry| (entry.key.name.as_str(), entry.key.span)).collect();
                let free: Vec<&str> =
                    members(reached.schema).filter(|name| !keys.contains_key(name)).collect();
                let unknown = |name: &String| {
                    let key = *keys.get(name.as_str())?;
                    let suggestion = meant_member(reached.schema, name, &free);
                    let allowed = list(members(reached.schema));
                    Some(Violation { span: key, value: key, suggestion, allowed, ..at(name) })
                };
                unexpected.iter().filter_map(unknown).collect()
            }
            ValidationErrorKind::Type { .. } => {
                let found = reached.value.type_name().to_owned();
                vec![Violation { found, allowed: type_names(reached.schema), ..violation }]
            }
            ValidationErrorKind::Enum { options } => {
                let options: Vec<&str> =
                    options.as_array().into_iter().flatten().filter_map(Json::as_str).collect();
                let suggestion =
                    reached.parent.and_then(|parent| implied_value(reached.schema, parent)).or_else(|| {
                        meant_value(reached.schema, &options, reached.value.as_str().unwrap_or_default())
                    });
                vec![Violation { suggestion, allowed: list(options.into_iter()), ..violation }]
            }
            ValidationErrorKind::MaxItems { limit } => {
                let limit = usize::try_from(*limit).unwrap_or(usize::MAX);
                let items = reached.value.as_list().unwrap_or_default();
                let kept = self.bridge.kept.get(&std::ptr::from_ref(reached.value));
                let index = kept.map_or(Some(limit), |kept| kept.get(limit).copied());
                let Some((index, item)) = index.and_then(|index| Some((index, items.get(index)?))) else {
                    return Vec::new();
                };
                let item = self.bridge.world.pick(item).unwrap_or(item);
                let count = kept.map_or(items.len(), Vec::len).to_string();
                let span = first_word(item);
                vec![Violation {
                    span,
                    value: item.span,
                    found: count,
                    allowed: limit.to_string(),
                    ..at(&index.to_string())
                }]
            }
            _ => vec![violation],
        }
    }
}

fn first_word(value: &Value) -> Span {
    match &value.kind {
        Kind::Map(map) => map.entries.first().map_or(value.span, |entry| entry.key.span),
        _ => value.span,
    }
}

fn shown(value: &Value) -> String {
    match &value.kind {
        Kind::Text(text) => text.as_str().unwrap_or("an expression").to_owned(),
        Kind::Number(number) => number.clone(),
        Kind::Bool(truth) => truth.to_string(),
        _ => value.type_name().to_owned(),
    }
}

/// The names that a mapping may have.
fn members(schema: &Json) -> impl Iterator<Item = &str> {
    schema.get("properties").and_then(Json::as_object).into_iter().flatten().map(|(name, _)| name.as_str())
}

fn list<'s>(names: impl Iterator<Item = &'s str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// The JSON types that a node may have, in words.
fn type_names(schema: &Json) -> String {
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

/// The one of the members that are free which an unknown key was probably meant to be.
fn meant_member(schema: &Json, key: &str, free: &[&str]) -> Option<String> {
    let synonym = |name: &&&str| {
        let synonyms =
            schema.get("properties").and_then(|all| all.get(**name)?.get("x-synonyms")?.as_array());
        synonyms.into_iter().flatten().filter_map(Json::as_str).any(|synonym| normal(synonym) == normal(key))
    };
    free.iter().find(synonym).copied().or_else(|| nearest(key, free)).map(str::to_owned)
}

/// The value that a wrong one was probably meant to be.
fn meant_value(schema: &Json, options: &[&str], value: &str) -> Option<String> {
    let synonyms = schema.get("x-synonyms").and_then(Json::as_object).into_iter().flatten();
    let synonym =
        synonyms.filter(|(word, _)| normal(word) == normal(value)).find_map(|(_, option)| option.as_str());
    synonym.or_else(|| nearest(value, options)).map(str::to_owned)
}

/// The value of a member that is implied by one of its siblings.
fn implied(schema: &Json, member: &str, mapping: &Value) -> Option<String> {
    implied_value(schema.get("properties")?.get(member)?, mapping)
}

fn implied_value(schema: &Json, mapping: &Value) -> Option<String> {
    let implied = schema.get("x-implied-by")?.as_object()?;
    implied.iter().find_map(|(sibling, values)| {
        let value = mapping.get(sibling)?.as_str()?;
        Some(values.get(value)?.as_str()?.to_owned())
    })
}

/// A word without its case and its separators.
fn normal(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
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
