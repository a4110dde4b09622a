//! Checks what belongs together, and makes a report of what was found.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::assume::Assume;
use super::fingerprint;
use super::reading::{Problem, Reading};
use super::settings::{Profile, Settings};
use super::tell::{self, Raw};
use super::undecided;
use super::units::units;
use crate::diagnostic::{Diagnostic, Report, RuleInfo, Summary, Undecided};
use crate::forms::attach::attached;
use crate::rules::Set;
use crate::rules::across::{Claim, claims, finding as finding_across, rivals};
use crate::rules::check::{self as rules_check, Outcome};
use crate::rules::finding::{Finding, of_problem, of_violation};
use crate::rules::rule::{Check, Unique};
use crate::rules::unique::unique;
use crate::schema::{self, Checked};
use crate::spec::{Resource, Scope};
use crate::text::{Source, SourceId, Span};

/// Checks readings by the built-in rules. `files` is how many files were read in all, for the summary.
pub fn check(readings: &[Reading], files: usize) -> Report {
    check_with(readings, files, &Settings::default())
}

/// The same, with settings.
pub fn check_with(readings: &[Reading], files: usize, settings: &Settings) -> Report {
    let sources: BTreeMap<SourceId, Arc<Source>> =
        readings.iter().map(|reading| (reading.source.id, reading.source.clone())).collect();
    let mut report = Report { summary: Summary { files, ..Summary::default() }, ..Report::default() };
    // Where no file has anything to say, no rule is ever read.
    for reading in readings.iter().filter(|reading| !reading.problems.is_empty()) {
        let found = of_problems(&settings.rules, &reading.problems);
        report.diagnostics.extend(found.into_iter().map(|raw| tell::diagnostic(raw, &sources)));
    }
    let mut claimed = Vec::new();
    for resources in units(readings) {
        let profile =
            resources.first().map_or(&*settings.common, |first| settings.profile(first.header.source));
        let mut outcome = unit(&settings.rules, &resources, profile);
        let again = |assume: &Assume| {
            let profile = Profile { assume: assume.clone(), ..profile.clone() };
            unit(&settings.rules, &resources, &profile).diagnostics
        };
        profile.assume.attribute(&mut outcome.diagnostics, again);
        report.summary.configurations += outcome.configurations;
        report.undecided.extend(outcome.undecided);
        report.diagnostics.extend(outcome.diagnostics.into_iter().map(|raw| tell::diagnostic(raw, &sources)));
        claimed.push(outcome.claims);
    }
    let found = across_units(&settings.rules, &claimed);
    report.diagnostics.extend(found.into_iter().map(|raw| tell::diagnostic(raw, &sources)));
    report.sources = sources;
    level(&mut report, settings);
    sort(&mut report);
    undecided::sort(&mut report);
    report.summary.undecided = report.undecided.len();
    report
}

#[derive(Debug, Default)]
struct UnitOutcome {
    diagnostics: Vec<Raw>,
    configurations: usize,
    undecided: Vec<Undecided>,
    /// What must be its own and nobody else's.
    claims: Vec<Claim>,
}

fn of_problems(rules: &Set, problems: &[Problem]) -> Vec<Raw> {
    let mut found = Vec::new();
    for problem in problems {
        for rule in rules.iter() {
            if let Check::Problem(kind, report) = &rule.check
                && *kind == problem.kind
            {
                let mut finding = of_problem(rule, report, problem.span, &problem.what, problem.first);
                finding.resource.clone_from(&problem.resource);
                finding.pointer.clone_from(&problem.pointer);
                let resource = problem.resource.as_deref().unwrap_or_default();
                let fingerprint = fingerprint::of(
                    &rule.info.name,
                    resource,
                    &format!("{}\n{}", problem.pointer, problem.what),
                );
                found.push(Raw { finding: finding.into_owned(), form: problem.form, fingerprint });
            }
        }
    }
    found
}

/// What units claim that other units claim as well.
fn across_units(rules: &Set, units: &[Vec<Claim>]) -> Vec<Raw> {
    let rivals = rivals(units);
    if rivals.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for rule in rules.iter() {
        let Check::Unique(unique) = &rule.check else { continue };
        let Some(info) = &unique.across else { continue };
        for (first, later) in &rivals {
            let finding = finding_across(unique, info, first, later);
            let fingerprint = fingerprint::of(&rule.info.name, first.value(), &later.pointer);
            found.push(Raw { finding, form: later.form, fingerprint });
        }
    }
    found
}

fn unit(rules: &Set, resources: &[Resource], profile: &Profile) -> UnitOutcome {
    let assumed = profile.assume.applied(resources);
    let resources = attached(&assumed);
    let checked: HashMap<usize, Checked> =
        configurations(&resources).map(|(i, r)| (i, schema::check(r))).collect();
    let repaired = |(index, resource): (usize, &Resource)| {
        checked
            .get(&index)
            .and_then(|checked| checked.with_stand_ins(resource))
            .unwrap_or_else(|| resource.clone())
    };
    let mut scope = Scope::new(resources.iter().enumerate().map(repaired).collect());
    scope.assumed = profile.assume.assumed(&scope.resources);

    let mut outcome = UnitOutcome { configurations: checked.len(), ..UnitOutcome::default() };
    let mut findings: Vec<(Finding<'_>, &Resource)> = Vec::new();
    let mut collector = undecided::Collector::default();
    for (index, resource) in scope.resources.iter().enumerate() {
        let violations = checked.get(&index).map_or(&[][..], |checked| &checked.violations);
        let of_schema = violations.iter().flat_map(|violation| schema_findings(rules, violation, resource));
        findings.extend(of_schema.map(|finding| (finding, resource)));
        let Outcome { findings: of_rules, undecided } = rules_check::resource(rules.iter(), &scope, resource);
        findings.extend(of_rules.into_iter().map(|finding| (finding, resource)));
        collector.take(undecided);
    }
    outcome.undecided = collector.told;
    for rule in rules.iter() {
        if let Check::Unique(Unique { path, report, across }) = &rule.check {
            findings.extend(unique(rule, path, report, &scope));
            if across.is_some() {
                outcome.claims.extend(claims(path, &scope));
            }
        }
    }
    let is_on = |info: &RuleInfo| profile.levels.is_on(info);
    findings.retain(|(finding, _)| is_on(&finding.info) && !is_chance(finding));
    outcome.undecided.retain(|undecided| is_on(&undecided.rule));
    // What something else is wrong with competes with nothing.
    outcome.claims.retain(|claim| !findings.iter().any(|(finding, _)| finding.span.overlaps(claim.span)));
    let silenced = silenced(&findings);
    let mut seen = HashSet::new();
    let mut pools: HashMap<*const Resource, String> = HashMap::new();
    for ((finding, configuration), silenced) in findings.into_iter().zip(silenced) {
        // Two entries that lead to one neighbour say the same of it twice.
        let is_new = seen.insert((finding.info.name.clone(), finding.span, finding.message.clone()));
        if silenced || !is_new {
            continue;
        }
        let pool = pools
            .entry(std::ptr::from_ref(configuration))
            .or_insert_with(|| fingerprint::pool(configuration));
        let fingerprint = fingerprint::of_finding(&finding, configuration, pool);
        outcome.diagnostics.push(Raw {
            form: configuration.origin.form,
            fingerprint,
            finding: finding.into_owned(),
        });
    }
    outcome
}

fn configurations(resources: &[Resource]) -> impl Iterator<Item = (usize, &Resource)> {
    resources.iter().enumerate().filter(|(_, resource)| resource.is_configuration())
}

/// The findings of the rules that speak of a violation: of the built-in ones, or what takes their place, the one that
/// names the member, or else one that names none; and each other rule of the project.
fn schema_findings<'r>(
    rules: &'r Set,
    violation: &schema::Violation,
    configuration: &Resource,
) -> Vec<Finding<'r>> {
    let form = configuration.origin.form;
    let candidates =
        rules.iter().filter(|rule| rules_check::is_for(rule, form)).filter_map(|rule| match &rule.check {
            Check::Schema(check) if check.keywords.contains(&violation.keyword) => Some((rule, check)),
            _ => None,
        });
    let named = candidates.filter(|(_, check)| check.at.as_ref().is_none_or(|at| *at == violation.member));
    let (others, known): (Vec<_>, Vec<_>) = named.partition(|(rule, _)| rules.is_further(&rule.info.name));
    let best = known.into_iter().max_by_key(|(_, check)| check.at.is_some());
    let speaking = best.into_iter().chain(others);
    speaking.map(|(rule, check)| of_violation(rule, &check.report, violation, configuration)).collect()
}

/// Whether a finding rests on parts being there or not in a combination that nobody wrote down: each of several
/// conditions decides on one of them, and perhaps they are never deployed so.
fn is_chance(finding: &Finding<'_>) -> bool {
    finding.on_presence && finding.when.len() > 1
}

/// For each finding, whether a rule that it yields to speaks of the same value at the same place.
///
/// Of a place with alternatives each has a value of its own; one that is written once is used at several places.
fn silenced(findings: &[(Finding<'_>, &Resource)]) -> Vec<bool> {
    let mut by_place: HashMap<(Option<&str>, &str), Vec<&Finding<'_>>> = HashMap::new();
    for (finding, _) in findings {
        by_place.entry((finding.resource.as_deref(), &finding.about.1)).or_default().push(finding);
    }
    let is_silenced = |(finding, _): &(Finding<'_>, &Resource)| {
        // Of what is not written, the node that lacks it as well.
        let places = [finding.about.1.as_str(), finding.pointer.as_str()];
        let places = places.map(|pointer| (finding.resource.as_deref(), pointer));
        let mut speakers = places.iter().filter_map(|place| by_place.get(place)).flatten();
        speakers.any(|better| {
            let name = &better.info.name;
            finding.yields_to.contains(name)
                && *name != finding.info.name
                && finding.about.0.overlaps(better.about.0)
        })
    };
    findings.iter().map(is_silenced).collect()
}

/// Removes what is not to be reported, and gives the rest its severity.
fn level(report: &mut Report, settings: &Settings) {
    let applied = |span: Span, rule: &mut Arc<RuleInfo>| {
        let info = settings.profile(span.source).levels.applied(rule);
        info.map(|info| *rule = info).is_some()
    };
    report.diagnostics.retain_mut(|diagnostic| applied(diagnostic.span, &mut diagnostic.rule));
    report.undecided.retain_mut(|undecided| applied(undecided.span, &mut undecided.rule));
}

/// By path, then position, then rule.
fn sort(report: &mut Report) {
    let names: HashMap<SourceId, &str> =
        report.sources.iter().map(|(id, source)| (*id, source.name.as_str())).collect();
    report.diagnostics.sort_by(|a, b| {
        let name = |diagnostic: &Diagnostic| names.get(&diagnostic.span.source).copied().unwrap_or_default();
        let key = |diagnostic: &Diagnostic| (diagnostic.span.start, Reverse(diagnostic.rule.severity));
        name(a)
            .cmp(name(b))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.rule.name.cmp(&b.rule.name))
            .then_with(|| a.span.end.cmp(&b.span.end))
            .then_with(|| a.path.cmp(&b.path))
            .then_with(|| a.message.cmp(&b.message))
    });
}
