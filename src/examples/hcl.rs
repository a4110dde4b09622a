//! Writes an example down in the configuration language of Terraform, and in its JSON.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::provider::{EXPRESSION, Provider};
use super::spell::Example;

/// Members that are blocks in the provider `aws`.
pub const BLOCKS: &[&str] = &[
    "log_configurations",
    "cloud_watch_logs_configuration",
    "s3_configuration",
    "firehose_configuration",
    "user_pool_add_ons",
    "rule",
    "apply_server_side_encryption_by_default",
    "kinesis_source_configuration",
];

/// The example as a file of the language; none where it has no way to say it.
pub fn hcl(provider: Provider, example: &Example) -> Option<String> {
    let mut text = String::new();
    for name in &example.variables {
        line(&mut text, format_args!("variable \"{name}\" {{\n  type = string\n}}\n"));
    }
    for resource in &example.resources {
        line(&mut text, format_args!("resource \"{}\" \"{}\" {{", resource.token, resource.name));
        body(&mut text, provider, &resource.properties, 1)?;
        text.push_str("}\n\n");
    }
    Some(text)
}

fn body(text: &mut String, provider: Provider, object: &Map<String, Json>, depth: usize) -> Option<()> {
    let indent = depth * 2;
    for (key, value) in object {
        let blocks: Option<Vec<&Json>> = match value {
            _ if provider == Provider::Awscc || !BLOCKS.contains(&key.as_str()) => None,
            Json::Array(items) => Some(items.iter().collect()),
            Json::Object(object) if !object.contains_key(EXPRESSION) => Some(vec![value]),
            // A block has no value.
            _ => return None,
        };
        match blocks {
            // No block is nothing.
            Some(blocks) if blocks.is_empty() => return None,
            Some(blocks) => {
                for block in blocks {
                    let block = block.as_object().filter(|block| !block.contains_key(EXPRESSION))?;
                    line(text, format_args!("{:indent$}{key} {{", ""));
                    body(text, provider, block, depth + 1)?;
                    line(text, format_args!("{:indent$}}}", ""));
                }
            }
            None => line(text, format_args!("{:indent$}{key} = {}", "", expression(value))),
        }
    }
    Some(())
}

/// Writing to a string cannot fail.
fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    let _ = writeln!(text, "{line}");
}

#[must_use]
pub fn expression(value: &Json) -> String {
    match value {
        Json::Object(object) => match object.get(EXPRESSION).and_then(Json::as_str) {
            Some(expression) => expression.to_owned(),
            None => {
                let entry =
                    |(key, value): (&String, &Json)| format!("{} = {}", quoted(key), expression(value));
                format!("{{ {} }}", object.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        },
        Json::Array(items) => format!("[{}]", items.iter().map(expression).collect::<Vec<_>>().join(", ")),
        Json::String(text) => quoted(text),
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// The example as a file of the language's JSON.
pub fn json_syntax(example: &Example) -> Json {
    let mut resources = Map::new();
    for resource in &example.resources {
        let of_type = resources.entry(resource.token).or_insert_with(|| json!({}));
        of_type[&resource.name] = templates(&Json::Object(resource.properties.clone()));
    }
    let variables: Map<String, Json> =
        example.variables.iter().map(|name| (name.clone(), json!({ "type": "string" }))).collect();
    if variables.is_empty() {
        json!({ "//": "made of an example", "resource": resources })
    } else {
        json!({ "//": "made of an example", "variable": variables, "resource": resources })
    }
}

fn templates(value: &Json) -> Json {
    match value {
        Json::Object(object) => match object.get(EXPRESSION).and_then(Json::as_str) {
            Some(expression) => format!("${{{expression}}}").into(),
            None => object.iter().map(|(key, value)| (key.clone(), templates(value))).collect(),
        },
        Json::Array(items) => items.iter().map(templates).collect(),
        other => other.clone(),
    }
}

/// The example as a plan in which nothing is left to be known; none where something is.
pub fn plan(provider: Provider, example: &Example) -> Option<Json> {
    let mut resources = Vec::new();
    for resource in &example.resources {
        let values = Json::Object(resource.properties.clone());
        if values.to_string().contains(EXPRESSION) {
            return None;
        }
        resources.push(json!({
            "address": format!("{}.{}", resource.token, resource.name),
            "mode": "managed",
            "type": resource.token,
            "name": resource.name,
            "values": if provider == Provider::Awscc { values } else { planned(&values) },
        }));
    }
    Some(json!({
        "format_version": "1.2",
        "terraform_version": "1.9.8",
        "planned_values": { "root_module": { "resources": resources } },
    }))
}

/// Blocks are lists in a plan.
fn planned(value: &Json) -> Json {
    match value {
        Json::Object(object) => {
            let entry = |(key, value): (&String, &Json)| {
                let value = planned(value);
                let is_block = BLOCKS.contains(&key.as_str()) && value.is_object();
                (key.clone(), if is_block { json!([value]) } else { value })
            };
            object.iter().map(entry).collect()
        }
        Json::Array(items) => items.iter().map(planned).collect(),
        other => other.clone(),
    }
}
