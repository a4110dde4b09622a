//! Makes a string the argument of a function of CloudFormation.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::syntax::edit::Language;
use crate::text::{Source, Span};

/// Puts a function around a string in one line: `!Sub x`, and in JSON `{ "Fn::Sub": "x" }`.
#[must_use]
pub fn call(source: &Source, language: Language, scalar: Span, function: &str) -> Option<Vec<Edit>> {
    let written = source.text.get(scalar.range())?;
    let is_special = written.starts_with(['!', '&', '*', '|', '>']);
    if written.is_empty() || written.contains(['\n', '\r']) || is_special {
        return None;
    }
    let put = |at: usize, text: String| Edit { span: Span::new(source.id, at, at), text };
    let Range { start, end } = scalar.range();
    match language {
        Language::Yaml => Some(vec![put(start, format!("!{function} "))]),
        Language::Json => {
            Some(vec![put(start, format!("{{ \"Fn::{function}\": ")), put(end, " }".to_owned())])
        }
        Language::Hcl => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    use Language::{Hcl, Json, Yaml};

    #[test]
    fn a_function_takes_a_string() {
        for (language, text, scalar, expected) in [
            (Yaml, "a: x${B} # c", "x${B}", Some("a: !Sub x${B} # c")),
            (Yaml, "a: ['x']", "'x'", Some("a: [!Sub 'x']")),
            (Yaml, "a: !Ref B\n", "!Ref B", None),
            (Yaml, "a: |\n  x\n", "|\n  x\n", None),
            (Json, "{\"a\": \"x\"}", "\"x\"", Some("{\"a\": { \"Fn::Sub\": \"x\" }}")),
            (Hcl, "a = \"x\"", "\"x\"", None),
        ] {
            let source = Source::new(SourceId(0), "x", text);
            let start = text.find(scalar).unwrap();
            let edits = call(&source, language, source.span_at(start, start + scalar.len()), "Sub");
            let called = edits.map(|edits| {
                let mut text = text.to_owned();
                // From the end, so that places before it stay.
                edits.iter().rev().for_each(|edit| text.replace_range(edit.span.range(), &edit.text));
                text
            });
            assert_eq!(called.as_deref(), expected, "{text}");
        }
    }
}
