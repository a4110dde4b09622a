//! Plain documents of AWS's API: the request `{UserPoolId, LogConfigurations}`, the bare list of
//! `--log-configurations file://…`, the desired state of Cloud Control, and the recorded response with its wrapper.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::form::{Form, Recognised, from_first_word};
use crate::guard::Guard;
use crate::spec::members::Coverage;
use crate::spec::{Dependencies, Origin, Resource, Spelling, normal};
use crate::syntax::document::Document;
use crate::syntax::embedded_json;
use crate::text::Span;
use crate::value::{Entry, Key, Kind, Map, ResourceKind, Text, Value};

/// Requests, whole or the bare list.
pub const NAME: &str = "api";
/// What `get-log-delivery-configuration` and the set call print.
pub const RESPONSE: &str = "response";

const REQUEST: Origin = Origin {
    form: NAME,
    optional: &[],
    applied: true,
    derived: false,
    spelling: Spelling::CANONICAL,
    coverage: Coverage::All,
};
const BARE_LIST: Origin = Origin { optional: &[POOL], ..REQUEST };
/// AWS may leave the list out of the response for a user pool that has none.
const RECORDED: Origin = Origin { form: RESPONSE, optional: &[LIST], applied: false, ..REQUEST };

/// Cloud Control takes what CloudFormation takes.
const DESIRED: Origin = Origin { optional: &[LIST], ..REQUEST };
const TYPE_NAME: &str = "TypeName";
const DESIRED_STATE: &str = "DesiredState";
const CONFIGURATION_TYPE: &str = "AWS::Cognito::LogDeliveryConfiguration";

const WRAPPER: &str = "LogDeliveryConfiguration";
const LIST: &str = "LogConfigurations";
const POOL: &str = "UserPoolId";
const DESTINATIONS: &[&str] = &["CloudWatchLogsConfiguration", "S3Configuration", "FirehoseConfiguration"];
const SOURCES: &[&str] = &["userNotification", "userAuthEvents"];

pub struct Api;

impl Form for Api {
    fn read(&self, document: &Document) -> Option<Recognised> {
        let root = &document.root;
        let (origin, body, header) = match &root.kind {
            Kind::Map(map) => {
                if let Some(wrapper) = wrapped(map) {
                    (RECORDED, Cow::Borrowed(&wrapper.value), wrapper.key.span)
                } else if let Some((header, state)) = desired_state(map) {
                    (DESIRED, state, header)
                } else if is_request(map) {
                    let header = map.entries.first().map_or(root.span, |entry| entry.key.span);
                    (REQUEST, Cow::Borrowed(root), header)
                } else {
                    return None;
                }
            }
            Kind::List(items) if items.iter().any(is_entry) => {
                (BARE_LIST, Cow::Owned(as_request(root)), root.first_word())
            }
            _ => return None,
        };
        let configuration = Resource {
            kind: ResourceKind::LogDeliveryConfiguration,
            name: "".into(),
            label: None,
            header,
            type_entry: None,
            properties: configuration(&body),
            guard: Guard::Always,
            rules: Arc::new(Guard::Always),
            dependencies: Dependencies::default(),
            region: None,
            provider: None,
            origin,
        };
        Some(Recognised { resources: vec![configuration], concerned: vec![root.span], asides: Vec::new() })
    }

    fn is_meant_by(&self, text: &str) -> bool {
        static START: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let key = |names: &str| format!(r#"["']?(?:{names})["']?\s*:"#);
            let of_document = key("UserPoolId|LogConfigurations|LogDeliveryConfiguration|ResponseMetadata");
            let of_entry =
                key("EventSource|LogLevel|CloudWatchLogsConfiguration|S3Configuration|FirehoseConfiguration");
            Regex::new(&format!(r"^\s*(?:\{{?\s*{of_document}|\[\s*\{{\s*{of_entry}|-\s+{of_entry})")).ok()
        });
        text.contains(LIST)
            && SOURCES.iter().any(|source| text.contains(source))
            && START.as_ref().is_some_and(|start| start.is_match(from_first_word(text)))
    }
}

/// The entry under the wrapper key of a response, if nothing else stands beside it than a response has, and nothing
/// in it that only has the name in common: a resource of a template, a definition in a schema, a description.
fn wrapped(map: &Map) -> Option<&Entry> {
    let known = |entry: &Entry| matches!(entry.key.name.as_str(), WRAPPER | "ResponseMetadata" | "$metadata");
    let is_member = |entry: &Entry| [POOL, LIST].iter().any(|name| normal(name) == normal(&entry.key.name));
    let is_body = |value: &Value| match &value.kind {
        Kind::Map(body) => match (body.get(POOL), body.get(LIST)) {
            (Some(_), Some(_)) => is_request(body),
            _ => body.entries.is_empty() || body.entries.iter().any(is_member),
        },
        _ => is_word(value),
    };
    map.get(WRAPPER).filter(|entry| is_body(&entry.value) && map.entries.iter().all(known))
}

/// The key and the properties in a call of Cloud Control that makes a configuration. The call takes them as a text.
fn desired_state(map: &Map) -> Option<(Span, Cow<'_, Value>)> {
    let is_ours = map.get(TYPE_NAME)?.value.as_str() == Some(CONFIGURATION_TYPE);
    let state = map.get(DESIRED_STATE).filter(|_| is_ours)?;
    let properties = match &state.value.kind {
        Kind::Map(_) => Cow::Borrowed(&state.value),
        Kind::Text(text) => Cow::Owned(embedded_json(text).filter(|value| value.as_map().is_some())?),
        _ => return None,
    };
    Some((state.key.span, properties))
}

/// Whether a mapping is a request: it names a pool and its configurations, or the latter hold what only these hold.
fn is_request(map: &Map) -> bool {
    let holds_entries = |value: &Value| value.as_list().is_some_and(|items| items.iter().any(is_entry));
    match (map.get(POOL), map.get(LIST)) {
        (Some(pool), Some(list)) => match &list.value.kind {
            _ if holds_entries(&list.value) || is_entry(&list.value) => true,
            // Not a list, so that both may be descriptions or types: only a real id tells.
            Kind::Map(_) | Kind::Text(_) | Kind::Number(_) | Kind::Bool(_) => is_id(&pool.value),
            _ => is_word(&pool.value),
        },
        (None, Some(list)) => holds_entries(&list.value),
        // The list under a name that is nearly its own.
        (Some(_), None) => map.entries.iter().any(|entry| {
            strsim::levenshtein(&normal(&entry.key.name), &normal(LIST)) <= 3 && holds_entries(&entry.value)
        }),
        (None, None) => false,
    }
}

/// Whether a value may be meant as an id: a scalar, and not several words.
fn is_word(value: &Value) -> bool {
    match &value.kind {
        Kind::Map(_) | Kind::List(_) => false,
        Kind::Text(text) => text.as_str().is_none_or(|text| !text.trim().contains(char::is_whitespace)),
        _ => true,
    }
}

/// Whether a value looks like the id of a user pool.
fn is_id(value: &Value) -> bool {
    let parts = value.as_str().and_then(|text| text.rsplit_once('_'));
    parts.is_some_and(|(region, rest)| region.contains('-') && !rest.is_empty() && is_word(value))
}

/// Whether an item is surely an entry of `LogConfigurations`. Events of other services have an `EventSource`, and may
/// have a `LogLevel`.
fn is_entry(item: &Value) -> bool {
    let has = |name: &str| item.get(name).is_some();
    let source = item.get("EventSource").and_then(Value::as_str).unwrap_or_default();
    let is_source = |known: &&str| strsim::levenshtein(&normal(known), &normal(source)) <= 3;
    let delivers = DESTINATIONS.iter().any(|name| has(name));
    SOURCES.iter().any(is_source) || (delivers && (has("EventSource") || has("LogLevel")))
}

/// A bare list as the request that it is a part of.
fn as_request(list: &Value) -> Value {
    let start = list.span.part(0, 0);
    let entry = Entry { key: Key { name: LIST.to_owned(), span: start }, value: list.clone() };
    Value::new(list.span, Kind::Map(Map { entries: vec![entry] }))
}

/// A configuration with everything that plain data cannot hold made unknown. What lies in a member that AWS does not
/// know is left out: its key says all there is to say.
fn configuration(body: &Value) -> Value {
    let Kind::Map(map) = &body.kind else { return literal(body) };
    let member = |entry: &Entry| {
        let value = match &entry.value.kind {
            _ if [POOL, LIST].contains(&entry.key.name.as_str()) => literal(&entry.value),
            Kind::Map(_) => Value::new(entry.value.span, Kind::Map(Map::default())),
            Kind::List(_) => Value::new(entry.value.span, Kind::List(Vec::new())),
            Kind::Text(text) if text.as_str().is_some() => {
                Value::new(entry.value.span, Kind::Text(Text { parts: Vec::new(), reference: None }))
            }
            _ => literal(&entry.value),
        };
        Entry { key: entry.key.clone(), value }
    };
    Value {
        span: body.span,
        kind: Kind::Map(Map { entries: map.entries.iter().map(member).collect() }),
        used_at: body.used_at,
    }
}

fn literal(value: &Value) -> Value {
    let kind = match &value.kind {
        Kind::Map(map) => {
            let entry = |entry: &Entry| Entry { key: entry.key.clone(), value: literal(&entry.value) };
            Kind::Map(Map { entries: map.entries.iter().map(entry).collect() })
        }
        Kind::List(items) => Kind::List(items.iter().map(literal).collect()),
        Kind::Tagged(tagged) => return Value::unknown(value.span, format!("the YAML tag {}", tagged.tag)),
        _ => return value.clone(),
    };
    Value { span: value.span, kind, used_at: value.used_at }
}
