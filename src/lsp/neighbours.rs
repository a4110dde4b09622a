//! Completion of references: where the ARN of a destination or the id of a user pool is due, the resources that are
//! deployed together with the configuration.
//!
//! Each reference is tried: what is offered yields what is due.

use std::sync::Arc;

use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, Range, TextEdit};

use crate::diagnostic::Edit;
use crate::engine::fix::applied;
use crate::forms::refer::{Referring, Target, naming, referring};
use crate::lsp::check::Context;
use crate::lsp::locate::some;
use crate::lsp::{extent, locate};
use crate::spec::{Resource, named_kind};
use crate::syntax;
use crate::syntax::edit::Language;
use crate::text::{Source, Span};
use crate::value::{Holds, Hole, Kind, Part, ResourceKind, Value};

/// A text that stands for what is to be completed.
const MARKER: &str = "DelintCompletesThis";

/// What can be referred to at a place, and what of the text it takes the place of.
#[derive(Debug)]
pub struct Neighbours {
    /// The names of resources, and how they are referred to.
    offers: Vec<(String, String)>,
    pub span: Span,
    /// What of that stands before the place.
    typed: String,
}

/// What can be referred to at an offset; none if no reference is due there, or there is nothing to refer to. Where a
/// reference is written already, and in several lines, its name alone.
pub fn at(context: &Context, source: &Source, offset: usize) -> Option<Neighbours> {
    let language = syntax::language(source);
    let marker = if language == Language::Yaml { MARKER.to_owned() } else { format!("\"{MARKER}\"") };
    let mut named = None;
    for span in extent::values(source, language, offset) {
        let tried = Tried { context, source, span, language };
        let units = tried.units(&marker);
        let Some(due) = tried.due(&units, &marker) else { continue };
        let found =
            if due.is_whole || named.is_none() { tried.neighbours(&units, &due, offset) } else { None };
        if due.is_whole && found.is_some() {
            return found;
        }
        named = named.or(found);
    }
    named
}

impl Neighbours {
    /// The items of the answer.
    pub fn items(self, range: Range) -> Vec<CompletionItem> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let word = self.typed.rsplit(|c| !is_name(c)).next().unwrap_or_default().to_lowercase();
        let item = |(name, text): (String, String)| {
            let is_likely = text.to_lowercase().contains(&word);
            CompletionItem {
                sort_text: Some(format!("{}{name}", u8::from(!is_likely))),
                // It takes the place of all that is there, whatever that is like.
                filter_text: Some(format!("{}{name}", self.typed)),
                label: name,
                kind: Some(CompletionItemKind::REFERENCE),
                detail: Some(text.trim_start().to_owned()),
                text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: text })),
                ..CompletionItem::default()
            }
        };
        self.offers.into_iter().map(item).collect()
    }
}

/// A stretch of a text that may be a value, and something else in its place.
struct Tried<'t> {
    context: &'t Context,
    source: &'t Source,
    span: Span,
    language: Language,
}

/// Where a reference is due.
struct Due {
    unit: usize,
    /// The place of the configuration in its unit.
    configuration: usize,
    pointer: String,
    /// To what.
    kind: ResourceKind,
    /// Whether the stretch is all of the value, and not the name in a reference.
    is_whole: bool,
}

impl Tried<'_> {
    /// What would be deployed together if that text stood there.
    fn units(&self, text: &str) -> Vec<Vec<Resource>> {
        let edit = Edit { span: self.span, text: self.with_blank(text) };
        let (text, _) = applied(&self.source.text, &[edit]);
        self.context.units_with(&Arc::new(Source::new(self.source.id, self.source.name.clone(), text)))
    }

    /// A value of YAML stands apart from its key.
    fn with_blank(&self, text: &str) -> String {
        let before = self.source.text.get(..self.span.range().start).unwrap_or_default();
        let is_needed = self.language == Language::Yaml && before.ends_with(':');
        if is_needed { format!(" {text}") } else { text.to_owned() }
    }

    fn neighbours(&self, units: &[Vec<Resource>], due: &Due, offset: usize) -> Option<Neighbours> {
        let resources = units.get(due.unit)?.iter().filter(|resource| resource.kind == due.kind);
        let offer = |resource: &Resource| Some((resource.name.to_string(), self.reference(due, resource)?));
        let offers: Vec<_> = resources.filter_map(offer).collect();
        let typed = self.source.text.get(self.span.range().start..offset).unwrap_or_default().to_owned();
        (!offers.is_empty()).then_some(Neighbours { offers, span: self.span, typed })
    }

    /// The place of the marker, if a reference is due there.
    fn due(&self, units: &[Vec<Resource>], marker: &str) -> Option<Due> {
        let offset = self.span.range().start + self.with_blank(marker).len() - 1;
        units.iter().enumerate().find_map(|(unit, resources)| {
            let place = locate::at(resources, self.source.id, offset)?;
            let value = place.value?;
            let is_whole = some(value, &|value| value.as_str() == Some(MARKER));
            if !is_whole && !some(value, &|value| matches!(value.kind, Kind::Unknown(_))) {
                return None;
            }
            let kind = named_kind(&place.pointer)?;
            let configuration = resources.iter().position(|other| std::ptr::eq(other, place.resource))?;
            Some(Due { unit, configuration, pointer: place.pointer, kind, is_whole })
        })
    }

    /// The first reference to a resource that yields what is due.
    fn reference(&self, due: &Due, resource: &Resource) -> Option<String> {
        let ways = if due.is_whole { referring } else { naming };
        let holds = |referring: &Referring| {
            let units = self.units(&referring.text);
            let configuration = units.get(due.unit).and_then(|unit| unit.get(due.configuration));
            let value = configuration.and_then(|one| below(&one.properties, &due.pointer));
            let holds = |value: &Value| match &value.kind {
                Kind::Unknown(_) => referring.is_safe,
                _ => yields(value, resource),
            };
            value.is_some_and(|value| some(value, &holds))
        };
        let offered = ways(&Target::new(resource)?, self.language);
        offered.into_iter().find(holds).map(|referring| self.with_blank(&referring.text))
    }
}

/// What stands at a JSON pointer, in some alternative.
fn below<'v>(value: &'v Value, pointer: &str) -> Option<&'v Value> {
    if let Kind::Choice(choice) = &value.kind {
        return choice.alternatives.iter().find_map(|alternative| below(&alternative.value, pointer));
    }
    let Some(rest) = pointer.strip_prefix('/') else { return Some(value) };
    let (step, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let inner = match &value.kind {
        Kind::List(items) => items.get(step.parse::<usize>().ok()?)?,
        _ => value.get(step)?,
    };
    below(inner, rest)
}

/// Whether a text ends in the name of a resource: behind the rest of an ARN, or alone where that is its id.
fn yields(value: &Value, resource: &Resource) -> bool {
    let Kind::Text(text) = &value.kind else { return false };
    let [before @ .., Part::Hole(Hole { holds: Holds::Name(reference), .. })] = text.parts.as_slice() else {
        return false;
    };
    let is_arn = before.first().is_some_and(|part| match part {
        Part::Literal(literal) => literal.text.starts_with("arn:"),
        Part::Hole(_) => false,
    });
    let is_due = if resource.kind == ResourceKind::UserPool { before.is_empty() } else { is_arn };
    is_due && reference.kind == resource.kind && reference.resource == resource.name
}
