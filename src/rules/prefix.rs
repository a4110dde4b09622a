//! Whether text with holes can begin with a given text, or be it: the text is read piece by piece, keeping every
//! length of it that may have been read by now.

use super::verdict::Truth;

pub struct Prefix {
    expected: Vec<char>,
    /// Which lengths of the expected text may be read by now.
    read: Vec<bool>,
    /// Whether there was no hole so far.
    certain: bool,
    begins: Truth,
}

impl Prefix {
    pub fn new(expected: impl Iterator<Item = char>) -> Self {
        let expected: Vec<char> = expected.collect();
        let mut read = vec![false; expected.len() + 1];
        read[0] = true;
        Self { expected, read, certain: true, begins: Truth::False }
    }

    /// Reads text that is known.
    pub fn literal(&mut self, text: impl Iterator<Item = char>) {
        for c in text {
            self.note();
            if !self.read.contains(&true) {
                return;
            }
            for at in (0..self.expected.len()).rev() {
                self.read[at + 1] = self.read[at] && self.expected[at] == c;
            }
            self.read[0] = false;
        }
    }

    /// Reads a hole, which stands for any number of the characters that it may hold.
    pub fn hole(&mut self, may_hold: impl Fn(char) -> bool) {
        self.note();
        self.certain = false;
        for at in 0..self.expected.len() {
            self.read[at + 1] |= self.read[at] && may_hold(self.expected[at]);
        }
        self.note();
    }

    /// Whether what was read begins with the expected text.
    pub fn begins(mut self) -> Truth {
        self.note();
        self.begins
    }

    /// Whether what was read can be the expected text and no more.
    pub fn may_be_all(&self) -> bool {
        self.read[self.expected.len()]
    }

    fn note(&mut self) {
        if self.begins == Truth::False && self.may_be_all() {
            self.begins = if self.certain { Truth::True } else { Truth::Unknown };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(expected: &str, pieces: &[&str]) -> (Truth, bool) {
        let mut prefix = Prefix::new(expected.chars());
        for piece in pieces {
            match piece.strip_prefix('$') {
                Some(characters) => prefix.hole(|c| characters.contains(c)),
                None => prefix.literal(piece.chars()),
            }
        }
        let all = prefix.may_be_all();
        (prefix.begins(), all)
    }

    #[test]
    fn known_text_decides() {
        assert_eq!(begins("arn:", &["arn:aws"]), (Truth::True, false));
        assert_eq!(begins("arn:", &["ar", "n:"]), (Truth::True, true));
        assert_eq!(begins("arn:", &["urn:"]), (Truth::False, false));
        assert_eq!(begins("arn:", &["ar"]), (Truth::False, false));
        assert_eq!(begins("", &[]), (Truth::True, true));
    }

    #[test]
    fn a_hole_decides_where_it_cannot_hold_the_text() {
        assert_eq!(begins("arn:", &["$arn"]), (Truth::False, false), "no colon comes from anywhere");
        assert_eq!(begins("arn:", &["$arn", ":"]), (Truth::Unknown, true));
        assert_eq!(begins("arn:", &["$arn:"]), (Truth::Unknown, true));
        assert_eq!(begins("arn:", &["arn:", "$x"]), (Truth::True, true));
        assert_eq!(begins("arn:", &["$x", "urn:"]), (Truth::False, false));
    }
}
