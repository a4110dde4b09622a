//! Members whose changes are ignored: what is deployed may be something else than what is written.

use crate::text::Span;
use crate::value::{Entry, Key, Kind, ResourceKind, Value};

const REASON: &str = "a property whose changes are ignored";

/// A member whose changes are ignored, and where that is written.
#[derive(Debug)]
pub struct Ignored {
    /// As the provider spells it; none for all of them.
    pub name: Option<String>,
    pub span: Span,
}

/// Properties in the words of a provider, with what is ignored in them not known.
#[must_use]
pub fn without(mut properties: Value, ignored: &[Ignored], kind: ResourceKind) -> Value {
    for Ignored { name, span } in ignored {
        let Kind::Map(map) = &mut properties.kind else { return properties };
        let Some(name) = name else { return Value::unknown(properties.span, REASON) };
        let written = map.entries.len();
        map.entries.retain(|entry| entry.key.name != *name);
        // A configuration shows what it does not know; it is not to show this.
        if map.entries.len() < written || kind != ResourceKind::LogDeliveryConfiguration {
            let key = Key { name: name.clone(), span: *span };
            map.entries.push(Entry { key, value: Value::unknown(*span, REASON) });
        }
    }
    properties
}
