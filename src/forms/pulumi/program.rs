//! The sections of a program, found but not yet interpreted.

use std::collections::HashMap;

use crate::forms::provider;
use crate::forms::provider::resource_type::Type;
use crate::text::Span;
use crate::value::{Entry, Kind, Map, ResourceKind, Value};

/// A program in YAML or JSON.
#[derive(Debug)]
pub struct Program<'v> {
    declared: HashMap<&'v str, Declared<'v>>,
    order: Vec<&'v str>,
    variables: HashMap<&'v str, &'v Entry>,
    /// Values that the configuration of a stack gives.
    config: HashMap<&'v str, &'v Entry>,
    /// The providers of the resources that name none, by their package.
    providers: HashMap<&'v str, &'v str>,
    /// The keys of the resources where there are several.
    twice: Vec<Span>,
}

/// One entry of `resources`.
#[derive(Debug)]
pub struct Declared<'v> {
    pub entry: &'v Entry,
    /// Keys of the same name that this one replaces.
    earlier: Vec<Span>,
}

impl<'v> Declared<'v> {
    pub fn name(&self) -> &'v str {
        &self.entry.key.name
    }

    /// The token of its type.
    pub fn token(&self) -> &'v str {
        self.member("type").and_then(Value::as_str).unwrap_or_default()
    }

    pub fn resource_type(&self) -> Option<&'static Type> {
        provider::pulumi(self.token())
    }

    /// The package whose resources it provides, if it is a provider.
    pub fn provides(&self) -> Option<&'v str> {
        self.token().strip_prefix("pulumi:providers:")
    }

    /// Whether the program manages it, and does not only read what is there.
    pub fn is_managed(&self) -> bool {
        self.member("get").is_none()
    }

    pub fn is_configuration(&self) -> bool {
        let kind = self.resource_type().map(|of| of.kind);
        kind == Some(ResourceKind::LogDeliveryConfiguration) && self.is_managed()
    }

    pub fn member(&self, name: &str) -> Option<&'v Value> {
        member(self.entry.value.as_map()?, name).map(|entry| &entry.value)
    }

    pub fn option(&self, name: &str) -> Option<&'v Value> {
        member(self.member("options")?.as_map()?, name).map(|entry| &entry.value)
    }

    /// All that is written of the resource, and the keys of its name that come before it.
    pub fn spans(&self) -> Vec<Span> {
        let whole = self.entry.key.span.to(self.entry.value.span);
        self.earlier.iter().copied().chain([whole]).collect()
    }
}

impl<'v> Program<'v> {
    /// The program that a document is, if it declares a log delivery configuration.
    pub fn find(root: &'v Value) -> Option<Self> {
        let root = root.as_map()?;
        let mut declared: HashMap<&str, Declared<'_>> = HashMap::new();
        let mut order = Vec::new();
        let resources = member(root, "resources")?.value.as_map()?;
        for entry in resources.entries.iter().filter(|entry| entry.value.as_map().is_some()) {
            let name = entry.key.name.as_str();
            let earlier = match declared.remove(name) {
                Some(before) => before.earlier.into_iter().chain([before.entry.key.span]).collect(),
                None => {
                    order.push(name);
                    Vec::new()
                }
            };
            declared.insert(name, Declared { entry, earlier });
        }
        if !declared.values().any(Declared::is_configuration) {
            return None;
        }
        let mut providers = HashMap::new();
        for declared in order.iter().filter_map(|name| declared.get(name)) {
            let is_default =
                declared.member("defaultProvider").is_some_and(|v| matches!(v.kind, Kind::Bool(true)));
            if let Some(package) = declared.provides().filter(|_| is_default) {
                providers.entry(package).or_insert(declared.name());
            }
        }
        let project = root.get("name").and_then(|name| name.value.as_str()).unwrap_or_default();
        let config = entries(root, "config").chain(entries(root, "configuration"));
        let config = config.map(|entry| {
            let name = entry.key.name.as_str();
            let own = name.strip_prefix(project).and_then(|rest| rest.strip_prefix(':'));
            (own.unwrap_or(name), entry)
        });
        let keys = root.entries.iter().filter(|entry| entry.key.name.eq_ignore_ascii_case("resources"));
        let keys: Vec<Span> = keys.map(|entry| entry.key.span).collect();
        Some(Self {
            variables: entries(root, "variables").map(|entry| (entry.key.name.as_str(), entry)).collect(),
            config: config.collect(),
            providers,
            twice: if keys.len() > 1 { keys } else { Vec::new() },
            declared,
            order,
        })
    }

    /// The resources, in the order of the file.
    pub fn resources(&self) -> impl Iterator<Item = &Declared<'v>> {
        self.order.iter().filter_map(|name| self.declared.get(name))
    }

    pub fn resource(&self, name: &str) -> Option<&Declared<'v>> {
        self.declared.get(name)
    }

    pub fn variable(&self, name: &str) -> Option<&'v Entry> {
        self.variables.get(name).copied()
    }

    /// What is declared of a value that the configuration of a stack gives.
    pub fn config(&self, name: &str) -> Option<&'v Entry> {
        self.config.get(name).copied()
    }

    /// What provides the resources of a package that name no provider, where that is declared.
    pub fn default_provider(&self, package: &str) -> Option<&Declared<'v>> {
        self.declared.get(self.providers.get(package)?)
    }

    /// The keys of the resources where there are several.
    pub fn twice(&self) -> &[Span] {
        &self.twice
    }
}

/// The entries of a section.
fn entries<'m>(root: &'m Map, section: &str) -> impl Iterator<Item = &'m Entry> {
    let section = member(root, section).and_then(|section| section.value.as_map());
    section.into_iter().flat_map(|section| &section.entries)
}

/// A member of what Pulumi itself defines, whose case does not matter.
pub fn member<'m>(map: &'m Map, name: &str) -> Option<&'m Entry> {
    map.entries.iter().rev().find(|entry| entry.key.name.eq_ignore_ascii_case(name))
}
