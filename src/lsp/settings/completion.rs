//! What can be written at a place of a configuration or a rule: keys that are missing, values, names of rules, paths.
//!
//! What stands at a place is found out by writing a word there that nobody has written, and reading that.

use std::ops::Range;
use std::sync::Arc;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionTextEdit, Documentation,
    MarkupContent, MarkupKind, TextEdit,
};

use crate::diagnostic::{Edit, sentence};
use crate::engine::fix::applied;
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::lsp::settings::documents::{canonical, document, rules, schema};
use crate::lsp::settings::file::File;
use crate::lsp::settings::locate::{Role, Spot, Wanted};
use crate::lsp::settings::paths;
use crate::lsp::settings::schema::Place;
use crate::rules::Set;
use crate::rules::definition::Definition;
use crate::schema::field::field;
use crate::text::{Source, Span};
use crate::value::Value;

/// A word that stands for what is to be completed.
const MARKER: &str = "DelintCompletesThis";
/// Words that are no strings in YAML.
const NO_STRINGS: [&str; 4] = ["null", "true", "false", "~"];

pub fn answer(session: &mut Session, file: &File, params: &CompletionParams) -> CompletionList {
    let encoding = session.client.encoding;
    let offset = place::offset(&file.source, params.text_document_position.position, encoding);
    let word = word(&file.source, offset);
    let typed = Typed { file, word, rules: rules(session, file) };
    let range = place::range(&file.source, word, encoding);
    let markdown = session.client.reads_markdown;
    let items = typed.offers().into_iter().map(|offer| offer.item(range, markdown)).collect();
    // What follows a path depends on its beginning.
    CompletionList { is_incomplete: true, items }
}

/// The word around an offset: what is there of a name or of a path.
fn word(source: &Source, offset: usize) -> Span {
    let (before, behind) = source.text.split_at_checked(offset).unwrap_or((&source.text, ""));
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-./*".contains(c);
    let mut start = before.len();
    while let Some(rest) = before.get(..start) {
        let Some(shorter) = rest.strip_suffix("[]").or_else(|| rest.strip_suffix(is_part)) else { break };
        start = shorter.len();
    }
    // A dash before a name is that of a list.
    start += before.get(start..).map_or(0, |word| word.len() - word.trim_start_matches('-').len());
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let end = offset + behind.len() - behind.trim_start_matches(is_part).len();
    Span::new(source.id, start.min(offset), end)
}

/// Something to write.
struct Offer {
    text: String,
    label: String,
    kind: CompletionItemKind,
    about: String,
}

struct Typed<'t> {
    file: &'t File,
    word: Span,
    rules: Set,
}

impl Typed<'_> {
    fn offers(&self) -> Vec<Offer> {
        let key = format!("{MARKER}{}: x", self.quote());
        // What is below may be broken because the word is not written yet.
        let ways = [(MARKER, false), (key.as_str(), false), (MARKER, true), (key.as_str(), true)];
        let mut found = ways.into_iter().map(|(text, cut)| self.with(text, cut));
        found.find(|offers| !offers.is_empty()).unwrap_or_default()
    }

    /// What can stand in the place of the word, if a text that holds the marker stands there.
    fn with(&self, text: &str, cut: bool) -> Vec<Offer> {
        // A key in quotes ends with its second quote.
        let closing = if text == MARKER { 0 } else { self.quote().len() };
        let span = Span::new(self.word.source, self.word.range().start, self.word.range().end + closing);
        let edit = Edit { span, text: text.to_owned() };
        let (mut whole, _) = applied(&self.file.source.text, &[edit]);
        if cut {
            let end = self.word.range().start + text.len();
            let line = whole.get(end..).and_then(|behind| behind.find('\n'));
            whole.truncate(line.map_or(whole.len(), |line| end + line));
        }
        let source = Arc::new(Source::new(self.file.source.id, self.file.source.name.clone(), whole));
        let Some(root) = document(&source) else { return Vec::new() };
        let Some(schema) = schema(self.file.kind) else { return Vec::new() };
        let Some(spot) = Wanted::Word(MARKER).find(&root, &Place::root(schema, None)) else {
            return Vec::new();
        };
        match spot.role {
            Role::Key { .. } => self.keys(&root, &spot),
            Role::Value(value) => self.values(&root, &spot, value),
        }
    }

    fn keys(&self, root: &Value, spot: &Spot<'_>) -> Vec<Offer> {
        let Role::Key { name, map, of } = &spot.role else { return Vec::new() };
        let above = spot.pointer.rsplit_once('/').map_or("", |(above, _)| above);
        let present: Vec<&str> = map.entries.iter().map(|entry| entry.key.name.as_str()).collect();
        let present: Vec<&str> = present.into_iter().filter(|name| !name.contains(MARKER)).collect();
        let mut offers: Vec<Offer> = Vec::new();
        if let Some(inner) = canonical(above) {
            offers.extend(paths::members(inner).into_iter().filter_map(|name| {
                let field = field(&format!("{inner}/{name}"))?;
                let colon = if field.members.is_empty() && name != "LogConfigurations" { ": " } else { ":" };
                Some(self.key(name, colon, field.description))
            }));
        }
        let further = if name.starts_with(MARKER) { of.further_members(&present) } else { Vec::new() };
        offers.extend(further.into_iter().map(|name| {
            let member = of.member(name, None);
            self.key(name, if member.is_collection() { ":" } else { ": " }, member.about())
        }));
        let keys = of.keys();
        if keys.is("ruleName") {
            offers.extend(self.names(": "));
        }
        if keys.is("path") {
            let begun = format!("{}{}", name.split(MARKER).next().unwrap_or_default(), self.begun());
            let paths = paths::offers(root, above, &begun);
            offers.extend(paths.iter().map(|offer| self.key(&offer.text, ": ", offer.about)));
        }
        offers.retain(|offer| !present.contains(&offer.label.as_str()));
        offers
    }

    fn values(&self, root: &Value, spot: &Spot<'_>, value: &Value) -> Vec<Offer> {
        let text = value.as_str().unwrap_or_default();
        let place = &spot.place;
        let mut offers = Vec::new();
        if text.trim_end() == MARKER {
            let choices = place.choices();
            offers
                .extend(choices.iter().map(|choice| self.value(&choice.value, choice.is_text, choice.about)));
            let is_test = place.is("test") || place.is("scalar");
            let tested = is_test.then(|| paths::tested(root, &spot.pointer)).flatten();
            let field = tested.as_deref().or_else(|| canonical(&spot.pointer)).and_then(field);
            let words =
                field.iter().flat_map(|field| field.allowed.iter().map(|word| (*word, field.description)));
            offers.extend(words.map(|(word, about)| self.value(word, true, about)));
        }
        if place.is("ruleName") {
            // Only what is built in can be extended.
            let fits =
                |offer: &Offer| spot.pointer != "/extends" || Definition::built_in(&offer.label).is_some();
            offers.extend(self.names("").into_iter().filter(fits));
        }
        if ["path", "eachPath", "place"].iter().any(|name| place.is(name)) {
            let begun = format!("{}{}", text.split(MARKER).next().unwrap_or_default(), self.begun());
            let paths = paths::offers(root, &spot.pointer, &begun);
            offers.extend(paths.iter().map(|offer| self.value(&offer.text, true, offer.about)));
        }
        offers
    }

    /// A value. A text that YAML would read as something else comes in quotes.
    fn value(&self, value: &str, is_text: bool, about: &str) -> Offer {
        let in_quotes =
            is_text && !self.is_quoted() && (NO_STRINGS.contains(&value) || value.starts_with('*'));
        Offer {
            text: if in_quotes { format!("\"{value}\"") } else { value.to_owned() },
            label: value.to_owned(),
            kind: CompletionItemKind::VALUE,
            about: about.to_owned(),
        }
    }

    /// The rules, with what each of them finds.
    fn names(&self, behind: &str) -> Vec<Offer> {
        let mut names: Vec<&str> = self.rules.names().collect();
        names.sort_unstable();
        let about = |name: &str| {
            let info = &self.rules.get(name)?.info;
            Some(format!("{}\n\n{}", sentence(&info.summary), info.severity))
        };
        let offer = |name: &str| Offer {
            text: format!("{name}{}", self.colon(behind)),
            label: name.to_owned(),
            kind: CompletionItemKind::REFERENCE,
            about: about(name).unwrap_or_default(),
        };
        names.into_iter().map(offer).collect()
    }

    fn key(&self, name: &str, colon: &str, about: &str) -> Offer {
        let text = format!("{name}{}", self.colon(colon));
        Offer { text, label: name.to_owned(), kind: CompletionItemKind::FIELD, about: about.to_owned() }
    }

    /// A colon, unless there is one or it would stand in quotes.
    fn colon<'c>(&self, colon: &'c str) -> &'c str {
        let behind = self.file.source.text.get(self.word.range().end..).unwrap_or_default();
        if self.is_quoted() || behind.trim_start_matches(' ').starts_with(':') { "" } else { colon }
    }

    fn is_quoted(&self) -> bool {
        !self.quote().is_empty()
    }

    /// The quote around the word, if there is one.
    fn quote(&self) -> &str {
        let Range { start, end } = self.word.range();
        let quote = start.checked_sub(1).and_then(|before| self.file.source.text.get(before..start));
        let behind = self.file.source.text.get(end..end + 1);
        quote.filter(|quote| matches!(*quote, "\"" | "'") && behind == Some(*quote)).unwrap_or_default()
    }

    /// What there is of the word.
    fn begun(&self) -> &str {
        self.file.source.text.get(self.word.range()).unwrap_or_default()
    }
}

impl Offer {
    fn item(self, range: lsp_types::Range, markdown: bool) -> CompletionItem {
        let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        let about = MarkupContent { kind, value: self.about };
        CompletionItem {
            filter_text: Some(self.label.clone()),
            label: self.label,
            kind: Some(self.kind),
            documentation: (!about.value.is_empty()).then_some(Documentation::MarkupContent(about)),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: self.text })),
            ..CompletionItem::default()
        }
    }
}
