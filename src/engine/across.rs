//! What is said of several units.

use super::fingerprint;
use super::tell::Raw;
use crate::rules::Set;
use crate::rules::across::{Claim, finding, rivals};
use crate::rules::rule::Check;

/// What units claim that other units claim as well.
pub fn across_units(rules: &Set, units: &[Vec<Claim>]) -> Vec<Raw> {
    let rivals = rivals(units);
    if rivals.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for rule in rules.iter() {
        let Check::Unique(unique) = &rule.check else { continue };
        let Some(info) = &unique.across else { continue };
        for (first, later) in &rivals {
            let finding = finding(unique, info, first, later);
            let fingerprint = fingerprint::of(&rule.info.name, first.value(), &later.pointer);
            found.push(Raw { finding, form: later.form, fingerprint });
        }
    }
    found
}
