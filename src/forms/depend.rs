//! Says in a template of CloudFormation, and in a module of Terraform, that a resource waits for another one.

use crate::diagnostic::Edit;
use crate::spec::SaidDependencies;
use crate::syntax::edit::{Child, Editor, Language};
use crate::syntax::insert::New;
use crate::text::{Source, Span};

/// Adds a name to what a resource says already: to a list, or to a name alone.
#[must_use]
pub fn more(source: &Source, editor: Editor<'_>, said: SaidDependencies, on: &str) -> Option<Edit> {
    let item = waited_for(on);
    if let Some(last) = said.last {
        let behind = Child { parent: said.value, span: last, is_item: true, has_siblings: true };
        return editor.append(behind, &item);
    }
    let written = source.slice(said.value);
    let inside = written.strip_prefix('[').and_then(|list| list.strip_suffix(']'));
    let is_value = source.line_before(said.value.range().start).trim_end().ends_with(':');
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '"' | '\'');
    let first = match inside {
        Some(nothing) if nothing.trim().is_empty() => None,
        // A tag before it would be that of the list.
        None if is_value && !written.is_empty() && written.chars().all(is_word) => Some(written),
        _ => return None,
    };
    let new = editor.inline(&item);
    let text = first.map_or_else(|| format!("[{new}]"), |first| format!("[{first}, {new}]"));
    Some(Edit { span: said.value, text })
}

/// Writes `DependsOn` above `Properties`, whose value is given. None where these do not begin a line of a mapping in lines.
#[must_use]
pub fn above(source: &Source, language: Language, properties: Span, on: &str) -> Option<Edit> {
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
    let in_lines = indent.trim().is_empty() && indent.len() < before.len();
    let between = if in_lines { format!("{}{indent}", source.line_break()) } else { " ".to_owned() };
    let text = match language {
        Language::Yaml if in_lines => format!("DependsOn: {on}{between}"),
        Language::Json => format!("\"DependsOn\": \"{on}\",{between}"),
        _ => return None,
    };
    Some(Edit { span: Span::new(source.id, before.len(), before.len()), text })
}

/// Writes `depends_on` behind the last argument or block of a resource of Terraform.
#[must_use]
pub fn at_end(editor: Editor<'_>, last: Child, on: &str) -> Option<Edit> {
    editor.insert_behind(last, "depends_on", &New::List(vec![waited_for(on)]))
}

/// All instances of a resource of Terraform are waited for.
fn waited_for(on: &str) -> New {
    New::Name(on.split('[').next().unwrap_or(on).to_owned())
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

    use Language::{Hcl, Json, Yaml};

    fn edited(text: &str, edit: Option<Edit>) -> Option<String> {
        edit.map(|edit| {
            let mut text = text.to_owned();
            text.replace_range(edit.span.range(), &edit.text);
            text
        })
    }

    #[test]
    fn a_resource_says_what_it_waits_for() {
        for (language, text, expected) in [
            (Yaml, "A:\n  Properties:\n    X: 1\n", Some("A:\n  DependsOn: G\n  Properties:\n    X: 1\n")),
            (
                Yaml,
                "A:\r\n  Properties: {X: 1}\r\n",
                Some("A:\r\n  DependsOn: G\r\n  Properties: {X: 1}\r\n"),
            ),
            (Yaml, "A: {Properties: {X: 1}}", None),
            (
                Yaml,
                "A:\n  Properties: # why: so\n    # a #\n\n    X: 1\n",
                Some("A:\n  DependsOn: G\n  Properties: # why: so\n    # a #\n\n    X: 1\n"),
            ),
            (
                Json,
                "{\"A\": {\n  \"Properties\": {\"X\": 1}}}",
                Some("{\"A\": {\n  \"DependsOn\": \"G\",\n  \"Properties\": {\"X\": 1}}}"),
            ),
            (
                Json,
                "{\"A\":{\"Properties\":{\"X\":1}}}",
                Some("{\"A\":{\"DependsOn\": \"G\", \"Properties\":{\"X\":1}}}"),
            ),
            (Hcl, "a = { Properties: { X: 1 } }", None),
        ] {
            let source = Source::new(SourceId(0), "x", text);
            let start = text.find(": {\"X").or(text.find(": {X")).map(|at| at + 2);
            let start =
                start.or(text.find(":{\"X").map(|at| at + 1)).unwrap_or_else(|| text.find('X').unwrap());
            let end = start + text[start..].find(['1']).unwrap() + 1;
            let edit = above(&source, language, source.span_at(start, end), "G");
            assert_eq!(edited(text, edit).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_resource_waits_for_one_more() {
        // `‹›` are around what it says, `«»` around the last item.
        for (language, text, expected) in [
            (Yaml, "DependsOn: ‹[«B»]›", Some("DependsOn: [B, G.a]")),
            (Yaml, "DependsOn: ‹[]› # a", Some("DependsOn: [G.a] # a")),
            (Yaml, "DependsOn: ‹B› # why", Some("DependsOn: [B, G.a] # why")),
            (Yaml, "DependsOn: ‹'B'›", Some("DependsOn: ['B', G.a]")),
            (
                Yaml,
                "DependsOn:\r\n  ‹- B # b\r\n  - «C»› # c\r\n",
                Some("DependsOn:\r\n  - B # b\r\n  - C # c\r\n  - G.a\r\n"),
            ),
            (Yaml, "DependsOn: ‹!If [A, B, C]›", None),
            (Yaml, "DependsOn: !!str ‹B›", None),
            (Yaml, "DependsOn: ‹[\n  «B», # b\n]›\n", Some("DependsOn: [\n  B, # b\n  G.a,\n]\n")),
            (Yaml, "DependsOn: ‹[\n  «B» # b\n]›\n", None),
            (Json, "\"DependsOn\": ‹\"B\"›,", Some("\"DependsOn\": [\"B\", \"G.a\"],")),
            (
                Json,
                "\"depends_on\": ‹[\n  «\"b.c\"»\n]›",
                Some("\"depends_on\": [\n  \"b.c\",\n  \"G.a\"\n]"),
            ),
            (Hcl, "depends_on = ‹[«b.c»]›\n", Some("depends_on = [b.c, G.a]\n")),
            (Hcl, "depends_on   = ‹[ ]›\n", Some("depends_on   = [G.a]\n")),
            (
                Hcl,
                "depends_on = ‹[\n  b.c, # why\n  «b.d»,\n]›\n",
                Some("depends_on = [\n  b.c, # why\n  b.d,\n  G.a,\n]\n"),
            ),
        ] {
            let plain = |text: &str| text.replace(['‹', '›', '«', '»'], "");
            let source = Source::new(SourceId(0), "x", plain(text));
            let at = |mark| text.find(mark).map(|at| plain(&text[..at]).len());
            let span = |open, close| Some(source.span_at(at(open)?, at(close)?));
            let said = SaidDependencies { value: span('‹', '›').unwrap(), last: span('«', '»') };
            let edit = more(&source, Editor::new(&source, language), said, "G.a[0]");
            assert_eq!(edited(&source.text, edit).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_resource_of_terraform_says_at_its_end_what_it_waits_for() {
        for (text, expected) in [
            ("r {\n  x = 1\n}\n", "r {\n  x = 1\n  depends_on = [g.a]\n}\n"),
            ("r {\n  x {\n  }\n}\n", "r {\n  x {\n  }\n\n  depends_on = [g.a]\n}\n"),
        ] {
            let source = Source::new(SourceId(0), "x.tf", text);
            let start = text.find('x').unwrap();
            let end = text.find("  }\n}").map_or(start + "x = 1".len(), |at| at + 3);
            let span = source.span_at(start, end);
            let last = Child { parent: source.span_at(0, 0), span, is_item: false, has_siblings: true };
            let edit = at_end(Editor::new(&source, Hcl), last, "g.a[0]");
            assert_eq!(edited(text, edit).unwrap(), expected, "{text}");
        }
    }
}
