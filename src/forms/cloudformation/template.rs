//! The sections of a template, found but not yet interpreted.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::compared::Compared;
use super::resources;
use crate::text::Span;
use crate::value::{Entry, Kind, Map, ResourceKind, Value};

/// A template, and where in its file it stands.
pub struct Template<'v> {
    declared: HashMap<&'v str, Declared<'v>>,
    order: Vec<&'v str>,
    /// The mappings that hold the sections: one, but several in a Serverless file.
    parts: Vec<&'v Map>,
    /// The sections' keys where the file has them twice.
    twice: Vec<Span>,
    /// Made when first asked for.
    compared: OnceCell<Compared<'v>>,
}

/// One entry of `Resources`.
pub struct Declared<'v> {
    entry: &'v Entry,
    /// Keys of the same logical id that this one replaces.
    earlier: Vec<Span>,
}

impl<'v> Declared<'v> {
    pub fn logical_id(&self) -> &'v str {
        &self.entry.key.name
    }

    pub fn resource_type(&self) -> &'v str {
        self.member("Type").and_then(Value::as_str).unwrap_or_default()
    }

    pub fn kind(&self) -> ResourceKind {
        resources::kind(self.resource_type())
    }

    /// The logical id, as it is written.
    pub fn header(&self) -> Span {
        self.entry.key.span
    }

    pub fn member(&self, name: &str) -> Option<&'v Value> {
        self.entry.value.get(name)
    }

    /// All that is written of the resource, and the keys of its logical id that come before it.
    pub fn spans(&self) -> Vec<Span> {
        let whole = self.entry.key.span.to(self.entry.value.span);
        self.earlier.iter().copied().chain([whole]).collect()
    }
}

impl<'v> Template<'v> {
    /// The template that a document is or contains.
    pub fn find(root: &'v Value) -> Option<Self> {
        let map = root.as_map()?;
        let parts = match map.get("Resources") {
            Some(_) => vec![map],
            None => serverless_parts(&map.get("resources")?.value),
        };
        let sections = parts.iter().filter_map(|part| part.get("Resources")?.value.as_map());
        let mut declared: HashMap<&str, Declared<'_>> = HashMap::new();
        let mut order = Vec::new();
        for entry in
            sections.flat_map(|section| &section.entries).filter(|entry| entry.value.as_map().is_some())
        {
            let id = entry.key.name.as_str();
            let earlier = match declared.remove(id) {
                Some(before) => before.earlier.iter().copied().chain([before.header()]).collect(),
                None => {
                    order.push(id);
                    Vec::new()
                }
            };
            declared.insert(id, Declared { entry, earlier });
        }
        let twice = parts.iter().flat_map(|part| repeated(part, "Resources")).collect();
        let compared = OnceCell::new();
        Some(Self { declared, order, parts, twice, compared })
    }

    /// The resources, in the order of the file.
    pub fn resources(&self) -> impl Iterator<Item = &Declared<'v>> {
        self.order.iter().filter_map(|id| self.declared.get(id))
    }

    pub fn resource(&self, logical_id: &str) -> Option<&Declared<'v>> {
        self.declared.get(logical_id)
    }

    /// Keys above the resources that stand twice.
    pub fn roots(&self) -> impl Iterator<Item = Span> {
        self.twice.iter().copied()
    }

    pub fn parameter(&self, name: &str) -> Option<&'v Value> {
        self.member("Parameters", name)
    }

    pub fn condition(&self, name: &str) -> Option<&'v Value> {
        self.member("Conditions", name)
    }

    pub fn mapping(&self, name: &str) -> Option<&'v Value> {
        self.member("Mappings", name)
    }

    fn member(&self, section: &str, name: &str) -> Option<&'v Value> {
        self.parts.iter().find_map(|part| part.get(section)?.value.get(name))
    }

    /// The texts that an expression of this identity is compared with in conditions, or that it can find in a mapping.
    pub fn compared_with(&self, identity: &str) -> &[&'v str] {
        self.compared.get_or_init(|| Compared::find(&self.parts, |name| self.mapping(name))).with(identity)
    }
}

/// The mappings under `resources:` of a Serverless file that hold sections of a template.
fn serverless_parts(resources: &Value) -> Vec<&Map> {
    match &resources.kind {
        Kind::Map(map) => vec![map],
        Kind::List(items) => items.iter().filter_map(Value::as_map).collect(),
        _ => Vec::new(),
    }
}

/// The keys of a name, if there are several.
fn repeated(map: &Map, name: &str) -> Vec<Span> {
    let keys: Vec<Span> =
        map.entries.iter().filter(|entry| entry.key.name == name).map(|entry| entry.key.span).collect();
    if keys.len() > 1 { keys } else { Vec::new() }
}
