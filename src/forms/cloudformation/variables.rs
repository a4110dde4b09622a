//! What fills in a part of a text before CloudFormation uses it: dynamic references, Serverless variables, and what macros
//! and plugins look for.

use crate::value::{Kind, Value};

use super::function::scalar;

/// A part of a text that is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    pub start: usize,
    pub end: usize,
    pub kind: &'static str,
}

/// The kind of what refers to something outside of the template.
pub const DYNAMIC: &str = "dynamic reference";

/// The parts from a byte on that are filled in, in order.
pub fn all(text: &str, from: usize) -> impl Iterator<Item = Variable> {
    let mut at = from;
    // Looked for again only when passed, so that a text is read a bounded number of times.
    let find = [dynamic_reference, serverless_variable, marked];
    let mut found = find.map(|find| find(text, from));
    std::iter::from_fn(move || {
        for (find, found) in find.iter().zip(&mut found) {
            if found.is_some_and(|variable| variable.start < at) {
                *found = find(text, at);
            }
        }
        let next = found.into_iter().flatten().min_by_key(|variable| variable.start)?;
        at = next.end;
        Some(next)
    })
}

fn dynamic_reference(text: &str, from: usize) -> Option<Variable> {
    let start = from + text[from..].find("{{resolve:")?;
    let end = start + text[start..].find("}}")? + 2;
    Some(Variable { start, end, kind: DYNAMIC })
}

fn serverless_variable(text: &str, from: usize) -> Option<Variable> {
    let opens = text[from..].match_indices("${").map(|(at, _)| from + at);
    let start = opens.into_iter().find(|at| is_serverless(text, *at))?;
    Some(Variable { start, end: closing_brace(text, start), kind: "Serverless variable" })
}

/// `#{AWS::Region}`, which `serverless-pseudo-parameters` fills in, and macros of their own kind.
fn marked(text: &str, from: usize) -> Option<Variable> {
    let start = from + text[from..].find("#{")?;
    let end = start + text[start..].find('}')? + 1;
    Some(Variable { start, end, kind: "variable" })
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
    scalar(value).filter(|text| !matches!(value.kind, Kind::Text(_)) || all(text, 0).next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_told_from_what_is_written() {
        let found =
            |text: &str| all(text, 0).next().map(|variable| text[variable.start..variable.end].to_owned());
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
            ("arn:#{AWS::Region}:${self:a}", Some("#{AWS::Region}")),
            ("a#b#{c", None),
        ] {
            assert_eq!(found(text).as_deref(), expected, "{text}");
        }
    }
}
