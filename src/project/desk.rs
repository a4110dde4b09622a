//! What an editor's session has to know of the disk: the project that a file belongs to, and the files beside it.
//!
//! What was read is kept until somebody says that the disk may have changed. Files that are open are never read here:
//! their text is the editor's.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Report;
use crate::engine::{self, Known, Profile, Reading, Settings};
use crate::forms;
use crate::project::baseline;
use crate::project::config::{self, Config};
use crate::project::name::displayed;
use crate::project::panics::caught;
use crate::project::paths::Exclude;
use crate::project::profiles;
use crate::project::rule_files;
use crate::project::scan::LIMIT;
use crate::project::siblings::{self, Before};
use crate::project::sink::Found;
use crate::rules::Set;
use crate::text::{Source, SourceId};

/// A project, or why nothing in it can be checked.
pub type Standing = Arc<Result<Project, Box<Report>>>;

/// The files that were open in a folder, and what was read of the others.
type Beside = (Vec<PathBuf>, Vec<Arc<Reading>>);

/// What is kept of the disk.
#[derive(Debug, Default)]
pub struct Desk {
    /// By the folder of a file.
    projects: HashMap<PathBuf, Standing>,
    /// By folder, with the files that were open then.
    beside: HashMap<PathBuf, Beside>,
    ids: HashMap<PathBuf, SourceId>,
}

/// What a project says of its files.
#[derive(Debug, Default)]
pub struct Project {
    pub config: Config,
    pub rules: Set,
    pub known: Known,
}

impl Desk {
    /// That the disk may have changed.
    pub fn forget(&mut self) {
        self.projects.clear();
        self.beside.clear();
    }

    /// The source that stands for a file, always the same.
    pub fn id(&mut self, path: &Path) -> SourceId {
        let next = SourceId(u32::try_from(self.ids.len()).unwrap_or_default());
        *self.ids.entry(path.to_path_buf()).or_insert(next)
    }

    /// The project of the files in a folder, which is an absolute path.
    pub fn project(&mut self, folder: &Path) -> Standing {
        let read = || Arc::new(Project::of(folder));
        self.projects.entry(folder.to_path_buf()).or_insert_with(read).clone()
    }

    /// The files on the disk that are deployed together with a file, but those that are open: these are paths in the
    /// same folder.
    pub fn beside(&mut self, path: &Path, open: &[PathBuf]) -> Vec<Arc<Reading>> {
        let Some(folder) = path.parent().filter(|_| belongs_to_module(path)) else { return Vec::new() };
        if let Some((_, kept)) = self.beside.get(folder).filter(|(known, _)| known == open) {
            return kept.clone();
        }
        let read = self.read_beside(open);
        self.beside.insert(folder.to_path_buf(), (open.to_vec(), read.clone()));
        read
    }

    fn read_beside(&mut self, open: &[PathBuf]) -> Vec<Arc<Reading>> {
        // Whatever is in what is open now, it may refer to the others soon.
        let found = |path: &PathBuf| Found {
            name: displayed(path),
            path: path.clone(),
            bytes: forms::TRIGGERS.join(" ").into_bytes(),
            is_asked: true,
        };
        let mut found: Vec<Found> = open.iter().map(found).collect();
        siblings::add(&mut found, &Before { named: &[], stdin: None, met: &[] });
        let mut readings = Vec::new();
        for Found { name, path, bytes, .. } in found.into_iter().filter(|found| !found.is_asked) {
            let source = Arc::new(Source::from_bytes(self.id(&path), name, bytes));
            // One that cannot be read is as good as not there.
            readings.extend(caught(|| Arc::new(engine::read(&source))));
        }
        readings
    }
}

/// Whether a file says something only together with those beside it.
#[must_use]
pub fn belongs_to_module(path: &Path) -> bool {
    path.to_str().is_some_and(forms::is_module_file)
}

/// Whether a text is too large to be parsed.
#[must_use]
pub fn is_too_large(text: &str) -> bool {
    text.len() > LIMIT
}

impl Project {
    fn of(folder: &Path) -> Result<Self, Box<Report>> {
        let refused = |failure: config::Failure| Box::new(failure.into_report());
        let config = config::find_from(folder).map_err(refused)?;
        let known = match &config.baseline {
            Some(path) => baseline::read(&config.base.path().join(path)).map_err(refused)?.known(),
            None => Known::default(),
        };
        let rules = rule_files::of_project(&config)?;
        Ok(Self { config, rules, known })
    }

    /// Whether a file is left out.
    #[must_use]
    pub fn excludes(&self, path: &Path) -> bool {
        Exclude::new(&self.config.base, &self.config.exclude).covers(path)
    }

    /// The settings of sources whose names are absolute paths.
    pub fn settings<'s>(&self, sources: impl Iterator<Item = &'s Source>) -> Settings {
        profiles::settings(&self.config, self.rules.clone(), &Profile::default(), sources)
    }

    /// What is to be said of names in a configuration that no rule has. The source of the configuration is another
    /// than that of the project's own, which it may be about to replace.
    #[must_use]
    pub fn unknown_rules(&self, config: &Config) -> Report {
        let asked = Profile::default();
        let settings = profiles::settings(config, self.rules.clone(), &asked, std::iter::empty());
        let mut report = Report::default();
        profiles::unknown_rules(config, &settings, &mut report);
        report
    }
}
