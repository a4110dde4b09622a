//! The texts that the conditions of a template tell a value by.

use std::collections::{HashMap, HashSet};

use super::function::{function, identity};
use super::variables::literal;
use crate::value::{Kind, Map, Value};

/// For each expression, by its identity, the texts that it is compared with or that it can find in a mapping.
#[derive(Debug, Default)]
pub struct Compared<'v> {
    texts: HashMap<String, Texts<'v>>,
    /// What was looked up, so that a mapping's keys are collected once for each way to look into it.
    looked_up: HashSet<(String, String, *const Map)>,
}

/// Texts in the order in which they are met.
#[derive(Debug, Default)]
struct Texts<'v> {
    order: Vec<&'v str>,
    seen: HashSet<&'v str>,
}

impl<'v> Compared<'v> {
    /// Looks through the sections of a template.
    pub fn find(parts: &[&'v Map], mapping: impl Fn(&str) -> Option<&'v Value>) -> Self {
        let mut found = Self::default();
        for part in parts {
            part.entries.iter().for_each(|entry| found.look(&entry.value, &mapping));
        }
        found
    }

    pub fn with(&self, identity: &str) -> &[&'v str] {
        self.texts.get(identity).map_or(&[], |texts| texts.order.as_slice())
    }

    fn look(&mut self, value: &'v Value, mapping: &impl Fn(&str) -> Option<&'v Value>) {
        let arguments = function(value).and_then(|(name, argument)| Some((name, argument.as_list()?)));
        match arguments {
            Some(("Fn::Equals", [a, b])) => {
                self.equals(a, b);
                self.equals(b, a);
            }
            Some(("Fn::Contains", [texts, value])) => {
                texts.as_list().into_iter().flatten().for_each(|text| self.equals(value, text));
            }
            Some(("Fn::FindInMap", [map, first, second, ..])) => {
                if let Some(map) = map.as_str().and_then(mapping).and_then(Value::as_map) {
                    self.find_in_map(map, first, second);
                }
            }
            _ => {}
        }
        match &value.kind {
            Kind::Map(map) => map.entries.iter().for_each(|entry| self.look(&entry.value, mapping)),
            Kind::List(items) => items.iter().for_each(|item| self.look(item, mapping)),
            Kind::Tagged(tagged) => self.look(&tagged.value, mapping),
            _ => {}
        }
    }

    fn equals(&mut self, value: &'v Value, text: &'v Value) {
        if let Some(text) = literal(text) {
            self.add(value, [text].into_iter());
        }
    }

    fn find_in_map(&mut self, map: &'v Map, first: &'v Value, second: &'v Value) {
        if !self.looked_up.insert((identity(first), identity(second), std::ptr::from_ref(map))) {
            return;
        }
        self.add(first, map.entries.iter().map(|entry| entry.key.name.as_str()));
        let inner = map.entries.iter().filter_map(|entry| entry.value.as_map()).flat_map(|map| &map.entries);
        self.add(second, inner.map(|entry| entry.key.name.as_str()));
    }

    fn add(&mut self, value: &Value, texts: impl Iterator<Item = &'v str>) {
        if literal(value).is_some() {
            return;
        }
        let known = self.texts.entry(identity(value)).or_default();
        known.order.extend(texts.filter(|text| known.seen.insert(text)));
    }
}
