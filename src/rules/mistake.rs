//! What is wrong with a rule file, and where.

use crate::text::Span;

/// A mistake in a rule file.
#[derive(Clone, Debug)]
pub struct Mistake {
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
}
