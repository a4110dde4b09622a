//! Where the threads that look for files put what they find.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::diagnostic::Notification;
use crate::forms;
use crate::project::name::displayed;
use crate::project::scan::{LIMIT, Outcome};
use crate::project::settings::Settings;

/// A file to be parsed.
#[derive(Debug)]
pub struct Found {
    pub name: String,
    pub path: PathBuf,
    pub bytes: Vec<u8>,
    /// Whether it was named or lies in a folder that was, and was not read for the sake of others only.
    pub is_asked: bool,
}

/// Few files have anything to put here, so nobody waits for a lock.
#[derive(Debug)]
pub struct Sink<'s> {
    files: AtomicUsize,
    found: Mutex<Vec<Found>>,
    messages: Mutex<Vec<Notification>>,
    /// The files that are parts of modules, whatever is in them.
    modules: Mutex<Vec<PathBuf>>,
    /// The real paths of all files so far; none where no file can come twice.
    seen: Option<Mutex<HashSet<PathBuf>>>,
    /// The names of all files that were read, if they are wanted.
    names: Option<Mutex<Vec<String>>>,
    count: Option<&'s AtomicUsize>,
}

impl<'s> Sink<'s> {
    /// A sink that tells files apart by their real paths, or one that trusts that none comes twice.
    pub fn new(tells_apart: bool, settings: &Settings<'s>) -> Self {
        Self {
            files: AtomicUsize::new(0),
            found: Mutex::default(),
            messages: Mutex::default(),
            modules: Mutex::default(),
            seen: tells_apart.then(Mutex::default),
            names: settings.keep_names.then(Mutex::default),
            count: settings.count,
        }
    }

    /// Whether a file comes for the first time. Its real path is asked for only where that matters; a file without one
    /// is always new.
    pub fn is_new(&self, real_path: impl FnOnce() -> Option<PathBuf>) -> bool {
        let Some(seen) = &self.seen else { return true };
        real_path().is_none_or(|path| locked(seen).insert(path))
    }

    /// Takes what was found in a file.
    pub fn take(&self, name: String, path: PathBuf, outcome: Outcome) {
        self.meet(&path);
        let kept = self.names.as_ref().map(|names| (names, name.clone()));
        match outcome {
            Outcome::NoFile => return,
            Outcome::Irrelevant => {}
            Outcome::Candidate(bytes) => {
                locked(&self.found).push(Found { name, path, bytes, is_asked: true });
            }
            Outcome::Utf16 => {
                return self.error(format!("cannot read {name}: it is UTF-16, and delint reads UTF-8"));
            }
            Outcome::TooLarge => {
                let text = format!("{name} was not checked: it is larger than {} MiB", LIMIT >> 20);
                locked(&self.messages).push(Notification::note(text));
                return;
            }
        }
        self.files.fetch_add(1, Ordering::Relaxed);
        if let Some(count) = self.count {
            count.fetch_add(1, Ordering::Relaxed);
        }
        if let Some((names, name)) = kept {
            locked(names).push(name);
        }
    }

    pub fn error(&self, text: String) {
        locked(&self.messages).push(Notification::error(text));
    }

    /// A file or folder that the disk does not give away.
    pub fn unreadable(&self, path: &Path, error: &io::Error) {
        self.meet(path);
        self.error(format!("cannot read {}: {}", displayed(path), reason(error)));
    }

    fn meet(&self, path: &Path) {
        if path.to_str().is_some_and(forms::is_module_file) {
            locked(&self.modules).push(path.to_path_buf());
        }
    }

    /// What has come together.
    pub fn into_parts(self) -> Parts {
        Parts {
            files: self.files.into_inner(),
            found: self.found.into_inner().unwrap_or_else(PoisonError::into_inner),
            messages: self.messages.into_inner().unwrap_or_else(PoisonError::into_inner),
            modules: self.modules.into_inner().unwrap_or_else(PoisonError::into_inner),
            names: self
                .names
                .map_or_else(Vec::new, |names| names.into_inner().unwrap_or_else(PoisonError::into_inner)),
        }
    }
}

/// What has come together in a sink.
#[derive(Debug)]
pub struct Parts {
    /// How many files were read.
    pub files: usize,
    /// Those that hold a trigger word.
    pub found: Vec<Found>,
    pub messages: Vec<Notification>,
    /// The files that are parts of modules, whatever is in them and whether they could be read.
    pub modules: Vec<PathBuf>,
    /// The names of the files that were read, if they are wanted.
    pub names: Vec<String>,
}

/// What a thread left behind that panicked is as good as what the others did.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
