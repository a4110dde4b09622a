//! What suppressions claim: each rule that one names, and the part of the file that it is claimed for.

use std::collections::HashSet;

use super::date::Date;
use super::find::Suppression;
use crate::text::Span;

/// One rule that a suppression names.
#[derive(Debug)]
pub struct Claim<'s> {
    pub suppression: &'s Suppression,
    pub name: &'s str,
    /// Where it is named.
    pub span: Span,
    pub covers: Span,
    pub is_used: bool,
    /// Whether another suppression says the same of the same part of the file.
    pub is_repeated: bool,
}

/// What the suppressions claim that are in force.
pub fn claims<'s>(suppressions: &[&'s Suppression], today: Option<Date>) -> Vec<Claim<'s>> {
    let in_force = suppressions.iter().filter(|suppression| {
        let directive = &suppression.directive;
        directive.fault.is_none() && !directive.has_ended(today)
    });
    let mut claims = Vec::new();
    let mut seen = HashSet::new();
    for suppression in in_force {
        let Some(covers) = suppression.covers else { continue };
        for (name, span) in &suppression.directive.names {
            let is_repeated = !seen.insert((name.as_str(), covers));
            claims.push(Claim { suppression, name, span: *span, covers, is_used: false, is_repeated });
        }
    }
    claims
}
