//! `textDocument/codeAction`: fixes, all safe fixes at once, comments that suppress, and commands about a finding.

use std::collections::HashSet;

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, Diagnostic};

use crate::diagnostic::{self, Edit, Report, Safety, sentence};
use crate::lsp::check::{self, Context};
use crate::lsp::session::Session;
use crate::lsp::{commands, diagnostics, edit, place, settings, suppress};
use crate::text::{Source, SourceId};

/// The kind of the action that makes all safe fixes.
pub fn fix_all() -> CodeActionKind {
    CodeActionKind::from("source.fixAll.delint")
}

/// The actions for a range. What is not asked for by its kind is not offered, and all fixes at once only where they
/// are.
pub fn answer(session: &mut Session, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
    let uri = params.text_document.uri.as_str();
    let only = params.context.only.as_deref();
    let fixes = only.is_none_or(|only| wants(only, &CodeActionKind::QUICKFIX));
    let all = only.is_some_and(|only| wants(only, &fix_all()));
    if !session.client.takes_actions || !(fixes || all) {
        return Vec::new();
    }
    if let Some(file) = settings::file::file(session, uri) {
        let found = if fixes { settings::action::answer(session, &file, params) } else { Vec::new() };
        return found.into_iter().map(CodeActionOrCommand::CodeAction).collect();
    }
    let Some(context) = check::context(session, uri) else { return Vec::new() };
    let Some(source) = session.documents.get(uri).map(|document| document.source.clone()) else {
        return Vec::new();
    };
    let mut actions = Vec::new();
    if fixes {
        let at = |position| place::offset(&source, position, session.client.encoding);
        let (start, end) = (at(params.range.start), at(params.range.end));
        let report = context.report();
        let here = |found: &&diagnostic::Diagnostic| {
            let span = found.span.range();
            found.span.source == source.id && span.start <= end && start <= span.end
        };
        let asked = Asked { session, context: &context, report: &report, source: &source };
        let found: Vec<_> = report.diagnostics.iter().filter(here).collect();
        actions.extend(found.iter().filter_map(|found| asked.fix(found)));
        actions.extend(asked.ignore(|found| here(&found)));
        let add = |found| Some(asked.command(found, commands::add(&context, uri, found)?));
        actions.extend(found.iter().filter_map(|found| add(found)));
        let mut explained = HashSet::new();
        let rules = found.iter().filter(|found| explained.insert(found.rule.name.as_str()));
        actions.extend(rules.map(|found| asked.command(found, commands::explain(uri, found))));
    }
    if all {
        actions.extend(all_fixes(session, &context, source.id));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Whether a kind is asked for: by its name or by one above it.
fn wants(only: &[CodeActionKind], kind: &CodeActionKind) -> bool {
    only.iter().any(|asked| {
        let rest = kind.as_str().strip_prefix(asked.as_str());
        asked.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

struct Asked<'a> {
    session: &'a Session,
    context: &'a Context,
    report: &'a Report,
    source: &'a Source,
}

impl Asked<'_> {
    fn fix(&self, found: &diagnostic::Diagnostic) -> Option<CodeAction> {
        let fix = found.fix.as_ref()?;
        let action = self.quick(found, sentence(&fix.title), &fix.edits)?;
        Some(CodeAction { is_preferred: Some(fix.safety == Safety::Safe), ..action })
    }

    fn ignore(&self, wanted: impl Fn(&diagnostic::Diagnostic) -> bool) -> Vec<CodeAction> {
        let edits = suppress::edits(self.context, self.report, self.source, wanted);
        let action = |(index, edit)| {
            let found = self.report.diagnostics.get(index)?;
            self.quick(found, format!("Ignore {} here", found.rule.name), &[edit])
        };
        edits.into_iter().filter_map(action).collect()
    }

    fn quick(&self, found: &diagnostic::Diagnostic, title: String, edits: &[Edit]) -> Option<CodeAction> {
        let edit = Some(edit::workspace(self.session, &self.report.sources, edits)?);
        Some(CodeAction { title, edit, ..self.about(found) })
    }

    fn command(&self, found: &diagnostic::Diagnostic, command: Command) -> CodeAction {
        CodeAction { title: command.title.clone(), command: Some(command), ..self.about(found) }
    }

    /// An action about a finding that does nothing yet.
    fn about(&self, found: &diagnostic::Diagnostic) -> CodeAction {
        let told: Diagnostic = diagnostics::item(self.session, self.report, self.source, found);
        CodeAction {
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![told]),
            ..CodeAction::default()
        }
    }
}

/// All safe fixes of a document, those too that others make possible.
fn all_fixes(session: &Session, context: &Context, id: SourceId) -> Option<CodeAction> {
    let is_wanted = |found: &diagnostic::Diagnostic| {
        let fix = found.fix.as_ref();
        fix.is_some_and(|fix| {
            fix.safety == Safety::Safe && fix.edits.iter().all(|edit| edit.span.source == id)
        })
    };
    let changed = context.settled(id, is_wanted)?;
    let edits = edit::between(&changed.old, changed.source());
    let sources = [(id, changed.old)].into();
    Some(CodeAction {
        title: "Make all safe fixes of delint".to_owned(),
        kind: Some(fix_all()),
        edit: Some(edit::workspace(session, &sources, &edits)?),
        ..CodeAction::default()
    })
}
