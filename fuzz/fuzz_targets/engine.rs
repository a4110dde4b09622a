//! Any file, read, checked and printed: no panic, every finding lies in its text, two runs say the same.

#![no_main]

use std::sync::Arc;

use delint::engine;
use delint::report::reporter::Options;
use delint::report::{Format, reporter};
use delint::text::{Source, SourceId};
use libfuzzer_sys::fuzz_target;

fn printed(bytes: &[u8], format: Format) -> Vec<u8> {
    let source = Arc::new(Source::from_bytes(SourceId(0), "fuzz.yaml", bytes.to_vec()));
    let report = engine::check(&[engine::read(&source)], 1);
    for finding in &report.diagnostics {
        let spans = finding.labels.iter().map(|label| label.span).chain([finding.span]);
        for span in spans {
            assert!(source.text.get(span.range()).is_some(), "{span:?}");
        }
    }
    let mut out = Vec::new();
    let written = reporter(format, Options::default()).write(&report, &mut out);
    assert!(written.is_ok());
    out
}

fuzz_target!(|bytes: &[u8]| {
    assert_eq!(printed(bytes, Format::Json), printed(bytes, Format::Json));
    printed(bytes, Format::Pretty);
});
