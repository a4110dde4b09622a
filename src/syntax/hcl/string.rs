//! What is written in strings and heredocs, and where each byte of it lies.

use std::ops::Range;

use crate::value::literal::{Layout, Run};

/// A string, as it is read, and the runs of its bytes that are the same in the source. Runs count the source from
/// the beginning of the first one that was taken in.
#[derive(Debug, Default)]
pub struct Decoded {
    pub text: String,
    runs: Vec<Run>,
}

impl Decoded {
    /// What is written between quotes.
    pub fn quoted(raw: &str) -> Self {
        let mut decoded = Self::default();
        decoded.take(raw, 0, true);
        decoded
    }

    /// What is written in a heredoc that is not indented, or in a template that stands in another syntax.
    pub fn bare(raw: &str) -> Self {
        let mut decoded = Self::default();
        decoded.take(raw, 0, false);
        decoded
    }

    /// Takes in more text, which stands at `offset` in the source.
    fn take(&mut self, raw: &str, offset: usize, escapes: bool) {
        let mut plain = 0;
        let mut at = 0;
        let bytes = raw.as_bytes();
        while let Some(found) =
            bytes.get(at..).and_then(|rest| rest.iter().position(|byte| b"\\$%".contains(byte)))
        {
            at += found;
            let rest = raw.get(at..).unwrap_or_default();
            let read = match bytes.get(at) {
                Some(b'\\') if escapes => escape(rest),
                Some(b'$') if rest.starts_with("$${") => Some((3, "${".into())),
                Some(b'%') if rest.starts_with("%%{") => Some((3, "%{".into())),
                _ => None,
            };
            let Some((len, read)) = read else {
                at += 1;
                continue;
            };
            self.same(raw, plain..at, offset);
            self.text.push_str(&read);
            at += len;
            plain = at;
        }
        self.same(raw, plain..raw.len(), offset);
    }

    fn same(&mut self, raw: &str, range: Range<usize>, offset: usize) {
        let read = raw.get(range.clone()).unwrap_or_default();
        let at = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let run = Run { text: at(self.text.len()), source: at(offset + range.start), len: at(read.len()) };
        match self.runs.last_mut() {
            _ if read.is_empty() => {}
            Some(last) if last.text + last.len == run.text && last.source + last.len == run.source => {
                last.len += run.len;
            }
            _ => self.runs.push(run),
        }
        self.text.push_str(read);
    }

    /// How it lies in a source of `len` bytes.
    pub fn layout(self, len: usize) -> (String, Layout) {
        let whole = match self.runs.as_slice() {
            [] => len == 0 && self.text.is_empty(),
            [run] => run.source == 0 && run.len as usize == len && self.text.len() == len,
            _ => false,
        };
        (self.text, if whole { Layout::Plain } else { Layout::Runs(self.runs.into()) })
    }
}

/// An escape: its length and what it stands for; none for a backslash that escapes nothing.
fn escape(rest: &str) -> Option<(usize, String)> {
    let read = match rest.as_bytes().get(1)? {
        b'n' => "\n",
        b'r' => "\r",
        b't' => "\t",
        b'"' => "\"",
        b'\\' => "\\",
        b'u' => return code_point(rest, 4),
        b'U' => return code_point(rest, 8),
        _ => return None,
    };
    Some((2, read.to_owned()))
}

fn code_point(rest: &str, digits: usize) -> Option<(usize, String)> {
    let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
    Some((2 + digits, char::from_u32(code)?.to_string()))
}

/// The literal parts of an indented heredoc (`<<-`), given where each lies, without the blanks that all lines have
/// in common. `is_line` says whether a part begins a line.
///
/// As in Terraform, a line of blanks counts for nothing and stays as it is.
pub fn dedented(source: &str, parts: &[(Range<usize>, bool)]) -> Vec<Decoded> {
    let indent = parts
        .iter()
        .flat_map(|(range, begins_line)| lines(source, range, *begins_line))
        .filter(|line| line.begins && !line.is_blank(source))
        .map(|line| line.blanks(source).chars().count())
        .min()
        .unwrap_or(0);
    let read = |(range, begins_line): &(Range<usize>, bool)| {
        let mut decoded = Decoded::default();
        for line in lines(source, range, *begins_line) {
            let dedents = line.begins && !line.is_blank(source);
            let blanks = line
                .blanks(source)
                .char_indices()
                .nth(indent)
                .map_or(line.blanks(source).len(), |(at, _)| at);
            let start = line.range.start + if dedents { blanks } else { 0 };
            let raw = source.get(start..line.range.end).unwrap_or_default();
            decoded.take(raw, start - range.start, false);
        }
        decoded
    };
    parts.iter().map(read).collect()
}

struct Line {
    range: Range<usize>,
    begins: bool,
}

impl Line {
    fn blanks<'a>(&self, source: &'a str) -> &'a str {
        let line = source.get(self.range.clone()).unwrap_or_default();
        line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
    }

    /// Whether there is nothing in the line, up to its end.
    fn is_blank(&self, source: &str) -> bool {
        let blanks = self.blanks(source);
        blanks.len() == self.range.len() && blanks.ends_with('\n')
    }
}

fn lines(source: &str, range: &Range<usize>, begins_line: bool) -> impl Iterator<Item = Line> {
    let text = source.get(range.clone()).unwrap_or_default();
    let mut at = range.start;
    text.split_inclusive('\n').enumerate().map(move |(index, line)| {
        let start = at;
        at += line.len();
        Line { range: start..at, begins: index > 0 || begins_line }
    })
}
