//! The rule files, and the schema of rule files.

mod limits;
mod mistakes;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use delint::diagnostic::{Effect, RuleInfo, Severity};
use delint::forms;
use delint::rules::path::{NEIGHBOURS, Path as RulePath, SATELLITES, Step, TypedPart};
use delint::rules::rule::{Check, Each, Rule, SUBJECTS, Type};
use delint::rules::{self, Mistake};
use delint::text::{Source, SourceId};
use serde_json::{Value as Json, json};

fn file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn schema() -> Json {
    serde_json::from_str(&file("schemas/rule.json")).unwrap()
}

fn read(name: &str, text: &str) -> Result<Rule, Vec<Mistake>> {
    rules::read(name, &Arc::new(Source::new(SourceId(0), name, text)))
}

/// Regular expressions are compiled here: what is built in is taken as it is.
fn read_all() -> Vec<Rule> {
    let read = |(name, text): &(&str, &str)| {
        read(name, text).unwrap_or_else(|mistakes| panic!("rules/{name}.yaml: {mistakes:#?}"))
    };
    rules::sources().iter().map(read).collect()
}

#[test]
fn every_rule_file_is_what_the_schema_of_rule_files_says() {
    let validator = jsonschema::draft7::new(&schema()).unwrap();
    for (name, text) in rules::sources() {
        let rule: Json = serde_yaml::from_str(text).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&rule).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "rules/{name}.yaml: {errors:#?}");
    }
}

#[test]
fn the_schema_of_rule_files_knows_the_rules_of_a_project() {
    let validator = jsonschema::draft7::new(&schema()).unwrap();
    let is_valid = |text: &str| validator.is_valid(&serde_yaml::from_str(text).unwrap());
    assert!(is_valid(&file("src/cli/rules/template.yaml")));
    let extending =
        file("src/cli/rules/extending.yaml").replace("SEVERITY", "error").replace("BASE", "arn-format");
    for text in [extending.as_str(), "extends: arn-format", "{ extends: arn-format, enabled: false }"] {
        assert!(is_valid(text), "{text}");
    }
    let require = "require: { LogLevel: ERROR }, report: { message: x }";
    for text in [
        "{}".to_owned(),
        "extends: 5".to_owned(),
        format!("{{ summary: x, severity: error, {require} }}"),
        format!("{{ extends: arn-format, check: {{ schema: enum }}, {require} }}"),
        format!("{{ extends: arn-format, cases: [{{ {require} }}], {require} }}"),
        "{ extends: arn-format, elephant: 1 }".to_owned(),
    ] {
        assert!(!is_valid(&text), "{text}");
    }
}

#[test]
fn what_is_built_in_is_what_the_files_say() {
    let names: Vec<&str> = rules::sources().iter().map(|(name, _)| *name).collect();
    assert!(names.is_sorted() && names.len() > 30, "{names:?}");
    let built_in = rules::built_in();
    assert_eq!(built_in.iter().map(|rule| rule.info.name.as_str()).collect::<Vec<_>>(), names);
    for RuleInfo { name, url, .. } in built_in.iter().map(|rule| rule.info.as_ref()) {
        assert!(url.ends_with(&format!("/docs/rules/{name}.md")), "{url}");
    }
    for (packed, read) in built_in.iter().zip(read_all()) {
        assert_eq!(summary(packed), summary(&read));
    }
}

/// What of a rule can be compared.
fn summary(rule: &Rule) -> String {
    let info = &rule.info;
    let shape = match &rule.check {
        Check::Nodes(nodes) => format!("{:?} {:?} {:?}", nodes.each, nodes.when, nodes.cases),
        other => format!("{other:?}"),
    };
    // A pattern may have been compiled by now.
    let compiled = regex::Regex::new(r"compiled: OnceLock\((?:<uninit>|Some\(Regex\(.*?\)\))\) \}").unwrap();
    let shape = compiled.replace_all(&shape, "}");
    let all = format!("{info:?} {:?} {:?} {shape}", rule.forms, rule.yields_to);
    // Only the page of a built-in rule is delint's own.
    regex::Regex::new("url: \"[^\"]*\"").unwrap().replace_all(&all, "url").into_owned()
}

#[test]
fn rules_yield_to_rules_and_never_in_a_circle() {
    let rules = read_all();
    let yields: BTreeMap<&str, &[String]> =
        rules.iter().map(|rule| (rule.info.name.as_str(), rule.yields_to.as_slice())).collect();
    for (name, better) in &yields {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = better.iter().map(String::as_str).collect();
        while let Some(next) = open.pop() {
            assert!(yields.contains_key(next), "{name} yields to {next}, which is no rule");
            if reached.insert(next) {
                open.extend(yields[next].iter().map(String::as_str));
            }
        }
        assert!(!reached.contains(name), "{name} yields to what yields to it");
    }
    for rule in &rules {
        let unknown: Vec<_> =
            rule.forms.iter().filter(|form| !forms::NAMES.contains(&form.as_str())).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", rule.info.name);
    }
}

/// The members that paths name are those of the schema, or of resources around a configuration.
#[test]
fn what_rules_look_at_exists() {
    let schema: Json = serde_json::from_str(delint::schema::LOG_DELIVERY).unwrap();
    for rule in read_all() {
        let Check::Nodes(nodes) = &rule.check else { continue };
        for each in &nodes.each {
            let Each::Path(path) = each else { continue };
            let mut node = &schema;
            for step in &path.steps {
                node = match step {
                    Step::Member(name) => &node["properties"][name],
                    Step::Items => &node["items"],
                    Step::Part(_) | Step::Follow(_) => break,
                };
                assert!(node.is_object(), "{}: there is no {}", rule.info.name, path.source);
            }
        }
    }
}

fn words(value: &Json) -> Vec<&str> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(|item| item.get("const").unwrap_or(item).as_str()).collect()
}

#[test]
fn the_schema_of_rule_files_has_the_words_that_are_understood() {
    let schema = schema();
    let at = |pointer: &str| schema.pointer(pointer).unwrap_or_else(|| panic!("no {pointer}"));
    assert_eq!(words(at("/definitions/form/enum")), forms::NAMES);
    assert_eq!(words(at("/properties/effect/oneOf")), Effect::ALL.map(Effect::as_str));
    let mut severities = words(at("/properties/severity/oneOf"));
    severities.reverse();
    assert_eq!(severities, Severity::ALL.map(Severity::as_str));
    let tests = "/definitions/test/anyOf/6/properties";
    assert_eq!(words(at(&format!("{tests}/type/enum"))), Type::ALL.map(|(name, _)| name));
    let kinds = NEIGHBOURS.map(|(name, _)| name);
    let example_kinds = "/definitions/example/properties/with/additionalProperties/properties/kind/enum";
    assert_eq!(words(at(example_kinds)), [&kinds[..], &SATELLITES.map(|(name, _)| name)].concat());
    assert_eq!(words(at("/properties/resource/enum")), SUBJECTS.map(|(name, _)| name));
    for definition in ["path", "eachPath", "place"] {
        let pattern = at(&format!("/definitions/{definition}/pattern")).as_str().unwrap();
        assert!(pattern.contains(&format!(" -> ({})(", kinds.join("|"))), "{definition}: {pattern}");
    }
}

/// The schema speaks of nothing that the reader does not know. That it leaves out nothing, the rule files show.
#[test]
fn what_the_schema_of_rule_files_allows_is_understood() {
    let schema = schema();
    let keys = |pointer: &str| -> Vec<String> {
        schema.pointer(pointer).and_then(Json::as_object).unwrap().keys().cloned().collect()
    };
    let understood = |rule: Json, word: &str| {
        let mistakes = read("x", &rule.to_string()).err().unwrap_or_default();
        let unknown = mistakes.iter().find(|mistake| {
            mistake.message.contains("unknown member") || mistake.message.contains("is no test")
        });
        assert!(unknown.is_none(), "{word}: {unknown:?}");
    };
    let rule = |require: &Json, report: &Json| {
        json!({
            "summary": "x",
            "severity": "hint",
            "why": "x",
            "each": "LogConfigurations[]",
            "require": require,
            "report": report,
            "examples": [{ "bad": { "UserPoolId": "x" }, "at": "." }, { "good": { "UserPoolId": "x" } }],
        })
    };
    let report = json!({ "message": "x" });
    let require = json!({ "LogLevel": "ERROR" });
    for member in keys("/properties") {
        let mut rule = rule(&require, &report);
        rule[&member] = Json::Null;
        understood(rule, &member);
    }
    for member in keys("/definitions/report/properties") {
        let mut report = report.clone();
        report[&member] = "x".into();
        understood(rule(&require, &report), &member);
    }
    for test in keys("/definitions/test/anyOf/6/properties") {
        understood(rule(&json!({ "LogLevel": { &test: 1 } }), &report), &test);
    }
    for group in keys("/definitions/condition/properties") {
        let read = read("x", &rule(&json!({ &group: [require] }), &report).to_string());
        assert!(read.is_ok(), "{group}: {read:?}");
    }
    for check in schema["properties"]["check"]["oneOf"].as_array().unwrap() {
        for member in check["properties"].as_object().unwrap().keys() {
            let check = json!({ member: "x", "problem": "x" });
            understood(
                json!({ "summary": "x", "severity": "hint", "check": check, "report": report }),
                member,
            );
        }
    }
}

#[test]
fn the_page_of_the_rule_language_has_the_words_that_are_understood() {
    let page = file("docs/rule-language.md");
    for (name, _) in TypedPart::ALL {
        let has_part = page.contains(&format!("`.{name}`")) || page.contains(&format!("`.arn.{name}`"));
        assert!(has_part, "docs/rule-language.md does not know .{name}");
    }
    let schema = schema();
    let keys =
        |pointer: &str| schema.pointer(pointer).and_then(Json::as_object).unwrap().keys().map(String::as_str);
    let words = [
        Type::ALL.map(|(name, _)| name).to_vec(),
        NEIGHBOURS.map(|(name, _)| name).to_vec(),
        SUBJECTS.map(|(name, _)| name).to_vec(),
        forms::NAMES.to_vec(),
        keys("/properties").collect(),
        keys("/definitions/report/properties").collect(),
        keys("/definitions/condition/properties").collect(),
    ];
    let words = words.concat().into_iter().map(|word| format!("`{word}`"));
    let tests = keys("/definitions/test/anyOf/6/properties").map(|test| format!("{{ {test}: "));
    for word in words.chain(tests) {
        assert!(page.contains(&word), "docs/rule-language.md does not know {word}");
    }
}

#[test]
fn paths_that_rules_may_write_are_understood() {
    for path in [
        ".",
        "EventSource",
        "S3Configuration.BucketArn",
        "/UserPoolId",
        ".arn.account",
        "CloudWatchLogsConfiguration.LogGroupArn.arn.region",
        "/UserPoolId -> user_pool.UserPoolTier",
        "CloudWatchLogsConfiguration.LogGroupArn -> log_group",
        ". -> provider.Version",
        "S3Configuration:key",
        "LogConfigurations[].CloudWatchLogsConfiguration",
    ] {
        assert!(RulePath::parse(path).is_ok(), "{path}");
    }
    for path in ["LogLevel.foo", "/UserPoolId -> lambda.X", "Log Level", "a-b", "/UserPoolId ->"] {
        assert!(RulePath::parse(path).is_err(), "{path}");
    }
}
