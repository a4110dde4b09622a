//! Writes an example down in each form, and in each way that people write it.

use serde_json::{Value as Json, json};

use super::canonical::{json, needs_references};
use super::cloudformation::{long, template};
use super::layout::{pretty, yaml};
use super::provider::Provider;
use super::spell::spelled;
use super::{hcl, pulumi};
use crate::forms;
use crate::value::{Entry, Value};

/// The list alone, as `--log-configurations file://…` takes it: it names no user pool.
pub const BARE_LIST: &str = "the list alone";

/// An example, written in one way.
#[derive(Clone, Debug)]
pub struct Wrapped {
    /// The form, as rules name it.
    pub form: &'static str,
    /// The form and the way it is written.
    pub name: &'static str,
    pub text: String,
}

/// An example in every form that can say it.
#[must_use]
pub fn in_every_form(configuration: &Value, with: Option<&Value>) -> Vec<Wrapped> {
    if let Some(verbatim) = verbatim(configuration) {
        return verbatim;
    }
    let canonical = json(configuration);
    let mut wrapped = Vec::new();
    if with.is_none() && !needs_references(&canonical) {
        as_requests(&canonical, &mut wrapped);
        let response =
            json!({ "LogDeliveryConfiguration": canonical, "ResponseMetadata": { "HTTPStatusCode": 200 } });
        wrapped.push(Wrapped::new("response", "API response in JSON", pretty(&response)));
        wrapped.push(Wrapped::new("response", "API response in YAML", yaml(&response)));
    }
    if let Some(template) = template(&canonical, with) {
        as_templates(&template, &mut wrapped);
    }
    for (provider, in_hcl, in_json, planned) in [
        (Provider::Aws, "Terraform", "Terraform in JSON", "a plan"),
        (Provider::Awscc, "Terraform with awscc", "Terraform with awscc in JSON", "a plan with awscc"),
    ] {
        let Some(example) = spelled(provider, &canonical, with) else { continue };
        wrapped.extend(hcl::hcl(provider, &example).map(|text| Wrapped::new("terraform", in_hcl, text)));
        wrapped.push(Wrapped::new("terraform", in_json, pretty(&hcl::json_syntax(&example))));
        let plan = hcl::plan(provider, &example).map(|plan| pretty(&plan));
        wrapped.extend(plan.map(|text| Wrapped::new("terraform", planned, text)));
    }
    for (provider, in_yaml, in_json) in [
        (Provider::Pulumi, "Pulumi in YAML", "Pulumi in JSON"),
        (Provider::PulumiNative, "Pulumi with aws-native in YAML", "Pulumi with aws-native in JSON"),
    ] {
        let Some(example) = spelled(provider, &canonical, with) else { continue };
        let program = pulumi::program(&example);
        wrapped.push(Wrapped::new("pulumi", in_yaml, yaml(&program)));
        wrapped.push(Wrapped::new("pulumi", in_json, pretty(&program)));
    }
    wrapped
}

impl Wrapped {
    fn new(form: &'static str, name: &'static str, text: String) -> Self {
        Self { form, name, text }
    }
}

fn as_requests(canonical: &Json, wrapped: &mut Vec<Wrapped>) {
    let (Some(_), Some(list)) = (canonical.get("UserPoolId"), canonical.get("LogConfigurations")) else {
        return;
    };
    let several = format!("a: 1\n---\n{}---\nb: 2\n", yaml(canonical));
    let marked = format!("\u{feff}{}", pretty(canonical));
    for (name, text) in [
        ("API document in JSON", pretty(canonical)),
        ("API document in YAML", yaml(canonical)),
        ("one of several YAML documents", several),
        ("API document in YAML with CRLF", yaml(canonical).replace('\n', "\r\n")),
        ("API document in JSON with a byte order mark", marked),
    ] {
        wrapped.push(Wrapped::new("api", name, text));
    }
    let has_marks = |entry: &Json| entry.get("EventSource").is_some() && entry.get("LogLevel").is_some();
    if list.as_array().is_some_and(|entries| entries.iter().any(has_marks)) {
        wrapped.push(Wrapped::new("api", BARE_LIST, pretty(list)));
        wrapped.push(Wrapped::new("api", BARE_LIST, yaml(list)));
    }
}

fn as_templates(template: &Json, wrapped: &mut Vec<Wrapped>) {
    let serverless = json!({ "service": "users", "resources": template });
    let in_list = json!({ "service": "users", "resources": [template] });
    for (name, text) in [
        ("CloudFormation in JSON", pretty(&long(template))),
        ("CloudFormation in YAML", yaml(template)),
        ("CloudFormation in YAML, long spelling", yaml(&long(template))),
        ("Serverless resources", yaml(&serverless)),
        ("a list of Serverless resources", yaml(&in_list)),
    ] {
        wrapped.push(Wrapped::new("cloudformation", name, text));
    }
}

/// An example that is written in one form.
#[must_use]
pub fn verbatim(configuration: &Value) -> Option<Vec<Wrapped>> {
    let [Entry { key, value }] = configuration.as_map()?.entries.as_slice() else { return None };
    let form = forms::NAMES.iter().find(|form| **form == key.name)?;
    Some(vec![Wrapped::new(form, "written out", value.as_str()?.to_owned())])
}
