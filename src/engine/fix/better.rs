//! Whether a text is better after fixes: what they fix is gone, and nothing came that is as urgent.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::ops::Range;

use super::identity::identity;
use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::text::SourceId;

/// The edits of each source, in their order and apart, and where what they wrote stands.
#[derive(Debug, Default)]
pub struct Moved(BTreeMap<SourceId, Vec<Replaced>>);

/// Where an edit is in the old text, and what it wrote in the new one.
type Replaced = (Range<usize>, Range<usize>);

impl Moved {
    pub fn add(&mut self, source: SourceId, edits: &[Edit], written: &[Range<usize>]) {
        let edits = edits.iter().map(|edit| edit.span.range()).zip(written.iter().cloned());
        self.0.insert(source, edits.collect());
    }

    /// Where in the old text a place of the new one is: what was written is where the edit is.
    fn back(&self, source: SourceId, at: usize) -> usize {
        let edits = self.0.get(&source).map_or(&[][..], Vec::as_slice);
        let before = edits.partition_point(|(_, new)| new.start <= at);
        match before.checked_sub(1).and_then(|index| edits.get(index)) {
            Some((old, new)) if at >= new.end => old.end + (at - new.end),
            Some((old, _)) => old.start,
            None => at,
        }
    }
}

/// Whether of what was found `fixed` is gone, and nothing came that is as urgent as all of that.
///
/// A finding is the same afterwards if its fingerprint is, or it stands where it stood, in the text or among the
/// members: a fix may change what a fingerprint is made of.
pub fn is_better(before: &[Diagnostic], fixed: &[usize], after: &[Diagnostic], moved: &Moved) -> bool {
    let mut left: Vec<Option<&Diagnostic>> = before.iter().map(Some).collect();
    let mut least = Severity::Error;
    for index in fixed {
        if let Some(fixed) = left.get_mut(*index).and_then(Option::take) {
            least = least.min(fixed.rule.severity);
        }
    }
    let mut new: Vec<&Diagnostic> = after.iter().collect();
    drop_known(&mut left, &mut new, identity, identity);
    drop_known(
        &mut left,
        &mut new,
        |old| (&*old.rule.name, old.span.source, old.span.range().start),
        |new| (&*new.rule.name, new.span.source, moved.back(new.span.source, new.span.range().start)),
    );
    let place = |found: &'_ Diagnostic| {
        (found.rule.name.clone(), found.span.source, found.resource.clone(), found.path.clone())
    };
    drop_known(&mut left, &mut new, place, place);
    new.iter().all(|new| new.rule.severity < least)
}

/// Drops the new findings that are old ones, each of which is one only.
fn drop_known<'d, K: Hash + Eq>(
    left: &mut [Option<&'d Diagnostic>],
    new: &mut Vec<&'d Diagnostic>,
    of_old: impl Fn(&'d Diagnostic) -> K,
    of_new: impl Fn(&'d Diagnostic) -> K,
) {
    if new.is_empty() {
        return;
    }
    let mut known: HashMap<K, Vec<usize>> = HashMap::new();
    for (index, old) in left.iter().enumerate() {
        if let Some(old) = old {
            known.entry(of_old(old)).or_default().push(index);
        }
    }
    new.retain(|new| match known.get_mut(&of_new(new)).and_then(Vec::pop) {
        Some(index) => left.get_mut(index).and_then(Option::take).is_none(),
        None => true,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn a_place_is_found_again_in_the_old_text() {
        let id = SourceId(0);
        let edit = |start, end, text: &str| Edit { span: Span::new(id, start, end), text: text.to_owned() };
        // `ab|cd` becomes `aXYZ|c|d`.
        let mut moved = Moved::default();
        moved.add(id, &[edit(1, 2, "XYZ"), edit(3, 4, "")], &[1..4, 5..5]);
        let back: Vec<usize> = (0..7).map(|at| moved.back(id, at)).collect();
        assert_eq!(back, [0, 1, 1, 1, 2, 4, 5]);
        assert_eq!(moved.back(SourceId(1), 3), 3);
    }
}
