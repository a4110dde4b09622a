//! Builds the tree of a YAML document from the bottom up.

use std::ops::Range;

use granit_parser::Tag;

use crate::syntax::anchors::{Anchors, Size};
use crate::syntax::document::{Document, DuplicateKey};
use crate::syntax::mapping::{find_duplicates, merge};
use crate::syntax::scalar::{CoreTag, Scalar, resolve};
use crate::text::{SourceId, Span};
use crate::value::unknown::Unknown;
use crate::value::{Entry, Key, Kind, Map, Tagged, Text, Value};

/// What stands before a node.
#[derive(Debug)]
pub struct Properties {
    /// The id of its anchor; 0 if it has none.
    anchor: usize,
    tag: NodeTag,
}

#[derive(Debug)]
enum NodeTag {
    None,
    Core(CoreTag),
    /// A tag of the file's own, which the tree keeps.
    Local(String, Span),
}

impl Properties {
    /// `tag` is the tag and where it is written.
    pub fn new(text: &str, id: SourceId, anchor: usize, tag: Option<(&Tag, Option<Range<usize>>)>) -> Self {
        let tag = match tag {
            None => NodeTag::None,
            Some((tag, range)) => match (tag.core_suffix(), range) {
                (Some(suffix), _) => NodeTag::Core(CoreTag::from_suffix(suffix)),
                // `!` alone and YAML's other tags (`!!binary`, `!!set`) say no more than: not a number.
                _ if tag.handle().is_empty() && tag.suffix() == "!" => NodeTag::Core(CoreTag::Str),
                _ if tag.suffix_in_namespace("tag:yaml.org,2002:").is_some() => NodeTag::Core(CoreTag::Str),
                (None, Some(range)) => {
                    let written = text.get(range.clone()).unwrap_or_default().to_owned();
                    NodeTag::Local(written, Span::new(id, range.start, range.end))
                }
                (None, None) => NodeTag::None,
            },
        };
        Self { anchor, tag }
    }

    fn tag_span(&self) -> Option<Span> {
        match &self.tag {
            NodeTag::Local(_, span) => Some(*span),
            _ => None,
        }
    }
}

/// A collection of which the end has not been read.
#[derive(Debug)]
pub enum Collection {
    List(Vec<Value>),
    Map {
        entries: Vec<Entry>,
        /// What merge keys bring in. It comes before all other entries, so that these win.
        merged: Vec<Entry>,
        key: Option<OpenKey>,
        /// Whether a key is itself a mapping, as in `{{ x }}`.
        has_map_key: bool,
    },
}

/// A key whose value has not been read.
#[derive(Debug)]
pub struct OpenKey {
    key: Key,
    merges: bool,
}

impl Collection {
    pub fn map() -> Self {
        Self::Map { entries: Vec::new(), merged: Vec::new(), key: None, has_map_key: false }
    }
}

#[derive(Debug)]
struct Frame {
    collection: Collection,
    properties: Properties,
    start: usize,
    /// Where what has been read of it ends.
    end: usize,
    size: Size,
}

#[derive(Debug)]
pub struct Builder<'a> {
    text: &'a str,
    id: SourceId,
    frames: Vec<Frame>,
    root: Option<Value>,
    duplicates: Vec<DuplicateKey>,
    anchors: Anchors,
    /// Where the last token ends that is known to be over.
    read: usize,
}

impl<'a> Builder<'a> {
    pub fn new(text: &'a str, id: SourceId) -> Self {
        Self {
            text,
            id,
            frames: Vec::new(),
            root: None,
            duplicates: Vec::new(),
            anchors: Anchors::default(),
            read: 0,
        }
    }

    /// `marker_end` is the end of its `---`.
    pub fn start_document(&mut self, marker_end: Option<usize>) {
        self.anchors.next_document();
        self.frames.clear();
        self.root = None;
        self.duplicates.clear();
        self.read = marker_end.unwrap_or(self.read);
    }

    /// The document that has ended; none if nothing is written in it.
    pub fn end_document(&mut self) -> Option<Document> {
        let root = self.root.take()?;
        let mut duplicates = std::mem::take(&mut self.duplicates);
        duplicates.sort_by_key(|key| key.span);
        Some(Document { root, duplicates })
    }

    pub fn scalar(&mut self, mut scalar: Scalar<'_>, properties: Properties) {
        let untagged = matches!(properties.tag, NodeTag::None);
        if scalar.is_missing() {
            if untagged && properties.anchor == 0 {
                if self.frames.is_empty() {
                    return;
                }
                let at = self.missing_value(scalar.range.start);
                scalar.range = at..at;
            }
            scalar.text = "".into();
        }
        let plain = scalar.style == granit_parser::ScalarStyle::Plain;
        let missing = scalar.is_missing();
        let from = properties.tag_span().map_or(self.read, |tag| self.read.max(tag.range().end));
        self.read = self.read.max(scalar.range.end);
        let (range, literal) = scalar.place(self.text, self.id, from);

        if self.expects_key() && properties.anchor == 0 {
            let merges = plain && untagged && literal.text == "<<";
            return self.key(Key { name: literal.text, span: literal.span }, merges, range.end);
        }
        let kind = match properties.tag {
            NodeTag::None if plain => resolve(&literal.text),
            NodeTag::Local(..) if missing => Some(Kind::Null),
            NodeTag::Core(tag) => tag.resolve(&literal.text),
            NodeTag::None | NodeTag::Local(..) => None,
        };
        let size = Size::of_scalar(literal.text.len());
        let kind = kind.unwrap_or_else(|| Kind::Text(Text::literal(literal)));
        self.complete(kind, range, properties, size);
    }

    /// `range` is that of the first token.
    pub fn open(&mut self, collection: Collection, range: Range<usize>, properties: Properties) {
        let mut start = range.start;
        if matches!(collection, Collection::List(_)) && range.is_empty() && self.in_map() {
            // A list at the indent of its key begins, by the parser, behind its first dash.
            let before = self.text.get(self.read..start).unwrap_or_default();
            if let Some(before) = before.trim_end_matches([' ', '\t']).strip_suffix('-') {
                start = self.read + before.len();
            }
        }
        self.read = self.read.max(range.end);
        self.frames.push(Frame { collection, properties, start, end: range.end, size: Size::LEAF });
    }

    /// `range` is that of the closing bracket; empty where there is none.
    pub fn close(&mut self, range: Range<usize>) {
        let Some(frame) = self.frames.pop() else { return };
        let end = if range.is_empty() { frame.end } else { range.end };
        if !range.is_empty() {
            self.read = self.read.max(end);
        }
        let kind = match frame.collection {
            Collection::List(items) => Kind::List(items),
            // To YAML, a tag of a text template is a mapping with a mapping for its only key.
            Collection::Map { entries, has_map_key: true, .. } if is_lone_key(&entries) => {
                let written = self.text.get(frame.start..end).unwrap_or_default();
                Kind::Unknown(Unknown {
                    reason: format!("the template tag {written}").into(),
                    identity: None,
                })
            }
            Collection::Map { entries, mut merged, .. } => {
                find_duplicates(entries.iter().map(|entry| &entry.key), &mut self.duplicates);
                merged.extend(entries);
                Kind::Map(Map { entries: merged })
            }
        };
        self.complete(kind, frame.start..end.max(frame.start), frame.properties, frame.size);
    }

    /// `anchor` is none if nothing before the alias has that anchor.
    pub fn alias(&mut self, anchor: Option<usize>, range: Range<usize>) {
        self.read = self.read.max(range.end);
        let span = Span::new(self.id, range.start, range.end);
        let copy = anchor.and_then(|anchor| self.anchors.copy(anchor, self.frames.len()));
        let (mut value, size) = copy.unwrap_or_else(|| {
            let name = self.text.get(range.clone()).unwrap_or_default();
            let inside = |anchor| self.frames.iter().any(|frame| frame.properties.anchor == anchor);
            let reason = match anchor {
                None => format!("the alias {name} has no anchor"),
                Some(anchor) if inside(anchor) => format!("the alias {name} stands inside its own anchor"),
                Some(_) => format!("the alias {name} expands to too much"),
            };
            (Value::unknown(span, reason), Size::LEAF)
        });
        value.used_at = Some(span);
        self.add(value, size, range);
    }

    /// A node of which everything is read.
    fn complete(&mut self, kind: Kind, range: Range<usize>, properties: Properties, mut size: Size) {
        let mut value = Value::new(Span::new(self.id, range.start, range.end), kind);
        let mut range = range;
        if let NodeTag::Local(tag, tag_span) = properties.tag {
            let span = tag_span.to(value.span);
            range = span.range();
            value = Value::new(span, Kind::Tagged(Box::new(Tagged { tag, tag_span, value })));
            let mut tagged = Size::LEAF;
            tagged.add(size);
            size = tagged;
        }
        if properties.anchor != 0 {
            self.anchors.define(properties.anchor, &value, size);
        }
        self.add(value, size, range);
    }

    /// Puts a node where it belongs. `range` is where it stands, even if it was written elsewhere.
    fn add(&mut self, value: Value, size: Size, range: Range<usize>) {
        if self.expects_key() {
            let span = Span::new(self.id, range.start, range.end);
            if let (Kind::Map(_), Some(Frame { collection: Collection::Map { has_map_key, .. }, .. })) =
                (&value.kind, self.frames.last_mut())
            {
                *has_map_key = true;
            }
            let name = match (value.kind, value.used_at) {
                (Kind::Text(text), _) => text.as_str().unwrap_or_default().to_owned(),
                (Kind::Number(number), _) => number,
                // Anything else is named by what is written.
                _ => self.text.get(range.clone()).unwrap_or_default().trim_end().to_owned(),
            };
            return self.key(Key { name, span }, false, range.end);
        }
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(value);
            return;
        };
        frame.end = frame.end.max(range.end);
        frame.size.add(size);
        match &mut frame.collection {
            Collection::List(items) => items.push(value),
            Collection::Map { entries, merged, key, .. } => {
                let Some(OpenKey { key, merges }) = key.take() else { return };
                match if merges { merge(value) } else { Err(value) } {
                    Ok(more) => merged.extend(more),
                    Err(value) => entries.push(Entry { key, value }),
                }
            }
        }
    }

    fn key(&mut self, name: Key, merges: bool, end: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.end = frame.end.max(end);
            frame.size.bytes += name.name.len();
            if let Collection::Map { key, .. } = &mut frame.collection {
                *key = Some(OpenKey { key: name, merges });
            }
        }
    }

    fn in_map(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { collection: Collection::Map { .. }, .. }))
    }

    fn expects_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { collection: Collection::Map { key: None, .. }, .. }))
    }

    /// Where a node would stand that is not written: behind the colon of its key, if that has one. The parser
    /// has `at`, which is before the colon or behind everything up to the next token.
    fn missing_value(&self, at: usize) -> usize {
        let Some(frame) = self.frames.last() else { return at };
        if !matches!(frame.collection, Collection::Map { key: Some(_), .. }) {
            return at;
        }
        let behind = self.text.get(frame.end..).unwrap_or_default();
        let blanks = behind.len() - behind.trim_start().len();
        if behind.get(blanks..).is_some_and(|behind| behind.starts_with(':')) {
            return frame.end + blanks + 1;
        }
        let skipped = self.text.get(frame.end..at).unwrap_or_default().trim_end();
        if skipped.ends_with(':') { frame.end + skipped.len() } else { frame.end }
    }
}

fn is_lone_key(entries: &[Entry]) -> bool {
    matches!(entries, [entry] if matches!(entry.value.kind, Kind::Null))
}
