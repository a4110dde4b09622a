//! Places in files as every format gives them, at a cost that does not grow with the length of a line.

use std::collections::BTreeMap;

use crate::diagnostic::Report;
use crate::text::{Encoding, Source, SourceId};

/// Bytes between two counts; lines up to this length are counted directly.
const BLOCK: usize = 1024;

/// A place in a file. Line and column count from 1, the column in code points; the offset counts bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
    pub offset: usize,
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
    fn every_offset_has_a_place() {
        let id = SourceId(0);
        let mut report = Report::default();
        assert_eq!(Places::new(&report).at(id, 7), Place { line: 1, column: 1, offset: 0 });
        report.sources.insert(id, Arc::new(Source::new(id, "x", "é\n")));
        assert_eq!(Places::new(&report).at(id, 1), Place { line: 1, column: 1, offset: 0 });
        assert_eq!(Places::new(&report).at(id, 99), Place { line: 2, column: 1, offset: 3 });
    }
}
