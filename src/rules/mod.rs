//! Rules: what the files in `rules/` say, and how it is checked.

pub mod across;
pub mod check;
mod condition;
mod deployed;
mod differ;
mod example;
mod file;
pub mod finding;
mod glob;
mod lookup;
pub mod names;
mod order;
mod pack;
pub mod page;
pub mod parts;
mod piece;
mod predicate;
mod prefix;
mod reader;
pub mod rule;
mod string;
pub mod unique;
pub mod unknown;
mod verdict;
mod version;

use std::sync::LazyLock;

pub use reader::{Mistake, Reader};

use crate::syntax;
use crate::text::Source;
use pack::{BUILT_IN, Node};
use rule::Rule;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
    pub static PACK: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.json"));
}

/// What is built in, read when the first configuration is found.
struct BuiltIn {
    rules: Vec<Rule>,
    /// What the rules were read from, kept because taking it apart takes longer than any check.
    _pack: Option<Node>,
}

static BUILT_IN_RULES: LazyLock<BuiltIn> = LazyLock::new(|| {
    let pack: Option<Node> = serde_json::from_str(embedded::PACK).ok();
    let entries = pack.iter().filter_map(|pack| pack.0.as_map()).flat_map(|map| &map.entries);
    let rules = entries.filter_map(|entry| file::read(&entry.key.name, &entry.value).ok()).collect();
    BuiltIn { rules, _pack: pack }
});

/// The built-in rules, in the order of their names.
#[must_use]
pub fn built_in() -> &'static [Rule] {
    &BUILT_IN_RULES.rules
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
