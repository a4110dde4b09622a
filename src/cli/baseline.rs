//! `delint baseline`

use std::io::{self, Write};
use std::mem;
use std::path::PathBuf;

use crate::cli::args::Baseline as Args;
use crate::cli::config;
use crate::cli::exit::{Exit, Failure, written};
use crate::cli::levels::asked;
use crate::cli::read::read;
use crate::cli::selection::Selection;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{NotificationKind, Report};
use crate::engine::{Known, Reading};
use crate::project::baseline::{self, Baseline};
use crate::project::check::Check;
use crate::project::config::{Config, NAME};
use crate::project::name::displayed;
use crate::project::rule_files;
use crate::report::summary::count;
use crate::rules::Set;

/// Writes what is found, or forgets what is found no longer.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let selection = &args.selection;
    let messages = terminal.messages();
    let tell = |report: &Report| {
        report.notifications.iter().for_each(|told| messages.tell(told, report, None));
    };
    let (config, path, before, rules) = match given(args) {
        Ok(given) => given,
        Err(report) => {
            tell(&report);
            return Ok(Exit::Failed);
        }
    };
    let report = found(selection, &config, rules, &before.known())?;
    tell(&report);
    if report.notifications.iter().any(|told| told.kind == NotificationKind::Error) {
        messages.error("nothing is written, for what could not be read may hold more findings");
        return Ok(Exit::Failed);
    }
    let name = displayed(&path);
    let after = if args.prune { before.pruned(&report) } else { Baseline::of(&report) };
    let said = if args.prune {
        let removed = count(before.count() - after.count(), "finding");
        format!("Removed {removed} from {name}, {} left", after.count())
    } else {
        format!("Wrote {} to {name}", count(after.count(), "finding"))
    };
    if !args.prune || after != before {
        after.write(&path).map_err(|error| Failure::Write { to: name.clone(), error })?;
    }
    written(writeln!(io::stdout().lock(), "{said}"))?;
    if !args.prune && config.baseline.is_none() {
        let config = config.source.as_ref().map_or(NAME, |source| &source.name);
        messages.note(&format!(
            "`delint check --baseline {name}` leaves them out; `baseline: {}` in {config} does it always",
            baseline::NAME
        ));
    }
    Ok(Exit::Clean)
}

/// The configuration, the file of the baseline, what is in it already, which is of interest only where it is pruned, and
/// the rules.
fn given(args: &Args) -> Result<(Config, PathBuf, Baseline, Set), Box<Report>> {
    let config = config::of_project(&args.selection.project)?;
    let path = config::baseline(&args.selection, &config).unwrap_or_else(|| baseline::default_path(&config));
    let before = if args.prune { baseline::read(&path) } else { Ok(Baseline::default()) };
    let before = before.map_err(|failure| Box::new(failure.into_report()))?;
    let rules = rule_files::of_project(&config)?;
    Ok((config, path, before, rules))
}

/// What is found in what the arguments name.
fn found(selection: &Selection, config: &Config, rules: Set, known: &Known) -> Result<Report, Failure> {
    let asked = asked(selection, &rules)?;
    let paths = config::paths(selection)?;
    let mut loaded = read(selection, config, &paths, false, true);
    let messages = mem::take(&mut loaded.messages);
    let readings: Vec<&Reading> = loaded.readings.iter().collect();
    let report = Check::of_loaded(config, rules, &asked, known, &loaded).report(&readings);
    Ok(Report { notifications: messages, ..report })
}
