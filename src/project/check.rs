//! What is found in what was read, for whoever reports it and whoever writes it down: both see the same.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::Report;
use crate::engine::{self, Known, Profile, Reading, Settings};
use crate::project::config::Config;
use crate::project::load::Loaded;
use crate::project::paths::Exclude;
use crate::project::profiles;
use crate::rules::Set;
use crate::text::SourceId;

/// A check, as a configuration and whoever runs it want it.
#[derive(Debug)]
pub struct Check<'c> {
    config: &'c Config,
    settings: Settings,
    /// What of this is found is told to nobody.
    excluded: BTreeSet<SourceId>,
    /// What is found of these is suppressed.
    known: Known,
    files: usize,
}

impl<'c> Check<'c> {
    /// `asked` is what the arguments say, which outweighs the configuration.
    #[must_use]
    pub fn new(config: &'c Config, rules: Set, asked: &Profile, known: Known, loaded: &Loaded) -> Self {
        let sources = loaded.readings.iter().map(|reading| &*reading.source);
        Self {
            config,
            settings: profiles::settings(config, rules, asked, sources),
            excluded: excluded(config, loaded),
            known,
            files: loaded.files,
        }
    }

    /// What is found in what was read, or in what became of it.
    #[must_use]
    pub fn report(&self, readings: &[Reading]) -> Report {
        let mut report = engine::check_with(readings, self.files, &self.settings);
        profiles::unknown_rules(self.config, &self.settings, &mut report);
        report.diagnostics.retain(|found| !self.excluded.contains(&found.span.source));
        self.known.hide(&mut report);
        report
    }
}

/// The files that are left out, and were read for the sake of others of their folder only.
fn excluded(config: &Config, loaded: &Loaded) -> BTreeSet<SourceId> {
    let exclude = Exclude::new(&config.base, &config.exclude);
    let sources = loaded.readings.iter().map(|reading| &reading.source);
    let besides = sources.filter(|source| !loaded.paths.contains_key(&source.id));
    besides.filter(|source| exclude.covers(Path::new(&source.name))).map(|source| source.id).collect()
}
