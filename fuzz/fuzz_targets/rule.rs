//! Any text, read as a rule file: a rule, or mistakes that lie in the text.

#![no_main]

use std::sync::Arc;

use delint::rules;
use delint::text::{Source, SourceId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = Arc::new(Source::from_bytes(SourceId(0), "fuzz.yaml", bytes.to_vec()));
    if let Err(mistakes) = rules::read("fuzz", &source) {
        assert!(!mistakes.is_empty(), "no rule, and nothing is wrong");
        for mistake in mistakes {
            assert!(source.text.get(mistake.span.range()).is_some(), "{mistake:?}");
        }
    }
});
