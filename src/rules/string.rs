//! A string in one world, with holes: what can be said of it for certain.

use std::borrow::Cow;

use super::piece::{Origin, Piece, push_text};
use super::prefix::Prefix;
use super::unknown::Reason;
use super::verdict::Truth;
use crate::text::Span;
use crate::value::{Holds, Hole, Kind, Reference, Value};
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

/// A part of what tells a string from others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identity<'a> {
    Literal(Cow<'a, str>),
    Name(&'a Reference),
    Region,
    Account,
    Partition,
    Unknown(&'a str),
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

    /// What the deployment fills in, at a place: the region or the account of the unit.
    pub fn deployed(hole: &'a Hole, span: Span) -> Self {
        let pieces = vec![Piece::Hole { span, hole: Some(hole), unknown: None }];
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
            Piece::Hole { hole, .. } => hole.is_none_or(is_anything),
            Piece::Literal { .. } => false,
        })
    }

    /// The holes of the string, with the reason why it is not known what fills them; where some may hold anything,
    /// only these.
    pub fn reasons(&self) -> Vec<(Reason, Span)> {
        let holes = |wanted: fn(&Hole) -> bool| {
            self.pieces.iter().filter_map(move |piece| match *piece {
                Piece::Hole { span, hole, unknown } if hole.is_none_or(wanted) => {
                    Some((Reason::of(hole, unknown), span))
                }
                _ => None,
            })
        };
        let open: Vec<_> = holes(is_anything).collect();
        if open.is_empty() { holes(|_| true).collect() } else { open }
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
        self.pieces.iter().filter_map(Piece::reference)
    }

    /// The reference that the string is, and nothing else.
    pub fn only_reference(&self) -> Option<&'a Reference> {
        let said = self.pieces.iter().filter(|piece| piece.literal() != Some(""));
        self.references().next().filter(|_| said.count() == 1)
    }

    /// The reference that the string is, but for what may be written behind it.
    pub fn leading_reference(&self) -> Option<&'a Reference> {
        let first = self.pieces.first()?.span();
        let is_first = |piece: &&Piece<'a>| piece.span() == first;
        let own = self.pieces.iter().take_while(is_first).find_map(Piece::reference);
        self.reference.or(own)
    }

    pub fn starts_with(&self, prefix: &str) -> Truth {
        match self.single() {
            Some(text) => text.starts_with(prefix).into(),
            None => self.read(Prefix::new(prefix.chars())).begins(),
        }
    }

    pub fn ends_with(&self, suffix: &str) -> Truth {
        if let Some(text) = self.single() {
            return text.ends_with(suffix).into();
        }
        let mut reader = Prefix::new(suffix.chars().rev());
        for piece in self.pieces.iter().rev() {
            match piece.literal() {
                Some(text) => reader.literal(text.chars().rev()),
                None => reader.hole(|c| piece.may_hold(c)),
            }
        }
        reader.begins()
    }

    pub fn equals(&self, other: &str) -> Truth {
        match self.literal() {
            Some(literal) => (literal == other).into(),
            None if self.read(Prefix::new(other.chars())).may_be_all() => Truth::Unknown,
            None => Truth::False,
        }
    }

    /// Reads all pieces, from the first on.
    fn read(&self, mut reader: Prefix) -> Prefix {
        for piece in &self.pieces {
            match piece.literal() {
                Some(text) => reader.literal(text.chars()),
                None => reader.hole(|c| piece.may_hold(c)),
            }
        }
        reader
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
        // What holds few characters holds those of ASCII; any other stands for all others.
        let some = || (0..=u8::MAX).map(char::from);
        let fits =
            |piece: &Piece<'_>| piece.literal().is_some() || some().all(|c| !piece.may_hold(c) || is_of(c));
        (if self.pieces.iter().all(fits) { Truth::True } else { Truth::Unknown }, None)
    }

    /// The parts in order, none for each that is not known.
    pub fn known_parts(&self) -> impl Iterator<Item = Option<&'a str>> {
        self.pieces.iter().map(Piece::literal)
    }

    /// Characters that are surely there.
    pub fn known_length(&self) -> usize {
        self.pieces.iter().filter_map(Piece::literal).map(|text| text.chars().count()).sum()
    }

    pub fn has_holes(&self) -> bool {
        self.pieces.iter().any(|piece| piece.literal().is_none())
    }

    /// Whether a part of the string is the region, a name or an id, which is never empty.
    pub fn holds_a_name(&self) -> bool {
        self.pieces.iter().any(|piece| match piece {
            Piece::Hole { hole: Some(hole), .. } => {
                !matches!(hole.holds, Holds::Anything(_) | Holds::Value(_))
            }
            _ => false,
        })
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
        match (self.identity(), other.identity()) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        }
    }

    /// What tells the string from others: two of one identity are equal. None if a part of it may be anything.
    pub fn identity(&self) -> Option<Vec<Identity<'a>>> {
        let mut identity: Vec<Identity<'a>> = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            let part = match *piece {
                Piece::Literal { text: "", .. } => continue,
                Piece::Literal { text, .. } => {
                    if let Some(Identity::Literal(before)) = identity.last_mut() {
                        before.to_mut().push_str(text);
                        continue;
                    }
                    Identity::Literal(text.into())
                }
                Piece::Hole { unknown: Some(unknown), .. } => Identity::Unknown(unknown.identity.as_deref()?),
                Piece::Hole { hole: Some(hole), .. } => match &hole.holds {
                    Holds::Name(reference) => Identity::Name(reference),
                    Holds::Region => Identity::Region,
                    Holds::Account => Identity::Account,
                    Holds::Partition => Identity::Partition,
                    _ => return None,
                },
                Piece::Hole { .. } => return None,
            };
            identity.push(part);
        }
        Some(identity)
    }

    /// Whether the string is the region, or the account, that its unit is deployed to.
    pub fn is_deployed_to(&self) -> bool {
        let is = |hole: &Hole| matches!(hole.holds, Holds::Region | Holds::Account);
        matches!(self.pieces.as_slice(), [Piece::Hole { hole: Some(hole), .. }] if is(hole))
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

fn is_anything(hole: &Hole) -> bool {
    matches!(hole.holds, Holds::Anything(_))
}
