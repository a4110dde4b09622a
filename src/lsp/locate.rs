//! What of a configuration stands at a place in a text.

use crate::spec::{Resource, pointer_step};
use crate::text::{SourceId, Span};
use crate::value::{Entry, Kind, Map, Part, Value};

/// A member of a configuration, or an entry of a list in one.
#[derive(Debug)]
pub struct Place<'r> {
    pub resource: &'r Resource,
    /// The canonical JSON pointer.
    pub pointer: String,
    /// The key, or what stands at the place of the value.
    pub span: Span,
    /// The mapping that it is a member of.
    pub beside: &'r Map,
    /// None where the place is in the key.
    pub value: Option<&'r Value>,
}

/// The member at a byte offset of a source; at the end of a word it is still that word's.
pub fn at(resources: &[Resource], id: SourceId, offset: usize) -> Option<Place<'_>> {
    let configurations = resources.iter().filter(|resource| resource.is_configuration());
    let mut looking = configurations.map(|resource| {
        let here = Here { resource, id, offset };
        here.inside(&resource.properties, "")
    });
    looking.find_map(|found| found)
}

/// Whether something holds for a value in some alternative.
pub fn some(value: &Value, holds: &dyn Fn(&Value) -> bool) -> bool {
    match &value.kind {
        Kind::Choice(choice) => choice.alternatives.iter().any(|one| some(&one.value, holds)),
        _ => holds(value),
    }
}

#[derive(Clone, Copy)]
struct Here<'r> {
    resource: &'r Resource,
    id: SourceId,
    offset: usize,
}

impl<'r> Here<'r> {
    fn is_in(self, span: Span) -> bool {
        span.source == self.id && span.range().start <= self.offset && self.offset <= span.range().end
    }

    fn inside(self, value: &'r Value, pointer: &str) -> Option<Place<'r>> {
        match &value.kind {
            Kind::Map(map) => map.entries.iter().find_map(|entry| self.entry(map, entry, pointer)),
            Kind::List(items) => {
                let mut items = items.iter().enumerate();
                items.find_map(|(index, item)| self.inside(item, &format!("{pointer}/{index}")))
            }
            Kind::Choice(choice) => {
                let mut values = choice.alternatives.iter().map(|alternative| &alternative.value);
                values.find_map(|value| self.inside(value, pointer))
            }
            _ => None,
        }
    }

    fn entry(self, beside: &'r Map, entry: &'r Entry, pointer: &str) -> Option<Place<'r>> {
        let pointer = format!("{pointer}/{}", pointer_step(&entry.key.name));
        let place = |span, value| {
            let (resource, pointer) = (self.resource, pointer.clone());
            Some(Place { resource, pointer, span, beside, value })
        };
        if self.is_in(entry.key.span) {
            return place(entry.key.span, None);
        }
        self.inside(&entry.value, &pointer).or_else(|| {
            let span = self.scalar(&entry.value)?;
            place(span, Some(&entry.value))
        })
    }

    /// The place of a value that is not a collection, in one of its alternatives.
    fn scalar(self, value: &Value) -> Option<Span> {
        let span = value.used_at.unwrap_or(value.span);
        match &value.kind {
            Kind::Map(_) | Kind::List(_) => None,
            Kind::Choice(choice) => {
                choice.alternatives.iter().find_map(|alternative| self.scalar(&alternative.value))
            }
            Kind::Text(text) if !self.is_in(span) => {
                let written = text.parts.iter().map(|part| match part {
                    Part::Literal(literal) => literal.span,
                    Part::Hole(hole) => hole.span,
                });
                written.into_iter().find(|span| self.is_in(*span))
            }
            _ => self.is_in(span).then_some(span),
        }
    }
}
