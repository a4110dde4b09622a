//! HCL that means harm or is half written: bounded work, no panic, and what is whole is read.

use std::fmt::Write;

use delint::syntax::document::Parsed;
use delint::syntax::parse;
use delint::text::{Source, SourceId};
use delint::value::Kind;

use super::shown::shape;

fn read(text: &str) -> Parsed {
    parse(&Source::new(SourceId(0), "main.tf", text))
}

fn message(text: &str) -> String {
    read(text).error.unwrap_or_else(|| panic!("{text:.100}")).message
}

#[test]
fn nesting_without_end_is_an_error() {
    for open in ["(", "[", "{a=", "{a = [", "\"${", "f(", "x[", "<<A\n${", "{for a in b : c => "] {
        let text = format!("a = {}", open.repeat(100_000));
        assert!(!message(&text).is_empty(), "{open}");
    }
    for (open, close) in [("(", ")"), ("[", "]"), ("{a=", "}"), ("\"${", "}\""), ("f(", ")"), ("x[", "]")] {
        let text = format!("a = {}1{}\nb = 2\n", open.repeat(100_000), close.repeat(100_000));
        assert_eq!(message(&text), "too many levels", "{open}");
        let text = format!("a = {}1{}\nb = 2\n", open.repeat(100), close.repeat(100));
        let parsed = read(&text);
        assert_eq!(parsed.error.unwrap().message, "too many levels", "{open}");
        assert!(matches!(parsed.documents[0].root.get("b").unwrap().kind, Kind::Number(_)));
    }
    assert_eq!(message(&format!("{}{}", "a {\n".repeat(100_000), "}\n".repeat(100_000))), "too many levels");
    for (text, message) in [
        (format!("a = {}x", "!".repeat(100_000)), "too many levels"),
        (format!("a = {}x", "-".repeat(100_000)), "too many levels"),
        (format!("a = 1{}", " + 1".repeat(100_000)), "too many operators in a row"),
        (format!("a = {}1", "x ? y : ".repeat(100_000)), "too many levels"),
    ] {
        assert_eq!(self::message(&text), message);
    }
    assert!(read(&format!("a = x{}", ".y".repeat(100_000))).error.is_none());
}

#[test]
fn what_is_not_closed_hurts_nothing_else() {
    let after = "\nresource \"c\" \"d\" {\n  e = 1\n}\n";
    for (broken, what, message) in [
        ("resource \"a\" \"b\" {\n  x = 1\n", "{", "unclosed brace"),
        ("resource \"a\" \"b\" {\n  x {\n    y = 1\n}\n", "{", "unclosed brace"),
        ("resource \"a\" \"b\" {\n  x = [1,\n}\n", "[", "unclosed bracket"),
        ("resource \"a\" \"b\" {\n  x = f(1\n}\n", "(", "unclosed parenthesis"),
        ("resource \"a\" \"b\" {\n  x = \"y\n}\n", "\"y", "unclosed string"),
        ("resource \"a\" \"b\" {\n  x = \"${y\n}\n", "\"${y", "unclosed string"),
        ("resource \"a\" \"b\" {\n  x = <<EOT\n  y\n}\n", "<<EOT", "unclosed heredoc"),
        ("resource \"a\" \"b\" {\n  /* x\n}\n", "/*", "unclosed comment"),
        ("resource \"a\" \"b\" {\n  x = 1\n}\n}\n", "}", "unexpected closing bracket"),
        ("resource \"a\" \"b\" {\n  x = 1 2\n}\n", "2", "expected newline or eof"),
        ("resource \"a\" \"b\"\n", "r", "expected a block or an argument"),
    ] {
        let text = format!("first = 1\n{broken}{after}");
        let parsed = read(&text);
        let root = &parsed.documents[0].root;
        let error = parsed.error.unwrap_or_else(|| panic!("{broken:?}"));
        assert_eq!((error.message.as_str(), &text[error.span.range()]), (message, what), "{broken:?}");
        assert!(parsed.more_errors.is_empty(), "{broken:?}: {:?}", parsed.more_errors);
        let lost = &text[error.lost.unwrap().range()];
        assert!(broken.contains(lost) && lost.len() <= broken.trim_end().len(), "{broken:?}: {lost:?}");
        assert!(root.get("first").is_some());
        let last = root.as_map().unwrap().entries.last().unwrap();
        assert_eq!(shape(&last.value), "\"c\" \"d\" {e: 1}", "{broken:?}");
    }
}

#[test]
fn each_part_that_is_lost_is_told() {
    let parsed = read("a {\n b = ]\n}\nc \"d\" {\n e = 1 1\n}\nf = 2 2\ng = 1\n");
    let lost: Vec<_> = parsed.errors().map(|error| error.lost.unwrap().range()).collect();
    assert_eq!(lost, [0..12, 13..31, 32..39]);
    let shape = shape(&parsed.documents[0].root);
    assert!(shape.starts_with("{a: <the block a, which cannot be read>, c: <the block c.d, "), "{shape}");
    assert!(shape.ends_with("f: <the argument f, which cannot be read>, g: 1}"), "{shape}");
    assert_eq!(read(&"]\n".repeat(100_000)).errors().count(), 100);
}

#[test]
fn an_argument_that_stands_twice_is_a_duplicate_and_no_error() {
    let text = "a {\n b = 1\n b = 2\n c = {d = 1, d = 2}\n}\ne = 1\ne = 2\n";
    let parsed = read(text);
    assert!(parsed.error.is_none());
    let found = parsed.documents[0].duplicates.iter().map(|key| (key.name.as_str(), key.span.range().start));
    assert_eq!(found.collect::<Vec<_>>(), [("b", 12), ("e", 46)]);
}

#[test]
fn objects_of_many_entries_are_not_read() {
    let object = |entries: usize| {
        let mut text = "a = {\n".to_owned();
        (0..entries).for_each(|index| writeln!(text, "  key{index} = {index}").unwrap());
        text + "}\nb = 1\n"
    };
    let parsed = read(&object(2_000));
    assert_eq!(parsed.documents[0].root.get("a").unwrap().as_map().unwrap().entries.len(), 2_000);
    let parsed = read(&object(100_000));
    assert_eq!(parsed.error.unwrap().message, "too many entries to read");
    assert!(matches!(parsed.documents[0].root.get("b").unwrap().kind, Kind::Number(_)));
    let mut arguments = "locals {\n".to_owned();
    (0..20_000).for_each(|index| writeln!(arguments, "  key{index} = {index}").unwrap());
    assert!(read(&(arguments + "}\n")).error.is_none(), "arguments are no entries of an object");
}

/// Each of these takes hours if anything in it is looked for again and again, and does not end then.
#[test]
fn size_is_no_burden() {
    for unit in [
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "${",
        "\"${",
        "<<A\n",
        "<<-A\n",
        "<<A\n${",
        "/*",
        "a = /*\n",
        "{/*",
        "{ # \n",
        "a {\n",
        "resource \"a\" \"b\" {\n",
        "locals {\n  x = <<A\n",
        "locals {\n /*\n",
        "\n",
        " ",
        "#\n",
        "a = 1\n",
        "a = \"x\ny\"\n",
        "a {\n  b = 1\n}\n",
        "a = [1,\n",
        "(]",
        "${}",
        "\\",
        "é",
        "$",
        "a = b ? c : ",
        "data \"",
        "a \"b\" ",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let parsed = read(&text);
        assert_eq!(parsed.documents.len(), 1, "{unit:?}");
        let text = format!("a = {text}");
        let _ = read(&text);
    }
}

#[test]
fn what_is_no_text_is_an_error_and_what_stands_before_it_is_read() {
    for bytes in [&b"a = 1\nb = \"\xff\"\n"[..], b"a = 1\nb = \"\0\"\n"] {
        let parsed = parse(&Source::from_bytes(SourceId(0), "main.tf", bytes.to_vec()));
        assert_eq!(parsed.error.unwrap().span.range().start, 11);
        assert_eq!(shape(&parsed.documents[0].root), "{a: 1}");
    }
}
