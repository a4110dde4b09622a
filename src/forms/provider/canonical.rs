//! The members of a resource, brought from the shape of a provider into the canonical one.

use super::members::{DELIVERY_NAMES, Member, Shape};
use crate::forms::named::leaves;
use crate::guard::Guard;
use crate::spec::Spelling;
use crate::text::Span;
use crate::value::characters::Characters;
use crate::value::literal::Literal;
use crate::value::{Alternative, Choice, Entry, Holds, Hole, Key, Kind, Map, Part, Text, Value};

/// The member that holds the tags of a resource.
pub const TAGS: &str = "Tags";

/// How a provider writes members.
#[derive(Debug)]
pub struct Shaping {
    pub spelling: Spelling,
    /// Keys that are of no interest.
    pub ignored: &'static [&'static str],
    /// Whether a mapping may be written as a block or as a list of one, and a list of one as a block.
    pub blocks: bool,
    /// Whether keys stay that no member has.
    pub keeps_unknown: bool,
}

impl Shaping {
    /// A mapping of these members in the canonical shape.
    pub fn mapping(&self, members: &'static [Member], value: Value) -> Value {
        each(value, |value| match value.kind {
            Kind::Map(map) => {
                let kind = Kind::Map(Map { entries: self.entries(members, &map) });
                Value { kind, ..value }
            }
            _ => value,
        })
    }

    fn entries(&self, members: &'static [Member], map: &Map) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(map.entries.len());
        for entry in &map.entries {
            let written = entry.key.name.as_str();
            let member = members.iter().find(|member| {
                !matches!(member.shape, Shape::Presence(_)) && self.spelling.of(member.name) == written
            });
            if let Some(member) = member {
                let key = Key { name: member.name.to_owned(), span: entry.key.span };
                entries.push(Entry { key, value: self.shaped(&member.shape, entry.value.clone()) });
            } else if self.keeps_unknown && !self.ignored.contains(&written) {
                let is_taken = members.iter().any(|member| member.name == written);
                let elsewhere = DELIVERY_NAMES.iter().find(|name| self.spelling.of(name) == written);
                // The canonical name of a member that is called otherwise here is none: in quotes it is like no other.
                let name = match elsewhere {
                    _ if is_taken => format!("{written:?}"),
                    // It stands in the wrong place.
                    Some(name) => (*name).to_owned(),
                    None => written.to_owned(),
                };
                entries.push(Entry { key: Key { name, span: entry.key.span }, value: entry.value.clone() });
            }
        }
        for member in members {
            let derived = match &member.shape {
                Shape::Name { prefix } => self.name(member.name, prefix, map),
                Shape::Tags { all: Some(all) } => self.all_tags(member.name, all, map),
                Shape::Presence(words) => self.word(member.name, words, map),
                _ => None,
            };
            if let Some(derived) = derived {
                entries.retain(|entry| entry.key.name != member.name);
                entries.push(derived);
            }
        }
        entries
    }

    fn shaped(&self, shape: &'static Shape, value: Value) -> Value {
        let value = each(value, |value| match value.kind {
            Kind::Null => Value { kind: Kind::Absent, ..value },
            _ => value,
        });
        match shape {
            Shape::Plain | Shape::Name { .. } | Shape::Presence(_) => value,
            Shape::Days => each(value, |value| match &value.kind {
                Kind::Number(days) if days == "0" => Value { kind: Kind::Absent, ..value },
                Kind::Text(days) if days.as_str() == Some("0") => Value { kind: Kind::Absent, ..value },
                _ => value,
            }),
            Shape::Tags { .. } => tags(value),
            Shape::One(members) => each(value, |value| self.one(members, value)),
            Shape::Many(members) => each(value, |value| self.many(members, value)),
        }
    }

    fn one(&self, members: &'static [Member], value: Value) -> Value {
        match value.kind {
            Kind::List(mut items) if self.blocks && items.len() < 2 => match items.pop() {
                Some(item) => self.mapping(members, item),
                None => Value { kind: Kind::Absent, ..value },
            },
            Kind::List(items) if self.blocks && items.iter().filter(|item| !is_choice(item)).count() < 2 => {
                self.first(members, items, value.span)
            }
            Kind::List(items) => {
                let items = items.into_iter().map(|item| self.mapping(members, item)).collect();
                Value { kind: Kind::List(items), ..value }
            }
            _ => self.mapping(members, value),
        }
    }

    /// The first of several blocks that is there: a module in which there may be one more was not tried in that way.
    fn first(&self, members: &'static [Member], blocks: Vec<Value>, span: Span) -> Value {
        let none = Alternative { guard: none_of(&blocks), value: Value::new(span, Kind::Absent) };
        let there = |block: Value| {
            let guard = Guard::Not(Box::new(none_of(std::slice::from_ref(&block))));
            Alternative { guard, value: self.mapping(members, block) }
        };
        let alternatives = blocks.into_iter().map(there).chain([none]).collect();
        Value::new(span, Kind::Choice(Choice { alternatives }))
    }

    fn many(&self, members: &'static [Member], value: Value) -> Value {
        let value_span = value.span;
        let items = match value.kind {
            // No block is nothing.
            Kind::List(items) if items.is_empty() && self.blocks => {
                return Value { kind: Kind::Absent, span: value.span, used_at: value.used_at };
            }
            Kind::List(items) => items,
            Kind::Map(_) if self.blocks => vec![value.clone()],
            _ => return value,
        };
        let items: Vec<Value> = items.into_iter().map(|item| self.mapping(members, item)).collect();
        let none = if self.blocks { none_of(&items) } else { Guard::Never };
        let list = Value { kind: Kind::List(items), ..value };
        if matches!(none, Guard::Never) {
            return list;
        }
        // The provider refuses what has no block at all, before anything is deployed.
        let unknown = Value::unknown(list.span, "whether there is a block at all");
        let alternatives = vec![
            Alternative { guard: none, value: unknown },
            Alternative { guard: Guard::Always, value: list },
        ];
        Value::new(value_span, Kind::Choice(Choice { alternatives }))
    }

    /// The name, where a prefix of it is given.
    fn name(&self, name: &str, prefix: &str, map: &Map) -> Option<Entry> {
        let prefix = map.get(&self.spelling.of(prefix)).filter(|entry| !is_nothing(&entry.value))?;
        let given = map.get(&self.spelling.of(name)).filter(|entry| !is_nothing(&entry.value));
        match given.map(|entry| &entry.value.kind) {
            Some(Kind::Text(_)) => None,
            Some(_) => Some(Entry {
                key: Key { name: name.to_owned(), span: prefix.key.span },
                value: Value::unknown(prefix.value.span, "which of a name and a prefix is given"),
            }),
            None => Some(Entry {
                key: Key { name: name.to_owned(), span: prefix.key.span },
                value: each(prefix.value.clone(), prefixed),
            }),
        }
    }

    fn all_tags(&self, name: &str, all: &str, map: &Map) -> Option<Entry> {
        let all = map.get(&self.spelling.of(all)).filter(|entry| !is_nothing(&entry.value))?;
        // The tags that are written are the ones to point at.
        let key = map.get(&self.spelling.of(name)).map_or(all.key.span, |entry| entry.key.span);
        Some(Entry { key: Key { name: name.to_owned(), span: key }, value: tags(all.value.clone()) })
    }

    fn word(&self, name: &str, words: &[(&str, &'static str)], map: &Map) -> Option<Entry> {
        words.iter().find_map(|(key, word)| {
            let entry = map.get(&self.spelling.of(key)).filter(|entry| !is_nothing(&entry.value))?;
            let span = entry.key.span;
            let word = || Value::new(span, Kind::Text(Text::literal(Literal::opaque(*word, span))));
            let of_one = |value: Value| {
                each(value, |value| match &value.kind {
                    Kind::Map(_) => word(),
                    Kind::Unknown(_) => value,
                    _ => Value::new(span, Kind::Absent),
                })
            };
            let value = each(entry.value.clone(), |value| match value.kind {
                Kind::List(mut items) if items.len() == 1 => {
                    items.pop().map_or_else(|| Value::new(span, Kind::Absent), of_one)
                }
                Kind::List(items) if items.iter().any(|item| item.as_map().is_some()) => word(),
                Kind::List(items) if !items.is_empty() => {
                    Value::unknown(span, "which of several blocks there are")
                }
                _ => of_one(value),
            });
            Some(Entry { key: Key { name: name.to_owned(), span }, value })
        })
    }
}

fn is_choice(value: &Value) -> bool {
    matches!(value.kind, Kind::Choice(_))
}

/// Tags as a list of mappings of `Key` and `Value`, from a mapping or such a list in any case.
#[must_use]
pub fn tags(value: Value) -> Value {
    each(value, |value| {
        let items = match value.kind {
            Kind::Map(map) => map.entries.into_iter().map(tag).collect(),
            Kind::List(items) => items.into_iter().map(tag_in_list).collect(),
            Kind::Null => return Value { kind: Kind::Absent, ..value },
            _ => return value,
        };
        Value { kind: Kind::List(items), ..value }
    })
}

/// The members of a resource with the tags that its provider gives to each resource. Where it has none of its own, they
/// stand at its header.
#[must_use]
pub fn with_default_tags(properties: Value, default: &Value, header: Span) -> Value {
    each(properties, |mut properties| {
        let Kind::Map(map) = &mut properties.kind else { return properties };
        let own = map.entries.iter_mut().rev().find(|entry| entry.key.name == TAGS);
        match (own, &default.kind) {
            (None, Kind::List(default)) if default.is_empty() => {}
            (None, kind) => {
                let key = Key { name: TAGS.to_owned(), span: header };
                let value = match kind {
                    Kind::List(_) => default.clone(),
                    _ => Value::unknown(header, "the tags of the provider"),
                };
                map.entries.push(Entry { key, value });
            }
            (Some(Entry { value, .. }), Kind::List(default)) => match &mut value.kind {
                Kind::List(own) => own.extend(default.iter().cloned()),
                Kind::Absent => value.kind = Kind::List(default.clone()),
                _ => *value = Value::unknown(value.span, "the tags of a resource and its provider"),
            },
            (Some(Entry { value, .. }), _) => {
                *value = Value::unknown(value.span, "the tags of the provider");
            }
        }
        properties
    })
}

fn tag(entry: Entry) -> Value {
    let Entry { key: Key { name, span }, value } = entry;
    let literal =
        if span.len() == name.len() { Literal::plain(name, span) } else { Literal::opaque(name, span) };
    let member = |name: &str, value| Entry { key: Key { name: name.to_owned(), span }, value };
    let key = Value::new(span, Kind::Text(Text::literal(literal)));
    Value::new(span, Kind::Map(Map { entries: vec![member("Key", key), member("Value", value)] }))
}

fn tag_in_list(item: Value) -> Value {
    each(item, |mut item| {
        if let Kind::Map(map) = &mut item.kind {
            for entry in &mut map.entries {
                let known =
                    ["Key", "Value"].into_iter().find(|known| known.eq_ignore_ascii_case(&entry.key.name));
                if let Some(known) = known {
                    known.clone_into(&mut entry.key.name);
                }
            }
        }
        item
    })
}

/// When none of these is there, as far as that depends on conditions alone.
fn none_of(items: &[Value]) -> Guard {
    let mut guards = Vec::new();
    for item in items {
        let absent = leaves(item)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(guard, leaf)| matches!(leaf.kind, Kind::Absent).then_some(guard));
        let absent: Vec<Guard> = absent.collect();
        if absent.is_empty() {
            return Guard::Never;
        }
        guards.push(Guard::Any(absent));
    }
    Guard::All(guards)
}

/// A text that begins with a literal prefix and ends in what the provider makes up.
fn prefixed(prefix: Value) -> Value {
    let Kind::Text(Text { mut parts, .. }) = prefix.kind else { return prefix };
    parts.push(Part::Hole(Hole { span: end(prefix.span), holds: Holds::Of(Characters::LowerAlphanumeric) }));
    Value { kind: Kind::Text(Text { parts, reference: None }), ..prefix }
}

fn end(span: Span) -> Span {
    span.part(span.len(), span.len())
}

/// Whether a value is surely not given: null, or an empty text or list.
fn is_nothing(value: &Value) -> bool {
    match &value.kind {
        Kind::Null | Kind::Absent => true,
        Kind::Text(text) => text.as_str() == Some(""),
        Kind::List(items) => items.is_empty(),
        _ => false,
    }
}

/// A value with something done to each of its alternatives.
fn each(value: Value, change: impl Fn(Value) -> Value) -> Value {
    fn inner(value: Value, change: &dyn Fn(Value) -> Value) -> Value {
        let Kind::Choice(choice) = value.kind else { return change(value) };
        let alternative = |Alternative { guard, value }| Alternative { guard, value: inner(value, change) };
        let alternatives = choice.alternatives.into_iter().map(alternative).collect();
        Value { kind: Kind::Choice(Choice { alternatives }), ..value }
    }
    inner(value, &change)
}

/// `bucket_domain_name` as `bucketDomainName`.
pub fn camel(snake: &str) -> String {
    let mut words = snake.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut camel, word| {
        let mut chars = word.chars();
        camel.extend(chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars));
        camel
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::provider::resource_type::Type;
    use crate::forms::provider::{pulumi, terraform};
    use crate::forms::yields::shown;
    use crate::syntax;
    use crate::text::{Source, SourceId};

    fn read(text: &str) -> Value {
        syntax::parse(&Source::new(SourceId(0), "test", text)).documents.remove(0).root
    }

    fn shaped(of: Option<&Type>, text: &str) -> String {
        shown(&of.unwrap().canonical(read(text)))
    }

    #[test]
    fn the_spelling_of_another_provider_is_no_member() {
        let entry = "log_configurations: [{cloudwatch_logs_configuration: {log_group_arn: x}}]";
        let aws = shaped(terraform("aws_cognito_log_delivery_configuration"), &format!("{{{entry}}}"));
        assert_eq!(aws, "{LogConfigurations: [{cloudwatch_logs_configuration: {log_group_arn: x}}]}");
        let awscc = shaped(terraform("awscc_cognito_log_delivery_configuration"), &format!("{{{entry}}}"));
        assert_eq!(awscc, "{LogConfigurations: [{CloudWatchLogsConfiguration: {LogGroupArn: x}}]}");
    }

    #[test]
    fn a_block_is_written_as_a_mapping_or_a_list_of_one() {
        let of = terraform("aws_cognito_log_delivery_configuration");
        let wanted = "{LogConfigurations: [{S3Configuration: {BucketArn: x}}]}";
        for text in [
            "{log_configurations: {s3_configuration: {bucket_arn: x}}}",
            "{log_configurations: [{s3_configuration: [{bucket_arn: x}]}]}",
        ] {
            assert_eq!(shaped(of, text), wanted);
        }
        let none = shaped(of, "{log_configurations: [{s3_configuration: [], firehose_configuration: null}]}");
        assert_eq!(none, "{LogConfigurations: [{S3Configuration: absent, FirehoseConfiguration: absent}]}");
        let several =
            shaped(of, "{log_configurations: [{s3_configuration: [{bucket_arn: x}, {bucket_arn: y}]}]}");
        assert_eq!(several, "{LogConfigurations: [{S3Configuration: [{BucketArn: x}, {BucketArn: y}]}]}");
        let program =
            shaped(pulumi("aws:cognito:LogDeliveryConfiguration"), "{logConfigurations: {logLevel: INFO}}");
        assert_eq!(program, "{LogConfigurations: {logLevel: INFO}}");
    }

    #[test]
    fn a_prefix_is_a_name_whose_end_is_not_known() {
        let of = terraform("aws_cloudwatch_log_group");
        assert_eq!(shaped(of, "{name_prefix: app-}"), "{LogGroupName: app-_}");
        assert_eq!(shaped(of, "{name: null, name_prefix: app-}"), "{LogGroupName: app-_}");
        assert_eq!(shaped(of, "{name: app, name_prefix: null}"), "{LogGroupName: app}");
        assert_eq!(shaped(of, "{name: !x y, name_prefix: app-}"), "{LogGroupName: unknown}");
        assert_eq!(shaped(of, "{}"), "{}");
        assert_eq!(shaped(pulumi("aws:s3:Bucket"), "{bucketPrefix: app-}"), "{BucketName: app-_}");
    }

    #[test]
    fn no_retention_is_written_as_zero() {
        let of = terraform("aws_cloudwatch_log_group");
        assert_eq!(
            shaped(of, "{retention_in_days: 0, kms_key_id: k}"),
            "{RetentionInDays: absent, KmsKeyId: k}"
        );
        assert_eq!(shaped(of, "{retention_in_days: 30}"), "{RetentionInDays: 30}");
    }

    #[test]
    fn the_source_of_a_stream_is_its_type() {
        let of = terraform("aws_kinesis_firehose_delivery_stream");
        assert_eq!(
            shaped(of, "{msk_source_configuration: [{topic_name: t}]}"),
            "{DeliveryStreamType: MSKAsSource}"
        );
        assert_eq!(shaped(of, "{kinesis_source_configuration: []}"), "{}");
    }

    #[test]
    fn tags_are_a_list_and_those_of_a_plan_hold_all() {
        let of = terraform("aws_kinesis_firehose_delivery_stream");
        assert_eq!(shaped(of, "{tags: {a: b}}"), "{Tags: [{Key: a, Value: b}]}");
        let all = shaped(of, "{tags: {a: b}, tags_all: {a: b, c: d}}");
        assert_eq!(all, "{Tags: [{Key: a, Value: b}, {Key: c, Value: d}]}");
        let native = pulumi("aws-native:kinesisfirehose:DeliveryStream");
        assert_eq!(shaped(native, "{tags: [{key: a, value: b}]}"), "{Tags: [{Key: a, Value: b}]}");
    }
}
