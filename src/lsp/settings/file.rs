//! Which documents are files for delint itself.

use std::path::PathBuf;
use std::sync::Arc;

use crate::lsp::session::Session;
use crate::project::config;
use crate::text::Source;

/// A file for delint itself, as it stands in the editor.
#[derive(Clone, Debug)]
pub struct File {
    pub uri: String,
    /// Absolute.
    pub path: PathBuf,
    pub kind: Kind,
    pub source: Arc<Source>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Config,
    Rule,
}

/// The file that a document is; none if it is not for delint itself.
pub fn file(session: &mut Session, uri: &str) -> Option<File> {
    let document = session.documents.get(uri)?;
    let (path, source) = (document.path.clone()?, document.source.clone());
    let kind = if config::is_config(&path) {
        Kind::Config
    } else if session.desk.is_rule(&path) {
        Kind::Rule
    } else {
        return None;
    };
    Some(File { uri: uri.to_owned(), path, kind, source })
}

/// All files for delint itself that are open.
pub fn open(session: &mut Session) -> Vec<File> {
    let uris: Vec<String> = session.documents.keys().cloned().collect();
    uris.iter().filter_map(|uri| file(session, uri)).collect()
}
