//! Makes fixes until there are none left.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::applied::{applied, is_apart};
use crate::diagnostic::{Diagnostic, Edit, Report};
use crate::engine::reading::{Reading, read};
use crate::text::{Source, SourceId};

/// How often fixes are made of what was found before: some make room for others.
pub const MAX_ROUNDS: usize = 10;

/// What came of making fixes.
#[derive(Debug)]
pub struct Settled {
    /// What is found in the new texts.
    pub report: Report,
    /// The files that are changed, as they were and as they are.
    pub changed: BTreeMap<SourceId, (Arc<Source>, Arc<Source>)>,
    /// How many findings are gone.
    pub fixed: usize,
    /// Whether there would be more to do.
    pub is_open: bool,
}

/// Makes the fixes that are wanted of what `check` finds, in the texts of the readings alone.
pub fn settle(
    readings: &mut [Reading],
    check: impl Fn(&[Reading]) -> Report,
    wanted: impl Fn(&Diagnostic) -> bool,
) -> Settled {
    let report = check(readings);
    let mut settled = Settled { report, changed: BTreeMap::new(), fixed: 0, is_open: false };
    for _ in 0..MAX_ROUNDS {
        let (edits, count) = apart(&settled.report.diagnostics, &wanted);
        if count == 0 {
            return settled;
        }
        for reading in readings.iter_mut() {
            let Some(edits) = edits.get(&reading.source.id) else { continue };
            let old = reading.source.clone();
            let (text, _) = applied(&old.text, edits);
            let new = Arc::new(Source::new(old.id, old.name.clone(), text));
            *reading = read(&new);
            settled.changed.entry(new.id).or_insert((old, new.clone())).1.clone_from(&new);
        }
        settled.fixed += count;
        settled.report = check(readings);
    }
    settled.is_open = apart(&settled.report.diagnostics, &wanted).1 > 0;
    settled
}

/// The edits of fixes that can be made together, and how many fixes these are.
fn apart(
    found: &[Diagnostic],
    wanted: impl Fn(&Diagnostic) -> bool,
) -> (BTreeMap<SourceId, Vec<Edit>>, usize) {
    let mut taken: BTreeMap<SourceId, Vec<Edit>> = BTreeMap::new();
    let mut count = 0;
    for fix in found.iter().filter(|found| wanted(found)).filter_map(|found| found.fix.as_ref()) {
        let mut others = fix.edits.iter().filter_map(|edit| taken.get(&edit.span.source));
        if others.all(|others| is_apart(&fix.edits, others)) {
            count += 1;
            for edit in &fix.edits {
                taken.entry(edit.span.source).or_default().push(edit.clone());
            }
        }
    }
    (taken, count)
}
