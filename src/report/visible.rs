//! A user's text made fit for a terminal and for a workflow log.
//!
//! Two kinds of text are dangerous: characters that steer the terminal or hide (control characters, and the
//! invisible ones of Unicode, by which source reads otherwise than it is), and `##[`, by which a runner of
//! GitHub Actions finds a command anywhere in a line.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Begins a workflow command anywhere in a line.
const COMMAND: &str = "##[";

/// Whether a character does something other than being seen.
pub fn is_hidden(char: char) -> bool {
    char.is_control()
        || !char.is_ascii()
            && matches!(char,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text with its hidden characters spelled out as in Rust, `\n` or `\u{202e}`: always one line.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) && !text.contains(COMMAND) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        if is_hidden(char) {
            visible.extend(char.escape_default());
        } else if char == '[' && visible.ends_with("##") {
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
        if hidden || (char == '[' && json[..at].ends_with("##")) {
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

/// Adds a character of a source line, or one that stands for it: one for one, so that columns stay.
pub fn push_source(line: &mut String, char: char, unicode: bool) {
    let shown = match char {
        '\t' => char,
        '[' if line.ends_with("##") => stand_in(unicode, '⁅', '('),
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
        assert!(matches!(escaped("naïve 👩‍🚀"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_keeps_its_value() {
        let text = "\u{7f}\u{202e}\u{e0001}\\##[x] # [";
        let json = serde_json::to_string(text).unwrap();
        let visible = escaped_json(&json);
        assert!(!visible.contains(is_hidden) && !visible.contains(COMMAND), "{visible}");
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
