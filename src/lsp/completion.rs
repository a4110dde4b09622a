//! `textDocument/completion`: the values that a field can have where it stands, and the members that are missing.
//!
//! What stands at a place is found out by writing a word there that nobody has written, and reading that. Offered is what
//! no rule has anything against.

use std::sync::Arc;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionTextEdit, Documentation,
    MarkupContent, MarkupKind, TextEdit,
};

use crate::diagnostic::{Edit, Report};
use crate::engine::fix::applied;
use crate::lsp::check::{self, Context};
use crate::lsp::locate::{self, Place};
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::lsp::{members, neighbours, settings};
use crate::schema::field::{Field, field};
use crate::spec::Resource;
use crate::syntax;
use crate::syntax::edit::Language;
use crate::text::{Source, Span};

/// What is typed before a value.
pub const TRIGGERS: [&str; 2] = [" ", "\""];

/// A word that stands for what is to be completed.
const MARKER: &str = "DelintCompletesThis";

pub fn answer(session: &mut Session, params: &CompletionParams) -> CompletionList {
    let at = &params.text_document_position;
    let uri = at.text_document.uri.as_str();
    if let Some(file) = settings::file::file(session, uri) {
        return settings::completion::answer(session, &file, params);
    }
    let Some(context) = check::context(session, uri) else { return CompletionList::default() };
    let Some(source) = session.documents.get(uri).map(|document| document.source.clone()) else {
        return CompletionList::default();
    };
    let offset = place::offset(&source, at.position, session.client.encoding);
    let typed = Typed { context: &context, source: &source, word: word(&source, offset) };
    let values = typed.values();
    if values.is_none()
        && let Some(found) = neighbours::at(&context, &source, offset)
    {
        let range = place::range(&source, found.span, session.client.encoding);
        // What it takes the place of grows while one types.
        return CompletionList { is_incomplete: true, items: found.items(range) };
    }
    let (offers, span) = values.or_else(|| typed.members()).unwrap_or((Vec::new(), typed.word));
    let range = place::range(&source, span, session.client.encoding);
    let markdown = session.client.reads_markdown;
    let item = |(at, offer): (usize, Offer)| {
        let sort_text = Some(format!("{at:02}"));
        CompletionItem { sort_text, ..offer.item(range, markdown) }
    };
    let items = offers.into_iter().enumerate().map(item).collect();
    CompletionList { is_incomplete: false, items }
}

/// The word around an offset: what is there of a name.
fn word(source: &Source, offset: usize) -> Span {
    let (before, behind) = source.text.split_at_checked(offset).unwrap_or((&source.text, ""));
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let start = before.trim_end_matches(is_part).len();
    let end = offset + behind.len() - behind.trim_start_matches(is_part).len();
    Span::new(source.id, start, end)
}

/// Something to write.
struct Offer {
    label: String,
    text: String,
    kind: CompletionItemKind,
    about: &'static str,
}

type Offers = (Vec<Offer>, Span);

struct Typed<'t> {
    context: &'t Context,
    source: &'t Source,
    word: Span,
}

impl Typed<'_> {
    /// The source with something else in the place of the word.
    fn with(&self, text: &str) -> Arc<Source> {
        let edit = Edit { span: self.word, text: text.to_owned() };
        let (text, _) = applied(&self.source.text, &[edit]);
        Arc::new(Source::new(self.source.id, self.source.name.clone(), text))
    }

    /// The values of the field whose value is being written; none if no such field is.
    fn values(&self) -> Option<Offers> {
        let quoted: fn(&str) -> String = |text| format!("\"{text}\"");
        let plain: fn(&str) -> String = str::to_owned;
        let before = self.source.text.get(..self.word.range().start).unwrap_or_default();
        // In quotes where a word alone is no string; YAML would take it for one in JSON too.
        let ways = match syntax::language(self.source) {
            Language::Yaml => [Some(plain), None],
            _ => [before.ends_with('"').then_some(plain), Some(quoted)],
        };
        ways.into_iter().flatten().find_map(|write| {
            let (pointer, field) = self.field(&write(MARKER))?;
            let all = field.allowed.iter().map(|value| (*value, write(value)));
            let (fitting, others): (Vec<_>, Vec<_>) =
                all.partition(|(_, text)| is_clean(&self.context.told_with(&self.with(text)), &pointer));
            let offered = if fitting.is_empty() { others } else { fitting };
            let offer = |(value, text): (&str, String)| Offer {
                label: value.to_owned(),
                text,
                kind: CompletionItemKind::VALUE,
                about: field.description,
            };
            Some((offered.into_iter().map(offer).collect(), self.word))
        })
    }

    /// The field that a text would be the value of, if its values are few.
    fn field(&self, text: &str) -> Option<(String, Field)> {
        let resources = self.context.resources_with(&self.with(text));
        let place = locate::at(&resources, self.source.id, self.word.range().start + text.len() - 1)?;
        place.value.filter(|value| value.as_str() == Some(MARKER))?;
        let field = field(&place.pointer).filter(|field| !field.allowed.is_empty())?;
        Some((place.pointer, field))
    }

    /// The members that the mapping can still have in which a key is being written.
    fn members(&self) -> Option<Offers> {
        let (behind, written) = match syntax::language(self.source) {
            Language::Yaml => (": ", format!("{MARKER}: x")),
            Language::Hcl => (" = ", format!("{MARKER} = \"x\"")),
            // Quotes and commas are the editor's to write.
            Language::Json => ("", MARKER.to_owned()),
        };
        let units = self.context.units_with(&self.with(&written));
        let at = |unit| Some((unit, locate::at(unit, self.source.id, self.word.range().start)?));
        let (unit, place) = units.iter().find_map(|unit: &Vec<Resource>| at(unit))?;
        let is_marker = place.value.is_none() && place.pointer.ends_with(MARKER);
        let parent = place.pointer.rsplit_once('/').filter(|_| is_marker)?.0;
        let known = field(parent).map_or_else(root_members, |field| field.members);
        let fitting = members::fitting(self.context, unit, &place, known).into_iter();
        let offers = fitting.filter_map(|name| member(&place, parent, name, behind)).collect();
        Some((offers, self.word))
    }
}

/// The members of a configuration itself, which has no field above it.
fn root_members() -> Vec<&'static str> {
    vec!["UserPoolId", "LogConfigurations"]
}

fn member(place: &Place<'_>, parent: &str, name: &str, behind: &str) -> Option<Offer> {
    let field = field(&format!("{parent}/{name}"))?;
    let label = place.resource.origin.spelling.of(name).into_owned();
    // What holds others is a block in HCL.
    let behind = if field.members.is_empty() || behind == ": " { behind } else { "" };
    let text = format!("{label}{behind}");
    Some(Offer { label, text, kind: CompletionItemKind::FIELD, about: field.description })
}

/// Whether no rule has anything against what stands at a place.
fn is_clean(report: &Report, pointer: &str) -> bool {
    report.diagnostics.iter().all(|found| found.path != pointer)
}

impl Offer {
    fn item(self, range: lsp_types::Range, markdown: bool) -> CompletionItem {
        let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        let about = MarkupContent { kind, value: self.about.to_owned() };
        CompletionItem {
            label: self.label.clone(),
            kind: Some(self.kind),
            documentation: Some(Documentation::MarkupContent(about)),
            filter_text: Some(self.text.clone()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: self.text })),
            ..CompletionItem::default()
        }
    }
}
