//! Alternatives, tried one by one: a [`World`] is one way in which everything that a deployment decides is decided.
//!
//! [`explore`] runs a check once for each world that the check can tell apart. A world decides an atom when the
//! check first asks for it, so a check pays only for what it reads.

mod allowed;
mod explored;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ptr;
use std::sync::Arc;

use self::explored::Account;
pub use self::explored::{Explored, MAX_WORLDS, explore};
use crate::guard::{Atom, Guard, Named};
use crate::value::{Choice, Kind, Value};

/// One way in which the atoms are decided.
#[derive(Debug, Default)]
pub struct World {
    picks: RefCell<Vec<Pick>>,
    facts: RefCell<Vec<Fact>>,
    /// What decides whether that exists which is looked at, each by its address.
    premises: RefCell<Vec<(*const Guard, Guard)>>,
    /// The conditions that were asked for, by their address: conditions refer to conditions, in many ways to one.
    known: RefCell<HashMap<*const Named, bool>>,
}

#[derive(Clone, Debug)]
struct Pick {
    atom: Arc<Atom>,
    option: usize,
}

/// Something that a world says of the deployment, in the words of a message.
#[derive(Clone, Debug)]
pub struct Fact {
    subject: Arc<str>,
    pub label: Arc<str>,
    /// Whether a finding may rest on this fact.
    likely: bool,
    /// What decides it.
    guard: Guard,
}

impl PartialEq for Fact {
    fn eq(&self, other: &Self) -> bool {
        (&self.subject, &self.label, self.likely) == (&other.subject, &other.label, other.likely)
    }
}

impl Fact {
    fn of(named: &Arc<Named>) -> Self {
        let (subject, label) = (named.subject.clone(), named.when_true.clone());
        Self { subject, label, likely: true, guard: Guard::Named(named.clone()) }
    }

    fn denial(named: &Arc<Named>) -> Self {
        Self { label: named.when_false.clone(), ..Self::of(named) }
    }

    /// Whether it says that something has its default.
    fn is_default(&self) -> bool {
        matches!(&self.guard, Guard::Is(atom, option) if atom.is_default(*option) == Some(true))
    }
}

impl World {
    /// The value that a node has in this world: never a [`Kind::Choice`]. None where no alternative applies.
    pub fn pick<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        let mut value = value;
        while let Kind::Choice(choice) = &value.kind {
            value = self.choose(choice)?;
        }
        Some(value)
    }

    /// Whether a node is taken out of its parent in this world.
    pub fn removes(&self, value: &Value) -> bool {
        matches!(self.pick(value).map(|value| &value.kind), Some(Kind::Absent))
    }

    fn choose<'v>(&self, choice: &'v Choice) -> Option<&'v Value> {
        let taken = choice.alternatives.iter().find(|alternative| self.holds(&alternative.guard))?;
        self.note(&taken.guard);
        Some(&taken.value)
    }

    /// Whether a guard holds in this world.
    pub fn holds(&self, guard: &Guard) -> bool {
        match guard {
            Guard::Always => true,
            Guard::Never => false,
            Guard::Is(atom, option) => self.decide(atom) == *option,
            Guard::Not(guard) => !self.holds(guard),
            Guard::All(guards) => guards.iter().all(|guard| self.holds(guard)),
            Guard::Any(guards) => guards.iter().any(|guard| self.holds(guard)),
            Guard::Named(named) => {
                let address = Arc::as_ptr(named);
                let known = self.known.borrow().get(&address).copied();
                known.unwrap_or_else(|| {
                    let holds = self.holds(&named.guard);
                    self.known.borrow_mut().insert(address, holds);
                    holds
                })
            }
        }
    }

    /// Whether a guard holds; messages may say which.
    pub fn holds_noted(&self, guard: &Guard) -> bool {
        let holds = self.holds(guard);
        match guard {
            _ if holds => self.note(guard),
            Guard::Not(denied) => self.note(denied),
            Guard::Named(named) => self.remember(Fact::denial(named)),
            _ => {}
        }
        holds
    }

    /// Whether that exists which is looked at. No message says so, but a finding supposes it.
    pub fn has(&self, guard: &Guard) -> bool {
        let mut premises = self.premises.borrow_mut();
        if !matches!(guard, Guard::Always) && premises.iter().all(|(known, _)| !ptr::eq(*known, guard)) {
            premises.push((guard, guard.clone()));
        }
        drop(premises);
        self.holds(guard)
    }

    fn decide(&self, atom: &Arc<Atom>) -> usize {
        let mut picks = self.picks.borrow_mut();
        if let Some(pick) = picks.iter().find(|pick| pick.atom.name == atom.name) {
            return pick.option;
        }
        picks.push(Pick { atom: atom.clone(), option: 0 });
        0
    }

    /// Remembers what a guard that holds says, so that a finding can say when it holds.
    fn note(&self, guard: &Guard) {
        match guard {
            Guard::Always | Guard::Never => {}
            Guard::Is(atom, option) => {
                if let Some(option) = atom.options.get(*option) {
                    let (subject, label) = (atom.name.clone(), option.label.clone());
                    self.remember(Fact { subject, label, likely: option.likely, guard: guard.clone() });
                }
            }
            Guard::Not(inner) => match inner.as_ref() {
                Guard::Named(named) => self.remember(Fact::denial(named)),
                other => self.note_decided(other),
            },
            Guard::All(guards) => guards.iter().for_each(|guard| self.note(guard)),
            Guard::Any(guards) => guards.iter().for_each(|guard| self.note_decided(guard)),
            Guard::Named(named) => {
                self.remember(Fact::of(named));
            }
        }
    }

    /// Notes of a guard what was decided of it.
    fn note_decided(&self, guard: &Guard) {
        match guard {
            Guard::Named(named) => {
                let known = self.known.borrow().get(&Arc::as_ptr(named)).copied();
                match known {
                    Some(true) => self.note(guard),
                    Some(false) => self.remember(Fact::denial(named)),
                    None => {}
                }
            }
            Guard::Not(inner) => self.note_decided(inner),
            Guard::All(guards) | Guard::Any(guards) => {
                for guard in guards {
                    self.note_decided(guard);
                }
            }
            Guard::Is(atom, _) => {
                let option = self
                    .picks
                    .borrow()
                    .iter()
                    .find(|pick| pick.atom.name == atom.name)
                    .map(|pick| pick.option);
                if let Some(option) = option {
                    self.note(&Guard::Is(atom.clone(), option));
                }
            }
            Guard::Always | Guard::Never => {}
        }
    }

    fn remember(&self, fact: Fact) {
        let mut facts = self.facts.borrow_mut();
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }

    /// The world after this one, if there is another: the last atom that has an option left takes it.
    fn next(self) -> (Account, Option<Self>) {
        let mut picks = self.picks.into_inner();
        let departs = picks.iter().any(|pick| pick.atom.is_default(pick.option) == Some(false));
        while picks.last().is_some_and(|pick| pick.option + 1 >= pick.atom.options.len()) {
            picks.pop();
        }
        let next = picks.last_mut().map(|pick| pick.option += 1);
        let next = next.map(|()| Self { picks: RefCell::new(picks), ..Self::default() });
        let premises = self.premises.into_inner().into_iter().map(|(_, guard)| guard).collect();
        (Account { facts: self.facts.into_inner(), premises, departs }, next)
    }
}
