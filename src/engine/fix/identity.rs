//! Which findings are the same before and after a change.

use crate::diagnostic::Diagnostic;
use crate::text::SourceId;

/// What a finding is, wherever it stands now.
pub type Identity<'d> = (&'d str, SourceId, &'d str);

pub fn identity(found: &Diagnostic) -> Identity<'_> {
    (&found.rule.name, found.span.source, &found.fingerprint)
}
