//! What `--select`, `--ignore` and `--severity` make of a report.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::cli::args::Check;
use crate::cli::exit::Failure;
use crate::cli::suggest::known_rule;
use crate::diagnostic::{Report, RuleInfo, Severity};

/// Every rule that it names exists.
#[derive(Debug)]
pub struct Filter<'a> {
    select: HashSet<&'a str>,
    ignore: HashSet<&'a str>,
    severity: HashMap<&'a str, Severity>,
}

impl<'a> Filter<'a> {
    /// The filter that the arguments ask for. Of several severities for one rule the last counts.
    ///
    /// # Errors
    /// A name that no rule has.
    pub fn new(args: &'a Check) -> Result<Self, Failure> {
        let severities = args.severity.iter().map(|(name, severity)| (name.as_str(), *severity));
        let named = args.select.iter().chain(&args.ignore).map(String::as_str);
        for name in named.chain(severities.clone().map(|(name, _)| name)) {
            known_rule(name)?;
        }
        Ok(Self {
            select: args.select.iter().map(String::as_str).collect(),
            ignore: args.ignore.iter().map(String::as_str).collect(),
            severity: severities.collect(),
        })
    }

    /// The rules that are named, which switches one on that is off by default.
    pub fn asked_for(&self) -> impl Iterator<Item = &str> {
        self.select.iter().copied().chain(self.severity.keys().copied())
    }

    /// Removes what is not to be reported, and gives the rest its severity.
    pub fn apply(&self, report: &mut Report) {
        let is_wanted = |info: &RuleInfo| {
            let rule = info.name.as_str();
            (self.select.is_empty() || self.select.contains(rule)) && !self.ignore.contains(rule)
        };
        report.diagnostics.retain(|diagnostic| is_wanted(&diagnostic.rule));
        report.undecided.retain(|undecided| is_wanted(&undecided.rule));
        report.summary.undecided = report.undecided.len();
        let rules = report.diagnostics.iter_mut().map(|diagnostic| &mut diagnostic.rule);
        for rule in rules.chain(report.undecided.iter_mut().map(|undecided| &mut undecided.rule)) {
            if let Some(severity) = self.severity.get(rule.name.as_str())
                && rule.severity != *severity
            {
                *rule = Arc::new(RuleInfo { severity: *severity, ..(**rule).clone() });
            }
        }
    }
}
