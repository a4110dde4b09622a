//! What a session knows: the client, the documents that are open, and what is kept of the disk.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use lsp_server::{Message, Notification, Request, RequestId};
use lsp_types::notification::{LogMessage, Notification as _, ShowMessage};
use lsp_types::{InitializeParams, LogMessageParams, MessageType, ShowMessageParams, TextDocumentItem, Uri};
use serde_json::Value as Json;

use crate::lsp::client::Client;
use crate::lsp::document::Document;
use crate::lsp::place;
use crate::lsp::settings::examples::Examples;
use crate::project::desk::Desk;
use crate::project::name::displayed;
use crate::project::pages::Pages;
use crate::text::{Source, SourceId};

pub struct Session {
    pub client: Client,
    /// The first folder of the workspace: where documents without a file belong.
    pub root: Option<PathBuf>,
    /// By their URIs.
    pub documents: BTreeMap<String, Document>,
    pub desk: Desk,
    /// What was shown of rules.
    pub pages: Pages,
    /// What is wrong with the examples of rules.
    pub examples: Examples,
    /// What is still to be sent.
    pub outbox: Vec<Message>,
    /// The documents whose diagnostics may be others than those that the client has.
    pub stale: BTreeSet<String>,
    /// What the user was told, so that nobody is told twice: by the folder that it is about.
    told: HashMap<PathBuf, String>,
    requests: i32,
    /// The patterns of files that the client watches for us.
    pub watched: Vec<String>,
}

impl Session {
    pub fn new(params: &InitializeParams, raw: &Json) -> Self {
        Self {
            client: Client::new(params, raw),
            root: root(params),
            documents: BTreeMap::new(),
            desk: Desk::default(),
            pages: Pages::default(),
            examples: Examples::default(),
            outbox: Vec::new(),
            stale: BTreeSet::new(),
            told: HashMap::new(),
            requests: 0,
            watched: Vec::new(),
        }
    }

    pub fn open(&mut self, item: TextDocumentItem) {
        let TextDocumentItem { uri, version, text, .. } = item;
        let path = place::path(&uri);
        let name = path.as_ref().map_or_else(|| uri.as_str().to_owned(), |path| displayed(path));
        let id = self.desk.id(path.as_deref().unwrap_or(Path::new(uri.as_str())));
        let document = Document::new(uri, path, version, Source::new(id, name, text));
        self.documents.insert(document.uri.as_str().to_owned(), document);
    }

    pub fn document(&mut self, uri: &Uri) -> Option<&mut Document> {
        self.documents.get_mut(uri.as_str())
    }

    /// The URI of a source: as the client has it, if it is open there.
    pub fn uri(&self, source: &Source) -> Option<Uri> {
        let open = self.documents.values().find(|document| document.id() == source.id);
        open.map_or_else(|| place::uri(&source.name), |document| Some(document.uri.clone()))
    }

    /// The version of an open document.
    pub fn version(&self, id: SourceId) -> Option<i32> {
        self.documents.values().find(|document| document.id() == id).map(|document| document.version)
    }

    /// Sends a notification.
    pub fn notify<N: lsp_types::notification::Notification>(&mut self, params: N::Params) {
        self.outbox.push(Notification::new(N::METHOD.to_owned(), params).into());
    }

    /// Asks the client for something; nothing depends on its answer.
    pub fn ask<R: lsp_types::request::Request>(&mut self, params: R::Params) {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.outbox.push(Request::new(id, R::METHOD.to_owned(), params).into());
    }

    /// Writes to the client's log.
    pub fn log(&mut self, typ: MessageType, message: String) {
        self.outbox
            .push(Notification::new(LogMessage::METHOD.to_owned(), LogMessageParams { typ, message }).into());
    }

    /// Writes to the client's log that something ended in a panic.
    pub fn failed(&mut self, what: &str, panic: &str) {
        self.log(MessageType::ERROR, failure(what, panic));
    }

    /// Tells the user something that is wrong with a folder, once; nothing if it is right again.
    pub fn tell(&mut self, folder: &Path, wrong: Option<String>) {
        let Some(message) = wrong else {
            self.told.remove(folder);
            return;
        };
        if self.told.insert(folder.to_path_buf(), message.clone()).as_ref() != Some(&message) {
            self.notify::<ShowMessage>(ShowMessageParams { typ: MessageType::ERROR, message });
        }
    }

    /// That all diagnostics may be others now.
    pub fn all_are_stale(&mut self) {
        self.stale = self.documents.keys().cloned().collect();
    }
}

#[expect(deprecated, reason = "clients older than 3.6 send no folders")]
fn root(params: &InitializeParams) -> Option<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    folders.chain(&params.root_uri).find_map(place::path)
}

/// That something ended in a panic.
#[must_use]
pub fn failure(what: &str, panic: &str) -> String {
    format!("delint failed on {what}, which is a mistake in delint: {panic}")
}
