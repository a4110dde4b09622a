//! Checks a document as `delint check` would: with the files that are deployed together with it, by the configuration,
//! the rules and the baseline of its project.

use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Report};
use crate::engine::fix::{Changed, settle};
use crate::engine::{self, Reading};
use crate::lsp::document::Document;
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::lsp::settings;
use crate::project::desk::{Project, Standing, belongs_to_module};
use crate::project::panics::caught;
use crate::rules::Set;
use crate::spec::Resource;
use crate::text::{Source, SourceId};

/// What a document is checked with.
pub struct Context {
    /// What the document says first, and then what the others do.
    readings: Vec<Arc<Reading>>,
    standing: Standing,
}

/// What was found in a document and in what is deployed with it. An empty report where the document is none of those
/// that are checked.
pub fn report(session: &mut Session, uri: &str) -> Report {
    let report = match settings::file::file(session, uri) {
        Some(file) => Some(caught(|| settings::report::report(session, &file))),
        None => context(session, uri).map(|context| caught(|| context.told())),
    };
    match report {
        None => Report::default(),
        Some(Ok(report)) => report,
        Some(Err(panic)) => {
            session.failed(uri, &panic);
            Report::default()
        }
    }
}

/// What a document is checked with; none if it is not checked, or not as the files are that it is for.
pub fn context(session: &mut Session, uri: &str) -> Option<Context> {
    if settings::file::file(session, uri).is_some() {
        return None;
    }
    let path = session.documents.get(uri)?.path.clone();
    let standing = match path.as_deref().map(place::folder).or(session.root.as_deref()).map(PathBuf::from) {
        None => Arc::new(Ok(Project::default())),
        Some(folder) => {
            let standing = session.desk.project(&folder);
            let told = session.desk.wrong(&folder).map(|report| wrong(report, standing.is_ok()));
            session.tell(&folder, told);
            standing
        }
    };
    let project = standing.as_ref().as_ref().ok()?;
    if path.as_deref().is_some_and(|path| project.excludes(path)) {
        return None;
    }
    match read(session, uri) {
        Ok(readings) => Some(Context { readings: readings?, standing }),
        Err(panic) => {
            session.failed(uri, &panic);
            None
        }
    }
}

impl Context {
    /// What is found as it is, without fixes: these are tried when somebody asks for them, not for each key that is typed.
    pub fn told(&self) -> Report {
        self.found(&self.readings(), false)
    }

    /// What is found as it is, with fixes.
    pub fn report(&self) -> Report {
        self.found(&self.readings(), true)
    }

    /// What would be found if a source were another, which has the same id.
    pub fn told_with(&self, source: &Arc<Source>) -> Report {
        let other = engine::read(source);
        self.found(&self.readings_with(&other), false)
    }

    /// The resources that there would be if a source were another, which has the same id.
    pub fn resources_with(&self, source: &Arc<Source>) -> Vec<Resource> {
        self.units_with(source).into_iter().flatten().collect()
    }

    /// The same, those of each unit for themselves.
    pub fn units_with(&self, source: &Arc<Source>) -> Vec<Vec<Resource>> {
        let other = engine::read(source);
        engine::resources(&self.readings_with(&other))
    }

    /// The resources as they are.
    pub fn resources(&self) -> Vec<Resource> {
        engine::resources(&self.readings()).into_iter().flatten().collect()
    }

    /// What rules would have against resources, if these were deployed together: their names, and where.
    pub fn said_of(&self, resources: &[Resource]) -> Vec<(String, String)> {
        let Ok(project) = self.standing.as_ref() else { return Vec::new() };
        engine::said_of(resources, &project.settings(self.readings.iter().map(|reading| &*reading.source)))
    }

    /// Makes the fixes that are wanted in one source: its text before and after, if that is another.
    pub fn settled(&self, id: SourceId, wanted: impl Fn(&Diagnostic) -> bool) -> Option<Changed> {
        let check = |readings: &[&Reading]| self.found(readings, true);
        settle(&self.readings(), check, wanted).changed.remove(&id)
    }

    /// What is read: the document first.
    pub fn sources(&self) -> Vec<Arc<Source>> {
        self.readings.iter().map(|reading| reading.source.clone()).collect()
    }

    /// The file of the baseline, if the project has one.
    pub fn baseline(&self) -> Option<PathBuf> {
        let config = &self.standing.as_ref().as_ref().ok()?.config;
        let (path, _) = config.baseline.as_ref()?;
        Some(config.base.path().join(path))
    }

    /// The rules of the project.
    pub fn rules(&self) -> Set {
        self.standing.as_ref().as_ref().map(|project| project.rules.clone()).unwrap_or_default()
    }

    fn readings(&self) -> Vec<&Reading> {
        self.readings.iter().map(|reading| &**reading).collect()
    }

    fn readings_with<'r>(&'r self, other: &'r Reading) -> Vec<&'r Reading> {
        let is_it = |reading: &Reading| reading.source.id == other.source.id;
        self.readings().into_iter().map(|reading| if is_it(reading) { other } else { reading }).collect()
    }

    fn found(&self, readings: &[&Reading], fixes: bool) -> Report {
        let Ok(project) = self.standing.as_ref() else { return Report::default() };
        let relevant: Vec<&Reading> =
            readings.iter().copied().filter(|reading| reading.is_relevant()).collect();
        let check = project.check(relevant.iter().map(|reading| &*reading.source));
        let check = if fixes { check } else { check.without_fixes() };
        check.report(&relevant)
    }
}

/// The documents that may be checked together with one: itself, and the open ones of its module. All configurations and
/// rules are, since they name each other.
pub fn together(session: &mut Session, uri: &str) -> Vec<String> {
    let module = |document: &Document| {
        let path = document.path.as_deref().filter(|path| belongs_to_module(path))?;
        Some(place::folder(path).to_path_buf())
    };
    if settings::file::file(session, uri).is_some() {
        return settings::file::open(session).into_iter().map(|file| file.uri).collect();
    }
    let Some(folder) = session.documents.get(uri).and_then(module) else { return vec![uri.to_owned()] };
    let of_it = session.documents.iter().filter(|(_, document)| module(document).as_ref() == Some(&folder));
    of_it.map(|(uri, _)| uri.clone()).collect()
}

/// What the documents say that are checked together, and the files beside them; none if the document is too large.
fn read(session: &mut Session, uri: &str) -> Result<Option<Vec<Arc<Reading>>>, String> {
    let mut readings = Vec::new();
    let mut open = Vec::new();
    for other in together(session, uri) {
        let Some(document) = session.documents.get_mut(&other) else { continue };
        open.extend(document.path.clone());
        match document.reading()? {
            Some(reading) => readings.push(reading),
            None if other == uri => return Ok(None),
            None => {}
        }
    }
    let path = session.documents.get(uri).and_then(|document| document.path.clone());
    if let Some(path) = path {
        readings.extend(session.desk.beside(&path, &open));
    }
    Ok(Some(readings))
}

/// Why a project cannot be checked as it is, in one line.
fn wrong(report: &Report, was_good: bool) -> String {
    let why =
        report.notifications.first().map_or_else(|| "unknown reason".to_owned(), |told| report.line(told));
    let consequence = if was_good { "checks as it did before" } else { "checks nothing here" };
    format!("delint {consequence}: {why}")
}
