//! Programs of Pulumi in YAML or JSON.

mod access;
mod evaluate;
mod functions;
mod links;
mod placement;
mod program;
mod waits;

use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::form::{Form, Recognised, from_first_word};
use super::provider::canonical::{tags, with_default_tags};
use super::provider::ignored::{Ignored, without};
use super::provider::resource_type::Type;
use crate::guard::Guard;
use crate::spec::members::Coverage;
use crate::spec::{Case, Origin, Resource, Spelling, Style, TypeEntry};
use crate::syntax::document::Document;
use crate::value::characters::Characters;
use crate::value::{Entry, Holds, Hole, Key, Kind, Map, Part, ResourceKind, Text, Value};
use evaluate::Evaluator;
use placement::{ProviderTags, placement};
use program::{Declared, Program};
use waits::Waits;

pub use links::links;

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
        Some(Recognised { resources, concerned: concerned.collect(), asides: Vec::new() })
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
            let spelling = Spelling { case: Case::Camel, exceptions: &[], style: Style::Members };
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
            type_entry: TypeEntry::of(&declared.entry.value, "type"),
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
                derived: false,
                coverage: Coverage::Translated,
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
        let properties = of.canonical(without(written, &ignored_of(declared), of.kind));
        let properties = self.with_name(properties, declared, of.kind);
        match placement(self.program, declared).tags {
            Some(ProviderTags::Adds(default)) if of.has_tags() => {
                with_default_tags(properties, &tags(self.evaluator.resolve(default)), header)
            }
            Some(ProviderTags::Unknown(span)) if of.has_tags() => {
                let tags = Value::unknown(span, "what the provider does about tags");
                with_default_tags(properties, &tags, header)
            }
            _ => properties,
        }
    }

    /// The properties of a log group with the name that it gets, where that is made of more than the key of the resource.
    fn with_name(&self, mut properties: Value, declared: &Declared<'v>, kind: ResourceKind) -> Value {
        const NAME: &str = "LogGroupName";
        let value = match (self.program.config("pulumi:autonaming"), declared.member("name")) {
            (Some(pattern), _) => Value::unknown(pattern.key.span, "the pattern that names are generated by"),
            (None, Some(Value { kind: Kind::Text(text), span, .. })) => {
                let holds = Holds::Of(Characters::LowerAlphanumericDash);
                let generated = Part::Hole(Hole { span: span.part(span.len(), span.len()), holds });
                let parts = text.parts.iter().cloned().chain([generated]).collect();
                Value::new(*span, Kind::Text(Text { parts, reference: None }))
            }
            _ => return properties,
        };
        if let Kind::Map(map) = &mut properties.kind
            && kind == ResourceKind::LogGroup
            && map.get(NAME).is_none()
        {
            map.entries.push(Entry { key: Key { name: NAME.to_owned(), span: value.span }, value });
        }
        properties
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

/// The members whose changes a resource says to ignore.
fn ignored_of(declared: &Declared<'_>) -> Vec<Ignored> {
    let root = |path: &Value| {
        let name = path.as_str().and_then(|path| path.split(['.', '[']).next());
        Ignored { name: name.filter(|name| *name != "*").map(str::to_owned), span: path.span }
    };
    let paths = declared.option("ignoreChanges").and_then(Value::as_list);
    paths.unwrap_or_default().iter().map(root).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::yields::shown;
    use crate::spec::Dependencies;
    use crate::syntax;
    use crate::text::{Source, SourceId};

    const PROGRAM: &str = r"
variables:
  name: x-${logs.name}
resources:
  delivery: {type: 'aws:cognito:LogDeliveryConfiguration'}
  logs: {type: 'aws:cloudwatch:LogGroup'}
  ireland:
    type: pulumi:providers:aws
    defaultProvider: true
    properties: {region: eu-west-1}
  elsewhere:
    type: pulumi:providers:aws
    properties: {region: '${logs.name}', defaultTags: {tags: {a: b}}}
  vpc: {type: 'awsx:ec2:Vpc'}
  plain: {type: 'aws:s3:Bucket', properties: {bucket: '${name}'}}
  native: {type: 'aws-native:s3:Bucket', options: {dependsOn: ['${vpc}', '${logs}']}}
  given: {type: 'aws:s3:Bucket', properties: {tags: {c: d}}, options: {provider: '${elsewhere}'}}
  own: {type: 'aws:s3:Bucket', properties: {region: eu-central-1}, options: {provider: '${elsewhere}'}}
  child: {type: 'aws:s3:Bucket', options: {parent: '${given}'}}
  part: {type: 'aws:s3:Bucket', options: {parent: '${vpc}'}}
  strange: {type: 'aws:s3:Bucket', options: {provider: '${logs.arn}'}}
  policy:
    type: aws:s3:BucketPolicy
    properties: {bucket: '${plain.id}', policy: {'fn::toJSON': {Statement: []}}}
";

    fn read(name: &str) -> Resource {
        let document = syntax::parse(&Source::new(SourceId(0), "test", PROGRAM)).documents.remove(0);
        let recognised = Pulumi.read(&document).unwrap();
        recognised.resources.into_iter().find(|resource| &*resource.name == name).unwrap()
    }

    #[test]
    fn a_resource_is_where_its_provider_is() {
        for (name, region, provider) in [
            ("plain", Some("eu-west-1"), Some("ireland")),
            ("native", None, None),
            ("given", Some("unknown"), Some("elsewhere")),
            ("own", Some("eu-central-1"), Some("elsewhere")),
            ("child", Some("unknown"), Some("elsewhere")),
            ("part", Some("unknown"), None),
            ("strange", Some("unknown"), None),
        ] {
            let resource = read(name);
            let found = resource.region.as_ref().map(|region| region.as_str().unwrap_or("unknown"));
            assert_eq!((found, resource.provider.as_deref()), (region, provider), "{name}");
        }
    }

    #[test]
    fn a_resource_waits_for_what_it_refers_to() {
        for (name, on, others) in [
            ("plain", &["logs"][..], false),
            ("native", &["vpc", "logs"], true),
            ("given", &["elsewhere"], false),
            ("policy", &["plain"], false),
            ("delivery", &[], false),
        ] {
            let Dependencies { on: found, others: may_wait, .. } = read(name).dependencies;
            let found: Vec<&str> = found.iter().map(AsRef::as_ref).collect();
            assert_eq!((found.as_slice(), may_wait), (on, others), "{name}");
        }
    }

    #[test]
    fn a_provider_adds_its_tags() {
        let tags = |name: &str| read(name).properties.get("Tags").map(shown);
        assert_eq!(tags("given").as_deref(), Some("[{Key: c, Value: d}, {Key: a, Value: b}]"));
        assert_eq!(tags("own").as_deref(), Some("[{Key: a, Value: b}]"));
        assert_eq!(tags("plain"), None);
        assert_eq!(tags("strange").as_deref(), Some("unknown"));
    }

    #[test]
    fn a_policy_that_a_function_makes_a_text_is_the_policy() {
        assert_eq!(shown(&read("policy").properties), "{Bucket: _, PolicyDocument: {Statement: []}}");
    }
}
