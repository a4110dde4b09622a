//! How large a rule may be, so that no rule file makes a check take long. `docs/rule-language.md` states these.

use super::mistake::Mistake;
use crate::text::{Source, Span};
use crate::value::{Entry, Kind, Value};

/// Bytes of a rule file.
pub const FILE: usize = 256 << 10;
/// Rule files of a project.
pub const FILES: usize = 1000;
/// Folders in each other, from the one that is named.
pub const FOLDERS: usize = 8;
/// Files and folders in a folder of rule files, at whatever depth.
pub const ENTRIES: usize = 100_000;
/// Mappings and lists in each other.
pub const DEPTH: usize = 32;
/// Mappings, lists and scalars of `each`, `when`, `require`, `report` and `cases`, once aliases are replaced.
pub const NODES: usize = 1000;
/// The same of all rule files of a project together.
pub const ALL_NODES: usize = 50_000;
/// Characters of a summary, a message, a note or a help.
pub const TEXT: usize = 1000;
/// Characters of a regular expression.
pub const PATTERN: usize = 1000;
/// Bytes of a regular expression that is compiled: of `\p{…}` and of repetitions it has more than of what is written.
pub const COMPILED: usize = 256 << 10;
/// Other places of a report.
pub const PLACES: usize = 16;
/// Examples of a rule.
pub const EXAMPLES: usize = 100;
/// Mistakes that are told of a rule file.
pub const MISTAKES: usize = 100;
/// Items that are looked at of a list which lies elsewhere than in the node that is checked. Nothing is known of a longer
/// one: each node would go through all of it.
pub const REACHED: usize = 256;

/// The members that a check goes through.
const CHECKED: &[&str] = &["each", "when", "require", "report", "cases", "check", "yields_to", "forms"];

/// What of a file is larger than it may be.
pub fn exceeded(source: &Source, root: &Value) -> Vec<Mistake> {
    let mistake = |span, message: String| vec![Mistake { span, message }];
    if source.text.len() > FILE {
        return mistake(start(source), format!("a rule file has at most {} KiB", FILE >> 10));
    }
    if let Some(deep) = deeper(root, DEPTH) {
        return mistake(deep, format!("more than {DEPTH} mappings and lists lie in each other here"));
    }
    let examples = root.get("examples");
    if let Some(item) = examples.and_then(Value::as_list).and_then(|items| items.get(EXAMPLES)) {
        return mistake(item.span, format!("a rule has at most {EXAMPLES} examples"));
    }
    match checked(root).find(|entry| nodes(&entry.value) > NODES) {
        Some(entry) => mistake(entry.key.span, too_many()),
        None if checked_nodes(root) > NODES => mistake(root.first_word(), too_many()),
        None => Vec::new(),
    }
}

fn too_many() -> String {
    format!("a rule has at most {NODES} mappings, lists and scalars that are checked")
}

/// How many nodes a check goes through.
pub fn checked_nodes(root: &Value) -> usize {
    checked(root).map(|entry| nodes(&entry.value)).sum()
}

fn checked(root: &Value) -> impl Iterator<Item = &Entry> {
    let entries = root.as_map().map(|map| map.entries.as_slice()).unwrap_or_default();
    entries.iter().filter(|entry| CHECKED.contains(&entry.key.name.as_str()))
}

fn start(source: &Source) -> Span {
    source.span_at(0, 0)
}

/// A node that lies deeper than it may.
fn deeper(value: &Value, room: usize) -> Option<Span> {
    let Some(rest) = room.checked_sub(1) else { return (!children(value).is_empty()).then_some(value.span) };
    children(value).into_iter().find_map(|child| deeper(child, rest))
}

fn nodes(value: &Value) -> usize {
    let mut count = 0;
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        count += 1;
        open.extend(children(value));
    }
    count
}

fn children(value: &Value) -> Vec<&Value> {
    match &value.kind {
        Kind::Map(map) => map.entries.iter().map(|entry| &entry.value).collect(),
        Kind::List(items) => items.iter().collect(),
        Kind::Tagged(tagged) => vec![&tagged.value],
        _ => Vec::new(),
    }
}
