//! What is said of the text of a file itself, and not of a configuration in it.

use super::fingerprint;
use super::reading::Problem;
use super::tell::Raw;
use crate::rules::Set;
use crate::rules::finding::of_problem;
use crate::rules::rule::Check;

/// The findings of the rules that speak of such problems.
pub fn of_problems(rules: &Set, problems: &[Problem]) -> Vec<Raw> {
    let mut found = Vec::new();
    for problem in problems {
        for rule in rules.iter() {
            if let Check::Problem(kind, report) = &rule.check
                && *kind == problem.kind
            {
                let mut finding = of_problem(rule, report, problem.span, &problem.what, problem.first);
                finding.resource.clone_from(&problem.resource);
                finding.pointer.clone_from(&problem.pointer);
                let resource = problem.resource.as_deref().unwrap_or_default();
                let fingerprint = fingerprint::of(
                    &rule.info.name,
                    resource,
                    &format!("{}\n{}", problem.pointer, problem.what),
                );
                found.push(Raw { finding: finding.into_owned(), form: problem.form, fingerprint });
            }
        }
    }
    found
}
