//! The functions whose results are certain, over arguments that are resolved.

use crate::forms::pulumi::program::member;
use crate::forms::texts::{hole, push_value, split};
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Entry, Holds, Key, Kind, Map, Part, Text, Value};

/// The function that a mapping is a call of, in lower case: `fn::join`. Its only key names it.
pub fn name_of(map: &Map) -> Option<(String, &Value)> {
    let [only] = map.entries.as_slice() else { return None };
    let name = only.key.name.to_ascii_lowercase();
    name.starts_with("fn::").then_some((name, &only.value))
}

/// Whether a mapping is malformed: a function beside something else.
pub fn is_malformed(map: &Map) -> bool {
    let is_function =
        |entry: &Entry| entry.key.name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("fn::"));
    map.entries.len() > 1 && map.entries.iter().any(is_function)
}

/// What a function yields; none where that is not certain.
pub fn call(name: &str, argument: Value, span: Span) -> Option<Value> {
    match name {
        "fn::secret" => Some(argument),
        "fn::join" => join(argument, span),
        "fn::select" => select(argument, span),
        "fn::split" => {
            let [delimiter, text] = pair(argument)?;
            let Kind::Text(text) = &text.kind else { return None };
            Some(Value::new(span, Kind::List(split(text, delimiter.as_str()?, span)?)))
        }
        "fn::invoke" => {
            let map = argument.as_map()?;
            let has = |name: &str| member(map, name).is_some_and(|entry| !is_empty(&entry.value));
            if has("arguments") || has("options") {
                return None;
            }
            let result = invoke(member(map, "function")?.value.as_str()?, span)?;
            match member(map, "return") {
                Some(entry) => result.get(entry.value.as_str()?).cloned(),
                None => Some(result),
            }
        }
        _ => {
            let token = name.strip_prefix("fn::").filter(|token| token.contains(':'))?;
            is_empty(&argument).then(|| invoke(token, span))?
        }
    }
}

fn pair(argument: Value) -> Option<[Value; 2]> {
    let Kind::List(items) = argument.kind else { return None };
    items.try_into().ok()
}

fn is_empty(value: &Value) -> bool {
    match &value.kind {
        Kind::Null => true,
        Kind::Map(map) => map.entries.is_empty(),
        _ => false,
    }
}

fn join(argument: Value, span: Span) -> Option<Value> {
    let [separator, items] = pair(argument)?;
    let text = separator.as_str()?.to_owned();
    let Kind::List(items) = items.kind else { return None };
    let mut parts = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 && !text.is_empty() {
            parts.push(Part::Literal(Literal::opaque(text.as_str(), separator.span)));
        }
        push_value(&mut parts, item);
    }
    Some(Value::new(span, Kind::Text(Text { parts, reference: None })))
}

fn select(argument: Value, span: Span) -> Option<Value> {
    let [index, items] = pair(argument)?;
    let index: usize = match &index.kind {
        Kind::Number(number) => number.parse().ok()?,
        _ => index.as_str()?.parse().ok()?,
    };
    let Kind::List(mut items) = items.kind else { return None };
    let item = (index < items.len()).then(|| items.swap_remove(index))?;
    Some(Value { used_at: Some(span), ..item })
}

/// What the functions yield that ask where the program is deployed to. Tokens are in lower case or as they are.
fn invoke(token: &str, span: Span) -> Option<Value> {
    let token = token.to_ascii_lowercase();
    let (package, rest) = token.split_once(':')?;
    // `aws:getRegion`, `aws:index:getRegion` and `aws:index/getRegion:getRegion` are one.
    let (module, function) = rest.rsplit_once(':').unwrap_or(("index", rest));
    if module.split('/').next() != Some("index") {
        return None;
    }
    let (names, holds): (&[&str], Holds) = match (package, function) {
        ("aws", "getregion") => (&["name", "id", "region"], Holds::Region),
        ("aws-native", "getregion") => (&["region"], Holds::Region),
        ("aws", "getcalleridentity") => (&["accountId", "id"], Holds::Account),
        ("aws-native", "getaccountid") => (&["accountId"], Holds::Account),
        ("aws", "getpartition") => (&["partition", "id"], Holds::Partition),
        ("aws-native", "getpartition") => (&["partition"], Holds::Partition),
        _ => return None,
    };
    let entry = |name: &&str| {
        let value = hole(holds.clone(), span);
        Entry { key: Key { name: (*name).to_owned(), span }, value }
    };
    Some(Value::new(span, Kind::Map(Map { entries: names.iter().map(entry).collect() })))
}
