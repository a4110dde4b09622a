//! Tries fixes: a fix that is offered takes its finding away, brings no other, and changes nothing else.

use std::collections::{BTreeMap, HashSet};
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use super::applied::{Together, applied};
use super::better::{Moved, is_better};
use super::same::{Said, is_same, words};
use super::shared::{Shared, shared};
use crate::diagnostic::{Diagnostic, Edit, Report};
use crate::engine::reading::{Reading, read_parsed};
use crate::syntax;
use crate::syntax::document::Language;
use crate::text::{Source, SourceId, Span};

/// How often everything is checked again, at most, and at least. What cannot be tried then is not offered.
const TRIES: RangeInclusive<usize> = 4..=40;
/// How many findings are made again, at most, before fewer tries have to do.
const MAX_FINDINGS: usize = 4_000;

/// Takes the fixes away that do not hold. `check` finds what is wrong in readings.
pub fn keep_what_holds(
    report: &mut Report,
    readings: &[&Reading],
    check: impl Fn(&[&Reading]) -> Vec<Diagnostic>,
) {
    let tries = MAX_FINDINGS / report.diagnostics.len().max(1);
    let tries = tries.clamp(*TRIES.start(), *TRIES.end());
    let mut trial = Trial {
        diagnostics: &report.diagnostics,
        readings,
        check,
        tries,
        holding: HashSet::new(),
        texts: BTreeMap::new(),
    };
    let all = 0..report.diagnostics.len();
    let mut waiting: Vec<usize> = all.filter(|index| trial.is_worth_it(*index)).collect();
    while !waiting.is_empty() && trial.tries > 0 {
        let batch = trial.batch(&mut waiting);
        trial.settle(&batch);
    }
    let holding = trial.holding;
    for (index, diagnostic) in report.diagnostics.iter_mut().enumerate() {
        if !holding.contains(&index) {
            diagnostic.fix = None;
        }
    }
}

struct Trial<'r, F> {
    diagnostics: &'r [Diagnostic],
    readings: &'r [&'r Reading],
    check: F,
    /// How many there may still be.
    tries: usize,
    holding: HashSet<usize>,
    /// What is known of the texts as they are; none of what cannot be parsed.
    texts: BTreeMap<SourceId, Option<Old>>,
}

/// A text as it is.
struct Old {
    language: Language,
    /// Where keys and values stand.
    words: Vec<Span>,
    shared: Vec<Shared>,
}

/// Whether a place lies in a configuration: what a fix makes of it there is checked.
fn is_in_configuration(readings: &[&Reading], place: Span) -> bool {
    let resources = readings.iter().flat_map(|reading| &reading.units).flatten();
    resources
        .filter(|resource| resource.is_configuration())
        .any(|resource| resource.properties.span.overlaps(place))
}

fn edits(diagnostics: &[Diagnostic], index: usize) -> Option<&[Edit]> {
    Some(&diagnostics.get(index)?.fix.as_ref()?.edits)
}

impl<F: Fn(&[&Reading]) -> Vec<Diagnostic>> Trial<'_, F> {
    /// Whether there is a fix that changes nothing but what it is for.
    fn is_worth_it(&mut self, index: usize) -> bool {
        let Some(edits) = edits(self.diagnostics, index) else { return false };
        let readings = self.readings;
        edits.iter().all(|edit| {
            let reading = readings.iter().find(|reading| reading.source.id == edit.span.source);
            let old = reading.and_then(|reading| self.old(&reading.source));
            old.is_some_and(|old| {
                let elsewhere = old.shared.iter().filter(|shared| shared.is_changed_by(edit));
                elsewhere.into_iter().all(|shared| is_in_configuration(readings, shared.used_at))
            })
        })
    }

    fn old(&mut self, source: &Source) -> Option<&Old> {
        let known = self.texts.entry(source.id).or_insert_with(|| {
            let parsed = syntax::parse(source);
            let words = words(&parsed).filter(|_| source.invalid_utf8.is_none())?;
            Some(Old { language: parsed.language, words, shared: shared(&parsed) })
        });
        known.as_ref()
    }

    /// Takes fixes that can be made together.
    fn batch(&self, waiting: &mut Vec<usize>) -> Vec<usize> {
        let mut together = Together::default();
        let (batch, left) = waiting
            .iter()
            .partition(|index| edits(self.diagnostics, **index).is_some_and(|edits| together.add(edits)));
        *waiting = left;
        batch
    }

    /// Finds out which of a batch hold: all of them, or else those of each half.
    fn settle(&mut self, batch: &[usize]) {
        if self.tries == 0 || batch.is_empty() {
            return;
        }
        self.tries -= 1;
        if self.holds(batch) {
            self.holding.extend(batch);
        } else if batch.len() > 1 {
            let (one, other) = batch.split_at(batch.len() / 2);
            self.settle(one);
            self.settle(other);
        }
    }

    fn holds(&mut self, batch: &[usize]) -> bool {
        let mut together = Together::default();
        for edits in batch.iter().filter_map(|index| edits(self.diagnostics, *index)) {
            together.add(edits);
        }
        let mut changed = BTreeMap::new();
        let mut moved = Moved::default();
        for reading in self.readings {
            let id = reading.source.id;
            let Some(edits) = together.of(id) else { continue };
            let (text, written) = applied(&reading.source.text, &edits);
            let Some(new) = self.edited(&reading.source, &edits, text, &written) else { return false };
            moved.add(id, &edits, &written);
            changed.insert(id, new);
        }
        let readings: Vec<&Reading> =
            self.readings.iter().map(|reading| changed.get(&reading.source.id).unwrap_or(reading)).collect();
        changed.len() == together.sources()
            && is_better(self.diagnostics, batch, &(self.check)(&readings), &moved)
    }

    /// What a text holds with edits in it, if nothing else is another than before.
    fn edited(
        &mut self,
        old: &Source,
        edits: &[Edit],
        text: String,
        written: &[Range<usize>],
    ) -> Option<Reading> {
        let Old { language, words: old_words, .. } = self.old(old)?;
        let new = Arc::new(Source::new(old.id, old.name.clone(), text));
        let parsed = syntax::parse(&new);
        // What is no JSON any more may still be YAML.
        let new_words = words(&parsed).filter(|_| parsed.language == *language)?;
        let [old, said] = [(old, old_words.as_slice()), (&*new, new_words.as_slice())]
            .map(|(source, words)| Said { source, words });
        is_same(&old, edits, &said, written).then(|| read_parsed(&new, parsed))
    }
}
