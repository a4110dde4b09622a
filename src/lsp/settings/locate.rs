//! What stands at a place of a file, and what its schema says of that.

use crate::lsp::settings::schema::Place;
use crate::spec::pointer_step;
use crate::text::Span;
use crate::value::{Entry, Kind, Map, Value};

/// A key, or a value that is no collection.
#[derive(Debug)]
pub struct Spot<'v> {
    pub span: Span,
    /// The JSON pointer of the value, or of the member that the key is of.
    pub pointer: String,
    /// What the schema says of the value.
    pub place: Place<'static>,
    pub role: Role<'v>,
}

#[derive(Debug)]
pub enum Role<'v> {
    Key {
        name: &'v str,
        /// The mapping that it is in, and what the schema says of that.
        map: &'v Map,
        of: Place<'static>,
    },
    Value(&'v Value),
}

/// What is looked for.
pub enum Wanted<'w> {
    /// What stands at a byte offset; at the end of a word it is still that word's.
    At(usize),
    /// A word that is still being written, so that it says nothing of what is meant.
    Word(&'w str),
}

impl Wanted<'_> {
    /// The first key or value that is wanted, in a document of a schema.
    #[must_use]
    pub fn find<'v>(&self, root: &'v Value, place: &Place<'static>) -> Option<Spot<'v>> {
        self.inside(root, place, "")
    }

    fn inside<'v>(&self, value: &'v Value, place: &Place<'static>, pointer: &str) -> Option<Spot<'v>> {
        match &value.kind {
            Kind::Map(map) => map.entries.iter().find_map(|entry| self.entry(map, entry, place, pointer)),
            Kind::List(items) => items.iter().enumerate().find_map(|(index, item)| {
                self.inside(item, &place.item(self.said(item)), &format!("{pointer}/{index}"))
            }),
            _ => self.is_it(value.span, value.as_str()).then(|| Spot {
                span: value.span,
                pointer: pointer.to_owned(),
                place: place.clone(),
                role: Role::Value(value),
            }),
        }
    }

    fn entry<'v>(
        &self,
        map: &'v Map,
        entry: &'v Entry,
        of: &Place<'static>,
        pointer: &str,
    ) -> Option<Spot<'v>> {
        let Entry { key, value } = entry;
        let pointer = format!("{pointer}/{}", pointer_step(&key.name));
        let place = of.member(&key.name, self.said(value));
        if self.is_it(key.span, Some(&key.name)) {
            let role = Role::Key { name: &key.name, map, of: of.clone() };
            return Some(Spot { span: key.span, pointer, place, role });
        }
        self.inside(value, &place, &pointer)
    }

    /// A value as far as it says something.
    fn said<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        let is_word = |word: &str| value.as_str().is_some_and(|text| text.contains(word));
        match self {
            Self::Word(word) if is_word(word) => None,
            _ => Some(value),
        }
    }

    fn is_it(&self, span: Span, text: Option<&str>) -> bool {
        match self {
            Self::At(offset) => span.range().start <= *offset && *offset <= span.range().end,
            Self::Word(word) => text.is_some_and(|text| text.contains(word)),
        }
    }
}
