//! What a configuration and whoever runs the check say together of each file.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Report};
use crate::engine::{Profile, Settings, sort, unknown_rule};
use crate::project::config::Config;
use crate::project::today::today;
use crate::rules::Set;
use crate::text::Source;

/// The settings of each file.
pub fn settings<'s>(
    config: &Config,
    rules: Set,
    asked: &Profile,
    sources: impl Iterator<Item = &'s Source>,
) -> Settings {
    // What holds for a file of no override holds for all.
    let common = Arc::new(config.profile(Path::new(""), asked));
    let today = Some(today());
    if !config.has_overrides() {
        return Settings { common, rules, today, fixes: true, ..Settings::default() };
    }
    let of = |source: &Source| (source.id, Arc::new(config.profile(Path::new(&source.name), asked)));
    Settings { common, of: sources.map(of).collect(), rules, today, fixes: true }
}

/// Adds what is to be said of names in the configuration that no rule has.
pub fn unknown_rules(config: &Config, settings: &Settings, report: &mut Report) {
    let Some(source) = &config.source else { return };
    let count = report.diagnostics.len();
    for (name, span) in config.named_rules().filter(|(name, _)| !settings.rules.contains(name)) {
        report.sources.insert(source.id, source.clone());
        if let Some(found) = unknown_rule(span, name, &settings.rules, &report.sources)
            && let Some(rule) = settings.common.levels.applied(&found.rule)
        {
            report.diagnostics.push(Diagnostic { rule, ..found });
        }
    }
    if report.diagnostics.len() > count {
        sort(report);
    }
}
