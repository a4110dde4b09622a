//! One file, read: the configurations in it and what is wrong with its syntax.

use std::sync::{Arc, LazyLock};

use regex::bytes::Regex;

use crate::forms;
use crate::rules::rule::ProblemKind;
use crate::spec::Resource;
use crate::syntax;
use crate::text::{Source, Span};

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

/// Reads a file.
pub fn read(source: &Arc<Source>) -> Reading {
    let mut reading = Reading { source: source.clone(), units: Vec::new(), problems: Vec::new() };
    if !is_candidate(source.text.as_bytes()) {
        return reading;
    }
    let parsed = syntax::parse(source);
    for document in &parsed.documents {
        let Some(recognised) = forms::recognise(document) else { continue };
        let concerned = |span: Span| {
            let holds = |outer: &Span| outer.start <= span.start && span.end <= outer.end;
            recognised.concerned.iter().any(holds)
        };
        let duplicates = document.duplicates.iter().filter(|duplicate| concerned(duplicate.span));
        reading.problems.extend(duplicates.map(|duplicate| Problem {
            kind: ProblemKind::DuplicateKey,
            span: duplicate.span,
            what: duplicate.name.clone(),
            first: Some(duplicate.first),
        }));
        reading.units.push(recognised.resources);
    }
    if let Some(error) = parsed.error
        && forms::surely_means_a_configuration(&source.text)
        && !syntax::is_text_template(&source.text)
    {
        reading.problems.push(Problem {
            kind: ProblemKind::Syntax,
            span: error.span,
            what: error.message,
            first: None,
        });
    }
    reading
}
