//! Which syntax a text is read in, and what is no text at all.

use delint::syntax::document::Parsed;
use delint::syntax::parse;
use delint::text::{Source, SourceId};

use super::shown::{read, shape, shape_of};

#[test]
fn flow_yaml_is_no_broken_json() {
    assert_eq!(shape_of("{a: 'b', \"c\": yes}"), r#"{a: "b", c: "yes"}"#);
    assert_eq!(shape_of("[!Ref a, 'b']"), r#"[!Ref "a", "b"]"#);
    assert_eq!(shape_of("{\"a\": 1} # c\n"), "{a: 1}");
}

#[test]
fn comments_of_json_are_not_read_as_yaml() {
    assert!(read("{\"a\": 1,\n // c\n b: 2}").error.is_some());
}

#[test]
fn the_error_is_that_of_the_syntax_which_was_meant() {
    let message = |text: &str| read(text).error.unwrap().message;
    assert_eq!(message("{\"a\": 1, \"b\": [1, 2}"), "unexpected close brace");
    assert_eq!(message("{a: 1, b: [1, 2}"), "mismatched bracket '[' closed by '}'");
    assert_eq!(message("[&x 1, *x"), "unclosed bracket '['");
    assert_eq!(message("[true, x"), "unexpected word");
}

#[test]
fn a_name_decides_nothing() {
    let read = |text: &str| parse(&Source::new(SourceId(0), "x.json", text));
    assert_eq!(shape(&read("a: 1").documents[0].root), "{a: 1}");
}

#[test]
fn hcl_is_known_by_its_name_or_its_first_block() {
    let read = |name: &str, text: &str| {
        let parsed = parse(&Source::new(SourceId(0), name, text));
        parsed.documents.first().map(|document| shape(&document.root))
    };
    let hcl = |text: &str| assert!(read("x", text).is_some_and(|shape| shape.contains("\"}")), "{text}");
    for header in [
        "resource \"a\" \"b\" {",
        "data \"a\" \"b\" {",
        "variable \"a\" {",
        "terraform {",
        "# c\n/* d */ locals {",
    ] {
        hcl(&format!("{header}\n  x = \"y\"\n}}\n"));
    }
    for name in ["a/main.tf", "x.tofu", "prod.auto.tfvars", "C:\\x\\main.tf"] {
        assert_eq!(read(name, "a = 1\n").as_deref(), Some("{a: 1}"), "{name}");
    }
    assert_eq!(read("main.tf.json", "{\"locals\": {}}").as_deref(), Some("{locals: {}}"));
    for text in [
        "resource: {a: b}",
        "locals: {}",
        "variable \"x\"",
        "resource a b {",
        "import {\n  a,\n} from \"b\"\n",
        "module Foo {\n}",
        "module \"a\" \"b\" {\n}",
        "a {\n}\n",
        "x = 1\nlocals {\n}\n",
        "- locals {",
    ] {
        let source = Source::new(SourceId(0), "x", text);
        let errors = parse(&source).error.map(|error| error.lost);
        assert!(errors.is_none_or(|lost| lost.is_none()), "{text}");
        assert!(
            !read("x", text).is_some_and(|shape| shape.starts_with("{locals: {") && !text.contains(':')),
            "{text}"
        );
    }
}

fn read_bytes(bytes: &[u8]) -> Parsed {
    parse(&Source::from_bytes(SourceId(0), "x", bytes.to_vec()))
}

#[track_caller]
fn check(bytes: &[u8], message: &str, at: usize, documents: usize) {
    let parsed = read_bytes(bytes);
    let error = parsed.error.unwrap();
    assert_eq!((error.message.as_str(), error.span.range().start), (message, at));
    assert_eq!(parsed.documents.len(), documents);
}

#[test]
fn invalid_utf8_is_an_error_at_its_place() {
    check(b"a: 1\nb: \"x\xffy\"\n", "invalid UTF-8", 10, 0);
    check(b"a: 1\n---\nb: \xe9\n", "invalid UTF-8", 12, 1);
    check(b"a: 1 # \xe9\n", "invalid UTF-8", 7, 0);
    check(b"{\"a\": \"\xe9\"}", "invalid UTF-8", 7, 0);
    check(b"\xff", "invalid UTF-8", 0, 0);
    check(b"a: [}\nb: \xe9\n", "mismatched bracket '[' closed by '}'", 3, 0);
}

#[test]
fn a_nul_byte_is_an_error_at_its_place() {
    for text in [&b"a: \"x\0y\""[..], b"a: 'x\0y'", b"a:  x\0y", b"{\"a\":\0}", b"a: x \0", b"# xyz\0\n"] {
        let at = text.iter().position(|byte| *byte == 0).unwrap();
        check(text, "unexpected NUL byte", at, 0);
    }
    check(b"a: 1\n---\nb: |\n  x\n  \0\n", "unexpected NUL byte", 20, 1);
    check(b"a: 'x\n\0", "unclosed quote", 3, 0);
    check(b"\xff\xfea\0:\0", "invalid UTF-8", 0, 0);
}
