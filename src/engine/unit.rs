//! What is said of one unit: by the schema, by rules about nodes, and by rules about several configurations of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::fingerprint;
use super::settings::Profile;
use super::tell::Raw;
use super::undecided;
use crate::diagnostic::{RuleInfo, Undecided};
use crate::forms::attach::attached;
use crate::rules::Set;
use crate::rules::across::{Claim, claims};
use crate::rules::check::{self as rules_check, Outcome};
use crate::rules::finding::{Finding, of_violation};
use crate::rules::rule::{Check, Unique};
use crate::rules::unique::unique;
use crate::schema::{self, Checked};
use crate::spec::{Resource, Scope};

#[derive(Debug, Default)]
pub struct UnitOutcome {
    pub diagnostics: Vec<Raw>,
    pub configurations: usize,
    pub undecided: Vec<Undecided>,
    /// What must be its own and nobody else's.
    pub claims: Vec<Claim>,
    /// The rules of which it is not certain that they have no more to say: something is not known, or another rule
    /// explains a value better.
    pub open: BTreeSet<String>,
}

/// Checks a unit by all rules.
pub fn unit(rules: &Set, resources: &[Resource], profile: &Profile) -> UnitOutcome {
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
    outcome.open = open(&outcome.undecided, &findings);
    let is_on = |info: &RuleInfo| profile.levels.is_on(info);
    findings.retain(|(finding, _)| is_on(&finding.info) && !is_chance(finding));
    outcome.undecided.retain(|undecided| is_on(&undecided.rule));
    // What something else is wrong with competes with nothing.
    outcome.claims.retain(|claim| !findings.iter().any(|(finding, _)| finding.span.overlaps(claim.span)));
    let silenced = silenced(&findings);
    let yielding = findings.iter().zip(&silenced).filter(|(_, silenced)| **silenced);
    outcome.open.extend(yielding.map(|((finding, _), _)| finding.info.name.clone()));
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

/// The rules that may have more to say than they do.
fn open(undecided: &[Undecided], findings: &[(Finding<'_>, &Resource)]) -> BTreeSet<String> {
    let chances = findings.iter().filter(|(finding, _)| is_chance(finding)).map(|(finding, _)| &finding.info);
    undecided.iter().map(|undecided| &undecided.rule).chain(chances).map(|info| info.name.clone()).collect()
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
