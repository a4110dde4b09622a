//! The blocks of a module, out of HCL and of JSON alike.

use std::borrow::Cow;

use crate::forms::form::Part;
use crate::syntax::hcl;
use crate::text::Span;
use crate::value::{Block, Entry, Key, Kind, Map, Part as TextPart, Value};

/// A block at the top of a file.
#[derive(Debug)]
pub struct Item<'d> {
    /// The file's name, without its folder.
    pub file: &'d str,
    pub kind: &'d str,
    pub labels: Vec<&'d Key>,
    /// What introduces the block: its last label, or its type.
    pub header: Span,
    pub body: Cow<'d, Map>,
}

impl Item<'_> {
    pub fn label(&self, index: usize) -> &str {
        self.labels.get(index).map_or("", |label| label.name.as_str())
    }
}

/// How many labels blocks of a type have.
fn labels_of(kind: &str) -> Option<usize> {
    match kind {
        "resource" | "data" => Some(2),
        "variable" | "provider" => Some(1),
        "locals" | "terraform" => Some(0),
        _ => None,
    }
}

/// The blocks of a file that matter. A file of variable definitions has none, only attributes.
pub fn items<'d>(part: &Part<'d>) -> Vec<Item<'d>> {
    let mut items = Vec::new();
    for entry in part.document.root.as_map().map_or(&[][..], |map| &map.entries) {
        let kind = entry.key.name.as_str();
        let Some(depth) = labels_of(kind) else { continue };
        match &entry.value.kind {
            Kind::Block(block) => items.push(of_block(part.name, &entry.key, block)),
            _ => of_json(part.name, &entry.key, &entry.value, depth, &mut Vec::new(), &mut items),
        }
    }
    items
}

fn of_block<'d>(file: &'d str, key: &'d Key, block: &'d Block) -> Item<'d> {
    let labels: Vec<&Key> = block.labels.iter().collect();
    let header = labels.last().map_or(key.span, |label| label.span);
    Item { file, kind: &key.name, labels, header, body: Cow::Borrowed(&block.body) }
}

/// The labels of a block are keys, one in the other; what lies in the last is one block, or a list of such.
fn of_json<'d>(
    file: &'d str,
    kind: &'d Key,
    value: &'d Value,
    depth: usize,
    labels: &mut Vec<&'d Key>,
    items: &mut Vec<Item<'d>>,
) {
    match &value.kind {
        Kind::List(list) => {
            for value in list {
                of_json(file, kind, value, depth, labels, items);
            }
        }
        Kind::Map(map) if labels.len() == depth => {
            let header = labels.last().map_or(kind.span, |label| label.span);
            let body = Cow::Owned(expressions_in(map));
            items.push(Item { file, kind: &kind.name, labels: labels.clone(), header, body });
        }
        Kind::Map(map) => {
            for entry in map.entries.iter().filter(|entry| entry.key.name != "//") {
                labels.push(&entry.key);
                of_json(file, kind, &entry.value, depth, labels, items);
                labels.pop();
            }
        }
        _ => {}
    }
}

/// A mapping of JSON with the templates in its strings read, and without comments.
pub fn expressions_in(map: &Map) -> Map {
    let entries = map.entries.iter().filter(|entry| entry.key.name != "//");
    let entry = |entry: &Entry| Entry { key: entry.key.clone(), value: expressions(&entry.value) };
    Map { entries: entries.map(entry).collect() }
}

fn expressions(value: &Value) -> Value {
    let kind = match &value.kind {
        Kind::Text(text) => match text.parts.as_slice() {
            [TextPart::Literal(literal)] => return hcl::template(literal),
            _ => return value.clone(),
        },
        Kind::Map(map) => Kind::Map(expressions_in(map)),
        Kind::List(items) => Kind::List(items.iter().map(expressions).collect()),
        other => other.clone(),
    };
    Value { kind, ..Value::new(value.span, Kind::Null) }
}
