//! What is taken out of a collection, so that no gap is left.

use std::ops::Range;

use super::edit::{Child, Editor, Language};
use crate::diagnostic::Edit;
use crate::text::Span;

impl Editor<'_> {
    /// Takes entries or items of one collection away, which are sorted: those that stand side by side together.
    #[must_use]
    pub fn remove(self, children: &[Child]) -> Option<Vec<Edit>> {
        let mut together: Vec<Child> = Vec::new();
        for child in children {
            match together.last_mut() {
                Some(before) if self.is_beside(before.span, child.span) => {
                    before.span = before.span.to(child.span);
                }
                _ => together.push(*child),
            }
        }
        together.into_iter().map(|child| self.remove_one(child)).collect()
    }

    /// Whether nothing stands between two children but what parts them.
    fn is_beside(self, one: Span, other: Span) -> bool {
        let between = self.text().get(one.range().end..other.range().start);
        between.is_some_and(|between| between.chars().all(|c| c.is_whitespace() || ",\"'".contains(c)))
    }

    fn remove_one(self, child: Child) -> Option<Edit> {
        let range = self.with_quotes(child.span.range());
        let range = if self.is_flow(child.parent) {
            self.out_of_flow(&range)?
        } else {
            self.out_of_block(&range, child)?
        };
        let gone = self.text().get(range.clone())?;
        let span = Span::new(self.source_id(), range.start, range.end);
        (!self.holds_comment(gone)).then(|| Edit { span, text: String::new() })
    }

    /// A child of a collection with brackets, the comma that goes with it, and its line if nothing else is in it.
    fn out_of_flow(self, range: &Range<usize>) -> Option<Range<usize>> {
        let rest = self.text().get(range.end..)?;
        let comma = rest.trim_start_matches([' ', '\t']);
        // What has lines of its own in HCL needs no commas.
        if self.language() == Language::Hcl
            && let Some(indent) = self.indent(range.start)
            && let Some(next) = self.next_line(range.end)
        {
            return Some(range.start - indent.len()..next);
        }
        if !comma.starts_with(',') {
            // The last child takes the comma before it away; the only one has none.
            let before = self.before(range.start).trim_end();
            let only = before.ends_with(['[', '{']);
            let start = if only { before } else { before.strip_suffix(',')? }.len();
            let end = range.end + if only { rest.len() - rest.trim_start().len() } else { 0 };
            return Some(start..end);
        }
        let end = range.end + rest.len() - comma.len() + 1;
        let indent = self.indent(range.start);
        if let (Some(indent), Some(next)) = (indent, self.next_line(end)) {
            return Some(range.start - indent.len()..next);
        }
        let blanks = self.text().get(end..)?;
        let blanks = blanks.len() - blanks.trim_start_matches([' ', '\t']).len();
        Some(range.start..end + blanks)
    }

    /// A child that has lines of its own.
    fn out_of_block(self, range: &Range<usize>, child: Child) -> Option<Range<usize>> {
        if !child.has_siblings {
            return None;
        }
        let next = self.next_line(range.end)?;
        let line = self.line_before(range.start);
        let behind_dash = self.stands_behind_dash(range.start);
        if line.trim().is_empty() || (behind_dash && child.is_item) {
            return Some(range.start - line.len()..next);
        }
        // The entry behind a dash: the one below it takes its place.
        let below = self.text().get(next..)?;
        let indent = below.len() - below.trim_start_matches(' ').len();
        (behind_dash && indent == self.column(range.start)).then_some(range.start..next + indent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::edit::marked::{applied, marked};

    use Language::{Hcl, Json, Yaml};

    #[test]
    fn what_is_removed_leaves_no_gap() {
        for (language, text, is_item, expected) in [
            (Yaml, "a: 1\n«b: 2»\nc: 3\n", false, Some("a: 1\nc: 3\n")),
            (Yaml, "a: 1\r\n«b:\r\n  d: 2»\r\n", false, Some("a: 1\r\n")),
            (Yaml, "a: 1\n«b: 2» # why\nc: 3\n", false, None),
            (Yaml, "- a: 1\n- «b: 2\n  c: 3»\n", true, Some("- a: 1\n")),
            (Yaml, "- ‹«a: 1»\n  b: 2\n", false, Some("- b: 2\n")),
            (Yaml, "- ‹«a: 1»\n\n  b: 2\n", false, None),
            (Yaml, "k:\n- «null»\n- b\n", true, Some("k:\n- b\n")),
            (Yaml, "k: ‹[«null», b]", true, Some("k: [b]")),
            (Yaml, "k: ‹{a: 1, «b: 2»}", false, Some("k: {a: 1}")),
            (Yaml, "k: ‹{a: 1, «b: 2» }", false, Some("k: {a: 1 }")),
            (Yaml, "k: ‹[ «null» ]", true, Some("k: []")),
            (Json, "‹{\n  \"a\": 1,\n  \"«b\": 2»\n}", false, Some("{\n  \"a\": 1\n}")),
            (Json, "‹{\n  \"«a\": 1»,\n  \"b\": 2\n}", false, Some("{\n  \"b\": 2\n}")),
            (Json, "‹{\"«a\": 1», \"b\": 2}", false, Some("{\"b\": 2}")),
            (Json, "‹{\n  \"a\": 1, // why\n  \"«b\": 2»\n}", false, None),
            (Hcl, "r \"x\" {\n  a = 1\n  «b = 2»\n}\n", false, Some("r \"x\" {\n  a = 1\n}\n")),
            (Hcl, "r \"x\" {\n  a = 1\n  «b {\n    c = 2\n  }»\n}\n", false, Some("r \"x\" {\n  a = 1\n}\n")),
            (Hcl, "r \"x\" {\n  a = 1\n  «b {\n    # c\n  }»\n}\n", false, None),
            (Hcl, "a = ‹[«null», \"b\"]", true, Some("a = [\"b\"]")),
            (Hcl, "a = ‹{\n  b = 1\n  «c = 2»\n}\n", false, Some("a = {\n  b = 1\n}\n")),
        ] {
            let (source, child) = marked(text);
            let mut edits = Editor::new(&source, language).remove(&[Child { is_item, ..child }]);
            let edit = edits.as_mut().and_then(Vec::pop);
            assert_eq!(applied(&source, edit).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_removed_side_by_side_goes_together() {
        for (language, text, expected) in [
            (Json, "‹{\"a\": 1, \"«b\": 2, \"c\": 3»}", "{\"a\": 1}"),
            (Json, "‹{\n  \"«a\": 1,\n  \"b\": 2»,\n  \"c\": 3\n}", "{\n  \"c\": 3\n}"),
            (Yaml, "a: 1\n«b:\n  d: 2\nc: 3»\n", "a: 1\n"),
            (Hcl, "r {\n  a = 1\n  «b {\n  }\n  c {\n  }»\n}\n", "r {\n  a = 1\n}\n"),
        ] {
            let (source, child) = marked(text);
            // The mark is around two: the second begins behind the last comma or line break between them.
            let Range { start, end } = child.span.range();
            let at = if language == Json {
                source.text[..end].rfind('"').unwrap() - 1
            } else {
                source.text.rfind('c').unwrap()
            };
            let first = source.text[..at].trim_end_matches([' ', '\n', ',', '"']).len();
            let one = Child { span: source.span_at(start, first), ..child };
            let other = Child { span: source.span_at(at, end), ..child };
            let edits = Editor::new(&source, language).remove(&[one, other]).unwrap();
            assert_eq!(edits.len(), 1, "{text}");
            assert_eq!(applied(&source, edits.into_iter().next()).as_deref(), Some(expected), "{text}");
        }
    }
}
