//! Checks a document as `delint check` would: with the files that are deployed together with it, by the configuration,
//! the rules and the baseline of its project.

use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::MessageType;

use crate::diagnostic::{Notification, Report};
use crate::engine::{self, Reading};
use crate::lsp::document::Document;
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::project::config;
use crate::project::desk::{Project, belongs_to_module};
use crate::project::panics::caught;
use crate::project::paths::Base;
use crate::text::{Encoding, Source};

/// What was found in a document and in what is deployed with it. An empty report where the document is none of those
/// that are checked.
pub fn report(session: &mut Session, uri: &str) -> Report {
    match checked(session, uri) {
        Ok(report) => report.unwrap_or_default(),
        Err(panic) => {
            let text = format!("delint failed on {uri}, which is a mistake in delint: {panic}");
            session.log(MessageType::ERROR, text);
            Report::default()
        }
    }
}

/// The documents that may be checked together with one: itself, and the open ones of its module.
pub fn together(session: &Session, uri: &str) -> Vec<String> {
    let module = |document: &Document| {
        let path = document.path.as_deref().filter(|path| belongs_to_module(path))?;
        Some(place::folder(path).to_path_buf())
    };
    let Some(folder) = session.documents.get(uri).and_then(module) else { return vec![uri.to_owned()] };
    let of_it = session.documents.iter().filter(|(_, document)| module(document).as_ref() == Some(&folder));
    of_it.map(|(uri, _)| uri.clone()).collect()
}

fn checked(session: &mut Session, uri: &str) -> Result<Option<Report>, String> {
    let Some(document) = session.documents.get(uri) else { return Ok(None) };
    let (path, source) = (document.path.clone(), document.source.clone());
    if path.as_deref().is_some_and(config::is_config) {
        return Ok(Some(of_config(session, &source)));
    }
    let Some(folder) = path.as_deref().map(place::folder).or(session.root.as_deref()).map(PathBuf::from)
    else {
        return read(session, uri)?.map(|readings| found(&readings, &Project::default())).transpose();
    };
    let standing = session.desk.project(&folder);
    session.tell(&folder, standing.as_ref().as_ref().err().map(|report| wrong(report)));
    let Ok(project) = standing.as_ref() else { return Ok(None) };
    if path.as_deref().is_some_and(|path| project.excludes(path)) {
        return Ok(None);
    }
    read(session, uri)?.map(|readings| found(&readings, project)).transpose()
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

fn found(readings: &[Arc<Reading>], project: &Project) -> Result<Report, String> {
    let readings: Vec<&Reading> =
        readings.iter().map(|reading| &**reading).filter(|reading| reading.is_relevant()).collect();
    let settings = project.settings(readings.iter().map(|reading| &*reading.source));
    caught(|| {
        let mut report = engine::check_these(&readings, readings.len(), &settings);
        project.known.hide(&mut report);
        report
    })
}

/// The mistakes in a configuration, as it stands in the editor.
fn of_config(session: &mut Session, source: &Arc<Source>) -> Report {
    let path = PathBuf::from(&source.name);
    let folder = place::folder(&path);
    let config = match config::parse(source.clone(), Base::new(folder)) {
        Ok(config) => config,
        Err(failure) => return failure.into_report(),
    };
    // A name is unknown by the rules of the disk; where these are broken, nobody knows.
    match session.desk.project(folder).as_ref() {
        Ok(project) => project.unknown_rules(&config),
        Err(_) => Report::default(),
    }
}

/// Why a project cannot be checked, in one line.
fn wrong(report: &Report) -> String {
    let told = report.notifications.first();
    let place = |told: &Notification| {
        let span = told.span?;
        let source = report.source(span)?;
        let place = source.position(span.range().start, Encoding::Utf32);
        Some(format!("{}:{}:{}: ", source.name, place.line + 1, place.column + 1))
    };
    let text = told.map_or("unknown reason", |told| told.text.as_str());
    format!("delint checks nothing here: {}{text}", told.and_then(place).unwrap_or_default())
}
