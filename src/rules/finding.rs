//! What a rule found, before it is told in the user's words.

use std::sync::Arc;

use super::action::{Action, action, added};
use super::condition::Evidence;
use super::found::{Found, Node, Site};
use super::lookup::Context;
use super::path::{Path, Step};
use super::rule::{Change, Check, Fix, Fragment, Message, ProblemKind, Report, Rule};
use super::tree::Tree;
use crate::diagnostic::{RuleInfo, Safety};
use crate::forms::refer::Target;
use crate::schema::Violation;
use crate::spec::{Origin, Resource};
use crate::text::Span;
use crate::value::Kind;

/// A finding. Its texts may hold places whose source is still to be read.
#[derive(Clone, Debug)]
pub struct Finding<'r> {
    pub info: Arc<RuleInfo>,
    /// Rules that explain the value better.
    pub yields_to: &'r [String],
    /// The resource it lies in, as [`crate::spec::Resource`] labels it.
    pub resource: Option<String>,
    pub pointer: String,
    pub span: Span,
    /// The whole value that it speaks of, and its place: what `yields_to` compares.
    pub about: (Span, String),
    pub note: Option<Said>,
    pub labels: Vec<(Span, Said)>,
    pub message: Said,
    pub help: Option<Said>,
    /// The first that can be made is offered.
    pub fixes: Vec<Planned>,
    /// Whether it is about what is there and what is not, and not about a value.
    pub on_presence: bool,
    /// When it holds; always, if empty.
    pub when: Vec<Arc<str>>,
}

/// A fix that is still to be made of the text, and to be tried.
#[derive(Clone, Debug)]
pub struct Planned {
    pub safety: Safety,
    /// None if what it writes says it.
    pub title: Option<Said>,
    pub action: Action,
}

/// A text, with places whose source belongs into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Said(pub Vec<Word>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    Text(String),
    /// What is written at a place, or another text where that is too long to quote.
    Source {
        span: Span,
        otherwise: String,
    },
    /// A reference, as it is spelled in the file of this place.
    Reference {
        at: Span,
        to: Target,
    },
}

impl Said {
    pub fn text(text: impl Into<String>) -> Self {
        Self(vec![Word::Text(text.into())])
    }
}

impl Finding<'_> {
    /// The finding without its ties to the rule that made it.
    #[must_use]
    pub fn into_owned(self) -> Finding<'static> {
        Finding { yields_to: &[], ..self }
    }
}

/// Makes findings of a rule at a site.
#[derive(Debug)]
pub struct Teller<'a, 'c> {
    pub context: &'c Context<'a, 'c>,
    pub site: &'c Site<'a>,
    pub rule: &'a Rule,
    pub report: &'a Report,
}

impl<'a> Teller<'a, '_> {
    pub fn finding(&self, evidence: Evidence<'a>) -> Finding<'a> {
        let on_presence = evidence.on_key || !evidence.found.place.written;
        let (found, focus, on_key) = match &self.report.at {
            Some(path) => (self.context.lookup(self.site, path), None, path.key),
            None => (evidence.found, evidence.focus, evidence.on_key),
        };
        let place = found.place.clone();
        // What `{at}` is: the part that is underlined, or the value that stands there.
        let at = match (focus, place.key) {
            (_, Some(span)) if on_key => Word::Source { span, otherwise: "this".to_owned() },
            (Some(span), _) => Word::Source { span, otherwise: "this".to_owned() },
            (None, _) => self.value(&found),
        };
        let about = match &self.report.about {
            Some(path) => self.context.lookup(self.site, path).place,
            None => place.clone(),
        };
        let about = (about.value, about.full_pointer());
        let span = match place.key {
            _ if !place.written => place.anchor,
            Some(key) if on_key => key,
            // An item of a list has no key; what introduces it is its first word.
            None if on_key => place.anchor,
            _ => focus.unwrap_or(place.span),
        };
        let mut labels: Vec<(Span, Said)> = Vec::new();
        if let Some(first) = evidence.first {
            labels.push((first, Said::text("first here")));
        }
        for (path, note) in &self.report.also {
            let other = self.context.lookup(self.site, path).place;
            let span = if path.key { other.key.unwrap_or(other.span) } else { other.span };
            if other.written {
                labels.push((span, self.say(note, &at)));
            }
        }
        // What is used where it is written, as an argument of a function, needs no second place.
        if let Some(used_at) = place.used_at.filter(|used_at| place.written && !used_at.overlaps(span)) {
            labels.push((used_at, Said::text("used here")));
        }
        labels.retain(|(label, _)| *label != span);
        let origin = self.context.configuration.origin;
        let help = self.report.help_for(origin.form).find(|help| self.can_say(help));
        let help = help.map(|help| self.say(help, &at));
        let fixes = self.report.fixes.iter().filter(|fix| fix.is_for(origin)).filter_map(|fix| {
            let title = fix.title.as_ref().map(|title| self.say(title, &at));
            let (title, action) = match &fix.change {
                Change::Refer(path) => (title, self.referring(path)?),
                change => {
                    let action = action(change, &found, |fragment| self.fill(fragment))?;
                    (Some(title.or_else(|| help.clone())?), action)
                }
            };
            Some(Planned { safety: fix.safety, title, action })
        });
        let fixes = fixes.collect();
        Finding {
            info: self.report.info.as_ref().unwrap_or(&self.rule.info).clone(),
            yields_to: &self.rule.yields_to,
            resource: place.resource.label.clone(),
            pointer: place.pointer(),
            span,
            about,
            note: self.report.note.as_ref().map(|note| self.say(note, &at)),
            labels,
            message: self.say(&self.report.message, &at),
            help,
            fixes,
            on_presence,
            when: Vec::new(),
        }
    }

    fn say(&self, message: &'a Message, at: &Word) -> Said {
        let word = |fragment: &'a Fragment| match fragment {
            Fragment::Text(text) => Word::Text(text.clone()),
            Fragment::Value(path) => self.value(&self.context.lookup(self.site, path)),
            Fragment::Name(path) => self.name(path),
            Fragment::Resource(path) => Word::Text(self.resource(path)),
            Fragment::Reference(path) => match self.target(path) {
                Some(to) => Word::Reference { at: self.site.anchor, to },
                None => Word::Text("a reference".to_owned()),
            },
            Fragment::At | Fragment::Given(_) => at.clone(),
        };
        Said(message.0.iter().map(word).collect())
    }

    /// A part of a text; none where it is not known.
    fn fill(&self, fragment: &'a Fragment) -> Option<String> {
        match fragment {
            Fragment::Text(text) => Some(text.clone()),
            Fragment::Value(path) => {
                self.context.lookup(self.site, path).string(self.context.world)?.literal()
            }
            Fragment::Resource(path) => self.named(path),
            _ => None,
        }
    }

    fn value(&self, found: &Found<'a>) -> Word {
        let world = self.context.world;
        let quoted = |otherwise: String| Word::Source { span: found.place.span, otherwise };
        if let Some(text) = found.string(world) {
            return match text.literal() {
                Some(literal) if literal.is_empty() => Word::Text("\"\"".to_owned()),
                Some(literal) => Word::Text(shortened(literal)),
                None => quoted(text.shown()),
            };
        }
        match &found.node {
            Node::Missing => Word::Text("nothing".to_owned()),
            Node::Unknown(_) | Node::Text(_) => quoted("an expression".to_owned()),
            Node::Value(value) => match &value.kind {
                Kind::Bool(truth) => Word::Text(truth.to_string()),
                Kind::Number(number) => Word::Text(number.clone()),
                _ => Word::Text(value.type_name().to_owned()),
            },
        }
    }

    /// The key at a path as it is written, or else as the form of its resource calls it.
    fn name(&self, path: &'a Path) -> Word {
        let found = self.context.lookup(self.site, path);
        let canonical = path.steps.iter().rev().find_map(|step| match step {
            Step::Member(name) => Some(name.as_str()),
            _ => None,
        });
        let of_site = self.site.pointer.rsplit('/').find(|step| !step.chars().all(|c| c.is_ascii_digit()));
        let spelling = found.place.resource.origin.spelling;
        let otherwise =
            canonical.or(of_site).map_or("the value".into(), |name| spelling.of(name)).into_owned();
        match found.place.key.filter(|_| found.place.written) {
            Some(span) => Word::Source { span, otherwise },
            None => Word::Text(otherwise),
        }
    }
}

/// A text that is quoted in a sentence: not all of it, where it is long.
fn shortened(text: String) -> String {
    const MAX: usize = 120;
    match text.char_indices().nth(MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// A finding of a rule that checks the schema.
pub fn of_violation<'r>(
    rule: &'r Rule,
    report: &'r Report,
    violation: &Violation,
    configuration: &Resource,
) -> Finding<'r> {
    let Origin { form, spelling, .. } = configuration.origin;
    let given = |name: &str| match name {
        "value" | "found" => Some(violation.found.clone()),
        "key" => Some(violation.called.clone()),
        "allowed" => Some(violation.allowed.clone()).filter(|allowed| !allowed.is_empty()),
        "suggestion" => violation.suggestion.clone(),
        "inside" => violation.inside.clone(),
        "advice" => violation.advice.clone(),
        _ => None,
    };
    let say = |message: &Message| {
        let word = |fragment: &Fragment| match fragment {
            Fragment::Text(text) => Some(Word::Text(text.clone())),
            Fragment::Given(name) => given(name).map(Word::Text),
            Fragment::Name(_) => Some(Word::Text(spelling.of(&violation.member).into_owned())),
            _ => Some(Word::Source { span: violation.span, otherwise: violation.found.clone() }),
        };
        message.0.iter().map(word).collect::<Option<Vec<Word>>>().map(Said)
    };
    let used_at = violation.used_at.filter(|place| *place != violation.span);
    let help = report.help_for(form).find_map(say);
    let fill = |message: &Message| {
        let word = |fragment: &Fragment| match fragment {
            Fragment::Text(text) => Some(text.clone()),
            Fragment::Given(name) => given(name),
            _ => None,
        };
        message.0.iter().map(word).collect::<Option<String>>()
    };
    let fixes = report.fixes.iter().filter(|fix| used_at.is_none() && fix.is_for(configuration.origin));
    let fixes = fixes.filter_map(|fix| {
        let title = fix.title.as_ref().and_then(say).or_else(|| help.clone())?;
        Some(Planned {
            safety: fix.safety,
            title: Some(title),
            action: of_change(&fix.change, violation, configuration, fill)?,
        })
    });
    Finding {
        info: report.info.as_ref().unwrap_or(&rule.info).clone(),
        yields_to: &rule.yields_to,
        resource: configuration.label.clone(),
        pointer: violation.pointer.clone(),
        span: violation.span,
        about: (violation.value, violation.pointer.clone()),
        note: report.note.as_ref().and_then(say),
        labels: used_at.map(|place| (place, Said::text("used here"))).into_iter().collect(),
        message: say(&report.message).unwrap_or_default(),
        fixes: fixes.collect(),
        help,
        on_presence: violation.keyword == "required",
        when: violation.when.clone(),
    }
}

/// What a change does where the schema is broken.
fn of_change(
    change: &Change,
    violation: &Violation,
    configuration: &Resource,
    fill: impl Fn(&Message) -> Option<String>,
) -> Option<Action> {
    match change {
        Change::Set(text) => Some(Action::Set { scalar: violation.value, text: fill(text)? }),
        Change::Rename(name) => Some(Action::Rename { key: violation.span, name: fill(name)? }),
        Change::Add { members, value } if members.first() == Some(&violation.member) => {
            let (mapping, _) = violation.pointer.rsplit_once('/')?;
            added(Tree { resource: configuration, near: violation.span }, mapping, members, fill(value)?)
        }
        _ => None,
    }
}

impl Fix {
    /// Whether it is of use: not in what is made from something else than this file.
    #[must_use]
    pub fn is_for(&self, origin: Origin) -> bool {
        let is_source = origin.applied && !origin.derived;
        is_source && (self.forms.is_empty() || self.forms.iter().any(|form| form == origin.form))
    }
}

/// A finding about the text of a file itself.
#[must_use]
pub fn of_problem<'r>(
    rule: &'r Rule,
    report: &'r Report,
    span: Span,
    what: &str,
    first: Option<Span>,
) -> Finding<'r> {
    let say = |message: &Message| {
        let word = |fragment: &Fragment| match fragment {
            Fragment::Text(text) => Word::Text(text.clone()),
            _ => Word::Text(what.to_owned()),
        };
        Said(message.0.iter().map(word).collect())
    };
    let fixes = report.fixes.iter().filter_map(|fix| {
        let title = fix.title.as_ref().map(say).or_else(|| report.help_for("any").map(say).next())?;
        let is_name = matches!(rule.check, Check::Problem(ProblemKind::UnusedSuppression, _));
        let action = matches!(fix.change, Change::Remove).then_some(Action::Strike { name: span });
        Some(Planned { safety: fix.safety, title: Some(title), action: action.filter(|_| is_name)? })
    });
    Finding {
        info: rule.info.clone(),
        yields_to: &rule.yields_to,
        resource: None,
        pointer: String::new(),
        span,
        about: (span, String::new()),
        note: report.note.as_ref().map(say),
        labels: first.map(|first| (first, Said::text("first written here"))).into_iter().collect(),
        message: say(&report.message),
        help: report.help_for("any").map(say).next(),
        fixes: fixes.collect(),
        on_presence: false,
        when: Vec::new(),
    }
}
