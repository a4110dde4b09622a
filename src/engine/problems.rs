//! What is said of the text of a file itself, and not of a configuration in it.

use std::ops::Range;

use super::fingerprint;
use super::reading::Problem;
use super::tell::{Raw, Sources};
use crate::rules::Set;
use crate::rules::finding::of_problem;
use crate::rules::rule::{Check, ProblemKind};
use crate::text::Source;

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
/// its end, which depends on what comes behind it, and without the names of rules beside one that is the problem.
fn identified(rule: &str, problem: &Problem, sources: &Sources) -> String {
    let Problem { span, what, resource, pointer, .. } = problem;
    let line = || {
        let source = sources.get(&span.source)?;
        let line = source.lines().line_of(span.range().start);
        let range = source.lines().range(&source.text, line);
        let is_of_name = problem.kind == ProblemKind::UnusedSuppression;
        let names = is_of_name.then(|| names_around(source, span.range(), &range)).flatten();
        let Range { start, end } = names.unwrap_or(range.end..range.end);
        let before = source.text.get(range.start..start)?;
        let behind = source.text.get(end..range.end)?;
        Some(format!("{before}{behind}").trim().trim_end_matches(',').to_owned())
    };
    let resource = match resource {
        Some(resource) => resource.clone(),
        None => line().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
    };
    fingerprint::of(rule, &resource, &format!("{pointer}\n{what}"))
}

/// What stands in the brackets that a name stands in, in its line.
fn names_around(source: &Source, name: Range<usize>, line: &Range<usize>) -> Option<Range<usize>> {
    let before = source.text.get(line.start..name.start)?;
    let behind = source.text.get(name.end..line.end)?;
    Some(line.start + before.rfind('[')? + 1..name.end + behind.find(']')?)
}
