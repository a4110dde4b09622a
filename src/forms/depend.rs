//! Says in a template of CloudFormation that a resource waits for another one.

use crate::diagnostic::Edit;
use crate::syntax::edit::Language;
use crate::text::{Source, Span};

/// Writes `DependsOn` above `Properties`, whose value is given. None where these do not begin a line of a mapping in
/// lines; that there is such a member already is found when the text is read again.
#[must_use]
pub fn depend(source: &Source, language: Language, properties: Span, on: &str) -> Option<Edit> {
    let text = source.text.as_str();
    let before = text.get(..properties.range().start)?.trim_end();
    let before = before.strip_suffix(':')?.trim_end();
    let before = match language {
        Language::Yaml => before.strip_suffix("Properties")?,
        Language::Json => before.strip_suffix("\"Properties\"")?,
        Language::Hcl => return None,
    };
    let indent = source.line_before(before.len());
    let line_break = source.line_break();
    let in_lines = indent.trim().is_empty() && indent.len() < before.len();
    let between = if in_lines { format!("{line_break}{indent}") } else { " ".to_owned() };
    let text = match language {
        Language::Yaml if in_lines => format!("DependsOn: {on}{between}"),
        Language::Json => format!("\"DependsOn\": \"{on}\",{between}"),
        _ => return None,
    };
    Some(Edit { span: Span::new(source.id, before.len(), before.len()), text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    #[test]
    fn a_resource_says_what_it_waits_for() {
        for (language, text, expected) in [
            (
                Language::Yaml,
                "A:\n  Properties:\n    X: 1\n",
                Some("A:\n  DependsOn: G\n  Properties:\n    X: 1\n"),
            ),
            (
                Language::Yaml,
                "A:\r\n  Properties: {X: 1}\r\n",
                Some("A:\r\n  DependsOn: G\r\n  Properties: {X: 1}\r\n"),
            ),
            (Language::Yaml, "A: {Properties: {X: 1}}", None),
            (Language::Yaml, "A:\n  Properties: # why\n    X: 1\n", None),
            (
                Language::Json,
                "{\"A\": {\n  \"Properties\": {\"X\": 1}}}",
                Some("{\"A\": {\n  \"DependsOn\": \"G\",\n  \"Properties\": {\"X\": 1}}}"),
            ),
            (
                Language::Json,
                "{\"A\":{\"Properties\":{\"X\":1}}}",
                Some("{\"A\":{\"DependsOn\": \"G\", \"Properties\":{\"X\":1}}}"),
            ),
            (Language::Hcl, "a = { Properties: { X: 1 } }", None),
        ] {
            let source = Source::new(SourceId(0), "x", text);
            let start = text.find(": {\"X").or(text.find(": {X")).map(|at| at + 2);
            let start =
                start.or(text.find(":{\"X").map(|at| at + 1)).unwrap_or_else(|| text.find('X').unwrap());
            let written = depend(&source, language, source.span_at(start, text.len()), "G").map(|edit| {
                let mut text = text.to_owned();
                text.replace_range(edit.span.range(), &edit.text);
                text
            });
            assert_eq!(written.as_deref(), expected, "{text}");
        }
    }
}
