//! Configurations that must differ and do not.

use std::collections::HashMap;

use super::check::told;
use super::condition::Evidence;
use super::finding::{Finding, Said, Teller, Word};
use super::found::{Found, Site};
use super::lookup::Context;
use super::path::Path;
use super::rule::{Report, Rule};
use super::string::Identity;
use super::unknown::Unknowns;
use super::verdict::Truth;
use crate::guard::Guard;
use crate::spec::{Resource, Scope};
use crate::world::explore;

/// Configurations before one of the same value that are looked at; one that surely competes is enough.
const MAX_RIVALS: usize = 8;

/// Configurations of one unit that have the same value at a path.
pub fn unique<'a>(
    rule: &'a Rule,
    path: &'a Path,
    report: &'a Report,
    scope: &'a Scope,
) -> Vec<(Finding<'a>, &'a Resource)> {
    let mut groups: HashMap<Vec<Identity<'a>>, Vec<&'a Resource>> = HashMap::new();
    let mut findings = Vec::new();
    for later in scope.configurations().filter(|configuration| configuration.origin.applied) {
        let values = values(scope, later, path);
        let earlier = values.iter().filter_map(|value| groups.get(value)).flatten();
        let compete = |first: &&'a Resource| competition(rule, path, report, scope, first, later);
        let found = earlier.take(MAX_RIVALS).map(compete).filter(|found| !found.is_empty());
        // The surest one: that on which the fewest facts bear.
        let found = found.min_by_key(|found| found.iter().map(|finding| finding.when.len()).min());
        findings.extend(found.into_iter().flatten().map(|finding| (finding, later)));
        for value in values {
            groups.entry(value).or_default().push(later);
        }
    }
    findings
}

/// What a configuration can have at a path, in any world.
fn values<'a>(scope: &'a Scope, configuration: &'a Resource, path: &'a Path) -> Vec<Vec<Identity<'a>>> {
    let mut values: Vec<Vec<Identity<'a>>> = Vec::new();
    let unknowns = Unknowns::default();
    let explored = explore(&configuration.rules, |world| {
        let context = Context { scope, configuration, world, unknowns: &unknowns };
        Some(context.lookup(&Site::root(configuration), path).identity(world))
    });
    for value in explored.worlds.into_iter().filter_map(|(_, value)| value) {
        // What is empty is nobody's.
        if !value.is_empty() && !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// That two configurations both exist and have the same value, and when.
fn competition<'a>(
    rule: &'a Rule,
    path: &'a Path,
    report: &'a Report,
    scope: &'a Scope,
    first: &'a Resource,
    later: &'a Resource,
) -> Vec<Finding<'a>> {
    // The one may be there just where the other is not.
    let is_unsure = later.guard.is_unlikely() || later.guard.is_entangled(&first.guard);
    if is_unsure && !matches!(first.guard, Guard::Always) {
        return Vec::new();
    }
    let unknowns = Unknowns::default();
    let explored = explore(&later.rules, |world| {
        // That the one exists which is reported goes without saying.
        if !world.has(&later.guard) {
            return None;
        }
        if !world.holds_noted(&first.guard) {
            return Some(Vec::new());
        }
        let context = |configuration| Context { scope, configuration, world, unknowns: &unknowns };
        let (first_context, later_context) = (context(first), context(later));
        let later_site = Site::root(later);
        let mut one = first_context.lookup(&Site::root(first), path);
        let mut other = later_context.lookup(&later_site, path);
        if one.same_as(&other, world) != Truth::True {
            return Some(Vec::new());
        }
        if one.place.span == other.place.span {
            // Both use what is written once; where they do is what they have of their own.
            one = at_use(one);
            other = at_use(other);
        }
        let teller = Teller { context: &later_context, site: &later_site, rule, report };
        let mut finding = teller.finding(Evidence { found: other, focus: None, on_key: false, first: None });
        let named = first.label.as_deref().map_or_else(String::new, |label| format!(", for {label}"));
        finding
            .labels
            .push((one.place.span, Said(vec![Word::Text(format!("first configured here{named}"))])));
        Some(vec![finding])
    });
    told(&explored)
}

fn at_use(mut found: Found<'_>) -> Found<'_> {
    if let Some(used_at) = found.place.used_at.take() {
        found.place.span = used_at;
    }
    found
}
