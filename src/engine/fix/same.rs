//! Whether two texts say the same save where one was edited.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::syntax;
use crate::text::{Source, Span};
use crate::value::{Kind, Map, Value};

/// Whether the new text has everything that the old one has outside the edits, in its order, and nothing else outside
/// of what these wrote.
pub fn is_same(old: &Source, edits: &[Edit], new: &Source, written: &[Range<usize>]) -> bool {
    let (Some(before), Some(after)) = (words(old), words(new)) else { return false };
    let is_edited = |span: &Span| {
        edits.iter().any(|edit| edit.span.source == span.source && meets(&edit.span.range(), &span.range()))
    };
    let is_written = |span: &Span| written.iter().any(|range| meets(range, &span.range()));
    let before = before.iter().filter(|span| !is_edited(span)).map(|span| old.slice(*span));
    let after = after.iter().filter(|span| !is_written(span)).map(|span| new.slice(*span));
    before.eq(after)
}

/// Whether two ranges have a byte in common, or one is an empty place inside the other, or both are the same place.
fn meets(one: &Range<usize>, other: &Range<usize>) -> bool {
    one == other || one.start < other.end && other.start < one.end
}

/// The places of keys and of what is no collection, in the order of the tree; none if the text does not parse.
fn words(source: &Source) -> Option<Vec<Span>> {
    let parsed = syntax::parse(source);
    if parsed.errors().next().is_some() {
        return None;
    }
    let mut words = Vec::new();
    parsed.documents.iter().for_each(|document| add(&document.root, &mut words));
    Some(words)
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
    use crate::engine::fix::applied;
    use crate::text::SourceId;

    fn same(text: &str, range: Range<usize>, with: &str) -> bool {
        let old = Source::new(SourceId(0), "x.yaml", text);
        let edits = [Edit { span: Span::new(SourceId(0), range.start, range.end), text: with.to_owned() }];
        let (new, written) = applied(text, &edits);
        is_same(&old, &edits, &Source::new(SourceId(0), "x.yaml", new), &written)
    }

    #[test]
    fn only_what_is_edited_may_change() {
        let text = "a: 1\nb: [x, y]\nc: 3\n";
        assert!(same(text, 3..4, "2"));
        assert!(same(text, 5..15, ""), "an entry is gone");
        assert!(same(text, 4..4, "\nd: 4"), "an entry is new");
        assert!(!same(text, 4..5, " "), "the next line is part of the value");
        assert!(!same(text, 8..9, "'"), "it does not parse");
        assert!(!same(text, 8..9, "{c: ["), "it does not parse");
    }
}
