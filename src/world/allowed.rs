//! Rules of a unit, in a world in which not everything is decided.

use std::collections::HashMap;
use std::sync::Arc;

use crate::guard::{Guard, Named};
use crate::world::World;

/// Whether a world that is only partly decided can obey rules.
pub struct Allowed<'w> {
    world: &'w World,
    known: HashMap<*const Named, Option<bool>>,
}

impl<'w> Allowed<'w> {
    pub fn by(world: &'w World) -> Self {
        Self { world, known: HashMap::new() }
    }

    pub fn denies(mut self, rules: &Guard) -> bool {
        self.holds(rules) == Some(false)
    }

    /// Whether a guard holds, as far as that is decided.
    fn holds(&mut self, guard: &Guard) -> Option<bool> {
        match guard {
            Guard::Always => Some(true),
            Guard::Never => Some(false),
            Guard::Is(atom, option) => {
                let picks = self.world.picks.borrow();
                picks.iter().find(|pick| pick.atom.name == atom.name).map(|pick| pick.option == *option)
            }
            Guard::Not(guard) => self.holds(guard).map(|holds| !holds),
            Guard::All(guards) => self.first(guards, false),
            Guard::Any(guards) => self.first(guards, true),
            Guard::Named(named) => match self.known.get(&Arc::as_ptr(named)) {
                Some(known) => *known,
                None => {
                    let holds = self.holds(&named.guard);
                    self.known.insert(Arc::as_ptr(named), holds);
                    holds
                }
            },
        }
    }

    /// `decisive` if one of the guards is that, else its opposite if all of them are decided.
    fn first(&mut self, guards: &[Guard], decisive: bool) -> Option<bool> {
        let mut all_known = true;
        for guard in guards {
            match self.holds(guard) {
                Some(holds) if holds == decisive => return Some(decisive),
                Some(_) => {}
                None => all_known = false,
            }
        }
        all_known.then_some(!decisive)
    }
}
