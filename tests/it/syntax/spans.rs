//! What each span covers in the source.

use super::shown::spans_of;

#[track_caller]
fn check(text: &str, expected: &str) {
    let shown = spans_of(text);
    assert!(shown.trim_end() == expected.trim(), "{text:?} gives\n{shown}");
}

#[test]
fn keys_and_literals_lie_inside_their_quotes_and_values_do_not() {
    check(
        "ü: 'é😀'\n\"k\\t\": \"b\"\n",
        r#"
map "ü: 'é😀'\n\"k\\t\": \"b\""
key "ü"
text "'é😀'"
key "k\\t"
text "\"b\""
"#,
    );
}

#[test]
fn a_block_collection_ends_with_its_last_child() {
    check(
        "a:\n- b\n- c:\n\n# x\nd:\n  - - e\n\n",
        r#"
map "a:\n- b\n- c:\n\n# x\nd:\n  - - e"
key "a"
list "- b\n- c:"
text "b"
map "c:"
key "c"
null ""
key "d"
list "- - e"
list "- e"
text "e"
"#,
    );
}

#[test]
fn a_flow_collection_has_its_brackets() {
    check(
        "[a: b, {c: d}: e]\n",
        r#"
list "[a: b, {c: d}: e]"
map "a: b"
key "a"
text "b"
map "{c: d}: e"
key "{c: d}"
text "e"
"#,
    );
}

#[test]
fn a_byte_order_mark_crlf_and_tabs_shift_nothing() {
    check(
        "\u{feff}a: 1\r\nb:\t'x'\r\n",
        r#"
map "a: 1\r\nb:\t'x'"
key "a"
1 "1"
key "b"
text "'x'"
"#,
    );
    check(
        "\u{feff}{\"é\": \"x\",\t\"b\": 1}\r\n",
        r#"
map "{\"é\": \"x\",\t\"b\": 1}"
key "é"
text "\"x\""
key "b"
1 "1"
"#,
    );
}

#[test]
fn escapes_interrupt_what_can_be_placed() {
    let expected = r#"
list "[\"a\\u00e9\\ud83d\\ude00b\\n\", \"\\\"\"]"
text "\"a\\u00e9\\ud83d\\ude00b\\n\""
  "aé😀b\n" = runs ["a", "b"] of "a\\u00e9\\ud83d\\ude00b\\n"
text "\"\\\"\""
  "\"" = runs [] of "\\\""
"#;
    check(r#"["a\u00e9\ud83d\ude00b\n", "\""]"#, expected);
    check(
        r#"- "\x41 b\U0001F600\_c" # d"#,
        r#"
list "- \"\\x41 b\\U0001F600\\_c\""
text "\"\\x41 b\\U0001F600\\_c\""
  "A b😀\u{a0}c" = runs [" b", "c"] of "\\x41 b\\U0001F600\\_c"
"#,
    );
    check(
        "'x''y'",
        r#"
text "'x''y'"
  "x'y" = runs ["x", "y"] of "x''y"
"#,
    );
}

#[test]
fn folded_lines_are_placed_one_by_one() {
    check(
        "- foo\n  bar\n\n  baz\n- \"x\\\n   y  \n   z\"\n- 'l1\r\n\r\n  l2\r\n  l3'\n",
        r#"
list "- foo\n  bar\n\n  baz\n- \"x\\\n   y  \n   z\"\n- 'l1\r\n\r\n  l2\r\n  l3'"
text "foo\n  bar\n\n  baz"
  "foo bar\nbaz" = runs ["foo", "bar", "baz"] of "foo\n  bar\n\n  baz"
text "\"x\\\n   y  \n   z\""
  "xy z" = runs ["x", "y", "z"] of "x\\\n   y  \n   z"
text "'l1\r\n\r\n  l2\r\n  l3'"
  "l1\nl2 l3" = runs ["l1", "l2", "l3"] of "l1\r\n\r\n  l2\r\n  l3"
"#,
    );
}

#[test]
fn a_block_scalar_reaches_from_its_header_to_its_last_line() {
    check(
        "a: |\n\n  x é\n    y\n\n# c\nb: >+ # c | x\n   foo\n   bar\n\n   baz\n     ind\n   z\n\n\n",
        r#"
map "a: |\n\n  x é\n    y\n\n# c\nb: >+ # c | x\n   foo\n   bar\n\n   baz\n     ind\n   z"
key "a"
text "|\n\n  x é\n    y"
  "\nx é\n  y\n" = runs ["x é\n", "  y"] of "x é\n    y"
key "b"
text ">+ # c | x\n   foo\n   bar\n\n   baz\n     ind\n   z"
  "foo bar\nbaz\n  ind\nz\n\n\n" = runs ["foo", "bar", "\n", "baz\n", "  ind\n", "z"] of "foo\n   bar\n\n   baz\n     ind\n   z"
"#,
    );
    check(
        "- |\r\n  x\r\n  y\r\n- !Sub &a>b |2-\n    x\n   y",
        r#"
list "- |\r\n  x\r\n  y\r\n- !Sub &a>b |2-\n    x\n   y"
text "|\r\n  x\r\n  y"
  "x\ny\n" = runs ["x", "\n", "y"] of "x\r\n  y"
tagged "!Sub" "!Sub &a>b |2-\n    x\n   y"
text "|2-\n    x\n   y"
  "  x\n y" = runs ["  x\n", " y"] of "  x\n   y"
"#,
    );
}

#[test]
fn a_block_scalar_without_content_is_its_header() {
    check(
        "a: |\n\nb: !Sub >-\n# c\nc: |+\n\n",
        r#"
map "a: |\n\nb: !Sub >-\n# c\nc: |+"
key "a"
text "|"
key "b"
tagged "!Sub" "!Sub >-"
text ">-"
key "c"
text "|+"
  "\n" = opaque ""
"#,
    );
}

#[test]
fn a_tagged_node_has_its_tag_and_its_value_has_not() {
    check(
        "a: !If [x, !Ref y]\nb: !Foo # c\nc: !Sub\n  - d\n",
        r#"
map "a: !If [x, !Ref y]\nb: !Foo # c\nc: !Sub\n  - d"
key "a"
tagged "!If" "!If [x, !Ref y]"
list "[x, !Ref y]"
text "x"
tagged "!Ref" "!Ref y"
text "y"
key "b"
tagged "!Foo" "!Foo"
null ""
key "c"
tagged "!Sub" "!Sub\n  - d"
list "- d"
text "d"
"#,
    );
}

#[test]
fn a_copy_of_an_anchor_lies_at_the_anchor_and_is_used_at_the_alias() {
    check(
        "a: &x\n  b: 1\nc: [*x]\nd:\n  b: 2\n  <<: *x\n",
        r#"
map "a: &x\n  b: 1\nc: [*x]\nd:\n  b: 2\n  <<: *x"
key "a"
map "b: 1"
key "b"
1 "1"
key "c"
list "[*x]"
map "b: 1" used at "*x"
key "b"
1 "1"
key "d"
map "b: 2\n  <<: *x"
key "b"
1 "1" used at "*x"
key "b"
2 "2"
"#,
    );
}

#[test]
fn what_is_not_written_is_empty_behind_its_colon_or_dash() {
    for (text, at) in [
        ("a:\nb: 1", 2),
        ("a :  \nb: 1", 3),
        ("\"a:\": # c\nb: 1", 5),
        ("{a: , b: 1}", 3),
        ("{a, b: 1}", 2),
        ("? a\n\nb: 1", 3),
        ("? a\n:\n\nb: 1", 5),
    ] {
        let root = super::shown::root(text);
        let value = root.get("a").or(root.get("a:")).unwrap();
        assert_eq!(value.span.range(), at..at, "{text:?}");
    }
    let root = super::shown::root("-\n- x");
    assert_eq!(root.as_list().unwrap()[0].span.range(), 1..1);
}
