//! The suppressions of a file: each directive, and the part of the file that it covers.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::directive::{Directive, of_comment};
use super::extent::Extents;
use super::metadata::of_metadata;
use crate::diagnostic::SuppressedBy;
use crate::forms::form::{Aside, Recognised};
use crate::syntax::comments::{Placement, comments};
use crate::syntax::document::Parsed;
use crate::text::{Source, Span};
use crate::value::{Kind, Part, Value};

/// The word without which nothing in a file is meant for delint.
const WORD: &str = "delint";

/// A directive, and what it covers.
#[derive(Clone, Debug)]
pub struct Suppression {
    pub directive: Directive,
    pub by: SuppressedBy,
    /// Findings that begin in this part of the file; none if it stands above nothing.
    pub covers: Option<Span>,
    /// The form of the document that it is written in.
    pub form: &'static str,
}

/// The suppressions that stand in the comments of a file, with the index of the document that each is in.
#[derive(Debug, Default)]
pub struct InComments(BTreeMap<usize, Vec<Suppression>>);

impl InComments {
    /// All of a file.
    pub fn of(source: &Source, parsed: &Parsed) -> Self {
        let comments = comments(source, parsed, WORD);
        if comments.is_empty() {
            return Self::default();
        }
        let roots = || parsed.documents.iter().map(|document| &document.root);
        let extents = Extents::of(source, roots());
        let starts: Vec<u32> = roots().map(|root| root.span.start).collect();
        let mut found: BTreeMap<usize, Vec<Suppression>> = BTreeMap::new();
        for comment in comments {
            let covers = match comment.place {
                Placement::Beside(line) => Some(line),
                Placement::Above(None) => None,
                Placement::Above(Some(line)) => {
                    Some(extents.reach(line, source.slice(line).starts_with('-')))
                }
            };
            let line = covers.unwrap_or(comment.span);
            let document = starts.partition_point(|start| *start < line.end).saturating_sub(1);
            let place = |range: Range<usize>| comment.span.part(range.start, range.end);
            for directive in of_comment(source.slice(comment.span), place) {
                let suppression = Suppression { directive, by: SuppressedBy::Comment, covers, form: "" };
                found.entry(document).or_default().push(suppression);
            }
        }
        Self(found)
    }

    /// Those of a document, which is in a form.
    pub fn in_document(&mut self, document: usize, form: &'static str) -> impl Iterator<Item = Suppression> {
        let of_document = self.0.remove(&document).unwrap_or_default();
        of_document.into_iter().map(move |suppression| Suppression { form, ..suppression })
    }
}

/// The suppressions that stand where a form has a place for them.
pub fn in_asides(asides: &[Aside], form: &'static str) -> Vec<Suppression> {
    let mut found = Vec::new();
    // What is written once may declare several resources.
    let mut seen = HashSet::new();
    for Aside { said, covers, by } in asides {
        let directives = match by {
            SuppressedBy::Metadata => of_metadata(said),
            SuppressedBy::Comment | SuppressedBy::Baseline => of_text(said),
        };
        let new = directives.into_iter().filter(|directive| seen.insert(directive.span));
        found.extend(new.map(|directive| Suppression { directive, by: *by, covers: Some(*covers), form }));
    }
    found
}

/// The directives in a text that stands for a comment, or in several.
fn of_text(said: &Value) -> Vec<Directive> {
    let items = said.as_list().unwrap_or(std::slice::from_ref(said));
    let texts = items.iter().filter_map(|item| match &item.kind {
        Kind::Text(text) => match text.parts.as_slice() {
            [Part::Literal(literal)] => Some(literal),
            _ => None,
        },
        _ => None,
    });
    texts
        .flat_map(|literal| of_comment(&literal.text, |range| literal.part(range.start, range.end)))
        .collect()
}

/// The form of what was recognised.
pub fn form_of(recognised: &Recognised) -> &'static str {
    recognised.resources.first().map_or("", |resource| resource.origin.form)
}
