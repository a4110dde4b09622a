//! Markdown as GitHub and GitLab read it: a table of the findings, and below it each with an excerpt of its file.
//!
//! Text of a user is no markup: what Markdown, its extensions and HTML give a meaning to is written as a reference, and
//! nobody is mentioned. Where room is limited, what has none is counted.

use std::fmt::{self, Write as _};
use std::io;

use crate::diagnostic::{Diagnostic, NotificationKind, Report, Severity};
use crate::report::place::Places;
use crate::report::pretty::Pretty;
use crate::report::reporter::{Options, Reporter};
use crate::report::summary;
use crate::report::visible::escaped;
use crate::report::words::{Piece, effect_text, is_linkable, pieces, place_text};
use crate::text::Span;

/// Columns of an excerpt: what a page shows without scrolling.
const WIDTH: usize = 100;
/// Bytes kept to say what has no room.
const RESERVE: usize = 1024;

#[derive(Debug)]
pub struct Markdown {
    options: Options,
    excerpts: Pretty,
}

impl Markdown {
    pub fn new(options: Options) -> Self {
        let drawn = Options { unicode: true, width: Some(WIDTH), ..Options::default() };
        Self { options, excerpts: Pretty::new(drawn) }
    }
}

impl Reporter for Markdown {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let page = self.page(report).map_err(io::Error::other)?;
        out.write_all(page.as_bytes())
    }
}

impl Markdown {
    fn page(&self, report: &Report) -> Result<String, fmt::Error> {
        let mut places = Places::new(report);
        let mut page = Page::new(self.options.room);
        page.push(&format!("## delint\n\n**{}**\n", summary::found(report)));
        if let Some(left_out) = summary::left_out(report, self.options) {
            page.push(&format!("\n{left_out}\n"));
        }
        let failed = report.notifications.iter().filter(|told| told.kind == NotificationKind::Error);
        let failed = failed.map(|told| Ok(format!("\n❌ {}\n", inline(&told.text))));
        page.section("", failed, "more that could not be done")?;

        let head = "\n| severity | rule | place | finding |\n|---|---|---|---|\n";
        let rows = report.diagnostics.iter().map(|diagnostic| {
            let (severity, rule) = (severity(diagnostic.rule.severity), rule(diagnostic));
            let (place, message) = (place(diagnostic.span, &mut places), inline(&diagnostic.message));
            Ok(format!("| {severity} | {rule} | {place} | {message} |\n"))
        });
        page.section(head, rows, "more findings")?;

        let head = "\n| undecided | place | waits for |\n|---|---|---|\n";
        let rows = report.undecided.iter().filter(|_| self.options.undecided).map(|undecided| {
            let (rule, place) = (code(&undecided.rule.name), place(undecided.span, &mut places));
            Ok(format!("| {rule} | {place} | {} |\n", inline(&undecided.message())))
        });
        page.section(head, rows, "more undecided checks")?;

        let details = report.diagnostics.iter().map(|diagnostic| self.details(diagnostic, &mut places));
        page.section("", details, "findings of the table without an excerpt")?;
        Ok(page.text)
    }

    /// A finding that opens on a click. No line of it begins with text of a user, which might be markup there.
    fn details(&self, diagnostic: &Diagnostic, places: &mut Places<'_>) -> Result<String, fmt::Error> {
        let level = diagnostic.rule.severity;
        let mut details = format!(
            "\n<details>\n<summary>{} {} {}</summary>\n\n{level}: {}\n",
            severity(level),
            code(&diagnostic.rule.name),
            place(diagnostic.span, places),
            inline(&diagnostic.message)
        );
        let mut drawn = String::new();
        self.excerpts.draw_excerpts(diagnostic.into(), diagnostic.rule.severity, places, &mut drawn)?;
        if !drawn.is_empty() {
            // No line of it can end the block: each begins with a number or with the frame.
            write!(details, "\n```text\n{drawn}```\n")?;
        }
        let help =
            diagnostic.help.as_ref().map(|help| help.lines().map(inline).collect::<Vec<_>>().join("<br>"));
        let help = help.map(|text| ("help", text));
        let effect = diagnostic.rule.effect.map(|effect| ("effect", effect_text(effect).to_owned()));
        let place = ("where", code(&place_text(diagnostic)));
        let lines =
            help.into_iter().chain(effect).chain([place]).map(|(label, text)| format!("{label}: {text}"));
        writeln!(details, "\n{}\n\n</details>", lines.collect::<Vec<_>>().join("<br>\n"))?;
        Ok(details)
    }
}

/// A page in the making.
struct Page {
    text: String,
    /// The length up to which there may be text.
    end: usize,
}

impl Page {
    fn new(room: Option<usize>) -> Self {
        Self { text: String::new(), end: room.map_or(usize::MAX, |room| room.saturating_sub(RESERVE)) }
    }

    fn push(&mut self, block: &str) -> bool {
        let fits = self.text.len().saturating_add(block.len()) <= self.end;
        if fits {
            self.text.push_str(block);
        }
        fits
    }

    /// As many blocks under a head as there is room for; how many have none is told.
    fn section(
        &mut self,
        head: &str,
        blocks: impl Iterator<Item = Result<String, fmt::Error>>,
        what: &str,
    ) -> fmt::Result {
        let mut head = Some(head);
        let mut left = 0;
        for block in blocks {
            if left > 0 {
                left += 1;
                continue;
            }
            let block = format!("{}{}", head.unwrap_or_default(), block?);
            if self.push(&block) {
                head = None;
            } else {
                left = 1;
            }
        }
        if left > 0 && !self.text.is_empty() {
            write!(self.text, "\nThere is no room here for {left} {what}.\n")?;
        }
        Ok(())
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "❌ error",
        Severity::Warning => "⚠️ warning",
        Severity::Hint => "💡 hint",
    }
}

fn rule(diagnostic: &Diagnostic) -> String {
    let (name, url) = (code(&diagnostic.rule.name), &diagnostic.rule.url);
    if is_linkable(url) { format!("[{name}](<{url}>)") } else { name }
}

fn place(span: Span, places: &mut Places<'_>) -> String {
    let place = places.at(span.source, span.start);
    code(&format!("{}:{}:{}", places.name(span.source), place.line, place.column))
}

/// A sentence whose names stand in backticks.
fn inline(sentence: &str) -> String {
    let shown = escaped(sentence);
    let written = pieces(&shown).into_iter().map(|piece| match piece {
        Piece::Text(text) => harmless(text),
        Piece::Code(text) => format!("<code>{}</code>", harmless(text)),
    });
    written.collect()
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", harmless(&escaped(text)))
}

/// Text without markup, in a line that something else begins.
fn harmless(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            // Whom or what a service would find in the text after it was rendered.
            '@' | '#' => written.extend([char].into_iter().chain("<!-- -->".chars())),
            '.' if written.ends_with("www") => written.push_str("&#46;"),
            '&' | '<' | '>' | '"' | '\'' | '`' | '*' | '_' | '~' | '[' | ']' | '\\' | '|' | '$' | ':'
            | '!' | '{' | '}' | '^' => {
                // Writing to a string cannot fail.
                let _ = write!(written, "&#{};", u32::from(char));
            }
            _ => written.push(char),
        }
    }
    written
}
