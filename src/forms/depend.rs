//! Says in a template of CloudFormation, and in a module of Terraform, that a resource waits for another one.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::syntax::edit::{Child, Editor, Language};
use crate::syntax::insert::New;
use crate::text::{Source, Span};

/// Writes `DependsOn` above `Properties`, whose value is given, or adds to what it says already. None where these do not
/// begin a line of a mapping in lines.
#[must_use]
pub fn depend(source: &Source, language: Language, properties: Span, on: &str) -> Option<Edit> {
    let text = source.text.as_str();
    let before = text.get(..properties.range().start)?;
    let before = match language {
        Language::Yaml => {
            without_comments(before).strip_suffix(':')?.trim_end().strip_suffix("Properties")?
        }
        Language::Json => before.trim_end().strip_suffix(':')?.trim_end().strip_suffix("\"Properties\"")?,
        Language::Hcl => return None,
    };
    let indent = source.line_before(before.len());
    let line_break = source.line_break();
    let in_lines = indent.trim().is_empty() && indent.len() < before.len();
    if in_lines
        && language == Language::Yaml
        && let Some(value) = written(text, indent, before.len()..properties.range().end, |line| {
            line.strip_prefix("DependsOn:")
        })
    {
        return more(source, value, on);
    }
    let between = if in_lines { format!("{line_break}{indent}") } else { " ".to_owned() };
    let text = match language {
        Language::Yaml if in_lines => format!("DependsOn: {on}{between}"),
        Language::Json => format!("\"DependsOn\": \"{on}\",{between}"),
        _ => return None,
    };
    Some(Edit { span: Span::new(source.id, before.len(), before.len()), text })
}

/// Writes `depends_on` behind the last argument or block of a resource of Terraform, or adds to a list in one line that it
/// has already.
#[must_use]
pub fn depends_on(source: &Source, editor: Editor<'_>, last: Child, on: &str) -> Option<Edit> {
    // All instances of a resource are waited for.
    let address = on.split('[').next().unwrap_or(on);
    let begins = |line| str::strip_prefix(line, "depends_on")?.trim_start().strip_prefix('=');
    let range = last.span.range();
    let indent = source.line_before(range.start);
    if indent.trim().is_empty()
        && let Some(value) = written(&source.text, indent, range, begins)
    {
        return more(source, value, address);
    }
    editor.insert_behind(last, "depends_on", &New::List(vec![New::Name(address.to_owned())]))
}

/// Where the value of a member begins that stands in lines of an indent, above or below another member.
fn written<'t>(
    text: &'t str,
    indent: &str,
    other: Range<usize>,
    begins: impl Fn(&'t str) -> Option<&'t str>,
) -> Option<usize> {
    let is_inside = |line: &&str| {
        line.trim().is_empty() || line.trim_start().starts_with('#') || line.starts_with(indent)
    };
    let value = |line: &'t str| Some(line.len() - begins(line.strip_prefix(indent)?)?.len());
    let mut at = other.start - indent.len();
    for line in text.get(..at)?.split_inclusive('\n').rev().take_while(is_inside) {
        at -= line.len();
        if let Some(value) = value(line) {
            return Some(at + value);
        }
    }
    let mut at = other.end + text.get(other.end..)?.find('\n')? + 1;
    for line in text.get(at..)?.split_inclusive('\n').take_while(is_inside) {
        if let Some(value) = value(line) {
            return Some(at + value);
        }
        at += line.len();
    }
    None
}

/// Adds a name to those that `DependsOn` has: a word, or a list in one line or in several.
fn more(source: &Source, value: usize, on: &str) -> Option<Edit> {
    let rest = source.text.get(value..)?;
    let line = rest.get(..rest.find(['\n', '\r']).unwrap_or(rest.len()))?;
    let said = line.trim();
    let edit = |start, end, text| Some(Edit { span: Span::new(source.id, start, end), text });
    if let Some(names) = said.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        let end = value + line.trim_end().len() - 1;
        let comma = if names.trim().is_empty() { "" } else { ", " };
        return edit(end, end, format!("{comma}{on}"));
    }
    if !said.is_empty() {
        let start = value + line.len() - line.trim_start().len();
        let is_word = said.chars().all(|c| c.is_ascii_alphanumeric());
        return is_word.then(|| edit(start, start + said.len(), format!("[{said}, {on}]")))?;
    }
    let items = rest.get(line.len()..)?.split_inclusive('\n').skip(1);
    let items = items.take_while(|line| line.trim_start().starts_with("- "));
    let (len, last) = items.fold((0, ""), |(len, _), item| (len + item.len(), item));
    let text = last.trim_end_matches(['\n', '\r']);
    let dash = text.get(..text.find('-')?)?;
    let first = value + line.len() + rest.get(line.len()..)?.find('\n')? + 1;
    let end = first + len - (last.len() - text.len());
    let line_break = source.line_break();
    edit(end, end, format!("{line_break}{dash}- {on}"))
}

/// A text of YAML without the comments and blanks at its end.
fn without_comments(text: &str) -> &str {
    let mut text = text.trim_end();
    loop {
        let line = text.rsplit(['\n', '\r']).next().unwrap_or_default();
        let begins =
            |at: &usize| line.get(..*at).is_some_and(|code| code.is_empty() || code.ends_with([' ', '\t']));
        let Some(at) = line.match_indices('#').map(|(at, _)| at).find(begins) else { return text };
        text = text.get(..text.len() - line.len() + at).unwrap_or_default().trim_end();
    }
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
            (
                Language::Yaml,
                "A:\n  Properties: # why: so\n    # a #\n\n    X: 1\n",
                Some("A:\n  DependsOn: G\n  Properties: # why: so\n    # a #\n\n    X: 1\n"),
            ),
            (
                Language::Yaml,
                "A:\n  # a\n  DependsOn: [B]\n  Properties:\n    X: 1\n",
                Some("A:\n  # a\n  DependsOn: [B, G]\n  Properties:\n    X: 1\n"),
            ),
            (
                Language::Yaml,
                "A:\r\n  DependsOn:\r\n    - B\r\n    - C\r\n\r\n  Properties:\r\n    X: 1\r\n",
                Some(
                    "A:\r\n  DependsOn:\r\n    - B\r\n    - C\r\n    - G\r\n\r\n  Properties:\r\n    X: 1\r\n",
                ),
            ),
            (
                Language::Yaml,
                "B:\n  DependsOn: C\nA:\n  Properties:\n    X: 1\n  Type: T\n  DependsOn: B\n",
                Some("B:\n  DependsOn: C\nA:\n  Properties:\n    X: 1\n  Type: T\n  DependsOn: [B, G]\n"),
            ),
            (Language::Yaml, "A:\n  DependsOn: B # why\n  Properties:\n    X: 1\n", None),
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
            let end = start + text[start..].find(['1']).unwrap() + 1;
            let written = depend(&source, language, source.span_at(start, end), "G").map(|edit| {
                let mut text = text.to_owned();
                text.replace_range(edit.span.range(), &edit.text);
                text
            });
            assert_eq!(written.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_resource_of_terraform_says_what_it_waits_for() {
        for (text, expected) in [
            ("r {\n  x = 1\n}\n", "r {\n  x = 1\n  depends_on = [g.a]\n}\n"),
            ("r {\n  x {\n  }\n}\n", "r {\n  x {\n  }\n\n  depends_on = [g.a]\n}\n"),
            ("r {\n  depends_on = [b.c]\n\n  x = 1\n}\n", "r {\n  depends_on = [b.c, g.a]\n\n  x = 1\n}\n"),
            ("r {\n  x = 1\n\n  depends_on   = []\n}\n", "r {\n  x = 1\n\n  depends_on   = [g.a]\n}\n"),
        ] {
            let source = Source::new(SourceId(0), "x.tf", text);
            let start = text.find('x').unwrap();
            let end = text.find("  }\n}").map_or(start + "x = 1".len(), |at| at + 3);
            let span = source.span_at(start, end);
            let last = Child { parent: source.span_at(0, 0), span, is_item: false, has_siblings: true };
            let editor = Editor::new(&source, Language::Hcl);
            let edit = depends_on(&source, editor, last, "g.a[0]").unwrap();
            let mut written = text.to_owned();
            written.replace_range(edit.span.range(), &edit.text);
            assert_eq!(written, expected, "{text}");
        }
    }
}
