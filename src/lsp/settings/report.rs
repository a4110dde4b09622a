//! What is wrong with a configuration or a rule, as it stands in the editor.

use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::{Notification, Report};
use crate::examples::run::{self, Failure};
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::lsp::settings::file::{File, Kind, open};
use crate::project::config;
use crate::project::desk::wrong_names;
use crate::project::paths::Base;
use crate::rules::Set;
use crate::text::{Source, SourceId};

/// What is wrong with a file. It may say something of other files besides.
pub fn report(session: &mut Session, file: &File) -> Report {
    match file.kind {
        Kind::Config => of_config(session, file),
        Kind::Rule => match rules(session, file) {
            Ok(rules) => failing_examples(session, &rules, file.source.id),
            Err(report) => *report,
        },
    }
}

/// The rules of the project that a rule file belongs to, as they stand in the editor.
///
/// # Errors
/// What is wrong with them.
pub fn rules(session: &mut Session, file: &File) -> Result<Set, Box<Report>> {
    let mut open = open_rules(session);
    // It may be another text than that of the editor, one that is tried.
    open.push((file.path.clone(), file.source.clone()));
    session.desk.rules_around(&file.path, open)
}

fn of_config(session: &mut Session, file: &File) -> Report {
    match config::parse(file.source.clone(), Base::new(place::folder(&file.path))) {
        Ok(config) => wrong_names(&config, open_rules(session)),
        Err(failure) => failure.into_report(),
    }
}

fn open_rules(session: &mut Session) -> Vec<(PathBuf, Arc<Source>)> {
    let rules = open(session).into_iter().filter(|file| file.kind == Kind::Rule);
    rules.map(|file| (file.path, file.source)).collect()
}

/// The examples of a rule that are not as its file says.
fn failing_examples(session: &mut Session, rules: &Set, id: SourceId) -> Report {
    let mut report = Report::default();
    let Some(own) = rules.own().iter().find(|own| own.definition.source.id == id) else { return report };
    let told = |failure: Failure| Notification {
        span: Some(own.definition.shown_at(failure.span)),
        ..Notification::error(failure.message())
    };
    let run = || run::own(own, rules).failures.into_iter().map(told).collect();
    report.notifications.extend(session.examples.of(id, rules, run));
    report.sources.insert(id, own.definition.source.clone());
    report
}
