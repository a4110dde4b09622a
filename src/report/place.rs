//! Places in files as every format gives them, at a cost that does not grow with the length of a line.

use std::collections::BTreeMap;

use crate::diagnostic::Report;
use crate::text::{Encoding, Source, SourceId, Span};

/// Bytes between two counts; lines up to this length are counted directly.
const BLOCK: usize = 1024;

/// A place in a file. Line and column count from 1, the column in code points; the offset counts bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
    pub offset: usize,
}

/// Both ends of a span, the second behind its last character, as services understand them: where a file ends with a
/// line break, they know no line behind it, so that what is there is at the end of the line before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    pub start: Place,
    pub end: Place,
}

impl Region {
    /// The last line that has a character in it.
    pub fn last_line(&self) -> usize {
        let Self { start, end } = self;
        if end.line > start.line && end.column == 1 { end.line - 1 } else { end.line }
    }

    /// Whether columns mean something to services that know no region over several lines.
    pub fn is_in_one_line(&self) -> bool {
        self.start.line == self.end.line
    }
}

/// Finds the places of one report.
///
/// A minified file is one line; counting each of its findings from the beginning of that line would be
/// quadratic. So such files are counted once, block by block.
#[derive(Debug)]
pub struct Places<'a> {
    report: &'a Report,
    /// For each source: how many characters begin before each block.
    counts: BTreeMap<SourceId, Vec<usize>>,
}

impl<'a> Places<'a> {
    pub fn new(report: &'a Report) -> Self {
        Self { report, counts: BTreeMap::new() }
    }

    /// The source of an id, if the report holds it.
    pub fn source(&self, id: SourceId) -> Option<&'a Source> {
        self.report.sources.get(&id).map(AsRef::as_ref)
    }

    /// The name of a source as it is: a user's text.
    pub fn name(&self, id: SourceId) -> &'a str {
        self.source(id).map_or("(unknown)", |source| &source.name)
    }

    /// The place of an offset, moved inside the text and onto a character boundary; the first of all for a
    /// source that the report does not hold.
    pub fn at(&mut self, id: SourceId, offset: u32) -> Place {
        let Some(source) = self.source(id) else { return Place { line: 1, column: 1, offset: 0 } };
        let text = source.text.as_str();
        let offset = source.span_at(offset as usize, 0).range().start;
        let line = source.lines().line_of(offset);
        let start = source.lines().range(text, line).start;
        if offset - start <= BLOCK {
            let position = source.position(offset, Encoding::Utf32);
            return Place { line: position.line + 1, column: position.column + 1, offset };
        }
        let counts = self.counts.entry(id).or_insert_with(|| count(text.as_bytes()));
        let before = |offset: usize| {
            let block = offset / BLOCK;
            let rest = text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
            counts.get(block).copied().unwrap_or_default() + characters(rest)
        };
        let mark = usize::from(line == 0 && text.starts_with('\u{feff}'));
        Place { line: line + 1, column: before(offset) - before(start) - mark + 1, offset }
    }

    /// Where a span is; none for a source that the report does not hold.
    pub fn region(&mut self, span: Span) -> Option<Region> {
        let text = self.source(span.source)?.text.as_str();
        let content = text.strip_suffix("\r\n").or_else(|| text.strip_suffix(['\r', '\n'])).unwrap_or(text);
        let last = u32::try_from(content.len()).unwrap_or(u32::MAX);
        let (start, end) = (span.start.min(last), span.end.min(last));
        Some(Region { start: self.at(span.source, start), end: self.at(span.source, end) })
    }

    /// The column of a place in bytes of UTF-8, from 1.
    pub fn byte_column(&self, id: SourceId, place: Place) -> usize {
        let Some(source) = self.source(id) else { return place.column };
        let start = source.lines().range(&source.text, place.line - 1).start;
        let mark = if start == 0 && source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        (place.offset - start).saturating_sub(mark) + 1
    }
}

fn count(text: &[u8]) -> Vec<usize> {
    let mut sum = 0;
    let mut counts = vec![0];
    for block in text.chunks(BLOCK) {
        sum += characters(block);
        counts.push(sum);
    }
    counts
}

/// How many characters begin in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn long_lines_are_counted_like_short_ones() {
        let id = SourceId(0);
        let text = format!("\u{feff}{}\n{}", "aé😀".repeat(900), "😀é".repeat(1200));
        let mut report = Report::default();
        report.sources.insert(id, Arc::new(Source::new(id, "x", text.clone())));
        let mut places = Places::new(&report);
        for (offset, _) in text.char_indices().step_by(7) {
            let slow = report.sources[&id].position(offset, Encoding::Utf32);
            let place = places.at(id, u32::try_from(offset).unwrap());
            assert_eq!((place.line, place.column), (slow.line + 1, slow.column + 1), "at byte {offset}");
        }
    }

    #[test]
    fn no_region_lies_behind_the_last_line() {
        let id = SourceId(0);
        for (text, span, expected) in [
            ("a\nbc\n", (5, 5), ((2, 3), (2, 3))),
            ("a\nbc\n", (0, 5), ((1, 1), (2, 3))),
            ("a\nbc\n", (0, 2), ((1, 1), (2, 1))),
            ("a\r\nb\r\n", (3, 6), ((2, 1), (2, 2))),
            ("a\r\nb\r\n", (5, 6), ((2, 2), (2, 2))),
            ("\n", (0, 1), ((1, 1), (1, 1))),
            ("", (0, 0), ((1, 1), (1, 1))),
            ("ab", (2, 9), ((1, 3), (1, 3))),
        ] {
            let mut report = Report::default();
            report.sources.insert(id, Arc::new(Source::new(id, "x", text)));
            let region = Places::new(&report).region(Span::new(id, span.0, span.1)).unwrap();
            let at = |place: Place| (place.line, place.column);
            assert_eq!((at(region.start), at(region.end)), expected, "{text:?} {span:?}");
            assert_eq!(region.last_line(), if span == (0, 2) { 1 } else { expected.1.0 });
        }
    }

    #[test]
    fn columns_can_count_bytes() {
        let id = SourceId(0);
        let mut report = Report::default();
        report.sources.insert(id, Arc::new(Source::new(id, "x", "\u{feff}é😀x\né😀x")));
        let mut places = Places::new(&report);
        for offset in [9, 17] {
            let place = places.at(id, offset);
            assert_eq!((place.column, places.byte_column(id, place)), (3, 7));
        }
    }

    #[test]
    fn every_offset_has_a_place() {
        let id = SourceId(0);
        let mut report = Report::default();
        assert_eq!(Places::new(&report).at(id, 7), Place { line: 1, column: 1, offset: 0 });
        report.sources.insert(id, Arc::new(Source::new(id, "x", "é\n")));
        assert_eq!(Places::new(&report).at(id, 1), Place { line: 1, column: 1, offset: 0 });
        assert_eq!(Places::new(&report).at(id, 99), Place { line: 2, column: 1, offset: 3 });
    }
}
