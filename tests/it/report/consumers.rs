//! Each format is what its schema or its consumer says it is.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use delint::diagnostic::Report;
use delint::report::Format;
use jsonschema::Validator;
use proptest::prelude::*;
use roxmltree::Document;
use serde_json::{Value, json};

use super::property::{any_options, any_report};
use super::sample::{awkward, everyday, hostile};
use super::{TERMINAL, UNDECIDED, print};

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/schemas")
}

fn validator(path: &Path, at: Option<&str>) -> Validator {
    let text = std::fs::read_to_string(path).unwrap();
    // SARIF's schema has a bracket in a pattern that only the expressions of JavaScript take as it is.
    let text = text.replace("[a-zA-Z]{2}]?$", r"[a-zA-Z]{2}\\]?$");
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    if let Some(at) = at {
        let members = schema.as_object_mut().unwrap();
        members.retain(|key, _| key == "definitions");
        members.insert("$ref".to_owned(), at.into());
    }
    jsonschema::draft7::options().should_validate_formats(true).build(&schema).unwrap()
}

fn errors(validator: &Validator, text: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn samples() -> Vec<Report> {
    vec![everyday(), hostile(), awkward(), Report::default()]
}

/// The formats with a JSON schema, and that schema.
fn in_json() -> Vec<(Format, Validator)> {
    let schema = |name: &str| validator(&schemas().join(name), None);
    vec![
        (Format::Sarif, schema("sarif-2.1.0.json")),
        (Format::Rdjson, schema("rdjson.json")),
        (Format::Gitlab, schema("gitlab-code-quality.json")),
    ]
}

#[test]
fn json_is_valid() {
    for (format, validator) in in_json() {
        for report in &samples() {
            for options in [TERMINAL, UNDECIDED] {
                let printed = print(report, format, options);
                assert_eq!(errors(&validator, &printed), [""; 0], "{format}:\n{printed}");
            }
        }
        assert_ne!(errors(&validator, r#"{"x": 1}"#), [""; 0], "{format}");
    }
}

#[test]
fn each_line_of_ndjson_is_valid_and_the_last_is_the_summary() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/report.json");
    let validator = validator(&schema, Some("#/definitions/line"));
    for report in &samples() {
        let printed = print(report, Format::Ndjson, UNDECIDED);
        let mut types = Vec::new();
        for line in printed.lines() {
            assert_eq!(errors(&validator, line), [""; 0], "{line}");
            types.push(serde_json::from_str::<Value>(line).unwrap()["type"].as_str().unwrap().to_owned());
        }
        let mut expected = vec!["diagnostic"; report.diagnostics.len()];
        expected.extend(vec!["undecided"; report.undecided.len()]);
        expected.extend(vec!["notification"; report.notifications.len()]);
        expected.push("summary");
        assert_eq!(types, expected);
    }
    for wrong in [json!({"type": "summary"}), json!({"type": "x"}), json!({"rule": "x"})] {
        assert_ne!(errors(&validator, &wrong.to_string()), [""; 0], "{wrong}");
    }
}

/// The parts of a line are those of `json`.
#[test]
fn a_line_of_ndjson_holds_what_json_holds() {
    let report = everyday();
    let json: Value = serde_json::from_str(&print(&report, Format::Json, UNDECIDED)).unwrap();
    let parts =
        ["diagnostics", "undecided", "notifications"].map(|part| json[part].as_array().unwrap().clone());
    let printed = print(&report, Format::Ndjson, UNDECIDED);
    let lines = printed.lines().map(|line| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        line.as_object_mut().unwrap().remove("type");
        line
    });
    let last = json!({"version": 1, "tool": json["tool"], "summary": json["summary"]});
    let expected: Vec<Value> = parts.concat().into_iter().chain([last]).collect();
    assert_eq!(lines.collect::<Vec<_>>(), expected);
}

#[test]
fn gitlab_shows_every_finding_once() {
    let mut report = everyday();
    let same = report.diagnostics[0].clone();
    report.diagnostics.extend([same.clone(), same]);
    let issues: Value = serde_json::from_str(&print(&report, Format::Gitlab, UNDECIDED)).unwrap();
    let issues = issues.as_array().unwrap();
    let fingerprints: BTreeSet<&str> =
        issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), issues.len());
    let first = report.diagnostics[0].fingerprint.as_str();
    assert!(fingerprints.contains(first) && fingerprints.contains(format!("{first}:3").as_str()));
    assert_eq!(print(&Report::default(), Format::Gitlab, TERMINAL), "[]\n");
}

/// Jenkins sums up by itself, GitLab and Azure believe the numbers.
#[test]
fn junit_counts_what_it_holds() {
    for report in &samples() {
        let printed = print(report, Format::Junit, UNDECIDED);
        let document = Document::parse(&printed).unwrap();
        let holders = document.descendants().filter(|node| node.tag_name().name().starts_with("testsuite"));
        for holder in holders {
            let count = |name: &str| holder.descendants().filter(|node| node.has_tag_name(name)).count();
            for (attribute, element) in
                [("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]
            {
                if let Some(number) = holder.attribute(attribute) {
                    assert_eq!(number, count(element).to_string(), "{attribute} of {holder:?}");
                }
            }
            assert_ne!(count("testcase"), 0, "services take no case for a mistake");
        }
    }
}

#[test]
fn junit_has_a_case_for_a_clean_file_and_for_what_failed() {
    let mut report = everyday();
    report.diagnostics.retain(|diagnostic| diagnostic.span.source.0 != 0);
    report.notifications.clear();
    let printed = print(&report, Format::Junit, TERMINAL);
    assert!(printed.contains(r#"<testcase name="delint" classname="infra/pool"/>"#), "{printed}");
    assert!(printed.contains(r#"<testcase name="delint" classname="infra/main"/>"#), "{printed}");

    let nothing = print(&Report::default(), Format::Junit, TERMINAL);
    assert!(nothing.contains(r#"tests="1" failures="0" errors="0""#), "{nothing}");
    assert!(nothing.contains(r#"<testcase name="delint" classname="delint"/>"#), "{nothing}");

    let failed = Report { notifications: everyday().notifications, ..Report::default() };
    let failed = print(&failed, Format::Junit, TERMINAL);
    assert!(
        failed.contains(r#"<error message="cannot read infra/secret.yaml: permission denied""#),
        "{failed}"
    );
    assert!(!failed.contains("larger"), "a note is no error: {failed}");
}

/// Jenkins' schema, if there is `xmllint`; `scripts/test-formats` insists on it.
#[test]
fn junit_is_valid() {
    let available = Command::new("xmllint").arg("--version").stderr(Stdio::null()).status();
    if !available.is_ok_and(|status| status.success()) {
        eprintln!("note: there is no xmllint: JUnit reports were not checked by the schema");
        return;
    }
    for report in &samples() {
        for options in [TERMINAL, UNDECIDED] {
            let mut lint = Command::new("xmllint");
            lint.args(["--noout", "--nonet", "--schema"]).arg(schemas().join("junit-10.xsd")).arg("-");
            let mut lint = lint.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let printed = print(report, Format::Junit, options);
            lint.stdin.take().unwrap().write_all(printed.as_bytes()).unwrap();
            let output = lint.wait_with_output().unwrap();
            assert!(output.status.success(), "{}\n{printed}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn json_is_valid_whatever_it_holds(report in any_report(), options in any_options()) {
        for (format, validator) in in_json() {
            let printed = print(&report, format, options);
            prop_assert_eq!(errors(&validator, &printed), Vec::<String>::new(), "{}", format);
        }
    }
}
