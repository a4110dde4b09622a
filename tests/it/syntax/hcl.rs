//! What is read from HCL.

use delint::syntax::document::Parsed;
use delint::syntax::{parse, parse_wanted};
use delint::text::{Source, SourceId};

use super::shown::{shape, shape_of};

fn file(text: &str) -> Source {
    Source::new(SourceId(0), "main.tf", text)
}

fn read(text: &str) -> Parsed {
    parse(&file(text))
}

/// What is read of a file without an error.
#[track_caller]
fn shape_of_file(text: &str) -> String {
    let parsed = read(text);
    assert!(parsed.error.is_none(), "{:?} in {text:?}", parsed.error);
    shape(&parsed.documents[0].root)
}

/// What is read of an expression.
#[track_caller]
fn expression(text: &str) -> String {
    let shape = shape_of_file(&format!("a = {text}\n"));
    shape.strip_prefix("{a: ").and_then(|shape| shape.strip_suffix('}')).unwrap().to_owned()
}

#[test]
fn blocks_and_arguments_are_entries() {
    let text = "# c\nresource \"aws_s3_bucket\" \"logs\" {\n  bucket = \"acme-auth-logs\"\n  tags = {a = 1, \"b\": true}\n  \
                versioning {\n    enabled = null\n  }\n  empty {}\n  one { line = [1, -2.50, 1e3] }\n}\n";
    let shape = "{resource: \"aws_s3_bucket\" \"logs\" {bucket: \"acme-auth-logs\", tags: {a: 1, b: true}, \
                 versioning: {enabled: null}, empty: {}, one: {line: [1, -2.50, 1e3]}}}";
    assert_eq!(shape_of(text), shape);
    assert_eq!(shape_of_file(&text.replace('\n', "\r\n")), shape);
    assert_eq!(shape_of_file(&format!("\u{feff}{text}")), shape);
    assert_eq!(shape_of_file("stage = \"prod\"\nnames = [\"a\"]"), "{stage: \"prod\", names: [\"a\"]}");
    assert_eq!(shape_of_file(""), "{}");
}

#[test]
fn expressions_keep_their_shape() {
    for (text, shape) in [
        ("var.stage", "var.stage"),
        ("((var.stage))", "var.stage"),
        ("string", "string"),
        ("a.b[0].c[\"d\"][e.f]", "a.b[0].c[\"d\"][e.f]"),
        ("a.0.b", "a[0].b"),
        ("a[*].b", "a[*].b"),
        ("a.*.b", "a[*].b"),
        ("f(1, [2], g()...)", "f(1, [2], g()...)"),
        ("provider::aws::arn_parse(a)", "provider::aws::arn_parse(a)"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("1 + 2 * 3 == 7 && !x", "(((1 + (2 * 3)) == 7) && (!x))"),
        ("-x", "(-x)"),
        ("- 1", "-1"),
        ("[for x in y : z if x]", "for(x in y: z if x)"),
        ("{for k, v in y : k => v...}", "for(k, v in y: k => v...)"),
        ("{(a) = 1}", "<an object with computed keys>"),
        ("{\"${a}\" = 1}", "<an object with computed keys>"),
        ("{a.b = 1}", "<an object with computed keys>"),
        ("{(\"a\") = 1, 2 = 3, true = 4}", "{a: 1, 2: 3, true: 4}"),
    ] {
        assert_eq!(expression(text), shape, "{text}");
    }
}

#[test]
fn strings_are_decoded_and_templates_are_not_filled_in() {
    for (text, shape) in [
        (r#""""#, r#""""#),
        (r#""a\n\"\\\t\u00e9\U0001F600""#, r#""a\n\"\\\té😀""#),
        (r#""$${a} %%{b} $c %d $""#, r#""${a} %{b} $c %d $""#),
        (r#""${a}""#, "a"),
        (r#""${"a"}""#, r#""a""#),
        (r#""x-${a.b}-\n$${c}""#, r#"template("x-", a.b, "-\n${c}")"#),
        (r#""${a}${b}""#, "template(a, b)"),
        (r#""${f("${"x"}")}y""#, r#"template(f("x"), "y")"#),
        (r#""a%{ if b }c%{ else }d%{ endif }e""#, r#"template("a", <a template directive>, "e")"#),
        (r#""%{ for x in y }${x}%{ endfor }""#, "template(<a template directive>)"),
        (r#""a ${~ b ~} c""#, "<a template that strips blanks>"),
    ] {
        assert_eq!(expression(text), shape, "{text}");
    }
}

#[test]
fn heredocs_are_read_as_terraform_reads_them() {
    for (text, shape) in [
        ("<<EOT\nEOT", r#""""#),
        ("<<EOT\na\n  b\n\nEOT", r#""a\n  b\n\n""#),
        ("<<EOT\n  a \\n \"$${b}\n  EOT", r#""  a \\n \"${b}\n""#),
        ("<<EOT\n${a}\nEOT", r#"template(a, "\n")"#),
        ("<<-EOT\n    a\n      b\n\n   \n    c\n  EOT", r#""a\n  b\n\n   \nc\n""#),
        ("<<-EOT\n  a\n b\nEOT", r#"" a\nb\n""#),
        ("<<-EOT\n  a ${b}\n    c\n    ${d} e\n  EOT", r#"template("a ", b, "\n  c\n  ", d, " e\n")"#),
        ("<<-EOT\n  a\n${b}\n  EOT", r#"template("  a\n", b, "\n")"#),
        ("<<-EOT\n  %{ if a }\n  b\n  %{ endif }\n  EOT", "<a template directive>"),
        ("<<EOT\na\nEOTX\nEOT x\n EOT-y\nEOT", r#""a\nEOTX\nEOT x\n EOT-y\n""#),
        ("[<<EOT\n{[(\nEOT\n, 1]", r#"["{[(\n", 1]"#),
        ("f(<<EOT\n# }\nEOT\n)", r##"f("# }\n")"##),
    ] {
        assert_eq!(expression(text), shape, "{text}");
    }
    assert_eq!(expression("<<EOT\r\na\r\nEOT\r"), r#""a\r\n""#);
}

#[test]
fn what_terraform_accepts_is_no_error() {
    for (text, shape) in [
        ("{for k, v in a : k => v ?\n 1 :\n 2}", "for(k, v in a: k => (v ? 1 : 2))"),
        ("{ # c\n for k, v in a : # d\n k => v.x\n && v.y /* e */\n}", "for(k, v in a: k => (v.x && v.y))"),
        ("[for\r\n x in y : z]", "for(x in y: z)"),
        ("{a = 1, b = 2, a = 3}", "{a: 1, b: 2, a: 3}"),
        ("{\"a:b\" = 1\n \"a:b\" = 2\n a = {x = 1}\n a = {x = 2}}", "{a:b: 1, a:b: 2, a: {x: 1}, a: {x: 2}}"),
    ] {
        assert_eq!(expression(text), shape, "{text}");
    }
    assert_eq!(expression("{\"${a}\" = 1, \"${a}\" = 2}"), "<the argument a, which cannot be read>");
}

#[test]
fn only_what_is_wanted_is_parsed() {
    let text = "a \"b\" \"c\" {\n x = ]\n}\nd e {\n y = 1\n}\nz = 2\n";
    let parsed = parse_wanted(&file(text), &|kind, labels| kind == "d" && labels == ["e"]);
    assert!(parsed.error.is_none());
    assert_eq!(shape(&parsed.documents[0].root), r#"{d: "e" {y: 1}, z: 2}"#);
}
