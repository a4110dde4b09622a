//! What identifies a finding: the same in another order and under another name of the file, and no other's.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use delint::engine;
use delint::text::{Source, SourceId};
use serde_json::Value as Json;

use crate::examples::{self, wrap};

/// Each example in some ways of writing it: the rule, the name, the text.
fn texts(names: &[&str]) -> Vec<(&'static str, String, String)> {
    let mut texts = Vec::new();
    for file in examples::files() {
        for (index, example) in file.examples.iter().enumerate() {
            let wrapped = wrap::in_every_form(&example.configuration, example.with.as_ref());
            for wrapped in wrapped.into_iter().filter(|wrapped| names.contains(&wrapped.name)) {
                let name = format!("{}, example {index}, as {}", file.name, wrapped.name);
                texts.push((file.name, name, wrapped.text));
            }
        }
    }
    texts
}

/// How many findings have each rule and fingerprint.
fn identified(text: &str) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for found in examples::check(text).diagnostics {
        *counts.entry((found.rule.name.clone(), found.fingerprint)).or_default() += 1;
    }
    counts
}

#[test]
fn the_order_of_entries_changes_no_fingerprint() {
    let mut checked = 0;
    for (_, name, text) in texts(&["CloudFormation in JSON"]) {
        let mut template: Json = serde_json::from_str(&text).unwrap();
        let pointer = format!("/Resources/{}/Properties/LogConfigurations", wrap::DELIVERY);
        let Some(entries) = template.pointer_mut(&pointer).and_then(Json::as_array_mut) else { continue };
        // What has no event source of its own goes by its place.
        let sources: BTreeSet<&str> =
            entries.iter().filter_map(|entry| entry["EventSource"].as_str()).collect();
        if entries.len() < 2 || sources.len() < entries.len() {
            continue;
        }
        entries.reverse();
        // Of too many entries the third is reported, whichever that is.
        let of = |text: &str| {
            let mut found = identified(text);
            found.retain(|(rule, _), _| rule != "too-many-configurations");
            found
        };
        let before = of(&text);
        checked += usize::from(!before.is_empty());
        assert_eq!(of(&wrap::pretty(&template)), before, "{name}");
    }
    assert!(checked > 3, "only {checked} examples with two entries");
}

#[test]
fn the_name_of_a_file_is_in_no_fingerprint() {
    let fingerprints = |name: &str, text: &str| {
        let reading = engine::read(&Arc::new(Source::new(SourceId(0), name, text)));
        let found = engine::check(&[reading], 1).diagnostics.into_iter();
        found.map(|found| (found.rule.name.clone(), found.fingerprint)).collect::<Vec<_>>()
    };
    let mut checked = 0;
    for (_, name, text) in texts(&["API document in YAML", "CloudFormation in YAML", "written out"]) {
        let before = fingerprints("a.yaml", &text);
        checked += before.len();
        assert_eq!(fingerprints("some/other folder/é.json", &text), before, "{name}");
    }
    for (_, name, text) in texts(&["Terraform"]) {
        let before = fingerprints("main.tf", &text);
        checked += before.len();
        assert_eq!(fingerprints("modules/users/logs.tf", &text), before, "{name}");
    }
    assert!(checked > 300, "only {checked} findings");
}

#[test]
fn two_findings_of_a_file_have_two_fingerprints() {
    let mut shared = BTreeSet::new();
    let mut checked = 0;
    for (file, name, text) in
        texts(&["API document in JSON", "CloudFormation in JSON", "Terraform", "written out"])
    {
        // Two configurations of one user pool are one for it: what is found in both is counted.
        if file == "competing-configurations" {
            continue;
        }
        for ((rule, _), count) in identified(&text) {
            checked += 1;
            if count > 1 {
                shared.insert(format!("{rule}: {name}"));
            }
        }
    }
    assert!(checked > 400, "only {checked} findings");
    assert_eq!(shared.into_iter().collect::<Vec<_>>(), [""; 0]);
}
