//! What a comment tells delint: `delint: ignore[rule-name, …] reason until=2027-01-31`.
//!
//! What is surely meant for delint and says something else is kept as a fault, so that nobody trusts in it.

use std::ops::Range;

use super::date::Date;
use crate::text::Span;

/// A suppression as it is written.
#[derive(Clone, Debug)]
pub struct Directive {
    /// All of it but the reason.
    pub span: Span,
    /// The rules, and where each is named.
    pub names: Vec<(String, Span)>,
    /// The last day on which it holds.
    pub until: Option<(Date, Span)>,
    pub reason: Option<String>,
    /// Why it can hide nothing, and where.
    pub fault: Option<(Span, String)>,
}

impl Directive {
    /// Whether its last day is over.
    pub fn has_ended(&self, today: Option<Date>) -> bool {
        matches!((self.until, today), (Some((until, _)), Some(today)) if until < today)
    }
}

const TOOL: &str = "delint";
const WORD: &str = "ignore";
const UNTIL: &str = "until=";
/// How it is written, as messages show it.
const SHAPE: &str = "`ignore[rule-name] reason`";
/// What other tools call it.
const SYNONYMS: &[&str] = &["allow", "disable", "exclude", "noqa", "off", "skip", "suppress"];

/// The directives in a comment, with its marks or without. `place` says where a part of the text is written.
pub fn of_comment(text: &str, place: impl Fn(Range<usize>) -> Span) -> Vec<Directive> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let written = line.trim_end();
        let written = written.strip_suffix("*/").unwrap_or(written).trim_end();
        let begins = begins(written);
        for (index, at) in begins.iter().enumerate() {
            let end = begins.get(index + 1).copied().unwrap_or(written.len());
            let marks = |c: char| c.is_whitespace() || matches!(c, '#' | '/');
            let part = written.get(*at..end).unwrap_or_default();
            let part = if end < written.len() { part.trim_end_matches(marks) } else { part };
            let shift = start + at;
            found.extend(read(part, |range: Range<usize>| place(range.start + shift..range.end + shift)));
        }
        start += line.len();
    }
    found
}

/// A date as it is written in a directive.
///
/// # Errors
/// What is wrong with it.
pub fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("`{text}` is no date; write it as 2027-01-31"))
}

/// What a reason says; none if that is nothing.
pub fn reason(text: &str) -> Option<String> {
    let reason = text.trim_start_matches([':', '-', '–', '—', ',', ';']).trim_end_matches([',', ';']).trim();
    reason.contains(char::is_alphanumeric).then(|| reason.to_owned())
}

/// Where the name of the tool stands at the beginning of a line of a comment, or of a comment in a comment.
fn begins(line: &str) -> Vec<usize> {
    let lower = line.to_ascii_lowercase();
    let is_begin = |at: &usize| {
        let before = lower.get(..*at).unwrap_or_default().trim();
        let marked = ["#", "//", "/*"].iter().any(|mark| before.ends_with(mark));
        marked || before.chars().all(|c| matches!(c, '*' | ';' | '\u{feff}'))
    };
    lower.match_indices(TOOL).map(|(at, _)| at).filter(is_begin).collect()
}

/// Reads a text that begins with the name of the tool; none if it is prose.
fn read(text: &str, place: impl Fn(Range<usize>) -> Span) -> Option<Directive> {
    let (tool, behind) = text.split_at_checked(TOOL.len())?;
    let at = |rest: &str| text.len() - rest.len();
    let directive = |end: usize| Directive {
        span: place(0..end),
        names: Vec::new(),
        until: None,
        reason: None,
        fault: None,
    };
    let faulty = |end: usize, why: String| {
        let directive = directive(end);
        Some(Directive { fault: Some((directive.span, why)), ..directive })
    };
    let Some(body) = behind.trim_start().strip_prefix(':') else {
        let (word, rest) = first_word(behind.trim_start_matches([' ', '\t', '-']));
        let is_meant = rest.trim_start().starts_with('[') && is_like_ignore(word);
        return is_meant.then(|| faulty(at(rest), format!("write `{TOOL}: {WORD}[rule-name]`")))?;
    };
    let (word, rest) = first_word(body.trim_start());
    let end = text.len() - rest.len();
    if tool != TOOL || !behind.starts_with(':') {
        return faulty(end, format!("write `{TOOL}: {WORD}[rule-name]`"));
    }
    match word {
        WORD => {}
        "" => return faulty(end, format!("it says nothing; write {SHAPE}")),
        word if is_like_ignore(word) => return faulty(end, format!("`{word}` should be `{WORD}`")),
        word => return faulty(end, format!("`{word}` is nothing that delint knows; there is {SHAPE}")),
    }
    let nameless = || format!("it names no rule; write {SHAPE}");
    let Some(inside) = rest.trim_start().strip_prefix('[') else { return faulty(end, nameless()) };
    let Some((inside, reason)) = inside.split_once(']') else {
        return faulty(text.len(), "its bracket is not closed".to_owned());
    };
    let end = at(reason);
    let names = names(inside, end - 1 - inside.len(), &place);
    if names.is_empty() {
        return faulty(end, nameless());
    }
    let (until, fault, reason) = behind_names(reason, end, &place);
    Some(Directive { names, until, reason, fault, ..directive(end) })
}

fn first_word(text: &str) -> (&str, &str) {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.split_at_checked(text.find(|c| !is_word(c)).unwrap_or(text.len())).unwrap_or(("", text))
}

fn is_like_ignore(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    strsim::damerau_levenshtein(&word, WORD) <= 2 || SYNONYMS.contains(&word.as_str())
}

/// The names in a bracket, which begins at a place of the text.
fn names(inside: &str, start: usize, place: impl Fn(Range<usize>) -> Span) -> Vec<(String, Span)> {
    let mut names = Vec::new();
    let mut at = start;
    for part in inside.split(',') {
        let name = part.trim();
        if !name.is_empty() {
            let from = at + part.len() - part.trim_start().len();
            names.push((name.to_owned(), place(from..from + name.len())));
        }
        at += part.len() + 1;
    }
    names
}

type Behind = (Option<(Date, Span)>, Option<(Span, String)>, Option<String>);

/// What stands behind the names: until when it holds, what is wrong with that, and the reason.
fn behind_names(text: &str, start: usize, place: impl Fn(Range<usize>) -> Span) -> Behind {
    let (mut until, mut fault) = (None, None);
    let mut rest = String::new();
    let mut at = start;
    let mut said_until = false;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim().trim_end_matches([',', ';', ':', '.', ')']);
        let skipped = word.len() - word.trim_start_matches(['(']).len();
        let bare = bare.trim_start_matches('(');
        let span = || place(at + skipped..at + skipped + bare.len());
        match bare.strip_prefix(UNTIL) {
            Some(text) => match date(text) {
                Ok(date) => until = Some((date, span())),
                Err(why) => fault = Some((span(), why)),
            },
            None => {
                if said_until && Date::parse(bare).is_some() {
                    fault = Some((span(), format!("write `{UNTIL}{bare}`")));
                }
                rest.push_str(word);
            }
        }
        said_until = bare.eq_ignore_ascii_case("until") || (said_until && matches!(bare, "" | "="));
        at += word.len();
    }
    (until, fault, reason(rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    fn of(text: &str) -> Vec<Directive> {
        of_comment(text, |range| Span::new(SourceId(0), range.start, range.end))
    }

    /// The names with where they stand, the date, the reason, what is wrong.
    fn told(text: &str) -> Vec<String> {
        let slice = |span: Span| &text[span.range()];
        let one = |directive: Directive| {
            let names: Vec<&str> = directive
                .names
                .iter()
                .map(|(name, span)| {
                    assert_eq!(name, slice(*span));
                    slice(*span)
                })
                .collect();
            let mut told = format!("{}: {}", slice(directive.span), names.join("+"));
            told += &directive.until.map_or_else(String::new, |(date, span)| {
                assert_eq!(format!("until={date}"), slice(span));
                format!(" <{date}>")
            });
            told += &directive.reason.map_or_else(String::new, |reason| format!(" ({reason})"));
            told +=
                &directive.fault.map_or_else(String::new, |(span, why)| format!(" !{} {why}", slice(span)));
            told
        };
        of(text).into_iter().map(one).collect()
    }

    #[test]
    fn a_directive_names_rules_and_gives_a_reason() {
        for (text, expected) in [
            ("# delint: ignore[a] why not", "delint: ignore[a]: a (why not)"),
            ("#delint:ignore[ a,b-c ]", "delint:ignore[ a,b-c ]: a+b-c"),
            ("// delint: ignore[a,]: see #12", "delint: ignore[a,]: a (see #12)"),
            ("/* delint: ignore[a] — why */", "delint: ignore[a]: a (why)"),
            ("/*\n * delint: ignore[a] why\n */", "delint: ignore[a]: a (why)"),
            ("# delint: ignore[a] --", "delint: ignore[a]: a"),
            ("# delint: ignore[a] until=2027-01-31", "delint: ignore[a]: a <2027-01-31>"),
            ("# delint: ignore[a] until=2027-01-31: é", "delint: ignore[a]: a <2027-01-31> (é)"),
            ("# delint: ignore[a] AWS, until=2027-01-31", "delint: ignore[a]: a <2027-01-31> (AWS)"),
            ("# delint: ignore[a] (until=2027-01-31)", "delint: ignore[a]: a <2027-01-31>"),
            ("# delint: ignore[a] until they mend it", "delint: ignore[a]: a (until they mend it)"),
            ("# checkov:skip=X # delint: ignore[a] b", "delint: ignore[a]: a (b)"),
        ] {
            assert_eq!(told(text), [expected], "{text}");
        }
        assert_eq!(
            told("# delint: ignore[a] x # delint: ignore[b] y"),
            ["delint: ignore[a]: a (x)", "delint: ignore[b]: b (y)"]
        );
    }

    #[test]
    fn what_is_meant_and_mistyped_is_a_fault() {
        for (text, expected) in [
            ("# delint: ignroe[a] x", "delint: ignroe:  !delint: ignroe `ignroe` should be `ignore`"),
            ("# delint: disable[a]", "delint: disable:  !delint: disable `disable` should be `ignore`"),
            (
                "# delint:ignore a",
                "delint:ignore:  !delint:ignore it names no rule; write `ignore[rule-name] reason`",
            ),
            (
                "# delint: ignore",
                "delint: ignore:  !delint: ignore it names no rule; write `ignore[rule-name] reason`",
            ),
            (
                "# delint: ignore[ , ]",
                "delint: ignore[ , ]:  !delint: ignore[ , ] it names no rule; write `ignore[rule-name] reason`",
            ),
            ("# delint: ignore[a", "delint: ignore[a:  !delint: ignore[a its bracket is not closed"),
            (
                "# delint: ignore-file[a]",
                "delint: ignore-file:  !delint: ignore-file `ignore-file` is nothing that delint knows; there is \
                 `ignore[rule-name] reason`",
            ),
            ("# delint:", "delint::  !delint: it says nothing; write `ignore[rule-name] reason`"),
            ("# Delint: ignore[a]", "Delint: ignore:  !Delint: ignore write `delint: ignore[rule-name]`"),
            ("# delint : ignore[a]", "delint : ignore:  !delint : ignore write `delint: ignore[rule-name]`"),
            ("# delint ignore[a]", "delint ignore:  !delint ignore write `delint: ignore[rule-name]`"),
            ("# delint-ignore[a]", "delint-ignore:  !delint-ignore write `delint: ignore[rule-name]`"),
            (
                "# delint: ignore[a] until=2027-02-30 x",
                "delint: ignore[a]: a (x) !until=2027-02-30 `2027-02-30` is no date; write it as 2027-01-31",
            ),
            (
                "# delint: ignore[a] until 2027-02-01",
                "delint: ignore[a]: a (until 2027-02-01) !2027-02-01 write `until=2027-02-01`",
            ),
            (
                "# delint: ignore[a] until: 2027-02-01",
                "delint: ignore[a]: a (until: 2027-02-01) !2027-02-01 write `until=2027-02-01`",
            ),
        ] {
            assert_eq!(told(text), [expected], "{text}");
        }
    }

    #[test]
    fn prose_is_no_directive() {
        for text in [
            "# see delint: it knows",
            "# delint ignores this",
            "# delint is run here [a]",
            "# delinting: ignore[a]",
            "# https://github.com/delint/delint: a linter",
            "# checked by delint",
            "# delint[ignore]",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }
}
