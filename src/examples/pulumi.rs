//! Writes an example down as a Pulumi program.

use serde_json::{Map, Value as Json, json};

use super::provider::EXPRESSION;
use super::spell::Example;

/// The example as a program.
pub fn program(example: &Example) -> Json {
    let mut resources = Map::new();
    for resource in &example.resources {
        let properties = interpolated(&Json::Object(resource.properties.clone()));
        resources.insert(resource.name.clone(), json!({ "type": resource.token, "properties": properties }));
    }
    let mut program = json!({ "name": "users", "runtime": "yaml" });
    if !example.variables.is_empty() {
        let config = example.variables.iter().map(|name| (name.clone(), json!({ "type": "string" })));
        program["config"] = Json::Object(config.collect());
    }
    program["resources"] = Json::Object(resources);
    program
}

fn interpolated(value: &Json) -> Json {
    match value {
        Json::Object(object) => match object.get(EXPRESSION).and_then(Json::as_str) {
            Some(expression) => format!("${{{expression}}}").into(),
            None => object.iter().map(|(key, value)| (key.clone(), interpolated(value))).collect(),
        },
        Json::Array(items) => items.iter().map(interpolated).collect(),
        other => other.clone(),
    }
}
