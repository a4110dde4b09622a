//! Fixes: of each example of each rule, in every form that can say it, and in every layout that its syntax allows.

mod layouts;
mod ways;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use delint::diagnostic::{Diagnostic, Report, Severity};
use delint::engine::fix::{Settled, settle, with_changed};
use delint::engine::{self, Reading, Settings};
use delint::examples::run;
use delint::rules::Set;
use delint::rules::set::File;
use delint::text::{Source, SourceId};

use crate::examples::{files, wrap};

fn settings() -> Settings {
    Settings { fixes: true, ..run::all(&Set::default()) }
}

/// A text after all its fixes.
fn settled(text: &str, settings: &Settings) -> (String, Settled) {
    let source = Arc::new(Source::new(SourceId(0), "example", text));
    let reading = engine::read(&source);
    let check = |readings: &[&Reading]| engine::check_these(readings, 1, settings);
    let settled = settle(&[&reading], check, |found| found.fix.is_some());
    let now = with_changed(&[&reading], &settled.changed);
    (now[0].source.text.clone(), settled)
}

fn fixed_text(text: &str, settings: &Settings) -> String {
    settled(text, settings).0
}

/// What becomes of it, each example says whose rule has a fix for it; that it is so, the tests of examples say.
#[test]
fn every_example_that_is_fixed_says_what_it_becomes() {
    let (settings, rules) = (settings(), Set::default());
    for file in files() {
        if rules.get(file.name).unwrap().fixes().next().is_none() {
            continue;
        }
        for example in &file.examples {
            let wrapped = wrap::in_every_form(&example.configuration, example.with.as_ref());
            // The list alone names no user pool, so that there may be less that is against a fix.
            let fixed = wrapped.iter().filter(|wrapped| wrapped.name != wrap::BARE_LIST).any(|wrapped| {
                let found = run::check(&wrapped.text, &settings);
                fixable(&found).iter().any(|found| found.rule.name == file.name)
            });
            assert_eq!(
                example.fixed.is_some(),
                fixed,
                "rules/{}.yaml: {:?}",
                file.name,
                example.configuration
            );
        }
    }
}

/// How many findings each rule has. What tells them apart may be what is fixed.
fn counts<'d>(found: impl IntoIterator<Item = &'d Diagnostic>) -> BTreeMap<&'d str, usize> {
    let mut counts = BTreeMap::new();
    for found in found {
        *counts.entry(found.rule.name.as_str()).or_default() += 1;
    }
    counts
}

fn fixable(report: &Report) -> Vec<&Diagnostic> {
    report.diagnostics.iter().filter(|found| found.fix.is_some()).collect()
}

/// An example with something to fix.
struct Case {
    /// The rule whose example it is.
    rule: &'static str,
    /// The form and how it is written.
    form: &'static str,
    text: String,
    before: Report,
}

impl Case {
    /// Whether a fix of the rule whose example it is was offered.
    fn is_own(&self) -> bool {
        fixable(&self.before).iter().any(|found| found.rule.name == self.rule)
    }
}

fn cases(settings: &Settings) -> Vec<Case> {
    let mut cases = Vec::new();
    for file in files() {
        for example in &file.examples {
            for wrapped in wrap::in_every_form(&example.configuration, example.with.as_ref()) {
                let before = run::check(&wrapped.text, settings);
                if !fixable(&before).is_empty() {
                    cases.push(Case { rule: file.name, form: wrapped.name, text: wrapped.text, before });
                }
            }
        }
    }
    cases
}

#[test]
fn a_fix_takes_its_finding_away_and_changes_nothing_else() {
    let settings = settings();
    let mut rules: Vec<&str> = Vec::new();
    // What is written in the same way is tried in other layouts once.
    let mut layouts = BTreeSet::new();
    let mut with_comments: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for case in cases(&settings) {
        rules.extend(case.is_own().then_some(case.rule));
        let what = format!("{}, as {}\n{}", case.rule, case.form, case.text);
        edits_are_sound(&case, &what);
        let (text, after) = settled(&case.text, &settings);
        findings_are_gone(&case.before, &after.report, &format!("{what}\nfixed:\n{text}"));
        assert!(!after.is_open && after.changed.len() == 1, "{what}");
        let (again, second) = settled(&text, &settings);
        assert_eq!((again.as_str(), second.changed.len()), (text.as_str(), 0), "{what}");

        if !layouts.insert((case.rule, case.form)) {
            continue;
        }
        // Line breaks and a byte order mark stay, and nothing comes of them.
        let windows = |text: &str| format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"));
        let same = fixed_text(&windows(&case.text), &settings) == windows(&text);
        assert!(same, "{what}\nfixed:\n{:?}", fixed_text(&windows(&case.text), &settings));
        layouts_are_kept(&case, &text, &settings, &what);
        let fixed = comments_survive(&case, &settings, &what);
        with_comments.entry(case.rule).or_default().extend(fixed);
    }
    rules.sort_unstable();
    rules.dedup();
    assert_eq!(rules, FIXABLE);
    for (rule, fixed) in with_comments {
        assert_eq!(!fixed.contains(&true), fixed.is_empty() || ALONE.contains(&rule), "{rule} {fixed:?}");
    }
}

/// That edits are on boundaries of characters, do something, and say what.
fn edits_are_sound(case: &Case, what: &str) {
    for found in fixable(&case.before) {
        let fix = found.fix.as_ref().unwrap();
        assert!(!fix.title.is_empty() && !fix.edits.is_empty(), "{what}");
        for edit in &fix.edits {
            let old = case.text.get(edit.span.range()).unwrap_or_else(|| panic!("{edit:?} {what}"));
            assert_ne!(old, edit.text, "{what}");
        }
    }
}

/// That what had a fix is not there any more, and what is new is less urgent than all of it.
fn findings_are_gone(before: &Report, after: &Report, what: &str) {
    let least = fixable(before).iter().map(|found| found.rule.severity).min().unwrap();
    let (had, has) = (counts(&before.diagnostics), counts(&after.diagnostics));
    for (finding, fixes) in counts(fixable(before)) {
        let left = has.get(&finding).copied().unwrap_or_default();
        assert!(left + fixes <= had[&finding], "{finding:?} is still there: {what}");
    }
    let urgent = after.diagnostics.iter().filter(|found| found.rule.severity >= least);
    for (finding, count) in counts(urgent) {
        assert!(had.get(&finding).is_some_and(|had| count <= *had), "{finding:?} is new: {what}");
    }
    assert!(fixable(after).is_empty(), "{what}");
}

/// That a fix does the same in other layouts, and what it writes is in the layout that is there.
fn layouts_are_kept(case: &Case, fixed: &str, settings: &Settings, what: &str) {
    for (name, laid_out) in layouts::layouts(&case.text) {
        let other = laid_out(&case.text);
        if counts(&run::check(&other, settings).diagnostics) != counts(&case.before.diagnostics) {
            continue;
        }
        let text = fixed_text(&other, settings);
        let (made, wanted) = (layouts::compared(name, &text), layouts::compared(name, &laid_out(fixed)));
        assert_eq!(made, wanted, "{name}: {what}\nfixed:\n{text}");
        assert!(name != "JSON in one line" || text.lines().count() == 1, "{what}\nfixed:\n{text}");
    }
}

/// That comments behind each line are still there after the fixes; whether there were fixes. None where the text
/// takes no comments.
fn comments_survive(case: &Case, settings: &Settings, what: &str) -> Option<bool> {
    let lines = case.text.lines().zip(1..).map(|(line, number)| format!("{line} # é😀 {number}.\n"));
    let commented = lines.collect::<Vec<String>>().concat();
    let before = run::check(&commented, settings);
    if counts(&before.diagnostics) != counts(&case.before.diagnostics) {
        return None;
    }
    let (text, after) = settled(&commented, settings);
    for line in 1..=case.text.lines().count() {
        assert_eq!(text.matches(&format!("# é😀 {line}.")).count(), 1, "{what}\nfixed:\n{text}");
    }
    Some(!after.changed.is_empty())
}

#[test]
fn what_overlaps_settles_in_rounds() {
    // Both entries stand at the same place for the edits: one has to wait for the other.
    let text = "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n\
        - EventSource: userNotification\n  LogLevel: info\n  CloudWatchLogsConfiguration:\n    \
        LogGroupArn: arn:aws:logs:eu-west-1:2109-8765-4321:log-group/aws/vendedlogs/users:*\n- null\n- null\n";
    let (fixed, after) = settled(text, &settings());
    assert!(fixed.contains("LogLevel: ERROR\n"), "{fixed}");
    assert!(fixed.contains(":210987654321:"), "{fixed}");
    assert!(!fixed.contains("null") && !after.is_open, "{fixed}");
}

/// The rules of the catalogue that have a fix.
const FIXABLE: &[&str] = &[
    "arn-account",
    "arn-format",
    "arn-partition",
    "arn-region",
    "auth-events-level",
    "auth-events-plan",
    "bucket-arn-format",
    "duplicate-event-source",
    "log-group-arn-format",
    "log-group-arn-wildcard",
    "missing-dependency",
    "missing-property",
    "multiple-destinations",
    "not-an-arn",
    "null-configuration",
    "stream-arn-format",
    "stream-tag",
    "threat-protection-off",
    "unknown-event-source",
    "unknown-log-level",
    "unknown-property",
    "unresolved-placeholder",
    "unused-suppression",
    "user-notification-level",
    "user-pool-id",
];

/// Those that take a line away or put one between two others, and leave them where there is a comment.
const ALONE: &[&str] = &["null-configuration", "unused-suppression"];

#[test]
fn json_stays_json() {
    // Without its quotes it would be a word of YAML, and what the rule wants.
    let rule = "\
summary: x
severity: error
why: x
each: LogConfigurations[]
require: { LogLevel: ERROR }
report: { at: LogLevel, message: x, fix: { safety: safe, title: x, replace: '^\"INFO\"$', with: ERROR } }
examples: [{ bad: { UserPoolId: x }, at: . }, { good: { UserPoolId: x } }]
";
    let source = Arc::new(Source::new(SourceId(9), "own.yaml", rule));
    let rules = Set::with(&[File { name: "own".to_owned(), source }]).unwrap();
    let mut settings = Settings { fixes: true, rules, ..Settings::default() };
    Arc::make_mut(&mut settings.common).levels.select = ["own".to_owned()].into();
    let entry = "{\"EventSource\": \"userAuthEvents\", \"LogLevel\": \"INFO\"}";
    let json = format!("{{\"UserPoolId\": \"eu-west-1_a1B2c3D4e\", \"LogConfigurations\": [{entry}]}}");
    assert_eq!(fixed_text(&json, &settings), json);
    let yaml = format!("LogConfigurations: [{entry}]\nUserPoolId: eu-west-1_a1B2c3D4e\n");
    assert_eq!(fixed_text(&yaml, &settings), yaml.replace("\"INFO\"", "ERROR"));
}

/// What is found in a text, and what comes of its fixes.
fn found_and_fixed(text: &str) -> (Vec<String>, String) {
    let settings = settings();
    let report = run::check(text, &settings);
    let found = report.diagnostics.iter().filter(|found| found.rule.severity > Severity::Hint);
    let told =
        found.map(|found| format!("{}{}", found.rule.name, if found.fix.is_some() { "*" } else { "" }));
    (told.collect(), fixed_text(text, &settings))
}

#[test]
fn other_findings_are_no_new_ones_though_their_pool_or_source_has_another_name() {
    let pool = "UserPoolId: arn:aws:cognito-idp:eu-west-1:210987654321:userpool/eu-west-1_a1B2c3D4e\n\
        LogConfigurations:\n- EventSource: userNotification\n  LogLevel: ERROR\n";
    let (found, fixed) = found_and_fixed(pool);
    assert_eq!(found, ["user-pool-id*", "missing-destination"]);
    assert!(fixed.starts_with("UserPoolId: eu-west-1_a1B2c3D4e\n"), "{fixed}");
    let source = "UserPoolId: eu-west-1_a1B2c3D4e\n\
        LogConfigurations:\n- EventSource: userNotifications\n  LogLevel: ERROR\n";
    let (found, fixed) = found_and_fixed(source);
    assert_eq!(found, ["missing-destination", "unknown-event-source*"]);
    assert!(fixed.contains("EventSource: userNotification\n"), "{fixed}");
}

#[test]
fn of_fixes_that_are_one_too_many_together_some_are_made() {
    let arn = "arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs";
    // Two keys become one.
    let keys = format!(
        "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n- EventSource: userNotification\n  LogLevel: ERROR\n  \
         CloudWatchLogsConfiguration:\n    logGroupArn: {arn}/a\n    log_group_arn: {arn}/b\n"
    );
    let (found, fixed) = found_and_fixed(&keys);
    assert_eq!(found, ["unknown-property*", "unknown-property*"]);
    assert_eq!(fixed.matches("LogGroupArn:").count(), 1, "{fixed}");
    // Two entries have the same event source.
    let entry = |source: &str| {
        format!(
            "- EventSource: {source}\n  LogLevel: ERROR\n  CloudWatchLogsConfiguration: {{ LogGroupArn: '{arn}/a' }}\n"
        )
    };
    let entries = format!(
        "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n{}{}",
        entry("USER_NOTIFICATION"),
        entry("userNotifications")
    );
    let (found, fixed) = found_and_fixed(&entries);
    assert_eq!(found, ["unknown-event-source*", "unknown-event-source*"]);
    assert_eq!(fixed.matches("EventSource: userNotification\n").count(), 1, "{fixed}");
}

#[test]
fn nothing_is_taken_out_of_what_is_joined() {
    let joined = |delimiter: &str, items: &str| {
        format!(
            "Resources:\n  D:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n    Properties:\n      \
             UserPoolId: eu-west-1_a1B2c3D4e\n      LogConfigurations:\n        - EventSource: userNotification\n          \
             LogLevel: ERROR\n          CloudWatchLogsConfiguration:\n            LogGroupArn: !Join\n              \
             - {delimiter}\n              - {items}\n"
        )
    };
    let arn = "arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/a";
    for (delimiter, items) in [
        ("':'", format!("- {arn}\n                - '*'")),
        ("\":\"", format!("[{arn}, '*']")),
        ("\"\"", format!("- {arn}\n                - :*")),
        ("\"\"", format!("[{arn}, \":*\"]")),
    ] {
        let text = joined(delimiter, &items);
        let (found, fixed) = found_and_fixed(&text);
        assert!(found.iter().any(|found| found.starts_with("log-group-arn-wildcard")), "{found:?} {text}");
        // An empty text may stand there, nothing may not.
        assert!(fixed == text || fixed == text.replace("\":*\"", "\"\""), "{fixed}");
    }
}

#[test]
fn what_aliases_stand_for_elsewhere_is_not_fixed() {
    let template = |level: &str, arn: &str, rest: &str| {
        format!(
            "Resources:\n  D:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n    Properties:\n      \
             UserPoolId: eu-west-1_a1B2c3D4e\n      LogConfigurations:\n        - EventSource: userNotification\n          \
             LogLevel: {level}\n          CloudWatchLogsConfiguration:\n            LogGroupArn: {arn}\n{rest}"
        )
    };
    let arn = "arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/a";
    let function = |level: &str| {
        format!(
            "  F:\n    Type: AWS::Lambda::Function\n    Properties: {{Environment: {{Variables: {{A: {level}}}}}}}\n"
        )
    };
    let text = template("&level INFO", arn, &function("*level"));
    let (found, fixed) = found_and_fixed(&text);
    assert_eq!((found, fixed), (vec!["user-notification-level".to_owned()], text));
    // Nobody else uses it.
    let (_, fixed) = found_and_fixed(&template("&level INFO", arn, &function("INFO")));
    assert_eq!(fixed, template("&level ERROR", arn, &function("INFO")));
    // It is wrong in the other configuration as well.
    let other = "  E:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n    Properties:\n      \
        UserPoolId: eu-west-1_b1B2c3D4e\n      LogConfigurations:\n        - EventSource: userNotification\n          \
        LogLevel: *level\n          CloudWatchLogsConfiguration:\n            LogGroupArn: *arn\n";
    let (_, fixed) = found_and_fixed(&template("&level INFO", &format!("&arn {arn}:*"), other));
    assert_eq!(fixed, template("&level ERROR", &format!("&arn {arn}"), other));
}

#[test]
fn a_level_is_not_guessed_where_the_source_has_another_name() {
    let text = "UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n- eventSource: USER_NOTIFICATION\n  LogLevel: info\n  \
        CloudWatchLogsConfiguration: { LogGroupArn: 'arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/a' }\n";
    let (found, fixed) = found_and_fixed(text);
    assert!(found.contains(&"unknown-log-level".to_owned()), "{found:?}");
    assert!(fixed.contains("LogLevel: info\n"), "{fixed}");
}
