//! `delint check --fix`, and `--diff`, which shows what it would do.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::{env, fs};

use crate::cli::args::Check;
use crate::cli::exit::{Failure, written};
use crate::cli::message::Messages;
use crate::cli::patch::{patch, shown};
use crate::cli::terminal::is_github;
use crate::cli::workspace::repository;
use crate::diagnostic::{Diagnostic, Notification, Report, Safety};
use crate::engine::Reading;
use crate::engine::fix::{Changed, MAX_ROUNDS, Settled, settle, with_changed};
use crate::project::load::Loaded;
use crate::project::rewrite::rewrite;
use crate::report::summary::count;
use crate::text::SourceId;

/// What came of fixes.
#[derive(Debug)]
pub struct Fixed {
    /// What is found in the files as they are on the disk then.
    pub report: Report,
    /// Whether a file is another one, or would be.
    pub is_changed: bool,
}

/// Makes the fixes of what `check` finds, or shows them. Only files that were asked for are changed.
pub fn fix(
    args: &Check,
    messages: Messages,
    loaded: &Loaded,
    check: impl Fn(&[&Reading]) -> Report,
) -> Result<Fixed, Failure> {
    let asked: BTreeSet<SourceId> = loaded.paths.keys().copied().collect();
    let is_wanted = |found: &Diagnostic| {
        let fix = found.fix.as_ref();
        fix.is_some_and(|fix| {
            (fix.safety == Safety::Safe || args.unsafe_fixes)
                && fix.edits.iter().all(|edit| asked.contains(&edit.span.source))
        })
    };
    let readings: Vec<&Reading> = loaded.readings.iter().collect();
    let Settled { before, mut report, mut changed, is_open } = settle(&readings, &check, is_wanted);
    if args.diff {
        let base = base(&changed, loaded);
        if let Some((root, false)) = &base {
            messages.note(&format!("the patch is for `git apply` in {}", root.display()));
        }
        show(&changed, loaded, base.as_ref().map(|(base, _)| base.as_path()))?;
        report = before.unwrap_or(report);
    } else {
        let failures = write_all(loaded, &mut changed);
        if !failures.is_empty() {
            report = check(&with_changed(&readings, &changed));
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

/// The folder that a patch of all these files is for, and whether it is the working folder: else it is the root of the
/// repository. None where some lie elsewhere.
fn base(changed: &BTreeMap<SourceId, Changed>, loaded: &Loaded) -> Option<(PathBuf, bool)> {
    let folder = env::current_dir().and_then(fs::canonicalize).ok()?;
    let paths = changed.keys().filter_map(|id| loaded.paths.get(id));
    let paths: Vec<PathBuf> = paths.filter_map(|path| fs::canonicalize(path).ok()).collect();
    let holds_all = |base: &Path| paths.iter().all(|path| path.starts_with(base));
    if holds_all(&folder) {
        return Some((folder, true));
    }
    repository(&folder).filter(|root| holds_all(root)).map(|root| (root, false))
}

/// What a file is called, seen from a folder.
fn name_within(base: Option<&Path>, path: Option<&PathBuf>) -> Option<String> {
    let path = fs::canonicalize(path?).ok()?;
    Some(path.strip_prefix(base?).ok()?.to_str()?.replace(MAIN_SEPARATOR, "/"))
}

fn show(changed: &BTreeMap<SourceId, Changed>, loaded: &Loaded, base: Option<&Path>) -> Result<(), Failure> {
    let is_read_by_people = io::stdout().is_terminal() || is_github();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut patches = changed.iter().map(|(id, changed)| {
        let (old, new) = (&changed.old, changed.source());
        let name = name_within(base, loaded.paths.get(id));
        let patch = patch(name.as_deref().unwrap_or(&old.name), old, new);
        if is_read_by_people { shown(&patch) } else { patch }
    });
    written(patches.try_for_each(|patch| out.write_all(patch.as_bytes())).and_then(|()| out.flush()))
}

/// Writes what changed. A file that cannot be written is as it was, and did not change.
fn write_all(loaded: &Loaded, changed: &mut BTreeMap<SourceId, Changed>) -> Vec<Notification> {
    let mut failures = Vec::new();
    changed.retain(|id, changed| {
        // What has no path was not asked for, and nothing of it is wanted.
        let Some(path) = loaded.paths.get(id) else { return false };
        let Err(failure) = rewrite(path, &changed.old, changed.source()) else { return true };
        failures.push(failure);
        false
    });
    failures
}
