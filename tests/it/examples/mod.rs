//! Every example of every rule, in every form that can say it.
//!
//! A `bad` example must yield its rule at its places and what it lists `beside`, in all forms alike; a `good` and an
//! `undecided` one nothing. Hints of other rules are advice on the example, not part of it.

pub mod hcl;
pub mod provider;
pub mod pulumi;
pub mod wrap;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use delint::diagnostic::{Diagnostic, Report, Severity};
use delint::engine;
use delint::rules;
use delint::spec::normal;
use delint::syntax;
use delint::text::{Source, SourceId};
use delint::value::Value;

/// A finding as examples speak of it: rule, and place.
pub type Place = (String, String);

pub struct Example {
    verdict: &'static str,
    pub configuration: Value,
    pub with: Option<Value>,
    /// The places at which the rule speaks, then what others say.
    expected: BTreeSet<Place>,
    text: Option<String>,
}

#[test]
fn every_example_yields_what_it_says_in_every_form() {
    let mut failures = String::new();
    let mut checked = 0;
    for RuleFile { name, forms, examples } in files() {
        let is_for = |form: &str| forms.is_empty() || forms.iter().any(|name| name == form);
        for (index, example) in examples.iter().enumerate() {
            let wrapped = wrap::in_every_form(&example.configuration, example.with.as_ref());
            let wrapped: Vec<_> = wrapped
                .into_iter()
                .filter(|wrapped| example.verdict != "bad" || is_for(wrapped.form))
                .filter(|wrapped| wrapped.name != wrap::BARE_LIST || example.is_about_entries(name))
                .collect();
            if wrapped.is_empty() {
                writeln!(failures, "{name}, example {index}: no form of the rule can say it").unwrap();
            }
            for wrapped in wrapped {
                checked += 1;
                let report = check(&wrapped.text);
                if let Err(why) = compare(name, example, &report) {
                    let shown = wrapped.text.replace('\n', "\n    | ");
                    writeln!(
                        failures,
                        "{name}, example {index} ({}), as {}: {why}\n    | {shown}",
                        example.verdict, wrapped.name
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(
        failures.is_empty(),
        "of {checked} examples in their forms, these are not as they say:\n\n{failures}"
    );
    assert!(checked > 1000, "only {checked} examples were checked");
}

/// What a rule file holds for tests.
pub struct RuleFile {
    pub name: &'static str,
    forms: Vec<String>,
    pub examples: Vec<Example>,
}

/// All rule files.
pub fn files() -> Vec<RuleFile> {
    let file = |(name, text): &(&'static str, &'static str)| {
        let parsed = syntax::parse(&Source::new(SourceId(0), *name, *text));
        let file = &parsed.documents[0].root;
        let forms = file.get("forms").map(texts).unwrap_or_default();
        RuleFile { name, forms, examples: examples(name, file) }
    };
    rules::sources().iter().map(file).collect()
}

fn examples(rule: &str, file: &Value) -> Vec<Example> {
    let examples = file.get("examples").and_then(Value::as_list).expect("examples");
    let example = |value: &Value| {
        let verdict = ["bad", "good", "undecided"].into_iter().find(|verdict| value.get(verdict).is_some());
        let verdict = verdict.unwrap_or_else(|| panic!("{rule}: an example is bad, good or undecided"));
        let mut expected: BTreeSet<Place> = BTreeSet::new();
        if let Some(at) = value.get("at") {
            expected.extend(texts(at).into_iter().map(|at| (rule.to_owned(), at)));
        }
        for entry in
            value.get("beside").and_then(Value::as_map).map(|map| &map.entries[..]).unwrap_or_default()
        {
            expected.extend(texts(&entry.value).into_iter().map(|at| (entry.key.name.clone(), at)));
        }
        assert_eq!(
            verdict == "bad",
            value.get("at").is_some(),
            "{rule}: a bad example, and no other, has a place"
        );
        Example {
            verdict,
            configuration: value.get(verdict).expect("a configuration").clone(),
            with: value.get("with").cloned(),
            expected,
            text: value.get("text").and_then(Value::as_str).map(str::to_owned),
        }
    };
    examples.iter().map(example).collect()
}

fn texts(value: &Value) -> Vec<String> {
    let items = value.as_list().unwrap_or(std::slice::from_ref(value));
    items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Checks a text by all rules, those that are off by default as well.
pub fn check(text: &str) -> Report {
    let source = Arc::new(Source::new(SourceId(0), "example", text));
    let select = rules::built_in().iter().map(|rule| rule.info.name.clone()).collect();
    let levels = engine::Levels { select, ..engine::Levels::default() };
    let profile = engine::Profile { levels, ..engine::Profile::default() };
    let settings = engine::Settings { today: engine::Date::parse("2026-11-23"), ..profile.into() };
    engine::check_with(&[engine::read(&source)], 1, &settings)
}

impl Example {
    /// Whether it says the same without the user pool.
    fn is_about_entries(&self, rule: &str) -> bool {
        let source = rules::sources().iter().find(|(name, _)| *name == rule).map_or("", |(_, text)| text);
        !source.contains("/UserPoolId")
            && self.expected.iter().all(|(_, at)| at.starts_with("LogConfigurations"))
    }
}

fn compare(rule: &str, example: &Example, report: &Report) -> Result<(), String> {
    // A key is told from its value by what is underlined.
    let expected: BTreeSet<Place> = example
        .expected
        .iter()
        .map(|(rule, at)| (rule.clone(), at.trim_end_matches(":key").to_owned()))
        .collect();
    let listed = |diagnostic: &&Diagnostic| {
        diagnostic.rule.name == rule
            || diagnostic.rule.severity > Severity::Hint
            || expected.iter().any(|(rule, _)| *rule == diagnostic.rule.name)
    };
    let diagnostics: Vec<&Diagnostic> = report.diagnostics.iter().filter(listed).collect();
    let found: BTreeSet<Place> =
        diagnostics.iter().map(|diagnostic| (diagnostic.rule.name.clone(), place(diagnostic))).collect();
    if found != expected {
        return Err(format!("\n    expected {expected:?}\n    found    {found:?}"));
    }
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.rule.name == rule) {
        let source = report.source(diagnostic.span).expect("a source");
        let slice = source.slice(diagnostic.span);
        if let Some(text) = &example.text
            && slice.trim_matches(['"', '\'']) != text
            // A key is spelled as the form has it; what a form says in another way is not compared.
            && normal(slice) != normal(text)
            && source.text.contains(text)
        {
            return Err(format!("underlines `{slice}`, not `{text}`"));
        }
        let on_key = example.expected.iter().any(|(_, at)| at.ends_with(":key"));
        let last = diagnostic.path.rsplit('/').next().unwrap_or_default();
        let is_name = |slice: &str| slice.chars().all(|c| c.is_alphanumeric() || c == '_');
        let is_key = match diagnostic.form {
            "terraform" | "pulumi" => is_name(slice),
            _ => slice.trim_matches('"') == last,
        };
        if on_key && rule != "duplicate-key" && !is_key {
            return Err(format!("underlines `{slice}`, not the key"));
        }
    }
    Ok(())
}

/// A place as examples write it: `LogConfigurations/0`, `Pool->UserPoolTier`, `.` for the configuration itself.
pub fn place(diagnostic: &Diagnostic) -> String {
    let pointer = diagnostic.path.trim_start_matches('/');
    let resource = diagnostic.resource.as_deref().and_then(|label| label.rsplit('.').next());
    match resource.filter(|name| *name != wrap::DELIVERY) {
        Some(neighbour) if pointer.is_empty() => neighbour.to_owned(),
        Some(neighbour) => format!("{neighbour}->{pointer}"),
        None if pointer.is_empty() => ".".to_owned(),
        None => pointer.to_owned(),
    }
}
