//! Any text as a rule file: a rule that can be checked with, or mistakes that lie in the text.

use std::sync::Arc;

use delint::engine::{self, Settings};
use delint::rules::set::File;
use delint::rules::{self, Set};
use delint::text::{Source, SourceId};
use proptest::prelude::*;

const CHECKED: &str = "\
UserPoolId: eu-west-1_a1B2c3D4e
LogConfigurations:
  - EventSource: userNotification
    LogLevel: INFO
    CloudWatchLogsConfiguration:
      LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/ü
  - EventSource: [userAuthEvents]
    LogLevel: null
    S3Configuration: { BucketArn: 'arn:aws:s3:::audit-records/x', Prefix: {} }
";

/// Whether it is a rule.
fn check(bytes: Vec<u8>) -> bool {
    let source = Arc::new(Source::from_bytes(SourceId(7), "own-rule.yaml", bytes));
    let file = File { name: "own-rule".to_owned(), source: source.clone() };
    match Set::with(&[file]) {
        Ok(rules) => {
            let checked = Arc::new(Source::new(SourceId(0), "x.yaml", CHECKED));
            let report =
                engine::check_with(&[engine::read(&checked)], 1, &Settings { rules, ..Settings::default() });
            for diagnostic in report.diagnostics {
                assert!(checked.text.get(diagnostic.span.range()).is_some(), "{diagnostic:?}");
            }
            true
        }
        Err(mistakes) => {
            assert!(!mistakes.is_empty(), "no rule, and nothing is wrong: {:?}", source.text);
            for mistake in mistakes {
                assert_eq!(mistake.span.source, source.id, "{mistake:?}");
                assert!(source.text.get(mistake.span.range()).is_some(), "{mistake:?} in {:?}", source.text);
                assert!(!mistake.message.is_empty() && !mistake.message.ends_with('.'), "{mistake:?}");
            }
            false
        }
    }
}

/// The nearest boundary of characters before a place.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

const WORDS: &[&str] = &[
    "each: '**'\n",
    "extends: arn-format\n",
    "cases: []\n",
    "{ any_of: [] }",
    "{ not: { all: { . : present } } }",
    "'{LogLevel'",
    "'{.arn.account:name}'",
    "*x",
    "&x ",
    "!Ref ",
    "/UserPoolId -> user_pool.UserPoolTier",
    "LogConfigurations[]",
    ": ",
    "\n---\n",
    "null",
    "1e9",
    "\u{feff}",
    "\u{0}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_rule_or_have_mistakes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(bytes);
    }

    #[test]
    fn a_rule_file_that_was_changed_is_a_rule_or_has_mistakes(
        rule in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..40usize, prop::sample::select(WORDS)), 1..4),
    ) {
        let sources = rules::sources();
        let mut text = sources[rule.index(sources.len())].1.to_owned();
        for (start, length, word) in changes {
            let start = boundary(&text, start.index(text.len() + 1));
            let end = boundary(&text, start + length).max(start);
            text.replace_range(start..end, word);
        }
        check(text.into_bytes());
    }
}

#[test]
fn rule_files_as_they_are_are_rules() {
    for (name, text) in rules::sources() {
        assert!(check(text.as_bytes().to_vec()), "{name}");
    }
}
