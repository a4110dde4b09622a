//! The findings of a text that could be read, kept for while it cannot: a line that is being written takes nothing away
//! that is true of the others.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Report};
use crate::engine::sort;
use crate::text::{SourceId, Span};

/// What was found in a source when it could last be read, and where that is now.
#[derive(Debug, Default)]
pub struct Kept {
    found: Vec<Diagnostic>,
}

impl Kept {
    /// Of a report, what stands in a source.
    pub fn new(report: &Report, id: SourceId) -> Self {
        let here = report.diagnostics.iter().filter(|found| found.span.source == id).cloned();
        let plain = here.map(|mut found| {
            // What else the files say may be another by the time it is shown, and a fix is of the text as it was.
            found.labels.retain(|label| label.span.source == id);
            Diagnostic { fix: None, ..found }
        });
        Self { found: plain.collect() }
    }

    /// The text changes: bytes are replaced by others. What was found in text that is touched is dropped.
    pub fn edit(&mut self, old: &str, range: Range<usize>, new: &str) {
        let edit = Touched::new(old, range, new);
        self.found.retain_mut(|found| {
            let labels = found.labels.iter_mut().map(|label| &mut label.span);
            [&mut found.span].into_iter().chain(labels).all(|span| edit.moves(span))
        });
    }

    /// Adds to a report what it cannot tell of.
    pub fn add_to(&self, report: &mut Report) {
        let is_told = |kept: &&Diagnostic| {
            report
                .diagnostics
                .iter()
                .any(|found| (&found.rule.name, found.span) == (&kept.rule.name, kept.span))
        };
        let kept: Vec<Diagnostic> = self.found.iter().filter(|kept| !is_told(kept)).cloned().collect();
        report.diagnostics.extend(kept);
        sort(report);
    }
}

/// What of a text an edit changes.
#[derive(Debug)]
struct Touched<'n> {
    range: Range<usize>,
    new: &'n str,
}

impl<'n> Touched<'n> {
    /// Without what is the same before and after.
    fn new(old: &str, range: Range<usize>, new: &'n str) -> Self {
        let was = old.get(range.clone()).unwrap_or_default();
        let same = |pair: &(char, char)| pair.0 == pair.1;
        let length = |pairs: usize, chars: &mut dyn Iterator<Item = char>| -> usize {
            chars.take(pairs).map(char::len_utf8).sum()
        };
        let count = was.chars().zip(new.chars()).take_while(same).count();
        let first = length(count, &mut new.chars());
        let (was, new) = (was.get(first..).unwrap_or_default(), new.get(first..).unwrap_or_default());
        let count = was.chars().rev().zip(new.chars().rev()).take_while(same).count();
        let last = length(count, &mut new.chars().rev());
        let range = range.start + first..range.end - last;
        Self { range, new: new.get(..new.len() - last).unwrap_or_default() }
    }

    /// Moves a span to where it is afterwards; false where its text is another.
    fn moves(&self, span: &mut Span) -> bool {
        let Range { start, end } = span.range();
        let is_part = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let is_insert = self.range.is_empty();
        let is_behind = self.range.start > end
            || self.range.start == end && is_insert && !is_part(self.new.chars().next());
        let is_before = self.range.end < start
            || self.range.end == start && is_insert && !is_part(self.new.chars().next_back());
        if is_behind {
            return true;
        }
        if is_before {
            let moved = |at: usize| at - self.range.len() + self.new.len();
            *span = Span::new(span.source, moved(start), moved(end));
        }
        is_before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_follows_its_text() {
        // The marks are around what was found; between the braces an edit takes one text for the other.
        for (text, expected) in [
            ("a: <x>\n{/b}", Some("x")),
            ("{/b\n}a: <x>\n", Some("x")),
            ("a: <x>{/\n  }", Some("x")),
            ("a:{/ }<x>", Some("x")),
            ("a: <x>{/y}", None),
            ("a: {/y}<x>", None),
            ("a: <x{/ }y>", None),
            ("a: {<x>/}", None),
            ("{a: /}<x>", None),
            ("a: <x>{b/}", None),
            // What is the same on both sides was not touched.
            ("{a: <xé>\nb/a: xé\nc}", Some("xé")),
            ("{b\na: <éx>/c\na: éx}", Some("éx")),
            ("{é<x>/è<x>}", None),
            ("{😀a: <x>/😁a: x}", Some("x")),
        ] {
            let plain = |text: &str| text.replace(['<', '>'], "");
            let (before, rest) = text.split_once('{').unwrap();
            let (edit, behind) = rest.split_once('}').unwrap();
            let (was, is) = edit.split_once('/').unwrap();
            let old = format!("{before}{was}{behind}");
            let (start, end) = (old.find('<').unwrap(), old.find('>').unwrap() - 1);
            let mut span = Span::new(SourceId(0), start, end);
            let [before, was, is, behind] = [before, was, is, behind].map(plain);
            let touched = Touched::new(&plain(&old), before.len()..before.len() + was.len(), &is);
            let new = format!("{before}{is}{behind}");
            let found = touched.moves(&mut span).then(|| &new[span.range()]);
            assert_eq!(found, expected, "{text}");
        }
    }
}
