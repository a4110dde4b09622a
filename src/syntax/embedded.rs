//! JSON in a string, which may have holes: a policy that Terraform or CloudFormation hands over as text.

use std::ops::Range;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::syntax::json::OPTIONS;
use crate::syntax::layout::{Notation, of_flow_scalar};
use crate::text::Span;
use crate::value::literal::{Layout, Literal};
use crate::value::{Entry, Hole, Key, Kind, Map, Part, Text, Value};

/// Longer texts are not looked into, in bytes. AWS's policies are shorter by far.
const MAX_LEN: usize = 128 * 1024;

const STRICT: ParseOptions = ParseOptions { allow_comments: false, allow_trailing_commas: false, ..OPTIONS };

/// Reads the JSON that a text holds. Holes of the text may stand in the strings of the JSON and become holes there;
/// an object with a hole in a key is unknown.
///
/// None if the text is no JSON, or may be none: where a hole stands outside of a string.
#[must_use]
pub fn embedded_json(text: &Text) -> Option<Value> {
    let mark = mark(text)?;
    let mut whole = String::new();
    let mut pieces = Vec::new();
    for part in &text.parts {
        pieces.push((whole.len(), part));
        match part {
            Part::Literal(literal) => whole.push_str(&literal.text),
            Part::Hole(_) => whole.push(mark),
        }
    }
    if whole.len() > MAX_LEN {
        return None;
    }
    let root = parse_to_ast(&whole, &CollectOptions::default(), &STRICT).ok()?.value?;
    Embedded { whole: &whole, pieces: &pieces, mark }.value(root)
}

/// A character that stands for holes: neither written nor escaped in the text.
fn mark(text: &Text) -> Option<char> {
    let literals = || {
        text.parts.iter().filter_map(|part| match part {
            Part::Literal(literal) => Some(literal.text.as_str()),
            Part::Hole(_) => None,
        })
    };
    if literals().map(str::len).sum::<usize>() > MAX_LEN {
        return None;
    }
    ('\u{e000}'..'\u{e0ff}').find(|mark| {
        let escaped = format!("{:04x}", u32::from(*mark));
        literals().all(|text| !text.contains(*mark) && !text.to_ascii_lowercase().contains(&escaped))
    })
}

struct Embedded<'a> {
    whole: &'a str,
    /// The parts of the text, and where each begins in `whole`.
    pieces: &'a [(usize, &'a Part)],
    mark: char,
}

impl Embedded<'_> {
    /// None if a string is none of JSON's.
    fn value(&self, node: ast::Value<'_>) -> Option<Value> {
        // The quotes of a string are most often escapes, which have no place of their own.
        let range = match &node {
            ast::Value::StringLit(text) => self.inside(text)?,
            node => node.range().start..node.range().end,
        };
        let span = self.span(range)?;
        let kind = match node {
            ast::Value::NullKeyword(_) => Kind::Null,
            ast::Value::BooleanLit(node) => Kind::Bool(node.value),
            ast::Value::NumberLit(node) => Kind::Number(node.value.to_owned()),
            ast::Value::StringLit(node) => Kind::Text(self.text(&node)?),
            ast::Value::Array(node) => {
                Kind::List(node.elements.into_iter().map(|item| self.value(item)).collect::<Option<_>>()?)
            }
            ast::Value::Object(node) => {
                let entries = node.properties.into_iter().map(|property| {
                    Some(Entry { key: self.key(&property.name)?, value: self.value(property.value)? })
                });
                let entries: Vec<Entry> = entries.collect::<Option<_>>()?;
                if entries.iter().any(|entry| entry.key.name.contains(self.mark)) {
                    return Some(Value::unknown(span, "an object with computed keys"));
                }
                Kind::Map(Map { entries })
            }
        };
        Some(Value::new(span, kind))
    }

    /// The key, with marks in the place of holes.
    fn key(&self, name: &ast::ObjectPropName<'_>) -> Option<Key> {
        let ast::ObjectPropName::String(name) = name else { return None };
        let inside = self.inside(name)?;
        Some(Key { name: name.value.to_string(), span: self.span(inside)? })
    }

    /// What stands between the quotes of a string, if that is as JSON has it.
    fn inside(&self, node: &ast::StringLit<'_>) -> Option<Range<usize>> {
        let inside = node.range.start + 1..node.range.end.checked_sub(1)?;
        self.whole.get(inside.clone())?.bytes().all(|byte| byte >= b' ').then_some(inside)
    }

    fn text(&self, node: &ast::StringLit<'_>) -> Option<Text> {
        let inside = self.inside(node)?;
        let raw = self.whole.get(inside.clone())?;
        let mut parts = Vec::new();
        let mut at = inside.start;
        for (index, (raw, read)) in raw.split(self.mark).zip(node.value.split(self.mark)).enumerate() {
            if index > 0 {
                parts.push(Part::Hole(self.hole(at)?));
                at += self.mark.len_utf8();
            }
            if !raw.is_empty() || inside.is_empty() {
                parts.push(Part::Literal(self.literal(raw, read, at)?));
            }
            at += raw.len();
        }
        Some(Text { parts, reference: None })
    }

    fn piece(&self, at: usize) -> Option<(usize, &Part)> {
        let index = self.pieces.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
        self.pieces.get(index).map(|(start, part)| (*start, *part))
    }

    fn hole(&self, at: usize) -> Option<Hole> {
        match self.piece(at)? {
            (_, Part::Hole(hole)) => Some(hole.clone()),
            (_, Part::Literal(_)) => None,
        }
    }

    fn literal(&self, raw: &str, read: &str, at: usize) -> Option<Literal> {
        let end = at + raw.len();
        if let (start, Part::Literal(literal)) = self.piece(at)?
            && end <= start + literal.text.len()
        {
            let slice = literal.slice(at - start, end - start);
            if raw == read {
                return Some(slice);
            }
            let layout = match slice.layout {
                Layout::Plain => of_flow_scalar(read, raw, Notation::DoubleQuoted),
                Layout::Runs(_) | Layout::Opaque => Layout::Opaque,
            };
            return Some(Literal { text: read.to_owned(), span: slice.span, layout });
        }
        Some(Literal::opaque(read, self.span(at..end)?))
    }

    /// Where a part of the text is written; only its beginning, if it is written in several files.
    fn span(&self, range: Range<usize>) -> Option<Span> {
        let place = |at: usize, end: usize| match self.piece(at)? {
            (start, Part::Literal(literal)) => {
                Some(literal.part(at - start, (end - start).min(literal.text.len())))
            }
            (_, Part::Hole(hole)) => Some(hole.span),
        };
        let first = place(range.start, range.end)?;
        let last_char = self.whole.get(range.clone())?.chars().next_back().map_or(0, char::len_utf8);
        let last = place(range.end - last_char, range.end)?;
        Some(if first.source == last.source { first.to(last) } else { first })
    }
}
