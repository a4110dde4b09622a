//! JSON, with comments and trailing commas.

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::syntax::document::{Document, DuplicateKey, SyntaxError};
use crate::syntax::layout::{Notation, of_flow_scalar};
use crate::syntax::mapping::find_duplicates;
use crate::text::{SourceId, Span};
use crate::value::literal::Literal;
use crate::value::{Entry, Key, Kind, Map, Text, Value};

/// What is accepted beyond JSON: comments and trailing commas.
pub const OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads one value.
///
/// # Errors
///
/// The first thing that is not JSON. The parser bounds the depth, and with it the recursion here.
pub fn parse(text: &str, id: SourceId) -> Result<Document, SyntaxError> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shift = text.len() - body.len();
    let error = |range: jsonc_parser::common::Range, message: &str| {
        SyntaxError::new(text, id, range.start + shift..range.end + shift, message)
    };
    let parsed = parse_to_ast(body, &CollectOptions::default(), &OPTIONS)
        .map_err(|fault| error(fault.range(), &lower_first(&fault.kind().to_string())))?;
    let Some(root) = parsed.value else {
        return Err(SyntaxError::new(text, id, text.len()..text.len(), "expected a value"));
    };
    let mut tree = Tree { body, id, shift, duplicates: Vec::new(), control: None };
    let root = tree.value(root);
    if let Some(at) = tree.control {
        return Err(SyntaxError::new(text, id, at..at, "unexpected control character in a string"));
    }
    tree.duplicates.sort_by_key(|key| key.span);
    Ok(Document { root, duplicates: tree.duplicates })
}

struct Tree<'a> {
    body: &'a str,
    id: SourceId,
    shift: usize,
    duplicates: Vec<DuplicateKey>,
    /// The first control character in a string, which the parser lets pass.
    control: Option<usize>,
}

impl Tree<'_> {
    fn value(&mut self, node: ast::Value<'_>) -> Value {
        let range = node.range();
        let span = self.span(range.start, range.end);
        let kind = match node {
            ast::Value::NullKeyword(_) => Kind::Null,
            ast::Value::BooleanLit(node) => Kind::Bool(node.value),
            ast::Value::NumberLit(node) => Kind::Number(node.value.to_owned()),
            ast::Value::StringLit(node) => {
                let (span, raw) = self.inside(&node);
                let layout = of_flow_scalar(&node.value, raw, Notation::DoubleQuoted);
                Kind::Text(Text::literal(Literal { text: node.value.into_owned(), span, layout }))
            }
            ast::Value::Array(node) => {
                Kind::List(node.elements.into_iter().map(|item| self.value(item)).collect())
            }
            ast::Value::Object(node) => {
                let entries = node.properties.into_iter().map(|property| self.entry(property)).collect();
                let map = Map { entries };
                find_duplicates(map.entries.iter().map(|entry| &entry.key), &mut self.duplicates);
                Kind::Map(map)
            }
        };
        Value::new(span, kind)
    }

    fn entry(&mut self, property: ast::ObjectProp<'_>) -> Entry {
        let key = match property.name {
            ast::ObjectPropName::String(name) => {
                let (span, _) = self.inside(&name);
                Key { name: name.value.into_owned(), span }
            }
            ast::ObjectPropName::Word(name) => {
                Key { name: name.value.to_owned(), span: self.span(name.range.start, name.range.end) }
            }
        };
        Entry { key, value: self.value(property.value) }
    }

    /// What stands between the quotes of a string.
    fn inside(&mut self, node: &ast::StringLit<'_>) -> (Span, &str) {
        let (start, end) = (node.range.start + 1, node.range.end.saturating_sub(1));
        let raw = self.body.get(start..end).unwrap_or_default();
        if self.control.is_none() {
            let control = raw.bytes().position(|byte| byte < b' ');
            self.control = control.map(|at| start + at + self.shift);
        }
        (self.span(start, end), raw)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.id, start + self.shift, end + self.shift)
    }
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
