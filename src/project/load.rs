//! From the paths that a user gives to readings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::diagnostic::Notification;
use crate::engine::{self, Reading};
use crate::forms;
use crate::project::atomic::is_left_over;
use crate::project::name::displayed;
use crate::project::panics::caught;
use crate::project::scan::{Outcome, Scanner, is_candidate_in_utf16};
use crate::project::settings::Settings;
use crate::project::siblings::{self, Before};
use crate::project::sink::{Found, Parts, Sink};
use crate::project::walk::walk;
use crate::text::{Source, SourceId};

/// Enough work that threads are worth their start.
const MANY: usize = 16;

/// Bytes of stack for reading a file: the syntaxes allow trees of several hundred levels.
pub const STACK: usize = 8 << 20;

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The files that say something about log delivery, in the order of their names.
    pub readings: Vec<Reading>,
    /// Where the sources of these were read, if it was asked for them.
    pub paths: BTreeMap<SourceId, PathBuf>,
    /// How many files were read.
    pub files: usize,
    /// Their names in order, if they are wanted.
    pub names: Vec<String>,
    /// How many of them held a trigger word.
    pub candidates: usize,
    /// In the order of the names in them.
    pub messages: Vec<Notification>,
}

/// Reads files and folders; `-` is standard input.
///
/// The result is the same whatever the number of threads: names are sorted before sources get their ids. A file that
/// is named twice, or named and found in a folder, is read once, under its first name; files come before folders.
#[must_use]
pub fn load(paths: &[PathBuf], settings: &Settings<'_>) -> Loaded {
    let sink = Sink::new(paths.len() > 1, settings);
    let mut files = Vec::new();
    let mut folders = Vec::new();
    let mut stdin = false;
    for path in paths {
        if path == Path::new("-") {
            stdin = true;
            continue;
        }
        if settings.force_exclude && (settings.exclude.covers(path) || is_left_over(path)) {
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => folders.push(path.as_path()),
            Ok(metadata) if metadata.is_file() => files.push(path.as_path()),
            Ok(_) => {
                sink.error(format!("cannot read {}: it is neither a file nor a folder", displayed(path)));
            }
            Err(error) => sink.unreadable(path, &error),
        }
    }
    let stdin = stdin && !(settings.force_exclude && settings.exclude.covers(Path::new(settings.stdin_name)));
    let held = if stdin { scan_stdin(&sink, settings.stdin_name) } else { None };
    scan_named(&sink, files.clone());
    for folder in folders {
        walk(&sink, folder, settings);
    }
    let mut parts = sink.into_parts();
    parts.found.extend(held);
    let stdin_name = stdin.then_some(settings.stdin_name);
    let before = Before { named: &files, stdin: stdin_name, met: &parts.modules };
    let added = siblings::add(&mut parts.found, &before);
    parts.files += added.files;
    parts.messages.extend(added.messages);
    read_all(parts)
}

/// Standard input stands for the file of its name, if there is one. What is returned says something only together
/// with the files beside that one.
fn scan_stdin(sink: &Sink<'_>, name: &str) -> Option<Found> {
    let path = Path::new(name);
    let take = |outcome| {
        sink.is_new(|| fs::canonicalize(path).ok());
        sink.take(name.to_owned(), PathBuf::from("-"), outcome);
    };
    let failed = |error| sink.error(format!("cannot read standard input: {error}"));
    let mut stdin = io::stdin().lock();
    if !forms::is_module_file(name) {
        Scanner::default().scan(&mut stdin, 0).map_or_else(failed, take);
        return None;
    }
    match Scanner::read(&mut stdin) {
        Ok(Some(bytes)) if engine::is_candidate(&bytes) => take(Outcome::Candidate(bytes)),
        Ok(Some(bytes)) if is_candidate_in_utf16(&bytes) => take(Outcome::Utf16),
        Ok(Some(bytes)) => {
            take(Outcome::Irrelevant);
            return Some(Found { name: name.to_owned(), path: PathBuf::from("-"), bytes, is_asked: true });
        }
        Ok(None) => take(Outcome::TooLarge),
        Err(error) => failed(error),
    }
    None
}

/// Reads files that the user named: whatever keeps one from being read is an error.
fn scan_named(sink: &Sink<'_>, mut files: Vec<&Path>) {
    // Before any thread starts: which of two names stands for a file does not depend on luck.
    files.retain(|path| sink.is_new(|| fs::canonicalize(path).ok()));
    let scan = |scanner: &mut Scanner, path: &Path| match scanner.scan_file(path) {
        Ok(Outcome::NoFile) => sink.error(format!("cannot read {}: it is not a file", displayed(path))),
        Ok(outcome) => sink.take(displayed(path), path.to_path_buf(), outcome),
        Err(error) => sink.unreadable(path, &error),
    };
    if files.len() < MANY {
        let mut scanner = Scanner::default();
        for path in files {
            scan(&mut scanner, path);
        }
    } else {
        files.into_par_iter().for_each_init(Scanner::default, scan);
    }
}

fn read_all(parts: Parts) -> Loaded {
    let Parts { files, mut found, mut messages, mut names, .. } = parts;
    names.sort();
    found.sort_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
    let candidates = found.iter().filter(|file| engine::is_candidate(&file.bytes)).count();
    let asked = found.iter().enumerate().filter(|(_, file)| file.is_asked);
    let paths = asked.map(|(index, file)| (id(index), file.path.clone())).collect();
    let results: Vec<Result<Reading, Notification>> = match threads(found.len()) {
        Some(pool) => pool
            .install(|| found.into_par_iter().enumerate().map(|(index, file)| read(index, file)).collect()),
        None => found.into_iter().enumerate().map(|(index, file)| read(index, file)).collect(),
    };
    let mut readings = Vec::new();
    for result in results {
        match result {
            Ok(reading) => readings.push(reading),
            Err(message) => messages.push(message),
        }
    }
    readings.retain(Reading::is_relevant);
    messages.sort();
    Loaded { readings, paths, files, names, candidates, messages }
}

fn threads(work: usize) -> Option<rayon::ThreadPool> {
    (work >= MANY).then(|| rayon::ThreadPoolBuilder::new().stack_size(STACK).build().ok()).flatten()
}

fn id(index: usize) -> SourceId {
    SourceId(u32::try_from(index).unwrap_or(u32::MAX - 1))
}

fn read(index: usize, file: Found) -> Result<Reading, Notification> {
    let name = file.name.clone();
    caught(|| engine::read(&Arc::new(Source::from_bytes(id(index), file.name, file.bytes)))).map_err(
        |panic| {
            Notification::error(format!(
                "cannot check {name}: delint failed on it, which is a mistake in delint: {panic}"
            ))
        },
    )
}
