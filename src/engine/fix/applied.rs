//! Edits that are made together, and the text with them in it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::Edit;
use crate::text::SourceId;

/// Edits that can be made together: none touches another. By source, in their order.
#[derive(Debug, Default)]
pub struct Together(BTreeMap<SourceId, BTreeSet<Edit>>);

impl Together {
    /// Adds the edits of a fix, unless one of them touches another: what is the same counts once.
    pub fn add(&mut self, edits: &[Edit]) -> bool {
        let fits = edits.iter().all(|edit| self.fits(edit));
        for edit in edits.iter().filter(|_| fits) {
            self.0.entry(edit.span.source).or_default().insert(edit.clone());
        }
        fits
    }

    /// Those of a source.
    pub fn of(&self, source: SourceId) -> Option<Vec<Edit>> {
        Some(self.0.get(&source)?.iter().cloned().collect())
    }

    /// How many sources they are of.
    pub fn sources(&self) -> usize {
        self.0.len()
    }

    /// Since all that is here is apart, only what stands beside an edit can touch it.
    fn fits(&self, edit: &Edit) -> bool {
        let Some(edits) = self.0.get(&edit.span.source) else { return true };
        let touches = |other: &Edit| {
            other != edit && other.span.start <= edit.span.end && edit.span.start <= other.span.end
        };
        edits.contains(edit)
            || !edits.range(..edit).next_back().is_some_and(touches)
                && !edits.range(edit..).next().is_some_and(touches)
    }
}

/// The text with all edits, which are of this text, in their order and apart; and where what they wrote stands in it.
pub fn applied(text: &str, edits: &[Edit]) -> (String, Vec<Range<usize>>) {
    let mut new = String::with_capacity(text.len());
    let mut written = Vec::with_capacity(edits.len());
    let mut at = 0;
    for edit in edits {
        let Range { start, end } = edit.span.range();
        new.push_str(text.get(at..start).unwrap_or_default());
        written.push(new.len()..new.len() + edit.text.len());
        new.push_str(&edit.text);
        at = end;
    }
    new.push_str(text.get(at..).unwrap_or_default());
    (new, written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(SourceId(0), start, end), text: text.to_owned() }
    }

    #[test]
    fn edits_are_made_in_their_order() {
        let mut together = Together::default();
        for one in [edit(4, 5, ""), edit(0, 1, "xy"), edit(0, 1, "xy"), edit(2, 2, "-")] {
            assert!(together.add(&[one]));
        }
        let edits = together.of(SourceId(0)).unwrap();
        assert_eq!(applied("abcde", &edits), ("xyb-cd".to_owned(), vec![0..2, 3..4, 6..6]));
        assert_eq!(together.sources(), 1);
    }

    #[test]
    fn edits_that_touch_are_not_made_together() {
        let adds = |one: Edit, other: Edit| {
            let mut together = Together::default();
            together.add(&[one]) && together.add(&[edit(9, 9, "x"), other])
        };
        assert!(adds(edit(0, 1, ""), edit(2, 3, "")));
        assert!(adds(edit(0, 1, ""), edit(0, 1, "")));
        assert!(!adds(edit(0, 1, ""), edit(0, 1, "x")));
        assert!(!adds(edit(0, 1, "x"), edit(0, 1, "")));
        assert!(!adds(edit(0, 1, ""), edit(1, 1, "x")));
        assert!(!adds(edit(1, 1, ""), edit(0, 5, "x")));
        assert!(!adds(edit(0, 5, ""), edit(2, 3, "x")));
    }
}
