//! Functions, as far as their result is certain.

use std::collections::HashSet;

use super::collections::{MISSING, may_vanish, pairs};
use super::text::{self, is_open, scalar};
use crate::forms::texts::{self, push_value};
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Alternative, Choice, Entry, Key, Kind, Map, Part, Text, Value};

/// What a function yields.
pub fn call(name: &str, mut arguments: Vec<Value>, spread: bool, span: Span) -> Value {
    let unknown = || Value::unknown(span, format!("what `{name}` yields"));
    if spread {
        match arguments.pop().map(|last| last.kind) {
            Some(Kind::List(items)) if !items.iter().any(may_vanish) => arguments.extend(items),
            _ => return unknown(),
        }
    }
    if let Some(choice) = decided_first(name, &arguments, span) {
        return choice;
    }
    let known = match (name, arguments.as_slice()) {
        ("format", [format, rest @ ..]) => formatted(format, rest, span),
        ("join", [separator, rest @ ..]) => joined(separator, rest, span),
        ("concat", lists) => concat(lists, span),
        ("coalesce" | "try", options) if !are_too_many(options) => first_certain(options, name == "coalesce"),
        (
            "tostring" | "tolist" | "toset" | "tomap" | "tonumber" | "tobool" | "nonsensitive" | "sensitive",
            [value],
        ) => converted(name, value),
        ("trimsuffix", [value, suffix]) => {
            let suffix = suffix.as_str();
            over(value, &|value| of_text(value, span, |text| text::trim_suffix(text, suffix?)))
        }
        ("replace", [value, wanted, by]) => {
            let (wanted, by) = (wanted.as_str().filter(|wanted| !wanted.starts_with('/')), by.as_str());
            over(value, &|value| of_text(value, span, |text| text::replace(text, wanted?, by?)))
        }
        ("lower", [value]) => over(value, &|value| cased(value, &str::to_lowercase)),
        ("upper", [value]) => over(value, &|value| cased(value, &str::to_uppercase)),
        ("trimspace", [value]) => over(value, &|value| cased(value, &|text| text.trim().to_owned())),
        ("trimprefix", [value, prefix]) => {
            let prefix = prefix.as_str();
            over(value, &|value| {
                cased(value, &|text| text.strip_prefix(prefix.unwrap_or_default()).unwrap_or(text).to_owned())
            })
            .filter(|_| prefix.is_some())
        }
        ("element", [list, index]) => element(list, index),
        ("one", [list]) => match &list.kind {
            Kind::List(items) => match items.as_slice() {
                [] => Some(Value::new(span, Kind::Null)),
                [only] => Some(null_if_absent(only)),
                _ => None,
            },
            _ => None,
        },
        ("lookup", [map, key, rest @ ..]) => lookup(map, key, rest.first()),
        ("merge", maps) => merged(maps, span),
        ("keys", [map]) => pairs(map)
            .map(|pairs| Value::new(span, Kind::List(pairs.into_iter().map(|(key, _)| key).collect()))),
        ("values", [map]) => pairs(map)
            .map(|pairs| Value::new(span, Kind::List(pairs.into_iter().map(|(_, value)| value).collect()))),
        ("length", [list]) => {
            pairs(list).map(|pairs| Value::new(span, Kind::Number(pairs.len().to_string())))
        }
        ("compact", [list]) => compact(list, span),
        ("flatten", [list]) => flattened(list).map(|items| Value::new(span, Kind::List(items))),
        // A document is as good as its text: what needs the text does not know it.
        ("jsonencode", [value]) => Some(value.clone()),
        ("jsondecode", [value]) if value.as_map().is_some() => Some(value.clone()),
        ("split", [separator, text]) => split(separator, text, span),
        _ => None,
    };
    known.map_or_else(unknown, |value| Value { used_at: value.used_at.or(Some(span)), ..value })
}

/// How many alternatives the arguments of one call may have together.
const MAX_ALTERNATIVES: usize = 32;

/// Whether values have more alternatives together than are told apart.
fn are_too_many(values: &[Value]) -> bool {
    values
        .iter()
        .try_fold(1_usize, |all, value| all.checked_mul(text::leaves(value)))
        .is_none_or(|all| all > MAX_ALTERNATIVES)
}

/// What a function of a collection yields for each alternative of its arguments, if one has such.
fn decided_first(name: &str, arguments: &[Value], span: Span) -> Option<Value> {
    let is_of_collections = matches!(
        name,
        "concat" | "merge" | "lookup" | "keys" | "values" | "length" | "compact" | "element" | "flatten"
    );
    if !is_of_collections || are_too_many(arguments) {
        return None;
    }
    let (index, choice) = arguments.iter().enumerate().find_map(|(index, value)| match &value.kind {
        Kind::Choice(choice) => Some((index, choice)),
        _ => None,
    })?;
    let alternative = |alternative: &Alternative| {
        let mut arguments = arguments.to_vec();
        arguments[index] = alternative.value.clone();
        Alternative { guard: alternative.guard.clone(), value: call(name, arguments, false, span) }
    };
    let alternatives = choice.alternatives.iter().map(alternative).collect();
    Some(Value::new(span, Kind::Choice(Choice { alternatives })))
}

/// What a function yields for each alternative of an argument.
fn over(value: &Value, call: &dyn Fn(&Value) -> Option<Value>) -> Option<Value> {
    let Kind::Choice(choice) = &value.kind else { return call(value) };
    let alternative = |alternative: &Alternative| {
        Some(Alternative {
            guard: alternative.guard.clone(),
            value: over(&alternative.value, call)
                .unwrap_or_else(|| Value::unknown(value.span, "what a function yields")),
        })
    };
    let alternatives = choice.alternatives.iter().map(alternative).collect::<Option<_>>()?;
    Some(Value::new(value.span, Kind::Choice(Choice { alternatives })))
}

fn of_text(value: &Value, span: Span, change: impl Fn(&Text) -> Option<Text>) -> Option<Value> {
    let Kind::Text(written) = &value.kind else { return None };
    change(written).map(|text| text::of_parts(text.parts, span))
}

fn cased(value: &Value, change: &dyn Fn(&str) -> String) -> Option<Value> {
    let text = value.as_str()?;
    let changed = change(text);
    if changed == text {
        return Some(value.clone());
    }
    let literal = Literal::opaque(changed, value.span);
    Some(Value::new(value.span, Kind::Text(Text::literal(literal))))
}

/// `format` with the verbs `%s`, `%v`, `%d`, `%q` and `%%`; with any other nothing is known of the result.
fn formatted(format: &Value, arguments: &[Value], span: Span) -> Option<Value> {
    let Kind::Text(written) = &format.kind else { return None };
    let [Part::Literal(literal)] = written.parts.as_slice() else { return None };
    let mut arguments = arguments.iter();
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(found) = literal.text[at..].find('%').map(|found| at + found) {
        let verb = literal.text[found + 1..].chars().next()?;
        if found > at {
            parts.push(Part::Literal(literal.slice(at, found)));
        }
        at = found + 1 + verb.len_utf8();
        match verb {
            '%' => parts.push(Part::Literal(Literal::opaque("%", literal.part(found, at)))),
            's' | 'v' | 'd' => push_value(&mut parts, arguments.next()?.clone()),
            _ => return None,
        }
    }
    if at < literal.text.len() {
        parts.push(Part::Literal(literal.slice(at, literal.text.len())));
    }
    Some(text::of_parts(parts, span))
}

fn joined(separator: &Value, lists: &[Value], span: Span) -> Option<Value> {
    let separator_text = separator.as_str()?;
    let items: Vec<&Value> =
        lists.iter().map(Value::as_list).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
    if items.iter().any(|item| may_vanish(item)) {
        return None;
    }
    let mut parts = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 && !separator_text.is_empty() {
            parts.push(Part::Literal(Literal::opaque(separator_text, separator.span)));
        }
        push_value(&mut parts, item.clone());
    }
    Some(text::of_parts(parts, span))
}

fn concat(lists: &[Value], span: Span) -> Option<Value> {
    let items = lists.iter().map(Value::as_list).collect::<Option<Vec<_>>>()?;
    Some(Value::new(span, Kind::List(items.into_iter().flatten().cloned().collect())))
}

/// The first of several that is there: known only if it is known of those before it that they are not.
fn first_certain(options: &[Value], coalesce: bool) -> Option<Value> {
    let (option, rest) = options.split_first()?;
    match &option.kind {
        Kind::Null | Kind::Absent if coalesce => first_certain(rest, coalesce),
        Kind::Text(text) if coalesce && text.known().as_deref() == Some("") => first_certain(rest, coalesce),
        // A text with holes may be empty; what `try` is given may fail.
        Kind::Text(text)
            if coalesce
                && !text.parts.is_empty()
                && text.parts.iter().all(|part| matches!(part, Part::Hole(_)))
                && text.reference.is_none() =>
        {
            None
        }
        Kind::Unknown(unknown) if !coalesce && &*unknown.reason == MISSING => first_certain(rest, coalesce),
        Kind::Choice(choice) => {
            let alternative = |alternative: &Alternative| {
                let mut options = vec![alternative.value.clone()];
                options.extend_from_slice(rest);
                let value = first_certain(&options, coalesce)
                    .unwrap_or_else(|| Value::unknown(option.span, "the first of several that is there"));
                Alternative { guard: alternative.guard.clone(), value }
            };
            let alternatives = choice.alternatives.iter().map(alternative).collect();
            Some(Value::new(option.span, Kind::Choice(Choice { alternatives })))
        }
        _ if is_open(option) => None,
        _ => Some(option.clone()),
    }
}

fn converted(function: &str, value: &Value) -> Option<Value> {
    match (function, &value.kind) {
        (_, Kind::Choice(_)) => over(value, &|value| converted(function, value)),
        ("tostring", Kind::Number(_) | Kind::Bool(_)) => {
            let literal = Literal::plain(scalar(value)?.into_owned(), value.span);
            Some(Value::new(value.span, Kind::Text(Text::literal(literal))))
        }
        ("toset", Kind::List(items)) => {
            // Equal items are one.
            let mut known = HashSet::new();
            let kept: Vec<&Value> =
                items.iter().filter(|item| item.as_str().is_none_or(|text| known.insert(text))).collect();
            let keyed = |item: &Value| {
                let name = item.as_str()?.to_owned();
                Some(Entry { key: Key { name, span: item.span }, value: item.clone() })
            };
            // Each item of a set is its own key.
            let entries = kept.iter().map(|item| keyed(item)).collect::<Option<Vec<_>>>();
            let kind = entries.map_or_else(
                || Kind::List(kept.iter().map(|item| (*item).clone()).collect()),
                |entries| Kind::Map(Map { entries }),
            );
            Some(Value::new(value.span, kind))
        }
        (_, Kind::Unknown(_)) => None,
        _ => Some(value.clone()),
    }
}

fn element(list: &Value, index: &Value) -> Option<Value> {
    let items = list.as_list()?;
    let index: usize = scalar(index)?.parse().ok()?;
    if items.is_empty() || items.iter().any(may_vanish) {
        return None;
    }
    items.get(index % items.len()).cloned()
}

fn lookup(map: &Value, key: &Value, default: Option<&Value>) -> Option<Value> {
    let entries = map.as_map()?;
    let found = entries.get(&scalar(key)?).map(|entry| &entry.value);
    found.or(default).cloned()
}

/// The entries of all maps, of one key the last.
fn merged(maps: &[Value], span: Span) -> Option<Value> {
    let mut entries: Vec<Entry> = Vec::new();
    for map in maps.iter().filter(|map| !matches!(map.kind, Kind::Null | Kind::Absent)) {
        for entry in &map.as_map()?.entries {
            entries.retain(|known| known.key.name != entry.key.name);
            entries.push(entry.clone());
        }
    }
    Some(Value::new(span, Kind::Map(Map { entries })))
}

fn compact(list: &Value, span: Span) -> Option<Value> {
    let mut kept = Vec::new();
    for item in list.as_list()? {
        match &item.kind {
            Kind::Null | Kind::Absent => {}
            Kind::Text(text) if text.as_str() == Some("") => {}
            Kind::Text(text) if text.as_str().is_some() => kept.push(item.clone()),
            _ => return None,
        }
    }
    Some(Value::new(span, Kind::List(kept)))
}

/// The items of lists in lists. What is not known may be a list as well.
fn flattened(list: &Value) -> Option<Vec<Value>> {
    let mut flat = Vec::new();
    for item in list.as_list()? {
        match &item.kind {
            Kind::List(_) => flat.extend(flattened(item)?),
            Kind::Unknown(_) | Kind::Choice(_) | Kind::Absent => return None,
            _ => flat.push(item.clone()),
        }
    }
    Some(flat)
}

fn split(separator: &Value, text: &Value, span: Span) -> Option<Value> {
    let separator = separator.as_str()?;
    let Kind::Text(written) = &text.kind else { return None };
    let pieces = texts::split(written, separator, span)?;
    Some(Value::new(span, Kind::List(pieces)))
}

fn null_if_absent(value: &Value) -> Value {
    match &value.kind {
        Kind::Absent => Value::new(value.span, Kind::Null),
        Kind::Choice(choice) => {
            let alternative = |alternative: &Alternative| Alternative {
                guard: alternative.guard.clone(),
                value: null_if_absent(&alternative.value),
            };
            let alternatives = choice.alternatives.iter().map(alternative).collect();
            Value { kind: Kind::Choice(Choice { alternatives }), ..value.clone() }
        }
        _ => value.clone(),
    }
}
