//! `Fn::FindInMap`: what a mapping holds, for each value that decides between its keys.

use std::sync::Arc;

use super::function::function;
use super::parameters::Parameters;
use super::variables::literal;
use crate::guard::{Guard, Named};
use crate::value::{Entry, Kind, Value};

/// What the arguments can lead to, and when; of several that apply, the first counts. None if not even that is known.
pub fn find<'v>(parameters: &Parameters<'v>, arguments: &'v Value) -> Option<Vec<(Guard, &'v Value)>> {
    let [name, first, second, options @ ..] = arguments.as_list()? else { return None };
    let name = name.as_str()?;
    let mapping = parameters.template.mapping(name)?;
    let mut found = Vec::new();
    for (outer_guard, outer) in keys(parameters, mapping, first)? {
        for (inner_guard, value) in keys(parameters, outer, second)? {
            // CloudFormation allows no functions in a mapping; one could lead back here.
            if holds_function(value) {
                return None;
            }
            found.push((Guard::All(vec![outer_guard.clone(), inner_guard]), value));
        }
    }
    if let Some(default) = options.first().and_then(|options| options.get("DefaultValue")) {
        let guards: Vec<Guard> = found.iter().map(|(guard, _)| guard.clone()).collect();
        let guard = if guards.is_empty() { Guard::Always } else { no_key(name, guards) };
        found.push((guard, default));
    }
    Some(found)
}

fn holds_function(value: &Value) -> bool {
    match &value.kind {
        Kind::Map(map) => {
            function(value).is_some() || map.entries.iter().any(|entry| holds_function(&entry.value))
        }
        Kind::List(items) => items.iter().any(holds_function),
        Kind::Tagged(_) => true,
        _ => false,
    }
}

fn no_key(mapping: &str, keys: Vec<Guard>) -> Guard {
    Guard::Named(Arc::new(Named {
        subject: format!("mapping `{mapping}`").into(),
        when_true: format!("where mapping `{mapping}` lacks the key").into(),
        when_false: format!("where mapping `{mapping}` has the key").into(),
        guard: Guard::Not(Box::new(Guard::Any(keys))),
    }))
}

/// The members of a mapping that a key can name, and when it does. None if the key is neither text nor parameter.
fn keys<'v>(
    parameters: &Parameters<'v>,
    mapping: &'v Value,
    key: &'v Value,
) -> Option<Vec<(Guard, &'v Value)>> {
    if let Some(text) = literal(key) {
        return Some(mapping.get(text).map(|value| (Guard::Always, value)).into_iter().collect());
    }
    let (_, name) = function(key).filter(|(function, _)| *function == "Ref")?;
    let name = name.as_str()?;
    let parameter = parameters.get(name)?;
    let entry = |entry: &'v Entry| {
        let key = &entry.key.name;
        let guard = match parameter.is(key) {
            Guard::Never => return None,
            guard => guard,
        };
        let guard = Guard::Named(Arc::new(Named {
            subject: format!("key `{name}`").into(),
            when_true: format!("when `{name}` is `{key}`").into(),
            when_false: format!("when `{name}` is not `{key}`").into(),
            guard,
        }));
        Some((guard, &entry.value))
    };
    Some(mapping.as_map()?.entries.iter().filter_map(entry).collect())
}
