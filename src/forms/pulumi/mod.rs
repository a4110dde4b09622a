//! Programs of Pulumi in YAML or JSON.

mod access;
mod evaluate;
mod functions;
mod placement;
mod program;
mod waits;

use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::form::{Form, Recognised, from_first_word};
use super::provider::canonical::{tags, with_default_tags};
use super::provider::resource_type::Type;
use crate::guard::Guard;
use crate::spec::{Case, Origin, Resource, Spelling};
use crate::syntax::document::Document;
use crate::value::{Entry, Key, Kind, Map, ResourceKind, Value};
use evaluate::Evaluator;
use placement::placement;
use program::{Declared, Program};
use waits::Waits;

pub const NAME: &str = "pulumi";

pub struct Pulumi;

impl Form for Pulumi {
    fn read(&self, document: &Document) -> Option<Recognised> {
        let program = Program::find(&document.root)?;
        let reader = Reader {
            evaluator: Evaluator::new(&program),
            waits: Waits::new(&program),
            rules: Arc::new(Guard::Always),
            program: &program,
        };
        let resources = program.resources().filter_map(|declared| reader.read(declared)).collect();
        let configurations = program.resources().filter(|declared| declared.is_configuration());
        let concerned = configurations.flat_map(Declared::spans).chain(program.twice().iter().copied());
        Some(Recognised { resources, concerned: concerned.collect() })
    }

    fn is_meant_by(&self, text: &str) -> bool {
        static START: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let keys = "name|runtime|description|config|configuration|variables|resources|outputs|packages|plugins|options\
                        |backend|main|template|author|license|website|requiredPulumiVersion|stackConfigDir";
            Regex::new(&format!(r#"^\s*\{{?\s*["']?(?:{keys})["']?\s*:"#)).ok()
        });
        static TYPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let token = "aws(?:-native)?:cognito(?:/logDeliveryConfiguration)?:LogDeliveryConfiguration";
            Regex::new(&format!(r#"["']?type["']?\s*:\s*["']?{token}\b"#)).ok()
        });
        TYPE.as_ref().is_some_and(|token| token.is_match(text))
            && START.as_ref().is_some_and(|start| start.is_match(from_first_word(text)))
    }
}

/// What is particular to the type of a resource.
struct Shaped {
    kind: ResourceKind,
    properties: Value,
    spelling: Spelling,
    optional: &'static [&'static str],
}

struct Reader<'p, 'v> {
    program: &'p Program<'v>,
    evaluator: Evaluator<'v>,
    waits: Waits<'v>,
    rules: Arc<Guard>,
}

impl<'v> Reader<'_, 'v> {
    /// A resource in the canonical shape; none that is only looked up, or of no interest.
    fn read(&self, declared: &Declared<'v>) -> Option<Resource> {
        if declared.provides().is_some() {
            let spelling = Spelling { case: Case::Camel, exceptions: &[] };
            let header = declared.entry.key.span;
            let properties = Value::unknown(header, "what the provider is given");
            let shaped = Shaped { kind: ResourceKind::Provider, properties, spelling, optional: &[] };
            return Some(self.resource(declared, shaped));
        }
        let of = declared.resource_type()?;
        if of.kind == ResourceKind::Other || !declared.is_managed() {
            return None;
        }
        let properties = self.properties(declared, of);
        let shaped = Shaped { kind: of.kind, properties, spelling: of.spelling, optional: of.optional };
        Some(self.resource(declared, shaped))
    }

    fn resource(&self, declared: &Declared<'v>, shaped: Shaped) -> Resource {
        let placement = placement(self.program, declared);
        Resource {
            kind: shaped.kind,
            name: declared.name().into(),
            label: Some(format!("resources.{}", declared.name())),
            header: declared.entry.key.span,
            properties: shaped.properties,
            guard: Guard::Always,
            rules: self.rules.clone(),
            dependencies: self.waits.of(declared),
            region: placement.region,
            provider: placement.provider.map(Arc::from),
            origin: Origin {
                form: NAME,
                optional: shaped.optional,
                applied: true,
                spelling: shaped.spelling,
            },
        }
    }

    fn properties(&self, declared: &Declared<'v>, of: &'static Type) -> Value {
        let header = declared.entry.key.span;
        let written = match declared.member("properties") {
            Some(properties) if holds_document(of.kind) => self.with_documents(properties),
            Some(properties) => self.evaluator.resolve(properties),
            None => Value::new(header, Kind::Null),
        };
        let written = match written.kind {
            Kind::Null => Value { kind: Kind::Map(Map::default()), ..written },
            _ => written,
        };
        let properties = of.canonical(without_ignored(written, declared, of));
        match placement(self.program, declared).tags {
            Some(default) if matches!(of.kind, ResourceKind::Stream | ResourceKind::Bucket) => {
                with_default_tags(properties, &tags(self.evaluator.resolve(default)), header)
            }
            _ => properties,
        }
    }

    /// Properties of which one is a document in JSON: what a function makes it of is the document.
    fn with_documents(&self, properties: &'v Value) -> Value {
        let Kind::Map(map) = &properties.kind else { return self.evaluator.resolve(properties) };
        let value = |entry: &'v Entry| match entry.value.as_map().and_then(functions::name_of) {
            Some((name, argument)) if name == "fn::tojson" => self.evaluator.resolve(argument),
            _ => self.evaluator.resolve(&entry.value),
        };
        let entry = |entry: &'v Entry| Entry { key: entry.key.clone(), value: value(entry) };
        let entries = map.entries.iter().map(entry).collect();
        Value { kind: Kind::Map(Map { entries }), ..properties.clone() }
    }
}

fn holds_document(kind: ResourceKind) -> bool {
    matches!(kind, ResourceKind::BucketPolicy | ResourceKind::LogResourcePolicy)
}

/// Properties without those whose changes are ignored: what is deployed may be something else.
fn without_ignored(mut properties: Value, declared: &Declared<'_>, of: &Type) -> Value {
    const REASON: &str = "a property whose changes are ignored";
    let Some(ignored) = declared.option("ignoreChanges") else { return properties };
    let Kind::Map(map) = &mut properties.kind else { return properties };
    for path in ignored.as_list().unwrap_or_default() {
        let name = path.as_str().and_then(|path| path.split(['.', '[']).next()).unwrap_or("*");
        if name == "*" {
            return Value::unknown(properties.span, REASON);
        }
        let written = map.entries.len();
        map.entries.retain(|entry| entry.key.name != name);
        // A configuration shows what it does not know; it is not to show this.
        if map.entries.len() < written || of.kind != ResourceKind::LogDeliveryConfiguration {
            let key = Key { name: name.to_owned(), span: path.span };
            map.entries.push(Entry { key, value: Value::unknown(path.span, REASON) });
        }
    }
    properties
}
