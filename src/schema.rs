//! What one node of a configuration may be: `schemas/log-delivery.json`, interpreted by the jsonschema crate.
//!
//! A node that is not known satisfies everything; what nodes mean together is for rules to say.

pub mod field;
mod instance;
mod suggest;
mod words;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::Value as Json;

use self::instance::{Bridge, parts};
use self::suggest::{
    free_members, implied, implied_value, lacks_what_implies, meant_member, meant_parent, meant_value,
};
use self::words::{called, list, members, shown, spelled, type_names};
use crate::spec::{Resource, pointer_name, pointer_step};
use crate::text::Span;
use crate::value::{Entry, Key, Kind, Part, Value};
use crate::world::explore;

/// The text of the schema.
pub const LOG_DELIVERY: &str = include_str!("../schemas/log-delivery.json");

/// The texts of the schemas of files for delint itself.
pub const RULE: &str = include_str!("../schemas/rule.json");
pub const CONFIG: &str = include_str!("../schemas/config.json");

/// That of a configuration of log delivery, without what is there for readers.
const PACKED: &str = include_str!(concat!(env!("OUT_DIR"), "/log-delivery.json"));

static DOCUMENT: LazyLock<Option<Json>> = LazyLock::new(|| serde_json::from_str(PACKED).ok());

/// The schema, and its validator; both are made when the first configuration is found.
static SCHEMA: LazyLock<Option<(&Json, Validator)>> = LazyLock::new(|| {
    let options =
        jsonschema::options().with_draft(Draft::Draft7).with_pattern_options(PatternOptions::regex());
    let validator = options.build(document()?).ok()?;
    Some((document()?, validator))
});

/// The schema as a tree.
#[must_use]
pub fn document() -> Option<&'static Json> {
    DOCUMENT.as_ref()
}

/// A node that breaks a keyword of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The keyword: `enum`, `required` …
    pub keyword: String,
    /// The member that is concerned: the node's own name, or the one that is missing or unknown.
    pub member: String,
    /// What to call it in a sentence: `` `LogLevel` ``, "an entry of `LogConfigurations`".
    pub called: String,
    /// JSON pointer to that member.
    pub pointer: String,
    /// Where it is written; where it would be, the key or header above.
    pub span: Span,
    /// The value that is concerned.
    pub value: Span,
    pub used_at: Option<Span>,
    /// What stands there, in words.
    pub found: String,
    /// What is allowed there, in words; empty where the schema does not say.
    pub allowed: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
    /// The sibling in which an unknown member was probably meant to stand.
    pub inside: Option<String>,
    /// The members that an unknown key may stand for, so that these are not missing.
    stands_for: Vec<String>,
    /// What to write there, as the schema says it.
    pub advice: Option<String>,
    /// Facts on which the violation rests.
    pub when: Vec<Arc<str>>,
}

impl Violation {
    /// The same of a member of the node.
    fn at_member(&self, member: &str, called: &str) -> Self {
        Self {
            member: member.to_owned(),
            called: format!("`{called}`"),
            pointer: format!("{}/{}", self.pointer, pointer_step(member)),
            ..self.clone()
        }
    }
}

/// What the schema says of a configuration.
#[derive(Debug, Default)]
pub struct Checked {
    pub violations: Vec<Violation>,
    /// Members that stand under another name: the pointer of the mapping, the name they should have, the key.
    stand_ins: Vec<(String, String, Span)>,
}

/// Makes the validator, which takes about as long as all else of the check of a small file: another thread may do so
/// while rules are read.
pub fn prepare() {
    LazyLock::force(&SCHEMA);
}

/// Checks a configuration.
#[must_use]
pub fn check(configuration: &Resource) -> Checked {
    let Some((schema, validator)) = SCHEMA.as_ref() else { return Checked::default() };
    let mut checked = Checked::default();
    for part in parts(&configuration.properties) {
        let explored = explore(&configuration.rules, |world| {
            world.has(&configuration.guard).then(|| {
                let mut bridge = Bridge::new(world);
                let Some(instance) = bridge.part(&configuration.properties, part) else { return Vec::new() };
                let nodes = Nodes { schema, bridge: &bridge, configuration };
                let mut found = nodes.violations(validator, &instance);
                found.retain(|violation| part.holds(&violation.pointer));
                found
            })
        });
        let told = explored.told(
            |violation| (violation.span, &violation.keyword, &violation.pointer),
            |violation| (&violation.keyword, &violation.pointer),
        );
        let told = told.into_iter().map(|(violation, when)| Violation { when, ..violation.clone() });
        checked.violations.extend(told);
    }
    checked.find_stand_ins();
    checked
}

impl Checked {
    fn find_stand_ins(&mut self) {
        for violation in
            self.violations.iter().filter(|violation| violation.keyword == "additionalProperties")
        {
            let Some((parent, _)) = violation.pointer.rsplit_once('/') else { continue };
            let stand_in = |target: &String| (parent.to_owned(), target.clone(), violation.span);
            self.stand_ins.extend(violation.stands_for.iter().map(stand_in));
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

/// Whether nothing can be said of a node because its text is not all known.
fn is_open(value: &Value) -> bool {
    match &value.kind {
        Kind::Text(text) => text.parts.iter().any(|part| matches!(part, Part::Hole(_))),
        Kind::Unknown(_)
        | Kind::Choice(_)
        | Kind::Tagged(_)
        | Kind::Block(_)
        | Kind::Expression(_)
        | Kind::Absent => true,
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
                anchor: anchor.unwrap_or_else(|| picked.first_word()),
                used_at: picked.used_at.or(value.used_at).or(reached.used_at),
            };
        }
        Some(reached)
    }

    fn describe(&self, kind: &ValidationErrorKind, reached: &Reached<'a>) -> Vec<Violation> {
        let spelling = self.configuration.origin.spelling;
        let advice = reached.schema.get("x-help").and_then(Json::as_str);
        let violation = Violation {
            keyword: kind.keyword().to_owned(),
            member: reached.member.clone(),
            called: called(&reached.pointer, spelling),
            pointer: reached.pointer.clone(),
            span: reached.value.span,
            value: reached.value.span,
            used_at: reached.used_at,
            found: shown(reached.value),
            allowed: String::new(),
            suggestion: None,
            inside: None,
            stands_for: Vec::new(),
            advice: advice.map(|text| spelled(text, spelling)),
            when: Vec::new(),
        };
        let at = |member: &str| violation.at_member(member, &spelling.of(member));
        match kind {
            ValidationErrorKind::Required { property } => {
                let member = property.as_str().unwrap_or_default();
                if reached.pointer.is_empty() && self.configuration.origin.optional.contains(&member) {
                    return Vec::new();
                }
                let suggestion = implied(reached.schema, member, reached.value);
                let schema = reached.schema.get("properties").and_then(|members| members.get(member));
                let options = schema.and_then(|schema| schema.get("enum")).and_then(Json::as_array);
                let allowed = list(options.into_iter().flatten().filter_map(Json::as_str));
                vec![Violation { span: reached.anchor, suggestion, allowed, ..at(member) }]
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                self.unknown_members(unexpected, reached, &violation)
            }
            ValidationErrorKind::Type { .. } => {
                let found = reached.value.type_name().to_owned();
                let suggestion = reached.parent.and_then(|parent| implied_value(reached.schema, parent));
                vec![Violation { found, suggestion, allowed: type_names(reached.schema), ..violation }]
            }
            ValidationErrorKind::Enum { options } => {
                let options: Vec<&str> =
                    options.as_array().into_iter().flatten().filter_map(Json::as_str).collect();
                let suggestion =
                    reached.parent.and_then(|parent| implied_value(reached.schema, parent)).or_else(|| {
                        // What implies it may be there under another name.
                        let parent = reached.parent;
                        if parent.is_some_and(|parent| lacks_what_implies(reached.schema, parent)) {
                            return None;
                        }
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
                let span = item.first_word();
                vec![Violation {
                    span,
                    value: item.span,
                    found: count,
                    allowed: limit.to_string(),
                    ..at(&index.to_string())
                }]
            }
            ValidationErrorKind::MaxLength { limit } => vec![Violation {
                allowed: format!("at most {limit} characters"),
                found: format!("{} characters", reached.value.as_str().unwrap_or_default().chars().count()),
                ..violation
            }],
            _ => vec![violation],
        }
    }

    /// The keys of a mapping that AWS does not know.
    fn unknown_members(
        &self,
        names: &[String],
        reached: &Reached<'a>,
        violation: &Violation,
    ) -> Vec<Violation> {
        let spelling = self.configuration.origin.spelling;
        // What AWS does not know is called as it is written.
        let at = |name: &str| violation.at_member(name, name);
        let entries = reached.value.as_map().map_or(&[][..], |map| &map.entries);
        // Of a key that stands twice, the last one.
        let by_name: HashMap<&str, &Entry> =
            entries.iter().map(|entry| (entry.key.name.as_str(), entry)).collect();
        let free = free_members(reached.schema, reached.value);
        let unknown = |name: &String| {
            let Entry { key, value } = by_name.get(name.as_str())?;
            let value = self.bridge.world.pick(value).unwrap_or(value);
            let suggestion = meant_member(&free, name, value);
            let inside = meant_parent(&free, name);
            // What is not known may be meant for any member.
            let stands_for = match suggestion.as_ref().or(inside.as_ref()) {
                None if is_open(value) => members(reached.schema).map(str::to_owned).collect(),
                meant => meant.into_iter().cloned().collect(),
            };
            let allowed = list(members(reached.schema).map(|name| spelling.of(name)));
            let [suggestion, inside] =
                [suggestion, inside].map(|name| Some(spelling.of(&name?).into_owned()));
            let (span, value) = (key.span, key.span);
            // A form puts into quotes what must not be taken for a name of its own.
            let called = format!("`{}`", name.trim_matches('"'));
            Some(Violation { called, span, value, allowed, suggestion, inside, stands_for, ..at(name) })
        };
        names.iter().filter_map(unknown).collect()
    }
}
