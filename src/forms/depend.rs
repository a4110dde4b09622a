//! Says in a template of CloudFormation, and in a module of Terraform, that a resource waits for another one.

use crate::diagnostic::Edit;
use crate::spec::SaidDependencies;
use crate::syntax::edit::{Child, Editor};
use crate::syntax::insert::New;
use crate::text::Source;

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

/// Says for the first time what a resource waits for, behind an entry that stands where this is said.
#[must_use]
pub fn first(editor: Editor<'_>, behind: Child, form: &str, on: &str) -> Option<Edit> {
    let on = waited_for(on);
    match form {
        "terraform" => editor.insert_behind(behind, "depends_on", &New::List(vec![on])),
        _ => editor.insert_behind(behind, "DependsOn", &on),
    }
}

/// All instances of a resource of Terraform are waited for.
fn waited_for(on: &str) -> New {
    New::Name(on.split('[').next().unwrap_or(on).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::edit::Language;
    use crate::syntax::edit::marked::{applied, marked};
    use crate::text::SourceId;

    use Language::{Hcl, Json, Yaml};

    #[test]
    fn a_resource_says_what_it_waits_for() {
        // `«»` are around the entry that it is said behind.
        for (language, form, text, expected) in [
            (
                Yaml,
                "cloudformation",
                "A:\r\n  «Type: T» # why\r\n  Properties: {X: 1}\r\n",
                "A:\r\n  Type: T # why\r\n  DependsOn: G.a\r\n  Properties: {X: 1}\r\n",
            ),
            (
                Yaml,
                "cloudformation",
                "A: ‹{«Type: T», Properties: {}}",
                "A: {Type: T, DependsOn: G.a, Properties: {}}",
            ),
            (
                Json,
                "cloudformation",
                "{\"A\": ‹{\n  «\"Type\": \"T\"»,\n  \"Properties\": {}}}",
                "{\"A\": {\n  \"Type\": \"T\",\n  \"DependsOn\": \"G.a\",\n  \"Properties\": {}}}",
            ),
            (Hcl, "terraform", "r {\n  «x = 1»\n}\n", "r {\n  x = 1\n  depends_on = [G.a]\n}\n"),
            (Hcl, "terraform", "r {\n  «x {\n  }»\n}\n", "r {\n  x {\n  }\n\n  depends_on = [G.a]\n}\n"),
        ] {
            let (source, child) = marked(text);
            let edit = first(Editor::new(&source, language), child, form, "G.a[0]");
            assert_eq!(applied(&source, edit).as_deref(), Some(expected), "{text}");
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
            assert_eq!(applied(&source, edit).as_deref(), expected, "{text}");
        }
    }
}
