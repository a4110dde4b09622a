//! Writes an example down as a CloudFormation template.

use serde_json::{Map, Value as Json, json};

use super::canonical::{DELIVERY, Symbol, neighbours, symbol};
use crate::value::Value;

/// A template with short functions written as `{"!Ref": …}`; none where CloudFormation cannot say it.
#[must_use]
pub fn template(configuration: &Json, with: Option<&Value>) -> Option<Json> {
    let mut kinds = Map::new();
    let mut resources = Map::new();
    let mut needs_extensions = false;
    for (name, kind, mut properties) in neighbours(with)? {
        if kind == "log_resource_policy" {
            needs_extensions = true;
            if let Some(document) = properties.get_mut("PolicyDocument") {
                // The document of such a policy is a text there.
                *document = json!({ "Fn::ToJsonString": document.take() });
            }
        }
        let resource = json!({ "Type": resource_type(&kind)?, "Properties": properties });
        kinds.insert(name.clone(), kind.into());
        resources.insert(name, resource);
    }
    let delivery = json!({ "Type": "AWS::Cognito::LogDeliveryConfiguration", "Properties": configuration });
    resources.insert(DELIVERY.to_owned(), delivery);
    let mut parameters = Map::new();
    let resources = referring(&Json::Object(resources), &kinds, &mut parameters)?;
    let mut template = Map::new();
    if needs_extensions {
        template.insert("Transform".to_owned(), "AWS::LanguageExtensions".into());
    }
    if !parameters.is_empty() {
        template.insert("Parameters".to_owned(), parameters.into());
    }
    template.insert("Resources".to_owned(), resources);
    Some(template.into())
}

fn resource_type(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "user_pool" => "AWS::Cognito::UserPool",
        "log_group" => "AWS::Logs::LogGroup",
        "bucket" => "AWS::S3::Bucket",
        "stream" => "AWS::KinesisFirehose::DeliveryStream",
        "bucket_policy" => "AWS::S3::BucketPolicy",
        "log_resource_policy" => "AWS::Logs::ResourcePolicy",
        _ => return None,
    })
}

/// Replaces `{ref: …}` and `{unknown: …}` by what CloudFormation has for them; none where it has nothing.
fn referring(value: &Json, kinds: &Map<String, Json>, parameters: &mut Map<String, Json>) -> Option<Json> {
    match (symbol(value), value) {
        (Some(Symbol::Unknown(name)), _) => {
            parameters.insert(name.to_owned(), json!({ "Type": "String" }));
            Some(json!({ "!Ref": name }))
        }
        (Some(Symbol::Reference(name, what)), _) => match (what, kinds.get(name)?.as_str()?) {
            ("id" | "name", _) => Some(json!({ "!Ref": name })),
            ("arn", "log_group") => {
                let prefix = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}";
                Some(json!({ "!Sub": format!("{prefix}:log-group:${{{name}}}") }))
            }
            ("arn", _) | ("arn_wildcard", "log_group") => Some(json!({ "!GetAtt": format!("{name}.Arn") })),
            _ => None,
        },
        (Some(Symbol::Broken), _) => None,
        (None, Json::Object(object)) => {
            let member =
                |(key, value): (&String, &Json)| Some((key.clone(), referring(value, kinds, parameters)?));
            object.iter().map(member).collect()
        }
        (None, Json::Array(items)) => items.iter().map(|item| referring(item, kinds, parameters)).collect(),
        (None, other) => Some(other.clone()),
    }
}

/// The long spelling of every function.
#[must_use]
pub fn long(value: &Json) -> Json {
    match value {
        Json::Object(object) => object
            .iter()
            .map(|(key, value)| match (key.as_str(), value) {
                ("!Ref" | "!Condition", name) => (key[1..].to_owned(), name.clone()),
                ("!GetAtt", Json::String(path)) => {
                    ("Fn::GetAtt".to_owned(), path.split('.').map(Json::from).collect())
                }
                (key, value) => match key.strip_prefix('!') {
                    Some(short) => (format!("Fn::{short}"), long(value)),
                    None => (key.to_owned(), long(value)),
                },
            })
            .collect(),
        Json::Array(items) => items.iter().map(long).collect(),
        other => other.clone(),
    }
}
