//! The files beside those that were found: what a folder deploys together is checked together.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::engine;
use crate::forms;
use crate::project::name::displayed;
use crate::project::scan::LIMIT;
use crate::project::sink::Found;

/// Adds the files that belong together with those that were found, and the modules that files belong to which were
/// named though they hold no trigger word themselves.
///
/// `stdin` is what standard input is called: it stands for the file of that name.
pub fn add(found: &mut Vec<Found>, named: &[&Path], stdin: Option<&str>) {
    // Folders in which something was found, and the files that are known of them.
    let mut folders: BTreeMap<PathBuf, BTreeSet<OsString>> = BTreeMap::new();
    for file in found.iter() {
        let path =
            if file.path == Path::new("-") { Path::new(stdin.unwrap_or_default()) } else { &file.path };
        if let Some((folder, name)) = module_file(path) {
            folders.entry(folder.to_path_buf()).or_default().insert(name);
        }
    }
    for (folder, known) in &folders {
        found.extend(beside(folder, known));
    }
    let asked: BTreeSet<&Path> =
        named.iter().filter_map(|path| module_file(path)).map(|(folder, _)| folder).collect();
    for folder in asked.into_iter().filter(|folder| !folders.contains_key(*folder)) {
        let module = beside(folder, &BTreeSet::new());
        if module.iter().any(|file| engine::is_candidate(&file.bytes)) {
            found.extend(module);
        }
    }
}

/// The folder and the name of a file that says something only together with others.
fn module_file(path: &Path) -> Option<(&Path, OsString)> {
    let name = path.file_name()?;
    forms::is_module_file(name.to_str()?).then(|| (path.parent().unwrap_or(Path::new("")), name.to_owned()))
}

/// The module files of a folder but the known ones. What cannot be read adds nothing to what is known.
fn beside(folder: &Path, known: &BTreeSet<OsString>) -> Vec<Found> {
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(listed) else { return Vec::new() };
    let file = |entry: fs::DirEntry| {
        let name = entry.file_name();
        let path = folder.join(&name);
        let small = entry.metadata().is_ok_and(|metadata| {
            metadata.is_file() && usize::try_from(metadata.len()).is_ok_and(|len| len <= LIMIT)
        });
        if known.contains(&name) || !small || module_file(&path).is_none() {
            return None;
        }
        let bytes = fs::read(&path).ok()?;
        Some(Found { name: displayed(&path), path, bytes })
    };
    entries.filter_map(|entry| file(entry.ok()?)).collect()
}
