//! Rules: what the files in `rules/` say, and how it is checked.

pub mod check;
mod condition;
mod example;
mod file;
pub mod finding;
mod lookup;
pub mod page;
mod parts;
mod piece;
mod prefix;
pub mod rule;
mod string;
pub mod unique;
mod verdict;

use std::sync::LazyLock;

pub use file::Mistake;

use crate::syntax;
use crate::text::{Source, SourceId};
use rule::Rule;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
    pub static PACK: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.json"));
}

/// The source of what is built in: it was checked when delint was tested.
const BUILT_IN: SourceId = SourceId(u32::MAX);

/// The built-in rules, by name; read when the first configuration is found.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let source = Source::new(BUILT_IN, "the built-in rules", embedded::PACK);
    let parsed = syntax::parse(&source);
    let root = parsed.documents.into_iter().next().map(|document| document.root);
    let entries =
        root.as_ref().and_then(|root| root.as_map()).map(|map| map.entries.as_slice()).unwrap_or_default();
    entries.iter().filter_map(|entry| file::read(&entry.key.name, &entry.value).ok()).collect()
});

/// The built-in rules, in the order of their names.
#[must_use]
pub fn built_in() -> &'static [Rule] {
    &RULES
}

/// The built-in rule files, as they are written: name and text.
#[must_use]
pub fn sources() -> &'static [(&'static str, &'static str)] {
    embedded::SOURCES
}

/// The page of a built-in rule, as Markdown; none if there is no rule of that name.
#[must_use]
pub fn built_in_page(name: &str) -> Option<String> {
    let rule = built_in().iter().find(|rule| rule.info.name == name)?;
    let (_, text) = sources().iter().find(|(known, _)| *known == name)?;
    Some(page::page(rule, &Source::new(BUILT_IN, name, *text)))
}

/// Reads a rule file, which a name comes with.
///
/// # Errors
/// Everything that is wrong in it, each at its place.
pub fn read(name: &str, source: &Source) -> Result<Rule, Vec<Mistake>> {
    let parsed = syntax::parse(source);
    if let Some(error) = parsed.error {
        return Err(vec![Mistake { span: error.span, message: error.message }]);
    }
    match parsed.documents.as_slice() {
        [document] => file::read(name, &document.root),
        _ => Err(vec![Mistake { span: source.span(), message: "a rule file holds one document".to_owned() }]),
    }
}
