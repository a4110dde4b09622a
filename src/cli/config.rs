//! Which configuration a run has, and what it and the arguments say together.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::exit::Failure;
use crate::cli::selection::Selection;
use crate::cli::shared::Project;
use crate::cli::today::today;
use crate::diagnostic::{Diagnostic, Report};
use crate::engine::{Profile, Reading, Settings, sort, unknown_rule};
use crate::project::baseline;
use crate::project::config::{self, Config};
use crate::project::load::Loaded;
use crate::project::paths::Exclude;
use crate::rules::Set;
use crate::text::SourceId;

/// The configuration that the arguments ask for.
///
/// # Errors
/// It cannot be read, or there are mistakes in it: a report of that.
pub fn of_project(args: &Project) -> Result<Config, Box<Report>> {
    let config = match &args.config {
        _ if args.isolated => Ok(Config::default()),
        Some(file) => config::read(file),
        None => config::find(),
    };
    config.map_err(|failure| Box::new(failure.into_report()))
}

/// The baseline that the arguments or the configuration name.
pub fn baseline(selection: &Selection, config: &Config) -> Option<PathBuf> {
    selection.baseline.as_deref().map(Path::to_path_buf).or_else(|| baseline::of_config(config))
}

/// The settings of each file.
pub fn settings(config: &Config, rules: Set, asked: &Profile, readings: &[Reading]) -> Settings {
    // What holds for a file of no override holds for all.
    let common = Arc::new(config.profile(Path::new(""), asked));
    let today = Some(today());
    if !config.has_overrides() {
        return Settings { common, rules, today, fixes: true, ..Settings::default() };
    }
    let of = |reading: &Reading| {
        (reading.source.id, Arc::new(config.profile(Path::new(&reading.source.name), asked)))
    };
    Settings { common, of: readings.iter().map(of).collect(), rules, today, fixes: true }
}

/// The files that are left out, and were read for the sake of others of their folder only.
pub fn excluded(config: &Config, loaded: &Loaded) -> BTreeSet<SourceId> {
    let exclude = Exclude::new(&config.base, &config.exclude);
    let sources = loaded.readings.iter().map(|reading| &reading.source);
    let besides = sources.filter(|source| !loaded.paths.contains_key(&source.id));
    besides.filter(|source| exclude.covers(Path::new(&source.name))).map(|source| source.id).collect()
}

/// Adds what is to be said of names in the configuration that no rule has.
pub fn unknown_rules(config: &Config, settings: &Settings, report: &mut Report) {
    let Some(source) = &config.source else { return };
    let count = report.diagnostics.len();
    for (name, span) in config.named_rules().filter(|(name, _)| !settings.rules.contains(name)) {
        report.sources.insert(source.id, source.clone());
        if let Some(found) = unknown_rule(span, name, &settings.rules, &report.sources)
            && let Some(rule) = settings.common.levels.applied(&found.rule)
        {
            report.diagnostics.push(Diagnostic { rule, ..found });
        }
    }
    if report.diagnostics.len() > count {
        sort(report);
    }
}

/// What is to be checked: the paths of the arguments and of the list, or else the current folder.
///
/// # Errors
/// The list cannot be read.
pub fn paths(args: &Selection) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        let mut text = String::new();
        let read = if list.as_os_str() == "-" {
            io::stdin().read_to_string(&mut text).map(|_| ())
        } else {
            fs::read_to_string(list).map(|read| text = read)
        };
        read.map_err(|error| {
            Failure::Usage(format!("cannot read the list of files {}: {error}", list.display()))
        })?;
        paths.extend(text.lines().filter(|line| !line.is_empty()).map(PathBuf::from));
    } else if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    Ok(paths)
}
