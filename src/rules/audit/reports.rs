//! Reports that would leave a hole in a sentence, or point nowhere.

use super::conditions::{Conditions, Site};
use crate::rules::limits;
use crate::rules::mistake::Mistake;
use crate::rules::path::Path;
use crate::rules::reader::suggestion;
use crate::text::Span;
use crate::value::{Entry, Value};

/// What fills the holes of a report.
#[derive(Clone, Copy, Debug)]
pub enum Filled<'s> {
    /// Paths from the node that is checked.
    Paths(&'s Site),
    /// Words that the check gives, and nothing else; the place is the check's own.
    Words(&'static [&'static str]),
    /// Nothing, since there is no one node; the place may be said.
    Nothing(&'s Site),
}

/// Finds mistakes in a report.
pub fn report(value: &Value, filled: Filled<'_>, mistakes: &mut Vec<Mistake>) {
    let mut report = Report { filled, mistakes };
    let Some(map) = value.as_map() else { return };
    for Entry { key, value } in &map.entries {
        match key.name.as_str() {
            "at" => report.place(value, true, key.span),
            "about" => report.place(value, false, key.span),
            "message" => {
                report.sentence(value);
                report.text(value);
            }
            "note" => report.text(value),
            "help" => report.help(value),
            "also" => report.also(value, key.span),
            _ => {}
        }
    }
}

struct Report<'r, 'm> {
    filled: Filled<'r>,
    mistakes: &'m mut Vec<Mistake>,
}

impl Report<'_, '_> {
    fn wrong(&mut self, span: Span, message: impl Into<String>) {
        self.mistakes.push(Mistake { span, message: message.into() });
    }

    fn place(&mut self, value: &Value, may_be_key: bool, key: Span) {
        let (Filled::Paths(site) | Filled::Nothing(site)) = self.filled else {
            return self.wrong(key, "a check that is no condition says itself where it found something");
        };
        let Some(source) = value.as_str() else { return };
        let found = Conditions { mistakes: self.mistakes }.path(site, source, value.span);
        if found.is_some_and(|(path, _)| path.key && !may_be_key) {
            self.wrong(value.span, "`:key` stands in `at` only");
        }
    }

    fn also(&mut self, value: &Value, key: Span) {
        let items = value.as_list().unwrap_or_default();
        if let Some(item) = items.get(limits::PLACES) {
            self.wrong(item.span, format!("a report has at most {} other places", limits::PLACES));
        }
        for item in items {
            if let Some(at) = item.get("at") {
                self.place(at, true, key);
            }
            if let Some(note) = item.get("note") {
                self.text(note);
            }
        }
    }

    /// A text, several, or those of each form.
    fn help(&mut self, value: &Value) {
        match value.as_map() {
            Some(map) => map.entries.iter().for_each(|entry| self.help(&entry.value)),
            None => {
                value
                    .as_list()
                    .unwrap_or(std::slice::from_ref(value))
                    .iter()
                    .for_each(|text| self.text(text));
            }
        }
    }

    fn sentence(&mut self, value: &Value) {
        let Some(text) = value.as_str() else { return };
        if text.ends_with(['.', '\n']) {
            self.wrong(
                value.span,
                "a message is a sentence without a full stop and without a line break at its end",
            );
        }
    }

    fn text(&mut self, value: &Value) {
        let Some(text) = value.as_str() else { return };
        if text.is_empty() {
            self.wrong(value.span, "a text is due here");
        }
        if text.chars().nth(limits::TEXT).is_some() {
            self.wrong(value.span, format!("a text has at most {} characters", limits::TEXT));
        }
        for hole in holes(text) {
            self.hole(hole, value.span);
        }
    }

    fn hole(&mut self, hole: &str, span: Span) {
        let given = GIVEN.contains(&hole);
        match self.filled {
            Filled::Words(words) if words.contains(&hole) || is_no_path(hole) => {}
            Filled::Words(words) => {
                let near = match suggestion(hole, words.iter().copied()) {
                    near if near.is_empty() => format!("; there are {}", words.join(", ")),
                    near => near,
                };
                self.wrong(span, format!("nothing fills `{{{hole}}}` here{near}"));
            }
            Filled::Nothing(_) => {
                self.wrong(
                    span,
                    format!("nothing fills `{{{hole}}}`: with `across_units` a text has no holes"),
                );
            }
            Filled::Paths(_) if hole == "at" => {}
            Filled::Paths(_) if given => {
                self.wrong(
                    span,
                    format!("nothing fills `{{{hole}}}` here: it belongs to a rule with `check`"),
                );
            }
            Filled::Paths(site) => {
                let path = hole.rsplit_once(':').map_or(hole, |(path, _)| path);
                Conditions { mistakes: self.mistakes }.path(site, path, span);
            }
        }
    }
}

/// Whether the reader refuses it.
fn is_no_path(hole: &str) -> bool {
    !GIVEN.contains(&hole) && Path::parse(hole).is_err()
}

/// What only checks that are no conditions fill.
pub const GIVEN: &[&str] = &["value", "key", "allowed", "found", "suggestion", "inside", "advice", "problem"];

/// What stands between braces; `{{` is a brace.
fn holes(text: &str) -> Vec<&str> {
    let mut holes = Vec::new();
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('{') {
        if let Some(brace) = behind.strip_prefix('{') {
            rest = brace;
            continue;
        }
        let Some((hole, behind)) = behind.split_once('}') else { break };
        holes.push(hole);
        rest = behind;
    }
    holes
}
