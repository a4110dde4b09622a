//! Source text, byte spans into it, and the one place that turns offsets into lines and columns.

use std::sync::OnceLock;

/// Identifies a [`Source`] within one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u32);

/// A half-open byte range `start..end` in one source.
///
/// Both ends lie on character boundaries of that source's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub source: SourceId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span over `start..end`, in bytes. Offsets beyond 4 GiB are clamped; sources are far smaller.
    #[must_use]
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { source, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The span as a `usize` range, for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part `start..end` of this span, in bytes from its beginning, clamped to it.
    #[must_use]
    pub fn part(self, start: usize, end: usize) -> Self {
        let at = |offset: usize| self.range().start.saturating_add(offset).min(self.range().end);
        Self::new(self.source, at(start), at(end))
    }

    /// Whether one place is in both, or both are the same empty place.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self == other || self.source == other.source && self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both. Both must lie in the same source.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// The text of one file, under the name a user knows it by.
#[derive(Debug)]
pub struct Source {
    pub id: SourceId,
    /// The path as it is printed: relative where possible, with `/` between folders.
    pub name: String,
    pub text: String,
    /// Offset of the first byte that was no UTF-8, where `text` had to be repaired.
    pub invalid_utf8: Option<usize>,
    lines: OnceLock<LineIndex>,
}

impl Source {
    #[must_use]
    pub fn new(id: SourceId, name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id, name: name.into(), text: text.into(), invalid_utf8: None, lines: OnceLock::new() }
    }

    /// A source of bytes from the disk. Invalid UTF-8 is replaced by U+FFFD and its place noted;
    /// offsets up to that place are those of the file.
    #[must_use]
    pub fn from_bytes(id: SourceId, name: impl Into<String>, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(id, name, text),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Self { invalid_utf8: Some(valid), ..Self::new(id, name, text) }
            }
        }
    }

    /// The whole text as a span.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(self.id, 0, self.text.len())
    }

    /// A span in this source, with both ends moved inside the text and onto character boundaries.
    #[must_use]
    pub fn span_at(&self, start: usize, end: usize) -> Span {
        Span::new(self.id, self.text.floor_char_boundary(start), self.text.ceil_char_boundary(end.max(start)))
    }

    /// The text under a span; empty if the span is of another source or does not fit.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        if span.source == self.id { self.text.get(span.range()).unwrap_or_default() } else { "" }
    }

    /// Line and column of a byte offset, built from an index that is made once.
    #[must_use]
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        self.lines().position(&self.text, offset, encoding)
    }

    /// What stands before an offset in its line, without a byte order mark.
    #[must_use]
    pub fn line_before(&self, offset: usize) -> &str {
        let start = self.lines().range(&self.text, self.lines().line_of(offset)).start;
        self.text.get(start..offset).unwrap_or_default().trim_start_matches(MARK)
    }

    /// How the first line ends, by which all that are added go.
    #[must_use]
    pub fn line_break(&self) -> &'static str {
        let first = self.text.get(self.lines().range(&self.text, 0)).unwrap_or_default();
        if first.ends_with("\r\n") { "\r\n" } else { "\n" }
    }

    /// The line index of this text.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: an emoji counts two.
    Utf16,
    /// Unicode code points: an emoji counts one.
    Utf32,
}

/// A line and a column, both counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// Where each line of a text begins. Lines end at `\n`, `\r\n` or a lone `\r`.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends_line = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends_line {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// The number of lines, at least 1; a text that ends in a line break has an empty last line.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line (from 0) that holds a byte offset.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// The byte range of a line (from 0), its line break included; empty behind the last line.
    #[must_use]
    pub fn range(&self, text: &str, line: usize) -> std::ops::Range<usize> {
        let at = |line: usize| self.starts.get(line).map_or(text.len(), |start| *start as usize);
        at(line)..at(line + 1)
    }

    /// Line and column of a byte offset; an offset inside a character counts as its beginning. A byte order mark is no
    /// column of the first line.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let Position { line, column } = self.position_in(text, offset, encoding);
        let is_marked = line == 0 && column > 0 && text.starts_with(MARK);
        Position { line, column: if is_marked { column - encoding.width(MARK) } else { column } }
    }

    /// The same where a byte order mark is a character like any other: for those who hold the text with it.
    #[must_use]
    pub fn position_in(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.line_of(offset);
        let before = text.get(self.range(text, line).start..offset).unwrap_or_default();
        let column = match encoding {
            Encoding::Utf8 => before.len(),
            Encoding::Utf16 => before.encode_utf16().count(),
            Encoding::Utf32 => before.chars().count(),
        };
        Position { line, column }
    }

    /// The byte offset of a place that [`Self::position_in`] yields. A column behind the end of its line is that end,
    /// before the line break; one inside a character is its beginning; a line behind the last one is the end of the text.
    #[must_use]
    pub fn offset_in(&self, text: &str, place: Position, encoding: Encoding) -> usize {
        let range = self.range(text, place.line);
        let line = text.get(range.clone()).unwrap_or_default();
        let mut column = 0;
        for (at, c) in line.trim_end_matches(['\r', '\n']).char_indices() {
            column += encoding.width(c);
            if column > place.column {
                return range.start + at;
            }
        }
        range.start + line.trim_end_matches(['\r', '\n']).len()
    }
}

/// The byte order mark.
const MARK: char = '\u{feff}';

impl Encoding {
    /// How much a character counts.
    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_the_encoding_says() {
        let text = "a: 1\r\né😀x\rlast\n";
        let index = LineIndex::new(text);
        let at = text.find('x').unwrap();
        for (encoding, column) in [(Encoding::Utf8, 6), (Encoding::Utf16, 3), (Encoding::Utf32, 2)] {
            assert_eq!(index.position(text, at, encoding), Position { line: 1, column });
        }
        assert_eq!(index.count(), 4);
        assert_eq!(&text[index.range(text, 2)], "last\n");
        assert_eq!(index.range(text, 9), text.len()..text.len());
    }

    #[test]
    fn an_offset_inside_a_character_counts_as_its_beginning() {
        let text = "😀";
        let position = LineIndex::new(text).position(text, 2, Encoding::Utf32);
        assert_eq!(position, Position { line: 0, column: 0 });
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let text = "\u{feff}Key: x";
        let position = LineIndex::new(text).position(text, 3, Encoding::Utf32);
        assert_eq!(position, Position { line: 0, column: 0 });
    }

    #[test]
    fn places_lead_back_to_offsets() {
        let text = "\u{feff}a: 😀é\r\n\rlast";
        let index = LineIndex::new(text);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (at, _) in text.char_indices().filter(|(_, c)| *c != '\n') {
                let place = index.position_in(text, at, encoding);
                assert_eq!(index.offset_in(text, place, encoding), at, "{encoding:?} {place:?}");
            }
            let end_of_line = text.find('\r').unwrap();
            assert_eq!(index.offset_in(text, Position { line: 0, column: 99 }, encoding), end_of_line);
            assert_eq!(index.offset_in(text, Position { line: 9, column: 0 }, encoding), text.len());
        }
        // The second half of a surrogate pair.
        let inside = Position { line: 0, column: 5 };
        assert_eq!(index.offset_in(text, inside, Encoding::Utf16), text.find('😀').unwrap());
    }

    #[test]
    fn a_line_is_known_by_a_place_in_it() {
        let source = Source::new(SourceId(0), "x", "\u{feff}a: 1\r\n  b: 2\r\n");
        assert_eq!(source.line_before(source.text.find('1').unwrap()), "a: ");
        assert_eq!(source.line_before(source.text.find('b').unwrap()), "  ");
        assert_eq!(source.line_before(source.text.len()), "");
        assert_eq!(source.line_break(), "\r\n");
        assert_eq!(Source::new(SourceId(0), "x", "a\n\r\n").line_break(), "\n");
        assert_eq!(Source::new(SourceId(0), "x", "").line_break(), "\n");
    }

    #[test]
    fn invalid_utf8_is_repaired_and_placed() {
        let source = Source::from_bytes(SourceId(0), "x", b"ab\xffc".to_vec());
        assert_eq!(source.invalid_utf8, Some(2));
        assert_eq!(source.text, "ab\u{fffd}c");
    }

    #[test]
    fn a_span_is_moved_onto_character_boundaries() {
        let source = Source::new(SourceId(0), "x", "é😀");
        assert_eq!(source.span_at(1, 3).range(), 0..6);
        assert_eq!(source.span_at(5, 99).range(), 2..6);
    }
}
