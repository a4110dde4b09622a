//! The files in a folder.
//!
//! Links are not followed, so no folder is met twice. `.git` is never looked into; other hidden files are, because
//! infrastructure code is kept in `.github` and the like.

use std::ffi::OsStr;
use std::fs::FileType;
use std::path::{Path, PathBuf};
use std::{fs, io};

use ignore::{WalkBuilder, WalkState};
use rayon::iter::{ParallelBridge, ParallelIterator};
use walkdir::WalkDir;

use crate::project::atomic::is_left_over;
use crate::project::name::displayed;
use crate::project::paths::Exclude;
use crate::project::scan::Scanner;
use crate::project::settings::Settings;
use crate::project::sink::Sink;

/// Reads the files in a folder; what ignore files (`.gitignore`, `.ignore`) name is left out if they are respected.
pub fn walk(sink: &Sink<'_>, folder: &Path, settings: &Settings<'_>) {
    let folder =
        Folder { sink, path: folder, real: fs::canonicalize(folder).ok(), exclude: settings.exclude };
    if settings.respect_ignore_files { folder.walk_by_ignore_files() } else { folder.walk_everything() }
}

struct Folder<'a> {
    sink: &'a Sink<'a>,
    path: &'a Path,
    /// Without links: what a file in the folder really is follows from it.
    real: Option<PathBuf>,
    exclude: Exclude<'a>,
}

impl Folder<'_> {
    fn walk_by_ignore_files(&self) {
        let walk = WalkBuilder::new(self.path)
            .hidden(false)
            .require_git(false)
            .filter_entry(|entry| !is_repository(entry.file_name()))
            .build_parallel();
        walk.run(|| {
            let mut scanner = Scanner::default();
            Box::new(move |entry| {
                match entry {
                    Ok(entry) if self.is_excluded(entry.path(), entry.depth(), entry.file_type()) => {
                        return WalkState::Skip;
                    }
                    Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                        self.scan(&mut scanner, entry.path());
                    }
                    Ok(_) => {}
                    Err(error) => self.failed(path_of(&error), error.io_error()),
                }
                WalkState::Continue
            })
        });
    }

    fn walk_everything(&self) {
        let walk = WalkDir::new(self.path).into_iter().filter_entry(|entry| {
            !is_repository(entry.file_name())
                && !self.is_excluded(entry.path(), entry.depth(), Some(entry.file_type()))
        });
        walk.par_bridge().for_each_init(Scanner::default, |scanner, entry| match entry {
            Ok(entry) if entry.file_type().is_file() => self.scan(scanner, entry.path()),
            Ok(_) => {}
            Err(error) => self.failed(error.path(), error.io_error()),
        });
    }

    /// Whether something in the folder is left out; the folder itself was named.
    fn is_excluded(&self, path: &Path, depth: usize, kind: Option<FileType>) -> bool {
        let is_folder = kind.is_some_and(|kind| kind.is_dir());
        depth > 0 && (!is_folder && is_left_over(path) || self.exclude.names(path, is_folder))
    }

    fn scan(&self, scanner: &mut Scanner, path: &Path) {
        let real_path = || Some(self.real.as_ref()?.join(path.strip_prefix(self.path).ok()?));
        if !self.sink.is_new(real_path) {
            return;
        }
        match scanner.scan_file(path) {
            Ok(outcome) => self.sink.take(displayed(path), path.to_path_buf(), outcome),
            Err(error) => self.failed(Some(path), Some(&error)),
        }
    }

    /// A file or folder that cannot be read, or is gone though it was there when its folder was listed.
    fn failed(&self, path: Option<&Path>, error: Option<&io::Error>) {
        // Without one it is a mistake in an ignore file, which git overlooks too.
        if let Some(error) = error {
            self.sink.unreadable(path.unwrap_or(self.path), error);
        }
    }
}

fn is_repository(name: &OsStr) -> bool {
    name == ".git"
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
