//! Dynamic references that are put together: CloudFormation calls functions first, and looks for references in what they
//! yield.

use crate::text::Span;
use crate::value::unknown::Unknown;
use crate::value::{Holds, Hole, Kind, Part, Text, Value};

/// What every reference begins with.
const OPEN: &str = "{{resolve:";
const CLOSE: &str = "}}";

/// What a function yields, with a hole in the place of each reference in it. One alone may be anything.
pub fn resolved(value: Value) -> Value {
    let Value { span, used_at, kind: Kind::Text(text) } = value else { return value };
    let opens = |part: &Part| matches!(part, Part::Literal(literal) if literal.text.contains("{{"));
    if !text.parts.iter().any(opens) {
        return Value { span, kind: Kind::Text(text), used_at };
    }
    let parts = without_references(&text.parts, span);
    let kind = match parts.as_slice() {
        [Part::Hole(Hole { holds: Holds::Anything(unknown), .. })] => Kind::Unknown(unknown.clone()),
        _ => Kind::Text(Text { parts, ..text }),
    };
    Value { span, kind, used_at }
}

fn without_references(parts: &[Part], span: Span) -> Vec<Part> {
    let mut new = Vec::with_capacity(parts.len());
    let mut from = 0;
    let mut index = 0;
    // Where one does not end, none does that begins later.
    let mut is_closed = true;
    while let Some(part) = parts.get(index) {
        if let Part::Literal(literal) = part {
            let begins = literal.text[from..].match_indices("{{").map(|(at, _)| from + at);
            let mut references = begins.filter(|at| may_open(parts, index, *at));
            let first = references.next().filter(|_| is_closed);
            let found = first.and_then(|at| Some((at, end(parts, index, at + 2)?)));
            is_closed &= first.is_none() || found.is_some();
            if let Some((at, (last, end))) = found {
                new.extend((from < at).then(|| Part::Literal(literal.slice(from, at))));
                let unknown = Unknown::new("what a dynamic reference yields");
                new.push(Part::Hole(Hole { span, holds: Holds::Anything(unknown) }));
                (index, from) = (last, end);
                continue;
            }
            let is_rest = from < literal.text.len() || from == 0;
            new.extend(is_rest.then(|| Part::Literal(literal.slice(from, literal.text.len()))));
        } else {
            new.push(part.clone());
        }
        (index, from) = (index + 1, 0);
    }
    new
}

/// Whether a reference begins at a byte of a literal, or may do so where a hole follows.
fn may_open(parts: &[Part], index: usize, at: usize) -> bool {
    let mut left = OPEN;
    let mut from = at;
    for part in parts.get(index..).unwrap_or_default() {
        let Part::Literal(literal) = part else { return true };
        let text = &literal.text[from..];
        from = 0;
        if text.starts_with(left) {
            return true;
        }
        match left.strip_prefix(text) {
            Some(rest) => left = rest,
            None => return false,
        }
    }
    false
}

/// Where a reference ends that begins before a byte of a literal: the literal, and a byte of that.
fn end(parts: &[Part], index: usize, at: usize) -> Option<(usize, usize)> {
    let mut from = at;
    let mut is_half = false;
    for (index, part) in parts.iter().enumerate().skip(index) {
        let Part::Literal(literal) = part else {
            is_half = false;
            continue;
        };
        if is_half && literal.text.starts_with('}') {
            return Some((index, 1));
        }
        if let Some(found) = literal.text[from..].find(CLOSE) {
            return Some((index, from + found + CLOSE.len()));
        }
        is_half = literal.text.ends_with('}') || is_half && literal.text.is_empty();
        from = 0;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::texts;
    use crate::text::SourceId;
    use crate::value::literal::Literal;

    #[test]
    fn a_reference_is_one_hole_whatever_it_is_put_together_of() {
        let span = Span::new(SourceId(0), 0, 1);
        // `|` parts literals, `_` is a hole.
        for (text, expected) in [
            ("{{resolve:ssm:/|_|/id}}", "unknown"),
            ("arn:{{resolve:ssm:/|_|}}:x", "arn:_:x"),
            ("a{{resolve:x}}b{{resolve:|_|}|}c", "a_b_c"),
            ("{{|_|}}", "unknown"),
            ("{{res|olve:x|}}", "unknown"),
            ("{{res|_", "{{res_"),
            ("{{ x }}|_|", "{{ x }}_"),
            ("{{resolve:x|_|}", "{{resolve:x_}"),
            ("{{ {{resolve:|_|}} }}", "{{ _ }}"),
            ("|_|", "_"),
        ] {
            let part = |part: &str| match part {
                "_" => Part::Hole(Hole { span, holds: Holds::Region }),
                text => Part::Literal(Literal::opaque(text, span)),
            };
            let parts = text.split('|').map(part).collect();
            let value = resolved(Value::new(span, Kind::Text(Text { parts, reference: None })));
            let shown = match &value.kind {
                Kind::Text(text) => text.parts.iter().map(|part| match part {
                    Part::Literal(literal) => literal.text.as_str(),
                    Part::Hole(_) => "_",
                }),
                _ => {
                    assert_eq!(expected, "unknown", "{text}");
                    continue;
                }
            };
            assert_eq!(shown.collect::<String>(), expected, "{text}");
        }
        let other = texts::hole(Holds::Region, span);
        assert!(matches!(resolved(other).kind, Kind::Text(_)));
    }
}
