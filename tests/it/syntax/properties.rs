//! What holds for every text: no panic, and each span lies in the text on the boundaries of characters.

use proptest::prelude::*;

use delint::syntax::{is_text_template, parse};
use delint::text::{Source, SourceId, Span};
use delint::value::literal::{Layout, Literal};
use delint::value::{Access, Expression, Key, Kind, Map, Part, Value};

fn check(bytes: Vec<u8>) {
    check_file("x", bytes);
}

fn check_file(name: &str, bytes: Vec<u8>) {
    let source = Source::from_bytes(SourceId(7), name, bytes);
    let _ = is_text_template(&source.text);
    let parsed = parse(&source);
    for document in &parsed.documents {
        check_value(&source, &document.root);
        for key in &document.duplicates {
            check_span(&source, key.span);
            check_span(&source, key.first);
            assert!(key.first < key.span);
        }
    }
    for error in parsed.errors() {
        check_span(&source, error.span);
        error.lost.into_iter().for_each(|lost| check_span(&source, lost));
        assert!(!error.message.is_empty());
        assert!(!error.span.is_empty(), "{error:?} in {:?}", source.text);
    }
}

fn check_span(source: &Source, span: Span) {
    assert_eq!(span.source, source.id);
    assert!(source.text.get(span.range()).is_some(), "{span:?} in {:?}", source.text);
}

fn check_value(source: &Source, value: &Value) {
    check_span(source, value.span);
    value.used_at.into_iter().for_each(|span| check_span(source, span));
    match &value.kind {
        Kind::Text(text) => {
            for part in &text.parts {
                let Part::Literal(literal) = part else { panic!("no syntax yields a hole") };
                check_literal(source, literal);
                assert!(value.span.to(literal.span) == value.span, "{value:?} in {:?}", source.text);
            }
        }
        Kind::List(items) => items.iter().for_each(|item| check_value(source, item)),
        Kind::Map(map) => check_map(source, map),
        Kind::Block(block) => {
            block.labels.iter().for_each(|label| check_span(source, label.span));
            check_map(source, &block.body);
        }
        Kind::Expression(expression) => check_expression(source, expression),
        Kind::Tagged(tagged) => {
            check_span(source, tagged.tag_span);
            check_value(source, &tagged.value);
            assert_eq!(value.span, tagged.tag_span.to(tagged.value.span));
            assert_eq!(source.slice(tagged.tag_span), tagged.tag);
        }
        _ => {}
    }
}

fn check_map(source: &Source, map: &Map) {
    for entry in &map.entries {
        check_span(source, entry.key.span);
        check_value(source, &entry.value);
    }
}

fn check_expression(source: &Source, expression: &Expression) {
    let check_all = |values: &[&Value]| values.iter().for_each(|value| check_value(source, value));
    let check_name = |name: &Key| assert_eq!(source.slice(name.span), name.name);
    match expression {
        Expression::Name(name) => check_name(name),
        Expression::Traversal { root, steps } => {
            check_value(source, root);
            for step in steps {
                match step {
                    Access::Attribute(name) => check_name(name),
                    Access::Index(index) => check_value(source, index),
                    Access::Splat(span) => assert_eq!(source.slice(*span), "*"),
                }
            }
        }
        Expression::Call { name, arguments, .. } => {
            check_span(source, name.span);
            check_all(&arguments.iter().collect::<Vec<_>>());
        }
        Expression::Template(parts) => parts.iter().for_each(|part| check_value(source, part)),
        Expression::Conditional { condition, yes, no } => check_all(&[condition, yes, no]),
        Expression::Unary { operand, .. } => check_value(source, operand),
        Expression::Binary { left, right, .. } => check_all(&[left, right]),
        Expression::For(each) => {
            each.key_name.iter().chain([&each.value_name]).for_each(check_name);
            check_all(&[&each.collection, &each.value]);
            each.key.iter().chain(&each.condition).for_each(|value| check_value(source, value));
        }
        Expression::Other(_) => {}
    }
}

fn check_literal(source: &Source, literal: &Literal) {
    check_span(source, literal.span);
    match &literal.layout {
        Layout::Plain => assert_eq!(source.slice(literal.span), literal.text),
        Layout::Runs(runs) => {
            let (mut text_end, mut source_end) = (0, 0);
            for run in runs.iter() {
                assert!(run.len > 0 && run.text >= text_end && run.source >= source_end);
                (text_end, source_end) = (run.text + run.len, run.source + run.len);
                let text = literal.text.get(run.text as usize..text_end as usize);
                let written = source.slice(literal.span).get(run.source as usize..source_end as usize);
                assert!(text.is_some() && text == written, "{literal:?} in {:?}", source.text);
            }
        }
        // Each notation that can hold more than line breaks is understood.
        Layout::Opaque => assert_eq!(literal.text.trim_matches('\n'), "", "{literal:?}"),
    }
}

const YAML: &str = "# comment\r\nAWSTemplateFormatVersion: '2010-09-09'\nbase: &base {EventSource: x, \"Log\\u004cevel\": \
    ERROR}\nResources:\n  Delivery: # é😀\n    <<: *base\n    Type: AWS::Cognito::LogDeliveryConfiguration\n    \
    Properties:\n      UserPoolId: !Ref Pool\n      LogConfigurations:\n      - EventSource: !Sub |\n          ${A}\n\n          \
    b\n        LogLevel: >-\n          one\n          two\n      - !If [C, {a: 'it''s'}, !GetAtt a.b]\n      ? [k, j]\n      : \
    plain\n        more\n      n: [1, 0x1F, ~, .inf, !!str 12, ]\n      LogLevel:\n---\n- \"x\\\n  y\"\n- *base\n...\n";

const JSON: &str = "\u{feff}{\"UserPoolId\": \"eu-west-1_a1B2c3D4e\", // é😀\n \"LogConfigurations\": [\r\n\t{\"EventSource\": \
    \"user\\u004eotification\\n\", \"LogLevel\": \"ERROR\", \"x\": [1, -2.5e3, true, null,], },\n /* c */ {\"a\": {\"a\": \
    \"\\ud83d\\ude00\"}, \"a\": 1}]}";

const HCL: &str = "# é😀\r\nresource \"aws_s3_bucket\" \"logs\" {\n  bucket = \"acme-${var.stage}-\\u00e9\\n$${x}\" // c\n  \
    policy = jsonencode({\n    \"a:b\" = [for k, v in local.x : upper(v...) if k != null], (c) = 1, d = 2, d = 3\n  })\n  \
    dynamic \"rule\" {\n    for_each = {for k, v in a.*.b[0] : k =>\n      v ? -1 : !x.0.y && \"%{ if z }a%{ endif }\" == 1...}\n  }\n  \
    text = <<-EOT\n    one ${two}\n\n      three\n    EOT\n  b {\n    c = <<X\r\n${d}\r\nX\r\n  }\n}\n\
    locals {\n  e = provider::aws::f(1e3, \"\")\n  e = null /* x */\n}\nstage = [true,\n  {},]\n";

/// Pieces that mean something to the parsers.
const PIECES: [&str; 61] = [
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "- ",
    "? ",
    ": ",
    ":",
    "&a ",
    "*a",
    "*a ",
    "<<: ",
    "!x ",
    "!!str ",
    "! ",
    "|\n",
    ">\n",
    "|2-\n",
    ">+\n",
    "'",
    "\"",
    "''",
    "\\",
    "\\\n",
    "\\u00e9",
    "\\ud83d",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    " # ",
    "//",
    "/*",
    "*/",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "é",
    "😀",
    "\u{feff}",
    "\0",
    "{{ x }}",
    "~",
    "012",
    "${",
    "%{",
    "$${",
    "}",
    "<<EOT\n",
    "<<-EOT\n",
    "\nEOT\n",
    "resource \"a\" \"b\" {\n",
    "\nlocals {\n",
    "for x in y : ",
    " = ",
    "a.b",
    "~}",
];

/// `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    ProptestConfig::default().cases.max(1000)
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(PIECES.to_vec())
}

/// Cuts something out of a text and puts something else there, a few times.
fn mutated(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), 0_usize..12, prop::collection::vec(piece(), 0..4));
    prop::collection::vec(edit, 1..6).prop_map(move |edits| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, cut, pieces) in edits {
            let at = at.index(bytes.len() + 1);
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, pieces.concat().into_bytes());
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        check(bytes);
    }

    #[test]
    fn arbitrary_pieces(pieces in prop::collection::vec(prop_oneof![piece(), Just("a"), Just("b c")], 0..40)) {
        check(pieces.concat().into_bytes());
    }

    #[test]
    fn mutated_yaml(bytes in mutated(YAML)) {
        check(bytes);
    }

    #[test]
    fn mutated_hcl(bytes in mutated(HCL)) {
        check_file("main.tf", bytes);
    }

    #[test]
    fn arbitrary_pieces_of_hcl(pieces in prop::collection::vec(prop_oneof![piece(), Just("a"), Just("b c")], 0..40)) {
        check_file("main.tf", pieces.concat().into_bytes());
    }

    #[test]
    fn mutated_json(bytes in mutated(JSON)) {
        check(bytes);
    }
}

#[test]
fn the_texts_to_mutate_are_whole() {
    for text in [YAML, JSON] {
        let source = Source::new(SourceId(0), "x", text);
        assert!(parse(&source).error.is_none(), "{:?}", parse(&source).error);
    }
    let parsed = parse(&Source::new(SourceId(0), "main.tf", HCL));
    assert!(parsed.error.is_none(), "{:?}", parsed.error);
    assert_eq!(parsed.documents[0].root.as_map().unwrap().entries.len(), 3);
}
