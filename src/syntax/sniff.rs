//! Guesses at what a text is, from how it looks.

use crate::syntax::hcl::begins_with_block;

/// Whether the first thing in a text, behind blanks and JSON's comments, is a bracket.
#[must_use]
pub fn begins_like_json(text: &str) -> bool {
    skip_blank(text).starts_with(['{', '['])
}

/// Whether a file is HCL: by its name, or since it begins with a block of Terraform's.
#[must_use]
pub fn is_hcl(name: &str, text: &str) -> bool {
    let ending = name.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.'));
    ending.is_some_and(|(_, ending)| HCL.contains(&ending)) || begins_with_block(text)
}

/// Endings of the names of files that are HCL.
const HCL: &[&str] = &["tf", "tfvars", "tofu"];

/// Whether a line begins with a comment of JSON, which YAML would read as text.
#[must_use]
pub fn has_json_comments(text: &str) -> bool {
    let blank = |character: char| character.is_whitespace() || character == '\u{feff}';
    text.lines()
        .map(|line| line.trim_start_matches(blank))
        .any(|line| line.starts_with("//") || line.starts_with("/*"))
}

/// Whether a text that begins with a bracket is surely flow YAML and not JSON with a mistake: by what stands
/// behind the bracket, or since a document follows.
#[must_use]
pub fn is_yaml_flow(text: &str) -> bool {
    let inside = skip_blank(text).trim_start_matches('[').trim_start();
    let (is_map, inside) = match inside.strip_prefix('{') {
        Some(inside) => (true, inside.trim_start()),
        None => (false, inside),
    };
    let is_word = |character: char| character.is_alphabetic() || character == '_';
    let literal = ["true", "false", "null"].iter().any(|word| inside.starts_with(word));
    inside.starts_with(['\'', '!', '&', '*', '#', '?'])
        || (inside.starts_with(is_word) && (is_map || !literal))
        || text.lines().any(|line| line == "---" || line.starts_with("--- "))
}

fn skip_blank(text: &str) -> &str {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let behind = if let Some(comment) = rest.strip_prefix("//") {
            comment.find(['\n', '\r']).and_then(|end| comment.get(end..))
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").and_then(|end| comment.get(end + 2..))
        } else {
            return rest;
        };
        rest = behind.unwrap_or_default().trim_start();
    }
}

/// Whether comments of a YAML file hold what its values become: `level: #@ data.values.level` (ytt).
#[must_use]
pub fn is_filled_in_by_comments(text: &str) -> bool {
    text.match_indices("#@").any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.lines().next_back()).unwrap_or_default();
        before.trim().is_empty() || before.ends_with(": ") || before.ends_with("- ")
    })
}

/// The marks of the common template languages.
const MARKS: [(&str, &str); 4] = [("{{", "}}"), ("{%", "%}"), ("<%", "%>"), ("%{", "}")];

/// Whether a text is a template that something else fills in (Jinja, Helm, ERB, Terraform): `{{ … }}`, `{% … %}`,
/// `<% … %>` or `%{ … }` stands outside of strings and comments. Such a file that does not parse is no broken file.
///
/// Strings and comments are told line by line, which is a guess; ask only about a text that does not parse.
#[must_use]
pub fn is_text_template(text: &str) -> bool {
    // Whether a mark may be closed in a later line; once it is not, it never is.
    let mut closes_later = MARKS.map(|_| true);
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        end += line.len();
        let mut last_close = None;
        for at in open_marks(line) {
            let last_close = last_close.get_or_insert_with(|| MARKS.map(|(_, close)| line.rfind(close)));
            let rest = line.get(at..).unwrap_or_default();
            let Some(mark) = MARKS.iter().position(|(open, _)| rest.starts_with(open)) else { continue };
            if last_close[mark].is_some_and(|close| close >= at + 2) {
                return true;
            }
            // A tag may span lines; two braces alone may be broken JSON.
            let is_tag =
                mark != 0 || rest.get(2..).is_some_and(|rest| rest.starts_with(['-', '/', '#', '!']));
            if is_tag && closes_later[mark] {
                closes_later[mark] = text.get(end..).is_some_and(|rest| rest.contains(MARKS[mark].1));
                if closes_later[mark] {
                    return true;
                }
            }
        }
    }
    false
}

/// Where two characters that can open a tag stand in a line, outside of strings and before a comment.
fn open_marks(line: &str) -> impl Iterator<Item = usize> {
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let byte = *bytes.get(at)?;
            let here = at;
            let behind_blank = here == 0 || bytes.get(here - 1).is_some_and(|byte| is_separator(*byte));
            at += 1;
            match byte {
                b'#' if behind_blank => return None,
                b'/' if behind_blank && bytes.get(at) == Some(&b'/') => return None,
                // A quote that is not closed in its line is an apostrophe.
                b'"' | b'\'' if behind_blank => at = end_of_string(bytes, here).unwrap_or(at),
                b'{' if matches!(bytes.get(at), Some(b'{' | b'%')) => return Some(here),
                b'<' if bytes.get(at) == Some(&b'%') => return Some(here),
                b'%' if behind_blank && bytes.get(at) == Some(&b'{') => return Some(here),
                _ => {}
            }
        }
    })
}

fn is_separator(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b':' | b',' | b'[' | b'{' | b'(' | b'=')
}

/// Behind the quote that closes the string which opens at a place.
fn end_of_string(line: &[u8], open: usize) -> Option<usize> {
    let quote = *line.get(open)?;
    let mut escaped = false;
    for (at, byte) in line.iter().enumerate().skip(open + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quote == b'"',
            _ if *byte == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_a_template_language_is_seen() {
        for text in [
            "a: {{ x }}",
            "a: it's {{ x }}",
            "{{- if x }}\na: 1\n{{- end }}",
            "{{/* a\n b */}}\nx: [",
            "{% if a %}\nb: [",
            "a: b\n<% each\n x %>",
            "- <%= x %>",
            "{\"a\": {{ x }}}",
            "a: \"b\" {{ x }}",
            "%{ for p in pools ~}\na: ${p}\n%{ endfor ~}\n",
        ] {
            assert!(is_text_template(text), "{text:?}");
        }
    }

    #[test]
    fn strings_comments_and_braces_are_no_tags() {
        for text in [
            "a: '{{ x }}'",
            "a: \"\\\"{{ x }}\"",
            "# {{ x }}\na: [",
            "a: 1 # {% x %}",
            "// {{ x }}\n{",
            "{\"a\": {\"b\": {\"c\": 1}}",
            "{a: {b: 1}}",
            "{{\n\"a\": {}}}",
            "a: {{ x",
            "a: {% x",
            "a: ${x}",
        ] {
            assert!(!is_text_template(text), "{text:?}");
        }
    }

    #[test]
    fn comments_that_fill_in_are_seen() {
        for text in ["#@ load(\"@ytt:data\", \"data\")\na: 1", "a:\n  - b: #@ data.values.b\n"] {
            assert!(is_filled_in_by_comments(text), "{text:?}");
        }
        for text in ["a: 1 # @b", "a: 'x#@ y'", "a: x#@y"] {
            assert!(!is_filled_in_by_comments(text), "{text:?}");
        }
    }

    #[test]
    fn what_is_never_closed_is_no_burden() {
        for mark in ["{{ ", "{% ", "<% ", "{{- ", "' ", "\" \\\"", "{%\n", "}} {{", "%{ ", "#@"] {
            let text = mark.repeat(200_000);
            let _ = (is_text_template(&text), is_filled_in_by_comments(&text));
        }
    }

    #[test]
    fn the_first_byte_that_counts_decides() {
        for text in ["{", " \r\n[", "\u{feff}{", "// a\n/* b\n*/ {", "//\r["] {
            assert!(begins_like_json(text), "{text:?}");
        }
        for text in ["", "a: {", "# a\n{", "/ {", "// {", "/* {", "- {", "\"a\"", "--- {"] {
            assert!(!begins_like_json(text), "{text:?}");
        }
    }

    #[test]
    fn flow_yaml_is_told_from_json_with_a_mistake() {
        for text in ["{a: 1", "[x, y", "['a'", "{ !Ref a", "[*a", "{\"a\": 1}\n---\n{", "[[{x: "] {
            assert!(is_yaml_flow(text), "{text:?}");
        }
        for text in ["{\"a\" 1", "[true x", "[1 2", "{", "[[\"a\" 1", "{{ x"] {
            assert!(!is_yaml_flow(text), "{text:?}");
        }
    }
}
