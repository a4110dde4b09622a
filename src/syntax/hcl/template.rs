//! Strings with something to fill in, and heredocs.

use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::template::{Element, HeredocTemplate, Template};

use crate::syntax::hcl::ground::Ground;
use crate::syntax::hcl::string::{Decoded, dedented};
use crate::syntax::hcl::tree;
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Expression, Kind, Text, Value};

const DIRECTIVE: Expression = Expression::Other("a template directive");
const STRIPS: Expression = Expression::Other("a template that strips blanks");

/// A template between quotes.
pub fn quoted(ground: Ground<'_>, template: &Template, span: Span) -> Value {
    join(ground, template, span, Decoded::quoted)
}

/// A template that is all of a text.
pub fn bare(ground: Ground<'_>, template: &Template) -> Value {
    let span = ground.span(0..ground.text.len());
    join(ground, template, span, Decoded::bare)
}

fn join(ground: Ground<'_>, template: &Template, span: Span, decode: fn(&str) -> Decoded) -> Value {
    let literal = |place: Range<usize>| {
        let decoded = decode(ground.slice(place.clone()));
        ground.literal_of(decoded, place)
    };
    parts(ground, template, span, literal)
}

/// `place` is that of all of it, from `<<` to the end of its marker.
pub fn heredoc(ground: Ground<'_>, heredoc: &HeredocTemplate, place: Range<usize>) -> Value {
    let span = ground.span(place.clone());
    let elements: Vec<&Element> = heredoc.template.iter().collect();
    if elements.is_empty() {
        let begin = ground.slice(place.clone()).find('\n').map_or(place.end, |at| place.start + at + 1);
        return text(span, Literal::plain("", ground.span(begin..begin)));
    }
    if !ground.slice(place).starts_with("<<-") {
        return join(ground, &heredoc.template, span, Decoded::bare);
    }
    if elements.iter().any(|element| matches!(element, Element::Directive(_))) {
        return other(span, DIRECTIVE);
    }
    let mut places = Vec::new();
    // What begins a line with something to fill in has no blanks, and so has no other line.
    let mut at_line_start = true;
    let mut flush = true;
    for element in elements {
        if let Element::Literal(literal) = element {
            let place = tree::range(literal.span());
            places.push((place.clone(), at_line_start));
            at_line_start = ground.slice(place).ends_with('\n');
        } else {
            flush &= !at_line_start;
            at_line_start = false;
        }
    }
    if !flush {
        return join(ground, &heredoc.template, span, Decoded::bare);
    }
    let read = dedented(ground.text, &places);
    let mut literals =
        places.into_iter().zip(read).map(|((place, _), decoded)| ground.literal_of(decoded, place));
    parts(ground, &heredoc.template, span, |place| {
        literals.next().unwrap_or_else(|| Literal::opaque("", ground.span(place)))
    })
}

/// A template of which each literal part is read by `literal`.
fn parts(
    ground: Ground<'_>,
    template: &Template,
    span: Span,
    mut literal: impl FnMut(Range<usize>) -> Literal,
) -> Value {
    let mut parts = Vec::new();
    for element in template {
        parts.push(match element {
            Element::Literal(part) => {
                let literal = literal(tree::range(part.span()));
                text(literal.span, literal)
            }
            Element::Interpolation(part) => {
                if strips(ground, part.span()) {
                    return other(span, STRIPS);
                }
                tree::value(ground, &part.expr)
            }
            Element::Directive(part) => {
                let place = element.span();
                if strips(ground, place.clone()) {
                    return other(span, STRIPS);
                }
                let _ = part;
                other(ground.span(tree::range(place)), DIRECTIVE)
            }
        });
    }
    match parts.as_slice() {
        [] => text(span, Literal::plain("", span)),
        [Value { kind: Kind::Text(_), .. }] if template.len() == 1 => {
            let kind = parts.remove(0).kind;
            Value::new(span, kind)
        }
        [_] if matches!(template.iter().next(), Some(Element::Interpolation(_))) => parts.remove(0),
        _ => other(span, Expression::Template(parts)),
    }
}

/// Whether blanks around a marker do not count (`${~ x ~}`).
fn strips(ground: Ground<'_>, place: Option<Range<usize>>) -> bool {
    let written = ground.slice(tree::range(place));
    written.get(2..).is_some_and(|inside| inside.starts_with('~')) || written.ends_with("~}")
}

fn text(span: Span, literal: Literal) -> Value {
    Value::new(span, Kind::Text(Text::literal(literal)))
}

fn other(span: Span, expression: Expression) -> Value {
    Value::new(span, Kind::Expression(Box::new(expression)))
}
