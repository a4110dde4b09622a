//! Any text behind a brace, read as JSON: no panic, and every span lies in the text.

#![no_main]

use delint::syntax;
use delint::text::{Source, SourceId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = [b"{\"a\":", bytes].concat();
    let source = Source::from_bytes(SourceId(0), "fuzz.json", text);
    let parsed = syntax::parse(&source);
    for document in &parsed.documents {
        assert!(source.text.get(document.root.span.range()).is_some());
        for key in &document.duplicates {
            assert!(
                source.text.get(key.span.range()).is_some() && source.text.get(key.first.range()).is_some()
            );
        }
    }
    if let Some(error) = &parsed.error {
        assert!(source.text.get(error.span.range()).is_some());
    }
});
