//! What is read from JSON.

use super::shown::{read, shape, shape_of};

#[test]
fn numbers_stay_as_they_are_written() {
    assert_eq!(shape_of("[1, -0.50, 1E+2, 12345678901234567890]"), "[1, -0.50, 1E+2, 12345678901234567890]");
}

#[test]
fn comments_and_trailing_commas_are_accepted() {
    let text = "// a\n/* b */ {\"c\": [1, 2, /* d */], // e\n \"f\": {},\n} // g";
    assert_eq!(shape_of(text), "{c: [1, 2], f: {}}");
}

#[test]
fn nothing_else_is() {
    // No reading as YAML saves these.
    for text in [
        "{\"a\": 1 \"b\": 2}",
        "{\"a\": 1}\n{\"b\": 2}",
        "{\"a\": \"\\ud800\"}",
        "{\"a\": \"\\'\"}",
        "// c\n{a: 1}",
        "// c\n[0x1]",
        "// c\n[+1]",
        "// c\n[.5]",
        "// c\n['a']",
        "// c\n[NaN]",
        "// c\n[\"a\tb\"]",
        "// c\n[\"a\nb\"]",
        "{\"a\": [1,,2]}",
        "{\"a\": [1}",
        "[1, 2",
    ] {
        let parsed = read(text);
        let error = parsed.error.unwrap_or_else(|| panic!("{text:?}"));
        assert!(parsed.documents.is_empty(), "{text:?}");
        assert!(!error.span.is_empty(), "{text:?}: {error:?}");
    }
}

#[test]
fn the_first_fault_is_told_in_the_parsers_words() {
    let error = read("{\"é\": 1 \"b\": 2}").error.unwrap();
    assert_eq!((error.message.as_str(), error.span.range()), ("expected comma", 8..9));
    let error = read("\u{feff}// c\n[\"a\tb\"]").error.unwrap();
    assert_eq!(
        (error.message.as_str(), error.span.range()),
        ("unexpected control character in a string", 11..12)
    );
}

#[test]
fn keys_may_stand_twice() {
    let parsed = read("\u{feff}{\"a\": 1, \"\\u0061\": 2}");
    assert_eq!(shape(&parsed.documents[0].root), "{a: 1, a: 2}");
    let found = &parsed.documents[0].duplicates[0];
    assert_eq!((found.name.as_str(), found.first.range(), found.span.range()), ("a", 5..6, 13..19));
}
