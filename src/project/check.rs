//! What is found in what was read, for whoever reports it, whoever writes it down, and whoever shows it while it is
//! written: all see the same.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::Report;
use crate::engine::{self, Known, Profile, Reading, Settings};
use crate::project::config::Config;
use crate::project::load::Loaded;
use crate::project::paths::Exclude;
use crate::project::profiles;
use crate::rules::Set;
use crate::text::{Source, SourceId};

/// A check, as a project and whoever runs it want it.
#[derive(Debug)]
pub struct Check<'c> {
    config: &'c Config,
    settings: Settings,
    /// What of this is found is told to nobody.
    excluded: BTreeSet<SourceId>,
    /// What is found of these is suppressed.
    known: &'c Known,
    files: usize,
}

impl<'c> Check<'c> {
    /// Of what was loaded. `asked` is what the arguments say, which outweighs the configuration.
    #[must_use]
    pub fn of_loaded(
        config: &'c Config,
        rules: Set,
        asked: &Profile,
        known: &'c Known,
        loaded: &Loaded,
    ) -> Self {
        let sources = || loaded.readings.iter().map(|reading| &*reading.source);
        let besides = sources().filter(|source| !loaded.paths.contains_key(&source.id));
        Self {
            config,
            settings: profiles::settings(config, rules, asked, sources()),
            excluded: excluded(config, besides),
            known,
            files: loaded.files,
        }
    }

    /// Of sources that nobody has asked for by name.
    #[must_use]
    pub fn of_sources<'s>(
        config: &'c Config,
        rules: Set,
        known: &'c Known,
        sources: impl Iterator<Item = &'s Source> + Clone,
    ) -> Self {
        Self {
            config,
            settings: profiles::settings(config, rules, &Profile::default(), sources.clone()),
            excluded: excluded(config, sources.clone()),
            known,
            files: sources.count(),
        }
    }

    /// The same without fixes, which take their time to try.
    #[must_use]
    pub fn without_fixes(mut self) -> Self {
        self.settings.fixes = false;
        self
    }

    /// What is found in what was read, or in what became of it.
    #[must_use]
    pub fn report(&self, readings: &[&Reading]) -> Report {
        let mut report = engine::check_these(readings, self.files, &self.settings);
        profiles::unknown_rules(self.config, &self.settings, &mut report);
        report.diagnostics.retain(|found| !self.excluded.contains(&found.span.source));
        self.known.hide(&mut report);
        report
    }
}

/// The files that are left out, and were read for the sake of others of their folder only.
fn excluded<'s>(config: &Config, besides: impl Iterator<Item = &'s Source>) -> BTreeSet<SourceId> {
    let exclude = Exclude::new(&config.base, &config.exclude);
    besides.filter(|source| exclude.covers(Path::new(&source.name))).map(|source| source.id).collect()
}
