//! Makes fixes until there are none left.

use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

use super::applied::{Together, applied};
use crate::diagnostic::{Diagnostic, Report};
use crate::engine::reading::{Reading, read};
use crate::text::{Source, SourceId};

/// How often fixes are made of what was found before: some make room for others.
pub const MAX_ROUNDS: usize = 10;

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
#[derive(Clone, Debug)]
pub struct Changed {
    pub old: Arc<Source>,
    pub new: Arc<Source>,
    /// How many fixes were made in it.
    pub fixed: usize,
}

/// Makes the fixes that are wanted of what `check` finds, in the texts of the readings alone.
pub fn settle(
    readings: &mut [Reading],
    check: impl Fn(&[Reading]) -> Report,
    wanted: impl Fn(&Diagnostic) -> bool,
) -> Settled {
    let report = check(readings);
    let mut settled = Settled { before: None, report, changed: BTreeMap::new(), is_open: false };
    for _ in 0..MAX_ROUNDS {
        let (together, fixes) = fitting(&settled.report.diagnostics, &wanted);
        if fixes.is_empty() {
            return settled;
        }
        for reading in readings.iter_mut() {
            let Some(edits) = together.of(reading.source.id) else { continue };
            let old = reading.source.clone();
            let (text, _) = applied(&old.text, &edits);
            let new = Arc::new(Source::new(old.id, old.name.clone(), text));
            *reading = read(&new);
            let first = Changed { old, new: new.clone(), fixed: 0 };
            let changed = settled.changed.entry(new.id).or_insert(first);
            changed.new = new;
            changed.fixed += fixes.get(&changed.new.id).copied().unwrap_or_default();
        }
        let found = mem::replace(&mut settled.report, check(readings));
        settled.before.get_or_insert(found);
    }
    settled.is_open = !fitting(&settled.report.diagnostics, &wanted).1.is_empty();
    settled
}

/// The fixes that can be made together: their edits, and how many begin in each file.
fn fitting(
    found: &[Diagnostic],
    wanted: impl Fn(&Diagnostic) -> bool,
) -> (Together, BTreeMap<SourceId, usize>) {
    let mut together = Together::default();
    let mut fixes = BTreeMap::new();
    for fix in found.iter().filter(|found| wanted(found)).filter_map(|found| found.fix.as_ref()) {
        if let Some(first) = fix.edits.first().filter(|_| together.add(&fix.edits)) {
            *fixes.entry(first.span.source).or_default() += 1;
        }
    }
    (together, fixes)
}
