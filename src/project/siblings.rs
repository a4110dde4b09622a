//! The files beside those that were found: what a folder deploys together is checked together.
//!
//! A folder is known by its real path, whatever names lead to it, and all its files are told under one of them: so a
//! module is never checked in two halves, nor twice.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Notification;
use crate::engine;
use crate::forms;
use crate::project::name::displayed;
use crate::project::scan::{LIMIT, Outcome, Scanner};
use crate::project::sink::Found;

/// What was come by so far.
#[derive(Debug)]
pub struct Before<'a> {
    /// The files that the user named.
    pub named: &'a [&'a Path],
    /// What standard input is called: it stands for the file of that name.
    pub stdin: Option<&'a str>,
    /// The files of modules that were looked at, whatever came of it.
    pub met: &'a [PathBuf],
}

/// What is read besides.
#[derive(Debug, Default)]
pub struct Added {
    /// How many files were not looked at before.
    pub files: usize,
    pub messages: Vec<Notification>,
}

/// Adds the files that belong together with those that were found, and the modules that files belong to which were
/// named though they hold no trigger word themselves. Takes a file away that is of no use without others.
pub fn add(found: &mut Vec<Found>, before: &Before<'_>) -> Added {
    let path_of = |file: &Found| match before.stdin {
        Some(name) if file.path == Path::new("-") => PathBuf::from(name),
        _ => file.path.clone(),
    };
    let mut folders: BTreeMap<PathBuf, Folder> = BTreeMap::new();
    for (index, file) in found.iter().enumerate() {
        let path = path_of(file);
        if let Some((folder, name)) = module_file(&path) {
            let folder = of(&mut folders, folder);
            folder.is_relevant |= engine::is_candidate(&file.bytes);
            folder.found.insert(name, index);
        }
    }
    for (folder, _) in before.named.iter().filter_map(|path| module_file(path)) {
        of(&mut folders, folder);
    }
    if folders.is_empty() {
        return Added::default();
    }
    let mut reals: HashMap<&Path, PathBuf> = HashMap::new();
    for (path, name) in before.met.iter().filter_map(|path| module_file(path)) {
        if let Some(folder) = folders.get_mut(reals.entry(path).or_insert_with(|| real(path))) {
            folder.call(path);
            folder.met.insert(name);
        }
    }
    let mut added = Added::default();
    let mut useless = HashSet::new();
    for folder in folders.into_values() {
        let siblings = folder.siblings();
        if !folder.is_relevant && !siblings.iter().any(|name| folder.is_candidate(name)) {
            useless.extend(folder.found.into_values());
            continue;
        }
        for (name, index) in &folder.found {
            if let Some(file) = found.get_mut(*index) {
                file.name = displayed(&folder.shown.join(name));
            }
        }
        for name in siblings {
            let is_new = !folder.met.contains(&name);
            match read(&folder.shown.join(&name)) {
                Ok(Some(file)) => {
                    // What was looked at and holds no trigger word was asked for all the same.
                    found.push(Found { is_asked: !is_new, ..file });
                    added.files += usize::from(is_new);
                }
                // Of a file that was met before, the same has been said.
                Err(why) if is_new => {
                    let text = format!("{} was not checked: {why}", displayed(&folder.shown.join(name)));
                    added.messages.push(Notification::note(text));
                }
                Ok(None) | Err(_) => {}
            }
        }
    }
    let mut index = 0;
    found.retain(|_| {
        index += 1;
        !useless.contains(&(index - 1))
    });
    added
}

/// A folder of which a file was found or named.
#[derive(Debug, Default)]
struct Folder {
    /// The shortest of the names that lead to it.
    shown: PathBuf,
    /// What was found in it, and where that is in the list of all that was found.
    found: BTreeMap<OsString, usize>,
    /// Whether one of them has a trigger word.
    is_relevant: bool,
    /// What was looked at in it.
    met: BTreeSet<OsString>,
}

/// The folder that a path leads to.
fn of<'f>(folders: &'f mut BTreeMap<PathBuf, Folder>, path: &Path) -> &'f mut Folder {
    let new = || Folder { shown: path.to_path_buf(), ..Folder::default() };
    let folder = folders.entry(real(path)).or_insert_with(new);
    folder.call(path);
    folder
}

/// The one path of a folder, if it is there.
fn real(folder: &Path) -> PathBuf {
    fs::canonicalize(listed(folder)).unwrap_or_else(|_| PathBuf::from(displayed(folder)))
}

fn listed(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// The folder and the name of a file that says something only together with others.
fn module_file(path: &Path) -> Option<(&Path, OsString)> {
    let name = path.file_name()?;
    forms::is_module_file(name.to_str()?).then(|| (path.parent().unwrap_or(Path::new("")), name.to_owned()))
}

impl Folder {
    fn call(&mut self, path: &Path) {
        let order = |path: &Path| (displayed(path).len(), displayed(path));
        if order(path) < order(&self.shown) {
            self.shown = path.to_path_buf();
        }
    }

    /// The names of the module's files but those that were found, in an order that is always the same. A file with two
    /// names is one.
    fn siblings(&self) -> Vec<OsString> {
        let folder = listed(&self.shown);
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
        let names: BTreeSet<OsString> = names.filter(|name| module_file(Path::new(name)).is_some()).collect();
        let home = real(&self.shown);
        let link = |name: &OsString| folder.join(name).is_symlink();
        // What was found stands for itself, and a file rather than a link to it.
        let (links, files): (Vec<_>, Vec<_>) = names.into_iter().partition(link);
        let known = self.found.keys().filter_map(|name| fs::canonicalize(folder.join(name)).ok());
        let mut known: HashSet<PathBuf> = known.collect();
        let files = files.into_iter().map(|name| (home.join(&name), name));
        let links =
            links.into_iter().filter_map(|name| Some((fs::canonicalize(folder.join(&name)).ok()?, name)));
        let new = files
            .chain(links)
            .filter(|(path, name)| !self.found.contains_key(name) && known.insert(path.clone()));
        new.map(|(_, name)| name).collect()
    }

    /// Whether a sibling holds a trigger word. What was looked at and not found has none.
    fn is_candidate(&self, name: &OsString) -> bool {
        let path = self.shown.join(name);
        let outcome = || Scanner::default().scan_file(&path).ok();
        !self.met.contains(name) && is_file(&path) && matches!(outcome(), Some(Outcome::Candidate(_)))
    }
}

/// Opening what is no regular file could wait for a writer.
fn is_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
}

/// A sibling, whole; none if it is no file, or is gone.
fn read(path: &Path) -> Result<Option<Found>, String> {
    if !is_file(path) {
        return Ok(None);
    }
    match Scanner::read_file(path) {
        Ok(Some(bytes)) => {
            Ok(Some(Found { name: displayed(path), path: path.to_path_buf(), bytes, is_asked: false }))
        }
        Ok(None) => Err(format!("it is larger than {} MiB", LIMIT >> 20)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}
