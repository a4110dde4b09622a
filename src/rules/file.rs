//! A rule file, read: what may be said in one, and what is wrong where it says something else.

use std::sync::Arc;

use super::mistake::Mistake;
use super::pack;
use super::path::Path;
use super::reader::{Reader, suggestion};
use super::rule::{
    Case, Check, Condition, Each, Fragment, Message, Nodes, ProblemKind, Report, Rule, SUBJECTS, Schema,
    Told, Unique,
};
use crate::diagnostic::{Effect, RuleInfo, Severity};
use crate::forms;
use crate::text::Span;
use crate::value::{ResourceKind, Value};

/// The members of a rule file.
const MEMBERS: &[&str] = &[
    "extends",
    "summary",
    "severity",
    "effect",
    "why",
    "links",
    "forms",
    "resource",
    "enabled",
    "yields_to",
    "each",
    "when",
    "require",
    "report",
    "cases",
    "check",
    "examples",
];

/// Where a rule's page is; its name follows.
const PAGES: &str = "https://github.com/delint/delint/blob/main/docs/rules/";

/// Where to read more about a rule.
#[derive(Clone, Copy, Debug)]
pub enum Page {
    /// The page that is made of its file.
    OfBuiltIn,
    /// The first link that it gives, if it gives one.
    FirstLink,
}

/// Reads the rule of a name. A rule comes out only if nothing in it is wrong.
pub fn read(name: &str, file: &Value, page: Page) -> Result<Rule, Vec<Mistake>> {
    let mut reader = Reader { mistakes: Vec::new() };
    let rule = reader.rule(name, file, page);
    match rule {
        Some(rule) if reader.mistakes.is_empty() => Ok(rule),
        _ => Err(reader.mistakes),
    }
}

impl Reader {
    fn rule(&mut self, name: &str, file: &Value, page: Page) -> Option<Rule> {
        let members = self.members(file, MEMBERS)?;
        let find = |name: &str| members.iter().find(|entry| entry.key.name == name).map(|entry| &entry.value);
        let summary = self.text(file, "summary", find("summary"))?;
        let severity = match find("severity") {
            Some(value) => self.severity(value)?,
            None => return self.wrong(file.first_word(), "`severity` is missing: error, warning or hint"),
        };
        let effect = match find("effect") {
            Some(value) => Some(self.one_of(value, &Effect::ALL.map(|effect| (effect.as_str(), effect)))?),
            None => None,
        };
        let enabled = match find("enabled") {
            Some(value) => self.truth(value)?,
            None => true,
        };
        let resource = match find("resource") {
            Some(value) => self.one_of(value, &SUBJECTS)?,
            None => ResourceKind::LogDeliveryConfiguration,
        };
        let url = match page {
            Page::OfBuiltIn => format!("{PAGES}{name}.md"),
            Page::FirstLink => first_link(find("links")),
        };
        let info = RuleInfo {
            name: name.to_owned(),
            summary,
            severity,
            default_severity: None,
            effect,
            enabled,
            url,
        };
        let info = Arc::new(info);
        let check = match find("check") {
            Some(check) => match find("report") {
                Some(report) => self.special(check, report, &info)?,
                None => return self.wrong(check.span, "`report` is missing: what to say of a finding"),
            },
            None => self.nodes(file, &info)?,
        };
        Some(Rule {
            info,
            forms: find("forms").map_or_else(Vec::new, |value| self.words(value, forms::NAMES)),
            resource,
            yields_to: find("yields_to").map_or_else(Vec::new, |value| self.texts(value)),
            check,
        })
    }

    fn special(&mut self, check: &Value, report: &Value, info: &Arc<RuleInfo>) -> Option<Check> {
        let report = self.told(report, info)?;
        self.members(check, &["schema", "at", "problem", "unique", "across_units"])?;
        if let Some(keywords) = check.get("schema") {
            let at = check.get("at").and_then(Value::as_str).map(str::to_owned);
            return Some(Check::Schema(Schema { keywords: self.texts(keywords), at, report }));
        }
        if let Some(problem) = check.get("problem") {
            return Some(Check::Problem(self.one_of(problem, &ProblemKind::ALL)?, report));
        }
        match check.get("unique") {
            Some(path) => {
                let path = self.path_at(path)?;
                let across = check.get("across_units").and_then(|severity| {
                    let severity =
                        self.one_of(severity, &Severity::ALL.map(|level| (level.as_str(), level)))?;
                    Some(Arc::new(RuleInfo { severity, ..(**info).clone() }))
                });
                Some(Check::Unique(Unique { path, report, across }))
            }
            None => self.wrong(check.span, "`schema`, `problem` or `unique` is due here"),
        }
    }

    fn nodes(&mut self, file: &Value, info: &Arc<RuleInfo>) -> Option<Check> {
        let each = match file.get("each") {
            None => vec![Each::Path(Path::here())],
            Some(each) => {
                let items = each.as_list().unwrap_or(std::slice::from_ref(each));
                let each = |item: &Value| match item.as_str() {
                    Some("**") => Some(Each::Scalars),
                    _ => self.path_at(item).map(Each::Path),
                };
                items.iter().filter_map(each).collect()
            }
        };
        let when = self.optional_condition(file.get("when"))?;
        let cases = match file.get("cases") {
            Some(cases) => {
                let Some(items) = cases.as_list() else {
                    return self.wrong(cases.span, "a list of cases is due here");
                };
                items.iter().filter_map(|case| self.case(case, info)).collect()
            }
            None => vec![self.case_of(file, Condition::ALWAYS, info)?],
        };
        if cases.is_empty() {
            return self.wrong(file.first_word(), "`require`, `cases` or `check` is missing");
        }
        Some(Check::Nodes(Nodes { each, when, cases }))
    }

    fn case(&mut self, case: &Value, info: &Arc<RuleInfo>) -> Option<Case> {
        self.members(case, &["when", "require", "report"])?;
        let when = self.optional_condition(case.get("when"))?;
        self.case_of(case, when, info)
    }

    fn case_of(&mut self, case: &Value, when: Condition, info: &Arc<RuleInfo>) -> Option<Case> {
        let (Some(require), Some(report)) = (case.get("require"), case.get("report")) else {
            let missing = if case.get("require").is_some() { "report" } else { "require" };
            return self.wrong(case.first_word(), format!("`{missing}` is missing"));
        };
        Some(Case { when, require: self.condition(require)?, report: self.told(report, info)? })
    }

    /// How findings read: of what is packed, later.
    fn told(&mut self, value: &Value, info: &Arc<RuleInfo>) -> Option<Told> {
        if let Some(packed) = pack::text(value).map(str::to_owned) {
            let info = info.clone();
            return Some(Told::later(move || {
                let mut reader = Self { mistakes: Vec::new() };
                pack::node(&packed).and_then(|node| reader.report(&node, &info)).unwrap_or_default()
            }));
        }
        self.report(value, info).map(|report| Told::later(|| report))
    }

    fn report(&mut self, value: &Value, info: &Arc<RuleInfo>) -> Option<Report> {
        self.members(value, &["at", "about", "severity", "message", "note", "help", "also", "fix"])?;
        let Some(message) = value.get("message") else {
            return self.wrong(value.first_word(), "`message` is missing");
        };
        let at = match value.get("at") {
            Some(at) => Some(self.path_at(at)?),
            None => None,
        };
        let about = match value.get("about") {
            Some(about) => Some(self.path_at(about)?),
            None => None,
        };
        let info = match value.get("severity") {
            Some(severity) => {
                let severity = self.severity(severity)?;
                Some(Arc::new(RuleInfo { severity, ..info.as_ref().clone() }))
            }
            None => None,
        };
        let note = match value.get("note") {
            Some(note) => Some(self.message(note)?),
            None => None,
        };
        let help = value.get("help").map_or_else(Vec::new, |help| self.help(help));
        let also = value.get("also").map_or_else(Vec::new, |also| self.also(also));
        let fixes = value.get("fix").map_or_else(Vec::new, |fix| self.fixes(fix));
        Some(Report { info, at, about, message: self.message(message)?, note, help, also, fixes })
    }

    fn also(&mut self, value: &Value) -> Vec<(Path, Message)> {
        let Some(items) = value.as_list() else {
            self.wrong::<()>(value.span, "a list of places is due here, each with `at` and `note`");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.label(item)).collect()
    }

    fn label(&mut self, value: &Value) -> Option<(Path, Message)> {
        self.members(value, &["at", "note"])?;
        let (Some(at), Some(note)) = (value.get("at"), value.get("note")) else {
            return self.wrong(value.first_word(), "another place has `at` and `note`");
        };
        Some((self.path_at(at)?, self.message(note)?))
    }

    fn help(&mut self, value: &Value) -> Vec<(String, Message)> {
        let Some(map) = value.as_map() else { return self.helps("any", value) };
        let known = || forms::NAMES.iter().copied().chain(["any"]);
        for key in map.entries.iter().map(|entry| &entry.key) {
            if !known().any(|form| form == key.name) {
                let near = suggestion(&key.name, known());
                self.wrong::<()>(key.span, format!("`{}` is no form{near}", key.name));
            }
        }
        map.entries.iter().flat_map(|entry| self.helps(&entry.key.name, &entry.value)).collect()
    }

    fn helps(&mut self, form: &str, value: &Value) -> Vec<(String, Message)> {
        let items = value.as_list().unwrap_or(std::slice::from_ref(value));
        items.iter().filter_map(|item| Some((form.to_owned(), self.message(item)?))).collect()
    }

    pub fn message(&mut self, value: &Value) -> Option<Message> {
        let Some(mut rest) = value.as_str() else { return self.wrong(value.span, "a text is due here") };
        let mut fragments = Vec::new();
        let mut text = String::new();
        while let Some(open) = rest.find('{') {
            text.push_str(&rest[..open]);
            rest = &rest[open + 1..];
            if let Some(behind) = rest.strip_prefix('{') {
                text.push('{');
                rest = behind;
                continue;
            }
            let Some(close) = rest.find('}') else {
                return self.wrong(value.span, "a hole is opened and not closed; `{{` is a brace");
            };
            if !text.is_empty() {
                fragments.push(Fragment::Text(std::mem::take(&mut text)));
            }
            fragments.push(self.hole(&rest[..close], value.span)?);
            rest = &rest[close + 1..];
        }
        text.push_str(rest);
        if !text.is_empty() {
            fragments.push(Fragment::Text(text));
        }
        Some(Message(fragments))
    }

    fn hole(&mut self, source: &str, span: Span) -> Option<Fragment> {
        const GIVEN: &[&str] =
            &["value", "key", "allowed", "found", "suggestion", "inside", "advice", "problem"];
        let (path, facet) = source.rsplit_once(':').unwrap_or((source, ""));
        if facet.is_empty() && path == "at" {
            return Some(Fragment::At);
        }
        if facet.is_empty() && GIVEN.contains(&path) {
            return Some(Fragment::Given(path.to_owned()));
        }
        if Path::parse(path).is_err() {
            let near = suggestion(source, GIVEN.iter().copied());
            if !near.is_empty() {
                return self.wrong(span, format!("nothing fills `{{{source}}}`{near}"));
            }
        }
        let path = self.path(path, span)?;
        match facet {
            "" => Some(Fragment::Value(path)),
            "name" => Some(Fragment::Name(path)),
            "resource" => Some(Fragment::Resource(path)),
            "reference" => Some(Fragment::Reference(path)),
            other => {
                let what = "there are `:name`, `:resource` and `:reference`";
                self.wrong(span, format!("`:{other}` is no facet of a hole; {what}"))
            }
        }
    }
}

fn first_link(links: Option<&Value>) -> String {
    let first = links.and_then(|links| links.as_list().map_or(Some(links), <[Value]>::first));
    first.and_then(Value::as_str).unwrap_or_default().to_owned()
}
