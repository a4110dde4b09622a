//! A rule file, read: what may be said in one, and what is wrong where it says something else.

use std::sync::Arc;

use super::rule::{
    Case, Check, Condition, Each, Fragment, Message, Nodes, Path, Pattern, ProblemKind, Quantifier, Report,
    Rule, Scalar, Schema, Test, Type,
};
use crate::diagnostic::{Effect, RuleInfo, Severity};
use crate::text::Span;
use crate::value::{Entry, Kind, Value};

/// Where a rule's page is; its name follows.
const PAGES: &str = "https://github.com/delint/delint/blob/main/docs/rules/";

/// A mistake in a rule file.
#[derive(Clone, Debug)]
pub struct Mistake {
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
}

/// Reads the rule of a name. A rule comes out only if nothing in it is wrong.
pub fn read(name: &str, file: &Value) -> Result<Rule, Vec<Mistake>> {
    let mut reader = Reader { mistakes: Vec::new() };
    let rule = reader.rule(name, file);
    match rule {
        Some(rule) if reader.mistakes.is_empty() => Ok(rule),
        _ => Err(reader.mistakes),
    }
}

struct Reader {
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn wrong<T>(&mut self, span: Span, message: impl Into<String>) -> Option<T> {
        self.mistakes.push(Mistake { span, message: message.into() });
        None
    }

    fn rule(&mut self, name: &str, file: &Value) -> Option<Rule> {
        let members = self.members(
            file,
            &[
                "summary",
                "severity",
                "effect",
                "why",
                "links",
                "forms",
                "yields_to",
                "each",
                "when",
                "require",
                "report",
                "cases",
                "check",
                "examples",
            ],
        )?;
        let find = |name: &str| members.iter().find(|entry| entry.key.name == name).map(|entry| &entry.value);
        let summary = self.text(file, "summary", find("summary"))?;
        let severity = self.severity(find("severity").unwrap_or(file))?;
        let effect = match find("effect") {
            Some(value) => Some(self.one_of(value, &Effect::ALL.map(|effect| (effect.as_str(), effect)))?),
            None => None,
        };
        let info =
            RuleInfo { name: name.to_owned(), summary, severity, effect, url: format!("{PAGES}{name}.md") };
        let info = Arc::new(info);
        let check = match find("check") {
            Some(check) => self.special(check, find("report").unwrap_or(file), &info)?,
            None => self.nodes(file, &info)?,
        };
        Some(Rule {
            info,
            forms: find("forms").map_or_else(Vec::new, |value| self.texts(value)),
            yields_to: find("yields_to").map_or_else(Vec::new, |value| self.texts(value)),
            check,
        })
    }

    /// The entries of a mapping, if all its keys are known.
    fn members<'v>(&mut self, value: &'v Value, known: &[&str]) -> Option<&'v [Entry]> {
        let Some(map) = value.as_map() else { return self.wrong(value.span, "a mapping is due here") };
        for entry in &map.entries {
            let name = entry.key.name.as_str();
            if !known.contains(&name) {
                let near =
                    nearest(name, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                self.wrong::<()>(entry.key.span, format!("unknown member `{name}`{near}"));
            }
        }
        Some(&map.entries)
    }

    fn text(&mut self, parent: &Value, name: &str, value: Option<&Value>) -> Option<String> {
        let Some(value) = value else { return self.wrong(parent.span, format!("`{name}` is missing")) };
        match value.as_str() {
            Some(text) => Some(text.to_owned()),
            None => self.wrong(value.span, format!("`{name}` must be a text")),
        }
    }

    fn texts(&mut self, value: &Value) -> Vec<String> {
        let items = value.as_list().unwrap_or(std::slice::from_ref(value));
        items.iter().filter_map(|item| self.text(item, "every item", Some(item))).collect()
    }

    fn severity(&mut self, value: &Value) -> Option<Severity> {
        self.one_of(value, &Severity::ALL.map(|severity| (severity.as_str(), severity)))
    }

    fn one_of<T: Copy>(&mut self, value: &Value, options: &[(&str, T)]) -> Option<T> {
        let found = value.as_str().and_then(|text| options.iter().find(|(name, _)| *name == text));
        match found {
            Some((_, option)) => Some(*option),
            None => {
                let names: Vec<&str> = options.iter().map(|(name, _)| *name).collect();
                self.wrong(value.span, format!("one of {} is due here", names.join(", ")))
            }
        }
    }

    fn path(&mut self, source: &str, span: Span) -> Option<Path> {
        match Path::parse(source) {
            Ok(path) => Some(path),
            Err(message) => self.wrong(span, format!("`{source}` is no path: {message}")),
        }
    }

    fn path_at(&mut self, value: &Value) -> Option<Path> {
        match value.as_str() {
            Some(source) => self.path(source, value.span),
            None => self.wrong(value.span, "a path is due here"),
        }
    }

    fn special(&mut self, check: &Value, report: &Value, info: &Arc<RuleInfo>) -> Option<Check> {
        let report = self.report(report, info)?;
        self.members(check, &["schema", "at", "problem", "unique"])?;
        if let Some(keywords) = check.get("schema") {
            let at = check.get("at").and_then(Value::as_str).map(str::to_owned);
            return Some(Check::Schema(Schema { keywords: self.texts(keywords), at, report }));
        }
        if let Some(problem) = check.get("problem") {
            let kinds = [("duplicate-key", ProblemKind::DuplicateKey), ("syntax-error", ProblemKind::Syntax)];
            return Some(Check::Problem(self.one_of(problem, &kinds)?, report));
        }
        match check.get("unique") {
            Some(path) => Some(Check::Unique(self.path_at(path)?, report)),
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
                let items = cases.as_list().unwrap_or_default();
                items.iter().filter_map(|case| self.case(case, info)).collect()
            }
            None => vec![self.case_of(file, Condition::ALWAYS, info)?],
        };
        if cases.is_empty() {
            return self.wrong(file.span, "`require`, `cases` or `check` is missing");
        }
        Some(Check::Nodes(Nodes { each, when, cases }))
    }

    fn case(&mut self, case: &Value, info: &Arc<RuleInfo>) -> Option<Case> {
        self.members(case, &["when", "require", "report"])?;
        let when = self.optional_condition(case.get("when"))?;
        self.case_of(case, when, info)
    }

    fn case_of(&mut self, case: &Value, when: Condition, info: &Arc<RuleInfo>) -> Option<Case> {
        let Some(require) = case.get("require") else { return self.wrong(case.span, "`require` is missing") };
        let Some(report) = case.get("report") else { return self.wrong(case.span, "`report` is missing") };
        Some(Case { when, require: self.condition(require)?, report: self.report(report, info)? })
    }

    fn optional_condition(&mut self, value: Option<&Value>) -> Option<Condition> {
        value.map_or(Some(Condition::ALWAYS), |value| self.condition(value))
    }

    fn condition(&mut self, value: &Value) -> Option<Condition> {
        let Some(map) = value.as_map() else {
            return self.wrong(value.span, "a condition is due here: a mapping from paths to tests");
        };
        let members: Vec<Condition> = map.entries.iter().filter_map(|entry| self.member(entry)).collect();
        Some(Condition::All(members))
    }

    fn member(&mut self, entry: &Entry) -> Option<Condition> {
        let group: fn(Vec<Condition>) -> Condition = match entry.key.name.as_str() {
            "all_of" => Condition::All,
            "any_of" => Condition::Any,
            "none_of" => Condition::None,
            "exactly_one_of" => Condition::ExactlyOne,
            "at_most_one_of" => Condition::AtMostOne,
            path => {
                let path = self.path(path, entry.key.span)?;
                return Some(Condition::Test(path, self.test(&entry.value)?));
            }
        };
        let Some(items) = entry.value.as_list() else {
            return self.wrong(entry.value.span, "a list of conditions is due here");
        };
        Some(group(items.iter().filter_map(|item| self.condition(item)).collect()))
    }

    fn test(&mut self, value: &Value) -> Option<Test> {
        match &value.kind {
            Kind::Map(map) => {
                let mut tests: Vec<Test> =
                    map.entries.iter().filter_map(|entry| self.predicate(entry)).collect();
                if tests.len() == 1 { tests.pop() } else { Some(Test::All(tests)) }
            }
            Kind::List(items) => {
                Some(Test::OneOf(items.iter().filter_map(|item| self.scalar(item)).collect()))
            }
            _ => match value.as_str() {
                Some("present") => Some(Test::Present),
                Some("absent") => Some(Test::Absent),
                Some("written") => Some(Test::Written),
                _ => Some(Test::OneOf(vec![self.scalar(value)?])),
            },
        }
    }

    fn scalar(&mut self, value: &Value) -> Option<Scalar> {
        match &value.kind {
            Kind::Null => Some(Scalar::Null),
            Kind::Bool(truth) => Some(Scalar::Bool(*truth)),
            Kind::Number(number) => Some(Scalar::Number(number.clone())),
            Kind::Text(text) => text.as_str().map(|text| Scalar::Text(text.to_owned())),
            _ => self.wrong(value.span, "a scalar is due here"),
        }
    }

    fn predicate(&mut self, entry: &Entry) -> Option<Test> {
        let value = &entry.value;
        let text = |reader: &mut Self| reader.text(value, &entry.key.name, Some(value));
        Some(match entry.key.name.as_str() {
            "not" => Test::Not(Box::new(self.test(value)?)),
            "starts_with" => Test::StartsWith(text(self)?),
            "ends_with" => Test::EndsWith(text(self)?),
            "contains" => Test::Contains(text(self)?),
            "matches" => {
                let source = text(self)?;
                Test::Matches(self.pattern(&source, value.span)?)
            }
            "characters" => {
                let class = text(self)?;
                Test::Characters(self.pattern(&format!("^{class}$"), value.span)?)
            }
            "min" => Test::Min(self.number(value)?),
            "max" => Test::Max(self.number(value)?),
            "type" => Test::Type(self.one_of(value, &Type::ALL)?),
            "same_as" => Test::SameAs(self.path_at(value)?),
            "differs_from" => Test::DiffersFrom(self.path_at(value)?),
            "unique_by" => Test::UniqueBy(self.path_at(value)?),
            "all" => Test::Items(Quantifier::All, Box::new(self.condition(value)?)),
            "any" => Test::Items(Quantifier::Any, Box::new(self.condition(value)?)),
            "none" => Test::Items(Quantifier::None, Box::new(self.condition(value)?)),
            "count" => {
                self.members(value, &["of", "min", "max"])?;
                let of = Box::new(self.optional_condition(value.get("of"))?);
                let bound = |reader: &mut Self, name: &str, otherwise: usize| {
                    value.get(name).map_or(Some(otherwise), |value| reader.number(value))
                };
                Test::Count { of, min: bound(self, "min", 0)?, max: bound(self, "max", usize::MAX)? }
            }
            other => return self.wrong(entry.key.span, format!("`{other}` is no test")),
        })
    }

    fn pattern(&mut self, source: &str, span: Span) -> Option<Pattern> {
        let pattern = Pattern::new(source);
        // Compiling is slow; what ships is compiled in a test.
        if span.source == super::BUILT_IN {
            return Some(pattern);
        }
        match pattern.check() {
            Ok(()) => Some(pattern),
            Err(error) => self.wrong(span, format!("this is no regular expression: {error}")),
        }
    }

    fn number(&mut self, value: &Value) -> Option<usize> {
        let number = match &value.kind {
            Kind::Number(number) => number.parse().ok(),
            _ => None,
        };
        number.or_else(|| self.wrong(value.span, "a number is due here, 0 or more"))
    }

    fn report(&mut self, value: &Value, info: &Arc<RuleInfo>) -> Option<Report> {
        self.members(value, &["at", "about", "severity", "message", "note", "help", "also"])?;
        let Some(message) = value.get("message") else {
            return self.wrong(value.span, "`message` is missing");
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
        let also = value.get("also").and_then(Value::as_list).unwrap_or_default();
        let also = also.iter().filter_map(|label| {
            let at = self.path_at(label.get("at").unwrap_or(label))?;
            Some((at, self.message(label.get("note").unwrap_or(label))?))
        });
        let also = also.collect();
        Some(Report { info, at, about, message: self.message(message)?, note, help, also })
    }

    fn help(&mut self, value: &Value) -> Vec<(String, Message)> {
        let Some(map) = value.as_map() else { return self.helps("any", value) };
        map.entries.iter().flat_map(|entry| self.helps(&entry.key.name, &entry.value)).collect()
    }

    fn helps(&mut self, form: &str, value: &Value) -> Vec<(String, Message)> {
        let items = value.as_list().unwrap_or(std::slice::from_ref(value));
        items.iter().filter_map(|item| Some((form.to_owned(), self.message(item)?))).collect()
    }

    fn message(&mut self, value: &Value) -> Option<Message> {
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
        let path = self.path(path, span)?;
        match facet {
            "" => Some(Fragment::Value(path)),
            "name" => Some(Fragment::Name(path)),
            "resource" => Some(Fragment::Resource(path)),
            other => self
                .wrong(span, format!("`:{other}` is no facet of a hole; there are `:name` and `:resource`")),
        }
    }
}

/// The known word that a word was probably meant to be.
fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let distance = |candidate: &&&str| strsim::damerau_levenshtein(word, candidate);
    known.iter().min_by_key(distance).filter(|candidate| distance(candidate) <= 2).copied()
}
