//! Runs rules on a configuration, in every world that they can tell apart.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

use super::condition::Evidence;
use super::finding::{Finding, Said, Teller, Word};
use super::lookup::{Context, Site, first_word};
use super::rule::{Check, Each, Nodes, Path, Report, Rule, Step};
use super::string::Str;
use super::verdict::Truth;
use crate::spec::{Resource, Scope, pointer_step};
use crate::value::{Alternative, Kind, Value};
use crate::world::{Explored, WHATEVER, World, explore};

/// What a rule said of a configuration.
#[derive(Debug, Default)]
pub struct Outcome<'r> {
    pub findings: Vec<Finding<'r>>,
    /// Nodes at which it could not be decided.
    pub undecided: usize,
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
        for site in sites(&configuration.properties, configuration, each) {
            let met_unknown = Cell::new(false);
            let undecided = Cell::new(false);
            let explored = explore(|world| {
                if !world.holds(&configuration.guard) {
                    return None;
                }
                let context = Context { scope, configuration, world, met_unknown: &met_unknown };
                if !is_there(world, &site) {
                    return Some(Vec::new());
                }
                met_unknown.set(false);
                let (found, decided) = at_site(rule, nodes, &context, &site);
                undecided.set(undecided.get() || (!decided && met_unknown.get()));
                Some(found)
            });
            let first = outcome.findings.len();
            outcome.findings.extend(told(&explored));
            outcome.undecided += usize::from(undecided.get() && outcome.findings.len() == first);
        }
    }
    outcome
}

/// The findings of all worlds, each once, with the facts on which it rests.
fn told<'a>(explored: &Explored<Vec<Finding<'a>>>) -> Vec<Finding<'a>> {
    type Same<'a> = fn(&Finding<'a>, &Finding<'a>) -> bool;
    let mut told: Vec<Finding<'a>> = Vec::new();
    let mut tell = |same: Same<'a>, more: Option<&str>| {
        for finding in explored.worlds.iter().flat_map(|(_, found)| found) {
            // With one world, which is nearly always so, there is nothing to compare.
            let several = explored.worlds.len() > 1;
            let known = several && told.iter().any(|known| same(known, finding));
            let holds = |found: &Vec<Finding<'a>>| !several || found.iter().any(|other| same(other, finding));
            if !known && let Some(when) = explored.when(holds) {
                let when = when.into_iter().chain(more.map(Arc::from)).collect();
                told.push(Finding { when, ..finding.clone() });
            }
        }
    };
    tell(Finding::same_as, None);
    if explored.worlds.len() > 1 {
        tell(Finding::same_place_as, Some(WHATEVER));
    }
    told
}

/// Whether a node of an existing configuration is there in a world.
fn is_there(world: &World, site: &Site<'_>) -> bool {
    let removed = |value: &Value| matches!(world.pick(value).map(|value| &value.kind), Some(Kind::Absent));
    !site.unless.iter().any(|guard| world.holds_noted(guard))
        && site.guards.iter().all(|guard| world.holds_noted(guard))
        && !removed(site.value)
}

/// The findings at a node, and whether all was decided.
fn at_site<'a>(
    rule: &'a Rule,
    nodes: &'a Nodes,
    context: &Context<'a, '_>,
    site: &Site<'a>,
) -> (Vec<Finding<'a>>, bool) {
    match context.holds(site, &nodes.when) {
        Truth::True => {}
        Truth::False => return (Vec::new(), true),
        Truth::Unknown => return (Vec::new(), false),
    }
    let mut decided = true;
    for case in &nodes.cases {
        match context.holds(site, &case.when) {
            Truth::True => {}
            Truth::False => continue,
            Truth::Unknown => {
                decided = false;
                continue;
            }
        }
        match context.holds(site, &case.require) {
            Truth::True => {}
            Truth::Unknown => decided = false,
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
fn sites<'a>(root: &'a Value, configuration: &'a Resource, each: &'a Each) -> Vec<Site<'a>> {
    let start = Site {
        value: root,
        pointer: String::new(),
        key: None,
        anchor: configuration.header,
        guards: Vec::new(),
        unless: Vec::new(),
    };
    match each {
        Each::Path(path) => path.steps.iter().fold(vec![start], |sites, step| {
            sites
                .iter()
                .flat_map(|site| {
                    below(site, |name| *step == Step::Member(name.to_owned()), *step == Step::Items)
                })
                .collect()
        }),
        Each::Scalars => {
            let mut scalars = Vec::new();
            let mut open = vec![start];
            while let Some(site) = open.pop() {
                let inner = below(&site, |_| true, true);
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

/// The members of a wanted name, or the items, of a node in each of its alternatives.
fn below<'a>(site: &Site<'a>, wanted: impl Fn(&str) -> bool, items: bool) -> Vec<Site<'a>> {
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
                let members = map.entries.iter().enumerate().filter(|(_, entry)| wanted(&entry.key.name));
                // Of a key that stands twice, the last one counts.
                let last: HashMap<&str, usize> =
                    members.clone().map(|(index, entry)| (entry.key.name.as_str(), index)).collect();
                for (index, entry) in members {
                    if last.get(entry.key.name.as_str()) == Some(&index) {
                        found.push(Site {
                            value: &entry.value,
                            pointer: format!("{}/{}", site.pointer, pointer_step(&entry.key.name)),
                            key: Some(entry.key.span),
                            anchor: entry.key.span,
                            ..site.clone()
                        });
                    }
                }
            }
            Kind::List(list) if items => {
                found.extend(list.iter().enumerate().map(|(index, value)| Site {
                    value,
                    pointer: format!("{}/{index}", site.pointer),
                    key: None,
                    anchor: first_word(value),
                    ..site.clone()
                }));
            }
            _ => {}
        }
    }
    found
}

/// Configurations of one unit that have the same value at a path.
pub fn unique<'a>(
    rule: &'a Rule,
    path: &'a Path,
    report: &'a Report,
    scope: &'a Scope,
) -> Vec<(Finding<'a>, &'a Resource)> {
    let mut groups: HashMap<String, Vec<&'a Resource>> = HashMap::new();
    for configuration in scope.configurations().filter(|configuration| configuration.origin.applied) {
        for value in values(configuration, path) {
            let known = groups.entry(value).or_default();
            if !known.iter().any(|other| std::ptr::eq(*other, configuration)) {
                known.push(configuration);
            }
        }
    }
    let mut findings = Vec::new();
    for later in scope.configurations() {
        let group = groups.values().filter(|group| group.iter().any(|other| std::ptr::eq(*other, later)));
        let earlier = group.flat_map(|group| group.iter().take_while(|other| !std::ptr::eq(**other, later)));
        if let Some(finding) =
            earlier.take(8).find_map(|first| competition(rule, path, report, scope, first, later))
        {
            findings.push((finding, later));
        }
    }
    findings
}

/// The values that a configuration can have at a path, in any world: texts, or the names of resources.
fn values(configuration: &Resource, path: &Path) -> Vec<String> {
    let each = Each::Path(path.clone());
    let sites = sites(&configuration.properties, configuration, &each);
    let mut values = Vec::new();
    let mut open: Vec<&Value> = sites.iter().map(|site| site.value).collect();
    while let Some(value) = open.pop() {
        match &value.kind {
            Kind::Choice(choice) => {
                open.extend(choice.alternatives.iter().map(|alternative| &alternative.value));
            }
            _ => {
                let text = Str::of(value, &World::default());
                let resource =
                    text.as_ref().and_then(Str::only_reference).map(|r| format!("-> {}", r.resource));
                values.extend(resource.or_else(|| text.and_then(|text| text.literal())));
            }
        }
    }
    values
}

/// That two configurations, in some world, both exist and have the same value.
fn competition<'a>(
    rule: &'a Rule,
    path: &'a Path,
    report: &'a Report,
    scope: &'a Scope,
    first: &'a Resource,
    later: &'a Resource,
) -> Option<Finding<'a>> {
    let each = |configuration: &'a Resource| Site {
        value: &configuration.properties,
        pointer: String::new(),
        key: None,
        anchor: configuration.header,
        guards: Vec::new(),
        unless: Vec::new(),
    };
    let met_unknown = Cell::new(false);
    let explored = explore(|world| {
        if !world.holds(&later.guard) || !world.holds(&first.guard) {
            return None;
        }
        let context = |configuration| Context { scope, configuration, world, met_unknown: &met_unknown };
        let (first_context, later_context) = (context(first), context(later));
        let (first_site, later_site) = (each(first), each(later));
        let one = first_context.lookup(&first_site, path);
        let other = later_context.lookup(&later_site, path);
        let same = one.string(world)?.same_as(&other.string(world)?) == Truth::True;
        same.then(|| {
            let teller = Teller { context: &later_context, site: &later_site, rule, report };
            let evidence = Evidence { found: other, focus: None, on_key: false, first: None };
            let mut finding = teller.finding(evidence);
            let named = first.label.as_deref().map_or_else(String::new, |label| format!(", for {label}"));
            finding
                .labels
                .push((one.place.span, Said(vec![Word::Text(format!("first configured here{named}"))])));
            finding
        })
    });
    let (_, finding) = explored.worlds.first()?;
    Some(finding.clone())
}

/// Whether a rule is for a form.
pub fn is_for(rule: &Rule, form: &str) -> bool {
    rule.forms.is_empty() || rule.forms.iter().any(|name| name == form)
}

/// Checks one configuration by every rule about nodes.
pub fn configuration<'a>(rules: &'a [Rule], scope: &'a Scope, configuration: &'a Resource) -> Outcome<'a> {
    let mut all = Outcome::default();
    for rule in rules.iter().filter(|rule| is_for(rule, configuration.origin.form)) {
        if let Check::Nodes(body) = &rule.check {
            let outcome = nodes(rule, body, scope, configuration);
            all.findings.extend(outcome.findings);
            all.undecided += outcome.undecided;
        }
    }
    all
}
