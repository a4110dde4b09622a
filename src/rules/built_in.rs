//! The rules that ship with delint.

use std::sync::LazyLock;

use super::file::{self, Page};
use super::pack;
use super::rule::Rule;
use crate::value::Value;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
    pub static PACK: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.json"));
}

/// What is built in, read when the first configuration is found.
struct BuiltIn {
    rules: Vec<Rule>,
    /// What the rules were read from, kept because taking it apart takes longer than any check.
    _pack: Option<Value>,
}

static BUILT_IN_RULES: LazyLock<BuiltIn> = LazyLock::new(|| {
    let pack = pack::node(embedded::PACK);
    let entries = pack.iter().filter_map(Value::as_map).flat_map(|map| &map.entries);
    let read = |name, root| file::read(name, root, Page::OfBuiltIn).ok();
    let rules = entries.filter_map(|entry| read(&entry.key.name, &entry.value)).collect();
    BuiltIn { rules, _pack: pack }
});

/// The built-in rules, in the order of their names.
#[must_use]
pub fn built_in() -> &'static [Rule] {
    &BUILT_IN_RULES.rules
}

/// The built-in rule files, as they are written: name and text, in the order of their names.
#[must_use]
pub fn sources() -> &'static [(&'static str, &'static str)] {
    embedded::SOURCES
}
