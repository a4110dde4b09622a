//! Comments of Terraform's files in JSON: what stands under the key `//`.

use crate::diagnostic::SuppressedBy;
use crate::forms::form::Aside;
use crate::syntax::document::Document;
use crate::text::Span;
use crate::value::{Kind, Value};

const COMMENT: &str = "//";

/// The comments of a file, each said of the object that it stands in.
pub fn asides(document: &Document) -> Vec<Aside> {
    let mut asides = Vec::new();
    find(&document.root, document.root.span, &mut asides);
    asides
}

/// `whole` is the value with its key.
fn find(value: &Value, whole: Span, asides: &mut Vec<Aside>) {
    match &value.kind {
        Kind::List(items) => items.iter().for_each(|item| find(item, item.span, asides)),
        Kind::Map(map) => {
            for entry in &map.entries {
                if entry.key.name == COMMENT {
                    let said = entry.value.clone();
                    asides.push(Aside { said, covers: whole, by: SuppressedBy::Comment });
                } else {
                    find(&entry.value, entry.key.span.to(entry.value.span), asides);
                }
            }
        }
        _ => {}
    }
}
