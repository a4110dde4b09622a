//! Hovering and completion in configurations and rule files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use super::client::{Editor, pulls};
use super::help::{able, hover, labels, marked, offered};
use crate::cli::Sandbox;

const CONFIG: &str = ".delint.yaml";
const RULE: &str = "delint-rules/house.yaml";
/// A rule of entries.
const ENTRIES: &str = "each: LogConfigurations[]\n";

/// What is shown at the mark in a text.
fn shown(editor: &mut Editor, name: &str, text: &str) -> String {
    let (text, position) = marked(text);
    editor.open(name, &text);
    let [line, character] =
        ["line", "character"].map(|name| usize::try_from(position[name].as_u64().unwrap()).unwrap());
    let told = hover(editor, name, line, character);
    editor.close(name);
    told["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn keys_are_offered_that_can_stand_beside_those_that_are_there() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    for (name, text, expected) in [
        (CONFIG, "|", "rules severity exclude overrides assume baseline"),
        (CONFIG, "rules: lint\nse|\nassume: {}\n", "severity exclude overrides baseline"),
        (CONFIG, "overrides:\n  - |", "files severity assume"),
        (CONFIG, "overrides:\n  - files: x\n    |\nassume: {}\n", "severity assume"),
        (CONFIG, "assume: { plan: PLUS, | }", "account region"),
        (CONFIG, "rules: |", ""),
        (CONFIG, "# se|\n", ""),
        (RULE, "check: { schema: enum, | }", "at"),
        (RULE, "check: { unique: UserPoolId, | }", "across_units"),
        (RULE, "report: { fix: { set: x, | } }", "forms safety title"),
        (RULE, "report: { also: [{ | }] }", "at note"),
        (RULE, "cases:\n  - require: {}\n    |\n", "when report"),
        (RULE, "examples:\n  - bad: {}\n    |\n", "at text fixed with beside"),
        (RULE, "examples:\n  - good: {}\n    |\n", "with beside"),
        (RULE, "require: { LogLevel: { count: { of: {}, | } } }", "min max"),
        (RULE, "why: |", ""),
    ] {
        let items = offered(&mut editor, name, text);
        assert_eq!(labels(&items).join(" "), expected, "{text}");
    }
    let beside = |editor: &mut Editor, text: &str| {
        let items = offered(editor, RULE, text);
        labels(&items).into_iter().map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let none = beside(&mut editor, "|");
    assert!(["extends", "require", "cases", "check"].iter().all(|name| none.contains(*name)), "{none:?}");
    let cases = beside(&mut editor, "cases: []\n|");
    assert!(["require", "report", "cases"].iter().all(|name| !cases.contains(*name)), "{cases:?}");
    // A key comes with what follows it, once.
    let key = |editor: &mut Editor, text: &str| {
        offered(editor, CONFIG, text).into_iter().find(|item| item["label"] == "severity").unwrap()["textEdit"].clone()
    };
    assert_eq!(key(&mut editor, "sev|")["newText"], "severity:");
    assert_eq!(key(&mut editor, "sev|: {}")["newText"], "severity");
    assert_eq!(key(&mut editor, "'sev|'")["newText"], "severity");
    let range = &key(&mut editor, "rules: lint\nsev|")["range"];
    assert_eq!((&range["start"]["character"], &range["end"]["character"]), (&0.into(), &3.into()));
    editor.end();
}

#[test]
fn values_are_offered_with_their_meaning() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    let level = format!("{ENTRIES}require: {{ LogLevel: | }}");
    let nested = "require: { LogConfigurations: { any: { EventSource: | } } }";
    let example = "examples:\n  - bad:\n      LogConfigurations:\n        - LogLevel: |\n";
    for (name, text, expected) in [
        (CONFIG, "severity:\n  arn-format: |", "error warning hint off"),
        (CONFIG, "overrides: [{ severity: { arn-format: \"|\" } }]", "error warning hint off"),
        (CONFIG, "assume: { plan: | }", "LITE ESSENTIALS PLUS"),
        (RULE, "severity: |", "error warning hint"),
        (RULE, "forms: [|]", "api response cloudformation terraform pulumi"),
        (RULE, "enabled: |", "true false"),
        (RULE, "report: { fix: { safety: | } }", "safe unsafe"),
        (RULE, "require: { LogLevel: { type: | } }", "string number bool null list map reference"),
        (RULE, &level, "present absent written awaited ERROR INFO"),
        (RULE, nested, "present absent written awaited userNotification userAuthEvents"),
        (RULE, &level.replace('|', "[ERROR, |]"), "ERROR INFO"),
        (RULE, &level.replace('|', "{ not: | }"), "present absent written awaited ERROR INFO"),
        (RULE, example, "ERROR INFO"),
        (
            RULE,
            "examples: [{ bad: {}, with: { P: { kind: log| } } }]",
            "user_pool log_group bucket stream provider bucket_policy log_resource_policy",
        ),
    ] {
        let items = offered(&mut editor, name, text);
        assert_eq!(labels(&items).join(" "), expected, "{text}");
    }
    let of = |editor: &mut Editor, text: &str, label: &str| {
        offered(editor, RULE, text).into_iter().find(|item| item["label"] == label).unwrap()
    };
    let safe = of(&mut editor, "report: { fix: { safety: | } }", "safe");
    assert!(safe["documentation"]["value"].as_str().unwrap().contains("`--fix` makes the change"), "{safe}");
    // What would be another value in YAML comes in quotes.
    let null = of(&mut editor, "require: { LogLevel: { type: | } }", "null");
    assert_eq!(null["textEdit"]["newText"], "\"null\"");
    editor.end();
}

#[test]
fn names_of_rules_are_offered() {
    let rule = "extends: arn-format\nsummary: ARNs of the house\n";
    let sandbox = Sandbox::new(&[(CONFIG, "rules: lint\n"), ("lint/house-arn.yaml", rule)]);
    let mut editor = Editor::new(&sandbox, pulls());
    for (name, text) in [
        (CONFIG, "severity:\n  |"),
        (CONFIG, "overrides:\n  - files: x\n    severity: { arn|: off }\n"),
        ("lint/x.yaml", "yields_to: [|]"),
        ("lint/x.yaml", "yields_to:\n  - arn|\n"),
        ("lint/x.yaml", "examples: [{ bad: {}, beside: { | } }]"),
    ] {
        let items = offered(&mut editor, name, text);
        for (rule, about) in [("arn-format", "form of an ARN"), ("house-arn", "ARNs of the house")] {
            let item = items
                .iter()
                .find(|item| item["label"] == rule)
                .unwrap_or_else(|| panic!("{text}: {items:?}"));
            assert!(item["documentation"]["value"].as_str().unwrap().contains(about), "{item}");
        }
    }
    // Those that are there are not offered again, and only what is built in is extended.
    let items = offered(&mut editor, CONFIG, "severity:\n  arn-format: off\n  |\n");
    assert!(!labels(&items).contains(&"arn-format") && labels(&items).contains(&"house-arn"));
    let items = offered(&mut editor, "lint/x.yaml", "extends: |");
    assert!(labels(&items).contains(&"arn-format") && !labels(&items).contains(&"house-arn"));
    editor.end();
}

#[test]
fn paths_are_offered_from_where_they_are_seen() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    for (text, there, absent) in [
        ("require: { | }", "UserPoolId", "LogLevel"),
        ("each: LogConfigurations[]\nrequire: { | }", "LogLevel", "UserPoolId"),
        ("each: LogConfigurations[]\nrequire: { | }", "S3Configuration.BucketArn", "BucketArn"),
        (
            "each: LogConfigurations[]\nrequire:\n  S3Configuration.|\n",
            "S3Configuration.BucketArn",
            "LogLevel",
        ),
        ("each: LogConfigurations[]\nwhen:\n  /User|\n", "/UserPoolId", "UserPoolId"),
        ("require: { LogConfigurations: { any: { | } } }", "EventSource", "LogConfigurations"),
        ("require: { LogConfigurations: { unique_by: | } }", "EventSource", "UserPoolId"),
        ("each: |", "LogConfigurations[]", "LogLevel"),
        ("each: LogConfigurations[]\nreport: { at: | }", "LogLevel", "UserPoolId"),
        ("require:\n  /UserPoolId -> |: x\n", "user_pool", "UserPoolId"),
        ("require:\n  /UserPoolId -> user_pool.|: x\n", "user_pool.UserPoolTier", "user_pool"),
        (
            "each: LogConfigurations[]\nrequire:\n  S3Configuration.BucketArn.|: x\n",
            "S3Configuration.BucketArn.arn",
            "LogLevel",
        ),
    ] {
        let items = offered(&mut editor, RULE, text);
        let labels = labels(&items);
        assert!(labels.contains(&there) && !labels.contains(&absent), "{text}: {labels:?}");
    }
    editor.end();
}

/// All that is offered of a rule is none that delint refuses for itself.
#[test]
fn paths_that_are_offered_lead_somewhere() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    let text = "each: LogConfigurations[]\nrequire: { | }";
    let paths = offered(&mut editor, RULE, text);
    let paths: Vec<&str> = labels(&paths).into_iter().filter(|path| !path.contains('_')).collect();
    assert!(paths.len() > 8, "{paths:?}");
    for path in paths {
        let text = text.replace('|', &format!("{path}: present"));
        editor.open(RULE, &text);
        let told = editor.pull(RULE);
        let is_wrong = |told: &Json| told["message"].as_str().unwrap().contains(path) && path != ".";
        assert!(!told.iter().any(is_wrong), "{path}: {told:?}");
        editor.close(RULE);
    }
    editor.end();
}

#[test]
fn hovering_tells_what_a_key_a_value_and_a_rule_mean() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, able());
    let level = format!("{ENTRIES}require: {{ Log|Level: ERROR }}");
    for (name, text, parts) in [
        (CONFIG, "sev|erity: {}", &["`severity`: How urgent a rule is"][..]),
        (CONFIG, "severity: { arn-for|mat: off }", &["# arn-format\n", "## Why"]),
        (CONFIG, "severity: { arn-format: o|ff }", &["`off`: It is not reported."]),
        (CONFIG, "overrides: [{ fil|es: x }]", &["`files`: The files that this is for"]),
        (CONFIG, "assume: { pl|an: PLUS }", &["`plan`: The feature plan", "- `LITE`\n"]),
        (
            RULE,
            "sev|erity: error",
            &["What a person should do", "- `error`: It must be fixed.", "- `hint`: "],
        ),
        (RULE, "yields_to: [arn-f|ormat]", &["# arn-format\n"]),
        (RULE, "require: { any_|of: [] }", &["`any_of`: At least one holds."]),
        (RULE, "require: { LogLevel: pres|ent }", &["`present`: It is there, and neither null nor empty."]),
        (
            RULE,
            "require: { LogLevel: { starts|_with: E } }",
            &["`starts_with`: A string begins with the text."],
        ),
        (RULE, &level, &["**Log level** (`LogLevel`)", "`ERROR` or `INFO`"]),
        (RULE, "report: { at: User|PoolId }", &["**User pool**"]),
        (RULE, "examples: [{ bad: { User|PoolId: x } }]", &["**User pool**"]),
        (RULE, "examples: [{ bad: {}, a|t: x }]", &["`at`: Where the rule speaks"]),
    ] {
        let shown = shown(&mut editor, name, text);
        assert!(parts.iter().all(|part| shown.contains(part)), "{text}: {shown}");
    }
    for (name, text) in
        [(CONFIG, "rules: li|nt"), (RULE, "why: be|cause"), (CONFIG, "# sev|erity"), (RULE, "a: [|")]
    {
        assert_eq!(shown(&mut editor, name, text), "", "{text}");
    }
    editor.end();
}

/// What can be written is explained: no member in the schemas is without a description.
#[test]
fn every_member_of_the_schemas_is_described() {
    for name in ["config", "rule"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{name}.json"));
        let schema: Json = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let mut open = vec![&schema];
        let mut count = 0;
        while let Some(node) = open.pop() {
            let members = node.get("properties").and_then(Json::as_object);
            for (member, said) in members.into_iter().flatten().filter(|(_, said)| said.is_object()) {
                let target =
                    said.get("$ref").and_then(|name| schema.pointer(name.as_str()?.trim_start_matches('#')));
                let about =
                    [Some(said), target].into_iter().flatten().find_map(|node| node.get("description"));
                assert!(about.is_some(), "{name}: {member} is not described");
                count += 1;
            }
            match node {
                Json::Object(members) => open.extend(members.values()),
                Json::Array(items) => open.extend(items),
                _ => {}
            }
        }
        assert!(count > 5, "{name}");
    }
}
