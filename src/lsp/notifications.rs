//! What the client tells.

use lsp_server::Notification;
use lsp_types::notification::{
    DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument,
    DidOpenTextDocument, DidSaveTextDocument, Initialized, Notification as _,
};
use lsp_types::request::WorkspaceDiagnosticRefresh;
use lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, MessageType,
};
use serde::de::DeserializeOwned;

use crate::lsp::check;
use crate::lsp::diagnostics;
use crate::lsp::session::Session;
use crate::lsp::watch;

/// Takes note of something. What is not known is not for us.
pub fn notice(session: &mut Session, notification: Notification) {
    let method = notification.method.clone();
    let noticed = match method.as_str() {
        DidOpenTextDocument::METHOD => read(notification).map(|params| did_open(session, params)),
        DidChangeTextDocument::METHOD => read(notification).map(|params| did_change(session, params)),
        DidCloseTextDocument::METHOD => read(notification).map(|params| did_close(session, params)),
        DidSaveTextDocument::METHOD | DidChangeWatchedFiles::METHOD | DidChangeConfiguration::METHOD => {
            disk_changed(session);
            Ok(())
        }
        Initialized::METHOD => {
            watch::update(session);
            Ok(())
        }
        _ => Ok(()),
    };
    if let Err(error) = noticed {
        session.log(MessageType::ERROR, format!("{method} is not understood: {error}"));
    }
}

fn read<P: DeserializeOwned>(notification: Notification) -> Result<P, serde_json::Error> {
    serde_json::from_value(notification.params)
}

fn did_open(session: &mut Session, params: DidOpenTextDocumentParams) {
    let uri = params.text_document.uri.as_str().to_owned();
    session.open(params.text_document);
    // The disk may have changed while nobody looked.
    session.desk.forget();
    let stale = check::together(session, &uri);
    session.stale.extend(stale);
}

fn did_change(session: &mut Session, params: DidChangeTextDocumentParams) {
    let encoding = session.client.encoding;
    let uri = params.text_document.uri;
    let Some(document) = session.document(&uri) else {
        return session.log(MessageType::ERROR, format!("{} was changed and is not open", uri.as_str()));
    };
    document.change(params.text_document.version, params.content_changes, encoding);
    let stale = check::together(session, uri.as_str());
    session.stale.extend(stale);
}

fn did_close(session: &mut Session, params: DidCloseTextDocumentParams) {
    let uri = params.text_document.uri;
    let others = check::together(session, uri.as_str());
    session.documents.remove(uri.as_str());
    session.stale.extend(others);
    session.stale.remove(uri.as_str());
    session.desk.forget();
    if !session.client.pulls {
        diagnostics::clear(session, uri);
    }
}

/// Whatever was read from the disk may be other now: configuration, rules, files beside those that are open.
pub fn disk_changed(session: &mut Session) {
    session.desk.forget();
    session.all_are_stale();
    watch::update(session);
    if session.client.pulls && session.client.refreshes {
        session.ask::<WorkspaceDiagnosticRefresh>(());
    }
}
