//! The words of a rule file: names, paths, conditions and tests, and what is wrong where something else stands.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::limits;
use super::mistake::Mistake;
use super::pack::BUILT_IN;
use super::path::Path;
use super::rule::{Condition, Pattern, Quantifier, Scalar, Test, Type};
use super::version::Version;
use crate::diagnostic::Severity;
use crate::schema;
use crate::text::Span;
use crate::value::{Entry, Kind, Value};

/// What can be asked of a node.
const TESTS: &[&str] = &[
    "not",
    "starts_with",
    "ends_with",
    "contains",
    "matches",
    "characters",
    "covers",
    "reaches",
    "min",
    "max",
    "type",
    "same_as",
    "differs_from",
    "unique_by",
    "all",
    "any",
    "none",
    "count",
];

#[derive(Debug)]
pub struct Reader {
    pub mistakes: Vec<Mistake>,
}

impl Reader {
    pub fn wrong<T>(&mut self, span: Span, message: impl Into<String>) -> Option<T> {
        self.mistakes.push(Mistake { span, message: message.into() });
        None
    }

    /// The entries of a mapping, if all its keys are known.
    pub fn members<'v>(&mut self, value: &'v Value, known: &[&str]) -> Option<&'v [Entry]> {
        let Some(map) = value.as_map() else { return self.wrong(value.span, "a mapping is due here") };
        for entry in &map.entries {
            let name = entry.key.name.as_str();
            if !known.contains(&name) {
                let near = suggestion(name, known.iter().copied());
                self.wrong::<()>(entry.key.span, format!("unknown member `{name}`{near}"));
            }
        }
        Some(&map.entries)
    }

    pub fn text(&mut self, parent: &Value, name: &str, value: Option<&Value>) -> Option<String> {
        let Some(value) = value else {
            return self.wrong(parent.first_word(), format!("`{name}` is missing"));
        };
        match value.as_str() {
            Some(text) => Some(text.to_owned()),
            None => self.wrong(value.span, format!("`{name}` must be a text")),
        }
    }

    pub fn texts(&mut self, value: &Value) -> Vec<String> {
        let items = value.as_list().unwrap_or(std::slice::from_ref(value));
        items.iter().filter_map(|item| self.text(item, "every item", Some(item))).collect()
    }

    /// A word, or a list of words, each of which is known.
    pub fn words(&mut self, value: &Value, known: &[&str]) -> Vec<String> {
        let options: Vec<(&str, &str)> = known.iter().map(|word| (*word, *word)).collect();
        let items = value.as_list().unwrap_or(std::slice::from_ref(value));
        if items.is_empty() {
            self.wrong::<()>(value.span, "a word is due here");
        }
        items.iter().filter_map(|item| self.one_of(item, &options)).map(str::to_owned).collect()
    }

    pub fn severity(&mut self, value: &Value) -> Option<Severity> {
        self.one_of(value, &Severity::ALL.map(|severity| (severity.as_str(), severity)))
    }

    pub fn one_of<T: Copy>(&mut self, value: &Value, options: &[(&str, T)]) -> Option<T> {
        let found = value.as_str().and_then(|text| options.iter().find(|(name, _)| *name == text));
        match found {
            Some((_, option)) => Some(*option),
            None => {
                let names: Vec<&str> = options.iter().map(|(name, _)| *name).collect();
                let word = value.as_str().unwrap_or_default();
                let near = suggestion(word, names.iter().copied());
                self.wrong(value.span, format!("one of {} is due here{near}", names.join(", ")))
            }
        }
    }

    pub fn path(&mut self, source: &str, span: Span) -> Option<Path> {
        match Path::parse(source) {
            Ok(path) => Some(path),
            Err(message) => match member_meant(source) {
                Some(near) => self.wrong(span, format!("`{source}` is no path{near}")),
                None => self.wrong(span, format!("`{source}` is no path: {message}")),
            },
        }
    }

    pub fn path_at(&mut self, value: &Value) -> Option<Path> {
        match value.as_str() {
            Some(source) => self.path(source, value.span),
            None => self.wrong(value.span, "a path is due here"),
        }
    }

    pub fn optional_condition(&mut self, value: Option<&Value>) -> Option<Condition> {
        value.map_or(Some(Condition::ALWAYS), |value| self.condition(value))
    }

    pub fn condition(&mut self, value: &Value) -> Option<Condition> {
        let Some(map) = value.as_map() else {
            return self.wrong(value.span, "a condition is due here: a mapping from paths to tests");
        };
        let members: Vec<Condition> = map.entries.iter().filter_map(|entry| self.member(entry)).collect();
        Some(Condition::All(members))
    }

    pub fn member(&mut self, entry: &Entry) -> Option<Condition> {
        let group: fn(Vec<Condition>) -> Condition = match entry.key.name.as_str() {
            "all_of" => Condition::All,
            "any_of" => Condition::Any,
            "none_of" => Condition::None,
            "exactly_one_of" => Condition::ExactlyOne,
            "at_most_one_of" => Condition::AtMostOne,
            path => {
                let path = self.path(path, entry.key.span)?;
                return Some(Condition::Test(path, self.test(&entry.value)?));
            }
        };
        let Some(items) = entry.value.as_list() else {
            return self.wrong(entry.value.span, "a list of conditions is due here");
        };
        Some(group(items.iter().filter_map(|item| self.condition(item)).collect()))
    }

    pub fn test(&mut self, value: &Value) -> Option<Test> {
        match &value.kind {
            Kind::Map(map) => {
                let mut tests: Vec<Test> =
                    map.entries.iter().filter_map(|entry| self.predicate(entry)).collect();
                if tests.len() == 1 { tests.pop() } else { Some(Test::All(tests)) }
            }
            Kind::List(items) => {
                Some(Test::OneOf(items.iter().filter_map(|item| self.scalar(item)).collect()))
            }
            _ => match value.as_str() {
                Some("present") => Some(Test::Present),
                Some("absent") => Some(Test::Absent),
                Some("written") => Some(Test::Written),
                Some("awaited") => Some(Test::Awaited),
                _ => Some(Test::OneOf(vec![self.scalar(value)?])),
            },
        }
    }

    pub fn scalar(&mut self, value: &Value) -> Option<Scalar> {
        match &value.kind {
            Kind::Null => Some(Scalar::Null),
            Kind::Bool(truth) => Some(Scalar::Bool(*truth)),
            Kind::Number(number) => Some(Scalar::Number(number.clone())),
            Kind::Text(text) => text.as_str().map(|text| Scalar::Text(text.to_owned())),
            _ => self.wrong(value.span, "a scalar is due here"),
        }
    }

    pub fn predicate(&mut self, entry: &Entry) -> Option<Test> {
        let value = &entry.value;
        let text = |reader: &mut Self| reader.text(value, &entry.key.name, Some(value));
        Some(match entry.key.name.as_str() {
            "not" => Test::Not(Box::new(self.test(value)?)),
            "starts_with" => Test::StartsWith(text(self)?),
            "ends_with" => Test::EndsWith(text(self)?),
            "contains" => Test::Contains(text(self)?),
            "matches" => {
                let source = text(self)?;
                Test::Matches(self.pattern(&source, value.span)?)
            }
            "characters" => {
                let class = text(self)?;
                Test::Characters(self.pattern(&format!("^{class}$"), value.span)?)
            }
            "covers" => Test::Covers(text(self)?),
            "reaches" => {
                let version = text(self)?;
                match Version::parse(&version) {
                    Some(version) => Test::Reaches(version),
                    None => return self.wrong(value.span, "a version is due here, such as 6.5.0"),
                }
            }
            "min" => Test::Min(self.number(value)?),
            "max" => Test::Max(self.number(value)?),
            "type" => Test::Type(self.one_of(value, &Type::ALL)?),
            "same_as" => Test::SameAs(self.path_at(value)?),
            "differs_from" => Test::DiffersFrom(self.path_at(value)?),
            "unique_by" => Test::UniqueBy(self.path_at(value)?),
            "all" => Test::Items(Quantifier::All, Box::new(self.condition(value)?)),
            "any" => Test::Items(Quantifier::Any, Box::new(self.condition(value)?)),
            "none" => Test::Items(Quantifier::None, Box::new(self.condition(value)?)),
            "count" => {
                self.members(value, &["of", "min", "max"])?;
                let of = Box::new(self.optional_condition(value.get("of"))?);
                let bound = |reader: &mut Self, name: &str, otherwise: usize| {
                    value.get(name).map_or(Some(otherwise), |value| reader.number(value))
                };
                Test::Count { of, min: bound(self, "min", 0)?, max: bound(self, "max", usize::MAX)? }
            }
            other => {
                let near = suggestion(other, TESTS.iter().copied());
                return self.wrong(entry.key.span, format!("`{other}` is no test{near}"));
            }
        })
    }

    pub fn pattern(&mut self, source: &str, span: Span) -> Option<Pattern> {
        let pattern = Pattern::new(source);
        // Compiling is slow; what ships is compiled in a test.
        if span.source == BUILT_IN {
            return Some(pattern);
        }
        if source.chars().nth(limits::PATTERN).is_some() {
            let message = format!("a regular expression has at most {} characters", limits::PATTERN);
            return self.wrong(span, message);
        }
        match pattern.check() {
            Ok(()) => Some(pattern),
            Err(error) => self.wrong(span, format!("this is no regular expression: {error}")),
        }
    }

    pub fn truth(&mut self, value: &Value) -> Option<bool> {
        match value.kind {
            Kind::Bool(truth) => Some(truth),
            _ => self.wrong(value.span, "true or false is due here"),
        }
    }

    pub fn number(&mut self, value: &Value) -> Option<usize> {
        let number = match &value.kind {
            Kind::Number(number) => number.parse().ok(),
            _ => None,
        };
        number.or_else(|| self.wrong(value.span, "a number is due here, 0 or more"))
    }
}

/// Which member was meant by a word of a path that is written as Terraform or Pulumi do.
fn member_meant(source: &str) -> Option<String> {
    let mut names = BTreeSet::new();
    member_names(schema::document()?, &mut names);
    let words = source.split(['.', '/', ' ', ':', '[', ']']);
    let members = words.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
    let near = |word: &str| suggestion(&word.replace('_', ""), names.iter().copied());
    members.map(near).find(|near| !near.is_empty())
}

/// The names of all members of a configuration.
fn member_names<'s>(node: &'s Json, names: &mut BTreeSet<&'s str>) {
    let members = node.get("properties").and_then(Json::as_object);
    for (name, member) in members.into_iter().flatten() {
        names.insert(name);
        member_names(member, names);
    }
    if let Some(items) = node.get("items") {
        member_names(items, names);
    }
}

/// "; did you mean `x`?", if a word is nearly one that is known; otherwise nothing.
#[must_use]
pub fn suggestion<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> String {
    let plain = |text: &str| text.to_ascii_lowercase().replace('_', "-");
    let wanted = plain(word);
    let near = (wanted.chars().count() / 3).clamp(1, 2);
    let known = known.filter(|candidate| candidate.len().abs_diff(wanted.len()) <= near);
    let ranked = known.map(|candidate| (strsim::damerau_levenshtein(&wanted, &plain(candidate)), candidate));
    let best = ranked.min_by_key(|(distance, _)| *distance).filter(|(distance, _)| *distance <= near);
    best.map_or_else(String::new, |(_, near)| format!("; did you mean `{near}`?"))
}
