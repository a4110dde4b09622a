//! Changes of files as `git apply` and `patch` take them.

use std::fmt::Write as _;

use similar::TextDiff;

use crate::report::visible::{begins_like_command, is_hidden, push_source};
use crate::text::Source;

/// Lines around a change that a patch shows.
const CONTEXT: usize = 3;

/// A change of one file, which is called so.
pub fn patch(name: &str, old: &Source, new: &Source) -> String {
    // Only a line feed ends a line of a patch.
    let before: Vec<&str> = old.text.split_inclusive('\n').collect();
    let after: Vec<&str> = new.text.split_inclusive('\n').collect();
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&before, &after);
    let (from, to) = (quoted("a", name), quoted("b", name));
    diff.unified_diff().context_radius(CONTEXT).header(&from, &to).to_string()
}

/// The name of a file on one side, as git quotes it.
fn quoted(side: &str, name: &str) -> String {
    let name = format!("{side}/{}", name.trim_start_matches('/'));
    if !name.contains(|char| is_hidden(char) || matches!(char, '"' | '\\')) {
        return name;
    }
    let mut quoted = String::from("\"");
    for char in name.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            _ if is_hidden(char) => {
                for byte in char.encode_utf8(&mut [0; 4]).bytes() {
                    // Writing to a string cannot fail.
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
            _ => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

/// A patch for people: where a line of a file would steer a terminal or a workflow log, others stand for its characters.
pub fn shown(patch: &str) -> String {
    let mut shown = String::with_capacity(patch.len());
    for whole in patch.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\r', '\n']);
        let mut visible = String::with_capacity(line.len());
        line.chars().for_each(|char| push_source(&mut visible, char, true));
        if begins_like_command(&visible) {
            visible = visible.replacen(':', "\u{ff1a}", 1);
        }
        shown.push_str(&visible);
        shown.push_str(whole.get(line.len()..).unwrap_or_default());
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    #[test]
    fn a_patch_has_the_lines_of_the_file() {
        let source = |text: &str| Source::new(SourceId(0), "x", text);
        assert_eq!(
            patch("a b.yaml", &source("1\r\n2\r3\nx"), &source("1\r\n2\r4\nx")),
            "--- a/a b.yaml\n+++ b/a b.yaml\n@@ -1,3 +1,3 @@\n 1\r\n-2\r3\n+2\r4\n x\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn names_are_quoted_as_git_does() {
        for (name, expected) in [
            ("a b.yaml", "a/a b.yaml"),
            ("é.yaml", "a/é.yaml"),
            ("/tmp/x.yaml", "a/tmp/x.yaml"),
            ("a\"b\\c.yaml", "\"a/a\\\"b\\\\c.yaml\""),
            ("a\n\u{202e}.yaml", "\"a/a\\012\\342\\200\\256.yaml\""),
        ] {
            assert_eq!(quoted("a", name), expected);
        }
    }

    #[test]
    fn what_is_shown_steers_nothing() {
        assert_eq!(shown(" a: b\r\n+\ta\n"), " a: b\r\n+\ta\n");
        assert_eq!(shown("+\u{1b}[2J\n  ::error::x\n-##[error]\n"), "+␛[2J\n  ：:error::x\n-##⁅error]\n");
    }
}
