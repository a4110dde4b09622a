//! What every syntax yields.

use std::ops::Range;

use crate::text::{SourceId, Span};
use crate::value::Value;

/// What a file is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Yaml,
    Json,
    Hcl,
}

/// A file, read as far as it goes.
#[derive(Debug, Default)]
pub struct Parsed {
    pub language: Language,
    /// One per YAML document; one for JSON and HCL. Documents behind a syntax error are not read.
    pub documents: Vec<Document>,
    /// The first syntax error. The documents before it are complete.
    pub error: Option<SyntaxError>,
    /// The errors of further parts of an HCL file; each of its blocks is read for itself.
    pub more_errors: Vec<SyntaxError>,
}

#[derive(Debug)]
pub struct Document {
    /// Of HCL, the mapping that its attributes and blocks are.
    pub root: Value,
    /// Keys that stand more than once in one mapping, in the order of their second place.
    pub duplicates: Vec<DuplicateKey>,
}

impl Parsed {
    /// Whether all of the file was read.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.error.is_none()
    }

    /// All syntax errors, in the order of their place.
    pub fn errors(&self) -> impl Iterator<Item = &SyntaxError> {
        self.error.iter().chain(&self.more_errors)
    }
}

/// Why a file does not parse, and where.
#[derive(Clone, Debug)]
pub struct SyntaxError {
    pub span: Span,
    /// In the parser's words, without a place: "did not find expected ',' or ']'".
    pub message: String,
    /// The part of the text that could not be read, if all else could.
    pub lost: Option<Span>,
}

/// A key that stands twice in one mapping.
#[derive(Clone, Debug)]
pub struct DuplicateKey {
    pub name: String,
    /// The later key.
    pub span: Span,
    /// The key before it.
    pub first: Span,
}

impl SyntaxError {
    /// An error at a place in `text`. The place is moved onto character boundaries and, where it is empty,
    /// widened to one character: the one behind it or, at the end of the text, the last one that is not blank.
    #[must_use]
    pub fn new(text: &str, id: SourceId, place: Range<usize>, message: impl Into<String>) -> Self {
        let filled = match text.trim_end().len() {
            0 => text.len(),
            filled => filled,
        };
        let mut start = text.floor_char_boundary(place.start);
        let mut end = text.ceil_char_boundary(place.end.max(start));
        if start == end && start < filled {
            end = text.ceil_char_boundary(start + 1);
        } else if start == end {
            start = text.floor_char_boundary(filled.saturating_sub(1));
            end = filled;
        }
        Self { span: Span::new(id, start, end), message: message.into(), lost: None }
    }
}
