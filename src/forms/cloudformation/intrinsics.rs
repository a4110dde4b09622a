//! Intrinsic functions, resolved as far as they are certain.

use std::sync::Arc;

use super::conditions;
use super::parameters::Parameter;
use super::resources;
use super::template::{Template, function, scalar};
use crate::text::Span;
use crate::value::{
    Alternative, Choice, Entry, Guard, Holds, Hole, Kind, Literal, Map, Named, Part, Text, Unknown, Value,
};

/// How many characters a Serverless variable that holds others may have.
const MAX_VARIABLE: usize = 4096;

/// A node with every function in it replaced by what it yields.
pub fn resolve(template: &Template<'_>, value: &Value) -> Value {
    if let Some((name, argument)) = function(value)
        && name != "Condition"
    {
        let result = call(template, name, argument, value.span);
        // The place of use is the outermost one: an alias to the function, or the function itself.
        return Value { used_at: value.used_at.or(result.used_at), ..result };
    }
    let kind = match &value.kind {
        Kind::Map(map) if map.entries.iter().any(|entry| entry.key.name.starts_with("Fn::")) => {
            return Value::unknown(value.span, "what a macro makes of this");
        }
        Kind::Map(map) => {
            let entry =
                |entry: &Entry| Entry { key: entry.key.clone(), value: resolve(template, &entry.value) };
            Kind::Map(Map { entries: map.entries.iter().map(entry).collect() })
        }
        Kind::List(items) => Kind::List(items.iter().map(|item| resolve(template, item)).collect()),
        Kind::Text(text) => Kind::Text(plain(template, text)),
        Kind::Tagged(tagged) => return Value::unknown(value.span, format!("the YAML tag {}", tagged.tag)),
        other => other.clone(),
    };
    Value { span: value.span, kind, used_at: value.used_at }
}

fn call(template: &Template<'_>, name: &str, argument: &Value, span: Span) -> Value {
    let known = match name {
        "Ref" => argument.as_str().map(|name| reference(template, name, span)),
        "Fn::GetAtt" => get_att(template, argument, span),
        "Fn::Sub" => sub(template, argument, span),
        "Fn::Join" => join(template, argument, span),
        "Fn::Select" => select(template, argument, span),
        "Fn::If" => choose(template, argument, span),
        "Fn::FindInMap" => find_in_map(template, argument, span),
        _ => None,
    };
    known.unwrap_or_else(|| Value::unknown(span, format!("what {name} yields")))
}

/// What `Ref` of a name yields: a pseudo parameter, a parameter or a resource.
fn reference(template: &Template<'_>, name: &str, span: Span) -> Value {
    let hole = |holds: Holds| {
        let parts = vec![Part::Hole(Hole { span, holds })];
        Value::new(span, Kind::Text(Text { parts, reference: None }))
    };
    match name {
        "AWS::NoValue" => Value::new(span, Kind::Absent),
        "AWS::Region" => hole(Holds::Region),
        "AWS::AccountId" => hole(Holds::Account),
        "AWS::Partition" => hole(Holds::Partition),
        _ if name.starts_with("AWS::") => Value::unknown(span, format!("the pseudo parameter {name}")),
        _ => {
            if let Some(parameter) = Parameter::of(template, name) {
                parameter.value(name, span)
            } else if template.parameter(name).is_some() {
                Value::unknown(span, format!("parameter {name}"))
            } else if let Some(declared) = template.resource(name) {
                resources::yields(declared.resource_type(), name, "", span)
            } else {
                Value::unknown(span, format!("{name}, which the template does not declare"))
            }
        }
    }
}

fn get_att(template: &Template<'_>, argument: &Value, span: Span) -> Option<Value> {
    let (name, attribute) = match argument.as_list() {
        Some([name, attribute]) => (name.as_str()?, attribute.as_str()?),
        Some(_) => return None,
        None => argument.as_str()?.split_once('.')?,
    };
    Some(attribute_of(template, name, attribute, span))
}

fn attribute_of(template: &Template<'_>, name: &str, attribute: &str, span: Span) -> Value {
    match template.resource(name) {
        Some(declared) => resources::yields(declared.resource_type(), name, attribute, span),
        None => Value::unknown(span, format!("{name}, which the template does not declare")),
    }
}

fn sub(template: &Template<'_>, argument: &Value, span: Span) -> Option<Value> {
    let (text, names) = match argument.as_list() {
        Some([text]) => (text, None),
        Some([text, names]) => (text, Some(names.as_map()?)),
        Some(_) => return None,
        None => (argument, None),
    };
    let Kind::Text(text) = &text.kind else { return None };
    let [Part::Literal(literal)] = text.parts.as_slice() else {
        return text.parts.is_empty().then(|| Value::new(span, Kind::Text(text.clone())));
    };
    let variable = |name: &str, place: Span| {
        if let Some(entry) = names.and_then(|names| names.get(name)) {
            resolve(template, &entry.value)
        } else if template.serverless && is_serverless_variable(name) {
            Value::unknown(place, format!("the Serverless variable {name}"))
        } else if let Some((resource, attribute)) = name.split_once('.') {
            attribute_of(template, resource, attribute, place)
        } else {
            reference(template, name, place)
        }
    };
    let mut parts = Vec::new();
    let mut reference = None;
    let mut at = 0;
    while let Some(open) = literal.text[at..].find("${").map(|found| at + found) {
        let Some(close) = literal.text[open..].find('}').map(|found| open + found) else { break };
        // Serverless variables hold others; CloudFormation's do not.
        let outer = template.serverless.then(|| closing_brace(&literal.text, open)).flatten();
        let close = outer.map_or(close, |end| end - 1);
        push_literal(template, &mut parts, literal, at, open);
        let name = &literal.text[open + 2..close];
        if let Some(kept) = name.strip_prefix('!') {
            // `${!Name}` is the text `${Name}`.
            parts.push(Part::Literal(Literal::opaque(format!("${{{kept}}}"), literal.part(open, close + 1))));
        } else {
            let value = variable(name.trim(), literal.part(open, close + 1));
            if open == 0
                && close + 1 == literal.text.len()
                && let Kind::Text(text) = &value.kind
            {
                reference.clone_from(&text.reference);
            }
            push_value(&mut parts, value);
        }
        at = close + 1;
    }
    push_literal(template, &mut parts, literal, at, literal.text.len());
    Some(Value::new(span, Kind::Text(Text { parts, reference })))
}

fn join(template: &Template<'_>, argument: &Value, span: Span) -> Option<Value> {
    let [separator, items] = argument.as_list()? else { return None };
    let separator_text = separator.as_str()?;
    let mut parts = Vec::new();
    let mut first = true;
    for item in items.as_list()? {
        let item = resolve(template, item);
        match &item.kind {
            Kind::Absent => continue,
            // Whether the separator stands here depends on the alternative.
            Kind::Choice(choice) if may_be_absent(choice) => {
                let reason = Unknown { reason: "an element that a condition may take out".into() };
                parts.push(Part::Hole(Hole { span: item.span, holds: Holds::Anything(reason) }));
                continue;
            }
            _ => {}
        }
        if !first && !separator_text.is_empty() {
            parts.push(Part::Literal(Literal::opaque(separator_text, separator.span)));
        }
        first = false;
        push_value(&mut parts, item);
    }
    Some(Value::new(span, Kind::Text(Text { parts, reference: None })))
}

fn may_be_absent(choice: &Choice) -> bool {
    choice.alternatives.iter().any(|alternative| match &alternative.value.kind {
        Kind::Absent => true,
        Kind::Choice(inner) => may_be_absent(inner),
        _ => false,
    })
}

fn select(template: &Template<'_>, argument: &Value, span: Span) -> Option<Value> {
    let [index, list] = argument.as_list()? else { return None };
    let index: usize = scalar(index)?.trim().parse().ok()?;
    if let Some(("Fn::Split", split)) = function(list) {
        let [delimiter, text] = split.as_list()? else { return None };
        let text = resolve(template, text);
        let Kind::Text(text) = &text.kind else { return None };
        let parts = split_part(text, delimiter.as_str()?, index)?;
        return Some(Value::new(span, Kind::Text(Text { parts, reference: None })));
    }
    let item = list.as_list().filter(|_| function(list).is_none())?.get(index)?;
    Some(Value { used_at: Some(span), ..resolve(template, item) })
}

/// The part of this index of a text split at a delimiter, if every delimiter up to its end is certain.
fn split_part(text: &Text, delimiter: &str, index: usize) -> Option<Vec<Part>> {
    if delimiter.is_empty() {
        return None;
    }
    let mut current = Vec::new();
    let mut left = index;
    for part in &text.parts {
        match part {
            Part::Hole(hole) if delimiter.chars().any(|c| hole.may_hold(c)) => return None,
            Part::Hole(_) => current.push(part.clone()),
            Part::Literal(literal) => {
                let mut at = 0;
                while let Some(found) = literal.text[at..].find(delimiter).map(|found| at + found) {
                    current.push(Part::Literal(literal.slice(at, found)));
                    if left == 0 {
                        return Some(current);
                    }
                    left -= 1;
                    current.clear();
                    at = found + delimiter.len();
                }
                current.push(Part::Literal(literal.slice(at, literal.text.len())));
            }
        }
    }
    (left == 0).then_some(current)
}

fn choose(template: &Template<'_>, argument: &Value, span: Span) -> Option<Value> {
    let [condition, yes, no] = argument.as_list()? else { return None };
    let guard = conditions::named(template, condition.as_str()?);
    let branch = |guard: Guard, value: &Value| Alternative { guard, value: resolve(template, value) };
    let alternatives = vec![branch(guard.clone(), yes), branch(Guard::Not(Box::new(guard)), no)];
    Some(Value::new(span, Kind::Choice(Choice { alternatives })))
}

/// What the mapping holds, for each value that decides between its keys.
fn find_in_map(template: &Template<'_>, argument: &Value, span: Span) -> Option<Value> {
    let [map, first, second, ..] = argument.as_list()? else { return None };
    let mapping = template.mapping(map.as_str()?)?;
    let mut alternatives = Vec::new();
    for (outer_guard, outer) in keys(template, mapping, first)? {
        for (inner_guard, value) in keys(template, outer, second)? {
            let value = Value { used_at: Some(span), ..resolve(template, value) };
            alternatives
                .push(Alternative { guard: Guard::All(vec![outer_guard.clone(), inner_guard]), value });
        }
    }
    Some(Value::new(span, Kind::Choice(Choice { alternatives })))
}

/// The members of a mapping that a key can name, and when it does. None if the key is neither text nor parameter.
fn keys<'v>(template: &Template<'_>, mapping: &'v Value, key: &Value) -> Option<Vec<(Guard, &'v Value)>> {
    if let Some(text) = scalar(key) {
        return Some(mapping.get(text).map(|value| (Guard::Always, value)).into_iter().collect());
    }
    let (_, name) = function(key).filter(|(function, _)| *function == "Ref")?;
    let name = name.as_str()?;
    let parameter = Parameter::of(template, name)?;
    let entry = |entry: &'v Entry| {
        let option = parameter.option(&entry.key.name)?;
        let guard = Guard::Named(Arc::new(Named {
            subject: format!("key `{name}`").into(),
            when_true: format!("when `{name}` is `{}`", entry.key.name).into(),
            when_false: format!("when `{name}` is not `{}`", entry.key.name).into(),
            guard: Guard::Is(parameter.atom.clone(), option),
        }));
        Some((guard, &entry.value))
    };
    Some(mapping.as_map()?.entries.iter().filter_map(entry).collect())
}

/// A string as it is written, with the parts that are filled in later made holes.
fn plain(template: &Template<'_>, text: &Text) -> Text {
    let [Part::Literal(literal)] = text.parts.as_slice() else { return text.clone() };
    let mut parts = Vec::new();
    push_literal(template, &mut parts, literal, 0, literal.text.len());
    Text { parts, reference: None }
}

/// Adds the bytes `from..to` of a literal; dynamic references and Serverless variables in it become holes.
fn push_literal(template: &Template<'_>, parts: &mut Vec<Part>, literal: &Literal, from: usize, to: usize) {
    let mut at = from;
    let text = &literal.text[..to];
    let mut dynamic = dynamic_reference(text, from);
    let mut serverless = serverless_variable(template, text, from);
    while let Some((start, end, what)) = dynamic.into_iter().chain(serverless).min() {
        if start > at {
            parts.push(Part::Literal(literal.slice(at, start)));
        }
        let reason = Unknown { reason: format!("the {what} {}", &literal.text[start..end]).into() };
        parts.push(Part::Hole(Hole { span: literal.part(start, end), holds: Holds::Anything(reason) }));
        at = end;
        if dynamic.is_some_and(|(start, ..)| start < at) {
            dynamic = dynamic_reference(text, at);
        }
        if serverless.is_some_and(|(start, ..)| start < at) {
            serverless = serverless_variable(template, text, at);
        }
    }
    if at < to || (from == to && literal.text.is_empty()) {
        parts.push(Part::Literal(literal.slice(at, to)));
    }
}

/// A part of a text that is filled in before or by CloudFormation: where it starts and ends, and what it is.
type Variable = (usize, usize, &'static str);

fn dynamic_reference(text: &str, from: usize) -> Option<Variable> {
    let (start, end) = enclosed(text, from, "{{resolve:", "}}")?;
    Some((start, end, "dynamic reference"))
}

fn serverless_variable(template: &Template<'_>, text: &str, from: usize) -> Option<Variable> {
    if !template.serverless {
        return None;
    }
    let mut at = from;
    loop {
        let (start, end) = enclosed(text, at, "${", "}")?;
        if is_serverless_variable(&text[start + 2..end - 1]) {
            return Some((start, closing_brace(text, start).unwrap_or(end), "Serverless variable"));
        }
        at = end;
    }
}

/// The next place that begins and ends with these.
fn enclosed(text: &str, from: usize, open: &str, close: &str) -> Option<(usize, usize)> {
    let start = text[from..].find(open)? + from;
    let end = text[start..].find(close)? + start + close.len();
    Some((start, end))
}

/// The end of a `${…}` that may hold others, behind its brace.
fn closing_brace(text: &str, start: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text[start..].char_indices().take(MAX_VARIABLE) {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(start + at + 1),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether `${name…}` is Serverless's own: `self:`, `env:`, `opt:`, `file(` …, but not `AWS::…`.
fn is_serverless_variable(name: &str) -> bool {
    !name.starts_with("AWS::") && (name.contains(':') || name.contains('('))
}

fn push_value(parts: &mut Vec<Part>, value: Value) {
    let span = value.span;
    let hole = |holds: Holds| Part::Hole(Hole { span, holds });
    match value.kind {
        Kind::Text(text) => parts.extend(text.parts),
        Kind::Number(ref text) => parts.push(Part::Literal(Literal::plain(text.as_str(), span))),
        Kind::Bool(truth) => parts.push(Part::Literal(Literal::opaque(truth.to_string(), span))),
        Kind::Absent => {}
        Kind::Unknown(unknown) => parts.push(hole(Holds::Anything(unknown))),
        Kind::Choice(_) => parts.push(hole(Holds::Value(Box::new(value)))),
        Kind::Null | Kind::List(_) | Kind::Map(_) | Kind::Tagged(_) => {
            let reason = Unknown { reason: format!("{} where a text is due", value.type_name()).into() };
            parts.push(hole(Holds::Anything(reason)));
        }
    }
}
