//! `textDocument/definition`: from a name to what declares it, in the same file or in another one of the module.

use std::sync::Arc;

use lsp_types::{GotoDefinitionParams, Location};

use crate::engine;
use crate::forms;
use crate::forms::form::Part;
use crate::forms::links::Link;
use crate::lsp::check;
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::syntax;
use crate::syntax::document::Document;
use crate::text::{Source, SourceId};

pub fn answer(session: &mut Session, params: &GotoDefinitionParams) -> Option<Location> {
    let at = &params.text_document_position_params;
    let uri = at.text_document.uri.as_str();
    let context = check::context(session, uri)?;
    let source = session.documents.get(uri)?.source.clone();
    let offset = place::offset(&source, at.position, session.client.encoding);
    let sources = context.sources();
    let to = target(&links(&source, &sources), source.id, offset)?.to;
    let source = sources.iter().find(|source| source.id == to.source)?;
    let range = place::range(source, to, session.client.encoding);
    Some(Location { uri: session.uri(source)?, range })
}

/// The shortest name around an offset; behind its last character it is still that.
fn target(links: &[Link], id: SourceId, offset: usize) -> Option<Link> {
    let is_here = |link: &&Link| {
        let span = link.span.range();
        link.span.source == id && span.start <= offset && offset <= span.end
    };
    links.iter().filter(is_here).min_by_key(|link| link.span.len()).copied()
}

/// The names in a source, with those of the sources beside it where it is a part of a module.
fn links(source: &Arc<Source>, beside: &[Arc<Source>]) -> Vec<Link> {
    if !forms::is_module_file(&source.name) && !engine::is_candidate(source.text.as_bytes()) {
        return Vec::new();
    }
    let documents = syntax::parse(source).documents;
    let is_part = |document: &Document| forms::is_part_of_module(&source.name, document);
    if !documents.iter().any(is_part) {
        return documents.iter().flat_map(forms::links).collect();
    }
    let is_beside = |other: &&Arc<Source>| other.id != source.id && forms::is_module_file(&source.name);
    let others = beside.iter().filter(is_beside).map(|other| (other, syntax::parse(other).documents));
    let all: Vec<_> = [(source, documents)].into_iter().chain(others).collect();
    let file = |source: &'_ Arc<Source>| source.name.rsplit('/').next().unwrap_or_default().to_owned();
    let names: Vec<String> = all.iter().map(|(source, _)| file(source)).collect();
    let parts = all
        .iter()
        .zip(&names)
        .flat_map(|((_, documents), name)| documents.iter().map(move |document| Part { name, document }));
    forms::links_of_module(&parts.collect::<Vec<_>>())
}
