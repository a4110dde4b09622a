//! What a check finds in the worlds that it can tell apart, and on which facts that rests.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use super::allowed::Allowed;
use super::{Fact, World};
use crate::guard::Guard;

/// When a finding holds that each value of a place makes in its own way: said of one of them, true of all.
const WHATEVER: &str = "whatever value it is given";

/// How many worlds one check may look at. What only other worlds hold is missed.
pub const MAX_WORLDS: usize = 64;

/// What a world says of the deployment.
#[derive(Debug)]
pub struct Account {
    pub(super) facts: Vec<Fact>,
    /// What decides whether that exists which was looked at.
    pub(super) premises: Vec<Guard>,
    /// Whether something has another value than its default.
    pub(super) departs: bool,
}

/// What a check found in each world, and what that world says.
#[derive(Debug)]
pub struct Explored<T> {
    pub worlds: Vec<(Account, T)>,
    /// Whether there are no more worlds than these.
    complete: bool,
}

/// Runs a check in each world that it can tell apart, at most [`MAX_WORLDS`].
///
/// `rules` hold in every world: one that breaks them for certain is none.
///
/// The check must ask the same of two worlds that answered the same so far. A check that answers `None` says that
/// the world is of no interest: what it looks at does not exist there.
pub fn explore<T>(rules: &Guard, mut check: impl FnMut(&World) -> Option<T>) -> Explored<T> {
    let mut worlds = Vec::new();
    let mut next = Some(World::default());
    let mut left = MAX_WORLDS;
    while left > 0
        && let Some(world) = next.take()
    {
        left -= 1;
        // The rules decide nothing by themselves: what the check did not ask for may be whatever they want.
        let found = check(&world).filter(|_| !Allowed::by(&world).denies(rules));
        let (account, following) = world.next();
        if let Some(found) = found {
            worlds.push((account, found));
        }
        next = following;
    }
    Explored { worlds, complete: next.is_none() }
}

impl<T> Explored<Vec<T>> {
    /// Each thing that was found, once, with the facts on which it rests; things of one key are one.
    ///
    /// A thing that rests on no fact alone is told of its place where that place has one in each world: whatever is
    /// picked there, something like it is found.
    pub fn told<'e, K: Hash + Eq, P: Hash + Eq>(
        &'e self,
        key: impl Fn(&'e T) -> K,
        place: impl Fn(&'e T) -> P,
    ) -> Vec<(&'e T, Vec<Arc<str>>)> {
        let mut told = self.each_found(key);
        if self.worlds.len() > 1 {
            let places: HashSet<P> = told.iter().map(|(thing, _)| place(thing)).collect();
            let whatever =
                self.each_found(&place).into_iter().filter(|(thing, _)| !places.contains(&place(thing)));
            told.extend(whatever.map(|(thing, mut when)| {
                when.push(WHATEVER.into());
                (thing, when)
            }));
        }
        told
    }

    /// Left out is what holds only by facts on which nothing may rest. The cost is linear in what was found.
    fn each_found<'e, K: Hash + Eq>(&'e self, key: impl Fn(&'e T) -> K) -> Vec<(&'e T, Vec<Arc<str>>)> {
        // With one world, which is nearly always so, there is nothing to compare.
        if let [(_, found)] = self.worlds.as_slice() {
            let when = self.when_in(&[true]);
            return found.iter().filter_map(|thing| Some((thing, when.clone()?))).collect();
        }
        let mut places: HashMap<K, usize> = HashMap::new();
        let mut things: Vec<(&T, Vec<bool>)> = Vec::new();
        for (world, (_, found)) in self.worlds.iter().enumerate() {
            for thing in found {
                let place = match places.entry(key(thing)) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(new) => {
                        things.push((thing, vec![false; self.worlds.len()]));
                        *new.insert(things.len() - 1)
                    }
                };
                things[place].1[world] = true;
            }
        }
        things.into_iter().filter_map(|(thing, holds)| Some((thing, self.when_in(&holds)?))).collect()
    }
}

/// Whether two things that a finding rests on hang on one input: they may exclude each other.
fn are_entangled(facts: &[Fact], premises: &[Guard]) -> bool {
    let guards: Vec<&Guard> = facts.iter().map(|fact| &fact.guard).chain(premises).collect();
    let rest = |index: usize| guards.iter().skip(index + 1);
    guards.iter().enumerate().any(|(index, one)| rest(index).any(|other| one.is_entangled(other)))
}

impl<T> Explored<T> {
    /// When a finding holds that is made in these worlds: the fewest facts on which it rests, none if it is made in all.
    ///
    /// The answer is `None` if it is made in no world, or only by facts on which nothing may rest.
    fn when_in(&self, holds: &[bool]) -> Option<Vec<Arc<str>>> {
        let holding = self.worlds.iter().zip(holds).filter(|(_, holds)| **holds);
        for ((Account { facts, premises, departs }, _), _) in holding {
            let reasons = self.fewest(facts, holds);
            // Who gives one thing a value of its own may well give it to another: a default counts among defaults.
            let is_mixed = *departs && reasons.iter().any(Fact::is_default);
            if !is_mixed && reasons.iter().all(|fact| fact.likely) && !are_entangled(&reasons, premises) {
                return Some(reasons.into_iter().map(|fact| fact.label).collect());
            }
        }
        None
    }

    /// Leaves out each fact without which the finding still holds, unlikely facts first.
    fn fewest(&self, facts: &[Fact], holds: &[bool]) -> Vec<Fact> {
        let mut kept = facts.to_vec();
        if !self.complete {
            return kept;
        }
        let mut order: Vec<Fact> = kept.clone();
        order.sort_by_key(|fact| fact.likely);
        for fact in order {
            let without: Vec<Fact> = kept.iter().filter(|other| **other != fact).cloned().collect();
            let agrees = |(world, _): &(Account, T)| {
                let denies = |fact: &Fact| {
                    world.facts.iter().any(|other| other.subject == fact.subject && other != fact)
                };
                !without.iter().any(denies)
            };
            if self.worlds.iter().zip(holds).all(|(world, holds)| *holds || !agrees(world)) {
                kept = without;
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::{Atom, AtomOption, Named};
    use crate::text::{SourceId, Span};
    use crate::value::{Alternative, Choice, Kind, Value};

    fn number(n: u32) -> Value {
        Value::new(Span::new(SourceId(0), 0, 0), Kind::Number(n.to_string()))
    }

    fn condition(name: &str) -> Guard {
        let options = ["true", "false"].map(|label| AtomOption { label: label.into(), likely: true });
        let atom = Arc::new(Atom { name: name.into(), inputs: Vec::new(), options: options.into() });
        Guard::Named(Arc::new(Named {
            subject: name.into(),
            when_true: format!("when {name}").into(),
            when_false: format!("when not {name}").into(),
            guard: Guard::Is(atom, 0),
        }))
    }

    fn either(name: &str, yes: u32, no: u32) -> Value {
        let alternatives = vec![
            Alternative { guard: condition(name), value: number(yes) },
            Alternative { guard: Guard::Not(condition(name).into()), value: number(no) },
        ];
        Value::new(number(0).span, Kind::Choice(Choice { alternatives }))
    }

    fn when<T>(found: &Explored<T>, holds: impl Fn(&T) -> bool) -> Option<Vec<Arc<str>>> {
        let holds: Vec<bool> = found.worlds.iter().map(|(_, found)| holds(found)).collect();
        found.when_in(&holds)
    }

    fn read(world: &World, value: &Value) -> String {
        match world.pick(value).map(|value| &value.kind) {
            Some(Kind::Number(n)) => n.clone(),
            other => format!("{other:?}"),
        }
    }

    fn pairs(a: &Value, b: &Value) -> Explored<String> {
        explore(&Guard::Always, |world| Some(format!("{}{}", read(world, a), read(world, b))))
    }

    #[test]
    fn one_condition_is_decided_once_in_a_world() {
        let found = pairs(&either("A", 1, 2), &either("A", 3, 4));
        let seen: Vec<&str> = found.worlds.iter().map(|(_, pair)| pair.as_str()).collect();
        assert_eq!(seen, ["13", "24"]);
    }

    #[test]
    fn a_finding_says_only_what_it_rests_on() {
        let found = pairs(&either("A", 1, 2), &either("B", 3, 4));
        assert_eq!(found.worlds.len(), 4);
        assert_eq!(when(&found, |pair| pair.starts_with('2')), Some(vec!["when not A".into()]));
        assert_eq!(when(&found, |_| true), Some(vec![]));
        assert_eq!(when(&found, |_| false), None);
    }

    #[test]
    fn nothing_rests_on_an_unlikely_fact_unless_all_say_the_same() {
        let options =
            ["default", "other"].map(|label| AtomOption { label: label.into(), likely: label == "default" });
        let atom = Arc::new(Atom { name: "P".into(), inputs: Vec::new(), options: options.into() });
        let alternatives = (0..2)
            .map(|n| Alternative {
                guard: Guard::Is(atom.clone(), n),
                value: number(u32::try_from(n).unwrap()),
            })
            .collect();
        let value = Value::new(number(0).span, Kind::Choice(Choice { alternatives }));
        let found = explore(&Guard::Always, |world| Some(read(world, &value)));
        assert_eq!(when(&found, |n| n == "0"), Some(vec!["default".into()]));
        assert_eq!(when(&found, |n| n == "1"), None);
        assert_eq!(when(&found, |_| true), Some(vec![]));
    }

    #[test]
    fn no_default_counts_where_another_one_does_not() {
        let [auth, tier] = ["auth", "tier"].map(|name| {
            let options = ["default", "other"]
                .map(|label| AtomOption { label: label.into(), likely: label == "default" });
            Arc::new(Atom { name: name.into(), inputs: Vec::new(), options: options.into() })
        });
        let enabled = Guard::Named(Arc::new(Named {
            subject: "Auth".into(),
            when_true: "when Auth".into(),
            when_false: "when not Auth".into(),
            guard: Guard::Is(auth, 1),
        }));
        let is_tier_default = Guard::Is(tier, 0);
        let found = explore(&Guard::Always, |world| {
            let both = [&enabled, &is_tier_default].map(|guard| world.holds_noted(guard));
            Some(both)
        });
        assert_eq!(when(&found, |[enabled, default]| *enabled && *default), None);
        assert_eq!(when(&found, |[enabled, _]| *enabled), Some(vec!["when Auth".into()]));
        assert_eq!(
            when(&found, |[enabled, default]| !enabled && *default),
            Some(vec!["when not Auth".into(), "default".into()])
        );
    }

    #[test]
    fn the_number_of_worlds_is_bounded() {
        let values: Vec<Value> = (0..20).map(|n| either(&format!("C{n}"), 0, 1)).collect();
        let found = explore(&Guard::Always, |world| {
            Some(values.iter().map(|value| read(world, value)).collect::<String>())
        });
        assert_eq!(found.worlds.len(), MAX_WORLDS);
    }
}
