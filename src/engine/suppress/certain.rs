//! Whether it is certain that a rule has nothing to say in a file.
//!
//! A suppression that hides nothing today may be needed tomorrow: when a parameter gets a value, when a key is mended,
//! when another file is checked as well. Then nothing is said of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::diagnostic::{Report, RuleInfo};
use crate::engine::settings::{Profile, Settings};
use crate::engine::units::Unit;
use crate::rules::Set;
use crate::rules::rule::{Check, Rule};
use crate::text::SourceId;
use crate::value::ResourceKind;

/// What is known of a unit with suppressions.
#[derive(Debug)]
pub struct Context<'p> {
    sources: Vec<SourceId>,
    profile: &'p Profile,
    /// The rules of which it is not certain that they have no more to say.
    open: BTreeSet<String>,
    /// Whether all its files could be read.
    is_whole: bool,
    /// Whether there is anything in it that rules are about.
    is_relevant: bool,
}

impl<'p> Context<'p> {
    pub fn new(unit: &Unit<'_>, profile: &'p Profile, open: BTreeSet<String>) -> Self {
        let subjects = [ResourceKind::LogDeliveryConfiguration, ResourceKind::DeliverySource];
        Self {
            sources: unit.files.iter().map(|file| file.source.id).collect(),
            profile,
            open,
            is_whole: unit.files.iter().all(|file| file.is_whole),
            is_relevant: unit.resources.iter().any(|resource| subjects.contains(&resource.kind)),
        }
    }
}

/// What is known of all files.
#[derive(Debug)]
pub struct Certainty<'c> {
    of: HashMap<SourceId, Vec<&'c Context<'c>>>,
    settings: &'c Settings,
    /// The files with something that keeps rules from being asked.
    misshapen: HashSet<SourceId>,
}

impl<'c> Certainty<'c> {
    /// `report` holds what is not suppressed.
    pub fn new(contexts: &'c [Context<'c>], rules: &Set, report: &Report, settings: &'c Settings) -> Self {
        let mut of: HashMap<SourceId, Vec<&Context<'_>>> = HashMap::new();
        for context in contexts.iter().filter(|context| context.is_relevant) {
            context.sources.iter().for_each(|source| of.entry(*source).or_default().push(context));
        }
        let of_shape = |rule: &&Rule| matches!(rule.check, Check::Schema(_) | Check::Problem(..));
        let of_shape: HashSet<&str> =
            rules.iter().filter(of_shape).map(|rule| rule.info.name.as_str()).collect();
        let wrong = report.diagnostics.iter().filter(|found| of_shape.contains(found.rule.name.as_str()));
        Self { of, settings, misshapen: wrong.map(|found| found.span.source).collect() }
    }

    /// Whether there is anything around a file that rules are about.
    pub fn is_concerned(&self, source: SourceId) -> bool {
        self.of.contains_key(&source)
    }

    /// Whether a rule is reported in a file.
    pub fn speaks(&self, info: &RuleInfo, source: SourceId) -> bool {
        let of_file = &self.settings.profile(source).levels;
        let of_unit = || self.of.get(&source).into_iter().flatten();
        of_file.of(info).is_some() && of_unit().all(|context| context.profile.levels.is_on(info))
    }

    /// Whether it is certain that a rule which is reported in a file has no more to say there than it does.
    pub fn is_silent(&self, rule: &Rule, source: SourceId) -> bool {
        // Which files are checked together is not for the file to know.
        let looks_across = matches!(&rule.check, Check::Unique(unique) if unique.across.is_some());
        let knows = |context: &&Context<'_>| {
            context.is_whole
                && !context.open.contains(&rule.info.name)
                && !context.sources.iter().any(|source| self.misshapen.contains(source))
        };
        !looks_across && self.of.get(&source).is_some_and(|contexts| contexts.iter().all(knows))
    }
}
