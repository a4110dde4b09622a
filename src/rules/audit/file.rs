//! The members of a rule file, and what of them belongs together.

use super::conditions::{Conditions, Site};
use super::examples::examples;
use super::reports::{Filled, report};
use super::shape::{self, Shape};
use crate::rules::limits;
use crate::rules::mistake::Mistake;
use crate::rules::path::{Path, Step};
use crate::rules::reader::suggestion;
use crate::rules::rule::SUBJECTS;
use crate::text::Span;
use crate::value::{Entry, ResourceKind, Value};

/// What may not stand beside a member.
const BESIDE: &[(&str, &[&str])] =
    &[("cases", &["require", "report", "check"]), ("check", &["each", "when", "require", "cases"])];

/// What a check of the schema gives to texts.
const OF_SCHEMA: &[&str] = &["value", "found", "key", "allowed", "suggestion", "inside", "advice"];

/// The keywords of the schema that a rule can be about.
const KEYWORDS: &[&str] =
    &["required", "additionalProperties", "type", "enum", "maxItems", "pattern", "minLength", "maxLength"];

/// What is wrong with the rule of a name, among rules of other names.
pub fn audit(name: &str, file: &Value, known: &[&str]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if file.as_map().is_none() {
        return mistakes;
    }
    let mut audit = Audit { name, file, known, mistakes: &mut mistakes };
    audit.page();
    audit.others();
    audit.combinations();
    match file.get("check") {
        Some(check) => audit.check(check),
        None => audit.nodes(),
    }
    examples(file.get("examples"), file.first_word(), known, &mut mistakes);
    mistakes
}

struct Audit<'a> {
    name: &'a str,
    file: &'a Value,
    known: &'a [&'a str],
    mistakes: &'a mut Vec<Mistake>,
}

impl<'a> Audit<'a> {
    fn wrong(&mut self, span: Span, message: impl Into<String>) {
        self.mistakes.push(Mistake { span, message: message.into() });
    }

    fn entry(&self, name: &str) -> Option<&'a Entry> {
        self.file.as_map()?.get(name)
    }

    /// What is there for readers.
    fn page(&mut self) {
        if let Some(summary) = self.file.get("summary")
            && let Some(text) = summary.as_str()
            && (text.is_empty() || text.contains('\n') || text.ends_with('.'))
        {
            self.wrong(summary.span, "a summary is one line without a full stop");
        }
        if let Some(summary) = self.file.get("summary")
            && summary.as_str().is_some_and(|text| text.chars().nth(limits::TEXT).is_some())
        {
            self.wrong(summary.span, format!("a text has at most {} characters", limits::TEXT));
        }
        match self.file.get("why") {
            None => self.wrong(self.file.first_word(), "`why` is missing: what is wrong, and why it matters"),
            Some(why) if why.as_str().is_none_or(|text| text.trim().is_empty()) => {
                self.wrong(why.span, "`why` must be a text");
            }
            Some(_) => {}
        }
        let Some(links) = self.file.get("links") else { return };
        for link in links.as_list().unwrap_or(std::slice::from_ref(links)) {
            if !link.as_str().is_some_and(|link| link.starts_with("https://")) {
                self.wrong(link.span, "an address is due here that begins with https://");
            }
        }
    }

    /// The rules that it yields to.
    fn others(&mut self) {
        let Some(others) = self.file.get("yields_to") else { return };
        for other in others.as_list().unwrap_or(std::slice::from_ref(others)) {
            match other.as_str() {
                // To look for a name among those of all rules takes long.
                _ if self.mistakes.len() > limits::MISTAKES => return,
                Some(name) if name == self.name => self.wrong(other.span, "a rule cannot yield to itself"),
                Some(name) if !self.known.contains(&name) => {
                    let near = suggestion(name, self.known.iter().copied());
                    self.wrong(other.span, format!("there is no rule named `{name}`{near}"));
                }
                _ => {}
            }
        }
    }

    /// Members that would be overlooked beside others.
    fn combinations(&mut self) {
        for (member, others) in BESIDE {
            if self.entry(member).is_none() {
                continue;
            }
            for other in *others {
                let Some(other) = self.entry(other) else { continue };
                self.wrong(other.key.span, format!("`{}` has no place beside `{member}`", other.key.name));
            }
        }
    }

    fn subject(&self) -> ResourceKind {
        let named = self.file.get("resource").and_then(Value::as_str);
        let subject = SUBJECTS.iter().find(|(name, _)| Some(*name) == named);
        subject.map_or(ResourceKind::LogDeliveryConfiguration, |(_, kind)| *kind)
    }

    fn check(&mut self, check: &Value) {
        let kinds: Vec<&Entry> = check.as_map().map(|map| map.entries.iter().collect()).unwrap_or_default();
        let is_there = |name: &str| kinds.iter().any(|entry| entry.key.name == name);
        let site = Site {
            here: vec![shape::root(self.subject())],
            root: shape::root(self.subject()),
            in_items: false,
        };
        let (filled, allowed): (Filled<'_>, &[&str]) = if is_there("schema") {
            (Filled::Words(OF_SCHEMA), &["schema", "at"])
        } else if is_there("problem") {
            (Filled::Words(&["problem"]), &["problem"])
        } else if is_there("across_units") {
            (Filled::Nothing(&site), &["unique", "across_units"])
        } else {
            (Filled::Paths(&site), &["unique"])
        };
        for entry in kinds.iter().filter(|entry| !allowed.contains(&entry.key.name.as_str())) {
            self.wrong(entry.key.span, format!("`{}` has no meaning in this check", entry.key.name));
        }
        self.keywords(check);
        if let Some(unique) = check.get("unique")
            && unique.as_str().is_some_and(|path| path != "UserPoolId")
        {
            self.wrong(unique.span, "only `UserPoolId` can be asked for here");
        }
        if let Some(value) = self.file.get("report") {
            report(value, filled, self.mistakes);
        }
    }

    fn keywords(&mut self, check: &Value) {
        let Some(keywords) = check.get("schema") else { return };
        let items = keywords.as_list().unwrap_or(std::slice::from_ref(keywords));
        if items.is_empty() {
            self.wrong(keywords.span, "a keyword of the schema is due here");
        }
        for item in items {
            if let Some(keyword) = item.as_str().filter(|keyword| !KEYWORDS.contains(keyword)) {
                let near = match suggestion(keyword, KEYWORDS.iter().copied()) {
                    near if near.is_empty() => format!("; there are {}", KEYWORDS.join(", ")),
                    near => near,
                };
                self.wrong(item.span, format!("`{keyword}` is no keyword that is checked{near}"));
            }
        }
        if let Some(at) = check.get("at")
            && at.as_str().is_none()
        {
            self.wrong(at.span, "the name of a member is due here");
        }
    }

    fn nodes(&mut self) {
        let root = shape::root(self.subject());
        let site = Site { here: self.each(root), root, in_items: false };
        if site.here.is_empty() {
            // Nothing can be said of nodes that nobody knows.
            return;
        }
        self.conditions(&site, self.file.get("when"));
        match self.file.get("cases").and_then(Value::as_list) {
            Some(cases) => cases.iter().for_each(|case| self.case(&site, case)),
            None => self.case_of(&site, self.file),
        }
    }

    fn case(&mut self, site: &Site, case: &Value) {
        self.conditions(site, case.get("when"));
        self.case_of(site, case);
    }

    fn case_of(&mut self, site: &Site, case: &Value) {
        self.conditions(site, case.get("require"));
        if let Some(value) = case.get("report") {
            report(value, Filled::Paths(site), self.mistakes);
        }
    }

    fn conditions(&mut self, site: &Site, value: Option<&Value>) {
        if let Some(value) = value {
            Conditions { mistakes: self.mistakes }.condition(site, value);
        }
    }

    /// What the nodes are that are checked.
    fn each(&mut self, root: Shape) -> Vec<Shape> {
        let Some(each) = self.file.get("each") else { return vec![root] };
        let items = each.as_list().unwrap_or(std::slice::from_ref(each));
        if items.is_empty() {
            self.wrong(each.span, "a path is due here");
        }
        items.iter().filter_map(|item| self.each_of(item, root)).collect()
    }

    fn each_of(&mut self, item: &Value, root: Shape) -> Option<Shape> {
        let source = item.as_str()?;
        if source == "**" {
            return Some(Shape::Text);
        }
        let path = Path::parse(source).ok()?;
        if path.key || path.steps.iter().any(|step| matches!(step, Step::Part(_) | Step::Follow(_))) {
            self.wrong(
                item.span,
                format!("`{source}` is no path to nodes: it has members and `[]` alone; parts and other resources are looked at in conditions"),
            );
            return None;
        }
        let mut shape = root;
        for step in &path.steps {
            let next = match (step, shape) {
                (Step::Items, _) => shape::items(shape).map_err(|noun| format!("{noun} has no items")),
                (Step::Member(name), Shape::Node(_)) if shape::items(shape).is_ok() => {
                    Err(format!("a list has no `{name}`; `[]` behind its name is each of its items"))
                }
                _ => shape::step(shape, step),
            };
            match next {
                Ok(next) => shape = next,
                Err(why) => {
                    self.wrong(item.span, format!("`{source}` leads nowhere: {why}"));
                    return None;
                }
            }
        }
        Some(shape)
    }
}
