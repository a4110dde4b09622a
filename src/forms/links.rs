//! What a name in a file stands for, and where that is declared.

use crate::text::Span;

/// A name, and what declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The name where it is used, with what tells it from others: `Logs`, `aws_s3_bucket.logs`.
    pub span: Span,
    /// The name where it is declared.
    pub to: Span,
}
