//! Patterns of actions in policies: `*` stands for any characters, `?` for one.

use super::string::Str;
use super::verdict::Truth;

/// Whether a pattern covers an action; case does not matter.
pub fn covers(pattern: &Str<'_>, action: &str) -> Truth {
    let action: Vec<char> = action.chars().map(|c| c.to_ascii_lowercase()).collect();
    let mut reader = Reader { action: &action, read: vec![false; action.len() + 1] };
    reader.read[0] = true;
    let mut certain = true;
    for part in pattern.known_parts() {
        match part {
            Some(text) => text.chars().for_each(|c| reader.read(c)),
            None => {
                certain = false;
                reader.anything();
            }
        }
    }
    match reader.read.last() {
        Some(true) if certain => Truth::True,
        Some(true) => Truth::Unknown,
        _ => Truth::False,
    }
}

/// Reads a pattern, keeping every length of the action that may be covered by now.
struct Reader<'a> {
    action: &'a [char],
    read: Vec<bool>,
}

impl Reader<'_> {
    fn read(&mut self, c: char) {
        if c == '*' {
            return self.anything();
        }
        for at in (0..self.action.len()).rev() {
            self.read[at + 1] = self.read[at] && (c == '?' || c.to_ascii_lowercase() == self.action[at]);
        }
        self.read[0] = false;
    }

    fn anything(&mut self) {
        let mut reached = false;
        for may_be_read in &mut self.read {
            reached |= *may_be_read;
            *may_be_read = reached;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceId, Span};
    use crate::value::literal::Literal;
    use crate::value::unknown::Unknown;
    use crate::value::{Holds, Hole, Kind, Part, Text, Value};
    use crate::world::World;

    /// `$` is a hole.
    fn covered(pattern: &str, action: &str) -> Truth {
        let span = Span::new(SourceId(0), 0, 0);
        let hole = || Part::Hole(Hole { span, holds: Holds::Anything(Unknown::new("a test")) });
        let mut parts: Vec<Part> = Vec::new();
        for (index, text) in pattern.split('$').enumerate() {
            if index > 0 {
                parts.push(hole());
            }
            parts.push(Part::Literal(Literal::opaque(text, span)));
        }
        let value = Value::new(span, Kind::Text(Text { parts, reference: None }));
        covers(&Str::of(&value, &World::default()).unwrap(), action)
    }

    #[test]
    fn a_pattern_covers_what_it_can_stand_for() {
        for pattern in
            ["s3:PutObject", "S3:putobject", "s3:Put*", "s3:*", "*", "s3:Put?bject", "s3:*Object", "*:*"]
        {
            assert_eq!(covered(pattern, "s3:PutObject"), Truth::True, "{pattern}");
        }
        for pattern in ["s3:PutObjectAcl", "s3:Get*", "s3:PutObject?", "", "logs:*", "s3:Put", "s3:*Acl"] {
            assert_eq!(covered(pattern, "s3:PutObject"), Truth::False, "{pattern}");
        }
    }

    #[test]
    fn a_hole_may_be_anything() {
        for pattern in ["$", "s3:$", "$:PutObject", "s3:Put$ct", "s3:PutObject$"] {
            assert_eq!(covered(pattern, "s3:PutObject"), Truth::Unknown, "{pattern}");
        }
        for pattern in ["s3:Get$", "$Acl", "logs:$"] {
            assert_eq!(covered(pattern, "s3:PutObject"), Truth::False, "{pattern}");
        }
    }
}
