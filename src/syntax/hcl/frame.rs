//! What can be open in HCL.

/// What is open at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The braces of a block.
    Body,
    /// The braces of an object.
    Object,
    /// The braces of a `for` expression that makes an object.
    For,
    Parentheses,
    Brackets,
    /// `${` or `%{`
    Interpolation,
    Quoted,
    Heredoc,
}

impl Frame {
    /// What is wrong where it is not closed.
    pub fn unclosed(self) -> &'static str {
        match self {
            Self::Body | Self::Object | Self::For => "unclosed brace",
            Self::Parentheses => "unclosed parenthesis",
            Self::Brackets => "unclosed bracket",
            Self::Interpolation => "unclosed interpolation",
            Self::Quoted => "unclosed string",
            Self::Heredoc => "unclosed heredoc",
        }
    }
}
