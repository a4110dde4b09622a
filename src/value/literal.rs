//! Literal text, and where each byte of it was written.

use std::sync::Arc;

use crate::text::Span;

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

impl Run {
    /// What of the run lies in the bytes `start..end` of the text, seen from there, where the source begins `moved` later.
    fn within(self, start: usize, end: usize, moved: usize) -> Option<Self> {
        let (first, last) = (self.text as usize, (self.text + self.len) as usize);
        let (from, to) = (first.max(start), last.min(end));
        let source = (self.source as usize + from.checked_sub(first)?).checked_sub(moved)?;
        let number = |number: usize| u32::try_from(number).ok();
        let len = number(to.checked_sub(from)?).filter(|len| *len > 0)?;
        Some(Self { text: number(from - start)?, source: number(source)?, len })
    }
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
            Layout::Runs(runs) => {
                let moved = (span.start - self.span.start) as usize;
                Layout::Runs(runs.iter().filter_map(|run| run.within(start, end, moved)).collect())
            }
            Layout::Opaque => Layout::Opaque,
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
    fn a_slice_knows_where_its_parts_are_written() {
        // `ab\n  cd\n  ef`, folded.
        let runs = [(0, 0, 3), (3, 5, 3), (6, 10, 2)].map(|(text, source, len)| Run { text, source, len });
        let span = Span::new(SourceId(0), 100, 112);
        let literal = Literal { text: "ab\ncd\nef".to_owned(), span, layout: Layout::Runs(runs.into()) };
        let slice = literal.slice(1, 8);
        assert_eq!((slice.text.as_str(), slice.span), ("b\ncd\nef", Span::new(SourceId(0), 101, 112)));
        for (at, written) in [(0..1, 101..102), (2..4, 105..107), (5..7, 110..112), (3..6, 106..111)] {
            assert_eq!(slice.part(at.start, at.end).range(), written, "{at:?}");
        }
    }
}
