//! Changes of a text in the layout of whoever wrote it: quotes, indent, flow or block, line breaks.
//!
//! Each change is one edit of as few bytes as it takes. What would take a comment away, or stands in a layout that is
//! not known well enough, is not changed. Whether a change means what it should is not known here: whoever makes one
//! reads the text again.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::text::{Source, SourceId, Span};

/// What a text is written in, as far as it matters to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Yaml,
    Json,
    Hcl,
}

/// A text that is changed.
#[derive(Clone, Copy, Debug)]
pub struct Editor<'s> {
    source: &'s Source,
    language: Language,
}

/// A node in the collection it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Child {
    /// The collection: of HCL, a block with its type and labels.
    pub parent: Span,
    /// From its key, or from its first byte in a list, to its last byte.
    pub span: Span,
    /// Whether it is an item of a list.
    pub is_item: bool,
    /// Whether there are others.
    pub has_siblings: bool,
}

impl<'s> Editor<'s> {
    #[must_use]
    pub fn new(source: &'s Source, language: Language) -> Self {
        Self { source, language }
    }

    /// Writes a string where a scalar stands, in its quotes.
    #[must_use]
    pub fn set(self, scalar: Span, text: &str) -> Option<Edit> {
        let written = self.text().get(scalar.range())?;
        // A function that yields a string is none: `Ref: Level`.
        let is_function =
            written.starts_with(['{', '[']) || self.language == Language::Yaml && is_collection(written);
        if is_function || written.contains(['\n', '\r']) || text.contains(char::is_control) {
            return None;
        }
        let new = match (written.chars().next(), self.language) {
            (Some('|' | '>' | '&' | '!' | '*'), Language::Yaml) | (Some('<'), Language::Hcl) => return None,
            (Some('\''), Language::Yaml) => format!("'{}'", text.replace('\'', "''")),
            (Some('"'), _) => self.quoted(text),
            // The place of a template is that of what stands between its quotes.
            (_, Language::Hcl | Language::Json) if self.stands_in_quotes(scalar) => self.inside_quotes(text),
            (None, Language::Yaml) if is_plain(text) => format!(" {text}"),
            (Some(_), Language::Yaml) if is_plain(text) => text.to_owned(),
            (None, _) => return None,
            (Some(_), _) => self.quoted(text),
        };
        Some(Edit { span: scalar, text: new })
    }

    /// A text as it is written in the place of a part of a value: in a string of JSON with what it needs to stand there.
    #[must_use]
    pub fn part(self, value: Span, text: &str) -> String {
        let is_string = self.language == Language::Json && !self.has_brackets(value);
        if is_string { escaped(text) } else { text.to_owned() }
    }

    /// Whether a place is all of a scalar without quotes, of which nothing would be left without it: a null.
    #[must_use]
    pub fn is_all(self, part: Span) -> bool {
        let range = part.range();
        let before = self.before(range.start).chars().next_back();
        let behind = self.text().get(range.end..).and_then(|behind| behind.chars().next());
        before.is_none_or(|c| c.is_whitespace() || "[{,:".contains(c))
            && behind.is_none_or(|c| c.is_whitespace() || ",]}".contains(c))
    }

    /// Gives a key another name, which consists of letters, digits and underscores.
    #[must_use]
    pub fn rename(self, key: Span, name: &str) -> Option<Edit> {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let fits = !name.is_empty() && name.chars().all(is_word) && self.text().get(key.range()).is_some();
        fits.then(|| Edit { span: key, text: name.to_owned() })
    }

    pub(super) fn source_id(self) -> SourceId {
        self.source.id
    }

    pub(super) fn language(self) -> Language {
        self.language
    }

    pub(super) fn text(self) -> &'s str {
        &self.source.text
    }

    /// Whether commas part the children of a collection, not lines.
    pub(super) fn is_flow(self, collection: Span) -> bool {
        self.language == Language::Json || self.has_brackets(collection)
    }

    fn has_brackets(self, collection: Span) -> bool {
        self.source.slice(collection).starts_with(['{', '['])
    }

    /// A range that begins with a key and ends with a value, with the quote before and that behind it.
    pub(super) fn with_quotes(self, range: Range<usize>) -> Range<usize> {
        let is_quoted = self.before(range.start).ends_with(['"', '\''])
            && !self.text().get(range.clone()).unwrap_or_default().starts_with(['"', '\'']);
        // The place of a template is that of what stands between its quotes.
        let is_template = self.language != Language::Yaml
            && self.text().get(range.end..).is_some_and(|behind| behind.starts_with('"'));
        range.start - usize::from(is_quoted)..range.end + usize::from(is_template)
    }

    pub(super) fn before(self, at: usize) -> &'s str {
        self.text().get(..at).unwrap_or_default()
    }

    /// The line up to a place.
    pub(super) fn line_before(self, at: usize) -> &'s str {
        self.source.line_before(at)
    }

    pub(super) fn column(self, at: usize) -> usize {
        self.line_before(at).chars().count()
    }

    /// What stands before a place in its line, if that is blank.
    pub(super) fn indent(self, at: usize) -> Option<&'s str> {
        Some(self.line_before(at)).filter(|line| line.trim().is_empty())
    }

    pub(super) fn stands_behind_dash(self, at: usize) -> bool {
        self.language == Language::Yaml && self.line_before(at).trim() == "-"
    }

    fn stands_in_quotes(self, span: Span) -> bool {
        let behind = self.text().get(span.range().end..).unwrap_or_default();
        self.before(span.range().start).ends_with('"') && behind.starts_with('"')
    }

    pub(super) fn line_break(self) -> &'static str {
        self.source.line_break()
    }

    /// Where the next line begins, if there is nothing left in this one.
    pub(super) fn next_line(self, at: usize) -> Option<usize> {
        let rest = self.text().get(at..)?;
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let rest = rest.get(blanks..)?;
        let breaks = match rest.as_bytes() {
            [] => 0,
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => return None,
        };
        Some(at + blanks + breaks)
    }

    /// Whether there may be a comment in a part of the text.
    pub(super) fn holds_comment(self, part: &str) -> bool {
        let begins = |sign: &str| {
            part.match_indices(sign).any(|(at, _)| {
                part.get(..at)
                    .is_none_or(|before| before.is_empty() || before.ends_with([' ', '\t', '\n', ',']))
            })
        };
        match self.language {
            Language::Yaml => begins("#"),
            Language::Json => begins("//") || begins("/*"),
            Language::Hcl => begins("#") || begins("//") || begins("/*"),
        }
    }

    pub(super) fn quoted(self, text: &str) -> String {
        format!("\"{}\"", self.inside_quotes(text))
    }

    /// A text as it stands between double quotes.
    fn inside_quotes(self, text: &str) -> String {
        let text = escaped(text);
        match self.language {
            Language::Hcl => text.replace("${", "$${").replace("%{", "%%{"),
            Language::Yaml | Language::Json => text,
        }
    }
}

/// A text between double quotes, in each language.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Whether a line of YAML is a mapping or a list, and no scalar.
fn is_collection(written: &str) -> bool {
    let is_quoted = written.starts_with(['"', '\'']);
    !is_quoted && (written.contains(": ") || written.ends_with(':') || written.starts_with("- "))
}

/// Whether a text needs no quotes in YAML, wherever it stands.
pub(super) fn is_plain(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':');
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_word)
        && !text.ends_with(':')
        && !reserved.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Texts with a marked place, for tests.
#[cfg(test)]
pub(crate) mod marked {
    use super::*;

    /// A text in which `«»` are around the child, and the collection that it is in begins at `‹` (or with the text).
    pub fn marked(text: &str) -> (Source, Child) {
        let parent = text.find('‹');
        let text = text.replace('‹', "");
        let start = text.find('«').unwrap();
        let end = text.find('»').unwrap() - '«'.len_utf8();
        let source = Source::new(SourceId(0), "x", text.replace(['«', '»'], ""));
        let parent = source.span_at(parent.unwrap_or(0), source.text.len());
        let child = Child { parent, span: source.span_at(start, end), is_item: false, has_siblings: true };
        (source, child)
    }

    pub fn applied(source: &Source, edit: Option<Edit>) -> Option<String> {
        let edit = edit?;
        let mut text = source.text.clone();
        text.replace_range(edit.span.range(), &edit.text);
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::marked::{applied, marked};
    use super::*;

    use Language::{Hcl, Json, Yaml};

    #[test]
    fn a_scalar_keeps_its_quotes() {
        for (language, text, new, expected) in [
            (Yaml, "a: «x» # c", "ERROR", Some("a: ERROR # c")),
            (Yaml, "a: «'x'»", "it's", Some("a: 'it''s'")),
            (Yaml, "a: «\"x\"»", "q\"", Some("a: \"q\\\"\"")),
            (Yaml, "a: «x»", "12", Some("a: \"12\"")),
            (Yaml, "a: «x»", "a: b", Some("a: \"a: b\"")),
            (Yaml, "a:«»\n", "ERROR", Some("a: ERROR\n")),
            (Yaml, "a: «|\n  x»\n", "ERROR", None),
            (Yaml, "a: «!Ref B»\n", "ERROR", None),
            (Yaml, "a:\n  «Ref: B»\n", "ERROR", None),
            (Yaml, "a: «{Ref: B}»\n", "ERROR", None),
            (Yaml, "a:\n  «- B»\n", "ERROR", None),
            (Yaml, "a: «b:c-d»\n", "ERROR", Some("a: ERROR\n")),
            (Json, "{\"a\": «{\"Ref\": \"B\"}»}", "ERROR", None),
            (Json, "{\"a\": «\"x\"»}", "ERROR", Some("{\"a\": \"ERROR\"}")),
            (Json, "{\"a\": «null»}", "ERROR", Some("{\"a\": \"ERROR\"}")),
            (Json, "{\"a\": \"«x»\"}", "q\"", Some("{\"a\": \"q\\\"\"}")),
            (Hcl, "a = «\"x\"»", "${y}", Some("a = \"$${y}\"")),
            (Hcl, "a = \"«x${y}»\"", "z", Some("a = \"z\"")),
            (Hcl, "a = «null»", "z", Some("a = \"z\"")),
        ] {
            let (source, child) = marked(text);
            let edit = Editor::new(&source, language).set(child.span, new);
            assert_eq!(applied(&source, edit).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_key_keeps_its_quotes() {
        let (source, child) = marked("{\"«LogLvel»\": 1}");
        let edit = Editor::new(&source, Json).rename(child.span, "LogLevel");
        assert_eq!(applied(&source, edit).as_deref(), Some("{\"LogLevel\": 1}"));
        assert!(Editor::new(&source, Json).rename(child.span, "Log Level").is_none());
    }
}
