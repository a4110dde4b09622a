//! A user's text made fit for a terminal and for a workflow log.
//!
//! Two kinds of text are dangerous: characters that steer the terminal or hide (control characters, and the
//! invisible ones of Unicode, by which source reads otherwise than it is), and `##[` or `##vso[`, by which the runners
//! of GitHub and Azure find a command anywhere in a line.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a `[` behind this text would begin a command: `##[`, `##vso[`, `##teamcity[`.
///
/// Characters without a width do not tell words apart for a runner that compares as people read.
fn begins_command(before: &str) -> bool {
    let mut seen = before.chars().rev().filter(|char| !has_no_width(*char)).take(LONGEST_WORD + 2);
    let first = seen.find(|char| !char.is_ascii_alphabetic());
    first == Some('#') && seen.next() == Some('#')
}

/// Letters of the longest word between `##` and `[`.
const LONGEST_WORD: usize = 32;

/// What stands in emoji and in text of some languages, so that it is not hidden, and takes no place of its own.
fn has_no_width(char: char) -> bool {
    !char.is_ascii()
        && matches!(char,
            '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200c}' | '\u{200d}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a line that begins with this text would be a command: `::`.
pub fn begins_like_command(line: &str) -> bool {
    line.trim_start_matches(|char: char| char.is_whitespace() || has_no_width(char)).starts_with(':')
}

/// Whether a character does something other than being seen.
pub fn is_hidden(char: char) -> bool {
    char.is_control()
        || !char.is_ascii()
            && matches!(char,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// The text with its hidden characters spelled out as in Rust, `\n` or `\u{202e}`: always one line.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) && !text.contains('#') {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        if is_hidden(char) {
            visible.extend(char.escape_default());
        } else if char == '[' && begins_command(&visible) {
            visible.push_str("\\u{5b}");
        } else {
            visible.push(char);
        }
    }
    Cow::Owned(visible)
}

/// JSON with its hidden characters, which occur in strings only, written as `\u202e`: the same value.
pub fn escaped_json(json: &str) -> String {
    let mut visible = String::with_capacity(json.len());
    let mut copied = 0;
    for (at, char) in json.char_indices() {
        let hidden = char != '\n' && is_hidden(char);
        if hidden || (char == '[' && begins_command(&json[..at])) {
            visible.push_str(&json[copied..at]);
            for unit in char.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(visible, "\\u{unit:04x}");
            }
            copied = at + char.len_utf8();
        }
    }
    visible.push_str(&json[copied..]);
    visible
}

/// Text in XML 1.0: with references for what has a meaning there or is hidden, line breaks included; the same text, but
/// for characters that XML has not.
pub fn escaped_xml(text: &str) -> String {
    let mut xml = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        let is_char = matches!(char, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        let is_special = "<>&\"'".contains(char) || is_hidden(char) || (char == '[' && begins_command(&xml));
        match char {
            _ if !is_char => {}
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '&' => xml.push_str("&amp;"),
            '"' => xml.push_str("&quot;"),
            _ if is_special => {
                // Writing to a string cannot fail.
                let _ = write!(xml, "&#x{:x};", u32::from(char));
            }
            _ => xml.push(char),
        }
    }
    xml
}

/// Adds a character of a source line, or one that stands for it: one for one, so that columns stay.
pub fn push_source(line: &mut String, char: char, unicode: bool) {
    let shown = match char {
        '\t' => char,
        '[' if begins_command(line) => stand_in(unicode, '⁅', '('),
        '\0'..='\u{1f}' => stand_in(unicode, picture(char), '?'),
        '\u{7f}' => stand_in(unicode, '␡', '?'),
        _ if is_hidden(char) => stand_in(unicode, '\u{fffd}', '?'),
        _ => char,
    };
    line.push(shown);
}

fn stand_in(unicode: bool, beyond_ascii: char, ascii: char) -> char {
    if unicode { beyond_ascii } else { ascii }
}

/// The picture of a control character: `␛` for ESC.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_spelled_out() {
        assert_eq!(escaped("a\u{1b}[0m\nb\u{202e}\u{9b}"), "a\\u{1b}[0m\\nb\\u{202e}\\u{9b}");
        assert_eq!(escaped("##[error]"), "##\\u{5b}error]");
        assert_eq!(escaped("##vso[task.x]#[a]"), "##vso\\u{5b}task.x]#[a]");
        assert_eq!(escaped("#\u{200d}#v\u{fe0f}so["), "#\u{200d}#v\u{fe0f}so\\u{5b}");
        assert_eq!(escaped("## a[0]"), "## a[0]");
        assert!(matches!(escaped("naïve 👩‍🚀"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_keeps_its_value() {
        let text = "\u{7f}\u{202e}\u{e0001}\\##[x] # [ ##vso[";
        let json = serde_json::to_string(text).unwrap();
        let visible = escaped_json(&json);
        assert!(!visible.contains(is_hidden) && !visible.contains("##["), "{visible}");
        assert!(!visible.contains("##vso["), "{visible}");
        assert_eq!(serde_json::from_str::<String>(&visible).unwrap(), text);
    }

    #[test]
    fn source_keeps_its_columns() {
        for unicode in [true, false] {
            let text = "\u{1b}\t\0##[\u{202e}é";
            let mut line = String::new();
            text.chars().for_each(|char| push_source(&mut line, char, unicode));
            assert_eq!(line, if unicode { "␛\t␀##⁅\u{fffd}é" } else { "?\t?##(?é" });
        }
    }
}
