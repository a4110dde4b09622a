//! Takes the findings out of a report that are suppressed, and says which suppressions are not as they should be.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::certain::{Certainty, Context};
use super::claim::{Claim, claims};
use super::find::Suppression;
use super::tell::Told;
use crate::diagnostic::{Report, Suppressed};
use crate::engine::problems::of_problems;
use crate::engine::reading::Reading;
use crate::engine::settings::Settings;
use crate::engine::tell::diagnostic;
use crate::text::SourceId;

/// `contexts` are those of the units with suppressions.
pub fn apply(report: &mut Report, readings: &[&Reading], contexts: &[Context<'_>], settings: &Settings) {
    let suppressions: Vec<&Suppression> = readings.iter().flat_map(|reading| &reading.suppressions).collect();
    if suppressions.is_empty() {
        return;
    }
    let rules = &settings.rules;
    let mut claims = claims(&suppressions, settings.today);
    hide(report, &mut claims);
    let certainty = Certainty::new(contexts, rules, report, settings);
    let told = Told { rules, certainty: &certainty, today: settings.today };
    let mut problems = Vec::new();
    for suppression in &suppressions {
        told.of_itself(suppression, &mut problems);
    }
    for claim in &claims {
        told.of_name(claim, &mut problems);
    }
    for raw in of_problems(rules, &problems, &report.sources) {
        let mut found = diagnostic(raw, &report.sources);
        if let Some(info) = settings.profile(found.span.source).levels.applied(&found.rule) {
            found.rule = info;
            report.diagnostics.push(found);
        }
    }
}

/// Moves the findings that are claimed to those that are suppressed. What speaks of suppressions cannot be claimed.
fn hide(report: &mut Report, claims: &mut [Claim<'_>]) {
    let mut groups: HashMap<(SourceId, &str), Group> = HashMap::new();
    for (index, claim) in claims.iter().enumerate().filter(|(_, claim)| !claim.is_repeated) {
        groups.entry((claim.covers.source, claim.name)).or_default().claims.push(index);
    }
    for (index, found) in report.diagnostics.iter().enumerate() {
        if let Some(group) = groups.get_mut(&(found.span.source, found.rule.name.as_str())) {
            group.found.push(index);
        }
    }
    let mut hidden: HashMap<usize, usize> = HashMap::new();
    let mut used = Vec::new();
    for group in groups.into_values() {
        group.pair(report, claims, |found, claim| {
            // Of several, the one that begins last stands nearest.
            hidden.insert(found, claim);
            used.push(claim);
        });
    }
    for claim in used {
        if let Some(claim) = claims.get_mut(claim) {
            claim.is_used = true;
        }
    }
    let mut kept = Vec::with_capacity(report.diagnostics.len());
    for (index, diagnostic) in std::mem::take(&mut report.diagnostics).into_iter().enumerate() {
        match hidden.get(&index).and_then(|claim| claims.get(*claim)) {
            Some(Claim { suppression, .. }) => report.suppressed.push(Suppressed {
                diagnostic,
                by: suppression.by,
                reason: suppression.directive.reason.clone(),
            }),
            None => kept.push(diagnostic),
        }
    }
    report.diagnostics = kept;
}

/// The claims on one rule in one file, and its findings there.
#[derive(Debug, Default)]
struct Group {
    claims: Vec<usize>,
    found: Vec<usize>,
}

impl Group {
    /// Calls for each finding and each claim that covers its beginning, by the beginnings of claims.
    fn pair(mut self, report: &Report, claims: &[Claim<'_>], mut pair: impl FnMut(usize, usize)) {
        let covers =
            |claim: usize| claims.get(claim).map_or((0, 0), |claim| (claim.covers.start, claim.covers.end));
        let start = |found: usize| report.diagnostics.get(found).map_or(0, |found| found.span.start);
        self.claims.sort_by_key(|claim| (covers(*claim).0, Reverse(covers(*claim).1)));
        self.found.sort_by_key(|found| start(*found));
        let mut waiting = self.claims.into_iter().peekable();
        let mut open: Vec<usize> = Vec::new();
        for found in self.found {
            let at = start(found);
            while let Some(claim) = waiting.next_if(|claim| covers(*claim).0 <= at) {
                open.push(claim);
            }
            // What is missing at the end of a line begins where the line ends.
            open.retain(|claim| at <= covers(*claim).1);
            for claim in &open {
                pair(found, *claim);
            }
        }
    }
}
