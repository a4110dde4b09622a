//! Writes an example in the words of a provider: its types, members and references.

use serde_json::{Map, Value as Json, json};

use super::canonical::{DELIVERY, Symbol, neighbours, symbol};
use super::provider::{EXPRESSION, Provider};
use crate::value::Value;

/// The kinds of neighbour whose members have other names in some provider.
const NEIGHBOURS: &[&str] = &["user_pool", "log_group", "bucket", "stream"];

/// What is a member of a bucket in AWS's own shape: its name, and the types that it has in Terraform and in Pulumi.
const SATELLITES: &[(&str, &str, &str)] = &[
    (
        "BucketEncryption",
        "aws_s3_bucket_server_side_encryption_configuration",
        "aws:s3:BucketServerSideEncryptionConfiguration",
    ),
    ("PublicAccessBlockConfiguration", "aws_s3_bucket_public_access_block", "aws:s3:BucketPublicAccessBlock"),
];

/// A resource, in the provider's own words.
#[derive(Clone, Debug)]
pub struct Resource {
    pub token: &'static str,
    pub name: String,
    pub properties: Map<String, Json>,
}

/// An example in the provider's own words; none if it cannot say it.
#[derive(Clone, Debug)]
pub struct Example {
    pub resources: Vec<Resource>,
    /// Names of values that are not known.
    pub variables: Vec<String>,
}

/// An example in the words of a provider; none if it has no words for it.
#[must_use]
pub fn spelled(provider: Provider, configuration: &Json, with: Option<&Value>) -> Option<Example> {
    let neighbours = neighbours(with)?;
    let kinds = neighbours.iter().map(|(name, kind, _)| (name.clone(), kind.as_str().into())).collect();
    let mut spell = Spell { provider, kinds, variables: Vec::new() };
    let mut resources = Vec::new();
    for (name, kind, properties) in neighbours {
        resources.extend(spell.neighbour(&name, &kind, properties)?);
    }
    let Json::Object(configuration) = configuration else { return None };
    // One block is a list of one, and no block is nothing.
    let has_no_list = |list: &Json| list.is_object() || list.as_array().is_some_and(Vec::is_empty);
    if provider == Provider::Aws && configuration.get("LogConfigurations").is_some_and(has_no_list) {
        return None;
    }
    resources.push(Resource {
        token: provider.type_of("delivery")?,
        name: DELIVERY.to_owned(),
        properties: spell.mapping("delivery", configuration)?,
    });
    Some(Example { resources, variables: spell.variables })
}

struct Spell {
    provider: Provider,
    kinds: Map<String, Json>,
    variables: Vec<String>,
}

impl Spell {
    /// A neighbour, and what belongs to it but is a resource of its own.
    fn neighbour(
        &mut self,
        name: &str,
        kind: &str,
        mut properties: Map<String, Json>,
    ) -> Option<Vec<Resource>> {
        let token = self.provider.type_of(kind)?;
        let satellites = self.satellites(name, kind, &mut properties)?;
        let source = self.source(kind, &mut properties)?;
        if let Some(tags) = properties.remove("Tags") {
            properties.insert("Tags".to_owned(), self.tags(tags)?);
        }
        let mut own = self.mapping(kind, &properties)?;
        own.extend(source);
        let mut all = vec![Resource { token, name: name.to_owned(), properties: own }];
        all.extend(satellites);
        Some(all)
    }

    /// What is a member of a bucket and a resource of its own here, taken out of its properties.
    fn satellites(
        &mut self,
        name: &str,
        kind: &str,
        properties: &mut Map<String, Json>,
    ) -> Option<Vec<Resource>> {
        let mut satellites = Vec::new();
        if kind != "bucket" || !self.provider.is_classic() {
            return Some(satellites);
        }
        for (member, in_terraform, in_pulumi) in SATELLITES {
            let Some(value) = properties.remove(*member) else { continue };
            let Json::Object(value) = value else { return None };
            let mut own = self.mapping(kind, &value)?;
            if !self.provider.is_terraform()
                && let Some(rule) = own.remove("rule")
            {
                own.insert("rules".to_owned(), rule);
            }
            let bucket = self.provider.reference("bucket", name, "name")?;
            own.insert("bucket".to_owned(), json!({ EXPRESSION: bucket }));
            let token = if self.provider.is_terraform() { in_terraform } else { in_pulumi };
            satellites.push(Resource { token, name: format!("{name}{member}"), properties: own });
        }
        Some(satellites)
    }

    /// What feeds a stream, where that is its type in the canonical shape and a block here.
    fn source(&mut self, kind: &str, properties: &mut Map<String, Json>) -> Option<Map<String, Json>> {
        let mut source = Map::new();
        if kind != "stream" {
            return Some(source);
        }
        let has_source = properties.keys().any(|key| key.ends_with("SourceConfiguration"));
        if has_source && self.provider != Provider::Awscc {
            return None;
        }
        if !self.provider.is_classic() {
            return Some(source);
        }
        match properties.remove("DeliveryStreamType") {
            None => {}
            Some(Json::String(of)) if of == "DirectPut" => {}
            Some(Json::String(of)) if of == "KinesisStreamAsSource" => {
                let stream = json!({ "Source": "arn:aws:kinesis:eu-west-1:210987654321:stream/clicks" });
                let in_terraform = self.provider.is_terraform();
                let key =
                    if in_terraform { "kinesis_source_configuration" } else { "kinesisSourceConfiguration" };
                source.insert(key.to_owned(), stream);
            }
            Some(_) => return None,
        }
        Some(source)
    }

    /// A list of keys and values, or a mapping.
    fn tags(&mut self, tags: Json) -> Option<Json> {
        let Json::Array(items) = tags else { return None };
        if !self.provider.is_classic() {
            return Some(Json::Array(items));
        }
        let mut map = Map::new();
        for item in items {
            let (key, value) = (item.get("Key")?.as_str()?.to_owned(), item.get("Value")?.clone());
            map.insert(format!("\0{key}"), value);
        }
        Some(Json::Object(map))
    }

    fn mapping(&mut self, kind: &str, object: &Map<String, Json>) -> Option<Map<String, Json>> {
        let mut spelled = Map::new();
        for (member, value) in object {
            // The names of policies and tags are their own.
            let name = match member.strip_prefix('\0') {
                Some(name) => name.to_owned(),
                None => self.provider.spelled(kind, member),
            };
            // Nobody knows which of the two is meant, or what is unknown elsewhere is right here.
            let is_known = self.provider.spelled(kind, member) != *member;
            // Nobody knows either what a neighbour's member is called of which no table speaks.
            let is_foreign = !is_known && !member.starts_with('\0') && NEIGHBOURS.contains(&kind);
            let collides = !is_known
                && object.keys().any(|other| self.provider.spelled(kind, other) == name && other != member);
            if is_foreign || collides || (!is_known && is_spelled_elsewhere(member)) {
                return None;
            }
            let value = match member.as_str() {
                "PolicyDocument" if value.is_object() => {
                    json!({ EXPRESSION: format!("jsonencode({})", self.document(value)?) })
                }
                _ => self.value(kind, value)?,
            };
            if spelled.insert(name, value).is_some() {
                return None;
            }
        }
        Some(spelled)
    }

    fn value(&mut self, kind: &str, value: &Json) -> Option<Json> {
        match (symbol(value), value) {
            (Some(symbol), _) => Some(json!({ EXPRESSION: self.symbol(symbol)? })),
            (None, Json::Null) => None,
            (None, Json::String(text)) if text.contains("${") || text.contains("%{") => None,
            (None, Json::Object(object)) => self.mapping(kind, object).map(Json::Object),
            (None, Json::Array(items)) => items.iter().map(|item| self.value(kind, item)).collect(),
            (None, other) => Some(other.clone()),
        }
    }

    fn symbol(&mut self, symbol: Symbol<'_>) -> Option<String> {
        match symbol {
            Symbol::Unknown(name) => {
                if !self.variables.iter().any(|known| known == name) {
                    self.variables.push(name.to_owned());
                }
                Some(if self.provider.is_terraform() { format!("var.{name}") } else { name.to_owned() })
            }
            Symbol::Reference(name, what) => {
                self.provider.reference(self.kinds.get(name)?.as_str()?, name, what)
            }
            Symbol::Broken => None,
        }
    }

    /// A policy document as an object of the language.
    fn document(&mut self, value: &Json) -> Option<String> {
        if !self.provider.is_terraform() {
            return None;
        }
        if let Some(symbol) = symbol(value) {
            return self.symbol(symbol);
        }
        let text = match value {
            Json::Object(object) => {
                let mut entries = Vec::new();
                for (key, value) in object {
                    entries.push(format!("{key:?} = {}", self.document(value)?));
                }
                format!("{{ {} }}", entries.join(", "))
            }
            Json::Array(items) => {
                let items = items.iter().map(|item| self.document(item)).collect::<Option<Vec<_>>>()?;
                format!("[{}]", items.join(", "))
            }
            other => other.to_string(),
        };
        Some(text)
    }
}

/// Whether some provider has a member of this name.
fn is_spelled_elsewhere(member: &str) -> bool {
    member.contains('_') || member.starts_with(|c: char| c.is_ascii_lowercase())
}
