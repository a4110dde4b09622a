//! A document that is open in the editor: its text is the editor's, whatever the disk has.

use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent as Change, Uri};

use crate::engine::{self, Reading};
use crate::lsp::place;
use crate::project::desk::is_too_large;
use crate::project::panics::caught;
use crate::text::{Encoding, Source, SourceId};

/// An open document.
#[derive(Debug)]
pub struct Document {
    pub uri: Uri,
    /// None for what is in no file.
    pub path: Option<PathBuf>,
    pub version: i32,
    pub source: Arc<Source>,
    reading: Option<Arc<Reading>>,
}

impl Document {
    #[must_use]
    pub fn new(uri: Uri, path: Option<PathBuf>, version: i32, source: Source) -> Self {
        Self { uri, path, version, source: Arc::new(source), reading: None }
    }

    /// Makes changes, one after the other: each is of the text that the one before has left.
    pub fn change(&mut self, version: i32, changes: Vec<Change>, encoding: Encoding) {
        for change in changes {
            let text = changed(&self.source, change, encoding);
            self.source = Arc::new(Source::new(self.source.id, self.source.name.clone(), text));
        }
        self.version = version;
        self.reading = None;
    }

    #[must_use]
    pub fn id(&self) -> SourceId {
        self.source.id
    }

    /// What the text says.
    ///
    /// # Errors
    /// The panic that reading it ended in.
    pub fn reading(&mut self) -> Result<Option<Arc<Reading>>, String> {
        if is_too_large(&self.source.text) {
            return Ok(None);
        }
        if self.reading.is_none() {
            self.reading = Some(Arc::new(caught(|| engine::read(&self.source))?));
        }
        Ok(self.reading.clone())
    }
}

/// The text with a change in it: of a range, or of the whole.
fn changed(source: &Source, change: Change, encoding: Encoding) -> String {
    let Some(range) = change.range else { return change.text };
    let start = place::offset(source, range.start, encoding);
    let end = place::offset(source, range.end, encoding).max(start);
    let (before, behind) = (source.text.get(..start), source.text.get(end..));
    [before.unwrap_or_default(), &change.text, behind.unwrap_or_default()].concat()
}
