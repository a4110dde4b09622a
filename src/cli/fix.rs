//! `delint check --fix`, and `--diff`, which shows what it would do.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use similar::TextDiff;

use crate::cli::args::Check;
use crate::cli::exit::{Failure, written};
use crate::cli::message::Messages;
use crate::diagnostic::{Diagnostic, Report, Safety};
use crate::engine::Reading;
use crate::engine::fix::{MAX_ROUNDS, Settled, settle};
use crate::project::load::Loaded;
use crate::project::rewrite::rewrite;
use crate::report::summary::count;
use crate::report::visible::escaped;
use crate::text::{Source, SourceId};

/// Lines around a change that a patch shows.
const CONTEXT: usize = 3;

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
    let Settled { mut report, changed, fixed, is_open } = settle(&mut loaded.readings, check, is_wanted);
    if args.diff {
        let mut out = BufWriter::new(io::stdout().lock());
        let mut diffs = changed.values().map(|(old, new)| patch(old, new));
        written(diffs.try_for_each(|diff| out.write_all(diff.as_bytes())).and_then(|()| out.flush()))?;
    } else {
        for (id, (old, new)) in &changed {
            let path = loaded.paths.get(id).map_or(Path::new(&old.name), |path| path);
            report.notifications.extend(rewrite(path, old, new).err());
        }
    }
    if is_open {
        messages.note(&format!("after {MAX_ROUNDS} rounds of fixes there are still more to make"));
    }
    if !changed.is_empty() {
        let what = if args.diff { "would fix" } else { "fixed" };
        messages.note(&format!("{what} {} in {}", count(fixed, "finding"), count(changed.len(), "file")));
    }
    Ok(Fixed { report, is_changed: !changed.is_empty() })
}

/// A change as `git apply` takes it.
fn patch(old: &Source, new: &Source) -> String {
    let name = |side: &str| {
        let name = format!("{side}/{}", old.name.trim_start_matches("./"));
        let plain = name.chars().all(|c| !c.is_control() && !matches!(c, '"' | '\\'));
        if plain { name } else { format!("\"{}\"", escaped(&name).replace('"', "\\\"")) }
    };
    let diff = TextDiff::from_lines(&old.text, &new.text);
    diff.unified_diff().context_radius(CONTEXT).header(&name("a"), &name("b")).to_string()
}
