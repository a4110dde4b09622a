//! What is checked besides the files, and which rules speak.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::assume::Assume;
use super::suppress::Date;
use crate::diagnostic::{RuleInfo, Severity};
use crate::rules;
use crate::text::SourceId;

/// The settings of a run: those of all files, and of the files that have their own.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub common: Arc<Profile>,
    pub of: BTreeMap<SourceId, Arc<Profile>>,
    /// What is checked.
    pub rules: rules::Set,
    /// The day that it is, after which suppressions may have ended. None where nobody asks.
    pub today: Option<Date>,
    /// Whether fixes are tried and offered, for which all is checked again.
    pub fixes: bool,
}

/// The settings of a file.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    pub assume: Assume,
    pub levels: Levels,
}

/// Which rules speak, and how urgently.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// If there are any, these rules alone.
    pub select: BTreeSet<String>,
    pub ignore: BTreeSet<String>,
    pub severity: BTreeMap<String, Level>,
}

/// What becomes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Off,
    On(Severity),
}

impl Settings {
    /// The settings of a file.
    pub fn profile(&self, source: SourceId) -> &Profile {
        self.of.get(&source).unwrap_or(&self.common)
    }
}

impl From<Profile> for Settings {
    fn from(common: Profile) -> Self {
        Self { common: Arc::new(common), ..Self::default() }
    }
}

impl Levels {
    /// Whether a rule is on by itself, or somebody asked for it by its name.
    pub fn is_on(&self, info: &RuleInfo) -> bool {
        info.enabled
            || self.select.contains(&info.name)
            || matches!(self.severity.get(&info.name), Some(Level::On(_)))
    }

    /// The severity that findings of a rule have; none if it does not speak. What is selected speaks even where its
    /// level is off.
    pub fn of(&self, info: &RuleInfo) -> Option<Severity> {
        let selected = self.select.contains(&info.name);
        if self.ignore.contains(&info.name) || !(selected || self.select.is_empty()) || !self.is_on(info) {
            return None;
        }
        match self.severity.get(&info.name) {
            Some(Level::On(severity)) => Some(*severity),
            Some(Level::Off) if !selected => None,
            _ => Some(info.severity),
        }
    }

    /// What findings of a rule have in common; none if it does not speak.
    pub fn applied(&self, info: &Arc<RuleInfo>) -> Option<Arc<RuleInfo>> {
        let severity = self.of(info)?;
        if severity == info.severity {
            return Some(info.clone());
        }
        let default_severity = Some(info.severity);
        Some(Arc::new(RuleInfo { severity, default_severity, ..(**info).clone() }))
    }
}
