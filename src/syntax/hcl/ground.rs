//! Where a text that is read as HCL lies.

use std::ops::Range;

use crate::syntax::hcl::string::Decoded;
use crate::text::{SourceId, Span};
use crate::value::Key;
use crate::value::literal::{Layout, Literal};

/// A text, and the place each byte of it has.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    pub text: &'a str,
    place: Place<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Place<'a> {
    /// In a file, from an offset on.
    File(SourceId, usize),
    /// In a string of another syntax.
    Literal(&'a Literal),
}

impl<'a> Ground<'a> {
    pub fn file(text: &'a str, id: SourceId, offset: usize) -> Self {
        Self { text, place: Place::File(id, offset) }
    }

    pub fn literal(literal: &'a Literal) -> Self {
        Self { text: &literal.text, place: Place::Literal(literal) }
    }

    pub fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    pub fn span(&self, range: Range<usize>) -> Span {
        match self.place {
            Place::File(id, offset) => Span::new(id, offset + range.start, offset + range.end),
            Place::Literal(literal) => match literal.part(range.start, range.end) {
                // Quotes are escaped there, and an escape has no place of its own: what stands between them has.
                whole if whole == literal.span && (2..literal.text.len()).contains(&range.len()) => {
                    literal.part(range.start + 1, range.end - 1)
                }
                span => span,
            },
        }
    }

    /// What stands at a place, as it is written.
    pub fn key(&self, range: Range<usize>) -> Key {
        Key { name: self.slice(range.clone()).to_owned(), span: self.span(range) }
    }

    /// What was decoded from a place.
    pub fn literal_of(&self, decoded: Decoded, range: Range<usize>) -> Literal {
        let span = self.span(range.clone());
        let (text, layout) = decoded.layout(range.len());
        match (self.place, layout) {
            (Place::File(..), layout) => Literal { text, span, layout },
            (Place::Literal(literal), Layout::Plain) => literal.slice(range.start, range.end),
            (Place::Literal(_), _) => Literal::opaque(text, span),
        }
    }
}
