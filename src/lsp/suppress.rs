//! "Ignore this here": comments that suppress findings. They are tried before they are offered, as fixes are: all in one
//! check, and in several only where that fails.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Diagnostic, Edit, Fix, Report, Safety};
use crate::engine::fix::identity;
use crate::lsp::check::Context;
use crate::syntax;
use crate::syntax::edit::Language;
use crate::text::{Source, Span};

/// The place of a reason that only a person can give.
const REASON: &str = "TODO: say why";

/// Where a comment can stand.
#[derive(Clone, Copy)]
enum Place {
    Above,
    Beside,
}

/// The edits that suppress findings of a report and nothing else, those that there are: a comment above the line of each or
/// at its end. By the indices of the findings.
pub fn edits(
    context: &Context,
    report: &Report,
    wanted: impl Fn(&Diagnostic) -> bool,
) -> BTreeMap<usize, Edit> {
    let mut found = BTreeMap::new();
    for place in [Place::Above, Place::Beside] {
        let mut tried = report.clone();
        for (index, diagnostic) in tried.diagnostics.iter_mut().enumerate() {
            let is_due = wanted(diagnostic) && !found.contains_key(&index);
            let comment = report.source(diagnostic.span).filter(|_| is_due);
            let edit = comment.and_then(|source| comment_at(place, source, diagnostic));
            diagnostic.fix =
                edit.map(|edit| Fix { title: String::new(), safety: Safety::Safe, edits: vec![edit] });
        }
        context.keep_what_holds(&mut tried, |after| left(report, after));
        let fixes = tried.diagnostics.into_iter().map(|diagnostic| diagnostic.fix).enumerate();
        found.extend(fixes.filter_map(|(index, fix)| Some((index, fix?.edits.pop()?))));
    }
    found
}

/// What there is after some comments: what is neither found nor suppressed was not taken away by them, but with what it was
/// found in, as when a comment is none and breaks what it stands in.
fn left(before: &Report, after: Report) -> Vec<Diagnostic> {
    let mut accounted: HashMap<_, usize> = HashMap::new();
    for found in all(&after) {
        *accounted.entry(identity(found)).or_default() += 1;
    }
    let mut lost = Vec::new();
    for found in all(before) {
        match accounted.get_mut(&identity(found)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => lost.push(found.clone()),
        }
    }
    after.diagnostics.into_iter().chain(lost).collect()
}

fn all(report: &Report) -> impl Iterator<Item = &Diagnostic> {
    report.suppressed.iter().map(|one| &one.diagnostic).chain(&report.diagnostics)
}

/// The edit that writes a comment about a finding; none where there are no comments.
fn comment_at(place: Place, source: &Source, found: &Diagnostic) -> Option<Edit> {
    if syntax::language(source) == Language::Json {
        return None;
    }
    let comment = format!("# delint: ignore[{}] {REASON}", found.rule.name);
    let line = source.lines().range(&source.text, source.lines().line_of(found.span.range().start));
    let text = source.text.get(line.clone())?;
    let ending = text.trim_end_matches(['\r', '\n']).len();
    match place {
        Place::Above => {
            let line_break = text.get(ending..).filter(|end| !end.is_empty()).unwrap_or("\n");
            // A byte order mark stays the first character.
            let mark = text.len() - text.trim_start_matches('\u{feff}').len();
            let indent = text.get(mark..)?.len() - text.get(mark..)?.trim_start_matches([' ', '\t']).len();
            Some(Edit {
                span: Span::new(source.id, line.start + mark, line.start + mark),
                text: format!("{}{comment}{line_break}", text.get(mark..mark + indent)?),
            })
        }
        Place::Beside => {
            let end = line.start + ending;
            Some(Edit { span: Span::new(source.id, end, end), text: format!(" {comment}") })
        }
    }
}
