//! `delint check --fix`, and `--diff`, which shows what it would do.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, IsTerminal, Write};

use crate::cli::args::Check;
use crate::cli::exit::{Failure, written};
use crate::cli::message::Messages;
use crate::cli::patch::{patch, shown};
use crate::cli::terminal::is_github;
use crate::diagnostic::{Diagnostic, Notification, Report, Safety};
use crate::engine::fix::{Changed, MAX_ROUNDS, Settled, settle};
use crate::engine::{self, Reading};
use crate::project::load::Loaded;
use crate::project::rewrite::rewrite;
use crate::report::summary::count;
use crate::text::SourceId;

/// What came of fixes.
#[derive(Debug)]
pub struct Fixed {
    /// What is found in the files as they are then, or would be.
    pub report: Report,
    /// Whether a file is another one, or would be.
    pub is_changed: bool,
}

/// Makes the fixes of what `check` finds, or shows them. Only files that were asked for are changed.
pub fn fix(
    args: &Check,
    messages: Messages,
    loaded: &mut Loaded,
    check: impl Fn(&[Reading]) -> Report,
) -> Result<Fixed, Failure> {
    let asked: BTreeSet<SourceId> = loaded.paths.keys().copied().collect();
    let is_wanted = |found: &Diagnostic| {
        let fix = found.fix.as_ref();
        fix.is_some_and(|fix| {
            (fix.safety == Safety::Safe || args.unsafe_fixes)
                && fix.edits.iter().all(|edit| asked.contains(&edit.span.source))
        })
    };
    let Settled { mut report, mut changed, is_open } = settle(&mut loaded.readings, &check, is_wanted);
    if args.diff {
        show(&changed)?;
    } else {
        let failures = write_all(loaded, &mut changed);
        if !failures.is_empty() {
            report = check(&loaded.readings);
            report.notifications.extend(failures);
        }
    }
    if is_open {
        messages.note(&format!("after {MAX_ROUNDS} rounds of fixes there are still more to make"));
    }
    if !changed.is_empty() {
        let what = if args.diff { "would fix" } else { "fixed" };
        let fixed = changed.values().map(|changed| changed.fixed).sum();
        messages.note(&format!("{what} {} in {}", count(fixed, "finding"), count(changed.len(), "file")));
    }
    Ok(Fixed { report, is_changed: !changed.is_empty() })
}

fn show(changed: &BTreeMap<SourceId, Changed>) -> Result<(), Failure> {
    let is_read_by_people = io::stdout().is_terminal() || is_github();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut patches = changed.values().map(|Changed { old, new, .. }| {
        let patch = patch(old, new);
        if is_read_by_people { shown(&patch) } else { patch }
    });
    written(patches.try_for_each(|patch| out.write_all(patch.as_bytes())).and_then(|()| out.flush()))
}

/// Writes what changed. A file that cannot be written is read as it was, and did not change.
fn write_all(loaded: &mut Loaded, changed: &mut BTreeMap<SourceId, Changed>) -> Vec<Notification> {
    let mut failures = Vec::new();
    changed.retain(|id, Changed { old, new, .. }| {
        // What has no path was not asked for, and nothing of it is wanted.
        let Some(path) = loaded.paths.get(id) else { return false };
        let Err(failure) = rewrite(path, old, new) else { return true };
        for reading in loaded.readings.iter_mut().filter(|reading| reading.source.id == *id) {
            *reading = engine::read(old);
        }
        failures.push(failure);
        false
    });
    failures
}
