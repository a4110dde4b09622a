//! The tree that everything is checked on: JSON kinds, text with holes, unknowns and alternatives,
//! each with the place it was written at.
//!
//! The tree knows neither the syntax nor the form it came from. What cannot be known from the files
//! is [`Kind::Unknown`] or a hole in a [`Text`], and decides nothing.

use std::sync::Arc;

use crate::guard::Guard;
use crate::text::Span;

/// A node and where it was written.
#[derive(Clone, Debug)]
pub struct Value {
    pub span: Span,
    pub kind: Kind,
    /// Where the node is used, if it was written elsewhere (a default of a parameter, an anchor).
    pub used_at: Option<Span>,
}

#[derive(Clone, Debug)]
pub enum Kind {
    Null,
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    Text(Text),
    List(Vec<Value>),
    Map(Map),
    /// The node is taken out of its parent (`AWS::NoValue`).
    Absent,
    Unknown(Unknown),
    Choice(Choice),
    /// A node under a YAML tag that no form has interpreted yet.
    Tagged(Box<Tagged>),
}

impl Value {
    #[must_use]
    pub fn new(span: Span, kind: Kind) -> Self {
        Self { span, kind, used_at: None }
    }

    /// A node that cannot be known, and why.
    #[must_use]
    pub fn unknown(span: Span, reason: impl Into<Arc<str>>) -> Self {
        Self::new(span, Kind::Unknown(Unknown::new(reason)))
    }

    /// Gives a node that cannot be known the identity of what it comes from, if it has none.
    #[must_use]
    pub fn identified_by(mut self, identity: impl FnOnce() -> String) -> Self {
        if let Kind::Unknown(Unknown { identity: none @ None, .. }) = &mut self.kind {
            *none = Some(identity().into());
        }
        self
    }

    /// The entries, if this is a mapping.
    #[must_use]
    pub fn as_map(&self) -> Option<&Map> {
        match &self.kind {
            Kind::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items, if this is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if this is a string without holes.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => text.as_str(),
            _ => None,
        }
    }

    /// The member of a mapping; where a key is written twice, the last one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_map()?.get(name).map(|entry| &entry.value)
    }

    /// Where the node begins to speak: what introduces it if it has no key.
    #[must_use]
    pub fn first_word(&self) -> Span {
        match &self.kind {
            Kind::Map(map) => map.entries.first().map_or(self.span, |entry| entry.key.span),
            Kind::List(items) => items.first().map_or(self.span, Self::first_word),
            _ => self.span,
        }
    }

    /// What kind of node this is, in the words of JSON.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a string",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a mapping",
            Kind::Absent => "nothing",
            Kind::Unknown(_) | Kind::Choice(_) | Kind::Tagged(_) => "an expression",
        }
    }
}

/// A mapping, in the order it is written. A key may stand more than once.
#[derive(Clone, Debug, Default)]
pub struct Map {
    pub entries: Vec<Entry>,
}

impl Map {
    /// The last entry under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.key.name == name)
    }
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Key,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub struct Key {
    /// The name; in a form's output the canonical one (`LogLevel`).
    pub name: String,
    /// The key as it is written, without its quotes.
    pub span: Span,
}

/// A string: literal parts and holes, in order. An empty string has no part or an empty literal.
#[derive(Clone, Debug)]
pub struct Text {
    pub parts: Vec<Part>,
    /// Set where the whole string is one reference to a resource (`!GetAtt LogGroup.Arn`).
    pub reference: Option<Reference>,
}

impl Hole {
    /// Whether a character can be in what fills the hole.
    #[must_use]
    pub fn may_hold(&self, c: char) -> bool {
        match &self.holds {
            Holds::Account => c.is_ascii_digit(),
            Holds::Partition | Holds::Region => Characters::LowerAlphanumericDash.contain(c),
            Holds::Of(characters) => characters.contain(c),
            Holds::Name(reference) => match reference.kind {
                ResourceKind::LogGroup => Characters::Path.contain(c) || c == '#',
                ResourceKind::Bucket => Characters::LowerAlphanumericDash.contain(c) || c == '.',
                ResourceKind::Stream => Characters::Name.contain(c),
                ResourceKind::UserPool | ResourceKind::LogDeliveryConfiguration => {
                    Characters::Name.contain(c) && c != '.'
                }
                ResourceKind::Other => true,
            },
            Holds::Value(_) | Holds::Anything(_) => true,
        }
    }
}

impl Text {
    /// A string without holes.
    #[must_use]
    pub fn literal(literal: Literal) -> Self {
        Self { parts: vec![Part::Literal(literal)], reference: None }
    }

    /// The whole string, if it is one literal.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Literal(literal)] => Some(&literal.text),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub enum Part {
    Literal(Literal),
    Hole(Hole),
}

/// Literal text, as it is read, and where each byte of it was written.
#[derive(Clone, Debug)]
pub struct Literal {
    pub text: String,
    /// The text in the source, without its quotes.
    pub span: Span,
    /// How the text lies in the source, if not byte for byte.
    pub layout: Layout,
}

/// How literal text lies in the source.
#[derive(Clone, Debug)]
pub enum Layout {
    /// Byte for byte.
    Plain,
    /// In runs that are equal byte for byte, sorted, with something else (an escape, an indent) between them.
    Runs(Arc<[Run]>),
    /// Not byte for byte: parts of the text cannot be told apart in the source.
    Opaque,
}

/// `len` bytes that are the same at `text` in the text read and at `source` from the start of the literal's span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub text: u32,
    pub source: u32,
    pub len: u32,
}

impl Literal {
    #[must_use]
    pub fn plain(text: impl Into<String>, span: Span) -> Self {
        Self { text: text.into(), span, layout: Layout::Plain }
    }

    /// Literal text of which only the whole can be placed.
    #[must_use]
    pub fn opaque(text: impl Into<String>, span: Span) -> Self {
        Self { text: text.into(), span, layout: Layout::Opaque }
    }

    /// Where the bytes `start..end` of the text are written; the whole literal where that cannot be told.
    #[must_use]
    pub fn part(&self, start: usize, end: usize) -> Span {
        match &self.layout {
            Layout::Plain => self.span.part(start, end),
            Layout::Runs(runs) => {
                let place = |at: usize, is_end: bool| place_in_runs(runs, at, is_end);
                match (place(start, start == end), place(end, true)) {
                    (Some(from), Some(to)) if from <= to => self.span.part(from, to),
                    _ => self.span,
                }
            }
            Layout::Opaque => self.span,
        }
    }

    /// The bytes `start..end` of this literal as a literal of their own.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> Self {
        let text = self.text.get(start..end).unwrap_or_default().to_owned();
        let span = self.part(start, end);
        // A slice that is as long in the source as in the text lies in one run.
        let layout = match &self.layout {
            Layout::Plain => Layout::Plain,
            Layout::Runs(runs) if span.len() == text.len() && in_one_run(runs, start, end) => Layout::Plain,
            Layout::Runs(_) | Layout::Opaque => Layout::Opaque,
        };
        Self { text, span, layout }
    }
}

/// The offset in the source of an offset in the text. An end may touch the end of a run, a start may not
/// (unless nothing follows).
fn place_in_runs(runs: &[Run], at: usize, is_end: bool) -> Option<usize> {
    let found = runs.iter().find(|run| {
        let (start, end) = (run.text as usize, (run.text + run.len) as usize);
        if is_end { start < at && at <= end } else { start <= at && at < end }
    });
    match found {
        Some(run) => Some(run.source as usize + (at - run.text as usize)),
        None if at == 0 => Some(0),
        None => None,
    }
}

fn in_one_run(runs: &[Run], start: usize, end: usize) -> bool {
    runs.iter().any(|run| run.text as usize <= start && end <= (run.text + run.len) as usize)
}

/// A part of a string that only the deployment fills in.
#[derive(Clone, Debug)]
pub struct Hole {
    pub span: Span,
    pub holds: Holds,
}

/// What can stand in a hole.
#[derive(Clone, Debug)]
pub enum Holds {
    /// The partition that is deployed to: `aws`, `aws-cn` …
    Partition,
    /// The region that is deployed to.
    Region,
    /// The account that is deployed to: 12 digits.
    Account,
    /// The name or id of a resource.
    Name(Reference),
    /// Something of these characters: the id of a resource that is of no other interest.
    Of(Characters),
    /// The value of another node, which may have alternatives.
    Value(Box<Value>),
    /// Anything, and why that is not known.
    Anything(Unknown),
}

/// The characters that may stand in a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Characters {
    /// `a-z 0-9`
    LowerAlphanumeric,
    /// `a-z 0-9 -`
    LowerAlphanumericDash,
    /// `A-Z a-z 0-9 . _ -`
    Name,
    /// `A-Z a-z 0-9 . _ - /`
    Path,
}

impl Characters {
    #[must_use]
    pub fn contain(self, c: char) -> bool {
        match self {
            Self::LowerAlphanumeric => c.is_ascii_lowercase() || c.is_ascii_digit(),
            Self::LowerAlphanumericDash => Self::LowerAlphanumeric.contain(c) || c == '-',
            Self::Name => c.is_ascii_alphanumeric() || "._-".contains(c),
            Self::Path => Self::Name.contain(c) || c == '/',
        }
    }
}

/// A resource of the same unit that a value names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    pub kind: ResourceKind,
    /// The name the resource has in its unit (a logical id).
    pub resource: Arc<str>,
}

/// The kinds of resource that matter to a log delivery configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ResourceKind {
    LogDeliveryConfiguration,
    UserPool,
    LogGroup,
    Bucket,
    Stream,
    /// Anything else.
    Other,
}

/// Why a value is not known: the fact that would decide it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// A noun phrase: "parameter Level", "the import Network-Arn".
    pub reason: Arc<str>,
    /// Two values of one identity are the same in every deployment of their unit, whatever they are.
    pub identity: Option<Arc<str>>,
}

impl Unknown {
    #[must_use]
    pub fn new(reason: impl Into<Arc<str>>) -> Self {
        Self { reason: reason.into(), identity: None }
    }
}

/// Alternatives of which the first one whose guard holds is taken. Where none holds, the value is unknown.
#[derive(Clone, Debug)]
pub struct Choice {
    pub alternatives: Vec<Alternative>,
}

#[derive(Clone, Debug)]
pub struct Alternative {
    pub guard: Guard,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub struct Tagged {
    /// The tag as it is written, with its exclamation mark: `!Sub`.
    pub tag: String,
    pub tag_span: Span,
    pub value: Value,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    fn span(start: usize, end: usize) -> Span {
        Span::new(SourceId(0), start, end)
    }

    #[test]
    fn a_part_of_a_literal_is_placed_through_its_runs() {
        // source: ab\tcd   text: ab<TAB>cd
        let runs = [Run { text: 0, source: 0, len: 2 }, Run { text: 3, source: 4, len: 2 }];
        let literal =
            Literal { text: "ab\tcd".to_owned(), span: span(10, 16), layout: Layout::Runs(runs.into()) };
        assert_eq!(literal.part(3, 5), span(14, 16));
        assert_eq!(literal.part(0, 5), span(10, 16));
        assert_eq!(literal.part(2, 3), span(10, 16), "an escape has no place of its own");
        assert_eq!(literal.slice(3, 5).part(1, 2), span(15, 16));
    }

    #[test]
    fn of_a_key_written_twice_the_last_one_counts() {
        let entry = |n: usize| Entry {
            key: Key { name: "k".to_owned(), span: span(n, n + 1) },
            value: Value::new(span(n, n + 1), Kind::Number(n.to_string())),
        };
        let map = Map { entries: vec![entry(1), entry(5)] };
        assert_eq!(map.get("k").map(|entry| entry.key.span), Some(span(5, 6)));
    }
}
