//! What a string in one world is made of.

use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::unknown::Unknown;
use crate::value::{Holds, Hole, Kind, Part, Reference, Text, Value};
use crate::world::World;

/// A part of a string: known text, or a hole.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    Literal { text: &'a str, origin: Origin<'a>, used_at: Option<Span> },
    Hole { span: Span, hole: Option<&'a Hole>, unknown: Option<&'a Unknown> },
}

/// Where literal text comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// From a byte on in a literal.
    Literal(&'a Literal, usize),
    /// From somewhere in this.
    Within(Span),
}

impl<'a> Piece<'a> {
    pub fn span(&self) -> Span {
        match self {
            Self::Literal { text, .. } => self.part(0, text.len()),
            Self::Hole { span, .. } => *span,
        }
    }

    pub fn part(&self, start: usize, end: usize) -> Span {
        match self {
            Self::Literal { origin: Origin::Literal(literal, from), .. } => {
                literal.part(from + start, from + end)
            }
            Self::Literal { origin: Origin::Within(span), .. } | Self::Hole { span, .. } => *span,
        }
    }

    pub fn slice(&self, start: usize, end: usize) -> Self {
        match *self {
            Self::Literal { text, origin, used_at } => {
                let origin = match origin {
                    Origin::Literal(literal, from) => Origin::Literal(literal, from + start),
                    Origin::Within(span) => Origin::Within(span),
                };
                Self::Literal { text: text.get(start..end).unwrap_or_default(), origin, used_at }
            }
            Self::Hole { .. } => *self,
        }
    }

    pub fn literal(&self) -> Option<&'a str> {
        match self {
            Self::Literal { text, .. } => Some(text),
            Self::Hole { .. } => None,
        }
    }

    /// The resource whose name stands here.
    pub fn reference(&self) -> Option<&'a Reference> {
        match self {
            Self::Hole { hole: Some(Hole { holds: Holds::Name(reference), .. }), .. } => Some(reference),
            _ => None,
        }
    }

    /// Whether the piece can hold a character.
    pub fn may_hold(&self, c: char) -> bool {
        match self {
            Self::Literal { text, .. } => text.contains(c),
            Self::Hole { hole, .. } => hole.is_none_or(|hole| hole.may_hold(c)),
        }
    }
}

/// Adds the parts of a text, with the alternatives in it decided.
pub fn push_text<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a Text, world: &World, used_at: Option<Span>) {
    for part in &text.parts {
        match part {
            Part::Literal(literal) => {
                pieces.push(Piece::Literal {
                    text: &literal.text,
                    origin: Origin::Literal(literal, 0),
                    used_at,
                });
            }
            Part::Hole(hole) => match &hole.holds {
                Holds::Value(value) => push_value(pieces, hole.span, value, world),
                Holds::Anything(unknown) => {
                    pieces.push(Piece::Hole { span: hole.span, hole: Some(hole), unknown: Some(unknown) });
                }
                _ => pieces.push(Piece::Hole { span: hole.span, hole: Some(hole), unknown: None }),
            },
        }
    }
}

/// The value of a hole that has alternatives.
fn push_value<'a>(pieces: &mut Vec<Piece<'a>>, span: Span, value: &'a Value, world: &World) {
    let anything = Piece::Hole { span, hole: None, unknown: None };
    let Some(value) = world.pick(value) else { return pieces.push(anything) };
    let used_at = Some(value.used_at.unwrap_or(span)).filter(|place| *place != value.span);
    match &value.kind {
        Kind::Text(text) => push_text(pieces, text, world, used_at),
        Kind::Number(text) => {
            pieces.push(Piece::Literal { text, origin: Origin::Within(value.span), used_at });
        }
        Kind::Unknown(unknown) => pieces.push(Piece::Hole { span, hole: None, unknown: Some(unknown) }),
        _ => pieces.push(anything),
    }
}
