//! The files for delint itself as trees, and what they are read by.

use std::sync::LazyLock;

use serde_json::Value as Json;

use crate::lsp::place;
use crate::lsp::session::Session;
use crate::lsp::settings::file::{File, Kind};
use crate::rules::Set;
use crate::schema::{CONFIG, RULE};
use crate::syntax;
use crate::text::Source;
use crate::value::Value;

/// The schema of a kind of file.
pub fn schema(kind: Kind) -> Option<&'static Json> {
    static SCHEMAS: LazyLock<[Option<Json>; 2]> =
        LazyLock::new(|| [CONFIG, RULE].map(|text| serde_json::from_str(text).ok()));
    let [config, rule] = &*SCHEMAS;
    match kind {
        Kind::Config => config.as_ref(),
        Kind::Rule => rule.as_ref(),
    }
}

/// The one document of a file that can be read.
pub fn document(source: &Source) -> Option<Value> {
    let mut parsed = syntax::parse(source);
    let last = parsed.documents.pop().filter(|_| parsed.is_whole());
    last.map(|document| document.root)
}

/// The rules of the project that a file belongs to, as they were last while nothing was wrong with them.
pub fn rules(session: &mut Session, file: &File) -> Set {
    match session.desk.project(place::folder(&file.path)).as_ref() {
        Ok(project) => project.rules.clone(),
        Err(_) => Set::default(),
    }
}

/// The place in a configuration in the canonical shape, of a place in the examples of a rule.
pub fn canonical(pointer: &str) -> Option<&str> {
    let (_, inner) = pointer.strip_prefix("/examples/")?.split_once('/')?;
    let verdict = ["good", "bad", "undecided"].into_iter().find(|verdict| inner.starts_with(verdict))?;
    inner.strip_prefix(verdict).filter(|rest| rest.is_empty() || rest.starts_with('/'))
}
