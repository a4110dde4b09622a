//! Lines of a file, with marks and what is said of them.

use std::fmt::{self, Write as _};
use std::iter::repeat_n;

use crate::report::excerpt::{Excerpt, Mark, TAB};
use crate::report::visible::escaped;

/// Writes an excerpt; its name only if it is of another file than this one.
pub fn draw(excerpt: &Excerpt, file: &str, html: &mut String) -> fmt::Result {
    writeln!(html, "<figure>")?;
    if excerpt.name != escaped(file) {
        writeln!(html, "<figcaption>{}</figcaption>", escape_markup(&excerpt.name))?;
    }
    write!(html, "<pre style=\"--digits: {}\">", excerpt.digits())?;
    let mut start = 0;
    for (index, line) in excerpt.text.split_terminator('\n').enumerate() {
        let end = start + line.len();
        // An empty line can be marked: the mark is then one character behind it.
        let marks: Vec<&Mark> =
            excerpt.marks.iter().filter(|mark| (start..=end).contains(&mark.range.start)).collect();
        draw_line(excerpt.line + index + 1, line, start, &marks, html)?;
        start = end + 1;
    }
    writeln!(html, "</pre>\n</figure>")
}

fn draw_line(number: usize, line: &str, start: usize, marks: &[&Mark], html: &mut String) -> fmt::Result {
    let hit = if marks.iter().any(|mark| mark.primary) { " class=\"hit\"" } else { "" };
    write!(html, "<span{hit}><i>{number}</i>")?;
    let (mut at, mut column) = (0, 0);
    let mut drawn = |text: &str| escape_markup(&without_tabs(text, &mut column));
    for mark in marks {
        let from = (mark.range.start - start).clamp(at, line.len());
        let to = (mark.range.end - start).clamp(from, line.len());
        let text = if from == to { " " } else { &line[from..to] };
        write!(html, "{}<mark{}>{}</mark>", drawn(&line[at..from]), class(mark), drawn(text))?;
        at = to;
    }
    writeln!(html, "{}</span>", drawn(&line[at..]))?;
    // What is said of the last one comes first, so that no text stands between a mark and its words.
    for mark in marks.iter().rev() {
        if let Some(text) = &mark.text {
            let before = blank(&line[..(mark.range.start - start).min(line.len())]);
            writeln!(html, "<span><i></i>{before}<em{}>╰ {}</em></span>", class(mark), escape_markup(text))?;
        }
    }
    Ok(())
}

fn class(mark: &Mark) -> &'static str {
    if mark.primary { "" } else { " class=\"other\"" }
}

/// A text that stands at a column, with spaces for tabs: the stops of a browser are counted from the line's number.
fn without_tabs(text: &str, column: &mut usize) -> String {
    let mut spaced = String::with_capacity(text.len());
    for char in text.chars() {
        if char == '\t' {
            let width = width(char, *column);
            spaced.extend(repeat_n(' ', width));
        } else {
            spaced.push(char);
        }
        *column += width(char, *column);
    }
    spaced
}

/// As much room as a text takes.
fn blank(text: &str) -> String {
    let column = text.chars().fold(0, |column, char| column + width(char, column));
    " ".repeat(column)
}

/// Columns that a character takes, about.
fn width(char: char, column: usize) -> usize {
    match char {
        '\t' => TAB - column % TAB,
        '\0'..='\u{10ff}' => 1,
        _ => 2,
    }
}

/// Text that holds nothing hidden, between tags or in an attribute.
pub fn escape_markup(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(char),
        }
    }
    html
}
