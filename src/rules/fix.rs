//! How findings are taken away: what a rule says of it, and what that means at a place.

use super::found::{Found, Node, Place};
use super::reader::Reader;
use super::rule::{Change, Fix, Message, Pattern};
use crate::diagnostic::Safety;
use crate::forms;
use crate::spec::{Resource, pointer_name};
use crate::syntax::edit::Child;
use crate::text::{SourceId, Span};
use crate::value::{Entry, Kind, Value};

/// The words of a fix that say what it does.
const CHANGES: [&str; 8] = ["set", "replace", "trim", "call", "depend", "rename", "remove", "add"];
/// All words of a fix.
const WORDS: [&str; 12] = [
    "forms", "safety", "title", "set", "replace", "with", "trim", "call", "depend", "rename", "remove", "add",
];

impl Reader {
    /// One fix, or a list of fixes.
    pub fn fixes(&mut self, value: &Value) -> Vec<Fix> {
        match value.as_list() {
            Some(items) => items.iter().filter_map(|item| self.fix(item)).collect(),
            None => self.fix(value).into_iter().collect(),
        }
    }

    fn fix(&mut self, value: &Value) -> Option<Fix> {
        self.members(value, &WORDS)?;
        let forms = value.get("forms").map_or_else(Vec::new, |forms| self.words(forms, forms::NAMES));
        let safety = match value.get("safety") {
            Some(safety) => self.one_of(safety, &Safety::ALL.map(|safety| (safety.as_str(), safety)))?,
            None => return self.wrong(value.first_word(), "`safety` is missing: safe or unsafe"),
        };
        let title = match value.get("title") {
            Some(title) => Some(self.message(title)?),
            None => None,
        };
        Some(Fix { forms, safety, title, change: self.change(value)? })
    }

    fn change(&mut self, value: &Value) -> Option<Change> {
        let said: Vec<&Entry> = value.as_map()?.entries.iter().collect();
        let said: Vec<&Entry> =
            said.into_iter().filter(|entry| CHANGES.contains(&entry.key.name.as_str())).collect();
        let [Entry { key, value: what }] = said.as_slice() else {
            let known = CHANGES.join("`, `");
            return self.wrong(value.first_word(), format!("one of `{known}` is due here"));
        };
        let with = value.get("with");
        if let Some(with) = with.filter(|_| key.name != "replace") {
            return self.wrong(with.span, "`with` goes with `replace`");
        }
        match key.name.as_str() {
            "set" => Some(Change::Set(self.message(what)?)),
            "trim" => self.truth(what)?.then_some(Change::Trim),
            "call" => Some(Change::Call(self.text(value, "call", Some(what))?)),
            "depend" => Some(Change::Depend(self.message(what)?)),
            "rename" => Some(Change::Rename(self.message(what)?)),
            "remove" => self.truth(what)?.then_some(Change::Remove),
            "add" => match what.as_map().map(|map| map.entries.as_slice()) {
                Some([entry]) => {
                    Some(Change::Add { member: entry.key.name.clone(), value: self.message(&entry.value)? })
                }
                _ => self.wrong(what.span, "a mapping of one member is due here"),
            },
            _ => {
                let Some(with) = with else { return self.wrong(key.span, "`with` is missing") };
                let source = self.text(value, "replace", Some(what))?;
                let pattern = self.pattern(&source, what.span)?;
                Some(Change::Replace { pattern, with: self.message(with)? })
            }
        }
    }
}

/// What a fix does to the text; nobody has looked at the text yet.
#[derive(Clone, Debug)]
pub enum Action {
    /// Writes a string where a scalar stands.
    Set {
        scalar: Span,
        text: String,
    },
    /// Writes another text where a part of one stands.
    Write {
        part: Span,
        text: String,
    },
    /// Writes another text wherever a pattern matches in one.
    Replace {
        text: Span,
        pattern: Pattern,
        with: String,
    },
    /// Makes a value the argument of a function.
    Call {
        value: Span,
        function: String,
    },
    /// Says above the properties of a resource that it waits for another one.
    Depend {
        properties: Span,
        on: String,
    },
    Rename {
        key: Span,
        name: String,
    },
    Remove(Child),
    /// Takes the name of a rule out of the comment that suppresses it.
    Strike {
        name: Span,
    },
    /// Adds an entry behind another one.
    Add {
        behind: Child,
        key: String,
        value: String,
    },
}

impl Action {
    /// The file that is changed.
    pub fn source(&self) -> SourceId {
        match self {
            Self::Set { scalar: span, .. }
            | Self::Write { part: span, .. }
            | Self::Replace { text: span, .. }
            | Self::Call { value: span, .. }
            | Self::Depend { properties: span, .. }
            | Self::Rename { key: span, .. }
            | Self::Strike { name: span }
            | Self::Remove(Child { span, .. })
            | Self::Add { behind: Child { span, .. }, .. } => span.source,
        }
    }
}

/// What a change does at a place; none if it cannot be told, or the place is not written where it counts.
pub fn action<'r>(
    change: &'r Change,
    found: &Found<'_>,
    fill: impl Fn(&'r Message) -> Option<String>,
) -> Option<Action> {
    let place = &found.place;
    if place.used_at.is_some() || place.assumed {
        return None;
    }
    match change {
        Change::Set(text) => {
            let text = fill(text)?;
            match &found.node {
                _ if !place.written => None,
                Node::Value(_) => Some(Action::Set { scalar: place.span, text }),
                Node::Text(_) => Some(Action::Write { part: place.span, text }),
                Node::Missing | Node::Unknown(_) => None,
            }
        }
        Change::Replace { pattern, with } => {
            Some(Action::Replace { text: place.span, pattern: pattern.clone(), with: fill(with)? })
        }
        Change::Trim => match &found.node {
            Node::Value(value) => {
                Some(Action::Set { scalar: place.span, text: value.as_str()?.trim().to_owned() })
            }
            _ => None,
        },
        Change::Call(function) => match &found.node {
            Node::Value(_) => Some(Action::Call { value: place.span, function: function.clone() }),
            _ => None,
        },
        Change::Depend(on) => {
            Some(Action::Depend { properties: place.resource.properties.span, on: fill(on)? })
        }
        Change::Rename(name) => Some(Action::Rename { key: place.key?, name: fill(name)? }),
        Change::Remove => Some(Action::Remove(child(place.resource, &full_pointer(place))?)),
        Change::Add { member, value } => {
            // Where the member itself is missed, it belongs into what is above it.
            let pointer = full_pointer(place);
            let above = pointer.strip_suffix(member.as_str()).and_then(|above| above.strip_suffix('/'));
            added(place.resource, above.unwrap_or(&pointer), member, fill(value)?)
        }
    }
}

fn full_pointer(place: &Place<'_>) -> String {
    place.full_pointer()
}

/// A new member of the mapping at a pointer.
pub fn added(resource: &Resource, pointer: &str, member: &str, value: String) -> Option<Action> {
    let mapping = at(resource, pointer)?;
    let entries = &mapping.as_map()?.entries;
    let is_scalar =
        |entry: &&Entry| !matches!(entry.value.kind, Kind::Map(_) | Kind::List(_) | Kind::Choice(_));
    let sibling = entries.iter().rev().find(is_scalar).or_else(|| entries.last())?;
    let behind = Child {
        parent: mapping.span,
        span: sibling.key.span.to(sibling.value.used_at.unwrap_or(sibling.value.span)),
        is_item: false,
        has_siblings: entries.len() > 1,
    };
    Some(Action::Add { behind, key: resource.origin.spelling.of(member).into_owned(), value })
}

/// The node at a pointer, and the collection that it is in.
fn child(resource: &Resource, pointer: &str) -> Option<Child> {
    let (parent, step) = pointer.rsplit_once('/')?;
    let parent = at(resource, parent)?;
    match &parent.kind {
        Kind::Map(map) => {
            let entry = map.get(&pointer_name(step))?;
            let span = entry.key.span.to(entry.value.used_at.unwrap_or(entry.value.span));
            Some(Child { parent: parent.span, span, is_item: false, has_siblings: map.entries.len() > 1 })
        }
        Kind::List(items) => {
            let item = items.get(step.parse::<usize>().ok()?)?;
            let span = item.used_at.unwrap_or(item.span);
            Some(Child { parent: parent.span, span, is_item: true, has_siblings: items.len() > 1 })
        }
        _ => None,
    }
}

/// The node at a pointer, if it is written where it counts.
fn at<'r>(resource: &'r Resource, pointer: &str) -> Option<&'r Value> {
    let step = |value: &'r Value, step: &str| {
        let value = match &value.kind {
            Kind::Map(map) => &map.get(&pointer_name(step))?.value,
            Kind::List(items) => items.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
        value.used_at.is_none().then_some(value)
    };
    pointer.split('/').skip(1).try_fold(&resource.properties, step)
}
