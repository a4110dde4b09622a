//! What the attributes of resources yield, written as patterns.
//!
//! A pattern is literal text with holes: `{p}` the partition, `{r}` the region and `{a}` the account of the deployment,
//! `{n}` the resource's name, `{s}` a name, `{c}` small letters and digits, `{u}` these and dashes, `{*}` anything.

use crate::text::Span;
use crate::value::characters::Characters;
use crate::value::literal::Literal;
use crate::value::unknown::Unknown;
use crate::value::{Holds, Hole, Kind, Part, Reference, Text, Value};

/// Where a resource is deployed to: none where that is where its unit is deployed to, unknown where it may be elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deployed<'d> {
    pub partition: Option<&'d Value>,
    pub region: Option<&'d Value>,
    pub account: Option<&'d Value>,
}

/// The text that an attribute of a resource yields, used at `span`; unknown for that `reason` if there is no pattern.
#[must_use]
pub fn yielded(
    pattern: Option<&str>,
    reference: Reference,
    reason: String,
    span: Span,
    deployed: &Deployed<'_>,
) -> Value {
    let Some(pattern) = pattern else { return Value::unknown(span, reason) };
    let mut parts = Vec::new();
    for piece in pattern.split_inclusive('}') {
        let (literal, hole) = piece.split_once('{').unwrap_or((piece, ""));
        if !literal.is_empty() {
            parts.push(Part::Literal(Literal::opaque(literal, span)));
        }
        let (holds, known) = match hole.trim_end_matches('}') {
            "" => continue,
            "p" => (Holds::Partition, deployed.partition),
            "r" => (Holds::Region, deployed.region),
            "a" => (Holds::Account, deployed.account),
            "n" => (Holds::Name(reference.clone()), None),
            "s" => (Holds::Of(Characters::Name), None),
            "c" => (Holds::Of(Characters::LowerAlphanumeric), None),
            "u" => (Holds::Of(Characters::LowerAlphanumericDash), None),
            _ => (Holds::Anything(Unknown::new(reason.as_str())), None),
        };
        match known.map(|value| &value.kind) {
            Some(Kind::Text(text)) => parts.extend(text.parts.iter().map(|part| moved(part, span))),
            Some(Kind::Choice(choice)) => {
                let value = Value::new(span, Kind::Choice(choice.clone()));
                parts.push(Part::Hole(Hole { span, holds: Holds::Value(Box::new(value)) }));
            }
            Some(_) => {
                let holds = Holds::Of(Characters::LowerAlphanumericDash);
                parts.push(Part::Hole(Hole { span, holds }));
            }
            None => parts.push(Part::Hole(Hole { span, holds })),
        }
    }
    Value::new(span, Kind::Text(Text { parts, reference: Some(reference) }))
}

/// A part of a text that is written elsewhere and stands at `span` by a reference.
fn moved(part: &Part, span: Span) -> Part {
    match part {
        Part::Literal(literal) => Part::Literal(Literal::opaque(literal.text.as_str(), span)),
        Part::Hole(hole) => Part::Hole(Hole { span, holds: hole.holds.clone() }),
    }
}

/// What a value is, with `_` for each hole: for the tests of tables.
#[cfg(test)]
pub fn shown(value: &Value) -> String {
    let part = |part: &Part| match part {
        Part::Literal(literal) => literal.text.clone(),
        Part::Hole(_) => "_".to_owned(),
    };
    match &value.kind {
        Kind::Map(map) => {
            let entries: Vec<String> = map
                .entries
                .iter()
                .map(|entry| format!("{}: {}", entry.key.name, shown(&entry.value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Kind::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Kind::Text(text) => text.parts.iter().map(part).collect(),
        Kind::Number(number) => number.clone(),
        Kind::Absent => "absent".to_owned(),
        Kind::Null => "null".to_owned(),
        _ => "unknown".to_owned(),
    }
}

/// Whether every brace of a pattern belongs to a hole that there is: for the tests of tables.
#[cfg(test)]
pub fn is_well_formed(pattern: &str) -> bool {
    let known = |hole: &str| "pransuc*".contains(&hole[..1]) && hole[1..].starts_with('}');
    pattern.split('{').skip(1).all(known) && pattern.matches('{').count() == pattern.matches('}').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;
    use crate::value::ResourceKind;

    #[test]
    fn what_is_known_of_the_deployment_is_filled_in() {
        let span = Span::new(SourceId(0), 0, 1);
        let reference = Reference { kind: ResourceKind::Stream, resource: "events".into() };
        let region = Value::new(span, Kind::Text(Text::literal(Literal::plain("eu-west-1", span))));
        let deployed = Deployed { region: Some(&region), ..Deployed::default() };
        let value = yielded(Some("arn:{p}:firehose:{r}:{a}:x"), reference, String::new(), span, &deployed);
        assert_eq!(shown(&value), "arn:_:firehose:eu-west-1:_:x");
    }
}
