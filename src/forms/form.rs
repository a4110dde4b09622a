//! What an input form is.

use crate::diagnostic::SuppressedBy;
use crate::spec::Resource;
use crate::syntax::document::Document;
use crate::text::Span;
use crate::value::Value;

/// A way to write log delivery configurations down.
pub trait Form: Sync {
    /// The resources of a document, if it is of this form and holds a log delivery configuration.
    fn read(&self, document: &Document) -> Option<Recognised>;

    /// Whether a text that does not parse was surely meant to hold a configuration in this form.
    fn is_meant_by(&self, text: &str) -> bool;
}

/// What a form found in a document.
#[derive(Debug)]
pub struct Recognised {
    /// The configurations, and the resources around them that references can lead to.
    pub resources: Vec<Resource>,
    /// Where a key that stands twice changes what a configuration says.
    pub concerned: Vec<Span>,
    /// What is said to delint itself.
    pub asides: Vec<Aside>,
}

/// Something that is said to delint in a place where the form lets one write what it does not look at.
#[derive(Clone, Debug)]
pub struct Aside {
    /// A text that stands for a comment, or what stands in metadata under the name of delint.
    pub said: Value,
    /// What it is said of.
    pub covers: Span,
    pub by: SuppressedBy,
}

/// A document that says something only together with others of its folder.
#[derive(Clone, Copy, Debug)]
pub struct Part<'d> {
    /// The file's name, without its folder.
    pub name: &'d str,
    pub document: &'d Document,
}

/// A text from the first line on that says something: blank lines, comments and the marks of YAML are passed over.
#[must_use]
pub fn from_first_word(text: &str) -> &str {
    let mut rest = text.trim_start_matches('\u{feff}');
    while let Some((line, below)) = rest.split_once('\n') {
        let line = line.trim();
        if !(line.is_empty() || line.starts_with(['#', '%']) || line == "---") {
            break;
        }
        rest = below;
    }
    rest
}
