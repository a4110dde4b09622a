//! What holds for mappings in every syntax: keys that stand twice, and merge keys.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use crate::syntax::document::DuplicateKey;
use crate::text::Span;
use crate::value::{Entry, Kind, Value};

/// Up to this many entries are compared with each other, which is cheaper than hashing them.
const FEW: usize = 8;

/// Adds the keys of one mapping that stand more than once to `found`, each with the one before it.
pub fn find_duplicates(entries: &[Entry], found: &mut Vec<DuplicateKey>) {
    if entries.len() <= FEW {
        for (index, entry) in entries.iter().enumerate() {
            let before = entries.iter().take(index).rev();
            if let Some(first) = before.map(|before| &before.key).find(|key| key.name == entry.key.name) {
                found.push(duplicate(entry, first.span));
            }
        }
        return;
    }
    let mut seen: HashMap<&str, Span> = HashMap::with_capacity(entries.len());
    for entry in entries {
        match seen.entry(&entry.key.name) {
            Slot::Vacant(slot) => {
                slot.insert(entry.key.span);
            }
            Slot::Occupied(mut slot) => {
                found.push(duplicate(entry, slot.insert(entry.key.span)));
            }
        }
    }
}

fn duplicate(entry: &Entry, first: Span) -> DuplicateKey {
    DuplicateKey { name: entry.key.name.clone(), span: entry.key.span, first }
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
