//! Whether two texts say the same save where one was edited.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::syntax::document::Parsed;
use crate::text::{Source, Span};
use crate::value::{Kind, Map, Value};

/// A text, and where in it keys and values stand.
pub struct Said<'t> {
    pub source: &'t Source,
    pub words: &'t [Span],
}

impl Said<'_> {
    /// The words that no edit meets.
    fn outside(&self, edited: &[Range<usize>]) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|span| !is_met(edited, &span.range())).map(|span| self.source.slice(*span))
    }
}

/// Whether the new text has everything that the old one has outside the edits, in its order, and nothing else outside
/// of what these wrote. The edits are all of this text, in their order and apart.
pub fn is_same(old: &Said<'_>, edits: &[Edit], new: &Said<'_>, written: &[Range<usize>]) -> bool {
    let ranges: Vec<Range<usize>> = edits.iter().map(|edit| edit.span.range()).collect();
    let mut sorted: Vec<Range<usize>> = old.words.iter().map(|word| word.range()).collect();
    sorted.sort_by_key(|word| word.start);
    let mut edited = Vec::with_capacity(ranges.len());
    let mut new_words = Vec::with_capacity(ranges.len());
    for (index, (range, new)) in ranges.iter().zip(written).enumerate() {
        let (left, right) = rest(&ranges, index, &sorted);
        edited.push(range.start - left..range.end + right);
        new_words.push(new.start.saturating_sub(left)..new.end + right);
    }
    old.outside(&edited).eq(new.outside(&new_words))
}

/// The places of keys and of what is no collection, in the order of the tree; none if not all could be parsed.
pub fn words(parsed: &Parsed) -> Option<Vec<Span>> {
    if parsed.errors().next().is_some() {
        return None;
    }
    let mut words = Vec::new();
    parsed.documents.iter().for_each(|document| add(&document.root, &mut words));
    Some(words)
}

/// How many bytes of edited words stand before and behind an edit, up to the next one: these are edited as well.
/// Edits and words are sorted.
fn rest(edits: &[Range<usize>], index: usize, words: &[Range<usize>]) -> (usize, usize) {
    let Some(edit) = edits.get(index) else { return (0, 0) };
    let before = index.checked_sub(1).and_then(|index| edits.get(index)).map_or(0, |edit| edit.end);
    let behind = edits.get(index + 1).map_or(usize::MAX, |edit| edit.start);
    let end = words.partition_point(|word| word.start <= edit.end);
    let near = words.get(..end).unwrap_or_default().iter().rev().take_while(|word| word.end >= edit.start);
    let met = near.filter(|word| meets(edit, word));
    let (first, last) =
        met.fold((edit.start, edit.end), |(first, last), word| (first.min(word.start), last.max(word.end)));
    (edit.start - first.max(before).min(edit.start), last.min(behind).max(edit.end) - edit.end)
}

/// Whether a word meets one of sorted ranges.
fn is_met(ranges: &[Range<usize>], word: &Range<usize>) -> bool {
    let first = ranges.partition_point(|range| range.end < word.start);
    let near = ranges.get(first..).unwrap_or_default();
    near.iter().take_while(|range| range.start <= word.end).any(|range| meets(range, word))
}

/// Whether two ranges have a byte in common, or one is an empty place inside the other, or both are the same place.
fn meets(one: &Range<usize>, other: &Range<usize>) -> bool {
    one == other || one.start < other.end && other.start < one.end
}

fn add(value: &Value, words: &mut Vec<Span>) {
    match &value.kind {
        Kind::List(items) => items.iter().for_each(|item| add(item, words)),
        Kind::Map(map) => add_entries(map, words),
        Kind::Tagged(tagged) => {
            words.push(tagged.tag_span);
            add(&tagged.value, words);
        }
        Kind::Block(block) => {
            words.extend(block.labels.iter().map(|label| label.span));
            add_entries(&block.body, words);
        }
        _ => words.push(value.used_at.unwrap_or(value.span)),
    }
}

fn add_entries(map: &Map, words: &mut Vec<Span>) {
    for entry in &map.entries {
        words.push(entry.key.span);
        add(&entry.value, words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fix::applied::applied;
    use crate::syntax;
    use crate::text::SourceId;

    fn same(text: &str, range: Range<usize>, with: &str) -> bool {
        let old = Source::new(SourceId(0), "x.yaml", text);
        let edits = [Edit { span: Span::new(SourceId(0), range.start, range.end), text: with.to_owned() }];
        let (new, written) = applied(text, &edits);
        let new = Source::new(SourceId(0), "x.yaml", new);
        let (Some(before), Some(after)) = (words(&syntax::parse(&old)), words(&syntax::parse(&new))) else {
            return false;
        };
        let said = |source, words| Said { source, words };
        is_same(&said(&old, &before), &edits, &said(&new, &after), &written)
    }

    #[test]
    fn only_what_is_edited_may_change() {
        let text = "a: 1\nb: [x, y]\nc: 3\n";
        assert!(same(text, 3..4, "2"));
        assert!(same(text, 5..15, ""), "an entry is gone");
        assert!(same(text, 4..4, "\nd: 4"), "an entry is new");
        let long = "a: 'xyz'\nb: 2\n";
        assert!(same(long, 3..5, "'"), "the beginning of a text is gone");
        assert!(same(long, 6..8, "'"), "its end is gone");
        assert!(same("a: xyz\nb: 2\n", 3..4, ""), "the beginning of a plain text is gone");
        assert!(same("a: xyz\nb: 2\n", 5..6, ""), "its end is gone");
        assert!(!same(text, 4..5, " "), "the next line is part of the value");
        assert!(!same(text, 8..9, "'"), "it does not parse");
        assert!(!same(text, 8..9, "{c: ["), "it does not parse");
    }
}
