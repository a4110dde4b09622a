//! What is said of the text of a file itself, and not of a configuration in it.

use super::fingerprint;
use super::reading::Problem;
use super::tell::{Raw, Sources};
use crate::rules::Set;
use crate::rules::finding::of_problem;
use crate::rules::rule::Check;

/// The findings of the rules that speak of such problems.
pub fn of_problems(rules: &Set, problems: &[Problem], sources: &Sources) -> Vec<Raw> {
    let mut found = Vec::new();
    for problem in problems {
        for rule in rules.iter() {
            if let Check::Problem(kind, report) = &rule.check
                && *kind == problem.kind
            {
                let mut finding = of_problem(rule, report, problem.span, &problem.what, problem.first);
                finding.resource.clone_from(&problem.resource);
                finding.pointer.clone_from(&problem.pointer);
                let fingerprint = identified(&rule.info.name, problem, sources);
                found.push(Raw { finding: finding.into_owned(), form: problem.form, fingerprint });
            }
        }
    }
    found
}

/// The fingerprint of a problem. What is in no resource is known by what is written in its line, without the comma at
/// its end, which depends on what comes behind it.
fn identified(rule: &str, problem: &Problem, sources: &Sources) -> String {
    let Problem { span, what, resource, pointer, .. } = problem;
    let line = || {
        let source = sources.get(&span.source)?;
        let line = source.lines().line_of(span.range().start);
        Some(source.text.get(source.lines().range(&source.text, line))?.trim().trim_end_matches(','))
    };
    let resource = match resource {
        Some(resource) => resource.clone(),
        None => line().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
    };
    fingerprint::of(rule, &resource, &format!("{pointer}\n{what}"))
}
