//! One file, read: the configurations in it and what is wrong with its syntax.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use regex::bytes::Regex;

use super::suppress::{InComments, Suppression, form_of, in_asides};
use crate::forms;
use crate::forms::form::Recognised;
use crate::rules::rule::ProblemKind;
use crate::spec::{Resource, pointer_step};
use crate::syntax;
use crate::syntax::document::{Document, DuplicateKey, Parsed, SyntaxError};
use crate::text::{Source, Span};
use crate::value::{Kind, Value};

/// What a file holds.
#[derive(Debug)]
pub struct Reading {
    pub source: Arc<Source>,
    /// The resources of each document that holds a log delivery configuration.
    pub units: Vec<Vec<Resource>>,
    /// What the file says together with other files of its folder.
    pub part: Option<Document>,
    pub problems: Vec<Problem>,
    /// What its documents say is not to be reported.
    pub suppressions: Vec<Suppression>,
    /// Whether all of it could be read.
    pub is_whole: bool,
}

/// Something that is wrong with the text itself.
#[derive(Debug)]
pub struct Problem {
    pub kind: ProblemKind,
    pub span: Span,
    /// What is wrong, as a message goes on behind a colon; the key for a duplicate, the name for an unknown rule.
    pub what: String,
    /// The key before, for a duplicate.
    pub first: Option<Span>,
    /// The configuration it lies in: its form, its resource and the place in it, as far as they can be told.
    pub form: &'static str,
    pub resource: Option<String>,
    pub pointer: String,
}

impl Reading {
    fn new(source: &Arc<Source>) -> Self {
        Self {
            source: source.clone(),
            units: Vec::new(),
            part: None,
            problems: Vec::new(),
            suppressions: Vec::new(),
            is_whole: true,
        }
    }

    /// Whether there is anything to say of the file.
    pub fn is_relevant(&self) -> bool {
        !self.units.is_empty() || self.part.is_some() || !self.problems.is_empty()
    }

    fn suppress(&mut self, suppressions: impl Iterator<Item = Suppression>) {
        self.suppressions.extend(suppressions);
    }
}

/// Whether bytes can hold a log delivery configuration at all. Files for which this is false need not be parsed.
pub fn is_candidate(bytes: &[u8]) -> bool {
    static TRIGGERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&forms::TRIGGERS.join("|")).ok());
    TRIGGERS.as_ref().is_none_or(|triggers| triggers.is_match(bytes))
}

/// Endings of names of files that hold no YAML or JSON, but may happen to parse as such: source code that is one
/// object literal, records one a line, prose, and templates in which something else fills in what is missing.
const OTHER_LANGUAGES: &[&str] = &[
    "adoc",
    "cjs",
    "cue",
    "dhall",
    "ejs",
    "erb",
    "eta",
    "gotmpl",
    "graphql",
    "handlebars",
    "hbs",
    "hjson",
    "in",
    "j2",
    "jinja",
    "jinja2",
    "js",
    "json5",
    "jsonl",
    "jsonnet",
    "jsx",
    "libsonnet",
    "liquid",
    "log",
    "mako",
    "markdown",
    "md",
    "mdx",
    "mjs",
    "mustache",
    "ndjson",
    "nix",
    "njk",
    "py",
    "rb",
    "rst",
    "snap",
    "tftpl",
    "tmpl",
    "tpl",
    "ts",
    "tsx",
    "vtl",
];

fn is_other_language(name: &str) -> bool {
    // Skeletons of projects (cookiecutter) have folders whose names are filled in.
    if name.contains("{{") {
        return true;
    }
    let ending = name.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.'));
    ending.is_some_and(|(_, ending)| OTHER_LANGUAGES.iter().any(|other| ending.eq_ignore_ascii_case(other)))
}

/// Reads a file. One that is a part of a module is read even if it has no trigger word: others of its folder may.
pub fn read(source: &Arc<Source>) -> Reading {
    let is_part = forms::is_module_file(&source.name);
    let is_of_interest = is_part || is_candidate(source.text.as_bytes());
    if is_other_language(&source.name) || !is_of_interest || syntax::is_filled_in_by_comments(&source.text) {
        return Reading::new(source);
    }
    read_parsed(source, syntax::parse_wanted(source, &forms::is_wanted))
}

/// What a file holds whose text is taken apart already.
pub fn read_parsed(source: &Arc<Source>, parsed: Parsed) -> Reading {
    let mut reading = Reading { is_whole: parsed.is_whole(), ..Reading::new(source) };
    let mut in_comments = InComments::of(source, &parsed);
    for (index, document) in parsed.documents.into_iter().enumerate() {
        if forms::is_part_of_module(&source.name, &document) {
            let (form, asides) = forms::of_part(&document);
            reading.suppress(in_comments.in_document(index, form).chain(in_asides(&asides, form)));
            reading.part = Some(document);
        } else if let Some(recognised) = forms::recognise(&document) {
            let form = form_of(&recognised);
            reading.suppress(in_comments.in_document(index, form).chain(in_asides(&recognised.asides, form)));
            reading.problems.extend(duplicates(&document, &recognised));
            reading.units.push(recognised.resources);
        }
    }
    let is_other = |error: &SyntaxError| {
        syntax::is_text_template(&source.text) || syntax::is_json_stream(&source.text, error)
    };
    for error in parsed.error.into_iter().chain(parsed.more_errors) {
        // Where all else could be read, it matters what could not.
        let lost = error.lost.map_or(source.text.as_str(), |lost| source.slice(lost));
        if forms::surely_means_a_configuration(lost) && !is_other(&error) {
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
    }
    reading
}

/// The keys that stand twice where that changes what a configuration says.
fn duplicates(document: &Document, recognised: &Recognised) -> Vec<Problem> {
    let concerned = Covered::new(&recognised.concerned);
    let duplicates: Vec<_> =
        document.duplicates.iter().filter(|duplicate| concerned.holds(duplicate.span)).collect();
    if duplicates.is_empty() {
        return Vec::new();
    }
    let mut places = Places {
        of: duplicates.iter().map(|duplicate| (duplicate.span, None)).collect(),
        pointer: String::new(),
    };
    for (index, resource) in recognised.resources.iter().enumerate() {
        places.find(&resource.properties, index);
    }
    let problem = |duplicate: &&DuplicateKey| {
        let (holder, pointer) = places.of.remove(&duplicate.span).flatten().unzip();
        let holder = holder.and_then(|index: usize| recognised.resources.get(index));
        Problem {
            kind: ProblemKind::DuplicateKey,
            span: duplicate.span,
            what: duplicate.name.clone(),
            first: Some(duplicate.first),
            form: recognised.resources.first().map_or("", |resource| resource.origin.form),
            resource: holder.and_then(|resource| resource.label.clone()),
            pointer: pointer.unwrap_or_default(),
        }
    };
    duplicates.iter().map(problem).collect()
}

/// Spans, and how far those reach that start at or before each of them.
struct Covered(Vec<(u32, u32)>);

impl Covered {
    fn new(spans: &[Span]) -> Self {
        let mut reach: Vec<(u32, u32)> = spans.iter().map(|span| (span.start, span.end)).collect();
        reach.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut reach {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self(reach)
    }

    /// Whether one of the spans holds all of this one.
    fn holds(&self, span: Span) -> bool {
        let before = self.0.partition_point(|(start, _)| *start <= span.start);
        before.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|(_, end)| span.end <= *end)
    }
}

/// Where keys stand: the index of the resource and the JSON pointer, for those that are found.
struct Places {
    of: HashMap<Span, Option<(usize, String)>>,
    /// The place that is looked at.
    pointer: String,
}

impl Places {
    fn find(&mut self, value: &Value, resource: usize) {
        let length = self.pointer.len();
        match &value.kind {
            Kind::Map(map) => {
                for entry in &map.entries {
                    self.pointer.push('/');
                    self.pointer.push_str(&pointer_step(&entry.key.name));
                    if let Some(place @ None) = self.of.get_mut(&entry.key.span) {
                        *place = Some((resource, self.pointer.clone()));
                    }
                    self.find(&entry.value, resource);
                    self.pointer.truncate(length);
                }
            }
            Kind::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.pointer.push('/');
                    self.pointer.push_str(&index.to_string());
                    self.find(item, resource);
                    self.pointer.truncate(length);
                }
            }
            Kind::Choice(choice) => {
                choice.alternatives.iter().for_each(|alternative| self.find(&alternative.value, resource));
            }
            _ => {}
        }
    }
}
