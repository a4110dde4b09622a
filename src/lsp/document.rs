//! A document that is open in the editor: its text is the editor's, whatever the disk has.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent as Change, Uri};

use crate::diagnostic::Report;
use crate::engine::{self, Reading};
use crate::lsp::kept::Kept;
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
    kept: Kept,
    reading: Option<Arc<Reading>>,
}

impl Document {
    #[must_use]
    pub fn new(uri: Uri, path: Option<PathBuf>, version: i32, source: Source) -> Self {
        Self { uri, path, version, source: Arc::new(source), kept: Kept::default(), reading: None }
    }

    /// Makes changes, one after the other: each is of the text that the one before has left.
    pub fn change(&mut self, version: i32, changes: Vec<Change>, encoding: Encoding) {
        for change in changes {
            let range = range(&self.source, &change, encoding);
            self.kept.edit(&self.source.text, range.clone(), &change.text);
            let text = changed(&self.source.text, range, &change.text);
            self.source = Arc::new(Source::new(self.source.id, self.source.name.clone(), text));
        }
        self.version = version;
        self.reading = None;
    }

    #[must_use]
    pub fn id(&self) -> SourceId {
        self.source.id
    }

    /// What is to be shown of it, by what was found now: while it cannot be read, what was found before as well.
    pub fn shown(&mut self, mut report: Report) -> Report {
        match &self.reading {
            Some(reading) if reading.is_whole => self.kept = Kept::new(&report, self.source.id),
            Some(_) => {
                report.sources.insert(self.source.id, self.source.clone());
                self.kept.add_to(&mut report);
            }
            None => {}
        }
        report
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

/// The bytes that a change is of: a range, or the whole.
fn range(source: &Source, change: &Change, encoding: Encoding) -> Range<usize> {
    let Some(range) = change.range else { return 0..source.text.len() };
    let start = place::offset(source, range.start, encoding);
    start..place::offset(source, range.end, encoding).max(start)
}

fn changed(text: &str, range: Range<usize>, new: &str) -> String {
    let (before, behind) = (text.get(..range.start), text.get(range.end..));
    [before.unwrap_or_default(), new, behind.unwrap_or_default()].concat()
}
