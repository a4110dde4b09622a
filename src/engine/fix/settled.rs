//! Makes fixes until there are none left. What was read stays as it is; of what becomes of it, the files that change are
//! read again, and no other.

use std::collections::BTreeMap;
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
        let (together, fixes) = fitting(&settled.report.diagnostics, &wanted);
        if fixes.is_empty() {
            return settled;
        }
        for reading in readings {
            let id = reading.source.id;
            let Some(edits) = together.of(id) else { continue };
            let before = settled.changed.remove(&id);
            let now = before.as_ref().map_or(&reading.source, Changed::source);
            let (text, _) = applied(&now.text, &edits);
            let now = read(&Arc::new(Source::new(id, now.name.clone(), text)));
            let fixed = fixes.get(&id).copied().unwrap_or_default();
            let fixed = fixed + before.map_or(0, |before| before.fixed);
            settled.changed.insert(id, Changed { old: reading.source.clone(), now, fixed });
        }
        let found = check(&with_changed(readings, &settled.changed));
        let found = std::mem::replace(&mut settled.report, found);
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
