//! The rule files of a project.
//!
//! They lie in folders that the configuration names, and never outside the folder that holds it: no path leads out, and
//! a link that does is refused.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Notification, Report};
use crate::project::config::Config;
use crate::project::name::displayed;
use crate::rules::{self, Mistake, Set, limits};
use crate::text::{Source, SourceId, Span};

/// The source of the first rule file, apart from those of the files that are checked and of the configuration.
const FIRST: u32 = u32::MAX - 100_000;

/// The part of a name that says of a file anywhere that it holds a rule: `wide-prefix.delint-rules.yml`.
const INFIX: &str = ".delint-rules";

/// A folder whose files hold rules, wherever it lies: `delint rules new` writes there.
pub const FOLDER: &str = "delint-rules";

/// The rules that a project is checked with.
///
/// # Errors
/// What is wrong with its rule files, and with the folders that should hold them.
pub fn of_project(config: &Config) -> Result<Set, Box<Report>> {
    let mut found = RuleFiles::default();
    found.add_project(config);
    found.into_set(config)
}

/// Rule files, and what kept some from being read.
#[derive(Debug, Default)]
pub struct RuleFiles {
    pub files: Vec<rules::set::File>,
    problems: Vec<Notification>,
    /// The real paths of the files: one with two names is one.
    seen: HashSet<PathBuf>,
    /// What stands in files, whatever the disk has. By their real paths.
    open: HashMap<PathBuf, Arc<Source>>,
}

/// A folder to look in.
struct Folder<'f> {
    /// Nothing outside is read; none where a user names what is to be read.
    bounds: Option<&'f Path>,
    path: &'f Path,
    /// What the folder is called in messages.
    shown: &'f Path,
    span: Option<Span>,
}

impl RuleFiles {
    /// None yet, with texts in the place of those that files of absolute paths have on the disk.
    pub fn with_open(open: impl IntoIterator<Item = (PathBuf, Arc<Source>)>) -> Self {
        let open = open.into_iter().filter_map(|(path, source)| Some((real(&path)?, source))).collect();
        Self { open, ..Self::default() }
    }

    /// Adds the files of the folders that a configuration names.
    pub fn add_project(&mut self, config: &Config) {
        if config.rules.is_empty() {
            return;
        }
        let root = config.base.path();
        let shown = config.source.as_ref().map_or_else(PathBuf::new, |source| {
            Path::new(&source.name).parent().map(Path::to_path_buf).unwrap_or_default()
        });
        let Ok(bounds) = fs::canonicalize(root) else { return };
        for (folder, span) in &config.rules {
            self.add_folder(&Folder {
                bounds: Some(&bounds),
                path: &root.join(folder),
                shown: &shown.join(folder),
                span: Some(*span),
            });
        }
    }

    /// Adds a file or a folder that the user names.
    pub fn add_named(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                self.add_folder(&Folder { bounds: None, path, shown: path, span: None });
            }
            // An open file need not be there.
            _ => self.add_file(path, path, None),
        }
    }

    /// The rules of the files.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn into_set(self, config: &Config) -> Result<Set, Box<Report>> {
        let set = Set::with(&self.files);
        let mut report = Report { notifications: self.problems, ..Report::default() };
        if let Err(mistakes) = &set {
            let told = |Mistake { span, message }: &Mistake| Notification {
                span: Some(*span),
                ..Notification::error(message.clone())
            };
            report.notifications.extend(mistakes.iter().map(told));
        }
        if report.notifications.is_empty() {
            return Ok(set.unwrap_or_default());
        }
        let sources = self.files.into_iter().map(|file| file.source).chain(config.source.clone());
        report.sources = sources.map(|source| (source.id, source)).collect();
        Err(Box::new(report))
    }

    fn wrong(&mut self, span: Option<Span>, text: String) {
        self.problems.push(Notification { span, ..Notification::error(text) });
    }

    fn failed(&mut self, shown: &Path, span: Option<Span>, error: &io::Error) {
        let name = displayed(shown);
        self.wrong(
            span,
            match error.kind() {
                io::ErrorKind::NotFound => format!("cannot read {name}: there is no such file or folder"),
                _ => format!("cannot read {name}: {error}"),
            },
        );
    }

    fn add_folder(&mut self, folder: &Folder<'_>) {
        let name = displayed(folder.shown);
        match fs::canonicalize(folder.path) {
            Err(error) => return self.failed(folder.shown, folder.span, &error),
            Ok(real) if folder.bounds.is_some_and(|bounds| !real.starts_with(bounds)) => {
                let text = format!("{name} leads out of the folder of the configuration");
                return self.wrong(folder.span, text);
            }
            Ok(real) if !real.is_dir() => {
                return self.wrong(folder.span, format!("{name} is no folder, and `rules` names folders"));
            }
            Ok(_) => {}
        }
        let is_shown =
            |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
        let walk = WalkDir::new(folder.path).max_depth(limits::FOLDERS + 1).sort_by_file_name();
        for (number, entry) in walk.into_iter().filter_entry(is_shown).enumerate() {
            if number > limits::ENTRIES {
                let text = format!("{name} has more than {} files and folders in it", limits::ENTRIES);
                return self.wrong(folder.span, text);
            }
            match entry {
                Ok(entry) => {
                    if !self.add_entry(folder, &entry) {
                        return;
                    }
                }
                Err(error) => {
                    let text = format!("cannot read {name}: {error}");
                    self.wrong(folder.span, text);
                }
            }
        }
        self.add_unsaved(folder);
    }

    /// Adds the open files that a folder does not have on the disk yet.
    fn add_unsaved(&mut self, folder: &Folder<'_>) {
        let Ok(above) = fs::canonicalize(folder.path) else { return };
        let new = self.open.keys().filter(|real| !self.seen.contains(*real) && is_rule_file(real));
        let inner = |real: &PathBuf| Some((real.clone(), real.strip_prefix(&above).ok()?.to_path_buf()));
        let mut new: Vec<(PathBuf, PathBuf)> = new.filter_map(inner).collect();
        new.retain(|(real, inner)| !real.exists() && !is_hidden(inner));
        new.sort();
        for (real, inner) in new {
            self.add_file(&real, &folder.shown.join(inner), folder.span);
        }
    }

    /// Whether there may be more.
    fn add_entry(&mut self, folder: &Folder<'_>, entry: &DirEntry) -> bool {
        let shown = entry.path().strip_prefix(folder.path).map_or_else(
            |_| folder.shown.to_path_buf(),
            |inner| {
                if inner.as_os_str().is_empty() {
                    folder.shown.to_path_buf()
                } else {
                    folder.shown.join(inner)
                }
            },
        );
        let kind = entry.file_type();
        if kind.is_dir() {
            if entry.depth() > limits::FOLDERS {
                let text = format!("{} lies more than {} folders deep", displayed(&shown), limits::FOLDERS);
                self.wrong(folder.span, text);
            }
            return true;
        }
        if kind.is_symlink()
            && let Some(why) = refused_link(folder, entry.path())
        {
            self.wrong(folder.span, format!("{} {why}", displayed(&shown)));
            return true;
        }
        if !is_rule_file(entry.path()) {
            return true;
        }
        if self.files.len() >= limits::FILES {
            self.wrong(folder.span, format!("there are more than {} rule files", limits::FILES));
            return false;
        }
        self.add_file(entry.path(), &shown, folder.span);
        true
    }

    fn add_file(&mut self, path: &Path, shown: &Path, span: Option<Span>) {
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(error) => match real(path).filter(|real| self.open.contains_key(real)) {
                Some(real) => real,
                None => return self.failed(shown, span, &error),
            },
        };
        if !self.seen.insert(real.clone()) {
            return;
        }
        if let Some(source) = self.open.get(&real) {
            let source = source.clone();
            return self.files.push(rules::set::File { name: rule_name(path), source });
        }
        match read(path) {
            Ok(bytes) => {
                let id = SourceId(FIRST + u32::try_from(self.files.len()).unwrap_or_default());
                let source = Arc::new(Source::from_bytes(id, displayed(shown), bytes));
                self.files.push(rules::set::File { name: rule_name(path), source });
            }
            Err(Refused::Io(error)) => self.failed(shown, span, &error),
            Err(Refused::Because(why)) => {
                self.wrong(span, format!("cannot read {}: {why}", displayed(shown)));
            }
        }
    }
}

/// The real path of a file that, with its folders, may not be there yet.
fn real(path: &Path) -> Option<PathBuf> {
    let of_new = || Some(real(path.parent()?)?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(of_new)
}

fn is_hidden(path: &Path) -> bool {
    path.iter().any(|part| part.to_string_lossy().starts_with('.'))
}

/// Why a link is not followed, if it is not.
fn refused_link(folder: &Folder<'_>, path: &Path) -> Option<&'static str> {
    // Of one that leads nowhere, reading it will tell.
    let real = fs::canonicalize(path).ok()?;
    if real.is_dir() {
        Some("is a link to a folder, which is not followed; name that folder in `rules`")
    } else if is_rule_file(path) && folder.bounds.is_some_and(|bounds| !real.starts_with(bounds)) {
        Some("is a link that leads out of the folder of the configuration")
    } else {
        None
    }
}

/// Why a file is not read.
enum Refused {
    Io(io::Error),
    Because(String),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Refused> {
    // Opening what is no regular file could wait for a writer.
    if !fs::metadata(path)?.is_file() {
        return Err(Refused::Because("it is not a file".to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limits::FILE as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limits::FILE {
        return Err(Refused::Because(format!("a rule file has at most {} KiB", limits::FILE >> 10)));
    }
    Ok(bytes)
}

fn is_rule_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Whether a file holds a rule, wherever it lies: by its name or that of its folder.
#[must_use]
pub fn is_named_for_rules(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let is_in_folder = path.parent().and_then(Path::file_name).is_some_and(|name| name == FOLDER);
    is_rule_file(path) && (is_in_folder || stem.ends_with(INFIX))
}

/// Whether a file is one of the rules of a project, by its absolute path.
#[must_use]
pub fn is_in_project(config: &Config, path: &Path) -> bool {
    let inner = |folder: &PathBuf| config.base.relative(path)?.strip_prefix(folder).ok().map(is_hidden);
    let here = |part: &Component<'_>| *part == Component::CurDir;
    let plain = |(folder, _): &(PathBuf, Span)| folder.components().filter(|part| !here(part)).collect();
    let mut folders = config.rules.iter().map(plain);
    is_rule_file(path) && folders.any(|folder| inner(&folder) == Some(false))
}

/// The name of the rule in a file.
#[must_use]
pub fn rule_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.strip_suffix(INFIX).unwrap_or(&stem).to_owned()
}
