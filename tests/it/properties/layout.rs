//! What does not change what a document says changes no finding: order of keys, syntax, form.

use std::collections::{BTreeMap, BTreeSet};

use delint::diagnostic::Diagnostic;
use serde_json::Value as Json;

use super::templates;
use crate::examples::{self, wrap};

/// The rule and the place of each finding, with its fingerprint.
type Identified = BTreeMap<examples::Place, String>;

fn identified(text: &str) -> Identified {
    let identified = |diagnostic: Diagnostic| {
        let place = (diagnostic.rule.name.clone(), examples::place(&diagnostic));
        (place, diagnostic.fingerprint)
    };
    examples::check(text).diagnostics.into_iter().map(identified).collect()
}

type Order = fn(&mut [(String, Json)]);

const ORDERS: [Order; 3] = [
    <[_]>::reverse,
    |members| members.rotate_left(usize::from(!members.is_empty())),
    |members| members.sort_by(|a, b| a.0.cmp(&b.0)),
];

/// The same with the members of every mapping in another order; but of two resources that compete, the later one is
/// reported, so they stay as they are.
fn reordered(value: &Json, order: Order) -> Json {
    match value {
        Json::Object(object) => {
            let member = |(key, value): (&String, &Json)| match value {
                Json::Object(resources) if key == "Resources" => {
                    let resource =
                        |(name, resource): (&String, &Json)| (name.clone(), reordered(resource, order));
                    (key.clone(), resources.iter().map(resource).collect())
                }
                _ => (key.clone(), reordered(value, order)),
            };
            let mut members: Vec<_> = object.iter().map(member).collect();
            order(&mut members);
            members.into_iter().collect()
        }
        Json::Array(items) => items.iter().map(|item| reordered(item, order)).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_order_of_keys_changes_nothing() {
    let mut documents: Vec<(String, Json)> =
        templates::all().into_iter().map(|template| (template.name, template.json)).collect();
    for file in examples::files() {
        for (index, example) in file.examples.iter().enumerate() {
            let wrapped = wrap::in_every_form(&example.configuration, example.with.as_ref());
            let read = |text: &str| serde_json::from_str(text.trim_start_matches('\u{feff}')).ok();
            documents.extend(wrapped.iter().filter(|wrapped| wrapped.form != "cloudformation").filter_map(
                |wrapped| {
                    Some((
                        format!("{}, example {index}, as {}", file.name, wrapped.name),
                        read(&wrapped.text)?,
                    ))
                },
            ));
        }
    }
    assert!(documents.len() > 500, "only {} documents", documents.len());
    for (name, document) in &documents {
        let before = identified(&wrap::pretty(document));
        for order in ORDERS {
            let text = wrap::pretty(&reordered(document, order));
            assert_eq!(identified(&text), before, "{name}:\n{text}");
        }
    }
}

#[test]
fn a_finding_has_one_fingerprint_in_every_syntax_and_form() {
    for file in examples::files() {
        for (index, example) in file.examples.iter().enumerate() {
            let mut in_form: BTreeMap<&str, BTreeSet<examples::Place>> = BTreeMap::new();
            let mut known = Identified::new();
            let wrapped = wrap::in_every_form(&example.configuration, example.with.as_ref());
            // A list alone names no user pool, and so is that of another.
            for wrapped in wrapped.into_iter().filter(|wrapped| wrapped.name != wrap::BARE_LIST) {
                let found = identified(&wrapped.text);
                let name = format!("{}, example {index}, as {}", file.name, wrapped.name);
                let places: BTreeSet<_> = found.keys().cloned().collect();
                let of_form = in_form.entry(wrapped.form).or_insert_with(|| places.clone());
                assert_eq!(*of_form, places, "{name}");
                for (place, fingerprint) in found {
                    let first = known.entry(place.clone()).or_insert_with(|| fingerprint.clone());
                    assert_eq!(*first, fingerprint, "{name}: {place:?}");
                }
            }
        }
    }
}
