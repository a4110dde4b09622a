//! "Ignore this here": a comment that suppresses a finding. It is tried before it is offered.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Edit, Report};
use crate::engine::fix::{applied, counts, identity};
use crate::lsp::check::Context;
use crate::syntax;
use crate::syntax::edit::Language;
use crate::text::{Source, Span};

/// The place of a reason that only a person can give.
const REASON: &str = "TODO: say why";

/// The edit that suppresses a finding and nothing else, if there is one: a comment above its line or at its end.
pub fn edit(context: &Context, report: &Report, found: &Diagnostic) -> Option<Edit> {
    let source = report.source(found.span)?;
    if syntax::language(source) == Language::Json {
        return None;
    }
    let comment = format!("# delint: ignore[{}] {REASON}", found.rule.name);
    let line = source.lines().range(&source.text, source.lines().line_of(found.span.range().start));
    let text = source.text.get(line.clone())?;
    let ending = text.trim_end_matches(['\r', '\n']).len();
    let line_break = text.get(ending..).filter(|end| !end.is_empty()).unwrap_or("\n");
    // A byte order mark stays the first character.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let indent = text.get(mark..)?.len() - text.get(mark..)?.trim_start_matches([' ', '\t']).len();
    let above = Edit {
        span: Span::new(source.id, line.start + mark, line.start + mark),
        text: format!("{}{comment}{line_break}", text.get(mark..mark + indent)?),
    };
    let end = line.start + ending;
    let beside = Edit { span: Span::new(source.id, end, end), text: format!(" {comment}") };
    [above, beside].into_iter().find(|edit| hides(context, report, found, source, edit))
}

/// Whether an edit takes a finding away, since it is suppressed, and brings none.
fn hides(context: &Context, report: &Report, found: &Diagnostic, source: &Source, edit: &Edit) -> bool {
    let (text, _) = applied(&source.text, std::slice::from_ref(edit));
    let new = Source::new(source.id, source.name.clone(), text);
    let after = context.told_with(&Arc::new(new));
    let mut left = counts(&report.diagnostics);
    if let Some(count) = left.get_mut(&identity(found)) {
        *count -= 1;
    }
    let new = counts(&after.diagnostics);
    let hidden = after.suppressed.iter().any(|one| identity(&one.diagnostic) == identity(found));
    hidden && new.iter().all(|(identity, count)| left.get(identity).is_some_and(|most| count <= most))
}
