//! The names that are known where an expression stands.

use std::collections::HashMap;

use crate::value::{Entry, Key, Kind, Map, Value};

/// The names that are known where an expression stands, beside those of the module.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// `each.key` and `each.value`, `count.index`, and the names of iterations.
    known: HashMap<String, Value>,
}

impl Names {
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.known.get(name)
    }

    /// These names and one more.
    #[must_use]
    pub fn with(&self, name: &str, value: Value) -> Self {
        let mut names = self.clone();
        names.known.insert(name.to_owned(), value);
        names
    }

    /// A name, and the one thing that can be taken of it: `count` with `index`.
    #[must_use]
    pub fn with_one(&self, name: &str, member: &str, value: Value) -> Self {
        let span = value.span;
        let entry = Entry { key: Key { name: member.to_owned(), span }, value };
        self.with(name, Value::new(span, Kind::Map(Map { entries: vec![entry] })))
    }

    /// A name, and what can be taken of it: `each` with `key` and `value`.
    #[must_use]
    pub fn with_pair(&self, name: &str, key: Value, value: Value) -> Self {
        let span = value.span;
        let entry = |name: &str, value| Entry { key: Key { name: name.to_owned(), span }, value };
        let pair = Map { entries: vec![entry("key", key), entry("value", value)] };
        self.with(name, Value::new(span, Kind::Map(pair)))
    }
}
