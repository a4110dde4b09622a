//! A file of HCL: its blocks and arguments, read one by one.

use std::ops::Range;

use crate::syntax::document::{Document, DuplicateKey, Language, Parsed, SyntaxError};
use crate::syntax::hcl::block::{Failure, parse as parse_part};
use crate::syntax::hcl::ground::Ground;
use crate::syntax::hcl::split::{Header, Item, Items};
use crate::syntax::hcl::tree;
use crate::syntax::mapping::find_duplicates;
use crate::text::{SourceId, Span};
use crate::value::{Entry, Key, Kind, Map, Value};

/// The parser compares each key of an object with all others: so many comparisons are made for one file.
const MAX_BURDEN: u64 = 20_000_000;
/// So many parts of a file that cannot be read are told.
const MAX_ERRORS: usize = 100;

/// Whether a block is of interest, by its type and its labels.
pub type Wanted<'a> = &'a dyn Fn(&str, &[&str]) -> bool;

/// Reads a file. Blocks that are not wanted are left out and not parsed, as is what does not end before `limit` (in
/// bytes). A wanted block or an argument that cannot be read stands as an unknown.
#[must_use]
pub fn parse(text: &str, id: SourceId, limit: usize, wanted: Wanted<'_>) -> Parsed {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut file = File {
        text,
        id,
        shift: text.len() - body.len(),
        entries: Vec::new(),
        duplicates: Vec::new(),
        errors: Vec::new(),
        burden: 0,
    };
    for item in Items::new(body) {
        if item.range.end + file.shift > limit {
            break;
        }
        let is_wanted = match &item.header {
            Header::Block(kind, labels) => wanted(kind, labels),
            Header::Argument(_) | Header::Other => true,
        };
        if is_wanted {
            file.read(body, &item);
        }
    }
    let arguments =
        file.entries.iter().filter(|entry| !matches!(entry.value.kind, Kind::Block(_) | Kind::Unknown(_)));
    find_duplicates(arguments.map(|entry| &entry.key), &mut file.duplicates);
    file.duplicates.sort_by_key(|key| key.span);
    let root = Value::new(Span::new(id, 0, text.len()), Kind::Map(Map { entries: file.entries }));
    let mut errors = file.errors.into_iter();
    Parsed {
        language: Language::Hcl,
        documents: vec![Document { root, duplicates: file.duplicates }],
        error: errors.next(),
        more_errors: errors.collect(),
    }
}

/// Where the comments of a file stand, in their order.
#[must_use]
pub fn comments(text: &str) -> Vec<Range<usize>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shift = text.len() - body.len();
    let mut items = Items::new(body);
    while items.next().is_some() {}
    let mut comments = items.comments;
    // What is gone over twice has been met twice.
    comments.sort_unstable_by_key(|range| (range.start, range.end));
    comments.dedup();
    comments.into_iter().map(|range| range.start + shift..range.end + shift).collect()
}

#[derive(Debug)]
struct File<'a> {
    text: &'a str,
    id: SourceId,
    /// How many bytes stand before what is read.
    shift: usize,
    entries: Vec<Entry>,
    duplicates: Vec<DuplicateKey>,
    errors: Vec<SyntaxError>,
    burden: u64,
}

impl File<'_> {
    fn read(&mut self, body: &str, item: &Item<'_>) {
        let start = item.range.start;
        let failure = match item.fault {
            Some(fault) => {
                self.lose(item, fault.start..fault.end, fault.message);
                return;
            }
            None if self.burden.saturating_add(item.burden) > MAX_BURDEN => {
                self.lose(item, start..start, "too many entries to read");
                return;
            }
            None => {
                self.burden += item.burden;
                let text = body.get(item.range.clone()).unwrap_or_default();
                match parse_part(text) {
                    Ok(part) => {
                        let ground = Ground::file(text, self.id, start + self.shift);
                        self.entries.extend(tree::entries(ground, &part, &mut self.duplicates));
                        return;
                    }
                    Err(failure) => failure,
                }
            }
        };
        match failure {
            Failure::Syntax(at, message) => self.lose(item, start + at..start + at, &message),
            Failure::Unreadable => self.leave_out(item),
        }
    }

    fn lose(&mut self, item: &Item<'_>, place: Range<usize>, message: &str) {
        if self.errors.len() < MAX_ERRORS {
            let place = place.start + self.shift..place.end + self.shift;
            let mut error = SyntaxError::new(self.text, self.id, place, message);
            error.lost = Some(self.span(item));
            self.errors.push(error);
        }
        self.leave_out(item);
    }

    /// Puts an unknown where an item would stand.
    fn leave_out(&mut self, item: &Item<'_>) {
        let (name, what) = match &item.header {
            Header::Block(kind, labels) => {
                (*kind, format!("the block {}", [&[*kind], labels.as_slice()].concat().join(".")))
            }
            Header::Argument(name) => (*name, format!("the argument {name}")),
            Header::Other => return,
        };
        let span = self.span(item);
        let key = Key { name: name.to_owned(), span: span.part(0, name.len()) };
        self.entries
            .push(Entry { key, value: Value::unknown(span, format!("{what}, which cannot be read")) });
    }

    fn span(&self, item: &Item<'_>) -> Span {
        Span::new(self.id, item.range.start + self.shift, item.range.end + self.shift)
    }
}
