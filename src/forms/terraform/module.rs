//! What the files of a folder declare, found but not yet evaluated.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::items::{Item, expressions_in};
use super::names::Names;
use super::text;
use super::walk::walk;
use super::written::identity;
use crate::forms::form::Part;
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Access, Entry, Expression, Kind, Map, Text, Value};

/// A resource or a data source.
#[derive(Debug)]
pub struct Declared<'m> {
    pub resource_type: &'m str,
    /// `aws_s3_bucket.logs`, `data.aws_region.current`
    pub address: String,
    /// The name, as it is written.
    pub header: Span,
    pub body: &'m Map,
    /// Whether an override file changes it.
    pub amended: bool,
}

/// A `provider` block.
#[derive(Debug)]
pub struct Provider<'m> {
    pub name: &'m str,
    pub alias: Option<&'m str>,
    pub body: &'m Map,
}

/// What a module says of a version of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Requirement<'m> {
    pub name: &'m str,
    pub header: Span,
    pub version: &'m Value,
}

/// The declarations of a module.
#[derive(Debug, Default)]
pub struct Module<'m> {
    /// Resources and data sources by address, in the order of files.
    pub declared: Vec<Declared<'m>>,
    by_address: HashMap<String, usize>,
    pub variables: HashMap<&'m str, &'m Map>,
    pub locals: HashMap<&'m str, &'m Value>,
    pub providers: Vec<Provider<'m>>,
    pub requirements: Vec<Requirement<'m>>,
    /// Values that files of variable definitions give, with the name of the file.
    pub inputs: HashMap<String, (String, Value)>,
    /// How many nodes are written in it.
    pub nodes: usize,
    /// What each expression is compared with.
    compared: HashMap<String, Vec<Told>>,
}

/// Something that an expression is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Null,
    Text(String),
}

impl Told {
    pub fn of(value: &Value) -> Option<Self> {
        match &value.kind {
            Kind::Null | Kind::Absent => Some(Self::Null),
            Kind::Bool(_) => None,
            _ => text::scalar(value).map(|text| Self::Text(text.into_owned())),
        }
    }

    /// As a message speaks of it.
    pub fn shown(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Text(text) if text.is_empty() => "empty".to_owned(),
            Self::Text(text) => format!("`{text}`"),
        }
    }
}

/// A file whose declarations are merged into those of others.
fn is_override(file: &str) -> bool {
    let stem = ["tf", "tofu", "tf.json", "tofu.json"]
        .iter()
        .find_map(|end| file.strip_suffix(end)?.strip_suffix('.'));
    stem.is_some_and(|stem| stem == "override" || stem.ends_with("_override"))
}

/// A file whose variable definitions are always read.
fn is_input(file: &str) -> bool {
    let name = file.strip_suffix(".json").unwrap_or(file);
    name == "terraform.tfvars" || name.ends_with(".auto.tfvars")
}

impl<'m> Module<'m> {
    /// Reads the declarations. None where something is declared twice: the files are not one module.
    pub fn new(items: &'m [Item<'m>], parts: &[Part<'_>]) -> Option<Self> {
        let mut module = Self::default();
        let mut variables = HashSet::new();
        for item in items.iter().filter(|item| !is_override(item.file)) {
            match item.kind {
                "resource" | "data" => {
                    let declared = declared(item);
                    let index = module.declared.len();
                    if module.by_address.insert(declared.address.clone(), index).is_some() {
                        return None;
                    }
                    module.declared.push(declared);
                }
                "variable" => {
                    if !variables.insert(item.label(0)) {
                        return None;
                    }
                    module.variables.insert(item.label(0), &item.body);
                }
                "locals" => {
                    for entry in &item.body.entries {
                        if module.locals.insert(&entry.key.name, &entry.value).is_some() {
                            return None;
                        }
                    }
                }
                "provider" => module.providers.push(provider(item)),
                "terraform" => module.requirements.extend(requirements(&item.body)),
                _ => {}
            }
        }
        for item in items.iter().filter(|item| is_override(item.file)) {
            module.amend(item);
        }
        module.read_inputs(parts);
        items.iter().flat_map(|item| &item.body.entries).for_each(|entry| module.compare(&entry.value));
        Some(module)
    }

    pub fn get(&self, address: &str) -> Option<&Declared<'m>> {
        self.declared.get(*self.by_address.get(address)?)
    }

    /// What an expression of this identity is compared with.
    pub fn compared_with(&self, identity: &str) -> &[Told] {
        self.compared.get(identity).map_or(&[], Vec::as_slice)
    }

    /// The expression that a local which is nothing but another name for it stands for.
    pub fn origin<'v>(&'v self, value: &'v Value) -> &'v Value {
        let mut value = value;
        for _ in 0..MAX_NAMES {
            match local_name(value).and_then(|name| self.locals.get(name)) {
                Some(local) => value = local,
                None => break,
            }
        }
        value
    }

    fn amend(&mut self, item: &'m Item<'m>) {
        match item.kind {
            "resource" | "data" => {
                let index = self.by_address.get(&address(item)).copied();
                if let Some(declared) = index.and_then(|index| self.declared.get_mut(index)) {
                    declared.amended = true;
                }
            }
            "variable" => {
                self.variables.remove(item.label(0));
            }
            "locals" => {
                self.locals.extend(item.body.entries.iter().map(|entry| (&*entry.key.name, &entry.value)));
            }
            "provider" => {
                let amended = provider(item);
                self.providers.retain(|known| (known.name, known.alias) != (amended.name, amended.alias));
            }
            _ => self.requirements.clear(),
        }
    }

    /// Of one variable, the file counts that comes last; `terraform.tfvars` comes first.
    fn read_inputs(&mut self, parts: &[Part<'_>]) {
        let mut files: BTreeMap<(bool, &str), &Map> = BTreeMap::new();
        for part in parts.iter().filter(|part| is_input(part.name)) {
            if let Some(map) = part.document.root.as_map() {
                files.insert((part.name.contains(".auto."), part.name), map);
            }
        }
        for ((_, file), map) in files {
            for entry in expressions_in(map).entries {
                self.inputs.insert(entry.key.name, (file.to_owned(), entry.value));
            }
        }
    }

    /// Looks for comparisons with texts and with null.
    fn compare(&mut self, value: &'m Value) {
        walk(value, &mut |value| {
            self.nodes += 1;
            let Kind::Expression(expression) = &value.kind else { return };
            match expression.as_ref() {
                Expression::Binary { operator: "==" | "!=", left, right } => {
                    self.note(left, right);
                    self.note(right, left);
                }
                Expression::Call { name, arguments, .. } if name.name == "contains" => {
                    if let [list, wanted] = arguments.as_slice() {
                        list.as_list().unwrap_or_default().iter().for_each(|item| self.note(wanted, item));
                    }
                }
                Expression::Traversal { root, steps } => self.note_keys(root, steps),
                _ => {}
            }
        });
    }

    /// Notes the keys of a map that is a local, of which an entry is taken.
    fn note_keys(&mut self, root: &Value, steps: &[Access]) {
        let ([Access::Attribute(name), Access::Index(index), ..], true) = (steps, is_local(root)) else {
            return;
        };
        let map = self.locals.get(name.name.as_str()).and_then(|local| local.as_map());
        for entry in map.map_or(&[][..], |map| &map.entries) {
            self.note(
                index,
                &Value::new(
                    entry.key.span,
                    Kind::Text(Text::literal(Literal::plain(entry.key.name.as_str(), entry.key.span))),
                ),
            );
        }
    }

    /// Notes what an expression is compared with.
    fn note(&mut self, expression: &Value, other: &Value) {
        if Told::of(expression).is_none()
            && let (Some(identity), Some(told)) =
                (identity(self.origin(expression), &Names::default()), Told::of(other))
        {
            let all = self.compared.entry(identity).or_default();
            if !all.contains(&told) {
                all.push(told);
            }
        }
    }
}

/// How many names of one expression are followed.
const MAX_NAMES: usize = 8;

/// The name of a local, if an expression is one.
fn local_name(value: &Value) -> Option<&str> {
    let Kind::Expression(expression) = &value.kind else { return None };
    let Expression::Traversal { root, steps } = expression.as_ref() else { return None };
    match steps.as_slice() {
        [Access::Attribute(name)] if is_local(root) => Some(&name.name),
        _ => None,
    }
}

fn is_local(root: &Value) -> bool {
    match &root.kind {
        Kind::Expression(root) => matches!(root.as_ref(), Expression::Name(root) if root.name == "local"),
        _ => false,
    }
}

fn address(item: &Item<'_>) -> String {
    let prefix = if item.kind == "data" { "data." } else { "" };
    format!("{prefix}{}.{}", item.label(0), item.label(1))
}

fn declared<'m>(item: &'m Item<'m>) -> Declared<'m> {
    Declared {
        resource_type: item.label(0),
        address: address(item),
        header: item.header,
        body: &item.body,
        amended: false,
    }
}

fn provider<'m>(item: &'m Item<'m>) -> Provider<'m> {
    let alias = item.body.get("alias").and_then(|entry| entry.value.as_str());
    Provider { name: item.label(0), alias, body: &item.body }
}

/// The entries of `required_providers`: a version alone, or an object that holds one.
fn requirements(terraform: &Map) -> Vec<Requirement<'_>> {
    let required = terraform.entries.iter().filter(|entry| entry.key.name == "required_providers");
    let bodies = required.filter_map(|entry| match &entry.value.kind {
        Kind::Block(block) => Some(&block.body),
        Kind::Map(map) => Some(map),
        _ => None,
    });
    bodies.flat_map(|body| &body.entries).filter_map(requirement).collect()
}

/// What a module says of a provider of Amazon's, under whatever name.
fn requirement(Entry { key, value }: &Entry) -> Option<Requirement<'_>> {
    let (source, version) = match &value.kind {
        Kind::Map(map) => (map.get("source").map(|entry| &entry.value), &map.get("version")?.value),
        Kind::Text(_) => (None, value),
        _ => return None,
    };
    let is_its_own = match source {
        Some(source) => source.as_str().is_some_and(|source| source.ends_with("hashicorp/aws")),
        None => key.name == "aws",
    };
    is_its_own.then_some(Requirement { name: &key.name, header: key.span, version })
}
