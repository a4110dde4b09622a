//! What is read from YAML.

use super::shown::{read, shape, shape_of};

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(shape_of(text), expected, "{text:?}");
}

#[test]
fn plain_scalars_are_typed_by_the_core_schema() {
    check("[null, Null, NULL, ~, nULL]", r#"[null, null, null, null, "nULL"]"#);
    check("[true, True, TRUE, false, False, FALSE]", "[true, true, true, false, false, false]");
    check("[yes, no, on, off, y, tRUE]", r#"["yes", "no", "on", "off", "y", "tRUE"]"#);
    check("[0, -1, +2, 0x1F, 0o17, 012345678901]", "[0, -1, +2, 0x1F, 0o17, 012345678901]");
    check("[1., .5, -1.5e+3, 1E2, .inf, -.INF, .NaN]", "[1., .5, -1.5e+3, 1E2, .inf, -.INF, .NaN]");
    check("[1_000, 0x, 0o8, 1e, ., 1.2.3, +.nan]", r#"["1_000", "0x", "0o8", "1e", ".", "1.2.3", "+.nan"]"#);
    check("[2012-10-17, 1:30, 10.0.0.1]", r#"["2012-10-17", "1:30", "10.0.0.1"]"#);
}

#[test]
fn quoted_and_block_scalars_are_text() {
    check("['1', \"null\", '']", r#"["1", "null", ""]"#);
    check("- |-\n  true\n- >-\n  12", r#"["true", "12"]"#);
}

#[test]
fn core_tags_are_applied_and_others_kept() {
    check("[!!str 12, !!int '12', !!float 1, !!bool \"true\", !!null '']", r#"["12", 12, 1, true, null]"#);
    check("[!!int x, !!bool 1, !<tag:yaml.org,2002:str> 1, ! 12]", r#"["x", "1", "1", "12"]"#);
    check("[!!str , !!map , !!null ]", r#"["", null, null]"#);
    check("[!!seq [1], !!map {a: 1}, !!set {a}, !!binary aGk=]", r#"[[1], {a: 1}, {a: null}, "aGk="]"#);
    check(
        "[!Ref 12, !GetAtt a.b, !Foo , !Foo {a: 1}]",
        r#"[!Ref "12", !GetAtt "a.b", !Foo null, !Foo {a: 1}]"#,
    );
    check("%TAG !e! tag:example.com,2000:\n---\n!e!x [!e!y 1]", r#"!e!x [!e!y "1"]"#);
}

#[test]
fn an_alias_is_a_copy_of_its_anchor() {
    check("[&a {b: [1]}, *a, *a]", "[{b: [1]}, {b: [1]}, {b: [1]}]");
    check("[&a 1, &a 2, *a]", "[1, 2, 2]");
    check("- &a !Ref x\n- *a\n", r#"[!Ref "x", !Ref "x"]"#);
    check("&a k: *a\n*a : 2\n", r#"{k: "k", k: 2}"#);
    check("x: &a [*a]", "{x: [<the alias *a stands inside its own anchor>]}");
    check("[*b, &b 1]", "[<the alias *b has no anchor>, 1]");
}

#[test]
fn anchors_end_with_their_document() {
    let shapes =
        read("&a 1\n---\n*a\n").documents.iter().map(|document| shape(&document.root)).collect::<Vec<_>>();
    assert_eq!(shapes, ["1", "<the alias *a has no anchor>"]);
}

#[test]
fn merged_entries_come_before_all_others() {
    check("- &a {x: 1, y: 2}\n- {x: 3, <<: *a}\n", "[{x: 1, y: 2}, {x: 1, y: 2, x: 3}]");
    check("- {<<: [{x: 1}, {x: 2, y: 3}], z: 4}", "[{x: 2, y: 3, x: 1, z: 4}]");
    check("{<<: {x: 1}, <<: {x: 2}}", "{x: 1, x: 2}");
    check("{<<: {<<: {x: 1}, x: 2}, x: 3}", "{x: 1, x: 2, x: 3}");
}

#[test]
fn what_cannot_be_merged_stays() {
    check("{<<: 1}", "{<<: 1}");
    check("{<<: [{x: 1}, 2]}", "{<<: [{x: 1}, 2]}");
    check("{<<: *a}", "{<<: <the alias *a has no anchor>}");
    check("{\"<<\": {x: 1}}", "{<<: {x: 1}}");
    check("{<<: }", "{<<: null}");
}

#[test]
fn keys_are_named_by_their_text() {
    check("{1: a, true: b, ~: c, : d, 'e f': g}", r#"{1: "a", true: "b", ~: "c", : "d", e f: "g"}"#);
    check("? [a, b]\n: c\n? {d: e}\n: f\n? |\n  g\n: h\n", "{[a, b]: \"c\", {d: e}: \"f\", g\n: \"h\"}");
    check("!!str 1: a\n!Foo b: c\n", r#"{1: "a", b: "c"}"#);
}

#[test]
fn a_key_that_stands_again_is_reported_with_the_one_before_it() {
    let text = "a: 1\nb: {c: 1, c: 2}\na: 2\n\"a\": 3\n";
    let parsed = read(text);
    let found = parsed.documents[0]
        .duplicates
        .iter()
        .map(|key| (key.name.as_str(), key.first.range().start, key.span.range().start));
    assert_eq!(found.collect::<Vec<_>>(), [("c", 9, 15), ("a", 0, 21), ("a", 21, 27)]);
    assert_eq!(shape(&parsed.documents[0].root), "{a: 1, b: {c: 1, c: 2}, a: 2, a: 3}");
}

#[test]
fn a_merged_key_is_no_duplicate() {
    let parsed = read("- &a {x: 1}\n- {<<: *a, x: 2}\n- {<<: *a, <<: *a}\n");
    assert!(parsed.documents[0].duplicates.is_empty());
}

#[test]
fn each_document_that_is_not_empty_is_one() {
    let shapes = |text: &str| {
        let parsed = read(text);
        assert!(parsed.error.is_none(), "{:?}", parsed.error);
        parsed.documents.iter().map(|document| shape(&document.root)).collect::<Vec<_>>()
    };
    assert_eq!(shapes("a: 1\n---\n---\n# c\n---\n'b'\n...\n---\nnull\n"), ["{a: 1}", "\"b\"", "null"]);
    assert_eq!(shapes("{a: 1}\n---\n[2]\n"), ["{a: 1}", "[2]"]);
    assert!(shapes("").is_empty());
    assert!(shapes("\u{feff}\n# only a comment").is_empty());
}

#[test]
fn documents_before_an_error_are_kept() {
    let parsed = read("a: 1\n---\nb: [1\n---\nc: 2\n");
    assert_eq!(parsed.documents.len(), 1);
    let error = parsed.error.unwrap();
    assert_eq!((error.message.as_str(), error.span.range()), ("unclosed bracket '['", 12..13));
}

#[test]
fn an_error_covers_a_character() {
    let place = |text: &str| {
        let error = read(text).error.unwrap();
        (text[error.span.range()].to_owned(), error.message)
    };
    assert_eq!(place("é: 'x\n\n\n").0, "'");
    assert_eq!(place("a: b: c").0, ":");
    assert_eq!(place("a: %é").0, "%");
    assert_eq!(place("- a\nb").0, "b");
    assert!(!place("a: \"x\\q\"").1.contains("line"));
}

#[test]
fn many_comments_before_a_value_are_no_error() {
    check(&format!("a:\n{}  b\n", "  # c\n".repeat(1000)), r#"{a: "b"}"#);
}
