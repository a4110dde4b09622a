//! What could not be decided, told once for each rule and the facts that would decide it.

use std::cmp::{Ordering, Reverse};
use std::collections::HashSet;
use std::sync::Arc;

use crate::diagnostic::{Label, Report, RuleInfo, Undecided};
use crate::rules::check;
use crate::rules::unknown::{Fact, Reason};
use crate::text::Span;

/// What a rule and its facts are known by.
type Key = (*const RuleInfo, Vec<(Reason, Span)>);

/// The undecided checks of one unit, in the order in which they are met.
#[derive(Debug, Default)]
pub struct Collector {
    seen: HashSet<Key>,
    pub told: Vec<Undecided>,
}

impl Collector {
    /// Takes what could not be decided of a configuration: several entries may wait for the same fact.
    pub fn take(&mut self, undecided: Vec<check::Undecided<'_>>) {
        for check::Undecided { info, facts } in undecided {
            let Some(Fact { span, resource, pointer, .. }) = facts.first() else { continue };
            let key = facts.iter().map(|fact| (fact.reason.clone(), fact.span)).collect();
            if !self.seen.insert((Arc::as_ptr(&info), key)) {
                continue;
            }
            let told = Undecided {
                span: *span,
                path: pointer.clone(),
                form: resource.origin.form,
                resource: resource.label.clone(),
                facts: facts
                    .iter()
                    .map(|fact| Label { span: fact.span, text: fact.reason.to_string() })
                    .collect(),
                rule: info,
            };
            self.told.push(told);
        }
    }
}

/// By path, then position, then rule.
pub fn sort(report: &mut Report) {
    let Report { undecided, sources, .. } = report;
    let name = |span: Span| sources.get(&span.source).map(|source| source.name.as_str());
    undecided.sort_by(|a, b| {
        let key = |one: &Undecided| (one.span.start, Reverse(one.rule.severity));
        let same_file = a.span.source == b.span.source;
        let by_file = if same_file { Ordering::Equal } else { name(a.span).cmp(&name(b.span)) };
        by_file
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.rule.name.cmp(&b.rule.name))
            .then_with(|| a.span.end.cmp(&b.span.end))
            .then_with(|| a.path.cmp(&b.path))
    });
}
