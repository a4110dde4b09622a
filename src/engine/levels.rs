//! Which findings are reported, and how urgently.

use std::sync::Arc;

use super::settings::Settings;
use crate::diagnostic::{Report, RuleInfo};
use crate::text::Span;

/// Removes what is not to be reported, and gives the rest its severity.
pub fn level(report: &mut Report, settings: &Settings) {
    let applied = |span: Span, rule: &mut Arc<RuleInfo>| {
        let info = settings.profile(span.source).levels.applied(rule);
        info.map(|info| *rule = info).is_some()
    };
    report.diagnostics.retain_mut(|diagnostic| applied(diagnostic.span, &mut diagnostic.rule));
    report.undecided.retain_mut(|undecided| applied(undecided.span, &mut undecided.rule));
}
