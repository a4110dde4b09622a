//! Any text, read as a rule file of a project: a rule that can be checked with, or mistakes that lie in the text.

#![no_main]

use std::sync::Arc;

use delint::engine::{self, Settings};
use delint::rules::Set;
use delint::rules::set::File;
use delint::text::{Source, SourceId};
use libfuzzer_sys::fuzz_target;

const CHECKED: &str = include_str!("../seeds/engine/request.yaml");

fuzz_target!(|bytes: &[u8]| {
    let source = Arc::new(Source::from_bytes(SourceId(1), "own-rule.yaml", bytes.to_vec()));
    match Set::with(&[File { name: "own-rule".to_owned(), source: source.clone() }]) {
        Ok(rules) => {
            let checked = Arc::new(Source::new(SourceId(0), "request.yaml", CHECKED));
            let settings = Settings { rules, ..Settings::default() };
            for diagnostic in engine::check_with(&[engine::read(&checked)], 1, &settings).diagnostics {
                assert!(checked.text.get(diagnostic.span.range()).is_some(), "{diagnostic:?}");
            }
        }
        Err(mistakes) => {
            assert!(!mistakes.is_empty(), "no rule, and nothing is wrong");
            for mistake in mistakes {
                assert_eq!(mistake.span.source, source.id, "{mistake:?}");
                assert!(source.text.get(mistake.span.range()).is_some(), "{mistake:?}");
            }
        }
    }
});
