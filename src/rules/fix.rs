//! What a rule says of how its findings are taken away.

use super::reader::Reader;
use super::rule::{Change, Fix, Message};
use crate::diagnostic::Safety;
use crate::forms;
use crate::value::{Entry, Kind, Value};

/// The words of a fix that say what it does.
const CHANGES: [&str; 11] =
    ["set", "mend", "replace", "trim", "call", "refer", "depend", "rename", "remove", "add", "tag"];
/// All words of a fix.
const WORDS: [&str; 15] = [
    "forms", "safety", "title", "set", "mend", "replace", "with", "trim", "call", "refer", "depend",
    "rename", "remove", "add", "tag",
];

impl Reader {
    /// One fix, or a list of fixes.
    pub fn fixes(&mut self, value: &Value) -> Vec<Fix> {
        match value.as_list() {
            Some(items) => items.iter().filter_map(|item| self.fix(item)).collect(),
            None => self.fix(value).into_iter().collect(),
        }
    }

    fn fix(&mut self, value: &Value) -> Option<Fix> {
        self.members(value, &WORDS)?;
        let forms = value.get("forms").map_or_else(Vec::new, |forms| self.words(forms, forms::NAMES));
        let safety = match value.get("safety") {
            Some(safety) => self.one_of(safety, &Safety::ALL.map(|safety| (safety.as_str(), safety)))?,
            None => return self.wrong(value.first_word(), "`safety` is missing: safe or unsafe"),
        };
        let title = match value.get("title") {
            Some(title) => Some(self.message(title)?),
            None => None,
        };
        Some(Fix { forms, safety, title, change: self.change(value)? })
    }

    fn change(&mut self, value: &Value) -> Option<Change> {
        let said: Vec<&Entry> = value.as_map()?.entries.iter().collect();
        let said: Vec<&Entry> =
            said.into_iter().filter(|entry| CHANGES.contains(&entry.key.name.as_str())).collect();
        let [Entry { key, value: what }] = said.as_slice() else {
            let known = CHANGES.join("`, `");
            return self.wrong(value.first_word(), format!("one of `{known}` is due here"));
        };
        let with = value.get("with");
        if let Some(with) = with.filter(|_| key.name != "replace") {
            return self.wrong(with.span, "`with` goes with `replace`");
        }
        match key.name.as_str() {
            "set" => Some(Change::Set(self.message(what)?)),
            "trim" => self.truth(what)?.then_some(Change::Trim),
            "call" => Some(Change::Call(self.text(value, "call", Some(what))?)),
            "refer" => Some(Change::Refer(self.path_at(what)?)),
            "depend" => Some(Change::Depend(self.message(what)?)),
            "rename" => Some(Change::Rename(self.message(what)?)),
            "mend" => Some(Change::Mend(self.message(what)?)),
            "remove" => self.removal(what),
            "add" => {
                let (members, value) = self.chain(what)?;
                Some(Change::Add { members, value })
            }
            "tag" => {
                let (mut members, value) = self.chain(what)?;
                match (members.pop(), members.is_empty()) {
                    (Some(key), true) => Some(Change::Tag { key, value }),
                    _ => self.wrong(what.span, "a key and its value are due here"),
                }
            }
            _ => {
                let Some(with) = with else { return self.wrong(key.span, "`with` is missing") };
                let source = self.text(value, "replace", Some(what))?;
                let pattern = self.pattern(&source, what.span)?;
                Some(Change::Replace { pattern, with: self.message(with)? })
            }
        }
    }
}

impl Reader {
    /// Members, each the only one of the one before, and what is in the last.
    fn chain(&mut self, what: &Value) -> Option<(Vec<String>, Message)> {
        let (mut members, mut inner) = (Vec::new(), what);
        while let Some(map) = inner.as_map() {
            let [Entry { key, value }] = map.entries.as_slice() else {
                return self.wrong(inner.span, "a mapping of one member is due here");
            };
            members.push(key.name.clone());
            inner = value;
        }
        if members.is_empty() {
            return self.wrong(what.span, "a mapping of one member is due here");
        }
        Some((members, self.message(inner)?))
    }

    fn removal(&mut self, what: &Value) -> Option<Change> {
        match (&what.kind, what.as_str()) {
            (Kind::List(items), _) if !items.is_empty() => {
                let members: Option<Vec<String>> =
                    items.iter().map(|item| self.text(what, "remove", Some(item))).collect();
                Some(Change::RemoveEmpty(members?))
            }
            (_, Some("repeated")) => Some(Change::RemoveRepeated),
            (Kind::Bool(true), _) => Some(Change::Remove),
            _ => self.wrong(what.span, "true, a list of members or `repeated` is due here"),
        }
    }
}
