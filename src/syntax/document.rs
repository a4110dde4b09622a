//! What every syntax yields.

use crate::text::Span;
use crate::value::Value;

/// A file, read as far as it goes.
#[derive(Debug, Default)]
pub struct Parsed {
    /// One per YAML document; one for JSON. Documents behind a syntax error are not read.
    pub documents: Vec<Document>,
    /// The first syntax error. The documents before it are complete.
    pub error: Option<SyntaxError>,
}

#[derive(Debug)]
pub struct Document {
    pub root: Value,
    /// Keys that stand more than once in one mapping, in the order of their second place.
    pub duplicates: Vec<DuplicateKey>,
}

/// Why a file does not parse, and where.
#[derive(Clone, Debug)]
pub struct SyntaxError {
    pub span: Span,
    /// In the parser's words, without a place: "did not find expected ',' or ']'".
    pub message: String,
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
