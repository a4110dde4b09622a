//! Any text, read as YAML: no panic, and every span lies in the text.

#![no_main]

mod spans;

use delint::syntax;
use delint::text::{Source, SourceId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // A first line that no JSON has.
    let text = [b"# yaml\n", bytes].concat();
    let source = Source::from_bytes(SourceId(0), "fuzz.yaml", text);
    spans::lie_in(&source, &syntax::parse(&source));
});
