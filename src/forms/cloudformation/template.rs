//! The sections of a template, found but not yet interpreted.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::resources;
use crate::text::Span;
use crate::value::{Entry, Kind, Map, Named, ResourceKind, Value};

/// A template, and where in its file it stands.
pub struct Template<'v> {
    declared: HashMap<&'v str, Declared<'v>>,
    order: Vec<&'v str>,
    /// The mappings that hold the sections: one, but several in a Serverless file.
    parts: Vec<&'v Map>,
    /// The sections' keys where the file has them twice.
    twice: Vec<Span>,
    /// Whether `${self:…}` and its kin are filled in before CloudFormation sees the text.
    pub serverless: bool,
    /// Texts that parameters are compared with or looked up by, made when first asked for.
    compared: OnceCell<HashMap<String, Vec<String>>>,
    /// Conditions that were asked for.
    conditions: RefCell<HashMap<String, Arc<Named>>>,
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
        let (parts, serverless) = if map.get("Resources").is_some() {
            (vec![map], false)
        } else {
            (serverless_parts(&map.get("resources")?.value), true)
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
        let (compared, conditions) = (OnceCell::new(), RefCell::default());
        Some(Self { declared, order, parts, twice, serverless, compared, conditions })
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

    /// A condition as it was read before, or as it is read now.
    pub fn named_condition(&self, name: &str, read: impl FnOnce() -> Arc<Named>) -> Arc<Named> {
        if let Some(known) = self.conditions.borrow().get(name) {
            return known.clone();
        }
        let named = read();
        self.conditions.borrow_mut().insert(name.to_owned(), named.clone());
        named
    }

    pub fn mapping(&self, name: &str) -> Option<&'v Value> {
        self.member("Mappings", name)
    }

    fn member(&self, section: &str, name: &str) -> Option<&'v Value> {
        self.parts.iter().find_map(|part| part.get(section)?.value.get(name))
    }

    /// The texts that a parameter (or pseudo parameter) is compared with in conditions, or that it can find in a mapping.
    pub fn compared_with(&self, parameter: &str) -> &[String] {
        let compared = self.compared.get_or_init(|| {
            let mut found = Compared { template: self, texts: HashMap::new(), known: HashSet::new() };
            for part in &self.parts {
                part.entries.iter().for_each(|entry| found.look(&entry.value));
            }
            found.texts
        });
        compared.get(parameter).map_or(&[], Vec::as_slice)
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

/// Looks for the texts that parameters are compared with.
struct Compared<'t, 'v> {
    template: &'t Template<'v>,
    texts: HashMap<String, Vec<String>>,
    known: HashSet<(String, String)>,
}

impl Compared<'_, '_> {
    fn look(&mut self, value: &Value) {
        match function(value) {
            Some(("Fn::Equals", argument)) => {
                if let Some([a, b]) = argument.as_list() {
                    self.equals(a, b);
                    self.equals(b, a);
                }
            }
            Some(("Fn::FindInMap", argument)) => {
                if let Some([map, first, second, ..]) = argument.as_list() {
                    self.find_in_map(map, first, second);
                }
            }
            _ => {}
        }
        match &value.kind {
            Kind::Map(map) => map.entries.iter().for_each(|entry| self.look(&entry.value)),
            Kind::List(items) => items.iter().for_each(|item| self.look(item)),
            Kind::Tagged(tagged) => self.look(&tagged.value),
            _ => {}
        }
    }

    fn equals(&mut self, parameter: &Value, text: &Value) {
        if let (Some(("Ref", name)), Some(text)) = (function(parameter), scalar(text)) {
            self.add(name.as_str(), text);
        }
    }

    fn find_in_map(&mut self, map: &Value, first: &Value, second: &Value) {
        let Some(mapping) = map.as_str().and_then(|name| self.template.mapping(name)).and_then(Value::as_map)
        else {
            return;
        };
        if let Some(("Ref", name)) = function(first) {
            mapping.entries.iter().for_each(|entry| self.add(name.as_str(), &entry.key.name));
        }
        if let Some(("Ref", name)) = function(second) {
            let inner = mapping.entries.iter().filter_map(|entry| entry.value.as_map());
            inner.flat_map(|map| &map.entries).for_each(|entry| self.add(name.as_str(), &entry.key.name));
        }
    }

    fn add(&mut self, parameter: Option<&str>, text: &str) {
        let Some(parameter) = parameter else { return };
        if self.known.insert((parameter.to_owned(), text.to_owned())) {
            self.texts.entry(parameter.to_owned()).or_default().push(text.to_owned());
        }
    }
}

/// The intrinsic function that a node is, in its long spelling (`Ref`, `Condition`, `Fn::…`), and its argument.
pub fn function(value: &Value) -> Option<(&str, &Value)> {
    match &value.kind {
        Kind::Tagged(tagged) => long_name(&tagged.tag).map(|name| (name, &tagged.value)),
        Kind::Map(map) => match map.entries.as_slice() {
            [only] if is_function(&only.key.name) => Some((only.key.name.as_str(), &only.value)),
            _ => None,
        },
        _ => None,
    }
}

fn is_function(key: &str) -> bool {
    key == "Ref" || key == "Condition" || key.starts_with("Fn::")
}

/// The functions that have a short spelling, by their long one.
const FUNCTIONS: &[&str] = &[
    "Ref",
    "Condition",
    "Fn::And",
    "Fn::Base64",
    "Fn::Cidr",
    "Fn::Contains",
    "Fn::Equals",
    "Fn::FindInMap",
    "Fn::GetAtt",
    "Fn::GetAZs",
    "Fn::If",
    "Fn::ImportValue",
    "Fn::Join",
    "Fn::Length",
    "Fn::Not",
    "Fn::Or",
    "Fn::Select",
    "Fn::Split",
    "Fn::Sub",
    "Fn::ToJsonString",
    "Fn::Transform",
];

fn long_name(tag: &str) -> Option<&'static str> {
    let short = tag.strip_prefix('!')?;
    FUNCTIONS.iter().find(|name| name.strip_prefix("Fn::").unwrap_or(name) == short).copied()
}

/// The text of a scalar, as CloudFormation compares it.
pub fn scalar(value: &Value) -> Option<&str> {
    match &value.kind {
        Kind::Text(text) => text.as_str(),
        Kind::Number(number) => Some(number),
        Kind::Bool(true) => Some("true"),
        Kind::Bool(false) => Some("false"),
        _ => None,
    }
}
