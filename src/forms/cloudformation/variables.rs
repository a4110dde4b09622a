//! What fills in a part of a text before CloudFormation uses it: dynamic references and Serverless variables.

use crate::value::{Kind, Value};

use super::function::scalar;

/// A part of a text that is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    pub start: usize,
    pub end: usize,
    pub kind: &'static str,
}

/// The first part from a byte on that is filled in.
pub fn next(text: &str, from: usize) -> Option<Variable> {
    let dynamic = text[from..].find("{{resolve:").and_then(|at| {
        let start = from + at;
        let end = start + text[start..].find("}}")? + 2;
        Some(Variable { start, end, kind: "dynamic reference" })
    });
    let serverless =
        text[from..].match_indices("${").map(|(at, _)| from + at).find(|at| is_serverless(text, *at));
    let serverless = serverless.map(|start| Variable {
        start,
        end: closing_brace(text, start),
        kind: "Serverless variable",
    });
    dynamic.into_iter().chain(serverless).min_by_key(|variable| variable.start)
}

/// Whether a Serverless variable begins at a `${`: `${self:…`, `${env:…`, `${file(…`, but not `${AWS::…`.
///
/// Nothing else looks like one, so a file of plain resources need not say that a Serverless file takes it in.
pub fn is_serverless(text: &str, open: usize) -> bool {
    let name = text[open..].strip_prefix("${").unwrap_or_default().trim_start();
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (source, rest) = name.split_at(end);
    let has_address = rest.strip_prefix(':').is_some_and(|address| !address.starts_with([':', '-']));
    source.starts_with(|c: char| c.is_ascii_lowercase()) && (has_address || rest.starts_with('('))
}

/// The end of a `${…}` that may hold others.
pub fn closing_brace(text: &str, start: usize) -> usize {
    let mut depth = 0;
    for (at, c) in text[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return start + at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// The text of a scalar, as CloudFormation compares it; none if a part of it is filled in before.
pub fn literal(value: &Value) -> Option<&str> {
    scalar(value).filter(|text| !matches!(value.kind, Kind::Text(_)) || next(text, 0).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_told_from_what_is_written() {
        let found = |text: &str| next(text, 0).map(|variable| text[variable.start..variable.end].to_owned());
        for (text, expected) in [
            ("a-${self:custom.${sls:stage}.x}-b", Some("${self:custom.${sls:stage}.x}")),
            ("${file(x.yml):y}", Some("${file(x.yml):y}")),
            ("x{{resolve:ssm:/a}}y${env:A}", Some("{{resolve:ssm:/a}}")),
            ("${AWS::Region}${opt:a, 'b'}", Some("${opt:a, 'b'}")),
            ("${strToBool(a)}", Some("${strToBool(a)}")),
            ("${AWS::Region}", None),
            ("${AWS:Region}", None),
            ("${self}", None),
            ("${ self:custom.x }", Some("${ self:custom.x }")),
            ("${variable:-default}", None),
            ("{{resolve:x", None),
            ("${", None),
        ] {
            assert_eq!(found(text).as_deref(), expected, "{text}");
        }
    }
}
