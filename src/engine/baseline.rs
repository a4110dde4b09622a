//! Findings that are known already, and are not reported again.

use std::collections::BTreeMap;

use super::order;
use crate::diagnostic::{Report, Suppressed, SuppressedBy};

/// How many findings are known of each fingerprint. Findings with one fingerprint cannot be told apart: of more than
/// are known, the first in the order of the report are taken for them.
#[derive(Clone, Debug, Default)]
pub struct Known(BTreeMap<String, usize>);

impl FromIterator<(String, usize)> for Known {
    fn from_iter<I: IntoIterator<Item = (String, usize)>>(counts: I) -> Self {
        let mut known = Self::default();
        for (fingerprint, count) in counts {
            let all = known.0.entry(fingerprint).or_default();
            *all = all.saturating_add(count);
        }
        known
    }
}

impl Known {
    /// How many findings are known in all.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.values().fold(0, |all, count| all.saturating_add(*count))
    }

    /// Puts a report in order, and moves the findings that are known to those that are suppressed.
    pub fn hide(&self, report: &mut Report) {
        order::sort(report);
        let mut left = self.0.clone();
        let mut kept = Vec::with_capacity(report.diagnostics.len());
        for diagnostic in std::mem::take(&mut report.diagnostics) {
            match left.get_mut(&diagnostic.fingerprint).filter(|left| **left > 0) {
                Some(left) => {
                    *left -= 1;
                    let by = SuppressedBy::Baseline;
                    report.suppressed.push(Suppressed { diagnostic, by, reason: None });
                }
                None => kept.push(diagnostic),
            }
        }
        report.diagnostics = kept;
        report.summary.suppressed = report.suppressed.len();
        order::sort(report);
    }
}
