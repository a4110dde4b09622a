//! What of a text counts at several places: an anchored node of YAML does at each of its aliases.

use crate::diagnostic::Edit;
use crate::syntax::document::Parsed;
use crate::text::Span;
use crate::value::{Kind, Map, Value};

/// A node that an alias stands for.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    written: Span,
    pub used_at: Span,
    is_collection: bool,
}

impl Shared {
    /// Whether an edit changes what the alias stands for. What is put behind the end of a collection may belong to it.
    pub fn is_changed_by(&self, edit: &Edit) -> bool {
        let (written, edited) = (self.written.range(), edit.span.range());
        let meets = written.start < edited.end && edited.start < written.end;
        let is_at_end = self.is_collection && written.start <= edited.start && edited.start <= written.end;
        edit.span.source == self.written.source && (meets || is_at_end || written == edited)
    }
}

/// What aliases stand for in a text.
pub fn shared(parsed: &Parsed) -> Vec<Shared> {
    let mut found = Vec::new();
    parsed.documents.iter().for_each(|document| look(&document.root, document.root.span, &mut found));
    found
}

/// Looks at a node, which is `written` with its key. What lies in an alias is that alias's.
fn look(value: &Value, written: Span, found: &mut Vec<Shared>) {
    if let Some(used_at) = value.used_at {
        let is_collection = matches!(value.kind, Kind::Map(_) | Kind::List(_));
        return found.push(Shared { written, used_at, is_collection });
    }
    match &value.kind {
        Kind::List(items) => items.iter().for_each(|item| look(item, item.span, found)),
        Kind::Map(map) => look_into(map, found),
        Kind::Tagged(tagged) => look(&tagged.value, tagged.value.span, found),
        _ => {}
    }
}

fn look_into(map: &Map, found: &mut Vec<Shared>) {
    for entry in &map.entries {
        let (key, value) = (entry.key.span, entry.value.span);
        // An anchor stands before its aliases: the key of an entry that was merged stands there too, before its value.
        let is_merged = key < value && entry.value.used_at.is_some();
        look(&entry.value, if is_merged { key.to(value) } else { value }, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax;
    use crate::text::{Source, SourceId};

    #[test]
    fn an_edit_of_an_anchored_node_is_told_from_others() {
        // Between the braces one text takes the place of another.
        for (text, expected) in [
            ("a: &x {1/2}\nb: *x\n", vec!["*x"]),
            ("a: &x 1\nb: *x{/ # c}\n", vec![]),
            ("a: &x 1{/\nc: 1}\nb: *x\n", vec![]),
            ("{a/c}: &x 1\nb: *x\n", vec![]),
            ("a: &x\n  {b/c}: 1\nd: *x\ne: [*x]\n", vec!["*x", "*x"]),
            ("a: &x\n  b: 1{/\n  c: 1}\nd: *x\n", vec!["*x"]),
            ("a: &x\n  {b/c}: 1\nd:\n  <<: *x\n", vec!["*x"]),
            ("a: &x\n  b: 1\nd:\n  {e/f}: *x\n", vec![]),
            ("a: &x [{1/2}]\n", vec![]),
        ] {
            let (before, rest) = text.split_once('{').unwrap();
            let (edit, behind) = rest.split_once('}').unwrap();
            let (was, is) = edit.split_once('/').unwrap();
            let source = Source::new(SourceId(0), "x.yaml", format!("{before}{was}{behind}"));
            let span = source.span_at(before.len(), before.len() + was.len());
            let edit = Edit { span, text: is.to_owned() };
            let shared = shared(&syntax::parse(&source));
            let changed = shared.iter().filter(|shared| shared.is_changed_by(&edit));
            let found: Vec<&str> = changed.map(|shared| source.slice(shared.used_at)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
