//! Which findings are the same before and after a change.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::text::SourceId;

/// What a finding is, wherever it stands now.
pub type Identity<'d> = (&'d str, SourceId, &'d str);

pub fn identity(found: &Diagnostic) -> Identity<'_> {
    (&found.rule.name, found.span.source, &found.fingerprint)
}

/// How many findings are the same.
pub fn counts(found: &[Diagnostic]) -> HashMap<Identity<'_>, usize> {
    let mut counts = HashMap::new();
    for found in found {
        *counts.entry(identity(found)).or_insert(0) += 1;
    }
    counts
}
