//! The comments of a file that hold a word, and the lines they speak of.
//!
//! They are looked for only where the word stands at all, and by what was read: the trees are those of a file that
//! nobody looks for comments in.

use std::collections::HashMap;
use std::ops::Range;

use crate::syntax::document::{Language, Parsed};
use crate::syntax::hcl;
use crate::text::{Source, Span};
use crate::value::{Kind, Part, Value};

/// A comment with its marks, from the first to the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    pub span: Span,
    pub place: Placement,
}

/// The line that a comment speaks of, without its line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Something else stands in the line of the comment.
    Beside(Span),
    /// It stands alone: the first line below that is no comment. None if that is blank or there is none.
    Above(Option<Span>),
}

/// The comments that hold a word, in whatever case, in their order. Of a file that could not be read to its end, those
/// before what could not be read.
#[must_use]
pub fn comments(source: &Source, parsed: &Parsed, word: &str) -> Vec<Comment> {
    let text = source.text.as_str();
    let word = word.to_ascii_lowercase();
    let holds = |text: &str| text.to_ascii_lowercase().contains(&word);
    if !holds(text) || parsed.documents.is_empty() {
        return Vec::new();
    }
    let mut ranges = match parsed.language {
        Language::Yaml => in_yaml(text, holds, parsed),
        Language::Json => in_json(text),
        Language::Hcl => hcl::comments(text),
    };
    for range in &mut ranges {
        range.end = range.start + text.get(range.clone()).map_or(0, |comment| comment.trim_end().len());
    }
    ranges.retain(|range| text.get(range.clone()).is_some_and(holds));
    let mut lines = Lines { source, language: parsed.language, below: HashMap::new() };
    // From the last one on, so that of comments below each other each finds what the one below has found.
    let comment = |range: Range<usize>| Comment {
        span: Span::new(source.id, range.start, range.end),
        place: lines.placement(range),
    };
    let mut comments: Vec<Comment> = ranges.into_iter().rev().map(comment).collect();
    comments.reverse();
    comments
}

/// In a line that holds the word, a comment begins at the first `#` that stands behind a blank and in no scalar.
fn in_yaml(text: &str, holds: impl Fn(&str) -> bool, parsed: &Parsed) -> Vec<Range<usize>> {
    let mut scalars = Vec::new();
    parsed.documents.iter().for_each(|document| find_scalars(&document.root, &mut scalars));
    scalars.sort_unstable();
    let mut furthest = 0;
    for (_, end) in &mut scalars {
        furthest = furthest.max(*end);
        *end = furthest;
    }
    let in_scalar = |at: usize| {
        let before = scalars.partition_point(|(start, _)| *start <= at).checked_sub(1);
        before.and_then(|last| scalars.get(last)).is_some_and(|(_, end)| at < *end)
    };
    let limit = match &parsed.error {
        Some(_) => parsed.documents.last().map_or(0, |document| document.root.span.range().end),
        None => text.len(),
    };
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let begins = |at: &usize| {
            let before = line.get(..*at).and_then(|before| before.chars().next_back());
            before.is_none_or(|before| matches!(before, ' ' | '\t' | '\u{feff}')) && !in_scalar(start + at)
        };
        if start < limit && holds(line) {
            let comment = line.match_indices('#').map(|(at, _)| at).find(begins);
            found.extend(comment.map(|at| start + at..start + line.len()));
        }
        start += line.len();
    }
    found
}

/// The scalars of a tree; what stands for an alias is written elsewhere.
fn find_scalars(value: &Value, scalars: &mut Vec<(usize, usize)>) {
    let mut take = |span: Span| scalars.push((span.range().start, span.range().end));
    match &value.kind {
        _ if value.used_at.is_some() => {}
        Kind::Text(text) => {
            for part in &text.parts {
                if let Part::Literal(literal) = part {
                    take(literal.span);
                }
            }
        }
        Kind::List(items) => items.iter().for_each(|item| find_scalars(item, scalars)),
        Kind::Map(map) => {
            for entry in &map.entries {
                scalars.push((entry.key.span.range().start, entry.key.span.range().end));
                find_scalars(&entry.value, scalars);
            }
        }
        Kind::Tagged(tagged) => find_scalars(&tagged.value, scalars),
        _ => {}
    }
}

/// The comments of a text that is JSON with comments.
fn in_json(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        let len = if rest.starts_with("//") {
            rest.find(['\n', '\r']).unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else {
            at += if *byte == b'"' { string_len(rest) } else { 1 };
            continue;
        };
        found.push(at..at + len);
        at += len;
    }
    found
}

/// The length of the string that a text begins with, its quotes included.
fn string_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

struct Lines<'s> {
    source: &'s Source,
    language: Language,
    /// For a line that holds comments alone, what is below.
    below: HashMap<usize, Option<Span>>,
}

impl Lines<'_> {
    fn placement(&mut self, comment: Range<usize>) -> Placement {
        let index = self.source.lines();
        let (first, last) = (index.line_of(comment.start), index.line_of(comment.end));
        let text = self.source.text.as_str();
        let blank = |range: Range<usize>| {
            text.get(range)
                .is_none_or(|text| text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).is_empty())
        };
        let (first_line, last_line) = (index.range(text, first), index.range(text, last));
        if !blank(first_line.start..comment.start) {
            Placement::Beside(self.line(first))
        } else if blank(comment.end..last_line.end) || self.is_comment(comment.end, last_line.end) {
            Placement::Above(self.below(last + 1))
        } else {
            Placement::Beside(self.line(last))
        }
    }

    /// A line without its line break and the blanks around it.
    fn line(&self, line: usize) -> Span {
        let text = self.source.text.as_str();
        let range = self.source.lines().range(text, line);
        let written = text.get(range.clone()).unwrap_or_default();
        let start = range.end - written.trim_start_matches(['\u{feff}', ' ', '\t']).len();
        let end = range.start + written.trim_end().len();
        Span::new(self.source.id, start.min(end), end)
    }

    /// Whether nothing but a comment begins in a part of a line.
    fn is_comment(&self, start: usize, end: usize) -> bool {
        let rest = self.source.text.get(start..end).unwrap_or_default().trim_start();
        let marks: &[&str] = match self.language {
            Language::Yaml => &["#"],
            Language::Json => &["//"],
            Language::Hcl => &["#", "//"],
        };
        marks.iter().any(|mark| rest.starts_with(mark))
    }

    /// The first line from this one on that is no comment.
    fn below(&mut self, from: usize) -> Option<Span> {
        let count = self.source.lines().count();
        let mut line = from;
        let found = loop {
            if let Some(known) = self.below.get(&line) {
                break *known;
            }
            if line >= count {
                break None;
            }
            let written = self.line(line);
            if self.is_comment(written.range().start, written.range().end) {
                line += 1;
            } else if let Some(last) = self.block_comment(written) {
                line = last + 1;
            } else {
                break (!written.is_empty()).then_some(written);
            }
        };
        self.below.extend((from..line).map(|line| (line, found)));
        found
    }

    /// The last line of the block comment that begins a line, if nothing stands behind it.
    fn block_comment(&self, line: Span) -> Option<usize> {
        let text = self.source.text.get(line.range().start..)?;
        if self.language == Language::Yaml || !text.starts_with("/*") {
            return None;
        }
        let end = line.range().start + text.find("*/")? + 2;
        let last = self.source.lines().line_of(end);
        let behind = self.source.text.get(end..self.source.lines().range(&self.source.text, last).end);
        behind.is_some_and(|behind| behind.trim().is_empty()).then_some(last)
    }
}
