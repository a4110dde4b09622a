//! Any text, read as HCL: no panic, and every span lies in the text.

#![no_main]

mod spans;

use delint::syntax;
use delint::text::{Source, SourceId};
use delint::value::{Kind, Map};
use libfuzzer_sys::fuzz_target;

fn check(source: &Source, map: &Map) {
    for entry in &map.entries {
        assert!(source.text.get(entry.key.span.range()).is_some());
        assert!(source.text.get(entry.value.span.range()).is_some());
        match &entry.value.kind {
            Kind::Map(map) => check(source, map),
            Kind::Block(block) => check(source, &block.body),
            _ => {}
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let source = Source::from_bytes(SourceId(0), "fuzz.tf", bytes.to_vec());
    let parsed = syntax::parse(&source);
    spans::lie_in(&source, &parsed);
    for document in &parsed.documents {
        document.root.as_map().into_iter().for_each(|map| check(&source, map));
    }
});
