//! The same text, read by others.

use proptest::prelude::*;
use serde_json::Value as Json;

use delint::value::{Kind, Value};

use super::shown::{read, root};

/// Numbers are compared as `f64`; of a key that stands twice the last counts.
fn plain(value: &Value) -> Json {
    match &value.kind {
        Kind::Null => Json::Null,
        Kind::Bool(bool) => Json::Bool(*bool),
        Kind::Number(number) => match number.strip_prefix("0x") {
            Some(hex) => Json::from(f64::from(u32::from_str_radix(hex, 16).unwrap())),
            None => Json::from(number.parse::<f64>().unwrap()),
        },
        Kind::Text(text) => Json::from(text.as_str().unwrap()),
        Kind::List(items) => items.iter().map(plain).collect(),
        Kind::Map(map) => {
            map.entries.iter().map(|entry| (entry.key.name.clone(), plain(&entry.value))).collect()
        }
        _ => unreachable!("{value:?}"),
    }
}

fn with_floats(value: Json) -> Json {
    match value {
        Json::Number(number) => Json::from(number.as_f64().unwrap()),
        Json::Array(items) => items.into_iter().map(with_floats).collect(),
        Json::Object(map) => map.into_iter().map(|(key, value)| (key, with_floats(value))).collect(),
        value => value,
    }
}

#[test]
fn yaml_is_read_as_serde_reads_it() {
    for text in [
        "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n- EventSource: userNotification\n  LogLevel: ERROR\n",
        "a: |\n  x\n   y\n\n  z\n\nb: >\n  x\n  y\n\n  z\n    w\n  v\nc: |-\n  x\nd: |+\n  x\n\n\ne: >-\n\n  x\n",
        "a: 'it''s'\nb: \"\\u00e9\\x41\\t\\\n   z\"\nc: 'x\n\n  y\n  z'\nd: \"x \n y\"\n",
        "a: plain\n  more\n\n  lines # c\nb: x#y\nc: x:y\n",
        "[1, 1.5, -2, 0x10, true, null, ~, yes, 'no', {a: b, c: [d]}]",
        "- - a\n  - b\n-\n  - c\n- d: e\n  f:\n  - g\n",
        "a: &x {b: 1}\nc: *x\nd: [*x, *x]\n",
        "? a\n: b\n? c\n: - d\n",
        "a: |\n  x",
        "a:\r\n  b: |\r\n    x\r\n    y\r\n  c: x\r\n    y\r\n",
        "--- # c\na: >2\n    x\n   y\n",
        "a: >\n  x\n\n    y\n\n  z\n",
        "a: >+\n\n  x\n  y\n\n",
        "\"a b\": \"\"\n'c': ''\nd:\n",
    ] {
        let theirs: Json = serde_yaml::from_str(text).unwrap();
        let theirs = with_floats(theirs);
        assert_eq!(plain(&root(text)), theirs, "{text:?}");
    }
}

#[test]
fn json_is_read_as_serde_reads_it() {
    for text in [
        r#"{"a": [1, -2.5e3, true, false, null, "", {}], "b": {"c": [[]]}}"#,
        r#"["\u00e9\ud83d\ude00\n\t\"\\\/\b\f\r", "é😀"]"#,
        "\r\n[\t1 ,\r\n2 ]\n",
        r#"{"": 0, "a b": 1E2}"#,
        "[0, 12345678901234567890, 0.1]",
    ] {
        let theirs: Json = serde_json::from_str(text).unwrap();
        assert_eq!(plain(&root(text)), with_floats(theirs), "{text:?}");
    }
}

const PIECES: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\n",
    "\\u00e9",
    "\\ud83d\\ude00",
    "\\",
    "0",
    "1",
    "-",
    ".",
    "e5",
    "true",
    "null",
    " ",
    "\n",
    "é",
    "\t",
    "\"a\":",
    "\"b\"",
];

/// JSON with a few pieces put in.
fn nearly_json() -> impl Strategy<Value = String> {
    let text = r#"{"a": [1, -2.5e3, true, null, "x\u0041\n"], "b": {"c": [[]], "é": "😀"}, "d": ""}"#;
    let edits =
        prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(PIECES.to_vec())), 0..3);
    edits.prop_map(move |edits| {
        let mut text = text.to_owned();
        for (at, piece) in edits {
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            text.insert_str(at, piece);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_serde_takes_for_json_is_read_the_same(text in nearly_json()) {
        if let Ok(theirs) = serde_json::from_str::<Json>(&text) {
            prop_assert_eq!(plain(&root(&text)), with_floats(theirs));
        } else {
            let _ = read(&text);
        }
    }
}
