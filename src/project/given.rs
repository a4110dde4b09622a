//! Files for delint itself: they are named or looked for, and nothing is checked if there is a mistake in one.

use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use crate::diagnostic::{Notification, NotificationKind, Report};
use crate::project::name::displayed;
use crate::rules::Mistake;
use crate::text::{Source, SourceId};

/// Why a file for delint itself cannot be used.
#[derive(Debug)]
pub enum Failure {
    /// One sentence without a full stop.
    Unreadable(String),
    /// Mistakes in it.
    Wrong(Arc<Source>, Vec<Mistake>),
}

impl Failure {
    /// The report of a run that could not begin.
    pub fn into_report(self) -> Report {
        let mut report = Report::default();
        match self {
            Self::Unreadable(text) => report.notifications.push(Notification::error(text)),
            Self::Wrong(source, mistakes) => {
                let told = |Mistake { span, message }| Notification {
                    kind: NotificationKind::Error,
                    text: message,
                    span: Some(span),
                };
                report.notifications.extend(mistakes.into_iter().map(told));
                report.sources.insert(source.id, source);
            }
        }
        report
    }
}

/// Reads a file. `what` is what it is for delint: "configuration".
///
/// # Errors
/// It cannot be read, or is larger than so many bytes.
pub fn read(path: &Path, what: &str, id: SourceId, limit: u64) -> Result<Arc<Source>, Failure> {
    let unreadable = |why: &dyn std::fmt::Display| {
        Failure::Unreadable(format!("cannot read the {what} {}: {why}", displayed(path)))
    };
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => unreadable(&"there is no such file"),
        _ => unreadable(&error),
    })?;
    if !metadata.is_file() {
        return Err(unreadable(&"it is not a file"));
    }
    if metadata.len() > limit {
        return Err(unreadable(&format!("it is larger than {} MiB", limit >> 20)));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(&error))?;
    Ok(Arc::new(Source::from_bytes(id, displayed(path), bytes)))
}
