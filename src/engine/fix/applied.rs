//! A text with edits in it.

use std::ops::Range;

use crate::diagnostic::Edit;

/// The text with all edits, and where in it what they wrote stands. They are of this text, and apart.
pub fn applied(text: &str, edits: &[Edit]) -> (String, Vec<Range<usize>>) {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut new = String::with_capacity(text.len());
    let mut written = Vec::with_capacity(sorted.len());
    let mut at = 0;
    for edit in sorted {
        let Range { start, end } = edit.span.range();
        new.push_str(text.get(at..start).unwrap_or_default());
        written.push(new.len()..new.len() + edit.text.len());
        new.push_str(&edit.text);
        at = end;
    }
    new.push_str(text.get(at..).unwrap_or_default());
    (new, written)
}

/// Whether edits can be made together with others: none touches another, save where both are the same.
pub fn is_apart(edits: &[Edit], others: &[Edit]) -> bool {
    let touches = |one: &Edit, other: &Edit| {
        one.span.source == other.span.source
            && one.span.start <= other.span.end
            && other.span.start <= one.span.end
    };
    edits.iter().all(|one| others.iter().all(|other| one == other || !touches(one, other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceId, Span};

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(SourceId(0), start, end), text: text.to_owned() }
    }

    #[test]
    fn edits_are_made_in_any_order() {
        let edits = [edit(4, 5, ""), edit(0, 1, "xy"), edit(0, 1, "xy"), edit(2, 2, "-")];
        assert_eq!(applied("abcde", &edits), ("xyb-cd".to_owned(), vec![0..2, 3..4, 6..6]));
    }

    #[test]
    fn edits_that_touch_are_not_apart() {
        assert!(is_apart(&[edit(0, 1, "")], &[edit(2, 3, "")]));
        assert!(is_apart(&[edit(0, 1, "")], &[edit(0, 1, "")]));
        assert!(!is_apart(&[edit(0, 1, "")], &[edit(0, 1, "x")]));
        assert!(!is_apart(&[edit(0, 1, "")], &[edit(1, 1, "x")]));
    }
}
