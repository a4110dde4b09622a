//! How much a value holds: what it costs to make it once more, and to look at it.

use super::text::alternatives;
use crate::guard::Guard;
use crate::value::{Kind, Part, Value};

/// How many parts a condition may have; in each world that is looked at, it is looked through.
const MAX_GUARD: usize = 5000;

/// Bytes of text that cost as much as a node.
const BYTES: usize = 64;

/// The number of nodes, parts of texts and parts of conditions; none if there are more than so many.
pub fn of(value: &Value, most: usize) -> Option<usize> {
    let mut left = most;
    take(value, &mut left)?;
    Some(most - left)
}

fn take(value: &Value, left: &mut usize) -> Option<()> {
    *left = left.checked_sub(1)?;
    match &value.kind {
        Kind::List(items) => items.iter().try_for_each(|item| take(item, left)),
        Kind::Map(map) => map.entries.iter().try_for_each(|entry| take(&entry.value, left)),
        Kind::Choice(choice) => {
            for alternative in &choice.alternatives {
                let most = MAX_GUARD.min(*left);
                let mut rest = most;
                take_guard(&alternative.guard, &mut rest)?;
                *left -= most - rest;
            }
            alternatives(choice).try_for_each(|value| take(value, left))
        }
        Kind::Text(text) => {
            let bytes = |part: &Part| match part {
                Part::Literal(literal) => literal.text.len() / BYTES,
                Part::Hole(_) => 0,
            };
            *left = left.checked_sub(text.parts.len() + text.parts.iter().map(bytes).sum::<usize>())?;
            Some(())
        }
        _ => Some(()),
    }
}

fn take_guard(guard: &Guard, left: &mut usize) -> Option<()> {
    *left = left.checked_sub(1)?;
    match guard {
        Guard::Always | Guard::Never | Guard::Is(..) => Some(()),
        Guard::Not(guard) => take_guard(guard, left),
        Guard::All(guards) | Guard::Any(guards) => {
            guards.iter().try_for_each(|guard| take_guard(guard, left))
        }
        // It is held once, but looked through wherever it is used.
        Guard::Named(named) => take_guard(&named.guard, left),
    }
}
