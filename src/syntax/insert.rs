//! What is written into a collection in the layout that it has: an entry or an item behind another one.

use std::ops::Range;

use super::edit::{Child, Editor, Language, is_plain};
use crate::diagnostic::Edit;
use crate::text::Span;

/// A value that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    Text(String),
    /// The name of something: an expression of HCL, a text elsewhere.
    Name(String),
    List(Vec<New>),
    Map(Vec<(String, New)>),
    /// A mapping that is a block in HCL.
    Block(Vec<(String, New)>),
}

impl Editor<'_> {
    /// Adds an entry behind another entry.
    #[must_use]
    pub fn insert_behind(self, sibling: Child, key: &str, value: &New) -> Option<Edit> {
        let range = self.with_quotes(sibling.span.range());
        if self.is_flow(sibling.parent) {
            return self.in_flow(&range, false, |indent| self.flow_entry(key, value, indent));
        }
        let equals = self.equals_sign(&range);
        let is_block = matches!(value, New::Block(_));
        self.in_lines(&range, is_block, |indent| self.block_entry(key, value, indent, equals))
    }

    /// Adds an entry before all others of a mapping, which may have none. Only in YAML and JSON.
    #[must_use]
    pub fn begin(self, mapping: Span, key: &str, value: &New) -> Option<Edit> {
        let written = self.text().get(mapping.range())?;
        let (at, text) = match written.strip_prefix('{') {
            _ if self.language() == Language::Hcl => return None,
            Some(rest) => {
                let first = rest.trim_start();
                if first == "}" {
                    return Some(Edit {
                        span: mapping,
                        text: format!("{{{}}}", self.flow_entry(key, value, None)),
                    });
                }
                if self.holds_comment(rest.lines().next()?) {
                    return None;
                }
                let at = mapping.range().end - first.len();
                let indent = self.indent(at);
                let line = indent.map(|indent| format!("{}{indent}", self.line_break()));
                (at, format!("{},{}", self.flow_entry(key, value, indent), line.as_deref().unwrap_or(" ")))
            }
            None => {
                let at = mapping.range().start;
                let indent = self.indent_of_entry(at)?;
                (at, format!("{}{}{indent}", self.block_entry(key, value, &indent, None), self.line_break()))
            }
        };
        Some(Edit { span: Span::new(self.source_id(), at, at), text })
    }

    /// Adds an item behind another item.
    #[must_use]
    pub fn append(self, sibling: Child, item: &New) -> Option<Edit> {
        let range = self.with_quotes(sibling.span.range());
        if self.is_flow(sibling.parent) {
            return self.in_flow(&range, true, |indent| self.flow(item, indent));
        }
        // What an item begins with, with as many blanks behind the dash as there are.
        let begin = self.line_before(range.start);
        if begin.trim() != "-" {
            return None;
        }
        let inner = " ".repeat(self.column(range.start));
        let text = format!("{}{begin}{}", self.line_break(), self.block_item(item, &inner));
        self.at_end_of_line(&range, text)
    }

    /// A value as it is written in one line.
    #[must_use]
    pub fn inline(self, value: &New) -> String {
        self.flow(value, None)
    }

    /// Puts what is parted from others by commas behind one of them; in lines, if that has a line of its own.
    fn in_flow(
        self,
        range: &Range<usize>,
        is_item: bool,
        written: impl Fn(Option<&str>) -> String,
    ) -> Option<Edit> {
        let insert = |at, text| Some(Edit { span: Span::new(self.source_id(), at, at), text });
        let Some(indent) = self.indent(range.start) else {
            return insert(range.end, format!(", {}", written(None)));
        };
        let line = format!("{}{indent}{}", self.line_break(), written(Some(indent)));
        let rest = self.text().get(range.end..)?;
        let behind = rest.lines().next().unwrap_or_default();
        match self.language() {
            Language::Hcl => {}
            Language::Yaml if self.holds_comment(behind) && !rest.starts_with(',') => return None,
            Language::Yaml if self.holds_comment(behind) => {}
            _ => return insert(range.end, format!(",{line}")),
        }
        // In HCL a line break parts entries, a comma items; where there is one, there is one behind what is new.
        match rest.strip_prefix(',') {
            Some(_) => self.at_end_of_line(&(range.start..range.end + 1), format!("{line},")),
            None if is_item => {
                self.next_line(range.end)?;
                insert(range.end, format!(",{line}"))
            }
            None => self.at_end_of_line(range, line),
        }
    }

    /// Puts what has lines of its own below an entry; parts of an item stand below each other, the first behind the dash.
    /// In HCL an empty line parts blocks from what is beside them.
    fn in_lines(
        self,
        range: &Range<usize>,
        is_block: bool,
        written: impl Fn(&str) -> String,
    ) -> Option<Edit> {
        let indent = self.indent_of_entry(range.start)?;
        let is_apart = is_block || self.text().get(range.clone())?.contains('\n');
        let between = if self.language() == Language::Hcl && is_apart {
            self.line_break().repeat(2)
        } else {
            self.line_break().to_owned()
        };
        self.at_end_of_line(range, format!("{between}{indent}{}", written(&indent)))
    }

    /// What entries in lines begin with, if one begins here.
    fn indent_of_entry(self, at: usize) -> Option<String> {
        match self.indent(at) {
            Some(indent) => Some(indent.to_owned()),
            None => self.stands_behind_dash(at).then(|| " ".repeat(self.column(at))),
        }
    }

    fn at_end_of_line(self, range: &Range<usize>, text: String) -> Option<Edit> {
        let line = self.text().get(range.end..)?;
        let end = range.end + line.find(['\n', '\r']).unwrap_or(line.len());
        let rest = self.text().get(range.end..end)?;
        let is_free = rest.trim().is_empty() || self.holds_comment(rest);
        is_free.then(|| Edit { span: Span::new(self.source_id(), end, end), text })
    }

    fn flow_entry(self, key: &str, value: &New, indent: Option<&str>) -> String {
        let value = self.flow(value, indent);
        match self.language() {
            Language::Yaml => format!("{key}: {value}"),
            Language::Json => format!("\"{key}\": {value}"),
            Language::Hcl => format!("{key} = {value}"),
        }
    }

    /// A value with brackets; in JSON in lines, if there is an indent.
    fn flow(self, value: &New, indent: Option<&str>) -> String {
        let indent = indent.filter(|_| self.language() == Language::Json);
        let inner = indent.map(|indent| format!("{indent}{}", self.step()));
        let (parts, [open, close]): (Vec<String>, _) = match value {
            New::Text(text) => return self.scalar(text),
            New::Name(name) if self.language() == Language::Hcl => return name.clone(),
            New::Name(name) => return self.scalar(name),
            New::List(items) => {
                (items.iter().map(|item| self.flow(item, inner.as_deref())).collect(), ["[", "]"])
            }
            New::Map(entries) | New::Block(entries) => {
                let entry = |(key, value): &(String, New)| self.flow_entry(key, value, inner.as_deref());
                (entries.iter().map(entry).collect(), ["{", "}"])
            }
        };
        match (indent, inner) {
            (Some(indent), Some(inner)) => {
                let line = self.line_break();
                let parts = parts.join(&format!(",{line}{inner}"));
                format!("{open}{line}{inner}{parts}{line}{indent}{close}")
            }
            _ if open == "[" => format!("[{}]", parts.join(", ")),
            _ => format!("{{ {} }}", parts.join(", ")),
        }
    }

    fn scalar(self, text: &str) -> String {
        if self.language() == Language::Yaml && is_plain(text) { text.to_owned() } else { self.quoted(text) }
    }

    /// An entry in lines; `equals` is the column where the sign stands, seen from the key.
    fn block_entry(self, key: &str, value: &New, indent: &str, equals: Option<usize>) -> String {
        let inner = format!("{indent}{}", self.step());
        let line = self.line_break();
        match (self.language(), value) {
            (Language::Hcl, New::Block(entries)) => {
                let entry = |(key, value): &(String, New)| {
                    format!("{inner}{}{line}", self.block_entry(key, value, &inner, None))
                };
                format!("{key} {{{line}{}{indent}}}", entries.iter().map(entry).collect::<String>())
            }
            (Language::Hcl, value) => {
                let width = equals.unwrap_or_default();
                format!("{key:width$} = {}", self.flow(value, None))
            }
            (_, New::Map(_) | New::Block(_)) => {
                format!("{key}:{line}{inner}{}", self.block_item(value, &inner))
            }
            (_, New::List(items)) => {
                let item = |item| format!("{line}{inner}- {}", self.block_item(item, &format!("{inner}  ")));
                format!("{key}:{}", items.iter().map(item).collect::<String>())
            }
            (_, value) => format!("{key}: {}", self.flow(value, None)),
        }
    }

    /// A value of YAML whose first line is begun.
    fn block_item(self, value: &New, indent: &str) -> String {
        let (New::Map(entries) | New::Block(entries)) = value else { return self.flow(value, None) };
        let entry = |(key, value): &(String, New)| self.block_entry(key, value, indent, None);
        entries.iter().map(entry).collect::<Vec<_>>().join(&format!("{}{indent}", self.line_break()))
    }

    /// How far one level is indented.
    #[must_use]
    pub fn step(self) -> &'static str {
        const STEPS: &str = "        ";
        let is_code =
            |line: &&str| line.starts_with([' ', '\t']) && !line.trim_start().starts_with(['*', '#', '/']);
        let Some(line) = self.text().lines().filter(|line| !line.trim().is_empty()).find(is_code) else {
            return "  ";
        };
        if line.starts_with('\t') {
            return "\t";
        }
        let blanks = line.len() - line.trim_start_matches(' ').len();
        STEPS.get(..blanks).unwrap_or("  ")
    }

    /// How wide the name of an argument is with the blanks behind it, by which the signs stand below each other.
    fn equals_sign(self, range: &Range<usize>) -> Option<usize> {
        let argument = self.text().get(range.clone())?;
        let name = argument.get(..argument.find('=')?)?;
        (!name.contains(['{', '\n'])).then(|| name.chars().count().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::edit::marked::{applied, marked};

    use Language::{Hcl, Json, Yaml};

    fn text(text: &str) -> New {
        New::Text(text.to_owned())
    }

    #[test]
    fn what_is_added_stands_like_its_sibling() {
        for (language, text_, expected) in [
            (Yaml, "«a: 1» # why\nb: 2\n", Some("a: 1 # why\nKey: Value\nb: 2\n")),
            (Yaml, "k:\r\n  - ‹«a: 1»\r\n", Some("k:\r\n  - a: 1\r\n    Key: Value\r\n")),
            (Yaml, "k:\n  ‹a:\n  «b:\n      c: 1»", Some("k:\n  a:\n  b:\n      c: 1\n  Key: Value")),
            (Yaml, "k: ‹{«a: 1», b: 2}", Some("k: {a: 1, Key: Value, b: 2}")),
            (Json, "‹{\"«a\": 1»}", Some("{\"a\": 1, \"Key\": \"Value\"}")),
            (Json, "‹{\"«a\": \"x»\"}", Some("{\"a\": \"x\", \"Key\": \"Value\"}")),
            (Json, "‹{\n\t\"«a\": 1»\n}", Some("{\n\t\"a\": 1,\n\t\"Key\": \"Value\"\n}")),
            (Hcl, "r {\n  «long  = 1» # why\n}\n", Some("r {\n  long  = 1 # why\n  Key   = \"Value\"\n}\n")),
            (Hcl, "r {\n  «a = 1»\n}\n", Some("r {\n  a = 1\n  Key = \"Value\"\n}\n")),
            (Hcl, "r {\n  «a {\n  }»\n}\n", Some("r {\n  a {\n  }\n\n  Key = \"Value\"\n}\n")),
            (Hcl, "a = ‹{\n  «b = 1» # why\n}", Some("a = {\n  b = 1 # why\n  Key = \"Value\"\n}")),
            (Hcl, "a = ‹{\n  «b = 1»,\n}", Some("a = {\n  b = 1,\n  Key = \"Value\",\n}")),
            (Hcl, "a = ‹{ «b = 1» }", Some("a = { b = 1, Key = \"Value\" }")),
        ] {
            let (source, child) = marked(text_);
            let edit = Editor::new(&source, language).insert_behind(child, "Key", &text("Value"));
            assert_eq!(applied(&source, edit).as_deref(), expected, "{text_}");
        }
    }

    #[test]
    fn what_is_added_first_stands_like_those_behind_it() {
        for (language, text_, expected) in [
            (Yaml, "p:\r\n  «a: 1»\r\n", Some("p:\r\n  Key: Value\r\n  a: 1\r\n")),
            (Yaml, "- «a: 1»\n", Some("- Key: Value\n  a: 1\n")),
            (Yaml, "p: «{a: 1}»\n", Some("p: {Key: Value, a: 1}\n")),
            (Yaml, "p: «{ }»\n", Some("p: {Key: Value}\n")),
            (Yaml, "p: «{ # why\n  a: 1}»\n", None),
            (Yaml, "p: &a {«a: 1»}\n", None),
            (Json, "«{}»", Some("{\"Key\": \"Value\"}")),
            (Json, "«{\n\t\"a\": 1\n}»", Some("{\n\t\"Key\": \"Value\",\n\t\"a\": 1\n}")),
            (Hcl, "p = «{ a = 1 }»\n", None),
        ] {
            let (source, child) = marked(text_);
            let edit = Editor::new(&source, language).begin(child.span, "Key", &text("Value"));
            assert_eq!(applied(&source, edit).as_deref(), expected, "{text_}");
        }
    }

    #[test]
    fn what_holds_others_is_written_in_the_same_layout() {
        let tag = New::Map(vec![("K".to_owned(), text("a")), ("V".to_owned(), text("true"))]);
        let tags = New::List(vec![tag]);
        let block = New::Block(vec![("b".to_owned(), New::Name("x.y".to_owned()))]);
        for (language, text_, value, expected) in [
            (
                Yaml,
                "r:\n    «a: 1»\n",
                &tags,
                "r:\n    a: 1\n    T:\n        - K: a\n          V: \"true\"\n",
            ),
            (Yaml, "r:\n  «a: 1»\n", &block, "r:\n  a: 1\n  T:\n    b: x.y\n"),
            (Yaml, "r: ‹{ «a: 1» }\n", &tags, "r: { a: 1, T: [{ K: a, V: \"true\" }] }\n"),
            (Json, "‹{\"«a\": 1»}", &tags, "{\"a\": 1, \"T\": [{ \"K\": \"a\", \"V\": \"true\" }]}"),
            (
                Json,
                "‹{\n\t\"«a\": 1»\n}",
                &tags,
                "{\n\t\"a\": 1,\n\t\"T\": [\n\t\t{\n\t\t\t\"K\": \"a\",\n\t\t\t\"V\": \"true\"\n\t\t}\n\t]\n}",
            ),
            (Hcl, "r {\n  «a  = 1»\n}\n", &tags, "r {\n  a  = 1\n  T  = [{ K = \"a\", V = \"true\" }]\n}\n"),
            (Hcl, "r {\n  «a = 1»\n}\n", &block, "r {\n  a = 1\n\n  T {\n    b = x.y\n  }\n}\n"),
        ] {
            let (source, child) = marked(text_);
            let edit = Editor::new(&source, language).insert_behind(child, "T", value);
            assert_eq!(applied(&source, edit).as_deref(), Some(expected), "{text_}");
        }
    }

    #[test]
    fn an_item_is_appended() {
        let item = New::Map(vec![("K".to_owned(), text("b")), ("V".to_owned(), text("c"))]);
        for (language, text_, expected) in [
            (Yaml, "t:\n- ‹«K: a»\nu: 1\n", Some("t:\n- K: a\n- K: b\n  V: c\nu: 1\n")),
            (
                Yaml,
                "t:\n  - ‹«K: a\n    V: b» # why\n",
                Some("t:\n  - K: a\n    V: b # why\n  - K: b\n    V: c\n"),
            ),
            (Yaml, "t:\n-   ‹«K: a»\n", Some("t:\n-   K: a\n-   K: b\n    V: c\n")),
            (Yaml, "t: ‹[«{K: a}»]\n", Some("t: [{K: a}, { K: b, V: c }]\n")),
            (Json, "‹[«{}»]", Some("[{}, { \"K\": \"b\", \"V\": \"c\" }]")),
            (Hcl, "t = ‹[\n  «{ K = 1 }»\n]\n", Some("t = [\n  { K = 1 },\n  { K = \"b\", V = \"c\" }\n]\n")),
            (
                Hcl,
                "t = ‹[\n  «{ K = 1 }»,\n]\n",
                Some("t = [\n  { K = 1 },\n  { K = \"b\", V = \"c\" },\n]\n"),
            ),
            (Hcl, "t = ‹[\n  «{ K = 1 }» # why\n]\n", None),
        ] {
            let (source, child) = marked(text_);
            let edit = Editor::new(&source, language).append(Child { is_item: true, ..child }, &item);
            assert_eq!(applied(&source, edit).as_deref(), expected, "{text_}");
        }
    }
}
