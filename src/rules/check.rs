//! Runs rules on a configuration, in every world that they can tell apart.

use std::collections::HashSet;
use std::sync::Arc;

use super::finding::{Finding, Teller};
use super::found::Site;
use super::lookup::Context;
use super::path::Step;
use super::rule::{Check, Each, Nodes, Rule};
use super::unknown::{Fact, Unknowns};
use super::verdict::Truth;
use crate::diagnostic::RuleInfo;
use crate::spec::{Resource, Scope, pointer_step};
use crate::value::{Alternative, Entry, Kind};
use crate::world::{Explored, World, explore};

/// What a rule said of a configuration.
#[derive(Debug, Default)]
pub struct Outcome<'r> {
    pub findings: Vec<Finding<'r>>,
    /// Where it could not be decided.
    pub undecided: Vec<Undecided<'r>>,
}

/// A rule that could not be decided at a node, and the facts that would decide it: at least one.
#[derive(Debug)]
pub struct Undecided<'r> {
    pub info: Arc<RuleInfo>,
    pub facts: Vec<Fact<'r>>,
}

/// Checks one configuration by a rule about nodes.
pub fn nodes<'a>(
    rule: &'a Rule,
    nodes: &'a Nodes,
    scope: &'a Scope,
    configuration: &'a Resource,
) -> Outcome<'a> {
    let mut outcome = Outcome::default();
    for each in &nodes.each {
        for site in sites(configuration, each) {
            let unknowns = Unknowns::default();
            let explored = explore(&configuration.rules, |world| {
                if !world.has(&configuration.guard) {
                    return None;
                }
                let context = Context { scope, configuration, world, unknowns: &unknowns };
                if !is_there(world, &site) {
                    return Some(Vec::new());
                }
                let mark = unknowns.mark();
                let (found, decided) = at_site(rule, nodes, &context, &site);
                if decided {
                    unknowns.forget(mark);
                }
                Some(found)
            });
            let first = outcome.findings.len();
            outcome.findings.extend(told(&explored));
            let facts = unknowns.into_facts();
            if outcome.findings.len() == first && !facts.is_empty() {
                outcome.undecided.push(Undecided { info: rule.info.clone(), facts });
            }
        }
    }
    outcome
}

/// The findings of all worlds, each once, with the facts on which it rests.
pub fn told<'a>(explored: &Explored<Vec<Finding<'a>>>) -> Vec<Finding<'a>> {
    let told = explored.told(
        |finding| (finding.span, &finding.message, &finding.pointer, &finding.resource),
        |finding| (&finding.pointer, &finding.resource),
    );
    told.into_iter().map(|(finding, when)| Finding { when, ..finding.clone() }).collect()
}

/// Whether a node of an existing configuration is there in a world.
fn is_there(world: &World, site: &Site<'_>) -> bool {
    !site.unless.iter().any(|guard| world.holds_noted(guard))
        && site.guards.iter().all(|guard| world.holds_noted(guard))
        && !world.removes(site.value)
}

/// The findings at a node, and whether all was decided: nothing that is not known would make another finding.
fn at_site<'a>(
    rule: &'a Rule,
    nodes: &'a Nodes,
    context: &Context<'a, '_>,
    site: &Site<'a>,
) -> (Vec<Finding<'a>>, bool) {
    let concerned = context.holds(site, &nodes.when);
    if concerned == Truth::False {
        return (Vec::new(), true);
    }
    let mut decided = true;
    for case in &nodes.cases {
        let mark = context.unknowns.mark();
        let when = concerned.and(context.holds(site, &case.when));
        if when == Truth::False {
            continue;
        }
        match context.holds(site, &case.require) {
            Truth::True => context.unknowns.forget(mark),
            // No case can speak; that one is open is all there is to know.
            _ if concerned == Truth::Unknown => return (Vec::new(), false),
            Truth::Unknown => decided = false,
            Truth::False if when == Truth::Unknown => decided = false,
            Truth::False => {
                let teller = Teller { context, site, rule, report: &case.report };
                let violations = context.violations(site, &case.require);
                return (violations.into_iter().map(|evidence| teller.finding(evidence)).collect(), true);
            }
        }
    }
    (Vec::new(), decided)
}

/// The nodes that a rule is checked at.
fn sites<'a>(configuration: &'a Resource, each: &'a Each) -> Vec<Site<'a>> {
    let start = Site::root(configuration);
    match each {
        Each::Path(path) => path.steps.iter().fold(vec![start], |sites, step| {
            sites
                .iter()
                .flat_map(|site| match step {
                    Step::Member(name) => below(site, Wanted::Member(name)),
                    Step::Items => below(site, Wanted::Items),
                    Step::Part(_) | Step::Follow(_) => Vec::new(),
                })
                .collect()
        }),
        Each::Scalars => {
            let mut scalars = Vec::new();
            let mut open = vec![start];
            while let Some(site) = open.pop() {
                let inner = below(&site, Wanted::All);
                if inner.is_empty() {
                    scalars.push(site);
                } else {
                    open.extend(inner);
                }
            }
            scalars
        }
    }
}

/// Which children of a node are looked for.
#[derive(Clone, Copy)]
enum Wanted<'w> {
    Member(&'w str),
    Items,
    All,
}

/// The children of a node in each of its alternatives.
fn below<'a>(site: &Site<'a>, wanted: Wanted<'_>) -> Vec<Site<'a>> {
    let mut found = Vec::new();
    let mut open = vec![site.clone()];
    while let Some(site) = open.pop() {
        match &site.value.kind {
            Kind::Choice(choice) => {
                for (index, Alternative { guard, value }) in choice.alternatives.iter().enumerate() {
                    let mut inner = Site { value, ..site.clone() };
                    inner.unless.extend(choice.alternatives[..index].iter().map(|earlier| &earlier.guard));
                    inner.guards.push(guard);
                    open.push(inner);
                }
            }
            Kind::Map(map) => {
                let entries: Vec<&Entry> = match wanted {
                    Wanted::Member(name) => map.get(name).into_iter().collect(),
                    Wanted::Items => Vec::new(),
                    // Of a key that stands twice, the last one counts.
                    Wanted::All => {
                        let mut seen = HashSet::new();
                        map.entries.iter().rev().filter(|entry| seen.insert(&entry.key.name)).collect()
                    }
                };
                found.extend(entries.into_iter().map(|entry| Site {
                    value: &entry.value,
                    pointer: format!("{}/{}", site.pointer, pointer_step(&entry.key.name)),
                    key: Some(entry.key.span),
                    anchor: entry.key.span,
                    ..site.clone()
                }));
            }
            Kind::List(list) if !matches!(wanted, Wanted::Member(_)) => {
                found.extend(list.iter().enumerate().map(|(index, value)| Site {
                    value,
                    pointer: format!("{}/{index}", site.pointer),
                    key: None,
                    anchor: value.first_word(),
                    ..site.clone()
                }));
            }
            _ => {}
        }
    }
    found
}

/// Whether a rule is for a form.
pub fn is_for(rule: &Rule, form: &str) -> bool {
    rule.forms.is_empty() || rule.forms.iter().any(|name| name == form)
}

/// Checks one configuration, or another resource that rules are about, by every rule about nodes of its kind.
pub fn resource<'a>(
    rules: impl IntoIterator<Item = &'a Rule>,
    scope: &'a Scope,
    resource: &'a Resource,
) -> Outcome<'a> {
    let mut all = Outcome::default();
    let concerned =
        rules.into_iter().filter(|rule| rule.resource == resource.kind && is_for(rule, resource.origin.form));
    for rule in concerned {
        if let Check::Nodes(body) = &rule.check {
            let outcome = nodes(rule, body, scope, resource);
            all.findings.extend(outcome.findings);
            all.undecided.extend(outcome.undecided);
        }
    }
    all
}
