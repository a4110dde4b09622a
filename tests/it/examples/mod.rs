//! Every example of every rule, in every form that can say it.
//!
//! A `bad` example must yield its rule at its places and what it lists `beside`, in all forms alike; a `good` and an
//! `undecided` one nothing. Hints of other rules are advice on the example, not part of it.

use std::fmt::Write as _;

use delint::diagnostic::Report;
use delint::examples::case::Example;
use delint::examples::run;
use delint::rules::definition::Definition;
use delint::rules::{self, Set};

pub use delint::examples::run::place;
pub use delint::examples::{hcl, pulumi};

/// An example in the words of a provider.
pub mod provider {
    pub use delint::examples::provider::{EXPRESSION, Provider};
    pub use delint::examples::spell::{Example, Resource, spelled};
}

/// How examples are written.
pub mod wrap {
    use delint::value::Value;
    use serde_json::Value as Json;

    pub use delint::examples::canonical::{DELIVERY, json};
    pub use delint::examples::cloudformation::long;
    pub use delint::examples::layout::pretty;
    pub use delint::examples::wrap::{BARE_LIST, in_every_form, verbatim};

    /// An example as a template.
    pub fn template(configuration: &Json, with: Option<&Value>) -> Json {
        delint::examples::cloudformation::template(configuration, with).expect("a template can say it")
    }
}

/// A finding as examples speak of it: rule, and place.
pub type Place = (String, String);

#[test]
fn every_example_yields_what_it_says_in_every_form() {
    let mut failures = String::new();
    let mut checked = 0;
    let rules = Set::default();
    for (name, _) in rules::sources() {
        let outcome = run::run(rules.get(name).unwrap(), &Definition::built_in(name).unwrap(), &rules);
        checked += outcome.files;
        for failure in outcome.failures {
            let (kind, shown) = (failure.kind.as_str(), failure.shown.replace('\n', "\n    | "));
            writeln!(failures, "{name}: {kind}: {}, as {:?}\n    | {shown}", failure.text, failure.forms)
                .unwrap();
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
    pub examples: Vec<Example>,
}

/// All rule files.
pub fn files() -> Vec<RuleFile> {
    let examples = |name| Example::all(&Definition::built_in(name).unwrap());
    rules::sources().iter().map(|(name, _)| RuleFile { name, examples: examples(name) }).collect()
}

/// Checks a text by all rules, those that are off by default as well.
pub fn check(text: &str) -> Report {
    run::check(text, &run::all(&Set::default()))
}
