//! `textDocument/hover`: what a field means, what it can be, and why what stands there is wrong.

use std::fmt::Write as _;

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::diagnostic::{Diagnostic, sentence};
use crate::lsp::check;
use crate::lsp::locate;
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::lsp::settings;
use crate::rules::Set;
use crate::schema::field::field;
use crate::spec::Spelling;
use crate::text::Span;
use crate::value::Value;

pub fn answer(session: &mut Session, params: &HoverParams) -> Option<Hover> {
    let at = &params.text_document_position_params;
    let uri = at.text_document.uri.as_str();
    if let Some(file) = settings::file::file(session, uri) {
        return settings::hover::answer(session, &file, params);
    }
    let context = check::context(session, uri)?;
    let encoding = session.client.encoding;
    let source = session.documents.get(uri)?.source.clone();
    let offset = place::offset(&source, at.position, encoding);
    let resources = context.resources();
    let here = locate::at(&resources, source.id, offset);
    let report = context.told();
    let is_here = |found: &&Diagnostic| {
        let span = found.span.range();
        found.span.source == source.id && span.start <= offset && offset <= span.end
    };
    let found: Vec<&Diagnostic> = report.diagnostics.iter().filter(is_here).collect();
    let mut text = String::new();
    for found in &found {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}", why(found, &context.rules()));
    }
    if let Some(place) = &here {
        text.push_str(&meaning(&place.pointer, place.resource.origin.spelling).unwrap_or_default());
    }
    let span: Option<Span> = here.map(|place| place.span).or(found.first().map(|found| found.span));
    if text.is_empty() {
        return None;
    }
    let kind = if session.client.reads_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let value = text.trim_end().to_owned();
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value }),
        range: span.map(|span| place::range(&source, span, encoding)),
    })
}

/// Why something is wrong, as the page of the rule says it.
fn why(found: &Diagnostic, rules: &Set) -> String {
    let name = &found.rule.name;
    let mut text = format!("**{}** (`{name}`)\n\n", sentence(&found.rule.summary));
    let definition = rules.definition(name);
    let why = definition.as_ref().and_then(|definition| definition.root.get("why")).and_then(Value::as_str);
    if let Some(why) = why {
        text.push_str(why.trim_end());
        text.push_str("\n\n");
    }
    if !found.rule.url.is_empty() {
        let _ = write!(text, "<{}>\n\n", found.rule.url);
    }
    text
}

/// What the schema says of a field.
pub fn meaning(pointer: &str, spelling: Spelling) -> Option<String> {
    let field = field(pointer)?;
    let mut text = format!("**{}**", field.title);
    if let Some(name) = pointer.rsplit('/').next().filter(|name| !name.bytes().all(|b| b.is_ascii_digit())) {
        let _ = write!(text, " (`{}`)", spelling.of(name));
    }
    if !field.kind.is_empty() {
        let _ = write!(text, ": {}", field.kind);
    }
    if !field.allowed.is_empty() {
        let allowed: Vec<String> = field.allowed.iter().map(|value| format!("`{value}`")).collect();
        let _ = write!(text, ", {}", allowed.join(" or "));
    }
    // The last line is an address.
    let (said, page) = field.description.rsplit_once('\n').unwrap_or((field.description, ""));
    let _ = write!(text, "\n\n{said}\n\n");
    if !page.is_empty() {
        let _ = write!(text, "<{page}>");
    }
    Some(text)
}
