//! Every example of every rule as a module of Terraform: what changes nothing, and what is not known.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use delint::diagnostic::Report;
use delint::forms;
use delint::forms::form::Part;
use delint::rules;
use delint::text::{Source, SourceId};
use delint::{engine, syntax};
use rayon::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::templates::{Place, certain_of, place};
use crate::examples::hcl::{BLOCKS, hcl, json_syntax};
use crate::examples::provider::{EXPRESSION, Example, Provider, spelled};
use crate::examples::{self, wrap};

/// An example, by its rule and index and the provider.
struct Module {
    name: String,
    provider: Provider,
    example: Example,
}

/// Each example that can be written in HCL.
static MODULES: LazyLock<Vec<Module>> = LazyLock::new(|| {
    let mut modules = Vec::new();
    for file in examples::files() {
        for (index, example) in file.examples.iter().enumerate() {
            if wrap::verbatim(&example.configuration).is_some() {
                continue;
            }
            let configuration = wrap::json(&example.configuration);
            for provider in [Provider::Aws, Provider::Awscc] {
                let name = format!("{}, example {index}, {provider:?}", file.name);
                let example = spelled(provider, &configuration, example.with.as_ref());
                modules.extend(
                    example.filter(|example| hcl(provider, example).is_some()).map(|example| Module {
                        name,
                        provider,
                        example,
                    }),
                );
            }
        }
    }
    assert!(modules.len() > 200, "only {} modules", modules.len());
    modules
});

/// The rule and the place of each finding, with its fingerprint.
type Identified = BTreeMap<Place, String>;

fn check(files: &[(&str, &str)]) -> Report {
    let mut files = files.to_vec();
    files.sort_by_key(|(name, _)| *name);
    let readings: Vec<_> =
        (0..).zip(&files).map(|(id, (name, text))| engine::read(&Arc::new(source(id, name, text)))).collect();
    let select = rules::built_in().iter().map(|rule| rule.info.name.clone()).collect();
    let levels = engine::Levels { select, ..engine::Levels::default() };
    let settings = engine::Profile { levels, ..engine::Profile::default() }.into();
    engine::check_with(&readings, files.len(), &settings)
}

fn source(id: u32, name: &str, text: &str) -> Source {
    Source::new(SourceId(id), name, text)
}

fn identified(files: &[(&str, &str)]) -> Identified {
    let report = check(files);
    assert_eq!(report.summary.configurations, 1, "{files:?}");
    report.diagnostics.iter().map(|finding| (place(finding), finding.fingerprint.clone())).collect()
}

fn said(text: &str) -> BTreeSet<Place> {
    identified(&[("m/main.tf", text)]).into_keys().collect()
}

/// All that holds of a module, whether it is said or not.
fn certain(text: &str) -> BTreeSet<Place> {
    let source = source(0, "m/main.tf", text);
    let parsed = syntax::parse(&source);
    let parts = [Part { name: "main.tf", document: &parsed.documents[0] }];
    forms::join(&parts).iter().flat_map(|resources| certain_of(resources)).collect()
}

/// A value of an attribute, or an item or a member of one.
struct Leaf {
    resource: usize,
    pointer: String,
}

impl Module {
    fn text(&self) -> String {
        hcl(self.provider, &self.example).expect("a module")
    }

    fn leaves(&self) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        for (resource, of) in self.example.resources.iter().enumerate() {
            for (key, value) in &of.properties {
                self.leaves_of(resource, key, value, &format!("/{}", wrap_step(key)), &mut leaves);
            }
        }
        leaves
    }

    fn leaves_of(&self, resource: usize, key: &str, value: &Json, pointer: &str, leaves: &mut Vec<Leaf>) {
        let is_block = self.provider == Provider::Aws && BLOCKS.contains(&key);
        if !is_block {
            leaves.push(Leaf { resource, pointer: pointer.to_owned() });
        }
        match value {
            Json::Object(object) if !object.contains_key(EXPRESSION) => {
                for (key, value) in object {
                    let pointer = format!("{pointer}/{}", wrap_step(key));
                    self.leaves_of(resource, key, value, &pointer, leaves);
                }
            }
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.leaves_of(resource, key, item, &format!("{pointer}/{index}"), leaves);
                }
            }
            _ => {}
        }
    }

    fn value(&self, leaf: &Leaf) -> &Json {
        let mut steps = leaf.pointer.splitn(3, '/').skip(1);
        let member = steps.next().expect("a member").replace("~1", "/").replace("~0", "~");
        let value = &self.example.resources[leaf.resource].properties[&member];
        let rest = steps.next().map_or_else(String::new, |rest| format!("/{rest}"));
        value.pointer(&rest).expect("a leaf")
    }

    /// The module with an expression at a leaf.
    fn with(&self, leaf: &Leaf, expression: &str) -> String {
        let mut example = self.example.clone();
        let properties = &mut example.resources[leaf.resource].properties;
        let mut object = Json::Object(std::mem::take(properties));
        *object.pointer_mut(&leaf.pointer).expect("a leaf") = json!({ EXPRESSION: expression });
        let Json::Object(object) = object else { unreachable!("an object") };
        *properties = object;
        hcl(self.provider, &example).expect("a module")
    }
}

fn wrap_step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Collects what is not as it should be, of all modules.
fn in_all(compare: impl Fn(&Module) -> Vec<String> + Sync) {
    let wrong: Vec<String> = MODULES
        .par_iter()
        .flat_map(|module| {
            compare(module).into_iter().map(|why| format!("{}:\n{why}\n", module.name)).collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.concat());
}

fn differs<T: Ord + std::fmt::Debug>(what: &str, text: &str, found: &T, wanted: &T) -> Option<String> {
    (found != wanted).then(|| format!("{what}\n    found    {found:?}\n    expected {wanted:?}\n{text}"))
}

/// Where a reference gives way to a variable, a dependency is surely gone.
fn but_for_dependencies(found: BTreeSet<Place>) -> BTreeSet<Place> {
    found.into_iter().filter(|(rule, ..)| rule != "missing-dependency").collect()
}

#[test]
fn a_variable_of_which_nothing_is_known_adds_no_finding() {
    in_all(|module| {
        let before = certain(&module.text());
        let leaf = |leaf: Leaf| {
            let text = module.with(&leaf, "var.delint_unknown");
            let text = format!("{text}variable \"delint_unknown\" {{}}\n");
            let found = but_for_dependencies(said(&text));
            let new: BTreeSet<_> = found.difference(&before).collect();
            differs(&leaf.pointer, &text, &new, &BTreeSet::new())
        };
        module.leaves().into_iter().filter_map(leaf).collect()
    });
}

/// Ways to write an expression that mean the expression. Those that make a text of it are for texts.
const WRAPPERS: [(&str, bool); 9] = [
    ("local.delint", false),
    ("local.delint_object.here", false),
    ("local.delint_list[0]", false),
    ("true ? @ : @", false),
    ("var.delint_decides ? @ : @", false),
    ("(@)", false),
    ("\"${@}\"", true),
    ("coalesce(@)", true),
    ("format(\"%s\", @)", true),
];

#[test]
fn another_way_to_write_a_value_changes_nothing() {
    in_all(|module| {
        let before = said(&module.text());
        let mut wrong = Vec::new();
        for leaf in module.leaves() {
            let value = module.value(&leaf);
            let plain = crate::examples::hcl::expression(value);
            for (wrapper, for_texts) in WRAPPERS {
                // What is referred to may be of any type; nothing comes of an empty text.
                let is_text = value.as_str().is_some_and(|text| !text.is_empty());
                if for_texts && !is_text {
                    continue;
                }
                let text = module.with(&leaf, &wrapper.replace('@', &plain));
                let text = format!(
                    "{text}variable \"delint_decides\" {{\n  type = bool\n}}\nlocals {{\n  delint = {plain}\n  delint_object = {{ \
                     here = {plain} }}\n  delint_list = [{plain}]\n}}\n"
                );
                wrong.extend(differs(
                    &format!("{wrapper} at {}", leaf.pointer),
                    &text,
                    &said(&text),
                    &before,
                ));
            }
        }
        wrong
    });
}

#[test]
fn files_change_nothing_but_names() {
    in_all(|module| {
        let whole = module.text();
        let before = identified(&[("m/main.tf", &whole)]);
        let blocks: Vec<String> = whole
            .split("\n}\n")
            .filter(|text| !text.trim().is_empty())
            .map(|text| format!("{text}\n}}\n"))
            .collect();
        let mut wrong = Vec::new();
        for reversed in [false, true] {
            let name = |index: usize| format!("m/f{:02}.tf", if reversed { 50 - index } else { index });
            let names: Vec<String> = (0..blocks.len()).map(name).collect();
            let files: Vec<(&str, &str)> =
                names.iter().zip(&blocks).map(|(name, text)| (name.as_str(), text.as_str())).collect();
            wrong.extend(differs("in files", &whole, &identified(&files), &before));
        }
        let mut reversed = blocks.clone();
        reversed.reverse();
        let reversed = reversed.concat();
        wrong.extend(differs(
            "the other way round",
            &reversed,
            &identified(&[("m/main.tf", &reversed)]),
            &before,
        ));
        wrong
    });
}

#[test]
fn the_order_of_attributes_changes_nothing() {
    fn reversed(value: &Json) -> Json {
        match value {
            Json::Object(object) if object.contains_key(EXPRESSION) => value.clone(),
            Json::Object(object) => {
                object.iter().rev().map(|(key, value)| (key.clone(), reversed(value))).collect()
            }
            Json::Array(items) => items.iter().map(reversed).collect(),
            other => other.clone(),
        }
    }
    in_all(|module| {
        let mut example = module.example.clone();
        for resource in &mut example.resources {
            let Json::Object(properties) = reversed(&Json::Object(std::mem::take(&mut resource.properties)))
            else {
                unreachable!("an object")
            };
            resource.properties = properties;
        }
        let text = hcl(module.provider, &example).expect("a module");
        let (found, wanted) =
            (identified(&[("m/main.tf", &text)]), identified(&[("m/main.tf", &module.text())]));
        differs("reversed", &text, &found, &wanted).into_iter().collect()
    });
}

#[test]
fn every_syntax_says_the_same() {
    in_all(|module| {
        let text = module.text();
        let before = identified(&[("m/main.tf", &text)]);
        let json = wrap::pretty(&json_syntax(&module.example));
        let commented = text.replace('\n', " # a\n/* b */ // c } \"\n\n");
        let inline = text.replace(" = ", " /* a */ = /* \" */ ");
        let mut wrong = Vec::new();
        for (what, name, text) in [
            ("in JSON", "m/main.tf.json", json),
            ("with CRLF", "m/main.tf", text.replace('\n', "\r\n")),
            ("with a byte order mark", "m/main.tf", format!("\u{feff}{text}")),
            ("with comments", "m/main.tf", commented),
            ("with comments in lines", "m/main.tf", inline),
            ("with tabs", "m/main.tf", text.replace("  ", "\t")),
            ("as a file of OpenTofu", "m/main.tofu", text.clone()),
            ("without a last line break", "m/main.tf", text.trim_end().to_owned()),
        ] {
            wrong.extend(differs(what, &text, &identified(&[(name, &text)]), &before));
        }
        wrong
    });
}

#[test]
fn a_single_instance_changes_nothing_but_labels() {
    let delivery = format!("\" \"{}\" {{\n", wrap::DELIVERY);
    in_all(|module| {
        let text = module.text();
        let before = said(&text);
        let mut wrong = Vec::new();
        for (meta, index) in [
            ("count = 1", "[0]"),
            ("count = true ? 1 : 0", "[0]"),
            ("for_each = toset([\"a\"])", "[\"a\"]"),
            ("for_each = { a = 1 }", "[\"a\"]"),
        ] {
            let text = text.replace(&delivery, &format!("{delivery}  {meta}\n"));
            let without =
                |(rule, label, path): Place| (rule, label.map(|label| label.replace(index, "")), path);
            let found = said(&text).into_iter().map(without).collect();
            wrong.extend(differs(meta, &text, &found, &before));
        }
        wrong
    });
}

/// What holds only if there is a delivery is told of one that there may be.
#[test]
fn instances_of_which_nothing_is_known_add_no_finding() {
    let delivery = format!("\" \"{}\" {{\n", wrap::DELIVERY);
    in_all(|module| {
        let text = module.text();
        let before = certain(&text);
        let mut wrong = Vec::new();
        for meta in [
            "count = var.delint_unknown",
            "for_each = var.delint_unknown",
            "count = var.delint_unknown ? 1 : 0",
        ] {
            let text = text.replace(&delivery, &format!("{delivery}  {meta}\n"));
            let text = format!("{text}variable \"delint_unknown\" {{}}\n");
            let without =
                |(rule, label, path): Place| (rule, label.map(|label| label.replace("[0]", "")), path);
            let found: BTreeSet<Place> = said(&text).into_iter().map(without).collect();
            let new: BTreeSet<_> = found.difference(&before).collect();
            wrong.extend(differs(meta, &text, &new, &BTreeSet::new()));
        }
        wrong
    });
}

#[test]
fn leaves_are_all_that_is_written() {
    let leaves: usize = MODULES.iter().map(|module| module.leaves().len()).sum();
    assert!(leaves > 2000, "only {leaves} leaves");
    let properties: Map<String, Json> =
        json!({ "a/b": "x", "log_configurations": [{ "c": [1, { "d": "y" }] }] })
            .as_object()
            .expect("an object")
            .clone();
    let resource = examples::provider::Resource { token: "t", name: "n".to_owned(), properties };
    let example = Example { resources: vec![resource], variables: Vec::new() };
    let module = Module { name: String::new(), provider: Provider::Aws, example };
    let pointers: Vec<String> = module.leaves().into_iter().map(|leaf| leaf.pointer).collect();
    let blocks = "/log_configurations/0/c";
    let expected = [
        "/a~1b".to_owned(),
        blocks.to_owned(),
        format!("{blocks}/0"),
        format!("{blocks}/1"),
        format!("{blocks}/1/d"),
    ];
    assert_eq!(pointers, expected);
}
