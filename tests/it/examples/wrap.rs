//! Writes a canonical configuration down in each form.

use std::fmt::Write as _;

use delint::value::{Entry, Kind, Value};
use serde_json::{Map, Value as Json, json};

use super::hcl;
use super::provider::{self, Provider};
use super::pulumi;

/// The logical id that the configuration of an example gets.
pub const DELIVERY: &str = "Delivery";

/// The list alone, as `--log-configurations file://…` takes it: it names no user pool.
pub const BARE_LIST: &str = "the list alone";

pub struct Wrapped {
    /// The form, as rules name it.
    pub form: &'static str,
    /// The form and the way it is written.
    pub name: &'static str,
    pub text: String,
}

pub fn in_every_form(configuration: &Value, with: Option<&Value>) -> Vec<Wrapped> {
    if let Some(verbatim) = verbatim(configuration) {
        return verbatim;
    }
    let canonical = json(configuration);
    let mut wrapped = Vec::new();
    let mut add =
        |form: &'static str, name: &'static str, text: String| wrapped.push(Wrapped { form, name, text });
    if with.is_none() && !needs_references(&canonical) {
        let is_request =
            canonical.get("UserPoolId").is_some() && canonical.get("LogConfigurations").is_some();
        if is_request {
            add("api", "API document in JSON", pretty(&canonical));
            add("api", "API document in YAML", yaml(&canonical));
            add(
                "api",
                "one of several YAML documents",
                format!("a: 1\n---\n{}---\nb: 2\n", yaml(&canonical)),
            );
            add("api", "API document in YAML with CRLF", yaml(&canonical).replace('\n', "\r\n"));
            add(
                "api",
                "API document in JSON with a byte order mark",
                format!("\u{feff}{}", pretty(&canonical)),
            );
            let list = &canonical["LogConfigurations"];
            let has_marks =
                |entry: &Json| entry.get("EventSource").is_some() && entry.get("LogLevel").is_some();
            if list.as_array().is_some_and(|entries| entries.iter().any(has_marks)) {
                add("api", BARE_LIST, pretty(list));
                add("api", BARE_LIST, yaml(list));
            }
        }
        let response =
            json!({ "LogDeliveryConfiguration": canonical, "ResponseMetadata": { "HTTPStatusCode": 200 } });
        add("response", "API response in JSON", pretty(&response));
        add("response", "API response in YAML", yaml(&response));
    }
    let template = template(&canonical, with);
    add("cloudformation", "CloudFormation in JSON", pretty(&long(&template)));
    add("cloudformation", "CloudFormation in YAML", yaml(&template));
    add("cloudformation", "CloudFormation in YAML, long spelling", yaml(&long(&template)));
    add(
        "cloudformation",
        "Serverless resources",
        yaml(&json!({ "service": "users", "resources": template })),
    );
    add(
        "cloudformation",
        "a list of Serverless resources",
        yaml(&json!({ "service": "users", "resources": [template] })),
    );
    for (provider, in_hcl, in_json, planned) in [
        (Provider::Aws, "Terraform", "Terraform in JSON", "a plan"),
        (Provider::Awscc, "Terraform with awscc", "Terraform with awscc in JSON", "a plan with awscc"),
    ] {
        let Some(example) = provider::spelled(provider, &canonical, with) else { continue };
        if let Some(text) = hcl::hcl(provider, &example) {
            wrapped.push(Wrapped { form: "terraform", name: in_hcl, text });
        }
        let text = pretty(&hcl::json_syntax(&example));
        wrapped.push(Wrapped { form: "terraform", name: in_json, text });
        if let Some(plan) = hcl::plan(provider, &example) {
            wrapped.push(Wrapped { form: "terraform", name: planned, text: pretty(&plan) });
        }
    }
    for (provider, in_yaml, in_json) in [
        (Provider::Pulumi, "Pulumi in YAML", "Pulumi in JSON"),
        (Provider::PulumiNative, "Pulumi with aws-native in YAML", "Pulumi with aws-native in JSON"),
    ] {
        let Some(example) = provider::spelled(provider, &canonical, with) else { continue };
        let program = pulumi::program(&example);
        wrapped.push(Wrapped { form: "pulumi", name: in_yaml, text: yaml(&program) });
        wrapped.push(Wrapped { form: "pulumi", name: in_json, text: pretty(&program) });
    }
    wrapped
}

/// An example that is written in one form.
pub fn verbatim(configuration: &Value) -> Option<Vec<Wrapped>> {
    let [Entry { key, value }] = configuration.as_map()?.entries.as_slice() else { return None };
    let form = ["api", "response", "cloudformation", "terraform", "pulumi"]
        .into_iter()
        .find(|form| *form == key.name)?;
    Some(vec![Wrapped { form, name: "written out", text: value.as_str()?.to_owned() }])
}

/// A tree as JSON; a node under a tag as a mapping with the tag as its only key.
pub fn json(value: &Value) -> Json {
    match &value.kind {
        Kind::Null => Json::Null,
        Kind::Bool(truth) => (*truth).into(),
        // What is no number of JSON (012) stays as it is written.
        Kind::Number(number) => serde_json::from_str(number).unwrap_or_else(|_| number.as_str().into()),
        Kind::Text(text) => text.as_str().expect("a text without holes").into(),
        Kind::List(items) => items.iter().map(json).collect(),
        Kind::Map(map) => {
            map.entries.iter().map(|entry| (entry.key.name.clone(), json(&entry.value))).collect()
        }
        Kind::Tagged(tagged) => json!({ &tagged.tag: json(&tagged.value) }),
        other => panic!("an example cannot hold {other:?}"),
    }
}

pub fn needs_references(value: &Json) -> bool {
    match value {
        Json::Object(object)
            if object.len() == 1 && (object.contains_key("ref") || object.contains_key("unknown")) =>
        {
            true
        }
        Json::Object(object) => object.values().any(needs_references),
        Json::Array(items) => items.iter().any(needs_references),
        _ => false,
    }
}

/// A template with short functions written as `{"!Ref": …}`.
pub fn template(configuration: &Json, with: Option<&Value>) -> Json {
    let mut kinds = Map::new();
    let mut resources = Map::new();
    let mut needs_extensions = false;
    for entry in with.and_then(Value::as_map).map(|map| &map.entries[..]).unwrap_or_default() {
        let Json::Object(mut properties) = json(&entry.value) else { panic!("a neighbour is a mapping") };
        let kind = properties.remove("kind").expect("a neighbour has a kind");
        let resource_type = match kind.as_str() {
            Some("user_pool") => "AWS::Cognito::UserPool",
            Some("log_group") => "AWS::Logs::LogGroup",
            Some("bucket") => "AWS::S3::Bucket",
            Some("stream") => "AWS::KinesisFirehose::DeliveryStream",
            Some("bucket_policy") => "AWS::S3::BucketPolicy",
            Some("log_resource_policy") => "AWS::Logs::ResourcePolicy",
            other => panic!("there is no kind {other:?}"),
        };
        if kind == "log_resource_policy" {
            needs_extensions = true;
            if let Some(document) = properties.get_mut("PolicyDocument") {
                // The document of such a policy is a text there.
                *document = json!({ "Fn::ToJsonString": document.take() });
            }
        }
        kinds.insert(entry.key.name.clone(), kind);
        resources.insert(entry.key.name.clone(), json!({ "Type": resource_type, "Properties": properties }));
    }
    let delivery = json!({ "Type": "AWS::Cognito::LogDeliveryConfiguration", "Properties": configuration });
    resources.insert(DELIVERY.to_owned(), delivery);
    let mut parameters = Map::new();
    let resources = referring(&Json::Object(resources), &kinds, &mut parameters);
    let mut template = Map::new();
    if needs_extensions {
        template.insert("Transform".to_owned(), "AWS::LanguageExtensions".into());
    }
    if !parameters.is_empty() {
        template.insert("Parameters".to_owned(), parameters.into());
    }
    template.insert("Resources".to_owned(), resources);
    template.into()
}

/// Replaces `{ref: …}` and `{unknown: …}` by what CloudFormation has for them.
fn referring(value: &Json, kinds: &Map<String, Json>, parameters: &mut Map<String, Json>) -> Json {
    match value {
        Json::Object(object) if object.len() == 1 && object.contains_key("unknown") => {
            let name = object["unknown"].as_str().expect("the name of a parameter");
            parameters.insert(name.to_owned(), json!({ "Type": "String" }));
            json!({ "!Ref": name })
        }
        Json::Object(object) if object.len() == 1 && object.contains_key("ref") => {
            let (name, what) =
                object["ref"].as_str().and_then(|text| text.split_once('.')).expect("Name.what");
            let kind =
                kinds.get(name).and_then(Json::as_str).unwrap_or_else(|| panic!("no neighbour {name}"));
            match (what, kind) {
                ("id" | "name", _) => json!({ "!Ref": name }),
                ("arn", "log_group") => json!({
                    "!Sub": format!("arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:${{{name}}}")
                }),
                ("arn", _) | ("arn_wildcard", "log_group") => json!({ "!GetAtt": format!("{name}.Arn") }),
                other => panic!("there is no reference {other:?}"),
            }
        }
        Json::Object(object) => {
            object.iter().map(|(key, value)| (key.clone(), referring(value, kinds, parameters))).collect()
        }
        Json::Array(items) => items.iter().map(|item| referring(item, kinds, parameters)).collect(),
        other => other.clone(),
    }
}

/// The long spelling of every function.
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

pub fn pretty(value: &Json) -> String {
    serde_json::to_string_pretty(value).expect("JSON") + "\n"
}

/// Block style, with plain scalars where they can be plain.
pub fn yaml(value: &Json) -> String {
    let mut text = String::new();
    block(&mut text, value, 0);
    text
}

fn block(text: &mut String, value: &Json, indent: usize) {
    match value {
        Json::Object(object) => {
            for (index, (key, value)) in object.iter().enumerate() {
                let pad = if index == 0 && text.ends_with("- ") { 0 } else { indent };
                write!(text, "{:pad$}{}:", "", scalar(&key.as_str().into())).unwrap();
                member(text, value, indent);
            }
        }
        Json::Array(items) => {
            for item in items {
                write!(text, "{:indent$}- ", "").unwrap();
                match inline(item) {
                    Some(short) => writeln!(text, "{short}").unwrap(),
                    None => block(text, item, indent + 2),
                }
            }
        }
        other => writeln!(text, "{}", scalar(other)).unwrap(),
    }
}

fn member(text: &mut String, value: &Json, indent: usize) {
    if let Some(short) = inline(value) {
        writeln!(text, " {short}").unwrap();
    } else {
        text.push('\n');
        block(text, value, indent + 2);
    }
}

/// What fits behind a key: scalars, functions and empty collections.
fn inline(value: &Json) -> Option<String> {
    match value {
        Json::Object(object) => match object.iter().next() {
            None => Some("{}".to_owned()),
            Some((tag, argument)) if tag.starts_with('!') => Some(format!("{tag} {}", scalar(argument))),
            Some(_) => None,
        },
        Json::Array(items) if items.is_empty() => Some("[]".to_owned()),
        // A list in a list is written in flow style, for which JSON will do.
        Json::Array(items) if items.iter().any(Json::is_array) => Some(value.to_string()),
        Json::Array(_) => None,
        other => Some(scalar(other)),
    }
}

fn scalar(value: &Json) -> String {
    let Json::String(text) = value else { return value.to_string() };
    let plain = |c: char| c.is_ascii_alphanumeric() || "/_.:@+=-$(){}".contains(c);
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text.chars().all(plain)
        && !text.ends_with(':')
        && !["null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"]
            .contains(&text.as_str());
    if is_plain { text.clone() } else { value.to_string() }
}
