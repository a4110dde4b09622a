//! A rule file as a tree: what it says itself, and what it takes from the built-in rule that it extends.

use std::sync::Arc;

use super::built_in::sources;
use super::limits;
use super::mistake::Mistake;
use super::pack::BUILT_IN;
use super::reader::suggestion;
use crate::syntax;
use crate::text::{Source, Span};
use crate::value::{Entry, Kind, Value};

/// The member that names the rule whose members are taken over.
const EXTENDS: &str = "extends";

/// What a file may say instead of what it extends: where one of these is written, the others are not taken over.
const EXCLUSIVE: &[(&str, &[&str])] = &[
    ("require", &["cases", "check"]),
    ("cases", &["require", "report", "check"]),
    ("check", &["each", "when", "require", "cases"]),
];

/// A rule file. Its texts lie in its source, or in that of the rule it extends.
#[derive(Clone, Debug)]
pub struct Definition {
    pub name: String,
    pub source: Arc<Source>,
    /// The whole file, its members before those that are taken over.
    pub root: Value,
    /// The built-in rule that it extends.
    pub base: Option<Arc<Source>>,
}

impl Definition {
    /// Reads a rule file.
    ///
    /// # Errors
    /// It is no tree, or larger than it may be, or extends what is no rule.
    pub fn read(name: &str, source: Arc<Source>) -> Result<Self, Vec<Mistake>> {
        let root = tree(&source)?;
        let mut mistakes = limits::exceeded(&source, &root);
        let base = root.get(EXTENDS).and_then(|value| {
            let named = value.as_str();
            let base = named.and_then(built_in);
            if base.is_none() {
                mistakes.push(Mistake { span: value.span, message: no_base(named) });
            }
            base
        });
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let Some(base) = base else { return Ok(Self { name: name.to_owned(), source, root, base: None }) };
        let root = extended(root, tree(&base)?);
        Ok(Self { name: name.to_owned(), source, root, base: Some(base) })
    }

    /// The file of a built-in rule.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let source = built_in(name)?;
        let root = tree(&source).ok()?;
        Some(Self { name: name.to_owned(), source, root, base: None })
    }

    /// The name of the rule that it extends.
    #[must_use]
    pub fn extends(&self) -> Option<&str> {
        self.root.get(EXTENDS).and_then(Value::as_str)
    }

    /// The source that a part of the tree lies in.
    #[must_use]
    pub fn source_of(&self, span: Span) -> &Source {
        self.base.iter().find(|base| base.id == span.source).unwrap_or(&self.source)
    }

    /// Where to show what is at a place: `extends`, if it was taken over from the built-in rule.
    #[must_use]
    pub fn shown_at(&self, span: Span) -> Span {
        if span.source == self.source.id {
            return span;
        }
        self.root.get(EXTENDS).map_or_else(|| self.root.first_word(), |value| value.span)
    }
}

/// What is said of `extends` if it names no built-in rule.
fn no_base(named: Option<&str>) -> String {
    let Some(name) = named else { return "the name of a built-in rule is due here".to_owned() };
    let near = suggestion(name, sources().iter().map(|(name, _)| *name));
    format!("`{name}` is no built-in rule{near}")
}

fn built_in(name: &str) -> Option<Arc<Source>> {
    let (name, text) = sources().iter().find(|(known, _)| *known == name)?;
    Some(Arc::new(Source::new(BUILT_IN, format!("rules/{name}.yaml"), *text)))
}

/// The one document of a file.
fn tree(source: &Source) -> Result<Value, Vec<Mistake>> {
    let mut parsed = syntax::parse(source);
    if let Some(error) = parsed.error {
        return Err(vec![Mistake { span: error.span, message: error.message }]);
    }
    let wrong = |message: &str| Err(vec![Mistake { span: source.span(), message: message.to_owned() }]);
    match (parsed.documents.pop(), parsed.documents.is_empty()) {
        (Some(document), true) if document.duplicates.is_empty() => Ok(document.root),
        (Some(document), true) => {
            let twice = document.duplicates.iter();
            let message = |name: &str| format!("`{name}` is written twice in one mapping");
            Err(twice.map(|key| Mistake { span: key.span, message: message(&key.name) }).collect())
        }
        (Some(_), false) => wrong("a rule file holds one document"),
        (None, _) => wrong("there is no rule in this file"),
    }
}

/// The members of a file, and those of another that it leaves out.
fn extended(mut own: Value, base: Value) -> Value {
    let (Kind::Map(map), Kind::Map(base)) = (&mut own.kind, base.kind) else { return own };
    let written = |name: &str| map.get(name).is_some();
    let excluded =
        |name: &str| EXCLUSIVE.iter().any(|(member, others)| written(member) && others.contains(&name));
    let taken: Vec<Entry> = base
        .entries
        .into_iter()
        .filter(|Entry { key, .. }| !written(&key.name) && !excluded(&key.name))
        .collect();
    map.entries.extend(taken);
    own
}
