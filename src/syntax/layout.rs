//! How a text that was read lies in its source, where the two are not byte for byte the same.
//!
//! The source is decoded once more and compared with the text at each step; where they do not agree, nothing
//! is claimed ([`Layout::Opaque`]). In every [`Run`] source and text are the same bytes.

use crate::value::literal::{Layout, Run};

/// How a scalar that is no block scalar is written. JSON's strings are double-quoted ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    Plain,
    SingleQuoted,
    DoubleQuoted,
}

/// The layout of a plain or quoted scalar; `raw` is its source without the quotes.
#[must_use]
pub fn of_flow_scalar(text: &str, raw: &str, notation: Notation) -> Layout {
    if text == raw {
        return Layout::Plain;
    }
    let mut aligner = Aligner::new(text, raw);
    let fits = aligner.flow_scalar(notation);
    let complete = aligner.at_text == text.len() && aligner.at_raw == raw.len();
    aligner.layout(fits.filter(|()| complete))
}

/// The layout of a block scalar, and where in `raw` its last line ends (before the line break).
///
/// `raw` begins at the first character of the first line that is not empty, behind its indent, and may run
/// into the indent of what follows; `indent` counts spaces.
#[must_use]
pub fn of_block_scalar(text: &str, raw: &str, indent: usize, folded: bool) -> (Layout, usize) {
    let mut aligner = Aligner::new(text, raw);
    // Empty lines before the first line.
    aligner.at_text = text.bytes().take_while(|byte| *byte == b'\n').count();
    match aligner.block_scalar(indent, folded) {
        Some(end) if raw.get(..end) == Some(text) => (Layout::Plain, end),
        Some(end) => (aligner.layout(Some(())), end),
        None => (Layout::Opaque, raw.trim_end().len()),
    }
}

/// Walks through text and source at once. A step that does not fit yields none.
struct Aligner<'a> {
    text: &'a [u8],
    raw: &'a [u8],
    at_text: usize,
    at_raw: usize,
    runs: Vec<Run>,
}

impl<'a> Aligner<'a> {
    fn new(text: &'a str, raw: &'a str) -> Self {
        Self { text: text.as_bytes(), raw: raw.as_bytes(), at_text: 0, at_raw: 0, runs: Vec::new() }
    }

    fn layout(self, fits: Option<()>) -> Layout {
        fits.map_or(Layout::Opaque, |()| Layout::Runs(self.runs.into()))
    }

    fn flow_scalar(&mut self, notation: Notation) -> Option<()> {
        loop {
            let rest = self.raw.get(self.at_raw..)?;
            let stop = rest.iter().position(|byte| match byte {
                b'\n' | b'\r' => true,
                b'\\' => notation == Notation::DoubleQuoted,
                b'\'' => notation == Notation::SingleQuoted,
                _ => false,
            });
            let Some(stop) = stop else { return self.same(rest.len()) };
            match rest.get(stop)? {
                b'\\' => {
                    self.same(stop)?;
                    self.escape()?;
                }
                b'\'' => {
                    self.same(stop)?;
                    self.stands_for(2, "'")?;
                }
                _ => {
                    let blanks = rest.get(..stop)?.iter().rev().take_while(|byte| is_blank(**byte)).count();
                    self.same(stop - blanks)?;
                    self.at_raw += blanks;
                    self.fold(true)?;
                }
            }
        }
    }

    /// Line breaks of a plain or quoted scalar and the blanks around them: one stands for a space, more stand
    /// for one less. Behind an escaped line break (`folds` is false) each stands for itself.
    fn fold(&mut self, folds: bool) -> Option<()> {
        let mut breaks = 0;
        loop {
            while self.raw.get(self.at_raw).copied().is_some_and(is_blank) {
                self.at_raw += 1;
            }
            match break_len(self.raw, self.at_raw) {
                0 => break,
                len => self.at_raw += len,
            }
            breaks += 1;
        }
        if folds && breaks == 1 {
            return self.stands_for(0, " ");
        }
        for _ in usize::from(folds)..breaks {
            self.stands_for(0, "\n")?;
        }
        Some(())
    }

    fn escape(&mut self) -> Option<()> {
        let code = *self.raw.get(self.at_raw + 1)?;
        let read = match code {
            b'\n' | b'\r' => {
                self.at_raw += 1 + break_len(self.raw, self.at_raw + 1);
                return self.fold(false);
            }
            b'x' => return self.code_point(2),
            b'u' => return self.code_point(4),
            b'U' => return self.code_point(8),
            b'0' => '\0',
            b'a' => '\x07',
            b'b' => '\x08',
            b't' | b'\t' => '\t',
            b'n' => '\n',
            b'v' => '\x0b',
            b'f' => '\x0c',
            b'r' => '\r',
            b'e' => '\x1b',
            b'N' => '\u{85}',
            b'_' => '\u{a0}',
            b'L' => '\u{2028}',
            b'P' => '\u{2029}',
            b' ' | b'"' | b'/' | b'\\' => char::from(code),
            _ => return None,
        };
        self.stands_for(2, read.encode_utf8(&mut [0; 4]))
    }

    /// An escape of so many hexadecimal digits, or two of them that are a surrogate pair.
    fn code_point(&mut self, digits: usize) -> Option<()> {
        let first = self.hex(self.at_raw + 2, digits)?;
        if digits == 4 && (0xd800..0xdc00).contains(&first) {
            let low = self.hex(self.at_raw + 8, 4)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
            let read = char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low)?;
            return self.stands_for(12, read.encode_utf8(&mut [0; 4]));
        }
        self.stands_for(2 + digits, char::from_u32(first)?.encode_utf8(&mut [0; 4]))
    }

    fn hex(&self, at: usize, digits: usize) -> Option<u32> {
        let digits = std::str::from_utf8(self.raw.get(at..at + digits)?).ok()?;
        u32::from_str_radix(digits, 16).ok()
    }

    /// Yields where the last line ends in the source.
    fn block_scalar(&mut self, indent: usize, folded: bool) -> Option<usize> {
        loop {
            let line = self.raw.get(self.at_raw..)?;
            let len = line.iter().position(|byte| is_break(*byte)).unwrap_or(line.len());
            let more_indented = line.first().copied().is_some_and(is_blank);
            self.same(len)?;
            let end = self.at_raw;

            let (next, breaks) = self.behind_breaks(indent);
            let Some(first) = self.raw.get(next) else {
                // What is left of the text are line breaks that were kept.
                return self.text.get(self.at_text..)?.iter().all(|byte| *byte == b'\n').then_some(end);
            };
            let folds = folded && !more_indented && !is_blank(*first);
            for index in 0..breaks {
                let len = break_len(self.raw, self.at_raw);
                if folds && index == 0 {
                    self.stands_for(len, if breaks == 1 { " " } else { "" })?;
                } else if self.raw.get(self.at_raw + len - 1) == Some(&b'\n') {
                    self.at_raw += len - 1;
                    self.same(1)?;
                } else {
                    self.stands_for(len, "\n")?;
                }
                self.at_raw += self.spaces(self.at_raw, indent);
            }
        }
    }

    /// Where the next line that is not empty begins, behind its indent, and the number of breaks before it.
    fn behind_breaks(&self, indent: usize) -> (usize, usize) {
        let (mut at, mut breaks) = (self.at_raw, 0);
        while let len @ 1.. = break_len(self.raw, at) {
            at += len;
            at += self.spaces(at, indent);
            breaks += 1;
        }
        (at, breaks)
    }

    fn spaces(&self, at: usize, most: usize) -> usize {
        self.raw.get(at..).unwrap_or_default().iter().take(most).take_while(|byte| **byte == b' ').count()
    }

    /// The next `len` bytes are the same in both.
    fn same(&mut self, len: usize) -> Option<()> {
        let (text, raw) = (self.at_text, self.at_raw);
        if self.text.get(text..text + len)? != self.raw.get(raw..raw + len)? {
            return None;
        }
        self.at_text += len;
        self.at_raw += len;
        let (text, raw, len) =
            (u32::try_from(text).ok()?, u32::try_from(raw).ok()?, u32::try_from(len).ok()?);
        match self.runs.last_mut() {
            _ if len == 0 => {}
            Some(run) if run.text + run.len == text && run.source + run.len == raw => run.len += len,
            _ => self.runs.push(Run { text, source: raw, len }),
        }
        Some(())
    }

    /// The next `len` bytes of the source are read as something else.
    fn stands_for(&mut self, len: usize, read: &str) -> Option<()> {
        if !self.text.get(self.at_text..)?.starts_with(read.as_bytes()) {
            return None;
        }
        self.at_text += read.len();
        self.at_raw += len;
        Some(())
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// The length of the line break at a place; 0 if there is none.
fn break_len(raw: &[u8], at: usize) -> usize {
    match raw.get(at) {
        Some(b'\n') => 1,
        Some(b'\r') => 1 + usize::from(raw.get(at + 1) == Some(&b'\n')),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(layout: &Layout) -> Vec<(u32, u32, u32)> {
        match layout {
            Layout::Runs(runs) => runs.iter().map(|run| (run.text, run.source, run.len)).collect(),
            Layout::Plain | Layout::Opaque => panic!("{layout:?}"),
        }
    }

    #[test]
    fn bytes_that_are_the_same_are_plain() {
        assert!(matches!(of_flow_scalar("é\\", "é\\", Notation::Plain), Layout::Plain));
        assert!(matches!(of_block_scalar("a\nb", "a\nb", 0, false), (Layout::Plain, 3)));
    }

    #[test]
    fn runs_leave_out_what_stands_for_something_else() {
        assert_eq!(runs(&of_flow_scalar("é\té", "é\\té", Notation::DoubleQuoted)), [(0, 0, 2), (3, 4, 2)]);
        assert_eq!(runs(&of_flow_scalar("a b", "a \n\t b", Notation::Plain)), [(0, 0, 1), (2, 5, 1)]);
        let (layout, end) = of_block_scalar("\na\n b\n\n", "a\n   b\n\n", 2, false);
        assert_eq!((runs(&layout), end), (vec![(1, 0, 2), (3, 4, 2)], 6));
    }

    #[test]
    fn where_text_and_source_do_not_agree_nothing_is_claimed() {
        for (text, raw) in
            [("ab", "ac"), ("ab", "abc"), ("abc", "ab"), ("a", "\\q"), ("a", "a\\"), ("a", "\\ud83d")]
        {
            assert!(matches!(of_flow_scalar(text, raw, Notation::DoubleQuoted), Layout::Opaque), "{raw:?}");
        }
        assert!(matches!(of_block_scalar("a\nc", "a\nb\n", 0, false), (Layout::Opaque, 3)));
    }
}
