//! What a change of a rule means at a place.

use super::found::{Found, Node, Place};
use super::rule::{Change, Fragment, Message, Pattern};
use super::tree::Tree;
use crate::forms::refer::Target;
use crate::spec::{Resource, SaidDependencies, Style, TypeEntry, pointer_step};
use crate::syntax::edit::Child;
use crate::syntax::insert::New;
use crate::text::{SourceId, Span};
use crate::value::{Entry, Kind, Value};

/// What a fix does to the text; nobody has looked at the text yet.
#[derive(Clone, Debug)]
pub enum Action {
    /// Writes a string where a scalar stands.
    Set {
        scalar: Span,
        text: String,
    },
    /// Writes another text where a part of one stands: this, where it is known.
    Write {
        part: Span,
        was: Option<String>,
        text: String,
    },
    /// Writes another text wherever a pattern matches in one: these, and where there is none what matched.
    Replace {
        text: Span,
        pattern: Pattern,
        with: Vec<Option<String>>,
    },
    /// Makes a value the argument of a function.
    Call {
        value: Span,
        function: String,
    },
    /// Writes a reference to a resource where something else stands.
    Refer {
        value: Span,
        to: Target,
    },
    /// Says of a resource that it waits for another one.
    Depend {
        /// The entry that says its type, or the last of its properties where these stand beside what it waits for.
        behind: Child,
        /// Where it says what it waits for already.
        said: Option<SaidDependencies>,
        on: String,
    },
    Rename {
        key: Span,
        name: String,
    },
    /// Children of one collection, at least one, in their order.
    Remove(Vec<Child>),
    /// Takes the name of a rule out of the comment that suppresses it.
    Strike {
        name: Span,
    },
    /// Adds an entry behind another one.
    Add {
        behind: Child,
        key: String,
        value: New,
    },
    /// Adds an entry before all others of a mapping, which may have none.
    Begin {
        mapping: Span,
        key: String,
        value: New,
    },
    /// Adds an item behind another one.
    Append {
        behind: Child,
        item: New,
    },
}

impl Action {
    /// The file that is changed.
    pub fn source(&self) -> Option<SourceId> {
        let span = match self {
            Self::Set { scalar: span, .. }
            | Self::Write { part: span, .. }
            | Self::Replace { text: span, .. }
            | Self::Call { value: span, .. }
            | Self::Refer { value: span, .. }
            | Self::Rename { key: span, .. }
            | Self::Strike { name: span }
            | Self::Depend { behind: Child { span, .. }, .. }
            | Self::Begin { mapping: span, .. }
            | Self::Add { behind: Child { span, .. }, .. }
            | Self::Append { behind: Child { span, .. }, .. } => span,
            Self::Remove(children) => &children.first()?.span,
        };
        Some(span.source)
    }
}

/// What a change does at a place; none if it cannot be told, or the place is not written where it counts.
pub fn action<'r>(
    change: &'r Change,
    found: &Found<'_>,
    fragment: impl Fn(&'r Fragment) -> Option<String>,
) -> Option<Action> {
    let fill = |message: &'r Message| message.0.iter().map(&fragment).collect::<Option<String>>();
    let place = &found.place;
    if place.used_at.is_some() || place.assumed {
        return None;
    }
    match change {
        Change::Set(text) => becomes(found, fill(text)?),
        Change::Mend(text) => {
            let (Node::Text(written), right) = (&found.node, fill(text)?) else { return None };
            is_slip(&written.literal()?, &right).then(|| becomes(found, right))?
        }
        Change::Replace { pattern, with } => {
            let word = |word: &'r Fragment| match word {
                Fragment::At => Some(None),
                other => fragment(other).map(Some),
            };
            let with = with.0.iter().map(word).collect::<Option<_>>()?;
            Some(Action::Replace { text: place.span, pattern: pattern.clone(), with })
        }
        Change::Trim => {
            let Node::Value(value) = &found.node else { return None };
            Some(Action::Set { scalar: place.span, text: value.as_str()?.trim().to_owned() })
        }
        Change::Call(function) => match &found.node {
            Node::Value(_) => Some(Action::Call { value: place.span, function: function.clone() }),
            _ => None,
        },
        // It speaks of a place of its own.
        Change::Refer(_) => None,
        Change::Depend(on) => {
            let resource = place.resource;
            let said = resource.dependencies.said;
            Some(Action::Depend { behind: beside_properties(resource)?, said, on: fill(on)? })
        }
        Change::Rename(name) => Some(Action::Rename { key: place.key?, name: fill(name)? }),
        Change::Remove | Change::RemoveEmpty(_) | Change::RemoveRepeated => removed(change, place),
        Change::Add { members, value } => {
            // Where the member itself is missed, it belongs into what is above it.
            let pointer = place.full_pointer();
            let above = pointer.strip_suffix(&format!("/{}", members.join("/")));
            added(Tree::around(place), above.unwrap_or(&pointer), members, fill(value)?)
        }
        Change::Tag { key, value } => tagged(place.resource, key, fill(value)?),
    }
}

fn becomes(found: &Found<'_>, text: String) -> Option<Action> {
    let place = &found.place;
    match &found.node {
        _ if !place.written => None,
        Node::Value(_) => Some(Action::Set { scalar: place.span, text }),
        Node::Text(was) => Some(Action::Write { part: place.span, was: was.literal(), text }),
        Node::Missing | Node::Unknown(_) => None,
    }
}

/// Whether two words are the same but for their case and one letter, or two that changed places.
fn is_slip(written: &str, right: &str) -> bool {
    written != right && strsim::damerau_levenshtein(&written.to_lowercase(), &right.to_lowercase()) <= 1
}

fn removed(change: &Change, place: &Place<'_>) -> Option<Action> {
    let pointer = place.full_pointer();
    let tree = Tree::around(place);
    let gone = match change {
        Change::RemoveEmpty(members) => {
            let map = tree.at(&pointer)?.as_map()?;
            let is_meant = |entry: &&Entry| members.contains(&entry.key.name) && says_nothing(&entry.value);
            let empty = map.entries.iter().filter(is_meant);
            empty.map(|entry| format!("{pointer}/{}", pointer_step(&entry.key.name))).collect()
        }
        Change::RemoveRepeated => vec![tree.repeated(&pointer)?],
        _ => vec![pointer],
    };
    let mut children: Vec<Child> =
        gone.iter().map(|pointer| tree.child(pointer, gone.len())).collect::<Option<_>>()?;
    children.sort_by_key(|child| child.span);
    (!children.is_empty()).then_some(Action::Remove(children))
}

/// Whether nothing is written in a value but names of members.
fn says_nothing(value: &Value) -> bool {
    match &value.kind {
        Kind::Null | Kind::Absent => true,
        Kind::Text(text) => text.known().is_some_and(|text| text.is_empty()),
        Kind::Map(map) => map.entries.iter().all(|entry| says_nothing(&entry.value)),
        Kind::List(items) => items.iter().all(says_nothing),
        _ => false,
    }
}

/// A new member of the mapping at a pointer: in the last of these names, each the only member of the one before.
pub fn added(tree: Tree<'_>, pointer: &str, members: &[String], value: String) -> Option<Action> {
    let spelling = tree.resource.origin.spelling;
    let (member, inner) = members.split_first()?;
    let holder = |value, name: &String| {
        let entries = vec![(spelling.of(name).into_owned(), value)];
        if spelling.style == Style::Blocks { New::Block(entries) } else { New::Map(entries) }
    };
    let value = inner.iter().rev().fold(New::Text(value), holder);
    add(tree, pointer, member, value)
}

fn add(tree: Tree<'_>, pointer: &str, member: &str, value: New) -> Option<Action> {
    const PROPERTIES: &str = "Properties";
    let (resource, mapping) = (tree.resource, tree.at(pointer)?);
    let entries = &mapping.as_map()?.entries;
    let is_scalar =
        |entry: &&Entry| !matches!(entry.value.kind, Kind::Map(_) | Kind::List(_) | Kind::Choice(_));
    let name = |member| resource.origin.spelling.of(member).into_owned();
    let key = name(member);
    match entries.iter().rev().find(is_scalar).or_else(|| entries.last()) {
        Some(last) => Some(Action::Add { behind: sibling(mapping, last), key, value }),
        // It has no properties, and these no place.
        None if mapping.span == resource.header => {
            let value = New::Map(vec![(key, value)]);
            Some(Action::Add { behind: behind_type(resource.type_entry?), key: name(PROPERTIES), value })
        }
        None => Some(Action::Begin { mapping: mapping.span, key, value }),
    }
}

/// What stands where a resource can say what it waits for.
fn beside_properties(resource: &Resource) -> Option<Child> {
    if let Some(entry) = resource.type_entry {
        return Some(behind_type(entry));
    }
    let properties = &resource.properties;
    let last = properties.as_map()?.entries.iter().max_by_key(|entry| entry.key.span)?;
    Some(sibling(properties, last))
}

fn behind_type(entry: TypeEntry) -> Child {
    Child { parent: entry.within, span: entry.span, is_item: false, has_siblings: true }
}

/// An entry of a mapping that something is put behind.
fn sibling(mapping: &Value, entry: &Entry) -> Child {
    let span = entry.key.span.to(entry.value.used_at.unwrap_or(entry.value.span));
    Child { parent: mapping.span, span, is_item: false, has_siblings: true }
}

/// A tag of a resource: its value, or one more tag behind the last, or the first.
fn tagged(resource: &Resource, key: &str, value: String) -> Option<Action> {
    const TAGS: &str = "Tags";
    let spelling = resource.origin.spelling;
    let words = |value| {
        let word = |member: &str, text| (spelling.of(member).into_owned(), New::Text(text));
        New::Map(vec![word("Key", key.to_owned()), word("Value", value)])
    };
    let tags = resource.properties.as_map()?.get(TAGS);
    // Those of a provider stand at the header of the resource.
    let Some(Entry { value: tags, .. }) = tags.filter(|tags| tags.key.span != resource.header) else {
        let one = match spelling.style {
            Style::Members => New::List(vec![words(value)]),
            Style::TagMap | Style::Blocks => New::Map(vec![(key.to_owned(), New::Text(value))]),
        };
        return add(Tree { resource, near: resource.header }, "", TAGS, one);
    };
    let items = tags.as_list().filter(|_| tags.used_at.is_none())?;
    let is_here = |item: &&Value| item.used_at.is_none() && tags.span.overlaps(item.span);
    if let Some(tag) = items.iter().find(|item| item.get("Key").and_then(Value::as_str) == Some(key)) {
        let old = tag.get("Value").filter(|old| is_here(&tag) && old.used_at.is_none())?;
        return Some(Action::Set { scalar: old.span, text: value });
    }
    let last = items.last().filter(is_here)?;
    if spelling.style == Style::Members {
        let behind = Child { parent: tags.span, span: last.span, is_item: true, has_siblings: true };
        return Some(Action::Append { behind, item: words(value) });
    }
    // The place of such a tag is that of its key.
    let end = last.get("Value").filter(|old| old.used_at.is_none())?.span;
    let behind = Child { parent: tags.span, span: last.span.to(end), is_item: false, has_siblings: true };
    Some(Action::Add { behind, key: key.to_owned(), value: New::Text(value) })
}
