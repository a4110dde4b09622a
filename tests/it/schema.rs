//! `schemas/log-delivery.json` says what AWS's own service model says, save for what is listed here.

use std::collections::BTreeSet;

use delint::schema::LOG_DELIVERY;
use serde_json::Value as Json;

/// Written by `scripts/service-model.py`.
const MODEL: &str = include_str!("../../fixtures/service-model/cognito-idp.json");

/// Where our schema differs from AWS's model on purpose: the node, the keyword, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("/LogConfigurations/0", "type", NULL_IS_FOR_RULES),
    ("/LogConfigurations/0/CloudWatchLogsConfiguration", "type", NULL_IS_FOR_RULES),
    ("/LogConfigurations/0/S3Configuration", "type", NULL_IS_FOR_RULES),
    ("/LogConfigurations/0/FirehoseConfiguration", "type", NULL_IS_FOR_RULES),
    ("/LogConfigurations/0/CloudWatchLogsConfiguration/LogGroupArn", "type", NULL_IS_FOR_RULES),
    ("/LogConfigurations/0/S3Configuration/BucketArn", "type", NULL_IS_FOR_RULES),
    ("/LogConfigurations/0/FirehoseConfiguration/StreamArn", "type", NULL_IS_FOR_RULES),
    ("/LogConfigurations/0/CloudWatchLogsConfiguration/LogGroupArn", "minLength", SHORT_IS_MALFORMED),
    ("/LogConfigurations/0/S3Configuration/BucketArn", "minLength", SHORT_IS_MALFORMED),
    ("/LogConfigurations/0/FirehoseConfiguration/StreamArn", "minLength", SHORT_IS_MALFORMED),
];

const NULL_IS_FOR_RULES: &str =
    "null-configuration and missing-destination speak of null, with the entry in view";
const SHORT_IS_MALFORMED: &str = "what fits the pattern is long enough, save for an ARN of another kind, and the empty one \
                                  is a missing destination";

/// Keywords that say nothing of what a node may be.
const ANNOTATIONS: &[&str] =
    &["$schema", "$id", "$comment", "title", "description", "x-synonyms", "x-implied-by", "x-help"];

/// A node and the keyword in which the two differ, with what each says.
type Difference = (String, &'static str, Json, Json);

#[test]
fn the_schema_differs_from_the_service_model_only_where_it_says_why() {
    let model: Json = serde_json::from_str(MODEL).unwrap();
    let schema: Json = serde_json::from_str(LOG_DELIVERY).unwrap();
    let mut differences = Vec::new();
    compare(&model["shapes"], "SetLogDeliveryConfigurationRequest", &schema, "", &mut differences);
    let is_listed = |(at, keyword, ..): &&Difference| {
        EXCEPTIONS.iter().any(|(node, excepted, _)| node == at && excepted == keyword)
    };
    let unlisted: Vec<&Difference> = differences.iter().filter(|difference| !is_listed(difference)).collect();
    assert!(unlisted.is_empty(), "node, keyword, AWS's, ours: {unlisted:#?}");
    for (node, keyword, reason) in EXCEPTIONS {
        let differs = differences.iter().any(|(at, which, ..)| at == node && which == keyword);
        assert!(differs, "{keyword} at {node} is no exception any more: {reason}");
    }
}

fn compare(shapes: &Json, name: &str, schema: &Json, at: &str, differences: &mut Vec<Difference>) {
    let shape = &shapes[name];
    let kind = shape["type"].as_str().expect("a shape has a type");
    let mut known: BTreeSet<&str> = ANNOTATIONS.iter().copied().collect();
    let mut expect = |keyword: &'static str, theirs: Json| {
        known.insert(keyword);
        let ours = schema.get(keyword).cloned().unwrap_or(Json::Null);
        if theirs != ours {
            differences.push((at.to_owned(), keyword, theirs, ours));
        }
    };
    match kind {
        "structure" => {
            expect("type", "object".into());
            expect("required", shape["required"].clone());
            expect("additionalProperties", false.into());
        }
        "list" => {
            expect("type", "array".into());
            expect("maxItems", shape["max"].clone());
            assert_eq!(shape["min"], 0, "the model has a least number of items in {name}");
        }
        "string" => {
            expect("type", "string".into());
            expect("enum", shape["enum"].clone());
            expect("minLength", shape["min"].clone());
            expect("maxLength", shape["max"].clone());
            expect("pattern", shape["pattern"].as_str().map_or(Json::Null, |pattern| ours(pattern).into()));
        }
        other => panic!("{name} is of a type that this test does not know: {other}"),
    }
    known.extend(["properties", "items"]);
    for keyword in schema.as_object().expect("a schema").keys() {
        assert!(known.contains(keyword.as_str()), "{keyword} at {at} is not in AWS's model");
    }
    for member in shape.as_object().expect("a shape").keys() {
        let known = ["type", "required", "members", "member", "min", "max", "enum", "pattern"];
        assert!(known.contains(&member.as_str()), "{member} of {name} is not compared");
    }
    if kind == "list" {
        let member = shape["member"]["shape"].as_str().expect("a list has a member");
        compare(shapes, member, &schema["items"], &format!("{at}/0"), differences);
    }
    let empty = serde_json::Map::new();
    let theirs = shape["members"].as_object().unwrap_or(&empty);
    let properties = schema["properties"].as_object().unwrap_or(&empty);
    assert_eq!(theirs.keys().collect::<BTreeSet<_>>(), properties.keys().collect(), "the members of {name}");
    for (member, shape) in theirs {
        let shape = shape["shape"].as_str().expect("a member has a shape");
        compare(shapes, shape, &properties[member], &format!("{at}/{member}"), differences);
    }
}

/// AWS's pattern as it is meant: anchored, with ASCII classes. An empty string fits, since rules speak of it.
fn ours(pattern: &str) -> String {
    format!("^(?:{})?$", pattern.replace(r"\w", "A-Za-z0-9_"))
}

#[test]
fn the_fixture_of_the_comparison_is_whole() {
    let model: Json = serde_json::from_str(MODEL).unwrap();
    let shapes = model["shapes"].as_object().unwrap();
    assert_eq!(shapes.len(), 11);
    assert_eq!(shapes["LogLevel"]["enum"].as_array().map(Vec::len), Some(2));
}
