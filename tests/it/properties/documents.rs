//! What holds for every text: no panic, spans on the boundaries of characters, one order, one outcome.

use std::cmp::Reverse;
use std::sync::{Arc, LazyLock};

use delint::diagnostic::Report;
use delint::engine;
use delint::report::reporter::Options;
use delint::report::{Format, reporter};
use delint::text::{Source, SourceId, Span};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::examples::{self, wrap};
use crate::report::schema_errors;

/// Every example in every form.
static DOCUMENTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let files = examples::files();
    let examples = files.iter().flat_map(|file| &file.examples);
    let wrapped =
        examples.flat_map(|example| wrap::in_every_form(&example.configuration, example.with.as_ref()));
    wrapped.map(|wrapped| wrapped.text).collect()
});

/// Pieces that mean something to a syntax, a form or a rule.
const PIECES: [&str; 73] = [
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "    ",
    "- ",
    "? ",
    ": ",
    ",",
    "&a ",
    "*a",
    "<<: *a\n",
    "<<: ",
    "!Ref Pool",
    "!Sub ",
    "!Sub '${Logs}:*'",
    "!Sub [\"${X}:${Y.Arn}\", {X: !Ref Stage, Y: 1}]",
    "!GetAtt Logs.Arn",
    "!If [C, ",
    "!If [C, a, !Ref AWS::NoValue]",
    "!Join [':', [arn, !Ref AWS::Partition, logs]]",
    "!Select [0, !Split [':*', !GetAtt Logs.Arn]]",
    "!FindInMap [M, !Ref AWS::Region, x]",
    "!ImportValue x",
    "!Foo ",
    "!!str ",
    "{\"Ref\": \"Pool\"}",
    "{\"Ref\": \"AWS::NoValue\"}",
    "{\"Fn::GetAtt\": [\"Logs\", \"Arn\"]}",
    "{\"Fn::If\": [\"C\", ",
    "{\"Fn::Transform\": {}}",
    "\"Conditions\": {\"C\": {\"Fn::Equals\": [{\"Ref\": \"Stage\"}, \"prod\"]}},",
    "\"Parameters\": {\"Stage\": {\"Type\": \"String\", \"Default\": \"dev\"}},",
    "Parameters: {Stage: {Type: String, AllowedValues: [a, b]}}\n",
    "Conditions: {C: !Equals [!Ref Stage, prod]}\n",
    "Condition: C\n",
    "${AWS::Region}",
    "${AWS::AccountId}",
    "${Pool}",
    "${self:custom.x}",
    "${self:a${b}é",
    "${!x}",
    "${",
    "}",
    "{{resolve:ssm:/x}}",
    "{{ x }}",
    "|\n",
    ">-\n",
    "'",
    "\"",
    "\\",
    "\\u00e9",
    "\\ud83d",
    "[",
    "]",
    "{",
    "#",
    "//",
    "---\n",
    "é",
    "😀é\u{301}",
    "\u{feff}",
    "\0",
    "null",
    "012",
    "LogLevl: INFO\n",
    "\"a~b/c\": 1,",
    "a~b/c: 1\n",
    "LogConfigurations: []\n",
    "arn:aws:logs:eu-west-1:210987654321:log-group:é:*",
    ":::",
];

#[derive(Clone, Debug)]
enum Edit {
    Delete(Index, Index),
    Duplicate(Index, Index, Index),
    Swap(Index, Index, Index),
    Put(Index, usize, Vec<&'static str>),
    CrLf,
    ByteOrderMark,
    NotUtf8(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    let pieces = prop::collection::vec(select(PIECES.to_vec()), 1..4);
    prop_oneof![
        2 => (index(), index()).prop_map(|(at, to)| Edit::Delete(at, to)),
        2 => (index(), index(), index()).prop_map(|(at, to, target)| Edit::Duplicate(at, to, target)),
        2 => (index(), index(), index()).prop_map(|(a, b, c)| Edit::Swap(a, b, c)),
        8 => (index(), 0..40_usize, pieces).prop_map(|(at, cut, pieces)| Edit::Put(at, cut, pieces)),
        1 => Just(Edit::CrLf),
        1 => Just(Edit::ByteOrderMark),
        1 => index().prop_map(Edit::NotUtf8),
    ]
}

impl Edit {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let at = |index: &Index| index.index(bytes.len() + 1);
        // Short slices are the interesting ones: what is left must still look like a configuration.
        let slice = |from: &Index, length: &Index| {
            let start = at(from);
            start..(start + length.index(80)).min(bytes.len())
        };
        match self {
            Self::Delete(from, length) => drop(bytes.drain(slice(from, length))),
            Self::Duplicate(from, length, to) => {
                let (copy, to) = (bytes[slice(from, length)].to_vec(), at(to));
                bytes.splice(to..to, copy);
            }
            Self::Swap(a, b, c) => {
                let mut cuts = [at(a), at(b), at(c)];
                cuts.sort_unstable();
                bytes[cuts[0]..cuts[2]].rotate_left(cuts[1] - cuts[0]);
            }
            Self::Put(from, cut, pieces) => {
                let start = at(from);
                let end = (start + cut).min(bytes.len());
                bytes.splice(start..end, pieces.concat().into_bytes());
            }
            Self::CrLf => *bytes = String::from_utf8_lossy(bytes).replace('\n', "\r\n").into_bytes(),
            Self::ByteOrderMark => drop(bytes.splice(0..0, *b"\xef\xbb\xbf")),
            Self::NotUtf8(place) => bytes.insert(at(place), 0xff),
        }
    }
}

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    (any::<Index>(), prop::collection::vec(edit(), 0..6)).prop_map(|(document, edits)| {
        let mut bytes = document.get(&DOCUMENTS).clone().into_bytes();
        for edit in edits {
            edit.apply(&mut bytes);
        }
        bytes
    })
}

/// Two files, of which the second is not the first that was read.
fn report(files: &[(u32, &str, &[u8])]) -> Report {
    let read = |(id, name, bytes): &(u32, &str, &[u8])| {
        engine::read(&Arc::new(Source::from_bytes(SourceId(*id), *name, bytes.to_vec())))
    };
    let readings: Vec<_> = files.iter().map(read).collect();
    engine::check(&readings, files.len())
}

fn json(report: &Report) -> String {
    let mut out = Vec::new();
    reporter(Format::Json, Options::default()).write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn check(bytes: &[u8], other: &[u8]) {
    let files = [(7, "b.yaml", bytes), (2, "a.yaml", other)];
    let found = report(&files);
    for diagnostic in &found.diagnostics {
        check_span(&found, diagnostic.span);
        diagnostic.labels.iter().for_each(|label| check_span(&found, label.span));
        assert!(!diagnostic.message.is_empty() && !diagnostic.fingerprint.is_empty());
    }
    let order: Vec<_> = found
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let file = &found.source(diagnostic.span).unwrap().name;
            (file, diagnostic.span.start, Reverse(diagnostic.rule.severity), &diagnostic.rule.name)
        })
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    let printed = json(&found);
    assert_eq!(printed, json(&report(&[files[1], files[0]])), "two runs differ, or the order of files shows");
    assert_eq!(schema_errors(&printed), [""; 0]);
}

fn check_span(report: &Report, span: Span) {
    let source = report.source(span).expect("the source of a span");
    assert!(source.text.get(span.range()).is_some(), "{span:?} in {:?}", source.text);
}

/// `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    ProptestConfig::default().cases.max(600)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        check(&bytes, b"");
    }

    #[test]
    fn arbitrary_bytes_after_a_word_that_makes_them_candidates(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        check(&[b"LogConfigurations: [{EventSource: userAuthEvents}]\n", bytes.as_slice()].concat(), &bytes);
    }

    #[test]
    fn mutated_documents(bytes in mutated(), other in any::<Index>()) {
        check(&bytes, other.get(&DOCUMENTS).as_bytes());
    }
}

#[test]
fn examples_as_they_are() {
    for document in DOCUMENTS.iter() {
        check(document.as_bytes(), b"");
    }
}

#[test]
fn a_key_that_is_no_plain_word_is_a_step_of_a_pointer() {
    let destination = "CloudWatchLogsConfiguration: {LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/a}";
    let text = format!(
        "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n- EventSource: userNotification\n  LogLevel: ERROR\n  \
         {destination}\n  a~b/c: {{d: arn:aws:s3:::x}}\n  a~b/c: <id>\n"
    );
    check(text.as_bytes(), b"");
    let paths: Vec<(String, String)> = report(&[(0, "a", text.as_bytes())])
        .diagnostics
        .into_iter()
        .map(|finding| (finding.rule.name.clone(), finding.path))
        .collect();
    let expected = ["duplicate-key", "unknown-property", "unresolved-placeholder"]
        .map(|rule| (rule.to_owned(), "/LogConfigurations/0/a~0b~1c".to_owned()));
    assert_eq!(paths, expected);
}
