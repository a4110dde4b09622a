//! Takes a rule out of a comment that suppresses it, or the comment with it.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::text::{Source, Span};

/// Takes the name of a rule out of a comment; with its only name goes the comment, and the line if nothing else is in
/// it. None where more is in the comment than a suppression and its reason.
#[must_use]
pub fn strike(source: &Source, name: Span) -> Option<Edit> {
    let text = source.text.as_str();
    let Range { start, end } = name.range();
    let first = text.get(..start)?.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let rest = text.get(end..)?;
    let last = end + rest.find(['\n', '\r']).unwrap_or(rest.len());
    let (head, before) = text.get(first..start)?.rsplit_once('[')?;
    let (after, behind) = text.get(end..last)?.split_once(']')?;
    let gone = if let Some(next) = after.trim_start().strip_prefix(',').filter(|next| has_name(next)) {
        start..end + after.len() - next.trim_start().len()
    } else if let Some((names, _)) = before.rsplit_once(',').filter(|(names, _)| has_name(names)) {
        start - (before.len() - names.len())..end
    } else {
        comment(text, first, head, behind, last)?
    };
    Some(Edit { span: Span::new(source.id, gone.start, gone.end), text: String::new() })
}

fn has_name(names: &str) -> bool {
    names.contains(char::is_alphanumeric)
}

/// The comment of a directive in the line `first..last`: `head` is before its bracket, `behind` behind it.
fn comment(text: &str, first: usize, head: &str, behind: &str, last: usize) -> Option<Range<usize>> {
    let marks = head.trim_end().strip_suffix("ignore")?.trim_end().strip_suffix("delint:")?.trim_end();
    let before = marks.trim_end_matches(['#', '/']);
    let is_one =
        before.len() < marks.len() && !["#", "//", "*/", "/*"].iter().any(|mark| behind.contains(mark));
    if !is_one {
        return None;
    }
    let code = before.trim_end();
    if !code.is_empty() {
        return Some(first + code.len()..last);
    }
    let below = text.get(last..)?;
    let breaks = if below.starts_with("\r\n") { 2 } else { usize::from(!below.is_empty()) };
    let next = below.get(breaks..)?.trim_start_matches([' ', '\t']);
    // The reason may go on there.
    (!next.starts_with(['#', '/'])).then_some(first..last + breaks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    #[test]
    fn a_name_goes_and_with_the_last_one_the_comment() {
        for (text, expected) in [
            ("a: 1 # delint: ignore[x] why\nb: 2\n", Some("a: 1\nb: 2\n")),
            ("a: 1\r\n  # delint: ignore[x] why\r\nb: 2\r\n", Some("a: 1\r\nb: 2\r\n")),
            ("## delint: ignore[ x ]", Some("")),
            ("a = 1 // delint: ignore[x]", Some("a = 1")),
            ("\u{feff}# delint: ignore[x]\na: 1\n", Some("\u{feff}\na: 1\n")),
            ("# delint: ignore[x, y] why", Some("# delint: ignore[y] why")),
            ("# delint: ignore[y,x]", Some("# delint: ignore[y]")),
            ("# delint: ignore[y, x, z]", Some("# delint: ignore[y, z]")),
            ("# delint: ignore[x] why # more", None),
            ("# delint: ignore[x] why\n# that is so\na: 1\n", None),
            ("a = 1 /* delint: ignore[x] */", None),
            ("\"//\": \"delint: ignore[x]\"", None),
            ("ignore: [x]", None),
        ] {
            let source = Source::new(SourceId(0), "x", text);
            let at = text.find('x').unwrap();
            let struck = strike(&source, source.span_at(at, at + 1)).map(|edit| {
                let mut text = text.to_owned();
                text.replace_range(edit.span.range(), &edit.text);
                text
            });
            assert_eq!(struck.as_deref(), expected, "{text}");
        }
    }
}
