//! Checks each example in every form, and says what is not as the rule file says.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::canonical;
use super::case::{Example, Verdict};
use super::fixed;
use super::wrap::{BARE_LIST, Wrapped, in_every_form};
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::engine::{self, Date, Levels, Profile, Settings};
use crate::rules::Set;
use crate::rules::definition::Definition;
use crate::rules::rule::Rule;
use crate::rules::set::Own;
use crate::spec::normal;
use crate::text::{Source, SourceId, Span};

/// The day that examples are checked on: suppressions in them may end before or after it.
const TODAY: &str = "2026-11-23";

/// Forms that are named of those that an example fails in.
const NAMED: usize = 3;

/// What became of the examples of a rule.
#[derive(Debug, Default)]
pub struct Outcome {
    pub examples: usize,
    /// How many files they were written as.
    pub files: usize,
    /// In the order of their places.
    pub failures: Vec<Failure>,
}

/// An example that is not as the rule file says.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Where the file says what is not so.
    pub span: Span,
    pub kind: FailureKind,
    /// What is expected or found: one sentence without a full stop.
    pub text: String,
    /// The forms it is so in, by the way they are written; none where that is not the point.
    pub forms: Vec<&'static str>,
    /// What the example is in the first of these.
    pub shown: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailureKind {
    /// Something is found that nobody expects.
    FalseAlarm,
    /// Something is expected that is not found.
    Miss,
    /// It is found, and something else is underlined.
    Underline,
    /// Its fix makes something else of it.
    Fix,
    /// The example cannot be written in any form of the rule.
    Unwritable,
}

impl FailureKind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FalseAlarm => "false alarm",
            Self::Miss => "miss",
            Self::Underline => "wrong place",
            Self::Fix => "wrong fix",
            Self::Unwritable => "no form",
        }
    }
}

impl Failure {
    /// One sentence without a full stop, with some of the forms.
    #[must_use]
    pub fn message(&self) -> String {
        let Self { kind, text, forms, .. } = self;
        let named = forms.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let so = if named.is_empty() { String::new() } else { format!("; so it is as {named}") };
        let more = match forms.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{}: {text}{so}{more}", kind.as_str())
    }
}

/// Checks the examples of a rule of a project.
#[must_use]
pub fn own(own: &Own, rules: &Set) -> Outcome {
    run(&own.rule, &own.definition, rules)
}

/// Checks the examples of a rule, among all rules, those that are off by default as well. What other rules of the
/// project find counts only where an example names them.
#[must_use]
pub fn run(rule: &Rule, file: &Definition, rules: &Set) -> Outcome {
    let settings = all(rules);
    let fixing = Settings { fixes: true, ..all(rules) };
    let runner = Runner { rule, file, rules, settings, fixing };
    let mut outcome = Outcome::default();
    for example in Example::all(file) {
        outcome.examples += 1;
        outcome.files += runner.example(&example, &mut outcome.failures);
    }
    outcome
}

/// Settings under which every rule speaks.
#[must_use]
pub fn all(rules: &Set) -> Settings {
    let select = rules.names().map(str::to_owned).collect();
    let levels = Levels { select, ..Levels::default() };
    Settings {
        rules: rules.clone(),
        today: Date::parse(TODAY),
        ..Settings::from(Profile { levels, ..Profile::default() })
    }
}

/// Checks the text of an example.
#[must_use]
pub fn check(text: &str, settings: &Settings) -> Report {
    let source = Arc::new(Source::new(SourceId(0), "example", text));
    engine::check_with(&[engine::read(&source)], 1, settings)
}

/// A place as examples write it: `LogConfigurations/0`, `Pool->UserPoolTier`, `.` for the configuration itself.
#[must_use]
pub fn place(diagnostic: &Diagnostic) -> String {
    canonical::place(diagnostic.resource.as_deref(), &diagnostic.path)
}

struct Runner<'r> {
    rule: &'r Rule,
    file: &'r Definition,
    rules: &'r Set,
    settings: Settings,
    /// The same, with fixes.
    fixing: Settings,
}

impl Runner<'_> {
    /// Checks an example, and says as how many files.
    fn example(&self, example: &Example, failures: &mut Vec<Failure>) -> usize {
        let mut wrapped = in_every_form(&example.configuration, example.with.as_ref());
        let is_for =
            |form: &str| self.rule.forms.is_empty() || self.rule.forms.iter().any(|name| name == form);
        wrapped.retain(|wrapped| example.verdict != Verdict::Bad || is_for(wrapped.form));
        wrapped.retain(|wrapped| wrapped.name != BARE_LIST || self.is_about_entries(example));
        if wrapped.is_empty() {
            failures.push(Failure {
                span: example.header,
                kind: FailureKind::Unwritable,
                text: "no form of the rule can say this example".to_owned(),
                forms: Vec::new(),
                shown: String::new(),
            });
        }
        let mut found: BTreeMap<(Span, FailureKind, String), Failure> = BTreeMap::new();
        let mut wrong_fixes = self.fixed(example, &wrapped).into_iter();
        for written in &wrapped {
            for (span, kind, text) in
                self.compare(example, written).into_iter().chain(wrong_fixes.next().flatten())
            {
                let key = (span, kind, text.clone());
                let new = || Failure { span, kind, text, forms: Vec::new(), shown: written.text.clone() };
                let failure = found.entry(key).or_insert_with(new);
                if failure.forms.last() != Some(&written.name) {
                    failure.forms.push(written.name);
                }
            }
        }
        failures.extend(found.into_values());
        wrapped.len()
    }

    /// What is wrong with the fix of an example in each way that it is written in.
    fn fixed(&self, example: &Example, wrapped: &[Wrapped]) -> Vec<Option<(Span, FailureKind, String)>> {
        let Some(fixed) = &example.fixed else { return Vec::new() };
        let becoming = fixed.in_forms(&example.configuration, example.with.as_ref(), wrapped);
        let is_file = fixed.becomes.as_str().is_some();
        let tried = wrapped.iter().zip(becoming).map(|(written, becoming)| {
            fixed::wrong(self.rule, &written.text, becoming.as_deref(), is_file, &self.fixing)
        });
        let tried: Vec<Option<Result<(), String>>> = tried.collect();
        // What is taken over with an example may be for a fix that the file does without.
        if tried.iter().all(Option::is_none) && fixed.span.source == self.file.source.id {
            let text = "`fixed` says what it becomes, and the rule has no fix for it".to_owned();
            return vec![Some((fixed.span, FailureKind::Fix, text))];
        }
        let failed = |tried: Option<Result<(), String>>| Some((fixed.span, FailureKind::Fix, tried?.err()?));
        tried.into_iter().map(failed).collect()
    }

    /// Whether it says the same without the user pool.
    fn is_about_entries(&self, example: &Example) -> bool {
        let mut texts = [Some(&self.file.source), self.file.base.as_ref()].into_iter().flatten();
        texts.all(|source| !source.text.contains("/UserPoolId"))
            && example.expected.iter().all(|expected| expected.at.starts_with("LogConfigurations"))
    }

    fn compare(&self, example: &Example, written: &Wrapped) -> Vec<(Span, FailureKind, String)> {
        let report = check(&written.text, &self.settings);
        let own = self.rule.info.name.as_str();
        let is_expected = |name: &str| example.expected.iter().any(|expected| expected.rule == name);
        // Hints of other rules are advice on the example, not part of it.
        let counts = |diagnostic: &&Diagnostic| {
            let name = diagnostic.rule.name.as_str();
            name == own
                || is_expected(name)
                || diagnostic.rule.severity > Severity::Hint
                    && !self.rules.is_further(name)
                    // What it took its examples from finds something in them.
                    && self.file.extends() != Some(name)
        };
        let diagnostics: Vec<(String, &Diagnostic)> = report
            .diagnostics
            .iter()
            .filter(counts)
            .map(|diagnostic| (place(diagnostic), diagnostic))
            .collect();
        let mut failures = Vec::new();
        for expected in &example.expected {
            let is_found = |(place, diagnostic): &(String, &Diagnostic)| {
                *place == expected.at && diagnostic.rule.name == expected.rule
            };
            if !diagnostics.iter().any(is_found) {
                let text =
                    format!("`{}` is expected at {}, and does not speak there", expected.rule, expected.at);
                failures.push((expected.span, FailureKind::Miss, text));
            }
        }
        for (place, diagnostic) in &diagnostics {
            let name = &diagnostic.rule.name;
            if example.expected.iter().any(|expected| expected.at == *place && expected.rule == *name) {
                failures.extend(self.misplaced(example, diagnostic, &report));
            } else {
                let text = format!("`{name}` is not expected at {place}: {}", diagnostic.message);
                failures.push((example.header, FailureKind::FalseAlarm, text));
            }
        }
        failures
    }

    /// What is underlined, if it is not what the example says.
    fn misplaced(
        &self,
        example: &Example,
        diagnostic: &Diagnostic,
        report: &Report,
    ) -> Option<(Span, FailureKind, String)> {
        let rule = &self.rule.info.name;
        let source = report.source(diagnostic.span).filter(|_| diagnostic.rule.name == *rule)?;
        let slice = source.slice(diagnostic.span);
        if let Some((text, span)) = &example.text
            && slice.trim_matches(['"', '\'']) != text
            // A key is spelled as the form has it; what a form says in another way is not compared.
            && normal(slice) != normal(text)
            && source.text.contains(text.as_str())
        {
            return Some((
                *span,
                FailureKind::Underline,
                format!("`{slice}` is underlined, and not `{text}`"),
            ));
        }
        let on_key = example.expected.iter().find(|expected| expected.on_key && expected.rule == *rule)?;
        let last = diagnostic.path.rsplit('/').next().unwrap_or_default();
        let is_key = match diagnostic.form {
            "terraform" | "pulumi" => slice.chars().all(|c| c.is_alphanumeric() || c == '_'),
            _ => slice.trim_matches('"') == last,
        };
        // Of a key that stands twice, the path is that of what holds it.
        let is_about_keys = matches!(self.rule.check, crate::rules::rule::Check::Problem(..));
        (!is_key && !is_about_keys).then(|| {
            (on_key.span, FailureKind::Underline, format!("`{slice}` is underlined, and not the key"))
        })
    }
}
