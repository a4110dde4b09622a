//! The files that the client is asked to watch: what a check depends on besides the documents that are open.

use lsp_types::notification::{DidChangeWatchedFiles, Notification as _};
use lsp_types::request::{RegisterCapability, UnregisterCapability};
use lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, Registration,
    RegistrationParams, Unregistration, UnregistrationParams,
};

use crate::lsp::session::Session;
use crate::project::name::displayed;
use crate::project::{baseline, config};

/// What the registration is known by.
const ID: &str = "delint.files";
/// The files of modules.
const MODULES: [&str; 4] = ["**/*.tf", "**/*.tofu", "**/*.tfvars", "**/*.{tf,tofu,tfvars}.json"];

/// Asks for what is to be watched now, if that is other than before.
pub fn update(session: &mut Session) {
    let patterns = patterns(session);
    if !session.client.watches || session.watched == patterns {
        return;
    }
    let method = DidChangeWatchedFiles::METHOD.to_owned();
    if !session.watched.is_empty() {
        let old = Unregistration { id: ID.to_owned(), method: method.clone() };
        session.ask::<UnregisterCapability>(UnregistrationParams { unregisterations: vec![old] });
    }
    let watcher = |pattern: &String| FileSystemWatcher {
        glob_pattern: GlobPattern::String(pattern.clone()),
        kind: None,
    };
    let options =
        DidChangeWatchedFilesRegistrationOptions { watchers: patterns.iter().map(watcher).collect() };
    let new =
        Registration { id: ID.to_owned(), method, register_options: serde_json::to_value(options).ok() };
    session.ask::<RegisterCapability>(RegistrationParams { registrations: vec![new] });
    session.watched = patterns;
}

/// Configurations, baselines, files of modules, and the rules of the workspace.
fn patterns(session: &mut Session) -> Vec<String> {
    let anywhere = config::NAMES.into_iter().chain([baseline::NAME]).map(|name| format!("**/{name}"));
    let mut patterns: Vec<String> = anywhere.chain(MODULES.map(str::to_owned)).collect();
    if let Some(root) = session.root.clone()
        && let Ok(project) = session.desk.project(&root).as_ref()
    {
        let base = project.config.base.path();
        let rules = project.config.rules.iter().map(|(folder, _)| displayed(&base.join(folder)));
        patterns.extend(rules.map(|folder| format!("{folder}/**/*.{{yaml,yml}}")));
        patterns.extend(project.config.baseline.iter().map(|(file, _)| displayed(&base.join(file))));
    }
    patterns
}
