//! Every example of every rule as a CloudFormation template, and what can be found in one.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use delint::diagnostic::Diagnostic;
use delint::engine;
use delint::forms::attach::attached;
use delint::rules::check as rules_check;
use delint::rules::finding::Finding;
use delint::rules::rule::{Check, Rule, Unique};
use delint::rules::unique::unique;
use delint::schema::{self, Violation};
use delint::spec::{Resource, Scope};
use delint::syntax;
use delint::text::{Source, SourceId};
use delint::value::ResourceKind;
use delint::{forms, rules};
use serde_json::{Value as Json, json};

use crate::examples::{self, wrap};

/// A rule, the resource and the place in it.
pub type Place = (String, Option<String>, String);

pub struct Template {
    /// The rule and the index of its example.
    pub name: String,
    /// In long spelling.
    pub json: Json,
}

/// Each example that can be written as a template.
pub fn all() -> Vec<Template> {
    let mut templates = Vec::new();
    for file in examples::files() {
        for (index, example) in file.examples.iter().enumerate() {
            let name = format!("{}, example {index}", file.name);
            let json = match wrap::verbatim(&example.configuration) {
                None => Some(wrap::template(&wrap::json(&example.configuration), example.with.as_ref())),
                Some(verbatim) => verbatim.iter().find_map(|wrapped| template(&wrapped.text)),
            };
            templates.extend(json.map(|json| Template { name, json: wrap::long(&json) }));
        }
    }
    templates
}

/// The template that a text is, if it is one that JSON can hold.
fn template(text: &str) -> Option<Json> {
    let parsed = syntax::parse(&source(text));
    let [document] = parsed.documents.as_slice() else { return None };
    let recognised = forms::recognise(document)?;
    let is_template = recognised.resources.iter().any(|resource| resource.origin.form == "cloudformation");
    (is_template && document.duplicates.is_empty()).then(|| wrap::json(&document.root))
}

impl Template {
    /// The pointers of all nodes in the properties of all resources. Functions are nodes as a whole; the branches
    /// of a condition are nodes too.
    pub fn nodes(&self) -> Vec<String> {
        let mut nodes = Vec::new();
        each_properties(&self.json, "", &mut nodes);
        nodes
    }

    pub fn node(&self, pointer: &str) -> &Json {
        self.json.pointer(pointer).expect("a node")
    }

    /// The text of the template with something else at a node, and with what it takes to say it.
    pub fn with(&self, pointer: &str, value: Json) -> String {
        let mut changed = self.json.clone();
        *changed.pointer_mut(pointer).expect("a node") = value;
        let sections = sections(&mut changed).expect("a template has resources");
        declare(sections, "Parameters", PARAMETER, json!({ "Type": "String" }));
        declare(sections, "Parameters", "DelintStage", json!({ "Type": "String" }));
        declare(
            sections,
            "Conditions",
            CONDITION,
            json!({ "Fn::Equals": [{ "Ref": "DelintStage" }, "prod"] }),
        );
        wrap::pretty(&changed)
    }
}

/// A parameter of which nothing is known.
pub const PARAMETER: &str = "DelintUnknown";
/// A condition that may be true or false.
pub const CONDITION: &str = "DelintCondition";

fn sections(value: &mut Json) -> Option<&mut Json> {
    if value.get("Resources").is_some() {
        return Some(value);
    }
    match value.get_mut("resources")? {
        Json::Array(items) => items.iter_mut().find(|item| item.get("Resources").is_some()),
        object => Some(object),
    }
}

fn declare(sections: &mut Json, section: &str, name: &str, declaration: Json) {
    let section = &mut sections[section];
    if section.is_null() {
        *section = json!({});
    }
    section[name] = declaration;
}

fn each_properties(value: &Json, pointer: &str, nodes: &mut Vec<String>) {
    match value {
        Json::Object(object) if object.get("Type").is_some_and(Json::is_string) => {
            if let Some(properties) = object.get("Properties") {
                each_node(properties, &format!("{pointer}/Properties"), nodes);
            }
        }
        Json::Object(object) => {
            object.iter().for_each(|(key, value)| each_properties(value, &below(pointer, key), nodes));
        }
        Json::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| each_properties(item, &format!("{pointer}/{index}"), nodes)),
        _ => {}
    }
}

pub fn each_node(value: &Json, pointer: &str, nodes: &mut Vec<String>) {
    nodes.push(pointer.to_owned());
    match value {
        Json::Object(object) => match object.iter().next() {
            Some((function, argument)) if object.len() == 1 && is_function(function) => {
                if let (Json::Array(items), "Fn::If") = (argument, function.as_str()) {
                    for (index, item) in items.iter().enumerate().skip(1) {
                        each_node(item, &format!("{}/{index}", below(pointer, function)), nodes);
                    }
                }
            }
            _ => object.iter().for_each(|(key, value)| each_node(value, &below(pointer, key), nodes)),
        },
        Json::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| each_node(item, &format!("{pointer}/{index}"), nodes)),
        _ => {}
    }
}

fn is_function(key: &str) -> bool {
    key == "Ref" || key.starts_with("Fn::")
}

fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn source(text: &str) -> Source {
    Source::new(SourceId(0), "template", text)
}

/// The rules, with each case of a rule as a rule of its own: what holds by itself, though another one may say it
/// better.
static CASES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let mut rules = Vec::new();
    for (name, text) in rules::sources() {
        let mut rule: Json = serde_yaml::from_str(text).expect("a rule file is YAML");
        let cases = match rule.as_object_mut().expect("a mapping").remove("cases") {
            Some(Json::Array(cases)) => cases,
            _ => vec![rule.clone()],
        };
        for case in cases {
            let mut alone = rule.clone();
            if case.get("require").is_some() {
                let when: Vec<&Json> = [&rule, &case].iter().filter_map(|part| part.get("when")).collect();
                for member in ["require", "report"] {
                    alone[member] = case[member].clone();
                }
                if !when.is_empty() {
                    alone["when"] = json!({ "all_of": when });
                }
            }
            let source = Arc::new(Source::new(SourceId(0), *name, alone.to_string()));
            rules.push(rules::read(name, &source).unwrap_or_else(|mistakes| panic!("{name}: {mistakes:?}")));
        }
    }
    rules
});

/// What is said of a text.
#[derive(Debug)]
pub struct Findings {
    pub said: BTreeSet<Place>,
    pub diagnostics: Vec<Diagnostic>,
}

/// What is found in the values of a text; what is said of the text itself, as of suppressions, is no matter of these.
pub fn find(text: &str) -> Findings {
    let mut diagnostics = examples::check(text).diagnostics;
    let is_of_text =
        |rule: &Rule| rule.info.name != "duplicate-key" && matches!(rule.check, Check::Problem(..));
    diagnostics.retain(|found| {
        !rules::built_in().iter().any(|rule| rule.info.name == found.rule.name && is_of_text(rule))
    });
    Findings { said: diagnostics.iter().map(place).collect(), diagnostics }
}

pub fn place(diagnostic: &Diagnostic) -> Place {
    (diagnostic.rule.name.clone(), diagnostic.resource.clone(), diagnostic.path.clone())
}

/// All that holds of a text: also what is not said because another rule, or another case of the same, says it better.
pub fn certain(text: &str) -> BTreeSet<Place> {
    let reading = engine::read(&Arc::new(source(text)));
    reading.units.iter().flat_map(|resources| certain_of(resources)).collect()
}

pub fn certain_of(resources: &[Resource]) -> BTreeSet<Place> {
    let mut places = BTreeSet::new();
    let mut repaired = Vec::new();
    for resource in attached(resources).iter() {
        let checked =
            (resource.kind == ResourceKind::LogDeliveryConfiguration).then(|| schema::check(resource));
        let violations = checked.iter().flat_map(|checked| &checked.violations);
        places.extend(violations.flat_map(|violation| {
            let rules = rules::built_in().iter().filter(|rule| speaks_of(rule, violation));
            rules.map(|rule| (rule.info.name.clone(), resource.label.clone(), violation.pointer.clone()))
        }));
        let stand_ins = checked.as_ref().and_then(|checked| checked.with_stand_ins(resource));
        repaired.push(stand_ins.unwrap_or_else(|| resource.clone()));
    }
    let scope = Scope::new(repaired);
    let place = |finding: &Finding<'_>| {
        (finding.info.name.clone(), finding.resource.clone(), finding.pointer.clone())
    };
    for resource in &scope.resources {
        let outcome = rules_check::resource(CASES.iter(), &scope, resource);
        places.extend(outcome.findings.iter().map(place));
    }
    for rule in rules::built_in() {
        if let Check::Unique(Unique { path, report, .. }) = &rule.check {
            let competing = unique(rule, path, report, &scope);
            places.extend(competing.iter().map(|(finding, _)| place(finding)));
        }
    }
    places
}

fn speaks_of(rule: &Rule, violation: &Violation) -> bool {
    match &rule.check {
        Check::Schema(check) => {
            check.keywords.contains(&violation.keyword)
                && check.at.as_ref().is_none_or(|at| *at == violation.member)
        }
        _ => false,
    }
}
