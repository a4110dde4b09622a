//! `textDocument/completion`: the values that a field can have where it stands, and the members that are missing.
//!
//! What stands at a place is found out by writing a word there that nobody has written, and reading that. Offered is what
//! no rule has anything against.

use std::ops::Range;
use std::sync::Arc;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionTextEdit, Documentation,
    InsertTextFormat, InsertTextMode, MarkupContent, MarkupKind, TextEdit,
};

use crate::diagnostic::{Diagnostic, Edit};
use crate::engine::fix::applied;
use crate::lsp::begin::{Begin, Holds};
use crate::lsp::check::{self, Context};
use crate::lsp::locate::{self, some};
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::lsp::{members, neighbours, settings};
use crate::schema::field::{Field, field};
use crate::spec::{Resource, Style};
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
    let snippets = session.client.takes_snippets;
    let typed = Typed { context: &context, source: &source, word: word(&source, offset), snippets };
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
    is_snippet: bool,
    kind: CompletionItemKind,
    about: &'static str,
}

type Offers = (Vec<Offer>, Span);

/// How a value is written.
#[derive(Clone, Copy, Debug, Default)]
struct Way {
    start: &'static str,
    end: &'static str,
    /// What has to stand behind it so that it can be read; nobody writes that for the user.
    rest: &'static str,
}

impl Way {
    fn written(self, value: &str) -> String {
        format!("{}{value}{}", self.start, self.end)
    }

    fn tried(self, value: &str) -> String {
        self.written(value) + self.rest
    }
}

struct Typed<'t> {
    context: &'t Context,
    source: &'t Source,
    word: Span,
    /// Whether what is offered may have a place in it to go on at.
    snippets: bool,
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
        self.ways().into_iter().find_map(|way| {
            let (pointer, field) = self.field(way)?;
            let (fitting, others): (Vec<&str>, Vec<&str>) =
                field.allowed.iter().partition(|value| self.is_clean(way, value, &pointer));
            let offered = if fitting.is_empty() { others } else { fitting };
            let offer = |value: &str| Offer {
                label: value.to_owned(),
                text: way.written(value),
                is_snippet: false,
                kind: CompletionItemKind::VALUE,
                about: field.description,
            };
            Some((offered.into_iter().map(offer).collect(), self.word))
        })
    }

    /// How a value may be written at the word: the first that can be read is the one.
    fn ways(&self) -> Vec<Way> {
        let Range { start, end } = self.word.range();
        let before = self.source.text.get(..start).unwrap_or_default();
        let behind = self.source.text.get(end..).unwrap_or_default();
        let quote = ["\"", "'"].into_iter().find(|quote| before.ends_with(quote));
        let language = syntax::language(self.source);
        // In quotes where a word alone is no string; YAML would take it for one in JSON too.
        let mut ways =
            if language == Language::Yaml || quote.is_some() { vec![Way::default()] } else { vec![] };
        if let Some(quote) = quote.filter(|quote| !behind.starts_with(quote)) {
            ways.push(Way { end: quote, ..Way::default() });
        }
        if language != Language::Yaml {
            ways.push(Way { start: "\"", end: "\"", ..Way::default() });
        }
        if language == Language::Hcl {
            // A conditional whose other branch nobody has written yet.
            ways.extend(ways.clone().into_iter().map(|way| Way { rest: " : null", ..way }));
        }
        ways
    }

    /// The field that a text would be the value of, or one of its alternatives, if its values are few.
    fn field(&self, way: Way) -> Option<(String, Field)> {
        let text = way.written(MARKER);
        let resources = self.context.resources_with(&self.with(&way.tried(MARKER)));
        let place = locate::at(&resources, self.source.id, self.word.range().start + text.len() - 1)?;
        place.value.filter(|value| some(value, &|value| value.as_str() == Some(MARKER)))?;
        let field = field(&place.pointer).filter(|field| !field.allowed.is_empty())?;
        Some((place.pointer, field))
    }

    /// Whether no rule has anything against a value where it is written; it may have something against an alternative.
    fn is_clean(&self, way: Way, value: &str, pointer: &str) -> bool {
        let report = self.context.told_with(&self.with(&way.tried(value)));
        let start = self.word.range().start;
        let written = start..start + way.written(value).len();
        let is_of_it = |found: &Diagnostic| {
            let span = found.span.range();
            found.path == pointer && span.start < written.end && written.start < span.end
        };
        !report.diagnostics.iter().any(is_of_it)
    }

    /// The members that the mapping can still have in which a key is being written.
    fn members(&self) -> Option<Offers> {
        let language = syntax::language(self.source);
        let is_named = self.is_named(language);
        let written = if is_named { MARKER.to_owned() } else { entry(language) };
        let units = self.context.units_with(&self.with(&written));
        let at = |unit| Some((unit, locate::at(unit, self.source.id, self.word.range().start)?));
        let (unit, place) = units.iter().find_map(|unit: &Vec<Resource>| at(unit))?;
        let is_marker = place.value.is_none() && place.pointer.ends_with(MARKER);
        let parent = place.pointer.rsplit_once('/').filter(|_| is_marker)?.0;
        let known = field(parent).map_or_else(root_members, |field| field.members);
        let spelling = place.resource.origin.spelling;
        let blocks = language == Language::Hcl && spelling.style == Style::Blocks;
        let fitting = members::fitting(self.context, unit, &place, known, blocks).into_iter();
        let begin = Begin::new(self.source, language, spelling.style, self.word);
        // What can be begun with one that holds others, can be with all.
        let mut takes_lines = if self.snippets && !is_named { None } else { Some(false) };
        let offer = |name: &str| {
            let pointer = format!("{parent}/{name}");
            let field = field(&pointer)?;
            let (label, holds) = (spelling.of(name).into_owned(), holds(&field));
            let lines = begin.whole(&label, holds, "$0").filter(|_| {
                *takes_lines.get_or_insert_with(|| self.takes_lines(&begin, &label, holds, &pointer))
            });
            let is_snippet = lines.is_some();
            let one_line = || if is_named { label.clone() } else { begin.plain(&label, holds) };
            let text = lines.unwrap_or_else(one_line);
            Some(Offer { label, text, is_snippet, kind: CompletionItemKind::FIELD, about: field.description })
        };
        Some((fitting.filter_map(offer).collect(), self.word))
    }

    /// Whether what makes a key of the word stands behind it already.
    fn is_named(&self, language: Language) -> bool {
        let behind = self.source.text.get(self.word.range().end..).unwrap_or_default();
        let behind = behind.trim_start_matches([' ', '\t']);
        match language {
            Language::Yaml => behind.starts_with(':'),
            Language::Hcl => behind.starts_with(['=', '{']),
            // Nobody writes more than the name there.
            Language::Json => true,
        }
    }

    /// Whether a member that holds others can be written here in several lines: what is written in it is in it then.
    fn takes_lines(&self, begin: &Begin, label: &str, holds: Holds, pointer: &str) -> bool {
        let inside = entry(begin.language);
        let Some(text) = begin.whole(label, holds, &inside) else { return false };
        let line = self
            .source
            .lines()
            .range(&self.source.text, self.source.lines().line_of(self.word.range().start));
        let line = self.source.text.get(line).unwrap_or_default();
        let indent = line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default();
        let text = text.replace('\n', &format!("\n{indent}"));
        let at = text.find(&inside).unwrap_or_default();
        let resources = self.context.resources_with(&self.with(&text));
        let place = locate::at(&resources, self.source.id, self.word.range().start + at);
        // In a list, whatever its index.
        place.is_some_and(|place| place.pointer.starts_with(pointer) && place.pointer.ends_with(MARKER))
    }
}

/// A member that nobody has written.
fn entry(language: Language) -> String {
    match language {
        Language::Yaml => format!("{MARKER}: x"),
        Language::Hcl => format!("{MARKER} = \"x\""),
        Language::Json => MARKER.to_owned(),
    }
}

fn holds(field: &Field) -> Holds {
    if field.is_list {
        Holds::Items
    } else if field.members.is_empty() {
        Holds::Scalar
    } else {
        Holds::Members
    }
}

/// The members of a configuration itself, which has no field above it.
fn root_members() -> Vec<&'static str> {
    vec!["UserPoolId", "LogConfigurations"]
}

impl Offer {
    fn item(self, range: lsp_types::Range, markdown: bool) -> CompletionItem {
        let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        let about = MarkupContent { kind, value: self.about.to_owned() };
        CompletionItem {
            label: self.label.clone(),
            kind: Some(self.kind),
            documentation: Some(Documentation::MarkupContent(about)),
            filter_text: Some(self.label.clone()),
            insert_text_format: self.is_snippet.then_some(InsertTextFormat::SNIPPET),
            insert_text_mode: self.is_snippet.then_some(InsertTextMode::ADJUST_INDENTATION),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: self.text })),
            ..CompletionItem::default()
        }
    }
}
