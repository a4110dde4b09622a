//! The sections of a template, found but not yet interpreted.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::compared::Compared;
use super::resources;
use crate::spec::TypeEntry;
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

/// A section whose entries others refer to.
#[derive(Clone, Copy, Debug)]
pub enum Section {
    Resources,
    Parameters,
    Conditions,
    Mappings,
}

/// One entry of `Resources`.
pub struct Declared<'v> {
    entry: &'v Entry,
    /// Keys of the same logical id that this one replaces.
    earlier: Vec<Span>,
    /// Whether something else is merged into it before it is deployed.
    amended: bool,
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

    pub fn type_entry(&self) -> Option<TypeEntry> {
        TypeEntry::of(&self.entry.value, "Type")
    }

    /// Whether more may be in it than is written: a macro stands in it, or it is written in pieces.
    pub fn is_amended(&self) -> bool {
        let members = self.entry.value.as_map().map_or(&[][..], |map| &map.entries);
        self.amended || members.iter().any(|member| member.key.name.starts_with("Fn::"))
    }

    /// All that is written of the resource, and the keys of its logical id that come before it.
    pub fn spans(&self) -> Vec<Span> {
        self.earlier.iter().copied().chain([self.span()]).collect()
    }

    /// All that is written of the resource.
    pub fn span(&self) -> Span {
        self.entry.key.span.to(self.entry.value.span)
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
        let mut declared: HashMap<&str, Declared<'_>> = HashMap::new();
        let mut order = Vec::new();
        for part in &parts {
            let mut here: HashMap<&str, Declared<'_>> = HashMap::new();
            let mut order_here = Vec::new();
            for entry in resources_in(part) {
                let id = entry.key.name.as_str();
                let earlier = match here.remove(id) {
                    Some(before) => before.earlier.iter().copied().chain([before.header()]).collect(),
                    None => {
                        order_here.push(id);
                        Vec::new()
                    }
                };
                here.insert(id, Declared { entry, earlier, amended: false });
            }
            for id in order_here {
                let Some(new) = here.remove(id) else { continue };
                match declared.get_mut(id) {
                    // Serverless merges what its parts say of one resource.
                    Some(known) if known.resource_type().is_empty() => {
                        *known = Declared { amended: true, ..new };
                    }
                    Some(known) => known.amended = true,
                    None => {
                        order.push(id);
                        declared.insert(id, new);
                    }
                }
            }
        }
        for id in parts.iter().flat_map(|part| extended_in(part)) {
            if let Some(extended) = declared.get_mut(id) {
                extended.amended = true;
            }
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

    /// The rules that every deployment obeys.
    pub fn rules(&self) -> impl Iterator<Item = &'v Value> {
        let sections = self.parts.iter().filter_map(|part| part.get("Rules")?.value.as_map());
        sections.flat_map(|section| &section.entries).map(|entry| &entry.value)
    }

    pub fn mapping(&self, name: &str) -> Option<&'v Value> {
        self.member("Mappings", name)
    }

    /// What is said of the template and is no part of it.
    pub fn metadata(&self) -> impl Iterator<Item = &'v Value> {
        self.parts.iter().filter_map(|part| part.get("Metadata").map(|entry| &entry.value))
    }

    /// The names of what the template goes through before it is deployed; none for one that is no name.
    pub fn transforms(&self) -> impl Iterator<Item = Option<&'v str>> {
        let sections = self.parts.iter().filter_map(|part| part.get("Transform").map(|entry| &entry.value));
        sections
            .flat_map(|section| section.as_list().unwrap_or(std::slice::from_ref(section)))
            .map(|transform| transform.as_str().or_else(|| transform.get("Name").and_then(Value::as_str)))
    }

    /// The name of something, where it is declared.
    pub fn key(&self, section: Section, name: &str) -> Option<Span> {
        let section = match section {
            Section::Resources => return self.resource(name).map(Declared::header),
            Section::Parameters => "Parameters",
            Section::Conditions => "Conditions",
            Section::Mappings => "Mappings",
        };
        self.entry(section, name).map(|entry| entry.key.span)
    }

    fn member(&self, section: &str, name: &str) -> Option<&'v Value> {
        self.entry(section, name).map(|entry| &entry.value)
    }

    fn entry(&self, section: &str, name: &str) -> Option<&'v Entry> {
        self.parts.iter().find_map(|part| part.get(section)?.value.as_map()?.get(name))
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

fn resources_in(part: &Map) -> impl Iterator<Item = &Entry> {
    let section = part.get("Resources").and_then(|section| section.value.as_map());
    section.into_iter().flat_map(|section| &section.entries).filter(|entry| entry.value.as_map().is_some())
}

/// The logical ids that a Serverless file adds to under `extensions`.
fn extended_in(part: &Map) -> impl Iterator<Item = &str> {
    let section = part.get("extensions").and_then(|section| section.value.as_map());
    section.into_iter().flat_map(|section| &section.entries).map(|entry| entry.key.name.as_str())
}

/// The keys of a name, if there are several.
fn repeated(map: &Map, name: &str) -> Vec<Span> {
    let keys: Vec<Span> =
        map.entries.iter().filter(|entry| entry.key.name == name).map(|entry| entry.key.span).collect();
    if keys.len() > 1 { keys } else { Vec::new() }
}
