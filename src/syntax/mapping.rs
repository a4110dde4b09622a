//! What holds for mappings in every syntax: keys that stand twice, and merge keys.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use crate::syntax::document::DuplicateKey;
use crate::text::Span;
use crate::value::{Entry, Key, Kind, Value};

/// Up to this many entries are compared with each other, which is cheaper than hashing them.
const FEW: usize = 8;

/// Adds the keys of one mapping that stand more than once to `found`, each with the one before it.
pub fn find_duplicates<'a>(keys: impl Iterator<Item = &'a Key> + Clone, found: &mut Vec<DuplicateKey>) {
    let count = keys.clone().count();
    if count <= FEW {
        for (index, key) in keys.clone().enumerate() {
            let before = keys.clone().take(index);
            if let Some(first) = before.filter(|before| before.name == key.name).last() {
                found.push(duplicate(key, first.span));
            }
        }
        return;
    }
    let mut seen: HashMap<&str, Span> = HashMap::with_capacity(count);
    for key in keys {
        match seen.entry(&key.name) {
            Slot::Vacant(slot) => {
                slot.insert(key.span);
            }
            Slot::Occupied(mut slot) => {
                found.push(duplicate(key, slot.insert(key.span)));
            }
        }
    }
}

fn duplicate(key: &Key, first: Span) -> DuplicateKey {
    DuplicateKey { name: key.name.clone(), span: key.span, first }
}

/// The entries that a merge key brings into its mapping, in an order in which the last one of a name counts.
///
/// Entries of an alias are marked as used where the alias stands.
///
/// # Errors
///
/// The value itself, if it is neither a mapping nor a list of mappings.
pub fn merge(value: Value) -> Result<Vec<Entry>, Value> {
    match value.kind {
        Kind::Map(map) => Ok(used_at(map.entries, value.used_at)),
        Kind::List(items) if items.iter().all(|item| item.as_map().is_some()) => {
            // Of a list the earlier mappings win.
            let merged = items.into_iter().rev().filter_map(|item| merge(item).ok()).flatten().collect();
            Ok(used_at(merged, value.used_at))
        }
        kind => Err(Value { kind, ..value }),
    }
}

fn used_at(mut entries: Vec<Entry>, place: Option<Span>) -> Vec<Entry> {
    if place.is_some() {
        for entry in &mut entries {
            entry.value.used_at = place;
        }
    }
    entries
}
