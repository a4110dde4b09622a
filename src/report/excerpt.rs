//! The few lines of a file that a finding shows, copied out of it, made fit to be printed and cut to a width.
//!
//! An excerpt has a text of its own: no control character but tab and `\n`, no line break but `\n`, one character
//! for each character of the file. Marks are ranges of that text; on any line they do not overlap.

use std::ops::{Range, RangeInclusive};

use crate::diagnostic::{Diagnostic, Label};
use crate::report::place::{Place, Places};
use crate::report::visible::{escaped, push_source};
use crate::text::{Source, Span};

/// Marks drawn for one finding; a finding with more says how many there are.
pub const MAX_MARKS: usize = 12;
/// A line wider than this is cut, even where the width of the terminal is not known.
const LONG: usize = 240;
/// Columns shown of a line that is cut.
const WINDOW: usize = 120;
/// Columns that frame and line numbers take.
const FRAME: usize = 12;
/// Lines around a marked one.
const CONTEXT: usize = 1;
/// Lines from one mark to the next within an excerpt: to leave out less takes more room than to show it.
const NEAR: usize = 4;
/// Width of a tab.
pub const TAB: usize = 4;

/// How excerpts are cut and drawn.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// A line wider than this is cut.
    long: usize,
    /// Columns shown of a line that is cut.
    window: usize,
    unicode: bool,
}

impl Layout {
    pub fn new(width: Option<usize>, unicode: bool) -> Self {
        let long = width.map_or(LONG, |width| width.saturating_sub(FRAME).clamp(40, LONG));
        Self { long, window: long.min(WINDOW), unicode }
    }
}

/// Lines of one source that follow one another.
#[derive(Debug)]
pub struct Excerpt {
    /// The file's name, escaped.
    pub name: String,
    pub text: String,
    /// The number of the first line in the file, from 0.
    pub line: usize,
    pub lines: usize,
    /// In the order of the text; there is at least one.
    pub marks: Vec<Mark>,
}

/// A marked range of an excerpt's text, never empty.
#[derive(Debug)]
pub struct Mark {
    pub range: Range<usize>,
    pub place: Place,
    pub text: Option<String>,
    pub primary: bool,
}

impl Excerpt {
    /// The mark that begins at this offset of the excerpt.
    pub fn mark_at(&self, offset: usize) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.range.start == offset)
    }

    /// Digits of the greatest line number.
    pub fn digits(&self) -> usize {
        (self.line + self.lines).to_string().len()
    }
}

/// What is to be marked, in a source's own offsets.
struct Wish<'a> {
    source: &'a Source,
    line: usize,
    range: Range<usize>,
    place: Place,
    text: Option<String>,
    primary: bool,
}

/// The part of a line that is shown.
struct View {
    line: usize,
    range: Range<usize>,
}

/// An excerpt in the making: marks that can be drawn together.
struct Sheet<'a> {
    source: &'a Source,
    wishes: Vec<Wish<'a>>,
    /// One for each marked line.
    views: Vec<View>,
}

/// What excerpts are to show.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'d> {
    pub span: Span,
    pub note: Option<&'d str>,
    pub labels: &'d [Label],
}

impl<'d> From<&'d Diagnostic> for Shown<'d> {
    fn from(diagnostic: &'d Diagnostic) -> Self {
        Self { span: diagnostic.span, note: diagnostic.note.as_deref(), labels: &diagnostic.labels }
    }
}

/// The excerpts of a finding: first the one with its primary mark, then what does not fit into it, be it that it
/// lies in another file, overlaps another mark, or is far away.
pub fn excerpts(shown: Shown<'_>, places: &mut Places<'_>, layout: Layout) -> Vec<Excerpt> {
    let primary = wish(shown.span, shown.note, true, places);
    let mut sheets: Vec<Sheet<'_>> = Vec::new();
    let labels = shown.labels.iter().take(MAX_MARKS - 1);
    let others = labels.map(|label| wish(label.span, Some(&label.text), false, places));
    for wish in std::iter::once(primary).chain(others).flatten() {
        if let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.takes(&wish)) {
            sheet.add(wish, layout);
        } else {
            let mut sheet = Sheet { source: wish.source, wishes: Vec::new(), views: Vec::new() };
            sheet.add(wish, layout);
            sheets.push(sheet);
        }
    }
    sheets.into_iter().map(|sheet| sheet.draw(layout)).collect()
}

/// A span cut to its first line and, if nothing is left, widened to one character or the end of the line.
fn wish<'a>(span: Span, text: Option<&str>, primary: bool, places: &mut Places<'a>) -> Option<Wish<'a>> {
    let source = places.source(span.source)?;
    let place = places.at(span.source, span.start);
    let line = place.line - 1;
    let content = content(source, line);
    let start = place.offset.clamp(content.start, content.end);
    let end = source.span_at(start, span.range().end).range().end.min(content.end);
    let marked = &source.text[start..end];
    let end = if span.range().end > content.end { start + marked.trim_end().len() } else { end };
    let next = source.text[start..content.end].chars().next().map_or(0, char::len_utf8);
    let end = end.max(start + next);
    let text = text.map(|text| escaped(text).into_owned()).filter(|text| !text.is_empty());
    Some(Wish { source, line, range: start..end, place, text, primary })
}

/// The range of a line without its line break and without a byte order mark.
fn content(source: &Source, line: usize) -> Range<usize> {
    let range = source.lines().range(&source.text, line);
    let text = &source.text[range.clone()];
    let mark = if line == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    range.start + mark..range.start + text.trim_end_matches(['\r', '\n']).len()
}

impl<'a> Sheet<'a> {
    /// Whether a mark can be drawn here without hiding another.
    fn takes(&self, wish: &Wish<'_>) -> bool {
        let apart = |other: &Wish<'_>| {
            other.line != wish.line
                || (wish.range.start >= other.range.end && wish.range.start > other.range.start)
                || (wish.range.end <= other.range.start && wish.range.start < other.range.start)
        };
        let seen = |view: &View| {
            view.line != wish.line
                || (view.range.start <= wish.range.start && wish.range.end <= view.range.end)
        };
        let near = |view: &View| view.line.abs_diff(wish.line) <= NEAR;
        self.source.id == wish.source.id
            && self.views.iter().any(near)
            && self.views.iter().all(seen)
            && self.wishes.iter().all(apart)
    }

    fn add(&mut self, wish: Wish<'a>, layout: Layout) {
        if self.views.iter().all(|view| view.line != wish.line) {
            let range = view(self.source, wish.line, &wish.range, layout);
            self.views.push(View { line: wish.line, range });
        }
        self.wishes.push(wish);
    }

    fn draw(mut self, layout: Layout) -> Excerpt {
        self.wishes.sort_by_key(|wish| wish.range.start);
        let shown = self.shown();
        let mut excerpt = Excerpt {
            name: escaped(&self.source.name).into_owned(),
            text: String::new(),
            line: *shown.start(),
            lines: shown.end() - shown.start() + 1,
            marks: Vec::new(),
        };
        for line in shown {
            let marked = self.views.iter().find(|view| view.line == line).map(|view| view.range.clone());
            let range = marked.unwrap_or_else(|| {
                let start = content(self.source, line).start;
                view(self.source, line, &(start..start), layout)
            });
            self.draw_line(line, range, layout, &mut excerpt);
        }
        excerpt
    }

    /// The marked lines with what is around them, but for blank lines at both ends.
    fn shown(&self) -> RangeInclusive<usize> {
        let lines = || self.views.iter().map(|view| view.line);
        let (first, last) = (lines().min().unwrap_or_default(), lines().max().unwrap_or_default());
        let blank = |text: &str| text.chars().take(LONG).all(char::is_whitespace);
        let filled = |line: &usize| !blank(&self.source.text[content(self.source, *line)]);
        let end = self.source.lines().count() - 1;
        let before = (first.saturating_sub(CONTEXT)..first).find(filled);
        let after = (last + 1..=end.min(last + CONTEXT)).rev().find(filled);
        before.unwrap_or(first)..=after.unwrap_or(last)
    }

    fn draw_line(&self, number: usize, view: Range<usize>, layout: Layout, excerpt: &mut Excerpt) {
        let content = content(self.source, number);
        let ellipsis = if layout.unicode { "…" } else { "..." };
        let line = &mut excerpt.text;
        if view.start > content.start {
            line.push_str(ellipsis);
        }
        // Each character's offset in the source and in the excerpt.
        let mut offsets = Vec::new();
        for (at, char) in self.source.text[view.clone()].char_indices() {
            offsets.push((view.start + at, line.len()));
            push_source(line, char, layout.unicode);
        }
        let end = line.len();
        if view.end < content.end {
            line.push_str(ellipsis);
        }
        line.push('\n');
        let drawn = |offset: usize| {
            let next = offsets.partition_point(|(at, _)| *at < offset);
            offsets.get(next).map_or(end, |(_, drawn)| *drawn)
        };
        for wish in self.wishes.iter().filter(|wish| wish.line == number) {
            let start = drawn(wish.range.start);
            excerpt.marks.push(Mark {
                range: start..drawn(wish.range.end).max(start + 1),
                place: wish.place,
                text: wish.text.clone(),
                primary: wish.primary,
            });
        }
    }
}

/// The part of a line to show so that a range of it is seen.
fn view(source: &Source, line: usize, range: &Range<usize>, layout: Layout) -> Range<usize> {
    let content = content(source, line);
    let text = &source.text;
    if forward(&text[content.clone()], layout.long) == content.len() {
        return content;
    }
    let ahead = &text[range.start..content.end];
    let end = range.start + forward(ahead, layout.window - layout.window / 3);
    let room = layout.window.saturating_sub(columns_of(&text[range.start..end]));
    let behind = &text[content.start..range.start];
    let mut start = range.start;
    let mut used = 0;
    for (at, char) in behind.char_indices().rev() {
        used += columns(char);
        if used > room {
            break;
        }
        start = content.start + at;
    }
    start..(end + forward(&text[end..content.end], room.saturating_sub(used)))
}

/// Bytes of the longest beginning of a text that is at most so many columns wide.
fn forward(text: &str, room: usize) -> usize {
    let mut used = 0;
    let fits = |char: &char| {
        used += columns(*char);
        used <= room
    };
    text.chars().take_while(fits).map(char::len_utf8).sum()
}

fn columns_of(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Columns of a character, roughly: enough to cut a line.
fn columns(char: char) -> usize {
    match char {
        '\t' => TAB,
        '\0'..='\u{10ff}' => 1,
        _ => 2,
    }
}
