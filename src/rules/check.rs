//! Runs rules on a configuration, in every world that they can tell apart.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::condition::Evidence;
use super::finding::{Finding, Said, Teller, Word};
use super::lookup::{Context, Site, first_word};
use super::rule::{Check, Each, Nodes, Path, Report, Rule, Step};
use super::string::Str;
use super::verdict::Truth;
use crate::spec::{Resource, Scope, pointer_step};
use crate::value::{Alternative, Entry, Kind, Value};
use crate::world::{World, explore};

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
                let context = Context { scope, configuration, world, met_unknown: &met_unknown };
                is_there(&context, &site).then(|| {
                    met_unknown.set(false);
                    let (found, decided) = at_site(rule, nodes, &context, &site);
                    undecided.set(undecided.get() || (!decided && met_unknown.get()));
                    found
                })
            });
            let first = outcome.findings.len();
            let found = explored.each_found(|finding| (finding.span, &finding.pointer, &finding.message));
            outcome
                .findings
                .extend(found.into_iter().map(|(finding, when)| Finding { when, ..finding.clone() }));
            outcome.undecided += usize::from(undecided.get() && outcome.findings.len() == first);
        }
    }
    outcome
}

/// Whether the configuration, and the node in it, exist in a world.
fn is_there(context: &Context<'_, '_>, site: &Site<'_>) -> bool {
    let world = context.world;
    let removed = |value: &Value| matches!(world.pick(value).map(|value| &value.kind), Some(Kind::Absent));
    world.holds(&context.configuration.guard)
        && !site.unless.iter().any(|guard| world.holds(guard))
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
                    anchor: first_word(value),
                    ..site.clone()
                }));
            }
            _ => {}
        }
    }
    found
}

/// With how many earlier configurations of the same value one is compared: they may exclude each other.
const MAX_RIVALS: usize = 8;

/// Configurations of one unit that have the same value at a path.
pub fn unique<'a>(
    rule: &'a Rule,
    path: &'a Path,
    report: &'a Report,
    scope: &'a Scope,
) -> Vec<(Finding<'a>, &'a Resource)> {
    let mut earlier: HashMap<String, Vec<&'a Resource>> = HashMap::new();
    let mut findings = Vec::new();
    for later in scope.configurations().filter(|configuration| configuration.origin.applied) {
        let values = values(later, path);
        let rivals: Vec<&Resource> =
            values.iter().filter_map(|value| earlier.get(value)).flatten().copied().collect();
        let competing = rivals.iter().find_map(|first| competition(rule, path, report, scope, first, later));
        findings.extend(competing.map(|finding| (finding, later)));
        for value in values {
            let known = earlier.entry(value).or_default();
            let is_new = known.last().is_none_or(|last| !std::ptr::eq(*last, later));
            if is_new && known.len() < MAX_RIVALS {
                known.push(later);
            }
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
