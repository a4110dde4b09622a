//! Intrinsic functions, resolved as far as they are certain.

use std::collections::HashMap;

use super::conditions::Conditions;
use super::dynamic;
use super::function::{self, function, identity};
use super::mappings;
use super::resources;
use super::variables::{self, Variable, literal};
use crate::forms::texts::{self, piece, push_value};
use crate::guard::Guard;
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::unknown::Unknown;
use crate::value::{Alternative, Choice, Entry, Holds, Hole, Kind, Map, Part, Text, Value};
use crate::world::MAX_WORLDS;

/// How many parts a text may consist of; nothing is known of one that has more.
const MAX_PARTS: usize = 10_000;

/// A node with every function in it replaced by what it yields.
pub fn resolve<'v>(conditions: &Conditions<'v>, value: &'v Value) -> Value {
    if let Some((name, argument)) = function(value)
        && name != "Condition"
    {
        let result = call(conditions, name, argument, value.span).identified_by(|| identity(value));
        // The place of use is the outermost one: an alias to the function, or the function itself.
        return Value { used_at: value.used_at.or(result.used_at), ..result };
    }
    let kind = match &value.kind {
        Kind::Map(map) if map.entries.iter().any(|entry| entry.key.name.starts_with("Fn::")) => {
            return Value::unknown(value.span, "what a macro makes of this");
        }
        Kind::Map(map) => {
            let entry =
                |entry: &'v Entry| Entry { key: entry.key.clone(), value: resolve(conditions, &entry.value) };
            Kind::Map(Map { entries: map.entries.iter().map(entry).collect() })
        }
        Kind::List(items) => Kind::List(items.iter().map(|item| resolve(conditions, item)).collect()),
        Kind::Text(text) => filled_in(text),
        Kind::Tagged(tagged) => return Value::unknown(value.span, format!("the YAML tag {}", tagged.tag)),
        other => other.clone(),
    };
    Value { span: value.span, kind, used_at: value.used_at }
}

fn call<'v>(conditions: &Conditions<'v>, name: &str, argument: &'v Value, span: Span) -> Value {
    let known = match name {
        "Ref" => argument.as_str().map(|name| reference(conditions, name, span)),
        "Fn::GetAtt" => get_att(conditions, argument, span),
        "Fn::Sub" => sub(conditions, argument, span).map(dynamic::resolved),
        "Fn::Join" => join(conditions, argument, span).map(dynamic::resolved),
        "Fn::Select" => select(conditions, argument, span),
        "Fn::If" => choose(conditions, argument, span),
        "Fn::FindInMap" => find_in_map(conditions, argument, span),
        // What it says is of interest, not how it is written.
        "Fn::ToJsonString" => Some(resolve(conditions, argument)),
        _ => None,
    };
    known.unwrap_or_else(|| Value::unknown(span, format!("what {name} yields")))
}

/// What `Ref` of a name yields: a pseudo parameter, a parameter or a resource.
fn reference<'v>(conditions: &Conditions<'v>, name: &'v str, span: Span) -> Value {
    let hole = |holds: Holds| texts::hole(holds, span);
    let value = match name {
        "AWS::NoValue" => Value::new(span, Kind::Absent),
        "AWS::Region" => hole(Holds::Region),
        "AWS::AccountId" => hole(Holds::Account),
        "AWS::Partition" => hole(Holds::Partition),
        _ if name.starts_with("AWS::") => Value::unknown(span, format!("the pseudo parameter {name}")),
        _ => {
            if let Some(parameter) = conditions.parameters.get(name) {
                parameter.value(name, span, &conditions.parameters.copies)
            } else if let Some(declared) = conditions.parameters.template.resource(name) {
                resources::yields(declared.resource_type(), name, "", span)
            } else {
                Value::unknown(span, format!("{name}, which the template does not declare"))
            }
        }
    };
    value.identified_by(|| function::reference_to(name))
}

fn get_att<'v>(conditions: &Conditions<'v>, argument: &'v Value, span: Span) -> Option<Value> {
    let (name, attribute) = match argument.as_list() {
        Some([name, attribute]) => (name.as_str()?, attribute.as_str()?),
        Some(_) => return None,
        None => argument.as_str()?.split_once('.')?,
    };
    Some(attribute_of(conditions, name, attribute, span))
}

fn attribute_of(conditions: &Conditions<'_>, name: &str, attribute: &str, span: Span) -> Value {
    let value = match conditions.parameters.template.resource(name) {
        Some(declared) => resources::yields(declared.resource_type(), name, attribute, span),
        None => Value::unknown(span, format!("{name}, which the template does not declare")),
    };
    value.identified_by(|| function::attribute_of(name, attribute))
}

fn sub<'v>(conditions: &Conditions<'v>, argument: &'v Value, span: Span) -> Option<Value> {
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
    let mut given: HashMap<&'v str, Value> = HashMap::new();
    let copies = &conditions.parameters.copies;
    let mut variable = |name: &'v str, place: Span| {
        if let Some(entry) = names.and_then(|names| names.get(name)) {
            // What is written once may be named many times, and in it another again.
            let known = given.entry(name).or_insert_with(|| resolve(conditions, &entry.value));
            if !copies.may_have(known) {
                return Value::unknown(place, format!("{name}, which is named very often"));
            }
            known.clone()
        } else if let Some((resource, attribute)) = name.split_once('.') {
            attribute_of(conditions, resource, attribute, place)
        } else {
            reference(conditions, name, place)
        }
    };
    let mut parts = Vec::new();
    let mut size = 0;
    let mut reference = None;
    let mut at = 0;
    while let Some(open) = literal.text[at..].find("${").map(|found| at + found) {
        let Some(close) = literal.text[open..].find('}').map(|found| open + found) else { break };
        if variables::is_serverless(&literal.text, open) {
            // It becomes a hole of the literal around it. It may hold others; CloudFormation's own do not.
            let end = variables::closing_brace(&literal.text, open);
            push_literal(&mut parts, literal, at, end);
            at = end;
            continue;
        }
        push_literal(&mut parts, literal, at, open);
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
            size += parts_in(&value);
            if size > MAX_PARTS {
                return None;
            }
            push_value(&mut parts, value);
        }
        at = close + 1;
    }
    push_literal(&mut parts, literal, at, literal.text.len());
    Some(Value::new(span, Kind::Text(Text { parts, reference })))
}

/// How many parts a value has, those of its alternatives included.
fn parts_in(value: &Value) -> usize {
    match &value.kind {
        Kind::Text(text) => text
            .parts
            .iter()
            .map(|part| match part {
                Part::Hole(Hole { holds: Holds::Value(value), .. }) => parts_in(value),
                _ => 1,
            })
            .sum(),
        Kind::Choice(choice) => {
            choice.alternatives.iter().map(|alternative| parts_in(&alternative.value)).sum()
        }
        _ => 1,
    }
}

fn join<'v>(conditions: &Conditions<'v>, argument: &'v Value, span: Span) -> Option<Value> {
    let [separator, items] = argument.as_list()? else { return None };
    let separator_text = literal(separator)?;
    let mut parts = Vec::new();
    let mut first = true;
    for item in items.as_list()? {
        let item = resolve(conditions, item);
        match &item.kind {
            Kind::Absent => continue,
            // Whether the separator stands here depends on the alternative.
            Kind::Choice(choice) if may_be_absent(choice) => {
                let reason = Unknown::new("an element that a condition may take out");
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

fn select<'v>(conditions: &Conditions<'v>, argument: &'v Value, span: Span) -> Option<Value> {
    let [index, list] = argument.as_list()? else { return None };
    let index: usize = literal(index)?.trim().parse().ok()?;
    if let Some(("Fn::Split", split)) = function(list) {
        let [delimiter, text] = split.as_list()? else { return None };
        let text = resolve(conditions, text);
        let Kind::Text(text) = &text.kind else { return None };
        return piece(text, literal(delimiter)?, index, span);
    }
    let items = list.as_list().filter(|_| function(list).is_none())?;
    // An item before it that is taken out would move it.
    let moves = |item: &'v Value| match &resolve(conditions, item).kind {
        Kind::Absent => true,
        Kind::Choice(choice) => may_be_absent(choice),
        _ => false,
    };
    let item = items.get(index).filter(|_| !items.iter().take(index).any(moves))?;
    Some(Value { used_at: Some(span), ..resolve(conditions, item) })
}

fn choose<'v>(conditions: &Conditions<'v>, argument: &'v Value, span: Span) -> Option<Value> {
    let [condition, yes, no] = argument.as_list()? else { return None };
    let guard = conditions.named(literal(condition)?);
    let branch = |guard: Guard, value: &'v Value| Alternative { guard, value: resolve(conditions, value) };
    let alternatives = vec![branch(guard.clone(), yes), branch(Guard::Not(Box::new(guard)), no)];
    Some(Value::new(span, Kind::Choice(Choice { alternatives })))
}

/// What the mapping holds, for each value that decides between its keys.
fn find_in_map<'v>(conditions: &Conditions<'v>, argument: &'v Value, span: Span) -> Option<Value> {
    let alternative = |(guard, value): (Guard, &'v Value)| {
        let value = Value { used_at: Some(span), ..resolve(conditions, value) };
        Alternative { guard, value }
    };
    let found = mappings::find(&conditions.parameters, argument).filter(|found| found.len() <= MAX_WORLDS)?;
    if !found.iter().all(|(_, value)| conditions.parameters.copies.may_have(value)) {
        return None;
    }
    let alternatives = found.into_iter().map(alternative).collect();
    Some(Value::new(span, Kind::Choice(Choice { alternatives })))
}

/// A string as it is written, with the parts that are filled in later made holes. A variable alone may be anything.
fn filled_in(text: &Text) -> Kind {
    let [Part::Literal(literal)] = text.parts.as_slice() else { return Kind::Text(text.clone()) };
    let mut parts = Vec::new();
    push_literal(&mut parts, literal, 0, literal.text.len());
    match parts.as_slice() {
        [Part::Hole(Hole { holds: Holds::Anything(unknown), .. })] => Kind::Unknown(unknown.clone()),
        _ => Kind::Text(Text { parts, reference: None }),
    }
}

/// Adds the bytes `from..to` of a literal; dynamic references and Serverless variables in it become holes.
fn push_literal(parts: &mut Vec<Part>, literal: &Literal, from: usize, to: usize) {
    let text = &literal.text[..to];
    let mut at = from;
    for Variable { start, end, kind } in variables::all(text, from) {
        if start > at {
            parts.push(Part::Literal(literal.slice(at, start)));
        }
        let variable = &text[start..end];
        let unknown =
            Unknown { identity: Some(variable.into()), ..Unknown::new(format!("the {kind} {variable}")) };
        parts.push(Part::Hole(Hole { span: literal.part(start, end), holds: Holds::Anything(unknown) }));
        at = end;
    }
    if at < to || (from == to && literal.text.is_empty()) {
        parts.push(Part::Literal(literal.slice(at, to)));
    }
}
