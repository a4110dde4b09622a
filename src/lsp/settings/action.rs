//! What can be done about a mistake in a configuration or a rule: the word that was probably meant is written. It is tried
//! before it is offered.

use std::sync::Arc;

use lsp_types::{CodeAction, CodeActionKind, CodeActionParams};

use crate::diagnostic::{Edit, Report};
use crate::engine::fix::applied;
use crate::lsp::session::Session;
use crate::lsp::settings::file::File;
use crate::lsp::settings::report::report;
use crate::lsp::{diagnostics, edit, place};
use crate::rules::names::meant;
use crate::text::{Source, Span};

/// The actions for a range.
pub fn answer(session: &mut Session, file: &File, params: &CodeActionParams) -> Vec<CodeAction> {
    let at = |position| place::offset(&file.source, position, session.client.encoding);
    let (start, end) = (at(params.range.start), at(params.range.end));
    let report = report(session, file);
    let here = |(span, _): &(Span, &str)| {
        span.source == file.source.id && span.range().start <= end && start <= span.range().end
    };
    let said: Vec<(Span, &str)> = said(&report).filter(here).collect();
    said.into_iter().filter_map(|(span, message)| action(session, file, &report, span, message)).collect()
}

/// All that is said of places.
fn said(report: &Report) -> impl Iterator<Item = (Span, &str)> {
    let told = report.notifications.iter().filter_map(|told| Some((told.span?, told.text.as_str())));
    told.chain(report.diagnostics.iter().map(|found| (found.span, found.message.as_str())))
}

fn action(
    session: &mut Session,
    file: &File,
    report: &Report,
    span: Span,
    message: &str,
) -> Option<CodeAction> {
    let (word, meant) = meant(message)?;
    let edit = Edit { span: place_of(&file.source, span, word)?, text: meant.to_owned() };
    if !helps(session, file, span, &edit) {
        return None;
    }
    let sources = [(file.source.id, file.source.clone())].into();
    let range = place::range(&file.source, span, session.client.encoding);
    let all = diagnostics::items(session, report, file.source.id);
    Some(CodeAction {
        title: format!("Write `{meant}`"),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(all.into_iter().filter(|told| told.range == range).collect()),
        edit: Some(edit::workspace(session, &sources, &[edit])?),
        is_preferred: Some(true),
        ..CodeAction::default()
    })
}

/// Where the word that is wrong stands in the text that is wrong: all of it where no word is named.
fn place_of(source: &Source, span: Span, word: Option<&str>) -> Option<Span> {
    let text = source.slice(span);
    let is_word = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    let plain = text.trim_matches(['"', '\'']);
    let word = word.unwrap_or(plain);
    let mut places = text.match_indices(word).map(|(at, _)| at);
    let (at, None) = (places.next()?, places.next()) else { return None };
    (is_word(word) && !word.is_empty()).then(|| span.part(at, at + word.len()))
}

/// Whether nothing is said of a place any more after an edit in it.
fn helps(session: &mut Session, file: &File, span: Span, edit: &Edit) -> bool {
    let (text, _) = applied(&file.source.text, std::slice::from_ref(edit));
    let source = Arc::new(Source::new(file.source.id, file.source.name.clone(), text));
    let after = report(session, &File { source, ..file.clone() });
    let is_there = |(said, _): (Span, &str)| {
        said.source == span.source
            && said.range().start <= edit.span.range().start
            && said.range().end >= span.range().start
    };
    !said(&after).any(is_there)
}
