//! Writes a canonical configuration down as a program of Pulumi.
//!
//! The names stand here once more, so that a mistake in the tables of the form shows.

use delint::value::Value;
use serde_json::{Map, Value as Json, json};

use super::wrap::{DELIVERY, json};

/// How the members of a log delivery configuration are called.
const MEMBERS: &[(&str, &str)] = &[
    ("UserPoolId", "userPoolId"),
    ("LogConfigurations", "logConfigurations"),
    ("EventSource", "eventSource"),
    ("LogLevel", "logLevel"),
    ("CloudWatchLogsConfiguration", "cloudWatchLogsConfiguration"),
    ("S3Configuration", "s3Configuration"),
    ("FirehoseConfiguration", "firehoseConfiguration"),
    ("LogGroupArn", "logGroupArn"),
    ("BucketArn", "bucketArn"),
    ("StreamArn", "streamArn"),
];

/// Where each member may stand.
const LEVELS: &[&[&str]] = &[
    &["UserPoolId", "LogConfigurations"],
    &["EventSource", "LogLevel", "CloudWatchLogsConfiguration", "S3Configuration", "FirehoseConfiguration"],
    &["LogGroupArn", "BucketArn", "StreamArn"],
];

/// Kinds of neighbours: the token, and what their members are called.
type Neighbour = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const NEIGHBOURS: &[Neighbour] = &[
    (
        "user_pool",
        "aws:cognito:UserPool",
        &[
            ("UserPoolName", "name"),
            ("UserPoolTier", "userPoolTier"),
            ("UserPoolAddOns", "userPoolAddOns"),
            ("AdvancedSecurityMode", "advancedSecurityMode"),
        ],
    ),
    (
        "log_group",
        "aws:cloudwatch:LogGroup",
        &[
            ("LogGroupName", "name"),
            ("RetentionInDays", "retentionInDays"),
            ("KmsKeyId", "kmsKeyId"),
            ("LogGroupClass", "logGroupClass"),
        ],
    ),
    (
        "bucket",
        "aws:s3:Bucket",
        &[
            ("BucketName", "bucket"),
            ("BucketEncryption", "serverSideEncryptionConfiguration"),
            ("ServerSideEncryptionConfiguration", "rule"),
            ("ServerSideEncryptionByDefault", "applyServerSideEncryptionByDefault"),
            ("SSEAlgorithm", "sseAlgorithm"),
            ("KMSMasterKeyID", "kmsMasterKeyId"),
        ],
    ),
    (
        "stream",
        "aws:kinesis:FirehoseDeliveryStream",
        &[
            ("DeliveryStreamName", "name"),
            ("DeliveryStreamType", "kinesisSourceConfiguration"),
            ("Tags", "tags"),
        ],
    ),
];

/// The program that says what an example says; none where Pulumi cannot say it, or would say something else.
pub fn program(configuration: &Json, with: Option<&Value>) -> Option<Json> {
    // The provider of the registry demands less, as CloudFormation does.
    let package = if configuration.get("LogConfigurations").is_some() { "aws" } else { "aws-native" };
    let mut config = Map::new();
    let mut resources = Map::new();
    let mut kinds = Map::new();
    for entry in with.and_then(Value::as_map).map(|map| &map.entries[..]).unwrap_or_default() {
        let Json::Object(mut properties) = json(&entry.value) else { panic!("a neighbour is a mapping") };
        let kind = properties.remove("kind").expect("a neighbour has a kind");
        let (_, token, members) = NEIGHBOURS.iter().find(|(known, ..)| kind.as_str() == Some(known))?;
        let properties = neighbour(&Json::Object(properties), members, &mut config)?;
        kinds.insert(entry.key.name.clone(), kind);
        resources.insert(entry.key.name.clone(), json!({ "type": token, "properties": properties }));
    }
    let properties = of_configuration(configuration, 0, &kinds, &mut config)?;
    let delivery =
        json!({ "type": format!("{package}:cognito:LogDeliveryConfiguration"), "properties": properties });
    resources.insert(DELIVERY.to_owned(), delivery);
    let head = json!({ "name": "users", "runtime": "yaml", "resources": resources });
    let Json::Object(mut program) = head else { return None };
    if !config.is_empty() {
        program.insert("config".to_owned(), config.into());
    }
    Some(program.into())
}

fn of_configuration(
    value: &Json,
    level: usize,
    kinds: &Map<String, Json>,
    config: &mut Map<String, Json>,
) -> Option<Json> {
    if let Some(reference) = reference(value, kinds, config) {
        return Some(reference).filter(|reference| !reference.is_null());
    }
    match value {
        Json::Object(object) => {
            let mut renamed = Map::new();
            for (key, value) in object {
                // No value is the same as none in Pulumi.
                if value.is_null() || is_function(key) {
                    return None;
                }
                let is_here = LEVELS.get(level).is_some_and(|level| level.contains(&key.as_str()));
                let name = MEMBERS.iter().find(|(name, _)| is_here && name == key).map(|(_, name)| *name);
                // A name that is wrong elsewhere and right here.
                if name.is_none() && MEMBERS.iter().any(|(_, camel)| camel == key) {
                    return None;
                }
                let value = of_configuration(value, level + 1, kinds, config)?;
                renamed.insert(name.unwrap_or(key).to_owned(), value);
            }
            Some(renamed.into())
        }
        Json::Array(items) => items.iter().map(|item| of_configuration(item, level, kinds, config)).collect(),
        _ => of_scalar(value),
    }
}

fn neighbour(value: &Json, members: &[(&str, &'static str)], config: &mut Map<String, Json>) -> Option<Json> {
    if let Some(reference) = reference(value, &Map::new(), config) {
        return Some(reference).filter(|reference| !reference.is_null());
    }
    match value {
        Json::Object(object) => {
            let mut renamed = Map::new();
            for (key, value) in object {
                if is_function(key) {
                    return None;
                }
                let (_, name) = members.iter().find(|(name, _)| name == key)?;
                let value = match (key.as_str(), value) {
                    ("Tags", Json::Array(tags)) => tags_of(tags, config)?,
                    ("DeliveryStreamType", Json::String(word)) => match word.as_str() {
                        "KinesisStreamAsSource" => json!({ "kinesisStreamArn": "${source.arn}" }),
                        "DirectPut" => continue,
                        _ => return None,
                    },
                    ("DeliveryStreamType", _) => return None,
                    _ => neighbour(value, members, config)?,
                };
                renamed.insert((*name).to_owned(), value);
            }
            Some(renamed.into())
        }
        Json::Array(items) => items.iter().map(|item| neighbour(item, members, config)).collect(),
        _ => of_scalar(value),
    }
}

/// Tags are a mapping here.
fn tags_of(tags: &[Json], config: &mut Map<String, Json>) -> Option<Json> {
    let tag = |tag: &Json| {
        let name = tag.get("Key")?.as_str()?.to_owned();
        let value = tag.get("Value")?;
        Some((name, reference(value, &Map::new(), config).or_else(|| of_scalar(value))?))
    };
    tags.iter().map(tag).collect::<Option<Map<String, Json>>>().map(Json::Object)
}

/// What stands for `{ref: …}` and `{unknown: …}`: none if a value is neither, null if it cannot be said.
fn reference(value: &Json, kinds: &Map<String, Json>, config: &mut Map<String, Json>) -> Option<Json> {
    let object = value.as_object().filter(|object| object.len() == 1)?;
    if let Some(name) = object.get("unknown").and_then(Json::as_str) {
        config.insert(name.to_owned(), json!({ "type": "string" }));
        return Some(format!("${{{name}}}").into());
    }
    let (name, what) = object.get("ref")?.as_str()?.split_once('.')?;
    let kind = kinds.get(name).and_then(Json::as_str);
    let attribute = match (what, kind) {
        ("id", Some("user_pool")) => "id}",
        ("name", Some("bucket")) => "bucket}",
        ("name", Some("log_group" | "stream")) => "name}",
        ("arn", Some(_)) => "arn}",
        ("arn_wildcard", Some("log_group")) => "arn}:*",
        _ => return Some(Json::Null),
    };
    Some(format!("${{{name}.{attribute}").into())
}

/// A text that is written as it is meant: what looks like an interpolation would be one.
fn of_scalar(value: &Json) -> Option<Json> {
    match value {
        Json::String(text) if text.contains('$') => None,
        _ => Some(value.clone()),
    }
}

fn is_function(key: &str) -> bool {
    key.starts_with('!') || key.starts_with("Fn::") || key == "Ref"
}
