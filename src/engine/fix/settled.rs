//! Makes fixes until there are none left. What was read stays as it is; of what becomes of it, the files that change are
//! read again, and no other.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::applied::{Together, applied};
use super::better::{Moved, is_better};
use crate::diagnostic::{Diagnostic, Edit, Report};
use crate::engine::reading::{Reading, read};
use crate::text::{Source, SourceId};

/// How often fixes are made of what was found before: some make room for others.
pub const MAX_ROUNDS: usize = 10;
/// How often all is checked in one round, at most.
const TRIES: usize = 40;

/// What came of making fixes.
#[derive(Debug)]
pub struct Settled {
    /// What was found in the texts as they were, if there are new ones.
    pub before: Option<Report>,
    /// What is found in the texts as they are.
    pub report: Report,
    /// The files that are changed.
    pub changed: BTreeMap<SourceId, Changed>,
    /// Whether there would be more to do.
    pub is_open: bool,
}

/// A file as it was and as it is.
#[derive(Debug)]
pub struct Changed {
    pub old: Arc<Source>,
    pub now: Reading,
    /// How many fixes were made in it.
    pub fixed: usize,
}

impl Changed {
    /// The file as it is.
    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.now.source
    }
}

/// The readings with those in their place that are changed.
#[must_use]
pub fn with_changed<'r>(
    readings: &[&'r Reading],
    changed: &'r BTreeMap<SourceId, Changed>,
) -> Vec<&'r Reading> {
    let now =
        |reading: &&'r Reading| changed.get(&reading.source.id).map_or(*reading, |changed| &changed.now);
    readings.iter().map(now).collect()
}

/// Makes the fixes that are wanted of what `check` finds, in the texts of the readings alone.
pub fn settle(
    readings: &[&Reading],
    check: impl Fn(&[&Reading]) -> Report,
    wanted: impl Fn(&Diagnostic) -> bool,
) -> Settled {
    let report = check(readings);
    let mut settled = Settled { before: None, report, changed: BTreeMap::new(), is_open: false };
    for _ in 0..MAX_ROUNDS {
        let fixes = fitting(&settled.report.diagnostics, &wanted);
        if fixes.is_empty() {
            return settled;
        }
        let now = with_changed(readings, &settled.changed);
        let mut round = Round {
            readings: &now,
            found: &settled.report.diagnostics,
            check: &check,
            tries: TRIES,
            made: Vec::new(),
            outcome: None,
        };
        round.make(&fixes);
        let made = round.made;
        let Some((report, now)) = round.outcome else { break };
        for (id, now) in now {
            let begins = |index: &&usize| first(&settled.report.diagnostics, **index) == Some(id);
            let fixed = made.iter().filter(begins).count();
            let before = settled.changed.remove(&id);
            let fixed = fixed + before.as_ref().map_or(0, |before| before.fixed);
            let old = before.map(|before| before.old).or_else(|| source(readings, id));
            settled.changed.extend(old.map(|old| (id, Changed { old, now, fixed })));
        }
        let found = std::mem::replace(&mut settled.report, report);
        settled.before.get_or_insert(found);
    }
    settled.is_open = !fitting(&settled.report.diagnostics, &wanted).is_empty();
    settled
}

fn source(readings: &[&Reading], id: SourceId) -> Option<Arc<Source>> {
    readings.iter().find(|reading| reading.source.id == id).map(|reading| reading.source.clone())
}

/// Fixes that are made together. Each of them holds, but two may be one too many: a key that two others become.
struct Round<'r, F> {
    readings: &'r [&'r Reading],
    found: &'r [Diagnostic],
    check: F,
    /// How often all may still be checked.
    tries: usize,
    made: Vec<usize>,
    /// What came of it: what is found, and what the files are then.
    outcome: Option<(Report, BTreeMap<SourceId, Reading>)>,
}

impl<F: Fn(&[&Reading]) -> Report> Round<'_, F> {
    /// Makes fixes together with those that are made: all of them, or else what can be made of each half.
    fn make(&mut self, fixes: &[usize]) {
        if self.tries == 0 || fixes.is_empty() {
            return;
        }
        self.tries -= 1;
        let all = [self.made.as_slice(), fixes].concat();
        if let Some(outcome) = self.outcome_of(&all) {
            (self.made, self.outcome) = (all, Some(outcome));
        } else if fixes.len() > 1 {
            let (one, other) = fixes.split_at(fixes.len() / 2);
            self.make(one);
            self.make(other);
        }
    }

    fn outcome_of(&self, made: &[usize]) -> Option<(Report, BTreeMap<SourceId, Reading>)> {
        let mut together = Together::default();
        made.iter().filter_map(|index| edits(self.found, *index)).for_each(|edits| {
            together.add(edits);
        });
        let mut changed = BTreeMap::new();
        let mut moved = Moved::default();
        for Reading { source, .. } in self.readings {
            let Some(edits) = together.of(source.id) else { continue };
            let (text, written) = applied(&source.text, &edits);
            moved.add(source.id, &edits, &written);
            changed.insert(source.id, read(&Arc::new(Source::new(source.id, source.name.clone(), text))));
        }
        let now: Vec<&Reading> =
            self.readings.iter().map(|reading| changed.get(&reading.source.id).unwrap_or(reading)).collect();
        let report = (self.check)(&now);
        is_better(self.found, made, &report.diagnostics, &moved).then_some((report, changed))
    }
}

/// The findings whose fixes are wanted and can be made together: no edit touches another.
fn fitting(found: &[Diagnostic], wanted: impl Fn(&Diagnostic) -> bool) -> Vec<usize> {
    let mut together = Together::default();
    let wanted = found.iter().enumerate().filter(|(_, found)| wanted(found)).map(|(index, _)| index);
    wanted.filter(|index| edits(found, *index).is_some_and(|edits| together.add(edits))).collect()
}

/// The edits of a fix, of which there is at least one.
fn edits(found: &[Diagnostic], index: usize) -> Option<&[Edit]> {
    let fix = found.get(index)?.fix.as_ref()?;
    (!fix.edits.is_empty()).then_some(&fix.edits)
}

/// The source in which a fix begins.
fn first(found: &[Diagnostic], index: usize) -> Option<SourceId> {
    Some(edits(found, index)?.first()?.span.source)
}
