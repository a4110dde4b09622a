//! What holds of everything that is read: each span lies in the text, on character boundaries.

use delint::syntax::document::Parsed;
use delint::text::{Source, Span};

pub fn lie_in(source: &Source, parsed: &Parsed) {
    let check = |span: Span| assert!(source.text.get(span.range()).is_some(), "{span:?}");
    for document in &parsed.documents {
        check(document.root.span);
        for key in &document.duplicates {
            check(key.span);
            check(key.first);
        }
    }
    for error in parsed.errors() {
        error.lost.into_iter().chain([error.span]).for_each(check);
    }
}
