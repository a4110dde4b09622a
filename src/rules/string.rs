//! A string in one world, with holes: what can be said of it for certain.

use super::verdict::Truth;
use crate::text::Span;
use crate::value::{Holds, Hole, Kind, Literal, Part, Reference, Text, Value};
use crate::world::World;

/// A string, or a part of one, whose alternatives are decided.
#[derive(Clone, Debug)]
pub struct Str<'a> {
    pieces: Vec<Piece<'a>>,
    /// Where the string is written; where it is empty, the place between its neighbours.
    span: Span,
    /// Where the text is used, if all of it was written elsewhere.
    pub used_at: Option<Span>,
    /// The resource that the whole string is a reference to.
    pub reference: Option<&'a Reference>,
}

#[derive(Clone, Copy, Debug)]
enum Piece<'a> {
    Literal { text: &'a str, origin: Origin<'a>, used_at: Option<Span> },
    Hole { span: Span, hole: Option<&'a Hole> },
}

/// Where literal text comes from.
#[derive(Clone, Copy, Debug)]
enum Origin<'a> {
    /// From a byte on in a literal.
    Literal(&'a Literal, usize),
    /// From somewhere in this.
    Within(Span),
}

impl<'a> Piece<'a> {
    fn span(&self) -> Span {
        match self {
            Self::Literal { text, .. } => self.part(0, text.len()),
            Self::Hole { span, .. } => *span,
        }
    }

    fn part(&self, start: usize, end: usize) -> Span {
        match self {
            Self::Literal { origin: Origin::Literal(literal, from), .. } => {
                literal.part(from + start, from + end)
            }
            Self::Literal { origin: Origin::Within(span), .. } | Self::Hole { span, .. } => *span,
        }
    }

    fn slice(&self, start: usize, end: usize) -> Self {
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

    fn literal(&self) -> Option<&'a str> {
        match self {
            Self::Literal { text, .. } => Some(text),
            Self::Hole { .. } => None,
        }
    }

    /// Whether the piece can hold a character.
    fn may_hold(&self, c: char) -> bool {
        match self {
            Self::Literal { text, .. } => text.contains(c),
            Self::Hole { hole, .. } => hole.is_none_or(|hole| hole.may_hold(c)),
        }
    }
}

impl<'a> Str<'a> {
    /// The string that a node is in a world; none where it is no string.
    pub fn of(value: &'a Value, world: &World) -> Option<Self> {
        let Kind::Text(text) = &value.kind else { return None };
        let mut pieces = Vec::with_capacity(text.parts.len());
        push_text(&mut pieces, text, world, None);
        let reference = text.reference.as_ref();
        Some(Self { pieces, span: value.span, used_at: value.used_at, reference })
    }

    /// A text that is derived from what stands at a place.
    pub fn derived(text: &'a str, span: Span) -> Self {
        let pieces = vec![Piece::Literal { text, origin: Origin::Within(span), used_at: None }];
        Self { pieces, span, used_at: None, reference: None }
    }

    /// Where the string is written: all of it, or where its outermost known parts are.
    pub fn span(&self) -> Span {
        let (Some(first), Some(last)) = (self.pieces.first(), self.pieces.last()) else { return self.span };
        let (first, last) = (first.span(), last.span());
        let holds = |span: Span| span.source == first.source && span.source == last.source;
        // A part that is written elsewhere (in a default) is shown there only if it is all there is.
        if holds(self.span)
            && (first.start < self.span.start || last.end > self.span.end)
            && self.pieces.len() > 1
        {
            return self.span;
        }
        if first.source == last.source { first.to(last) } else { self.span }
    }

    /// The string, if it has no holes.
    pub fn literal(&self) -> Option<String> {
        self.pieces.iter().map(Piece::literal).collect()
    }

    /// The string, if it is one literal.
    fn single(&self) -> Option<&'a str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [piece] => piece.literal(),
            _ => None,
        }
    }

    /// The known text, with `…` for what is not known.
    pub fn shown(&self) -> String {
        self.pieces.iter().map(|piece| piece.literal().unwrap_or("…")).collect()
    }

    /// Whether a part of the string is not known at all: what the region or the name of a resource of the unit
    /// will be is not known either, but nothing is wrong about it.
    pub fn is_open(&self) -> bool {
        self.pieces.iter().any(|piece| match piece {
            Piece::Hole { hole, .. } => hole.is_none_or(|hole| matches!(hole.holds, Holds::Anything(_))),
            Piece::Literal { .. } => false,
        })
    }

    /// Where the text of the first piece is used, if it was written elsewhere.
    pub fn use_place(&self) -> Option<Span> {
        let piece = self.pieces.iter().find_map(|piece| match piece {
            Piece::Literal { used_at, .. } => *used_at,
            Piece::Hole { .. } => None,
        });
        self.used_at.or(piece)
    }

    /// The resources of which a name stands in the string.
    pub fn references(&self) -> impl Iterator<Item = &'a Reference> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Hole { hole: Some(Hole { holds: Holds::Name(reference), .. }), .. } => Some(reference),
            _ => None,
        })
    }

    /// The reference that the string is, and nothing else.
    pub fn only_reference(&self) -> Option<&'a Reference> {
        let mut references = self.references();
        references.next().filter(|_| self.pieces.len() == 1)
    }

    pub fn starts_with(&self, prefix: &str) -> Truth {
        if let Some(text) = self.single() {
            return text.starts_with(prefix).into();
        }
        // Most prefixes are decided by the first literal.
        if let Some(text) = self.pieces.first().and_then(Piece::literal)
            && text.len() >= prefix.len()
        {
            return text.starts_with(prefix).into();
        }
        let pieces = self.pieces.iter().map(|piece| (piece, piece.literal()));
        consumes(
            &prefix.chars().collect::<Vec<_>>(),
            pieces.map(|(piece, text)| (piece, text.map(str::chars))),
        )
        .0
    }

    pub fn ends_with(&self, suffix: &str) -> Truth {
        if let Some(text) = self.single() {
            return text.ends_with(suffix).into();
        }
        if let Some(text) = self.pieces.last().and_then(Piece::literal)
            && text.len() >= suffix.len()
        {
            return text.ends_with(suffix).into();
        }
        let pieces = self.pieces.iter().rev().map(|piece| (piece, piece.literal()));
        consumes(
            &suffix.chars().rev().collect::<Vec<_>>(),
            pieces.map(|(piece, text)| (piece, text.map(|text| text.chars().rev()))),
        )
        .0
    }

    pub fn equals(&self, other: &str) -> Truth {
        if let Some(literal) = self.literal() {
            return (literal == other).into();
        }
        let pieces = self.pieces.iter().map(|piece| (piece, piece.literal()));
        let (_, may_end) = consumes(
            &other.chars().collect::<Vec<_>>(),
            pieces.map(|(piece, text)| (piece, text.map(str::chars))),
        );
        if may_end { Truth::Unknown } else { Truth::False }
    }

    pub fn contains(&self, text: &str) -> Truth {
        // Literals that follow one another are one text.
        if self.runs().iter().any(|run| run.contains(text)) {
            return Truth::True;
        }
        let possible = text.chars().all(|c| self.pieces.iter().any(|piece| piece.may_hold(c)));
        if self.has_holes() && possible { Truth::Unknown } else { Truth::False }
    }

    /// Whether every character is one for which `is_of` holds; where not, the place of the first that is none.
    pub fn all_characters(&self, is_of: impl Fn(char) -> bool) -> (Truth, Option<Span>) {
        for piece in &self.pieces {
            let Some(text) = piece.literal() else { continue };
            if let Some((at, c)) = text.char_indices().find(|(_, c)| !is_of(*c)) {
                return (Truth::False, Some(piece.part(at, at + c.len_utf8())));
            }
        }
        (if self.has_holes() { Truth::Unknown } else { Truth::True }, None)
    }

    /// Characters that are surely there.
    pub fn known_length(&self) -> usize {
        self.pieces.iter().filter_map(Piece::literal).map(|text| text.chars().count()).sum()
    }

    pub fn has_holes(&self) -> bool {
        self.pieces.iter().any(|piece| piece.literal().is_none())
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.literal().is_some_and(str::is_empty))
    }

    /// Whether two strings are equal: the same parts, or texts that can or cannot be.
    pub fn same_as(&self, other: &Self) -> Truth {
        match (self.literal(), other.literal()) {
            (Some(a), Some(b)) => (a == b).into(),
            (Some(text), None) => other.equals(&text),
            (None, Some(text)) => self.equals(&text),
            (None, None) if self.is_surely(other) => Truth::True,
            (None, None) => Truth::Unknown,
        }
    }

    fn is_surely(&self, other: &Self) -> bool {
        let same = |(a, b): (&Piece<'_>, &Piece<'_>)| match (a, b) {
            (Piece::Literal { text: a, .. }, Piece::Literal { text: b, .. }) => a == b,
            (Piece::Hole { hole: Some(a), .. }, Piece::Hole { hole: Some(b), .. }) => {
                match (&a.holds, &b.holds) {
                    (Holds::Name(a), Holds::Name(b)) => a == b,
                    (Holds::Region, Holds::Region)
                    | (Holds::Account, Holds::Account)
                    | (Holds::Partition, Holds::Partition) => true,
                    _ => false,
                }
            }
            _ => false,
        };
        self.pieces.len() == other.pieces.len() && self.pieces.iter().zip(&other.pieces).all(same)
    }

    /// The place of a text at the end of the string.
    pub fn end_span(&self, length: usize) -> Span {
        match self.pieces.last() {
            Some(piece @ Piece::Literal { text, .. }) if text.len() >= length => {
                piece.part(text.len() - length, text.len())
            }
            _ => self.span(),
        }
    }

    /// The place of a text inside the string.
    pub fn place_of(&self, text: &str) -> Span {
        let place = |piece: &Piece<'_>| {
            let at = piece.literal()?.find(text)?;
            Some(piece.part(at, at + text.len()))
        };
        self.pieces.iter().find_map(place).unwrap_or_else(|| self.span())
    }

    /// The place of the bytes of a match in a string without holes.
    pub fn byte_span(&self, start: usize, end: usize) -> Span {
        match self.pieces.as_slice() {
            [piece @ Piece::Literal { .. }] => piece.part(start, end),
            _ => self.span(),
        }
    }

    /// Whether a character can be in a hole.
    pub fn hole_may_hold(&self, c: char) -> bool {
        self.pieces.iter().any(|piece| piece.literal().is_none() && piece.may_hold(c))
    }

    /// The string up to a character's first literal place and what follows it.
    pub fn split_once(&self, c: char) -> Option<(Self, Self)> {
        let (index, at) = self
            .pieces
            .iter()
            .enumerate()
            .find_map(|(index, piece)| Some((index, piece.literal()?.find(c)?)))?;
        Some((self.before(index, at), self.after(index, at + c.len_utf8())))
    }

    /// Like [`Self::split_once`], at the last place.
    pub fn rsplit_once(&self, c: char) -> Option<(Self, Self)> {
        let (index, at) = self
            .pieces
            .iter()
            .enumerate()
            .rev()
            .find_map(|(index, piece)| Some((index, piece.literal()?.rfind(c)?)))?;
        Some((self.before(index, at), self.after(index, at + c.len_utf8())))
    }

    /// The string without a prefix that it surely has in its first literal.
    pub fn strip_prefix(&self, prefix: &str) -> Option<Self> {
        let first = self.pieces.first()?.literal()?;
        first.starts_with(prefix).then(|| self.after(0, prefix.len()))
    }

    /// The string from a character's first literal place on, that character included.
    pub fn starting_at(&self, c: char) -> Option<Self> {
        let (index, at) = self
            .pieces
            .iter()
            .enumerate()
            .find_map(|(index, piece)| Some((index, piece.literal()?.find(c)?)))?;
        Some(self.after(index, at))
    }

    fn before(&self, index: usize, at: usize) -> Self {
        let mut pieces = self.pieces[..index].to_vec();
        let cut = self.pieces[index].slice(0, at);
        let span = self.pieces[index].part(at, at);
        if at > 0 {
            pieces.push(cut);
        }
        Self { pieces, span, used_at: self.used_at, reference: None }
    }

    fn after(&self, index: usize, at: usize) -> Self {
        let piece = &self.pieces[index];
        let length = piece.literal().map_or(0, str::len);
        let mut pieces = Vec::new();
        if at < length {
            pieces.push(piece.slice(at, length));
        }
        pieces.extend_from_slice(&self.pieces[index + 1..]);
        let span = piece.part(at.min(length), at.min(length));
        Self { pieces, span, used_at: self.used_at, reference: None }
    }

    /// The literal texts between holes.
    fn runs(&self) -> Vec<String> {
        let mut runs = vec![String::new()];
        for piece in &self.pieces {
            match (piece.literal(), runs.last_mut()) {
                (Some(text), Some(run)) => run.push_str(text),
                _ => runs.push(String::new()),
            }
        }
        runs
    }
}

fn push_text<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a Text, world: &World, used_at: Option<Span>) {
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
                _ => pieces.push(Piece::Hole { span: hole.span, hole: Some(hole) }),
            },
        }
    }
}

/// The value of a hole that has alternatives.
fn push_value<'a>(pieces: &mut Vec<Piece<'a>>, span: Span, value: &'a Value, world: &World) {
    let anything = Piece::Hole { span, hole: None };
    let Some(value) = world.pick(value) else { return pieces.push(anything) };
    let used_at = Some(value.used_at.unwrap_or(span)).filter(|place| *place != value.span);
    match &value.kind {
        Kind::Text(text) => push_text(pieces, text, world, used_at),
        Kind::Number(text) => {
            pieces.push(Piece::Literal { text, origin: Origin::Within(value.span), used_at });
        }
        _ => pieces.push(anything),
    }
}

/// Reads a text out of pieces, from their beginning: whether they surely begin with it, and whether they can be
/// all of it and no more. A hole stands for any number of the characters that it may hold.
fn consumes<'p, 'a: 'p>(
    text: &[char],
    pieces: impl Iterator<Item = (&'p Piece<'a>, Option<impl Iterator<Item = char>>)>,
) -> (Truth, bool) {
    // Which lengths of the text may be read by now.
    let mut read = vec![false; text.len() + 1];
    read[0] = true;
    let mut certain = true;
    let mut begins = if text.is_empty() { Truth::True } else { Truth::False };
    for (piece, characters) in pieces {
        if begins != Truth::False && !read.contains(&true) {
            break;
        }
        match characters {
            Some(characters) => {
                for c in characters {
                    if read[text.len()] && begins == Truth::False {
                        begins = if certain { Truth::True } else { Truth::Unknown };
                    }
                    for at in (0..text.len()).rev() {
                        read[at + 1] = read[at] && text[at] == c;
                    }
                    read[0] = false;
                    // Nothing that follows can make up for a character that does not fit.
                    if !read.contains(&true) {
                        return (begins, false);
                    }
                }
            }
            None => {
                if read[text.len()] && begins == Truth::False {
                    begins = if certain { Truth::True } else { Truth::Unknown };
                }
                certain = false;
                for at in 0..text.len() {
                    read[at + 1] |= read[at] && piece.may_hold(text[at]);
                }
                if read[text.len()] && begins == Truth::False {
                    begins = Truth::Unknown;
                }
            }
        }
    }
    let may_end = read[text.len()];
    if may_end && begins == Truth::False {
        begins = if certain { Truth::True } else { Truth::Unknown };
    }
    (begins, may_end)
}

impl Str<'_> {
    /// Whether the string is the region, or the account, that its unit is deployed to.
    pub fn is_deployed_to(&self) -> bool {
        let is = |hole: &Hole| matches!(hole.holds, Holds::Region | Holds::Account);
        matches!(self.pieces.as_slice(), [Piece::Hole { hole: Some(hole), .. }] if is(hole))
    }
}
