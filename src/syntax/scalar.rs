//! YAML scalars: where they lie, and what they are by the core schema of YAML 1.2.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::ScalarStyle;

use crate::syntax::layout::{Notation, of_block_scalar, of_flow_scalar};
use crate::text::{SourceId, Span};
use crate::value::Kind;
use crate::value::literal::{Layout, Literal};

/// A scalar as the parser hands it over.
#[derive(Debug)]
pub struct Scalar<'a> {
    pub text: Cow<'a, str>,
    pub style: ScalarStyle,
    /// As the parser has it: with quotes; of a block scalar the content without its header.
    pub range: Range<usize>,
}

impl Scalar<'_> {
    /// Whether nothing is written.
    pub fn is_missing(&self) -> bool {
        self.style == ScalarStyle::Plain && self.range.is_empty()
    }

    /// Places the scalar in `source`: all of it, with quotes or block header, and its text.
    /// `from` is where what precedes the scalar ends.
    pub fn place(self, source: &str, id: SourceId, from: usize) -> (Range<usize>, Literal) {
        let Range { start, end } = self.range;
        let (notation, inner) = match self.style {
            ScalarStyle::Plain => (Notation::Plain, start..end),
            ScalarStyle::SingleQuoted => (Notation::SingleQuoted, start + 1..end.saturating_sub(1)),
            ScalarStyle::DoubleQuoted => (Notation::DoubleQuoted, start + 1..end.saturating_sub(1)),
            ScalarStyle::Literal | ScalarStyle::Folded => return self.place_block(source, id, from),
        };
        let layout = of_flow_scalar(&self.text, source.get(inner.clone()).unwrap_or_default(), notation);
        let span = Span::new(id, inner.start, inner.end);
        (start..end, Literal { text: self.text.into_owned(), span, layout })
    }

    fn place_block(self, source: &str, id: SourceId, from: usize) -> (Range<usize>, Literal) {
        let Range { start, end } = self.range;
        let header = header(source, from, start.max(from));
        let text = self.text.into_owned();
        if text.bytes().all(|byte| byte == b'\n') {
            // The parser places a scalar without content anywhere up to the next token.
            let layout = if text.is_empty() { Layout::Plain } else { Layout::Opaque };
            let span = Span::new(id, header.end, header.end);
            return (header, Literal { text, span, layout });
        }
        let before = source.get(..start).unwrap_or_default();
        let indent = before.len() - before.trim_end_matches(' ').len();
        let raw = source.get(start..end).unwrap_or_default();
        let (layout, len) = of_block_scalar(&text, raw, indent, self.style == ScalarStyle::Folded);
        let span = Span::new(id, start, start + len);
        (header.start..start + len, Literal { text, span, layout })
    }
}

/// The header of a block scalar (`|`, `>-`), which stands between `from` and its content, behind indicators
/// (`:`, `-`, `?`), properties and comments.
fn header(source: &str, from: usize, to: usize) -> Range<usize> {
    let bytes = source.as_bytes();
    let mut at = from;
    let mut behind_blank = true;
    while let Some(byte) = bytes.get(at).filter(|_| at <= to) {
        let rest = || bytes.get(at..).unwrap_or_default().iter();
        match byte {
            b'|' | b'>' => {
                let signs = rest().skip(1).take_while(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9'));
                return at..at + 1 + signs.count();
            }
            b'#' if behind_blank => at += rest().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count(),
            b'&' | b'!' => at += rest().take_while(|byte| !byte.is_ascii_whitespace()).count(),
            _ => at += 1,
        }
        behind_blank = bytes.get(at.saturating_sub(1)).is_some_and(u8::is_ascii_whitespace);
    }
    to..to
}

/// What a plain scalar is by the core schema; none if it is text.
pub fn resolve(text: &str) -> Option<Kind> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Some(Kind::Null),
        "true" | "True" | "TRUE" => Some(Kind::Bool(true)),
        "false" | "False" | "FALSE" => Some(Kind::Bool(false)),
        _ if is_number(text) => Some(Kind::Number(text.to_owned())),
        _ => None,
    }
}

/// A core tag (`!!int`) that says what a scalar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoreTag {
    Str,
    Number,
    Bool,
    Null,
    /// A collection; of a scalar it says nothing.
    Collection,
}

impl CoreTag {
    pub fn from_suffix(suffix: &str) -> Self {
        match suffix {
            "int" | "float" => Self::Number,
            "bool" => Self::Bool,
            "null" => Self::Null,
            "map" | "seq" => Self::Collection,
            _ => Self::Str,
        }
    }

    /// What a scalar is under this tag; none if it is text, as it is where text and tag do not agree.
    pub fn resolve(self, text: &str) -> Option<Kind> {
        let kind = resolve(text)?;
        let agrees = match self {
            Self::Str => false,
            Self::Number => matches!(kind, Kind::Number(_)),
            Self::Bool => matches!(kind, Kind::Bool(_)),
            Self::Null | Self::Collection => matches!(kind, Kind::Null),
        };
        agrees.then_some(kind)
    }
}

fn is_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes {
        [b'0', b'o', digits @ ..] => all(digits, |byte| matches!(byte, b'0'..=b'7')),
        [b'0', b'x', digits @ ..] => all(digits, u8::is_ascii_hexdigit),
        [b'+' | b'-', rest @ ..] => is_decimal(rest) || is_infinity(rest),
        [b'0'..=b'9' | b'.', ..] => is_decimal(bytes) || is_infinity(bytes) || is_nan(bytes),
        _ => false,
    }
}

fn is_infinity(text: &[u8]) -> bool {
    matches!(text, b".inf" | b".Inf" | b".INF")
}

fn is_nan(text: &[u8]) -> bool {
    matches!(text, b".nan" | b".NaN" | b".NAN")
}

/// Digits, at most one point among them, and an exponent.
fn is_decimal(text: &[u8]) -> bool {
    let (mantissa, exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    };
    let one_point = mantissa.split(|byte| *byte == b'.').nth(2).is_none();
    let mut digits = mantissa.iter().filter(|byte| **byte != b'.').peekable();
    let exponent = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
        all(digits, u8::is_ascii_digit)
    });
    one_point && digits.peek().is_some() && digits.all(u8::is_ascii_digit) && exponent
}

fn all(digits: &[u8], is_digit: impl Fn(&u8) -> bool) -> bool {
    !digits.is_empty() && digits.iter().all(is_digit)
}
