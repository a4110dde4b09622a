//! HCL and JSON within strings, and where each part of what is read lies.

use delint::syntax::{embedded_json, hcl, parse};
use delint::text::{Source, SourceId, Span};
use delint::value::literal::Literal;
use delint::value::unknown::Unknown;
use delint::value::{Access, Entry, Expression, Holds, Hole, Kind, Part, Text, Value};

use super::shown::{root, shape};

fn file(text: &str) -> (Source, Value) {
    let source = Source::new(SourceId(0), "main.tf", text);
    let mut parsed = parse(&source);
    assert!(parsed.error.is_none(), "{:?}", parsed.error);
    let root = parsed.documents.remove(0).root;
    (source, root)
}

fn literal(value: &Value) -> &Literal {
    let Kind::Text(Text { parts, .. }) = &value.kind else { panic!("{value:?}") };
    let [Part::Literal(literal)] = parts.as_slice() else { panic!("{value:?}") };
    literal
}

fn expression(value: &Value) -> &Expression {
    let Kind::Expression(expression) = &value.kind else { panic!("{value:?}") };
    expression
}

#[test]
fn keys_labels_and_texts_are_placed_without_their_quotes() {
    for blank in ["\n", "\r\n", "\n# é😀\n"] {
        let text =
            format!("{blank}resource \"é\" b {{{blank}  x = {{ \"k\" = [\"v\", w.y[0]] }}{blank}}}{blank}");
        let (source, root) = file(&text);
        let Entry { key, value } = &root.as_map().unwrap().entries[0];
        let Kind::Block(block) = &value.kind else { panic!() };
        assert_eq!(source.slice(key.span), "resource");
        assert_eq!(
            source.slice(value.span),
            text.trim().trim_start_matches("# é😀\n").trim_end_matches("\n# é😀")
        );
        let labels: Vec<_> = block.labels.iter().map(|label| source.slice(label.span)).collect();
        assert_eq!(labels, ["é", "b"]);
        let object = &block.body.get("x").unwrap().value;
        assert_eq!(source.slice(object.span), "{ \"k\" = [\"v\", w.y[0]] }");
        let entry = object.as_map().unwrap().get("k").unwrap();
        assert_eq!(source.slice(entry.key.span), "k");
        let [text, reference] = entry.value.as_list().unwrap() else { panic!() };
        assert_eq!((source.slice(text.span), source.slice(literal(text).span)), ("\"v\"", "v"));
        assert_eq!(source.slice(reference.span), "w.y[0]");
        let Expression::Traversal { root, steps } = expression(reference) else { panic!() };
        assert_eq!(source.slice(root.span), "w");
        let [Access::Attribute(name), Access::Index(index)] = steps.as_slice() else { panic!() };
        assert_eq!((source.slice(name.span), source.slice(index.span)), ("y", "0"));
    }
}

#[test]
fn parts_of_decoded_text_have_their_place() {
    let (source, root) = file("a = \"x\\ty\\u00e9z\"\nb = <<-EOT\n    one\n\n      two\n    EOT\n");
    let part = |name: &str, what: &str| {
        let literal = literal(root.get(name).unwrap());
        let at = literal.text.find(what).unwrap();
        source.slice(literal.part(at, at + what.len()))
    };
    assert_eq!(literal(root.get("a").unwrap()).text, "x\tyéz");
    assert_eq!((part("a", "y"), part("a", "z")), ("y", "z"));
    assert_eq!((part("b", "one"), part("b", "two")), ("one", "two"));
    assert_eq!(part("b", "one\n\n  two"), "one\n\n      two");
}

#[test]
fn strings_of_json_are_read_as_templates() {
    let read = |json: &str| hcl::template(literal(&root(json)));
    for (json, shape) in [
        (r#""a $${b} \n""#, r#""a ${b} \n""#),
        (r#""plain""#, r#""plain""#),
        (r#""${aws_s3_bucket.x.arn}""#, "aws_s3_bucket.x.arn"),
        (r#""a-${b}-\"c\"""#, r#"template("a-", b, "-\"c\"")"#),
        (r#""${f(\"x\", [1])}""#, r#"f("x", [1])"#),
        (r#""%{ if a }b%{ endif }""#, "template(<a template directive>)"),
        (r#""${a b}""#, "<a string that is no template>"),
        (r#""${""#, "<a string that is no template>"),
    ] {
        assert_eq!(self::shape(&read(json)), shape, "{json}");
    }
    assert!(shape(&read(&format!("\"{}${{a}}\"", "x".repeat(100_000)))).contains("too long"));
}

#[test]
fn what_stands_in_a_string_of_json_is_placed_in_the_file() {
    let text = r#""\n${aws_s3_bucket.logs.arn}/\"${var.x}/*""#;
    let source = Source::new(SourceId(0), "main.tf.json", text);
    let value = hcl::template(literal(&root(text)));
    let Expression::Template(parts) = expression(&value) else { panic!() };
    let places: Vec<_> = parts.iter().map(|part| source.slice(part.span)).collect();
    assert_eq!((places[1], places[3], places[4]), ("aws_s3_bucket.logs.arn", "var.x", "/*"));
    assert_eq!(places[2], text.trim_matches('"'), "an escape has no place of its own");
    let Expression::Traversal { steps, .. } = expression(&parts[1]) else { panic!() };
    let Access::Attribute(name) = &steps[0] else { panic!() };
    assert_eq!(source.slice(name.span), "logs");
}

#[test]
fn a_string_may_be_a_reference() {
    let read = |json: &str| hcl::expression(literal(&root(json))).map(|value| shape(&value));
    assert_eq!(read("\"aws_s3_bucket.x\"").as_deref(), Some("aws_s3_bucket.x"));
    assert_eq!(read("\"module.a[0].b\"").as_deref(), Some("module.a[0].b"));
    for json in ["\"\"", "\"a b\"", "\"f(x)\"", "\"1\"", "\"true\"", "\"a-b c\"", "\"${a}\""] {
        assert_eq!(read(json), None, "{json}");
    }
}

/// A text of literal parts, between which there are holes; the source holds them one behind the other with `?`
/// for each hole.
fn holed(source: &str) -> Text {
    let mut parts = Vec::new();
    let mut at = 0;
    for (index, text) in source.split('?').enumerate() {
        if index > 0 {
            let span = Span::new(SourceId(0), at, at + 1);
            parts.push(Part::Hole(Hole { span, holds: Holds::Anything(Unknown::new("x")) }));
            at += 1;
        }
        parts.push(Part::Literal(Literal::plain(text, Span::new(SourceId(0), at, at + text.len()))));
        at += text.len();
    }
    Text { parts, reference: None }
}

#[test]
fn json_in_a_text_keeps_its_holes_and_places() {
    let text =
        r#" {"Statement": [{"Resource": "arn:?:s3:::?/*", "N": [1, null, true, "", "?", "\u00e9?x"]}]} "#;
    let source = Source::new(SourceId(0), "x", text);
    let value = embedded_json(&holed(text)).unwrap();
    assert_eq!(source.slice(value.span), text.trim());
    let statement = &value.get("Statement").unwrap().as_list().unwrap()[0];
    let entry = statement.as_map().unwrap().get("Resource").unwrap();
    assert_eq!(source.slice(entry.key.span), "Resource");
    assert_eq!(source.slice(entry.value.span), "arn:?:s3:::?/*");
    let parts = |value: &Value| {
        let Kind::Text(text) = &value.kind else { panic!("{value:?}") };
        let shown = text.parts.iter().map(|part| match part {
            Part::Literal(literal) => format!("{}={}", literal.text, source.slice(literal.span)),
            Part::Hole(hole) => source.slice(hole.span).to_owned(),
        });
        shown.collect::<Vec<_>>()
    };
    assert_eq!(parts(&entry.value), ["arn:=arn:", "?", ":s3:::=:s3:::", "?", "/*=/*"]);
    let items = statement.get("N").unwrap().as_list().unwrap();
    assert!(matches!(&items[0].kind, Kind::Number(one) if one == "1"));
    assert_eq!(items[3].as_str(), Some(""));
    assert_eq!(parts(&items[4]), ["?"]);
    assert_eq!(parts(&items[5]), ["é=\\u00e9", "?", "x=x"]);
}

#[test]
fn json_in_a_text_may_be_written_in_several_pieces() {
    let pieces = ["{\"a\": \"b", "c\"", "}"]
        .map(|text| Part::Literal(Literal::opaque(text, Span::new(SourceId(0), 0, 9))));
    let value = embedded_json(&Text { parts: pieces.to_vec(), reference: None }).unwrap();
    assert_eq!(shape(&value), r#"{a: "bc"}"#);
}

#[test]
fn what_may_be_no_json_is_not_read_as_such() {
    for text in [
        "",
        "?",
        "{?}",
        "{\"a\": ?}",
        "{\"a\": \"\\?\"}",
        "[1,]",
        "[1] // c",
        "{a: 1}",
        "[\"a\tb\"]",
        "[1] [2]",
    ] {
        assert!(embedded_json(&holed(text)).is_none(), "{text}");
    }
    let value = embedded_json(&holed("{\"a\": {\"b?\": 1}, \"c\": \"\\ue000\"}")).unwrap();
    assert_eq!(shape(&value), "{a: <an object with computed keys>, c: \"\\u{e000}\"}");
    assert!(embedded_json(&holed(&"[".repeat(100_000))).is_none());
    assert!(embedded_json(&holed(&format!("[\"{}\"]", "x".repeat(200_000)))).is_none());
}
