//! What is said of suppressions themselves. None of it can be suppressed in a file.

use std::fmt::Write as _;

use super::certain::Certainty;
use super::claim::Claim;
use super::date::Date;
use super::directive::Directive;
use super::find::Suppression;
use crate::diagnostic::Diagnostic;
use crate::engine::problems::of_problems;
use crate::engine::reading::Problem;
use crate::engine::tell::{Sources, diagnostic};
use crate::rules::Set;
use crate::rules::names::nearest;
use crate::rules::rule::{Check, ProblemKind, Rule};
use crate::text::Span;

/// That a name which is written somewhere is none of a rule; none if the rule that says so is not there.
#[must_use]
pub fn unknown_rule(span: Span, name: &str, rules: &Set, sources: &Sources) -> Option<Diagnostic> {
    let problem = unknown(span, name, rules.names(), "");
    let raw = of_problems(rules, &[problem], sources).pop()?;
    Some(diagnostic(raw, sources))
}

fn unknown<'k>(
    span: Span,
    name: &str,
    known: impl Iterator<Item = &'k str> + Clone,
    form: &'static str,
) -> Problem {
    let mut what = format!("`{name}`");
    if let Some(near) = nearest(name, known) {
        // Writing to a string cannot fail.
        let _ = write!(what, "; did you mean `{near}`?");
    }
    problem(ProblemKind::UnknownRule, span, what, form)
}

fn problem(kind: ProblemKind, span: Span, what: String, form: &'static str) -> Problem {
    Problem { kind, span, what, first: None, form, resource: None, pointer: String::new() }
}

/// Says what there is to say of the suppressions of a run.
#[derive(Debug)]
pub struct Told<'t> {
    pub rules: &'t Set,
    pub certainty: &'t Certainty<'t>,
    pub today: Option<Date>,
}

impl<'t> Told<'t> {
    /// What is wrong with a suppression as it is written.
    pub fn of_itself(&self, suppression: &Suppression, problems: &mut Vec<Problem>) {
        let Suppression { directive, covers, form, .. } = suppression;
        if !self.certainty.is_concerned(directive.span.source) {
            return;
        }
        for (name, span) in directive.names.iter().filter(|(name, _)| self.rule(name).is_none()) {
            problems.push(unknown(*span, name, self.rules.names(), form));
        }
        if let Some((span, why)) = &directive.fault {
            problems.push(problem(ProblemKind::UnusedSuppression, *span, why.clone(), form));
            return;
        }
        if covers.is_none() {
            let what = "nothing begins in the line below".to_owned();
            problems.push(problem(ProblemKind::UnusedSuppression, directive.span, what, form));
            return;
        }
        if let Some((date, span)) = directive.until.filter(|_| directive.has_ended(self.today))
            && self.known(directive).any(|rule| self.certainty.speaks(&rule.info, span.source))
        {
            problems.push(problem(ProblemKind::ExpiredSuppression, span, date.to_string(), form));
        }
        if directive.reason.is_none() && self.known(directive).next().is_some() {
            let names: Vec<String> = directive.names.iter().map(|(name, _)| format!("`{name}`")).collect();
            problems.push(problem(
                ProblemKind::UnreasonedSuppression,
                directive.span,
                names.join(", "),
                form,
            ));
        }
    }

    /// What is wrong with a suppression of a rule that is in force.
    pub fn of_name(&self, claim: &Claim<'_>, problems: &mut Vec<Problem>) {
        let Some(rule) = self.rule(claim.name) else { return };
        let source = claim.span.source;
        let name = claim.name;
        let what = if !self.certainty.is_concerned(source) || claim.is_used {
            return;
        } else if speaks_of_suppressions(rule) {
            format!("`{name}` speaks of suppressions; its level is set in the configuration")
        } else if claim.is_repeated {
            format!("`{name}` is suppressed here already")
        } else if self.certainty.speaks(&rule.info, source) && self.certainty.is_silent(rule, source) {
            format!("nothing that it covers breaks `{name}`")
        } else {
            return;
        };
        problems.push(problem(ProblemKind::UnusedSuppression, claim.span, what, claim.suppression.form));
    }

    fn rule(&self, name: &str) -> Option<&'t Rule> {
        self.rules.get(name)
    }

    /// The rules that a directive names.
    fn known(&self, directive: &Directive) -> impl Iterator<Item = &'t Rule> {
        directive.names.iter().filter_map(|(name, _)| self.rule(name))
    }
}

fn speaks_of_suppressions(rule: &Rule) -> bool {
    matches!(
        rule.check,
        Check::Problem(
            ProblemKind::UnusedSuppression
                | ProblemKind::ExpiredSuppression
                | ProblemKind::UnknownRule
                | ProblemKind::UnreasonedSuppression,
            _
        )
    )
}
