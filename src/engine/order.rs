//! The order of findings.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Report};
use crate::text::SourceId;

/// By path, then position, then rule.
pub fn sort(report: &mut Report) {
    let names: HashMap<SourceId, &str> =
        report.sources.iter().map(|(id, source)| (*id, source.name.as_str())).collect();
    let order = |a: &Diagnostic, b: &Diagnostic| {
        let name = |diagnostic: &Diagnostic| names.get(&diagnostic.span.source).copied().unwrap_or_default();
        let key = |diagnostic: &Diagnostic| (diagnostic.span.start, Reverse(diagnostic.rule.severity));
        name(a)
            .cmp(name(b))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.rule.name.cmp(&b.rule.name))
            .then_with(|| a.span.end.cmp(&b.span.end))
            .then_with(|| a.path.cmp(&b.path))
            .then_with(|| a.message.cmp(&b.message))
    };
    report.diagnostics.sort_by(order);
    report.suppressed.sort_by(|a, b| order(&a.diagnostic, &b.diagnostic));
}
