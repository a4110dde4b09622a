//! The bodies of blocks: attributes evaluated, blocks of one type collected, dynamic blocks expanded.

use std::sync::Arc;

use super::collections::pairs;
use super::evaluate::Evaluator;
use super::names::Names;
use crate::guard::{Atom, AtomOption, Guard};
use crate::text::Span;
use crate::value::{Alternative, Block, Choice, Entry, Key, Kind, Map, Value};

/// How many blocks a dynamic block stands for; what is in more than these is not known.
const MAX_BLOCKS: usize = 1000;

/// What a block in a body contributes to the list under its type.
struct Content {
    key: Key,
    value: Value,
}

impl Evaluator<'_> {
    /// The attributes of a body, and under the type of each block the list of their bodies.
    pub fn body(&self, body: &Map, names: &Names) -> Map {
        let mut entries: Vec<Entry> = Vec::new();
        for entry in &body.entries {
            let contents = match &entry.value.kind {
                Kind::Block(block) if entry.key.name == "dynamic" => self.dynamic(&entry.key, block, names),
                Kind::Block(block) => {
                    let value = Value::new(entry.value.span, Kind::Map(self.body(&block.body, names)));
                    vec![Content { key: entry.key.clone(), value }]
                }
                Kind::Map(map) if entry.key.name == "dynamic" => self.dynamic_of_json(map, names),
                _ => {
                    entries.push(Entry {
                        key: entry.key.clone(),
                        value: attribute(self.value(&entry.value, names)),
                    });
                    continue;
                }
            };
            for Content { key, value } in contents {
                let span = value.span;
                match entries.iter_mut().find(|known| known.key.name == key.name) {
                    Some(Entry { value: Value { kind: Kind::List(items), span: known, .. }, .. }) => {
                        *known = known.to(span);
                        items.push(value);
                    }
                    // An attribute of that name: it is neither.
                    Some(known) => {
                        known.value = Value::unknown(known.value.span, "an attribute that is a block, too");
                    }
                    None => entries.push(Entry { key, value: Value::new(span, Kind::List(vec![value])) }),
                }
            }
        }
        Map { entries }
    }

    /// `dynamic "log_configurations" { for_each = …, content { … } }`
    fn dynamic(&self, key: &Key, block: &Block, names: &Names) -> Vec<Content> {
        let label = block.labels.first().unwrap_or(key);
        let content = block.body.get("content").and_then(|content| match &content.value.kind {
            Kind::Block(content) => Some(&content.body),
            Kind::Map(content) => Some(content),
            _ => None,
        });
        let Some(content) = content else { return Vec::new() };
        let iterator = block.body.get("iterator").map(|entry| written_name(&entry.value));
        let iterator = iterator.unwrap_or_else(|| Some(label.name.clone()));
        let collection = block.body.get("for_each").map(|entry| self.value(&entry.value, names));
        let (Some(iterator), Some(collection)) = (iterator, collection) else {
            return vec![Content {
                key: label.clone(),
                value: Value::unknown(label.span, "a dynamic block"),
            }];
        };
        let make = |names: &Names| Value::new(label.span, Kind::Map(self.body(content, names)));
        let made =
            iterated(&collection, label.span, &|key, value| make(&names.with_pair(&iterator, key, value)));
        made.into_iter().map(|value| Content { key: label.clone(), value }).collect()
    }

    fn dynamic_of_json(&self, dynamic: &Map, names: &Names) -> Vec<Content> {
        let mut contents = Vec::new();
        for entry in &dynamic.entries {
            let bodies = entry.value.as_list().unwrap_or(std::slice::from_ref(&entry.value));
            for body in bodies.iter().filter_map(Value::as_map) {
                let block = Block { labels: vec![entry.key.clone()], body: body.clone() };
                contents.extend(self.dynamic(&entry.key, &block, names));
            }
        }
        contents
    }
}

/// What is made for each item of a collection; of one that is not known, something that may be there.
fn iterated(collection: &Value, span: Span, make: &dyn Fn(Value, Value) -> Value) -> Vec<Value> {
    if let Kind::Choice(choice) = &collection.kind {
        let mut made = Vec::new();
        for (index, alternative) in choice.alternatives.iter().enumerate() {
            let earlier = choice.alternatives[..index].iter();
            let guards = earlier.map(|earlier| Guard::Not(Box::new(earlier.guard.clone())));
            let guard = Guard::All(guards.chain([alternative.guard.clone()]).collect());
            for value in iterated(&alternative.value, span, make) {
                let absent = Value::new(value.span, Kind::Absent);
                let place = value.span;
                let alternatives = vec![
                    Alternative { guard: guard.clone(), value },
                    Alternative { guard: Guard::Not(Box::new(guard.clone())), value: absent },
                ];
                made.push(Value::new(place, Kind::Choice(Choice { alternatives })));
            }
        }
        return made;
    }
    match pairs(collection).filter(|pairs| pairs.len() <= MAX_BLOCKS) {
        Some(pairs) => pairs.into_iter().map(|(key, value)| make(key, value)).collect(),
        None => {
            let unknown = || Value::unknown(span, "what a dynamic block iterates over");
            vec![perhaps(make(unknown(), unknown()), span)]
        }
    }
}

/// A node that is there, or not, or several times.
fn perhaps(value: Value, span: Span) -> Value {
    let options = ["where the dynamic block is not empty", "where the dynamic block is something else"]
        .map(|label| AtomOption { label: label.into(), likely: true });
    let name = format!("dynamic block at {span:?}").into();
    let atom = Arc::new(Atom { name, inputs: Vec::new(), options: options.into() });
    let alternatives = vec![
        Alternative { guard: Guard::Is(atom, 0), value },
        Alternative {
            guard: Guard::Always,
            value: Value::unknown(span, "what a dynamic block iterates over"),
        },
    ];
    Value::new(span, Kind::Choice(Choice { alternatives }))
}

/// The value of an attribute: one that is null is left out.
fn attribute(mut value: Value) -> Value {
    match &mut value.kind {
        Kind::Null => value.kind = Kind::Absent,
        Kind::Choice(choice) => {
            for alternative in &mut choice.alternatives {
                let taken = std::mem::replace(&mut alternative.value, Value::new(value.span, Kind::Null));
                alternative.value = attribute(taken);
            }
        }
        // Objects have attributes, too.
        Kind::Map(map) => {
            for entry in &mut map.entries {
                let taken = std::mem::replace(&mut entry.value, Value::new(value.span, Kind::Null));
                entry.value = attribute(taken);
            }
        }
        Kind::List(items) => {
            for item in items.iter_mut() {
                let taken = std::mem::replace(item, Value::new(value.span, Kind::Null));
                *item = attribute(taken);
            }
        }
        _ => {}
    }
    value
}

/// A bare name: `iterator = entry`.
fn written_name(value: &Value) -> Option<String> {
    match &value.kind {
        Kind::Expression(expression) => match expression.as_ref() {
            crate::value::Expression::Name(name) => Some(name.name.clone()),
            _ => None,
        },
        Kind::Text(text) => text.as_str().map(str::to_owned),
        _ => None,
    }
}
