//! What a name in a file stands for, and where that is declared.

use crate::text::Span;

/// A name, or a reference by it, and what declares it. The shortest one around a place is meant there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The name where it is used, with what tells it from others: `Logs`, `aws_s3_bucket.logs`. Or what refers by it:
    /// `!GetAtt`, `Logs.Arn`, `${Logs.Arn}`, `aws_s3_bucket.logs.arn`.
    pub span: Span,
    /// The name where it is declared.
    pub to: Span,
}
