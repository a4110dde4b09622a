//! The rules that a run checks with: those that are built in, and those of a project.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::audit::audit;
use super::built_in::{built_in, sources};
use super::definition::Definition;
use super::mistake::Mistake;
use super::rule::Rule;
use super::{file, limits, page};
use crate::text::Source;

/// Names that no rule can have: `delint explain` knows them as pages.
pub const RESERVED: &[&str] = &["exceptions"];

/// The rules of a run. By default the built-in ones, which are read when they are first needed.
#[derive(Clone, Debug, Default)]
pub struct Set(Option<Arc<Project>>);

/// A rule file of a project.
#[derive(Clone, Debug)]
pub struct File {
    /// The name of the rule: that of the file, without what follows the first dot.
    pub name: String,
    pub source: Arc<Source>,
}

#[derive(Debug)]
struct Project {
    /// In the order of their names.
    own: Vec<Own>,
    /// The built-in rules whose place none of these takes.
    kept: OnceLock<Vec<&'static Rule>>,
}

/// A rule of a project.
#[derive(Debug)]
pub struct Own {
    pub rule: Rule,
    pub definition: Definition,
}

impl Set {
    /// The built-in rules and those of a project's files.
    ///
    /// # Errors
    /// Everything that is wrong in the files, in the order of the files and of the places in each.
    pub fn with(files: &[File]) -> Result<Self, Vec<Mistake>> {
        if files.is_empty() {
            return Ok(Self::default());
        }
        let mut files: Vec<&File> = files.iter().collect();
        files.sort_by(|one, other| (&one.name, one.source.id).cmp(&(&other.name, other.source.id)));
        let mut mistakes = names(&files);
        let known: BTreeSet<&str> =
            built_in_names().chain(files.iter().map(|file| file.name.as_str())).collect();
        let known: Vec<&str> = known.into_iter().collect();
        let mut own: Vec<Own> = Vec::with_capacity(files.len());
        for File { name, source } in files {
            match one(name, source, &known) {
                Ok(rule) => own.push(rule),
                Err(found) => mistakes.extend(found),
            }
        }
        mistakes.extend(too_many_nodes(&own));
        mistakes.extend(circles(&own));
        if mistakes.is_empty() {
            return Ok(Self(Some(Arc::new(Project { own, kept: OnceLock::new() }))));
        }
        mistakes.sort_by_key(|mistake| mistake.span);
        Err(mistakes)
    }

    /// All rules; nothing is said of their order.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> + Clone {
        let (all, project): (&[Rule], _) = match &self.0 {
            None => (built_in(), None),
            Some(project) => (&[], Some(project)),
        };
        let kept = project.into_iter().flat_map(|project| project.kept().iter().copied());
        all.iter().chain(kept).chain(self.own().iter().map(|own| &own.rule))
    }

    /// The names of all rules, each once. No rule is read for it.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        let is_new = |name: &&str| built_in_names().all(|known| known != *name);
        let own = self.own().iter().map(|own| own.rule.info.name.as_str());
        built_in_names().chain(own.filter(is_new))
    }

    /// The rule of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Rule> {
        self.iter().find(|rule| rule.info.name == name)
    }

    /// Whether there is a rule of a name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// The rules of the project, in the order of their names.
    #[must_use]
    pub fn own(&self) -> &[Own] {
        self.0.as_ref().map_or(&[], |project| &project.own)
    }

    /// The file of a rule.
    #[must_use]
    pub fn definition(&self, name: &str) -> Option<Definition> {
        let own = self.own().iter().find(|own| own.rule.info.name == name);
        own.map_or_else(|| Definition::built_in(name), |own| Some(own.definition.clone()))
    }

    /// The page of a rule, as Markdown.
    #[must_use]
    pub fn page(&self, name: &str) -> Option<String> {
        Some(page::page(self.get(name)?, &self.definition(name)?))
    }

    /// Whether a rule is one of the project that has no built-in rule's name.
    #[must_use]
    pub fn is_further(&self, name: &str) -> bool {
        self.is_own(name) && built_in_names().all(|known| known != name)
    }

    /// Whether the file of a rule is one of the project's.
    #[must_use]
    pub fn is_own(&self, name: &str) -> bool {
        self.own().iter().any(|own| own.rule.info.name == name)
    }
}

impl Project {
    fn kept(&self) -> &[&'static Rule] {
        self.kept.get_or_init(|| {
            let taken: BTreeSet<&str> = self.own.iter().map(|own| own.rule.info.name.as_str()).collect();
            built_in().iter().filter(|rule| !taken.contains(rule.info.name.as_str())).collect()
        })
    }
}

/// Reads a rule file, which a name comes with, as the only one of a project.
///
/// # Errors
/// Everything that is wrong in it, each at its place.
pub fn read(name: &str, source: &Arc<Source>) -> Result<Rule, Vec<Mistake>> {
    let known: Vec<&str> = built_in_names().chain([name]).collect();
    one(name, source, &known).map(|own| own.rule)
}

fn one(name: &str, source: &Arc<Source>, known: &[&str]) -> Result<Own, Vec<Mistake>> {
    let definition = Definition::read(name, source.clone())?;
    let (rule, mut mistakes) = match file::read(name, &definition.root, file::Page::FirstLink) {
        Ok(rule) => (Some(rule), Vec::new()),
        Err(mistakes) => (None, mistakes),
    };
    mistakes.extend(audit(name, &definition.root, known));
    match rule {
        Some(rule) if mistakes.is_empty() => Ok(Own { rule, definition }),
        _ => Err(placed(&definition, mistakes)),
    }
}

/// Mistakes in the order of their places, of several at one place the first. What is wrong with what was taken over
/// from another rule is told where that is named.
fn placed(definition: &Definition, mistakes: Vec<Mistake>) -> Vec<Mistake> {
    let place = |Mistake { span, message }| {
        let shown = definition.shown_at(span);
        let message = match definition.extends() {
            Some(base) if shown != span => {
                format!("together with what is taken over from `{base}`: {message}")
            }
            _ => message,
        };
        Mistake { span: shown, message }
    };
    let mut placed: Vec<Mistake> = mistakes.into_iter().map(place).collect();
    placed.sort_by_key(|mistake| mistake.span);
    placed.dedup_by(|one, other| one.span == other.span && one.message == other.message);
    placed.truncate(limits::MISTAKES);
    placed
}

fn built_in_names<'n>() -> impl Iterator<Item = &'n str> + Clone {
    sources().iter().map(|(name, _)| *name)
}

/// What is wrong with the names of files.
fn names(files: &[&File]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut seen: BTreeMap<&str, &File> = BTreeMap::new();
    for file in files.iter().copied() {
        let name = file.name.as_str();
        let mut wrong = |message: String| mistakes.push(Mistake { span: file.source.span_at(0, 0), message });
        if let Some(why) = name_refused(name) {
            wrong(format!("{why}; rename the file"));
        }
        if let Some(first) = seen.insert(name, file) {
            wrong(format!("there is a rule named `{name}` already, in {}", first.source.name));
        }
        let extends_it = || {
            let definition = Definition::read(name, file.source.clone());
            // What cannot be read says so by itself.
            definition.is_err() || definition.is_ok_and(|definition| definition.extends() == Some(name))
        };
        if built_in_names().any(|known| known == name) && !extends_it() {
            wrong(format!(
                "there is a built-in rule named `{name}`; write `extends: {name}` to take its place, or rename the file"
            ));
        }
    }
    mistakes
}

/// Why a rule cannot have a name; none if it can.
#[must_use]
pub fn name_refused(name: &str) -> Option<String> {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let is_kebab = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(is_word);
    if !is_kebab {
        let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let kebab = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
        let near = if kebab == name || name_refused(&kebab).is_some() {
            String::new()
        } else {
            format!(", such as `{kebab}`")
        };
        return Some(format!(
            "`{name}` is no name for a rule: it has small letters, with hyphens between words{near}"
        ));
    }
    RESERVED
        .contains(&name)
        .then(|| format!("`{name}` is no name for a rule: `delint explain {name}` is another page"))
}

/// More is checked in all files together than may be.
fn too_many_nodes(own: &[Own]) -> Option<Mistake> {
    let mut left = limits::ALL_NODES;
    own.iter().find_map(|own| match left.checked_sub(limits::checked_nodes(&own.definition.root)) {
        Some(rest) => {
            left = rest;
            None
        }
        None => Some(Mistake {
            span: own.definition.source.span_at(0, 0),
            message: format!(
                "all rule files together have more than {} mappings, lists and scalars that are checked",
                limits::ALL_NODES
            ),
        }),
    })
}

/// Rules that yield to each other in a circle: none of them would speak.
fn circles(own: &[Own]) -> Vec<Mistake> {
    let taken: BTreeSet<&str> = own.iter().map(|own| own.rule.info.name.as_str()).collect();
    let kept = built_in().iter().filter(|rule| !taken.contains(rule.info.name.as_str()));
    let mut yields: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for rule in own.iter().map(|own| &own.rule).chain(kept) {
        yields.insert(&rule.info.name, rule.yields_to.iter().map(String::as_str).collect());
    }
    // What yields to none of those that are left is in no circle, and neither is what none of them yields to.
    loop {
        let count = yields.len();
        let names: BTreeSet<&str> = yields.keys().copied().collect();
        yields.retain(|_, better| better.iter().any(|name| names.contains(name)));
        let wanted: BTreeSet<&str> = yields.values().flatten().copied().collect();
        yields.retain(|name, _| wanted.contains(name));
        if yields.len() == count {
            break;
        }
    }
    let mut mistakes = Vec::new();
    for own in own.iter().filter(|own| yields.contains_key(own.rule.info.name.as_str())) {
        let others = own.definition.root.get("yields_to");
        let items = others.map(|others| others.as_list().unwrap_or(std::slice::from_ref(others)));
        for item in items.unwrap_or_default() {
            if let Some(other) = item.as_str().filter(|other| yields.contains_key(other)) {
                let message = format!(
                    "rules yield to each other in a circle that `{other}` is in: none of them would speak"
                );
                mistakes.push(Mistake { span: own.definition.shown_at(item.span), message });
            }
        }
    }
    mistakes
}
