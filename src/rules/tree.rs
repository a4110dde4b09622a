//! What is written at a pointer into a resource: where more can be written, and what can be taken away.

use super::found::Place;
use super::same::surely_same;
use crate::spec::{Resource, pointer_name};
use crate::syntax::edit::Child;
use crate::text::Span;
use crate::value::{Kind, Value};

/// Items before one that it is compared with: no list that AWS takes has as many.
const MAX_COMPARED: usize = 8;

/// The properties of a resource, seen from a place: of several alternatives it is the one around it that is meant.
#[derive(Clone, Copy, Debug)]
pub struct Tree<'r> {
    pub resource: &'r Resource,
    pub near: Span,
}

impl<'r> Tree<'r> {
    pub fn around(place: &Place<'r>) -> Self {
        Self { resource: place.resource, near: if place.written { place.span } else { place.anchor } }
    }

    /// The node at a pointer, if it is written where it counts.
    pub fn at(self, pointer: &str) -> Option<&'r Value> {
        let step = |value: &'r Value, step: &str| {
            let value = match &value.kind {
                Kind::Map(map) => &map.get(&pointer_name(step))?.value,
                Kind::List(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => return None,
            };
            self.meant(value).filter(|value| value.used_at.is_none())
        };
        pointer.split('/').skip(1).try_fold(self.meant(&self.resource.properties)?, step)
    }

    /// The alternative that is there at all, or that lies around the place.
    fn meant(self, value: &'r Value) -> Option<&'r Value> {
        let Kind::Choice(choice) = &value.kind else { return Some(value) };
        let values = || choice.alternatives.iter().map(|alternative| &alternative.value);
        let one = |mut values: Vec<&'r Value>| values.pop().filter(|_| values.is_empty());
        let there = values().filter(|value| !matches!(value.kind, Kind::Absent)).collect();
        let around = || one(values().filter(|value| value.span.overlaps(self.near)).collect());
        self.meant(one(there).or_else(around)?)
    }

    /// The node at a pointer, in the collection that it is in, of which so many are meant.
    pub fn child(self, pointer: &str, meant: usize) -> Option<Child> {
        let (parent, step) = pointer.rsplit_once('/')?;
        let parent = self.at(parent)?;
        match &parent.kind {
            Kind::Map(map) => {
                let entry = map.get(&pointer_name(step))?;
                let span = entry.key.span.to(entry.value.used_at.unwrap_or(entry.value.span));
                let has_siblings = map.entries.len() > meant;
                Some(Child { parent: parent.span, span, is_item: false, has_siblings })
            }
            Kind::List(items) => {
                let item = items.get(step.parse::<usize>().ok()?)?;
                let span = item.used_at.unwrap_or(item.span);
                Some(Child { parent: parent.span, span, is_item: true, has_siblings: items.len() > meant })
            }
            _ => None,
        }
    }

    /// The innermost item of a list that a place lies in, if an item before it says the same.
    pub fn repeated(self, pointer: &str) -> Option<String> {
        let mut pointer = pointer;
        loop {
            let (above, step) = pointer.rsplit_once('/')?;
            if let Some(items) = self.at(above).and_then(Value::as_list) {
                let index = step.parse::<usize>().ok()?;
                let (item, before) = (items.get(index)?, items.get(..index)?);
                let mut compared = before.iter().take(MAX_COMPARED);
                return compared.any(|other| surely_same(other, item)).then(|| pointer.to_owned());
            }
            pointer = above;
        }
    }
}
