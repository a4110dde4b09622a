//! What an input form is.

use crate::spec::Resource;
use crate::syntax::document::Document;
use crate::text::Span;

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
}

/// The first line of a text that says something, with its line number's comments and markers passed over.
#[must_use]
pub fn first_significant_line(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}');
    let says_something = |line: &&str| {
        let line = line.trim();
        !(line.is_empty() || line.starts_with('#') || line.starts_with('%') || line == "---")
    };
    text.lines().find(says_something).unwrap_or_default()
}
