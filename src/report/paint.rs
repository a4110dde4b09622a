//! Colours and line breaks of the text that stands around excerpts.

use std::fmt::Display;

use crate::diagnostic::Severity;

/// A colour, by what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    Severity(Severity),
    /// What is read first.
    Strong,
    /// What may be overlooked.
    Frame,
    /// Nothing to do.
    Good,
}

impl Ink {
    /// The text in this colour, or as it is. The text holds no colour of its own.
    pub fn paint(self, text: impl Display, colour: bool) -> String {
        let code = match self {
            Self::Severity(Severity::Error) => "1;31",
            Self::Severity(Severity::Warning) => "1;33",
            Self::Severity(Severity::Hint) => "1;36",
            Self::Strong => "1",
            Self::Frame => "2",
            Self::Good => "1;32",
        };
        if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_string() }
    }
}

/// Breaks a line at spaces so that each part is at most so many characters wide, unless a word alone is wider.
///
/// No part but the first begins with `::`, which would be a workflow command.
pub fn wrap(line: &str, room: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut rest, mut at, mut used) = (line, 0, 0);
    for word in line.split_inclusive(' ') {
        let width = word.trim_end().chars().count();
        if used + width > room && !rest[..at].trim().is_empty() && width > 0 && !word.starts_with("::") {
            parts.push(rest[..at].trim_end());
            (rest, at, used) = (&rest[at..], 0, 0);
        }
        at += word.len();
        used += word.chars().count();
    }
    parts.push(rest.trim_end());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("    indented", 5), ["    indented"]);
        assert_eq!(wrap("incomprehensible is a word", 5), ["incomprehensible", "is a", "word"]);
        assert_eq!(wrap("see ::error::x", 5), ["see ::error::x"]);
    }
}
