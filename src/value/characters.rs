//! Which characters may stand where text is not known.

/// The characters that may stand in a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Characters {
    /// `a-z 0-9`
    LowerAlphanumeric,
    /// `a-z 0-9 -`
    LowerAlphanumericDash,
    /// `A-Z a-z 0-9 . _ -`
    Name,
    /// `A-Z a-z 0-9 . _ - /`
    Path,
}

impl Characters {
    #[must_use]
    pub fn contain(self, c: char) -> bool {
        match self {
            Self::LowerAlphanumeric => c.is_ascii_lowercase() || c.is_ascii_digit(),
            Self::LowerAlphanumericDash => Self::LowerAlphanumeric.contain(c) || c == '-',
            Self::Name => c.is_ascii_alphanumeric() || "._-".contains(c),
            Self::Path => Self::Name.contain(c) || c == '/',
        }
    }
}
