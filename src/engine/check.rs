//! Checks what belongs together, and makes a report of what was found.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::across::across_units;
use super::assume::Assume;
use super::fix;
use super::levels::level;
use super::order;
use super::problems::of_problems;
use super::reading::Reading;
use super::settings::{Profile, Settings};
use super::suppress;
use super::tell::{self, Raw};
use super::undecided;
use super::unit::{UnitOutcome, unit};
use super::units::{Unit, units};
use crate::diagnostic::{Report, Severity, Summary};
use crate::spec::Resource;
use crate::text::{Source, SourceId};

/// Checks readings by the built-in rules. `files` is how many files were read in all, for the summary.
pub fn check(readings: &[Reading], files: usize) -> Report {
    check_with(readings, files, &Settings::default())
}

/// The same, with settings.
pub fn check_with(readings: &[Reading], files: usize, settings: &Settings) -> Report {
    check_these(&readings.iter().collect::<Vec<_>>(), files, settings)
}

/// The same of readings that are kept apart.
pub fn check_these(readings: &[&Reading], files: usize, settings: &Settings) -> Report {
    let mut report = untried(readings, files, settings);
    if settings.fixes {
        fix::keep_what_holds(&mut report, readings, |readings| {
            untried(readings, files, settings).diagnostics
        });
    } else {
        report.diagnostics.iter_mut().for_each(|found| found.fix = None);
    }
    report
}

/// What rules have against the resources of a unit, and no mere advice: their names, and the JSON pointers of where.
pub fn said_of(resources: &[Resource], settings: &Settings) -> Vec<(String, String)> {
    let Some(first) = resources.first() else { return Vec::new() };
    let profile = settings.profile(first.header.source);
    let found = unit(&settings.rules, resources, profile).diagnostics;
    let speaks = |raw: &Raw| {
        let severity = profile.levels.of(&raw.finding.info);
        severity.is_some_and(|severity| severity != Severity::Hint)
    };
    let spoken = found.into_iter().filter(speaks);
    spoken.map(|raw| (raw.finding.info.name.clone(), raw.finding.pointer)).collect()
}

/// What is found; nobody has tried the fixes.
fn untried(readings: &[&Reading], files: usize, settings: &Settings) -> Report {
    let sources: BTreeMap<SourceId, Arc<Source>> =
        readings.iter().map(|reading| (reading.source.id, reading.source.clone())).collect();
    let mut report = Report { summary: Summary { files, ..Summary::default() }, ..Report::default() };
    // Where no file has anything to say, no rule is ever read.
    for reading in readings.iter().filter(|reading| !reading.problems.is_empty()) {
        let found = of_problems(&settings.rules, &reading.problems, &sources);
        report.diagnostics.extend(found.into_iter().map(|raw| tell::diagnostic(raw, &sources)));
    }
    let mut claimed = Vec::new();
    let mut suppressing = Vec::new();
    for deployed in units(readings) {
        let resources = &deployed.resources;
        let profile =
            resources.first().map_or(&*settings.common, |first| settings.profile(first.header.source));
        let mut outcome = unit(&settings.rules, resources, profile);
        let again = |assume: &Assume| {
            let profile = Profile { assume: assume.clone(), ..profile.clone() };
            unit(&settings.rules, resources, &profile)
        };
        profile.assume.attribute(&mut outcome.diagnostics, |assume| again(assume).diagnostics);
        suppressing.extend(suppressed(&deployed, profile, &outcome, || again(&Assume::default())));
        report.summary.configurations += outcome.configurations;
        report.undecided.extend(outcome.undecided);
        report.diagnostics.extend(outcome.diagnostics.into_iter().map(|raw| tell::diagnostic(raw, &sources)));
        claimed.push(outcome.claims);
    }
    let found = across_units(&settings.rules, &claimed);
    report.diagnostics.extend(found.into_iter().map(|raw| tell::diagnostic(raw, &sources)));
    report.sources = sources;
    level(&mut report, settings);
    suppress::apply(&mut report, readings, &suppressing, settings);
    order::sort(&mut report);
    undecided::sort(&mut report);
    report.summary.undecided = report.undecided.len();
    report.summary.suppressed = report.suppressed.len();
    report
}

/// What is known of a unit in which something is suppressed. `bare` checks it without assumptions: what one of these
/// decides is not certain in every run.
fn suppressed<'p>(
    deployed: &Unit<'_>,
    profile: &'p Profile,
    outcome: &UnitOutcome,
    bare: impl Fn() -> UnitOutcome,
) -> Option<suppress::Context<'p>> {
    if deployed.files.iter().all(|file| file.suppressions.is_empty()) {
        return None;
    }
    let mut open = outcome.open.clone();
    if !profile.assume.is_empty() {
        open.extend(bare().open);
    }
    Some(suppress::Context::new(deployed, profile, open))
}
