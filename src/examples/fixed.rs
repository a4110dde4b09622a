//! What an example says that it becomes, and whether the fix of its rule makes that of it.

use std::sync::Arc;

use crate::diagnostic::Report;
use crate::engine::fix::settle;
use crate::engine::{self, Reading, Settings};
use crate::rules::rule::Rule;
use crate::rules::same::difference;
use crate::spec::{Resource, pointer_name};
use crate::text::{Source, SourceId, Span};
use crate::value::{Entry, Key, Kind, Map, Value};

use super::canonical::place;
use super::wrap::{Wrapped, in_every_form};

/// The word for a place where nothing is any more.
const ABSENT: &str = "absent";

/// What an example becomes.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// Where the file begins to say it.
    pub span: Span,
    /// The whole file, or a mapping of places to what is there then.
    pub becomes: Value,
}

impl Fixed {
    /// What an example is then in each way that it is written in; none where it cannot be said in that way.
    #[must_use]
    pub fn in_forms(
        &self,
        configuration: &Value,
        with: Option<&Value>,
        written: &[Wrapped],
    ) -> Vec<Option<String>> {
        if let Some(text) = self.becomes.as_str() {
            return vec![Some(text.to_owned()); written.len()];
        }
        let mut changed = (configuration.clone(), with.cloned());
        let mut becoming = match self.put_all(&mut changed) {
            Some(()) => in_every_form(&changed.0, changed.1.as_ref()),
            None => Vec::new(),
        };
        let mut same_way = |way: &Wrapped| {
            let index = becoming.iter().position(|other| other.name == way.name)?;
            Some(becoming.remove(index).text)
        };
        written.iter().map(&mut same_way).collect()
    }

    /// Writes what is said at each place; what goes, goes from the last place to the first. None where a place is none.
    fn put_all(&self, example: &mut (Value, Option<Value>)) -> Option<()> {
        let entries = &self.becomes.as_map()?.entries;
        let goes = |entry: &&Entry| entry.value.as_str() == Some(ABSENT);
        for Entry { key, value } in entries.iter().filter(|entry| !goes(entry)) {
            let (root, steps) = root_of(example, &key.name)?;
            put(root, &steps, value)?;
        }
        for Entry { key, .. } in entries.iter().rev().filter(goes) {
            let (root, steps) = root_of(example, &key.name)?;
            remove(root, &steps)?;
        }
        Some(())
    }
}

/// What a place lies in, and the steps from there: `Pool->UserPoolTier` is a member of a neighbour.
fn root_of<'e, 'p>(
    (configuration, with): &'e mut (Value, Option<Value>),
    place: &'p str,
) -> Option<(&'e mut Value, Vec<&'p str>)> {
    let (root, path) = match place.split_once("->") {
        Some((neighbour, path)) => (child(with.as_mut()?, neighbour)?, path),
        None => (configuration, place),
    };
    Some((root, path.split('/').collect()))
}

fn child<'v>(value: &'v mut Value, step: &str) -> Option<&'v mut Value> {
    match &mut value.kind {
        Kind::Map(map) => {
            let name = pointer_name(step);
            map.entries.iter_mut().rev().find(|entry| entry.key.name == name).map(|entry| &mut entry.value)
        }
        Kind::List(items) => items.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    }
}

fn put(value: &mut Value, steps: &[&str], new: &Value) -> Option<()> {
    let [step, rest @ ..] = steps else {
        *value = new.clone();
        return Some(());
    };
    if child(value, step).is_none() {
        let span = new.span;
        let Kind::Map(map) = &mut value.kind else { return None };
        let key = Key { name: pointer_name(step).into_owned(), span };
        map.entries.push(Entry { key, value: Value::new(span, Kind::Map(Map::default())) });
    }
    put(child(value, step)?, rest, new)
}

fn remove(value: &mut Value, steps: &[&str]) -> Option<()> {
    match steps {
        [] => None,
        [last] => match &mut value.kind {
            Kind::Map(map) => {
                let before = map.entries.len();
                map.entries.retain(|entry| entry.key.name != pointer_name(last));
                (map.entries.len() < before).then_some(())
            }
            Kind::List(items) => {
                let index = last.parse::<usize>().ok().filter(|index| *index < items.len())?;
                items.remove(index);
                Some(())
            }
            _ => None,
        },
        [step, rest @ ..] => remove(child(value, step)?, rest),
    }
}

/// What the fixes of a rule make of a text, and what of that is not as expected, as a sentence without a full stop.
/// None where the rule has no fix for what the text is, or has none that could be said there.
#[must_use]
pub fn wrong(
    rule: &Rule,
    text: &str,
    expected: Option<&str>,
    is_file: bool,
    settings: &Settings,
) -> Option<Result<(), String>> {
    let reading = read(text);
    let resources = engine::resources(&[&reading]).concat();
    let is_due = |resource: &Resource| {
        !resource.is_configuration() || rule.fixes().any(|fix| fix.is_for(resource.origin))
    };
    if !resources.iter().all(is_due) {
        return None;
    }
    let own = |name: &str| name == rule.info.name;
    let check = |readings: &[&Reading]| engine::check_these(readings, 1, settings);
    let settled = settle(&[&reading], check, |found| found.fix.is_some() && own(&found.rule.name));
    match (settled.changed.is_empty(), expected) {
        (true, None) => return None,
        (true, Some(_)) => {
            return Some(Err("`fixed` says what it becomes, and no fix is offered".to_owned()));
        }
        (false, None) => {
            return Some(Err("a fix is offered, and what `fixed` says cannot be written there".to_owned()));
        }
        (false, Some(_)) => {}
    }
    // What has no fix is still there.
    let count = |report: &Report| report.diagnostics.iter().filter(|found| own(&found.rule.name)).count();
    let fixed: usize = settled.changed.values().map(|changed| changed.fixed).sum();
    if count(&settled.report) + fixed > settled.before.as_ref().map_or(0, count) {
        return Some(Err(format!("`{}` still speaks after the fix", rule.info.name)));
    }
    let after = settled.changed.into_values().next()?.now;
    let expected = expected?;
    if !is_file {
        return Some(compared(&resources_of(&after), &resources_of(&read(expected))));
    }
    Some(match first_line(&after.source.text, expected) {
        None => Ok(()),
        Some((made, said)) => Err(format!("the fix writes `{made}`, and not `{said}`")),
    })
}

fn read(text: &str) -> Reading {
    engine::read(&Arc::new(Source::new(SourceId(0), "example", text)))
}

fn resources_of(reading: &Reading) -> Vec<Resource> {
    let mut resources = engine::resources(&[reading]).concat();
    resources.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
    resources
}

/// The first line that is another one.
fn first_line<'t>(made: &'t str, said: &'t str) -> Option<(&'t str, &'t str)> {
    let (mut one, mut other) = (made.split('\n'), said.split('\n'));
    loop {
        match (one.next(), other.next()) {
            (None, None) => return None,
            (made, said) if made == said => {}
            (made, said) => return Some((made.unwrap_or_default(), said.unwrap_or_default())),
        }
    }
}

fn compared(made: &[Resource], said: &[Resource]) -> Result<(), String> {
    if made.len() != said.len() {
        return Err(format!("the fix leaves {} resources, and not {}", made.len(), said.len()));
    }
    for (made, said) in made.iter().zip(said) {
        if let Some(pointer) = difference(&made.properties, &said.properties) {
            let place = place(made.label.as_deref(), &pointer);
            return Err(format!("the fix makes something else of {place} than `fixed` says"));
        }
    }
    Ok(())
}
