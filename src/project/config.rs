//! `.delint.yaml`: what a project asks of a run.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use crate::diagnostic::Severity;
use crate::engine::assume::{Assumption, Subject};
use crate::engine::{Level, Levels, Profile};
use crate::project::given;
use crate::project::name::displayed;
use crate::project::paths::{Base, Paths};
use crate::rules::{Mistake, Reader};
use crate::syntax;
use crate::text::{Source, SourceId, Span};
use crate::value::{Entry, Kind, Value};

pub use crate::project::given::Failure;

/// The name of a configuration, as `delint init` writes it.
pub const NAME: &str = ".delint.yaml";
/// The names that are looked for. Two in one folder are a mistake: neither is passed over without a word.
pub const NAMES: [&str; 2] = [NAME, ".delint.yml"];
/// Bytes of the largest configuration.
const LIMIT: u64 = 1 << 20;
/// The source of the configuration, apart from those of the files that are checked.
const CONFIG: SourceId = SourceId(u32::MAX - 2);

/// Members of a configuration, and of one of its overrides. `schemas/config.json` has the same.
pub const MEMBERS: &[&str] = &["rules", "severity", "exclude", "overrides", "assume", "baseline"];
pub const OVERRIDE_MEMBERS: &[&str] = &["files", "severity", "assume"];

/// A configuration. The default is that of a project without one.
#[derive(Debug, Default)]
pub struct Config {
    /// None where there is no file.
    pub source: Option<Arc<Source>>,
    /// The folder that paths are relative to.
    pub base: Base,
    /// Folders of rule files, inside the folder of the configuration.
    pub rules: Vec<(PathBuf, Span)>,
    pub exclude: Paths,
    pub baseline: Option<(PathBuf, Span)>,
    common: Settings,
    overrides: Vec<Override>,
}

/// What can be said for all files, and for some.
#[derive(Debug, Default)]
struct Settings {
    severity: Vec<(String, Level, Span)>,
    assume: Vec<Assumption>,
}

#[derive(Debug)]
struct Override {
    files: Paths,
    settings: Settings,
}

/// The nearest configuration, from the current folder upward; the search ends at the root of a repository.
///
/// # Errors
/// It cannot be read, or there are mistakes in it.
pub fn find() -> Result<Config, Failure> {
    let Ok(here) = env::current_dir() else { return Ok(Config::default()) };
    match nearest(&here) {
        Some(folder) => read_in(folder, &shown(&here, folder)),
        None => Ok(Config { base: Base::new(&here), ..Config::default() }),
    }
}

/// The nearest configuration, from a folder upward, in the same way. The folder is an absolute path.
///
/// # Errors
/// It cannot be read, or there are mistakes in it.
pub fn find_from(folder: &Path) -> Result<Config, Failure> {
    match nearest(folder) {
        Some(folder) => read_in(folder, folder),
        None => Ok(Config { base: Base::new(folder), ..Config::default() }),
    }
}

/// The folder of the configuration that holds for a folder, which is an absolute path.
pub fn nearest(here: &Path) -> Option<&Path> {
    for folder in here.ancestors() {
        if !names_in(folder).is_empty() {
            return Some(folder);
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    None
}

/// The names of the configurations in a folder, of which there should be one at most. A link that leads nowhere is one
/// as well: somebody meant it to count.
pub fn names_in(folder: &Path) -> Vec<&'static str> {
    NAMES.into_iter().filter(|name| fs::symlink_metadata(folder.join(name)).is_ok()).collect()
}

/// Reads the configuration in a folder, which is called in another way in messages.
fn read_in(folder: &Path, shown: &Path) -> Result<Config, Failure> {
    match names_in(folder).as_slice() {
        [first, second, ..] => Err(Failure::Unreadable(format!(
            "there are two configurations, {} and {second} beside it; only one can count",
            displayed(&shown.join(first))
        ))),
        names => read(&shown.join(names.first().unwrap_or(&NAME))),
    }
}

/// A folder above the current one, as it is called from there.
fn shown(here: &Path, folder: &Path) -> PathBuf {
    let up = here.components().count() - folder.components().count();
    std::iter::repeat_n(Component::ParentDir, up).collect()
}

/// Whether a file is a configuration, by its name.
#[must_use]
pub fn is_config(path: &Path) -> bool {
    path.file_name().is_some_and(|name| NAMES.iter().any(|known| name == *known))
}

/// Reads a configuration.
///
/// # Errors
/// It cannot be read, or there are mistakes in it.
pub fn read(path: &Path) -> Result<Config, Failure> {
    let source = given::read(path, "configuration", CONFIG, LIMIT)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = std::path::absolute(folder).map_err(|error| {
        Failure::Unreadable(format!("cannot find the folder of {}: {error}", source.name))
    })?;
    parse(source, Base::new(&folder))
}

/// Reads the text of a configuration whose paths are relative to a folder.
///
/// # Errors
/// There are mistakes in it.
pub fn parse(source: Arc<Source>, base: Base) -> Result<Config, Failure> {
    let parsed = syntax::parse(&source);
    if let Some(error) = parsed.error {
        return Err(Failure::Wrong(source, vec![Mistake { span: error.span, message: error.message }]));
    }
    let mut config = Config { source: Some(source.clone()), base, ..Config::default() };
    let mut reader = Reader { mistakes: Vec::new() };
    for duplicate in parsed.documents.iter().flat_map(|document| &document.duplicates) {
        reader.wrong::<()>(duplicate.span, format!("`{}` is written twice", duplicate.name));
    }
    match parsed.documents.as_slice() {
        [] => {}
        [document] if matches!(document.root.kind, Kind::Null) => {}
        [document] => config.fill(&mut reader, &document.root),
        [_, second, ..] => {
            reader.wrong::<()>(second.root.span, "a configuration is one document");
        }
    }
    if reader.mistakes.is_empty() { Ok(config) } else { Err(Failure::Wrong(source, reader.mistakes)) }
}

impl Config {
    /// The settings of a file, by the path that it has from the current folder. `asked` is what the arguments say,
    /// which outweighs all else.
    pub fn profile(&self, file: &Path, asked: &Profile) -> Profile {
        let relative = self.base.relative(file);
        let applies = |one: &&Override| {
            relative.as_deref().is_some_and(|path| one.files.holds_with_parents(path, false))
        };
        let mut profile = Profile::default();
        let layers = std::iter::once(&self.common);
        for settings in layers.chain(self.overrides.iter().filter(applies).map(|one| &one.settings)) {
            let levels = settings.severity.iter().map(|(name, level, _)| (name.clone(), *level));
            profile.levels.severity.extend(levels);
            profile.assume = profile.assume.with(settings.assume.iter().cloned());
        }
        let Levels { select, ignore, severity } = asked.levels.clone();
        profile.levels.severity.extend(severity);
        profile.levels = Levels { select, ignore, ..profile.levels };
        profile.assume = profile.assume.with(asked.assume.iter().cloned());
        profile
    }

    /// Whether some files have settings of their own.
    pub fn has_overrides(&self) -> bool {
        !self.overrides.is_empty()
    }

    /// The rules that are named, and where.
    pub fn named_rules(&self) -> impl Iterator<Item = (&str, Span)> {
        let all = std::iter::once(&self.common).chain(self.overrides.iter().map(|one| &one.settings));
        all.flat_map(|settings| &settings.severity).map(|(name, _, span)| (name.as_str(), *span))
    }

    fn fill(&mut self, reader: &mut Reader, root: &Value) {
        for Entry { key, value } in reader.members(root, MEMBERS).unwrap_or_default() {
            match key.name.as_str() {
                "rules" => self.rules = inner_paths(reader, value),
                "exclude" => self.exclude = patterns(reader, value),
                "baseline" => self.baseline = inner_path(reader, value),
                "overrides" => self.overrides = overrides(reader, value),
                name => self.common.fill(reader, name, value),
            }
        }
    }
}

impl Settings {
    fn fill(&mut self, reader: &mut Reader, name: &str, value: &Value) {
        match name {
            "severity" => self.severity = severities(reader, value),
            "assume" => self.assume = assumptions(reader, value),
            _ => {}
        }
    }
}

fn overrides(reader: &mut Reader, value: &Value) -> Vec<Override> {
    let Some(items) = value.as_list() else {
        reader.wrong::<()>(value.span, "a list is due here: each item has `files` and what holds for them");
        return Vec::new();
    };
    let mut overrides = Vec::new();
    for item in items {
        let mut files = None;
        let mut settings = Settings::default();
        let Some(members) = reader.members(item, OVERRIDE_MEMBERS) else { continue };
        for Entry { key, value } in members {
            match key.name.as_str() {
                "files" => files = Some(patterns(reader, value)),
                name => settings.fill(reader, name, value),
            }
        }
        match files {
            Some(files) => overrides.push(Override { files, settings }),
            None => {
                reader
                    .wrong::<()>(item.span, "`files` is missing: the patterns of the files that this is for");
            }
        }
    }
    overrides
}

fn severities(reader: &mut Reader, value: &Value) -> Vec<(String, Level, Span)> {
    let Some(map) = value.as_map() else {
        reader
            .wrong::<()>(value.span, "a mapping of rules to `error`, `warning`, `hint` or `off` is due here");
        return Vec::new();
    };
    let on = Severity::ALL.map(|severity| (severity.as_str(), Level::On(severity)));
    let levels: Vec<(&str, Level)> = on.into_iter().chain([("off", Level::Off)]).collect();
    let level = |entry: &Entry| {
        let level = reader.one_of(&entry.value, &levels)?;
        Some((entry.key.name.clone(), level, entry.key.span))
    };
    map.entries.iter().filter_map(level).collect()
}

fn assumptions(reader: &mut Reader, value: &Value) -> Vec<Assumption> {
    let subjects = Subject::ALL.map(Subject::as_str);
    let mut assumptions = Vec::new();
    for Entry { key, value } in reader.members(value, &subjects).unwrap_or_default() {
        let Some(subject) = Subject::ALL.into_iter().find(|subject| subject.as_str() == key.name) else {
            continue;
        };
        let text = match value.as_str() {
            Some(text) => text.to_owned(),
            None if matches!(value.kind, Kind::Number(_)) => {
                reader.wrong::<()>(value.span, "a text is due here: write it in quotes");
                continue;
            }
            None => {
                reader.wrong::<()>(value.span, "a text is due here");
                continue;
            }
        };
        match Assumption::new(subject, &text) {
            Ok(assumption) => assumptions.push(assumption),
            Err(refused) => {
                reader.wrong::<()>(value.span, refused.to_string());
            }
        }
    }
    assumptions
}

/// Texts, each with its place.
fn spanned(reader: &mut Reader, value: &Value) -> Vec<(String, Span)> {
    let items = value.as_list().unwrap_or(std::slice::from_ref(value));
    let mut texts = Vec::new();
    for item in items {
        match item.as_str() {
            Some(text) if !text.is_empty() => texts.push((text.to_owned(), item.span)),
            _ => {
                reader.wrong::<()>(item.span, "a text is due here");
            }
        }
    }
    texts
}

fn patterns(reader: &mut Reader, value: &Value) -> Paths {
    let texts = spanned(reader, value);
    let (paths, wrong) = Paths::new(texts.iter().map(|(text, span)| (text.as_str(), *span)));
    for (span, why) in wrong {
        reader.wrong::<()>(span, format!("this is no pattern of paths: {why}"));
    }
    for (_, span) in texts.iter().filter(|(text, _)| text.split('/').any(|part| matches!(part, ".." | "!..")))
    {
        let why =
            "patterns are relative to the folder of the configuration, and one with `..` matches nothing";
        reader.wrong::<()>(*span, why);
    }
    paths
}

fn inner_path(reader: &mut Reader, value: &Value) -> Option<(PathBuf, Span)> {
    if value.as_list().is_some() {
        return reader.wrong(value.span, "one path is due here");
    }
    inner_paths(reader, value).pop()
}

/// Paths that do not lead out of the folder of the configuration.
fn inner_paths(reader: &mut Reader, value: &Value) -> Vec<(PathBuf, Span)> {
    let mut paths = Vec::new();
    for (text, span) in spanned(reader, value) {
        let path = PathBuf::from(&text);
        if path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            paths.push((path, span));
        } else {
            reader.wrong::<()>(span, "a path must stay inside the folder of the configuration");
        }
    }
    paths
}
