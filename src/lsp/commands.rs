//! `workspace/executeCommand`: what an action does that is no edit.

use lsp_types::notification::ShowMessage;
use lsp_types::request::ShowDocument;
use lsp_types::{Command, ExecuteCommandParams, MessageType, ShowDocumentParams, ShowMessageParams};
use serde_json::{Value as Json, json};

use crate::diagnostic::{Diagnostic, Report};
use crate::lsp::check::{self, Context};
use crate::lsp::notifications::disk_changed;
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::project::baseline;

/// Shows the page of a rule: the URI of a document, by whose project the rule is meant, and the name of the rule.
const EXPLAIN: &str = "delint.explain";
/// Writes a finding into the baseline of its project: the URI of its document, and its fingerprint.
const ADD: &str = "delint.addToBaseline";

pub const ALL: [&str; 2] = [EXPLAIN, ADD];

/// The command that explains the rule of a finding.
pub fn explain(uri: &str, found: &Diagnostic) -> Command {
    let name = &found.rule.name;
    Command::new(format!("Explain {name}"), EXPLAIN.to_owned(), Some(vec![json!(uri), json!(name)]))
}

/// The command that adds a finding to the baseline, if there is one.
pub fn add(context: &Context, uri: &str, found: &Diagnostic) -> Option<Command> {
    context.baseline()?;
    let title = format!("Add this {} to the baseline", found.rule.name);
    Some(Command::new(title, ADD.to_owned(), Some(vec![json!(uri), json!(found.fingerprint)])))
}

/// Does what a command says.
///
/// # Errors
/// Why that cannot be done.
pub fn execute(session: &mut Session, params: &ExecuteCommandParams) -> Result<(), String> {
    let [Json::String(uri), Json::String(what)] = params.arguments.as_slice() else {
        return Err(format!("{} takes the URI of a document, and a name", params.command));
    };
    match params.command.as_str() {
        EXPLAIN => show_page(session, uri, what),
        ADD => add_to_baseline(session, uri, what),
        other => Err(format!("{other} is no command of delint")),
    }
}

/// Shows a page as a document where the client can; else as a message.
fn show_page(session: &mut Session, uri: &str, rule: &str) -> Result<(), String> {
    let context = check::context(session, uri).ok_or_else(|| not_checked(uri))?;
    let page = context.rules().page(rule).ok_or_else(|| format!("there is no rule {rule}"))?;
    let file = if session.client.shows_documents { session.pages.write(rule, &page).ok() } else { None };
    match file.and_then(|path| place::uri(path.to_str()?)) {
        Some(uri) => session.ask::<ShowDocument>(ShowDocumentParams {
            uri,
            external: Some(false),
            take_focus: Some(true),
            selection: None,
        }),
        None => {
            session.notify::<ShowMessage>(ShowMessageParams { typ: MessageType::INFO, message: page });
        }
    }
    Ok(())
}

/// Adds to what the file holds now, whatever it was when the session read it.
fn add_to_baseline(session: &mut Session, uri: &str, fingerprint: &str) -> Result<(), String> {
    let context = check::context(session, uri).ok_or_else(|| not_checked(uri))?;
    let path = context.baseline().ok_or("the project has no baseline")?;
    let report = context.report();
    let found = report.diagnostics.iter().find(|found| found.fingerprint == fingerprint);
    let found = found.ok_or("there is no such finding any more")?;
    let told = |report: Report| {
        let first = report.notifications.into_iter().next();
        first.map_or_else(|| "the baseline cannot be read".to_owned(), |told| told.text)
    };
    let known = baseline::read(&path).map_err(|failure| told(failure.into_report()))?;
    known.with(found).write(&path).map_err(|error| format!("cannot write the baseline: {error}"))?;
    disk_changed(session);
    Ok(())
}

fn not_checked(uri: &str) -> String {
    format!("{uri} is not open, or not checked")
}
