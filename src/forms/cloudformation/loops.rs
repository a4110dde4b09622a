//! `Fn::ForEach`, written out: what CloudFormation makes of it before it looks at anything else.
//!
//! A loop over what the file does not say stays as it is; nothing is known of the mapping that it stands in.

use std::borrow::Cow;

use super::function::function;
use super::variables;
use crate::value::literal::Literal;
use crate::value::{Entry, Key, Kind, Map, Part, Tagged, Text, Value};

/// How many nodes the loops of a file may write out; of a file in which they write more, none is.
const MAX_NODES: usize = 100_000;

const EXTENSIONS: &str = "AWS::LanguageExtensions";
const LOOP: &str = "Fn::ForEach::";

/// A file with its loops written out, if it goes through the transform that does so.
pub fn written_out(root: &Value) -> Cow<'_, Value> {
    if !(is_extended(root) && has_loop(root)) {
        return Cow::Borrowed(root);
    }
    let mut writer = Writer { root, variables: Vec::new(), left: MAX_NODES };
    let written = writer.node(root);
    if writer.left == 0 { Cow::Borrowed(root) } else { Cow::Owned(written) }
}

/// Whether a template, or a part of one in a Serverless file, names the transform.
fn is_extended(root: &Value) -> bool {
    let names = |part: &Value| {
        let transform = part.get("Transform");
        let names = transform.map(|transform| transform.as_list().unwrap_or(std::slice::from_ref(transform)));
        names.unwrap_or_default().iter().any(|name| name.as_str() == Some(EXTENSIONS))
    };
    parts(root).any(names)
}

/// What may hold sections of a template: the file, and in a Serverless file what stands under `resources`.
fn parts(root: &Value) -> impl Iterator<Item = &Value> {
    let parts = root.get("resources").map(|parts| parts.as_list().unwrap_or(std::slice::from_ref(parts)));
    std::iter::once(root).chain(parts.unwrap_or_default())
}

fn has_loop(value: &Value) -> bool {
    match &value.kind {
        Kind::Map(map) => {
            map.entries.iter().any(|entry| entry.key.name.starts_with(LOOP) || has_loop(&entry.value))
        }
        Kind::List(items) => items.iter().any(has_loop),
        Kind::Tagged(tagged) => has_loop(&tagged.value),
        _ => false,
    }
}

struct Writer<'v> {
    root: &'v Value,
    /// The identifiers of the loops around a node, and what they are.
    variables: Vec<(String, String)>,
    /// Nodes that may still be written; 0 once there were too many.
    left: usize,
}

impl<'v> Writer<'v> {
    fn node(&mut self, value: &Value) -> Value {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return Value::new(value.span, Kind::Null);
        }
        if let Some(("Ref", name)) = function(value)
            && let Some(text) = name.as_str().and_then(|name| self.variable(name))
        {
            let literal = Literal::opaque(text, name.span);
            return Value { kind: Kind::Text(Text::literal(literal)), ..value.clone() };
        }
        let kind = match &value.kind {
            Kind::Map(map) => Kind::Map(Map { entries: self.entries(map) }),
            Kind::List(items) => Kind::List(items.iter().map(|item| self.node(item)).collect()),
            Kind::Tagged(tagged) => {
                Kind::Tagged(Box::new(Tagged { value: self.node(&tagged.value), ..tagged.as_ref().clone() }))
            }
            Kind::Text(Text { parts, reference: None }) => match parts.as_slice() {
                [Part::Literal(literal)] => match self.filled_in(&literal.text) {
                    Some(text) => Kind::Text(Text::literal(Literal::opaque(text, literal.span))),
                    None => value.kind.clone(),
                },
                _ => value.kind.clone(),
            },
            other => other.clone(),
        };
        Value { span: value.span, kind, used_at: value.used_at }
    }

    fn entries(&mut self, map: &Map) -> Vec<Entry> {
        let mut written = Vec::with_capacity(map.entries.len());
        for entry in &map.entries {
            match self.turns(entry) {
                Some(turns) => written.extend(turns),
                None => {
                    let name = self.filled_in(&entry.key.name).unwrap_or_else(|| entry.key.name.clone());
                    let key = Key { name, span: entry.key.span };
                    written.push(Entry { key, value: self.node(&entry.value) });
                }
            }
        }
        written
    }

    /// What a loop writes; none for what is no loop, or one over what is not known.
    fn turns(&mut self, entry: &Entry) -> Option<Vec<Entry>> {
        let [identifier, collection, Value { kind: Kind::Map(body), .. }] =
            entry.value.as_list().filter(|_| entry.key.name.starts_with(LOOP))?
        else {
            return None;
        };
        let identifier = identifier.as_str()?;
        let collection = self.node(collection);
        let items = match function(&collection) {
            Some(("Fn::FindInMap", arguments)) => self.mapped(arguments)?,
            _ => &collection,
        };
        let texts: Option<Vec<&str>> = items.as_list()?.iter().map(variables::literal).collect();
        let mut written = Vec::new();
        for text in texts? {
            self.variables.push((identifier.to_owned(), text.to_owned()));
            written.extend(self.entries(body));
            self.variables.pop();
        }
        Some(written)
    }

    /// What stands in a mapping under keys that are written out.
    fn mapped(&self, arguments: &Value) -> Option<&'v Value> {
        let [mapping, first, second] = arguments.as_list()? else { return None };
        let [mapping, first, second] = [mapping, first, second].map(Value::as_str);
        let mapping = parts(self.root).find_map(|part| part.get("Mappings")?.get(mapping?))?;
        mapping.get(first?)?.get(second?)
    }

    /// What an identifier stands for, that of the innermost loop first.
    fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().rev().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// A text with `${Identifier}` and `&{Identifier}` replaced; none where there are none.
    fn filled_in(&self, text: &str) -> Option<String> {
        if self.variables.is_empty() || !text.contains('{') {
            return None;
        }
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find("${").into_iter().chain(rest.find("&{")).min() {
            let (before, from) = rest.split_at(open);
            filled.push_str(before);
            let named = from.get(2..).and_then(|name| name.split_once('}'));
            match named.and_then(|(name, behind)| Some((self.variable(name.trim())?, behind))) {
                Some((text, behind)) if from.starts_with('&') => {
                    filled.extend(text.chars().filter(char::is_ascii_alphanumeric));
                    rest = behind;
                }
                Some((text, behind)) => {
                    filled.push_str(text);
                    rest = behind;
                }
                None => {
                    filled.push_str(&from[..2]);
                    rest = &from[2..];
                }
            }
        }
        filled.push_str(rest);
        (filled != text).then_some(filled)
    }
}
