//! What an editor's session has to know of the disk: the project that a file belongs to, and the files beside it.
//!
//! What was read is kept until somebody says that the disk may have changed. Files that are open are never read here:
//! their text is the editor's.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Notification, Report};
use crate::engine::{self, Known, Profile, Reading, Settings};
use crate::forms;
use crate::project::baseline;
use crate::project::check::Check;
use crate::project::config::{self, Config};
use crate::project::name::displayed;
use crate::project::panics::caught;
use crate::project::paths::Exclude;
use crate::project::profiles;
use crate::project::rule_files::{self, RuleFiles, is_in_project, is_named_for_rules};
use crate::project::scan::LIMIT;
use crate::project::siblings::{self, Before};
use crate::project::sink::Found;
use crate::rules::Set;
use crate::text::{Source, SourceId};

/// A project as it was when nothing was wrong with it, or why nothing in it can be checked.
pub type Standing = Arc<Result<Project, Box<Report>>>;

/// The files that were open in a folder, and what was read of the others.
type Beside = (Vec<PathBuf>, Vec<Arc<Reading>>);

/// A text that stands in the place of a file.
type Open = (PathBuf, Arc<Source>);

/// The texts that stood in the place of files, and the rules that they and the other files are.
type Around = (Vec<Open>, Result<Set, Box<Report>>);

/// What is kept of the disk.
#[derive(Debug, Default)]
pub struct Desk {
    /// By the folder of a file.
    projects: HashMap<PathBuf, Standing>,
    /// What is wrong with a project now, by the folder of a file.
    wrong: HashMap<PathBuf, Report>,
    /// The projects with which nothing was wrong when they were read last, by the folder of the configuration.
    good: HashMap<PathBuf, Standing>,
    /// By folder, with the files that were open then.
    beside: HashMap<PathBuf, Beside>,
    /// By a rule file.
    around: HashMap<PathBuf, Around>,
    ids: HashMap<PathBuf, SourceId>,
}

/// What a project says of its files.
#[derive(Debug, Default)]
pub struct Project {
    pub config: Arc<Config>,
    pub rules: Set,
    pub known: Known,
}

impl Desk {
    /// That the disk may have changed.
    pub fn forget(&mut self) {
        self.projects.clear();
        self.wrong.clear();
        self.beside.clear();
        self.around.clear();
    }

    /// The source that stands for a file, always the same.
    pub fn id(&mut self, path: &Path) -> SourceId {
        let next = SourceId(u32::try_from(self.ids.len()).unwrap_or_default());
        *self.ids.entry(path.to_path_buf()).or_insert(next)
    }

    /// The project of the files in a folder, which is an absolute path: as it was last while nothing was wrong with it.
    pub fn project(&mut self, folder: &Path) -> Standing {
        if let Some(known) = self.projects.get(folder) {
            return known.clone();
        }
        let home = config::nearest(folder).unwrap_or(folder);
        let standing = match Project::of(folder) {
            Ok(project) => {
                let standing = Arc::new(Ok(project));
                self.good.insert(home.to_path_buf(), standing.clone());
                standing
            }
            Err(report) => {
                self.wrong.insert(folder.to_path_buf(), (*report).clone());
                self.good.get(home).cloned().unwrap_or_else(|| Arc::new(Err(report)))
            }
        };
        self.projects.insert(folder.to_path_buf(), standing.clone());
        standing
    }

    /// What is wrong with the project of a folder, if it was asked for.
    #[must_use]
    pub fn wrong(&self, folder: &Path) -> Option<&Report> {
        self.wrong.get(folder)
    }

    /// The configuration of the files in a folder, which is an absolute path: that of nobody, if it is wrong and always
    /// was.
    pub fn config(&mut self, folder: &Path) -> Arc<Config> {
        match self.project(folder).as_ref() {
            Ok(project) => project.config.clone(),
            // What is wrong may be the rules.
            Err(_) => Arc::new(config::find_from(folder).unwrap_or_default()),
        }
    }

    /// Whether a file holds a rule: one of its project, or one that is to be.
    pub fn is_rule(&mut self, path: &Path) -> bool {
        let folder = path.parent().unwrap_or(path);
        is_named_for_rules(path) || is_in_project(&self.config(folder), path)
    }

    /// The rules that a file is one of, all of which have to be right, with texts in the place of those that the disk has.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn rules_around(&mut self, path: &Path, open: Vec<Open>) -> Result<Set, Box<Report>> {
        let is_same = |(one, other): (&Open, &Open)| one.0 == other.0 && Arc::ptr_eq(&one.1, &other.1);
        if let Some((known, rules)) = self.around.get(path)
            && known.len() == open.len()
            && known.iter().zip(&open).all(is_same)
        {
            return rules.clone();
        }
        let rules = self.read_rules_around(path, open.iter().cloned());
        self.around.insert(path.to_path_buf(), (open, rules.clone()));
        rules
    }

    fn read_rules_around(
        &mut self,
        path: &Path,
        open: impl Iterator<Item = Open>,
    ) -> Result<Set, Box<Report>> {
        let folder = path.parent().unwrap_or(path);
        let config = self.config(folder);
        let mut files = RuleFiles::with_open(open);
        files.add_project(&config);
        if !is_in_project(&config, path) {
            // The folder may be as new as the file.
            if folder.file_name().is_some_and(|name| name == rule_files::FOLDER) && folder.is_dir() {
                files.add_named(folder);
            }
            files.add_named(path);
        }
        files.into_set(&config)
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
            Some((path, _)) => baseline::read(&config.base.path().join(path)).map_err(refused)?.known(),
            None => Known::default(),
        };
        let rules = rule_files::of_project(&config)?;
        Ok(Self { config: Arc::new(config), rules, known })
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

    /// A check of such sources.
    pub fn check<'s>(&self, sources: impl Iterator<Item = &'s Source> + Clone) -> Check<'_> {
        Check::of_sources(&self.config, self.rules.clone(), &self.known, sources)
    }
}

/// What is wrong with what a configuration, whose own text is right, names: folders of rules, the baseline, rules. Open
/// texts stand in the place of those that the disk has.
pub fn wrong_names(config: &Config, open: impl IntoIterator<Item = Open>) -> Report {
    let mut files = RuleFiles::with_open(open);
    files.add_project(config);
    let mut report = match files.into_set(config) {
        Ok(rules) => {
            let settings = profiles::settings(config, rules, &Profile::default(), std::iter::empty());
            let mut report = Report::default();
            profiles::unknown_rules(config, &settings, &mut report);
            report
        }
        // Where rules are broken, nobody knows their names.
        Err(report) => *report,
    };
    let Some((path, span)) = &config.baseline else { return report };
    if let Err(failure) = baseline::read(&config.base.path().join(path)) {
        let told = failure.into_report().notifications.into_iter().next();
        report.notifications.extend(told.map(|told| Notification { span: Some(*span), ..told }));
        report.sources.extend(config.source.iter().map(|source| (source.id, source.clone())));
    }
    report
}
