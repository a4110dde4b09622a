//! Whether a condition holds at a node, and if not, where that shows.

use std::collections::HashMap;

use super::found::{Found, Node, Site};
use super::limits;
use super::lookup::Context;
use super::order;
use super::path::{Path, Step};
use super::predicate::{decide, focus, has_text, has_type, is_about_presence, list};
use super::rule::{Condition, Quantifier, Scalar, Test};
use super::string::Str;
use super::unknown::Reason;
use super::verdict::Truth;
use crate::text::Span;
use crate::value::{Kind, Value};

/// A place that decided a condition.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    pub found: Found<'a>,
    /// The part that decided, if it is not all that stands at the place.
    pub focus: Option<Span>,
    /// The member's being there decided, not its value.
    pub on_key: bool,
    /// The place that this one repeats.
    pub first: Option<Span>,
}

impl<'a> Context<'a, '_> {
    pub fn holds(&self, site: &Site<'a>, condition: &'a Condition) -> Truth {
        let mark = self.unknowns.mark();
        let truth = self.decided(site, condition);
        if truth != Truth::Unknown {
            self.unknowns.forget(mark);
        }
        truth
    }

    fn decided(&self, site: &Site<'a>, condition: &'a Condition) -> Truth {
        let truths =
            |conditions: &'a [Condition]| conditions.iter().map(|condition| self.holds(site, condition));
        match condition {
            Condition::All(all) => and(truths(all)),
            Condition::Any(any) => or(truths(any)),
            Condition::None(none) => !or(truths(none)),
            Condition::ExactlyOne(one) => count_truths(truths(one), 1, 1),
            Condition::AtMostOne(one) => count_truths(truths(one), 0, 1),
            Condition::Test(path, test) => {
                let found = self.lookup(site, path);
                if is_too_long(&found, site, path) && !is_about_presence(test) {
                    return Truth::Unknown;
                }
                self.passes(&found, test, site)
            }
        }
    }

    /// The places that made a condition false: one for each member of a mapping that does not hold.
    pub fn violations(&self, site: &Site<'a>, condition: &'a Condition) -> Vec<Evidence<'a>> {
        match condition {
            Condition::All(all) => {
                let broken = all.iter().filter(|condition| self.holds(site, condition) == Truth::False);
                broken.flat_map(|condition| self.violations(site, condition)).collect()
            }
            Condition::Test(path, Test::UniqueBy(by)) => self.repetitions(&self.lookup(site, path), by),
            _ => self.evidence(site, condition, Truth::False).into_iter().collect(),
        }
    }

    /// The place that best shows why a condition is true, or why it is false.
    fn evidence(&self, site: &Site<'a>, condition: &'a Condition, truth: Truth) -> Option<Evidence<'a>> {
        let of = |conditions: &'a [Condition], wanted: Truth| -> Vec<Evidence<'a>> {
            let matching = conditions.iter().filter(|condition| self.holds(site, condition) == wanted);
            matching.filter_map(|condition| self.evidence(site, condition, wanted)).collect()
        };
        match condition {
            Condition::All(all) => of(all, truth).into_iter().next(),
            Condition::Any(any) if truth == Truth::False => deepest(of(any, truth)),
            Condition::Any(any) => of(any, truth).into_iter().next(),
            Condition::None(none) => of(none, !truth).into_iter().next(),
            Condition::ExactlyOne(list) | Condition::AtMostOne(list) => {
                let mut holding = of(list, Truth::True);
                holding.sort_by_key(|evidence| {
                    evidence.found.place.key.unwrap_or(evidence.found.place.span).start
                });
                match holding.len() {
                    0 => deepest(of(list, Truth::False)),
                    1 => holding.pop(),
                    _ => {
                        let first = holding[0].found.place.key;
                        let mut second = holding.swap_remove(1);
                        // None of them is at fault alone, and which one is the second is a matter of order.
                        second.found.place.steps.clear();
                        Some(Evidence { first, ..second })
                    }
                }
            }
            Condition::Test(path, test) => {
                let found = self.lookup(site, path);
                if truth == Truth::False
                    && let Test::Items(quantifier, of) = test
                    && let Some(evidence) = self.evidence_in_items(&found, *quantifier, of)
                {
                    return Some(evidence);
                }
                let focus = found.string(self.world).and_then(|text| focus(&text, test));
                // A mapping or list is shown by its key.
                let is_collection =
                    matches!(&found.node, Node::Value(Value { kind: Kind::Map(_) | Kind::List(_), .. }));
                // That a value lacks a part is said of the value.
                let of_part = path.steps.iter().any(|step| matches!(step, Step::Part(_)));
                let of_member = is_collection || (is_about_presence(test) && !of_part);
                let on_key = path.key || (found.place.key.is_some() && of_member);
                Some(Evidence { found, focus, on_key, first: None })
            }
        }
    }

    /// The place in the first item that shows why it does not satisfy a condition, or why it does though none may.
    fn evidence_in_items(
        &self,
        found: &Found<'a>,
        quantifier: Quantifier,
        of: &'a Condition,
    ) -> Option<Evidence<'a>> {
        let wanted = if quantifier == Quantifier::None { Truth::True } else { Truth::False };
        let item = self.item_sites(found).into_iter().find(|item| self.holds(item, of) == wanted)?;
        self.evidence(&item, of, wanted)
    }

    fn passes(&self, found: &Found<'a>, test: &'a Test, site: &Site<'a>) -> Truth {
        match test {
            Test::Present => self.is_present(found),
            Test::Absent => !self.is_present(found),
            Test::Written => match &found.node {
                Node::Value(_) | Node::Text(_) => Truth::True,
                Node::Missing => Truth::False,
                Node::Unknown(_) => Truth::Unknown,
            },
            Test::Awaited => self.is_awaited(found),
            Test::Not(test) => !self.passes(found, test, site),
            Test::All(tests) => and(tests.iter().map(|test| self.passes(found, test, site))),
            Test::Type(expected) => has_type(found, *expected),
            Test::OneOf(scalars) => or(scalars.iter().map(|scalar| self.is_scalar(found, scalar))),
            Test::SameAs(path) => self.same(found, site, path),
            Test::DiffersFrom(path) => !self.same(found, site, path),
            Test::UniqueBy(by) => match &found.node {
                Node::Value(Value { kind: Kind::List(_), .. }) => {
                    self.repetitions(found, by).is_empty().into()
                }
                _ => Truth::Unknown,
            },
            Test::Items(quantifier, condition) => self.items_hold(found, *quantifier, condition),
            Test::Count { of, min, max } => match &found.node {
                Node::Value(value) if value.as_list().is_some() => {
                    count_truths(self.each_item(found, of), *min, *max)
                }
                _ => Truth::Unknown,
            },
            Test::Min(_) | Test::Max(_) if list(found).is_some() => self.has_length(found, test),
            _ => match found.string(self.world) {
                Some(text) => self.noted(found, &text, decide(&text, test)),
                None => Truth::Unknown,
            },
        }
    }

    /// Remembers that a string with holes could not decide a test.
    fn noted(&self, found: &Found<'a>, text: &Str<'_>, truth: Truth) -> Truth {
        if truth == Truth::Unknown && text.is_open() {
            self.ask_for(text, &found.place);
        }
        truth
    }

    fn is_present(&self, found: &Found<'a>) -> Truth {
        match &found.node {
            Node::Missing => Truth::False,
            Node::Unknown(_) => Truth::Unknown,
            Node::Text(text) => self.noted(found, text, has_text(text)),
            Node::Value(value) => match &value.kind {
                Kind::Null | Kind::Absent => Truth::False,
                Kind::Text(_) => {
                    let text = found.string(self.world);
                    text.map_or(Truth::Unknown, |text| self.noted(found, &text, has_text(&text)))
                }
                Kind::List(_) => self.items(value).next().is_some().into(),
                Kind::Map(map) => map.entries.iter().any(|entry| !self.world.removes(&entry.value)).into(),
                _ => Truth::True,
            },
        }
    }

    /// Whether a resource that was followed to is deployed before the configuration.
    fn is_awaited(&self, found: &Found<'a>) -> Truth {
        if !matches!(found.node, Node::Value(_)) {
            return Truth::Unknown;
        }
        let awaits = order::awaits(self.scope, self.configuration, &found.place.resource.name);
        if awaits == Truth::Unknown {
            let reason = Reason::Fixed("what this resource waits for");
            self.ask(reason, found.place.span, &found.place);
        }
        awaits
    }

    fn is_scalar(&self, found: &Found<'a>, scalar: &Scalar) -> Truth {
        if let (Some(text), Scalar::Text(expected)) = (found.string(self.world), scalar) {
            return self.noted(found, &text, text.equals(expected));
        }
        let Node::Value(value) = &found.node else { return Truth::Unknown };
        match (&value.kind, scalar) {
            (Kind::Null, Scalar::Null) => Truth::True,
            (Kind::Bool(a), Scalar::Bool(b)) => (a == b).into(),
            (Kind::Number(a), Scalar::Number(b)) => (a == b).into(),
            (Kind::Text(_) | Kind::Bool(_) | Kind::Number(_), _) | (_, Scalar::Null) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    fn same(&self, found: &Found<'a>, site: &Site<'a>, path: &'a Path) -> Truth {
        let other = self.lookup(site, path);
        let same = found.same_as(&other, self.world);
        if same == Truth::Unknown
            && let (Some(one), Some(another)) = (found.string(self.world), other.string(self.world))
        {
            // Which region is deployed to decides what is compared with it, and nothing else.
            for (text, place) in [(one, &found.place), (another, &other.place)] {
                if text.is_open() || text.is_deployed_to() {
                    self.ask_for(&text, place);
                }
            }
        }
        same
    }

    fn has_length(&self, found: &Found<'a>, test: &Test) -> Truth {
        let Some(list) = list(found) else { return Truth::Unknown };
        let known = |(_, item): &(usize, &Value)| {
            !matches!(self.world.pick(item).map(|item| &item.kind), Some(Kind::Unknown(_)) | None)
        };
        let (known, open): (Vec<_>, Vec<_>) = self.items(list).partition(known);
        match test {
            Test::Max(max) if known.len() > *max => Truth::False,
            Test::Min(min) if known.len() >= *min => Truth::True,
            _ if !open.is_empty() => Truth::Unknown,
            Test::Max(_) => Truth::True,
            _ => Truth::False,
        }
    }

    /// Each item of a list as a node of its own.
    fn item_sites(&self, found: &Found<'a>) -> Vec<Site<'a>> {
        let Some(list) = list(found) else { return Vec::new() };
        let pointer = found.place.pointer();
        let site = |(index, value): (usize, &'a Value)| Site {
            resource: found.place.resource,
            value,
            pointer: format!("{pointer}/{index}"),
            key: None,
            anchor: self.world.pick(value).map_or(value.span, Value::first_word),
            guards: Vec::new(),
            unless: Vec::new(),
        };
        self.items(list).map(site).collect()
    }

    fn each_item(&self, found: &Found<'a>, condition: &'a Condition) -> impl Iterator<Item = Truth> {
        self.item_sites(found).into_iter().map(|site| self.holds(&site, condition))
    }

    fn items_hold(&self, found: &Found<'a>, quantifier: Quantifier, condition: &'a Condition) -> Truth {
        if list(found).is_none() {
            return Truth::Unknown;
        }
        let truths = self.each_item(found, condition);
        match quantifier {
            Quantifier::All => and(truths),
            Quantifier::Any => or(truths),
            Quantifier::None => !or(truths),
        }
    }

    /// The items that have a value which an item before them has.
    fn repetitions(&self, found: &Found<'a>, by: &'a Path) -> Vec<Evidence<'a>> {
        let mut seen: HashMap<String, Span> = HashMap::new();
        let mut repeated = Vec::new();
        for site in self.item_sites(found) {
            let found = self.lookup(&site, by);
            let Some(text) = found.string(self.world).and_then(|text| text.literal()) else { continue };
            match seen.get(&text) {
                Some(first) => {
                    repeated.push(Evidence { found, focus: None, on_key: false, first: Some(*first) });
                }
                None => {
                    seen.insert(text, found.place.span);
                }
            }
        }
        repeated
    }
}

/// Whether each of many nodes would go through all of a long list that lies elsewhere.
fn is_too_long(found: &Found<'_>, site: &Site<'_>, path: &Path) -> bool {
    !site.pointer.is_empty()
        && path.leads_out()
        && list(found).and_then(Value::as_list).is_some_and(|items| items.len() > limits::REACHED)
}

/// The evidence that leads furthest into what is written.
fn deepest(evidence: Vec<Evidence<'_>>) -> Option<Evidence<'_>> {
    let mut best: Option<Evidence<'_>> = None;
    for candidate in evidence {
        if best.as_ref().is_none_or(|best| candidate.found.place.depth > best.found.place.depth) {
            best = Some(candidate);
        }
    }
    best
}

fn and(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut all = Truth::True;
    for truth in truths {
        all = all.and(truth);
        if all == Truth::False {
            break;
        }
    }
    all
}

fn or(truths: impl Iterator<Item = Truth>) -> Truth {
    !and(truths.map(|truth| !truth))
}

fn count_truths(truths: impl Iterator<Item = Truth>, min: usize, max: usize) -> Truth {
    let (mut certain, mut possible) = (0, 0);
    for truth in truths {
        certain += usize::from(truth == Truth::True);
        possible += usize::from(truth != Truth::False);
    }
    if certain > max || possible < min {
        Truth::False
    } else if certain >= min && possible <= max {
        Truth::True
    } else {
        Truth::Unknown
    }
}
