//! How findings are taken away: what a rule says of it, and what that means at a place.

use super::found::{Found, Node, Place};
use super::reader::Reader;
use super::rule::{Change, Fix, Fragment, Message, Pattern};
use super::same::surely_same;
use crate::diagnostic::Safety;
use crate::forms;
use crate::spec::{Resource, pointer_name, pointer_step};
use crate::syntax::edit::Child;
use crate::text::{SourceId, Span};
use crate::value::{Entry, Kind, Value};

/// The words of a fix that say what it does.
const CHANGES: [&str; 9] = ["set", "mend", "replace", "trim", "call", "depend", "rename", "remove", "add"];
/// All words of a fix.
const WORDS: [&str; 13] = [
    "forms", "safety", "title", "set", "mend", "replace", "with", "trim", "call", "depend", "rename",
    "remove", "add",
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
            "mend" => Some(Change::Mend(self.message(what)?)),
            "remove" => self.removal(what),
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

impl Reader {
    fn removal(&mut self, what: &Value) -> Option<Change> {
        match (&what.kind, what.as_str()) {
            (Kind::List(items), _) if !items.is_empty() => {
                let members: Option<Vec<String>> =
                    items.iter().map(|item| self.text(what, "remove", Some(item))).collect();
                Some(Change::RemoveEmpty(members?))
            }
            (_, Some("repeated")) => Some(Change::RemoveRepeated),
            (Kind::Bool(true), _) => Some(Change::Remove),
            _ => self.wrong(what.span, "true, a list of members or `repeated` is due here"),
        }
    }
}

/// Items before one that it is compared with: no list that AWS takes has as many.
const MAX_COMPARED: usize = 8;

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
    /// Says above the properties of a resource that it waits for another one.
    Depend {
        properties: Span,
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
        value: String,
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
            | Self::Depend { properties: span, .. }
            | Self::Rename { key: span, .. }
            | Self::Strike { name: span }
            | Self::Add { behind: Child { span, .. }, .. } => span,
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
        Change::Depend(on) => {
            Some(Action::Depend { properties: place.resource.properties.span, on: fill(on)? })
        }
        Change::Rename(name) => Some(Action::Rename { key: place.key?, name: fill(name)? }),
        Change::Remove | Change::RemoveEmpty(_) | Change::RemoveRepeated => removed(change, place),
        Change::Add { member, value } => {
            // Where the member itself is missed, it belongs into what is above it.
            let pointer = place.full_pointer();
            let above = pointer.strip_suffix(member.as_str()).and_then(|above| above.strip_suffix('/'));
            added(place.resource, above.unwrap_or(&pointer), member, fill(value)?)
        }
    }
}

fn becomes(found: &Found<'_>, text: String) -> Option<Action> {
    let place = &found.place;
    match &found.node {
        _ if !place.written => None,
        Node::Value(_) => Some(Action::Set { scalar: place.span, text }),
        Node::Text(_) => Some(Action::Write { part: place.span, text }),
        Node::Missing | Node::Unknown(_) => None,
    }
}

/// Whether two words are the same but for their case and one letter, or two that changed places.
fn is_slip(written: &str, right: &str) -> bool {
    written != right && strsim::damerau_levenshtein(&written.to_lowercase(), &right.to_lowercase()) <= 1
}

fn removed(change: &Change, place: &Place<'_>) -> Option<Action> {
    let pointer = place.full_pointer();
    let resource = place.resource;
    let gone = match change {
        Change::RemoveEmpty(members) => {
            let map = at(resource, &pointer)?.as_map()?;
            let is_meant = |entry: &&Entry| members.contains(&entry.key.name) && says_nothing(&entry.value);
            let empty = map.entries.iter().filter(is_meant);
            empty.map(|entry| format!("{pointer}/{}", pointer_step(&entry.key.name))).collect()
        }
        Change::RemoveRepeated => vec![repeated(resource, &pointer)?],
        _ => vec![pointer],
    };
    let mut children: Vec<Child> =
        gone.iter().map(|pointer| child(resource, pointer, gone.len())).collect::<Option<_>>()?;
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

/// The innermost item of a list that a place lies in, if an item before it says the same.
fn repeated(resource: &Resource, pointer: &str) -> Option<String> {
    let mut pointer = pointer;
    loop {
        let (above, step) = pointer.rsplit_once('/')?;
        if let Some(items) = at(resource, above).and_then(Value::as_list) {
            let index = step.parse::<usize>().ok()?;
            let (item, before) = (items.get(index)?, items.get(..index)?);
            return before
                .iter()
                .take(MAX_COMPARED)
                .any(|other| surely_same(other, item))
                .then(|| pointer.to_owned());
        }
        pointer = above;
    }
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

/// The node at a pointer, in the collection that it is in, of which so many are meant.
fn child(resource: &Resource, pointer: &str, meant: usize) -> Option<Child> {
    let (parent, step) = pointer.rsplit_once('/')?;
    let parent = at(resource, parent)?;
    match &parent.kind {
        Kind::Map(map) => {
            let entry = map.get(&pointer_name(step))?;
            let span = entry.key.span.to(entry.value.used_at.unwrap_or(entry.value.span));
            Some(Child { parent: parent.span, span, is_item: false, has_siblings: map.entries.len() > meant })
        }
        Kind::List(items) => {
            let item = items.get(step.parse::<usize>().ok()?)?;
            let span = item.used_at.unwrap_or(item.span);
            Some(Child { parent: parent.span, span, is_item: true, has_siblings: items.len() > meant })
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
