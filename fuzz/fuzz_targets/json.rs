//! Any text behind a brace, read as JSON: no panic, and every span lies in the text.

#![no_main]

mod spans;

use delint::syntax;
use delint::text::{Source, SourceId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = [b"{\"a\":", bytes].concat();
    let source = Source::from_bytes(SourceId(0), "fuzz.json", text);
    spans::lie_in(&source, &syntax::parse(&source));
});
