//! One file, read: the configurations in it and what is wrong with its syntax.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use regex::bytes::Regex;

use crate::forms;
use crate::rules::rule::ProblemKind;
use crate::spec::{Resource, pointer_step};
use crate::syntax;
use crate::text::{Source, Span};
use crate::value::{Kind, Value};

/// What a file holds.
#[derive(Debug)]
pub struct Reading {
    pub source: Arc<Source>,
    /// The resources of each document that holds a log delivery configuration.
    pub units: Vec<Vec<Resource>>,
    pub problems: Vec<Problem>,
}

/// Something that is wrong with the text itself.
#[derive(Debug)]
pub struct Problem {
    pub kind: ProblemKind,
    pub span: Span,
    /// What is wrong, as a message goes on behind a colon; the key for a duplicate.
    pub what: String,
    /// The key before, for a duplicate.
    pub first: Option<Span>,
    /// The configuration it lies in: its form, its resource and the place in it, as far as they can be told.
    pub form: &'static str,
    pub resource: Option<String>,
    pub pointer: String,
}

impl Reading {
    /// Whether there is anything to say of the file.
    pub fn is_relevant(&self) -> bool {
        !self.units.is_empty() || !self.problems.is_empty()
    }
}

/// Whether bytes can hold a log delivery configuration at all. Files for which this is false need not be parsed.
pub fn is_candidate(bytes: &[u8]) -> bool {
    static TRIGGERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&forms::TRIGGERS.join("|")).ok());
    TRIGGERS.as_ref().is_none_or(|triggers| triggers.is_match(bytes))
}

/// Endings of names of files that hold no YAML or JSON, but may happen to parse as such: source code that is one
/// object literal, records one a line, prose.
const OTHER_LANGUAGES: &[&str] = &[
    "adoc",
    "cjs",
    "cue",
    "dhall",
    "graphql",
    "js",
    "jsonl",
    "jsonnet",
    "jsx",
    "libsonnet",
    "log",
    "markdown",
    "md",
    "mdx",
    "mjs",
    "ndjson",
    "nix",
    "py",
    "rb",
    "rst",
    "snap",
    "ts",
    "tsx",
    "vtl",
];

fn is_other_language(name: &str) -> bool {
    let ending = name.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.'));
    ending.is_some_and(|(_, ending)| OTHER_LANGUAGES.iter().any(|other| ending.eq_ignore_ascii_case(other)))
}

/// Reads a file.
pub fn read(source: &Arc<Source>) -> Reading {
    let mut reading = Reading { source: source.clone(), units: Vec::new(), problems: Vec::new() };
    if is_other_language(&source.name) || !is_candidate(source.text.as_bytes()) {
        return reading;
    }
    let parsed = syntax::parse(source);
    for document in &parsed.documents {
        let Some(recognised) = forms::recognise(document) else { continue };
        let concerned = |span: Span| {
            let holds = |outer: &Span| outer.start <= span.start && span.end <= outer.end;
            recognised.concerned.iter().any(holds)
        };
        let duplicates: Vec<_> =
            document.duplicates.iter().filter(|duplicate| concerned(duplicate.span)).collect();
        let mut places: HashMap<Span, Option<Place<'_>>> =
            duplicates.iter().map(|duplicate| (duplicate.span, None)).collect();
        for resource in recognised.resources.iter().filter(|_| !duplicates.is_empty()) {
            find_places(resource, &resource.properties, "", &mut places);
        }
        reading.problems.extend(duplicates.into_iter().map(|duplicate| {
            let place = places.get_mut(&duplicate.span).and_then(Option::take);
            Problem {
                kind: ProblemKind::DuplicateKey,
                span: duplicate.span,
                what: duplicate.name.clone(),
                first: Some(duplicate.first),
                form: recognised.resources.first().map_or("", |resource| resource.origin.form),
                resource: place.as_ref().and_then(|place| place.resource.label.clone()),
                pointer: place.map_or_else(String::new, |place| place.pointer),
            }
        }));
        reading.units.push(recognised.resources);
    }
    if let Some(error) = parsed.error
        && forms::surely_means_a_configuration(&source.text)
        && !syntax::is_text_template(&source.text)
        && !syntax::is_json_stream(&source.text, &error)
    {
        reading.problems.push(Problem {
            kind: ProblemKind::Syntax,
            span: error.span,
            what: error.message,
            first: None,
            form: "",
            resource: None,
            pointer: String::new(),
        });
    }
    reading
}

/// Where a key stands.
struct Place<'a> {
    resource: &'a Resource,
    /// A JSON pointer.
    pointer: String,
}

/// Fills in the places of wanted keys, in one walk over a tree: the first place of each.
fn find_places<'a>(
    resource: &'a Resource,
    value: &Value,
    pointer: &str,
    wanted: &mut HashMap<Span, Option<Place<'a>>>,
) {
    match &value.kind {
        Kind::Map(map) => {
            for entry in &map.entries {
                let pointer = format!("{pointer}/{}", pointer_step(&entry.key.name));
                if let Some(place @ None) = wanted.get_mut(&entry.key.span) {
                    *place = Some(Place { resource, pointer: pointer.clone() });
                }
                find_places(resource, &entry.value, &pointer, wanted);
            }
        }
        Kind::List(items) => {
            for (index, item) in items.iter().enumerate() {
                find_places(resource, item, &format!("{pointer}/{index}"), wanted);
            }
        }
        Kind::Choice(choice) => {
            for alternative in &choice.alternatives {
                find_places(resource, &alternative.value, pointer, wanted);
            }
        }
        _ => {}
    }
}
