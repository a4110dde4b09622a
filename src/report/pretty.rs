//! The format for people, drawn by miette. No other file knows miette.
//!
//! miette is given excerpts, never a file: it would read the file from the beginning for each label, print lines
//! of any length, and print control characters as they are. Its header and its help are not used either: they
//! have no gutter, which keeps a workflow command from standing at the beginning of a line.

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::io;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::diagnostic::{Diagnostic, Notification, NotificationKind, Report, Severity};
use crate::report::excerpt::{Excerpt, Layout, MAX_MARKS, Shown, TAB, excerpts};
use crate::report::line::line;
use crate::report::paint::{Ink, wrap};
use crate::report::place::Places;
use crate::report::reporter::{Options, Reporter};
use crate::report::summary;
use crate::report::visible::escaped;
use crate::report::words::{effect_text, place_text};
use crate::text::Span;

#[derive(Debug)]
pub struct Pretty {
    options: Options,
    layout: Layout,
}

impl Reporter for Pretty {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places = Places::new(report);
        let mut text = String::new();
        for diagnostic in &report.diagnostics {
            text.clear();
            self.draw(diagnostic, &mut places, &mut text).map_err(io::Error::other)?;
            out.write_all(text.as_bytes())?;
        }
        if self.options.undecided && !report.undecided.is_empty() {
            text.clear();
            self.draw_undecided(report, &mut places, &mut text).map_err(io::Error::other)?;
            out.write_all(text.as_bytes())?;
        }
        if self.options.quiet {
            return Ok(());
        }
        text.clear();
        self.draw_summary(report, &mut text).map_err(io::Error::other)?;
        out.write_all(text.as_bytes())
    }
}

impl Pretty {
    pub fn new(options: Options) -> Self {
        Self { options, layout: Layout::new(options.width, options.unicode) }
    }

    fn paint(&self, ink: Ink, text: impl fmt::Display) -> String {
        ink.paint(text, self.options.colour)
    }

    fn draw(&self, diagnostic: &Diagnostic, places: &mut Places<'_>, out: &mut String) -> fmt::Result {
        self.draw_header(diagnostic, out)?;
        let source = diagnostic.span.source;
        if places.source(source).is_none() {
            self.draw_note("in", places.name(source), out)?;
        }
        self.draw_excerpts(diagnostic.into(), diagnostic.rule.severity, places, out)?;
        let more = diagnostic.labels.len().saturating_sub(MAX_MARKS - 1);
        if more > 0 {
            self.draw_note("note", &format!("and {}", summary::count(more, "more place")), out)?;
        }
        if let Some(help) = &diagnostic.help {
            self.draw_note("help", help, out)?;
        }
        if self.options.verbose {
            self.draw_details(diagnostic, out)?;
        }
        if self.link(diagnostic).is_none() && !diagnostic.rule.url.is_empty() {
            // Never wrapped: an address in two lines is none.
            let docs = format!("docs: {}", escaped(&diagnostic.rule.url));
            writeln!(out, "  {}", self.paint(Ink::Frame, docs))?;
        }
        writeln!(out)
    }

    /// `error[rule-name]: message`, the rule's name being a link where links are understood.
    fn draw_header(&self, diagnostic: &Diagnostic, out: &mut String) -> fmt::Result {
        let severity = diagnostic.rule.severity;
        let rule = escaped(&diagnostic.rule.name);
        let name = match self.link(diagnostic) {
            Some(url) => format!("\u{1b}]8;;{url}\u{1b}\\{rule}\u{1b}]8;;\u{1b}\\"),
            None => rule.into_owned(),
        };
        let what = self.paint(Ink::Severity(severity), format_args!("{severity}[{name}]"));
        let message = self.paint(Ink::Strong, format_args!(": {}", escaped(&diagnostic.message)));
        writeln!(out, "{what}{message}")
    }

    /// The address behind the rule's name: only one that cannot end the escape sequence it stands in.
    fn link<'a>(&self, diagnostic: &'a Diagnostic) -> Option<&'a str> {
        let url = diagnostic.rule.url.as_str();
        let harmless = !url.is_empty() && url.bytes().all(|byte| byte.is_ascii_graphic());
        (self.options.hyperlinks && harmless).then_some(url)
    }

    /// All excerpts in one frame.
    pub fn draw_excerpts(
        &self,
        shown: Shown<'_>,
        severity: Severity,
        places: &mut Places<'_>,
        out: &mut String,
    ) -> fmt::Result {
        let excerpts = excerpts(shown, places, self.layout);
        let digits = excerpts.iter().map(Excerpt::digits).max().unwrap_or_default();
        let last = excerpts.len().saturating_sub(1);
        for (number, excerpt) in excerpts.into_iter().enumerate() {
            let mut characters = characters(self.options.unicode);
            if number > 0 {
                characters.ltop = characters.lcross;
            }
            let styles = styles(&excerpt, severity, self.options.colour);
            let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
                .tab_width(TAB)
                .with_wrap_lines(false)
                .without_syntax_highlighting();
            let indent = digits - excerpt.digits();
            let mut drawn = String::new();
            handler.render_report(&mut drawn, &Drawing(excerpt))?;
            // The first line is the message, which stands in the header; the last one closes the frame.
            let lines = drawn.lines().count() - usize::from(number < last);
            for line in drawn.lines().take(lines).skip(1) {
                writeln!(out, "{:indent$}{}", "", line.trim_end())?;
            }
        }
        Ok(())
    }

    /// Text under the excerpts: wrapped, and behind a gutter where it has lines of its own.
    fn draw_note(&self, label: &str, text: &str, out: &mut String) -> fmt::Result {
        let indent = label.len() + 4;
        let room = self.options.width.map_or(usize::MAX, |width| width.saturating_sub(indent).max(20));
        let gutter = if self.options.unicode { '│' } else { '|' };
        for (number, line) in text.lines().enumerate() {
            for (part, words) in wrap(&escaped(line), room).into_iter().enumerate() {
                match (number, part) {
                    (0, 0) => {
                        let label = self.paint(Ink::Strong, format_args!("{label}:"));
                        writeln!(out, "  {label} {words}")?;
                    }
                    (0, _) => writeln!(out, "{:indent$}{words}", "")?,
                    _ => writeln!(out, "{:width$}{gutter} {words}", "", width = indent - 2)?,
                }
            }
        }
        Ok(())
    }

    fn draw_details(&self, diagnostic: &Diagnostic, out: &mut String) -> fmt::Result {
        if let Some(effect) = diagnostic.rule.effect {
            self.draw_note("effect", effect_text(effect), out)?;
        }
        self.draw_note("where", &escaped(&place_text(diagnostic)), out)?;
        self.draw_note("fingerprint", &escaped(&diagnostic.fingerprint), out)
    }

    /// The checks that could not be decided, those together that wait for the same facts.
    fn draw_undecided(&self, report: &Report, places: &mut Places<'_>, out: &mut String) -> fmt::Result {
        let mut order: Vec<(Span, String)> = Vec::new();
        let mut rules: HashMap<(Span, String), Vec<&str>> = HashMap::new();
        for undecided in &report.undecided {
            let key = (undecided.span, undecided.message());
            let waiting = rules.entry(key.clone()).or_default();
            if waiting.is_empty() {
                order.push(key);
            }
            waiting.push(&undecided.rule.name);
        }
        for key in order {
            let (span, message) = &key;
            writeln!(out, "{}", self.paint(Ink::Strong, line(places, *span, "undecided", message)))?;
            let rules = rules.get(&key).map(|rules| rules.join(", ")).unwrap_or_default();
            self.draw_note("rules", &rules, out)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn draw_summary(&self, report: &Report, out: &mut String) -> fmt::Result {
        let worst = report.diagnostics.iter().map(|diagnostic| diagnostic.rule.severity).max();
        let ink = match worst {
            Some(severity) => Ink::Severity(severity),
            None if report.summary.configurations > 0 => Ink::Good,
            None => Ink::Strong,
        };
        writeln!(out, "{}", self.paint(ink, summary::found(report)))?;
        let more = [summary::fixable(report), summary::left_out(report, self.options)];
        more.into_iter().flatten().try_for_each(|line| writeln!(out, "{}", self.paint(Ink::Frame, line)))
    }
}

/// A message about a place in a configuration or a rule file, drawn like a finding: its lines.
#[must_use]
pub fn notification(told: &Notification, report: &Report, options: Options) -> String {
    let pretty = Pretty::new(options);
    let (kind, severity) = match told.kind {
        NotificationKind::Error => ("error", Severity::Error),
        NotificationKind::Note => ("note", Severity::Hint),
    };
    let message = pretty.paint(Ink::Strong, format_args!(": {}", escaped(&told.text)));
    let mut out = format!("{}{message}\n", pretty.paint(Ink::Severity(severity), kind));
    if let Some(span) = told.span {
        let shown = Shown { span, note: None, labels: &[] };
        // Writing to a string cannot fail, and what miette cannot draw is left out.
        let _ = pretty.draw_excerpts(shown, severity, &mut Places::new(report), &mut out);
    }
    out
}

fn characters(unicode: bool) -> ThemeCharacters {
    if unicode {
        ThemeCharacters::unicode()
    } else {
        // `^^^^` with the text below it; miette's own `^|^^` is hard to read.
        ThemeCharacters { underbar: '^', ..ThemeCharacters::ascii() }
    }
}

/// miette takes the styles of marks in the order of the marks.
fn styles(excerpt: &Excerpt, severity: Severity, colour: bool) -> ThemeStyles {
    if !colour {
        return ThemeStyles::none();
    }
    let (plain, ansi) = (ThemeStyles::none(), ThemeStyles::ansi());
    let primary = match severity {
        Severity::Error => ansi.error,
        Severity::Warning => ansi.warning,
        Severity::Hint => ansi.advice,
    };
    let other = plain.linum.bright_blue();
    let highlights =
        excerpt.marks.iter().map(|mark| if mark.primary { primary.bold() } else { other }).collect();
    ThemeStyles { link: plain.link.cyan(), linum: ansi.linum, highlights, ..plain }
}

/// An excerpt as miette takes it.
#[derive(Debug)]
struct Drawing(Excerpt);

impl fmt::Display for Drawing {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawing {}

impl miette::Diagnostic for Drawing {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.0.marks.iter().map(|mark| {
            let span = SourceSpan::from(mark.range.clone());
            let text = mark.text.clone();
            if mark.primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })))
    }
}

impl SourceCode for Drawing {
    /// All lines around the span, whatever context is asked for: the excerpt is cut already.
    ///
    /// miette asks without context for the place to print in the frame, and with context for the lines.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        _context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let excerpt = &self.0;
        let mark = excerpt.mark_at(span.offset()).filter(|_| context_lines_before == 0);
        let (line, column) =
            mark.map_or((excerpt.line, 0), |mark| (mark.place.line - 1, mark.place.column - 1));
        Ok(Box::new(MietteSpanContents::new_named(
            excerpt.name.clone(),
            excerpt.text.as_bytes(),
            (0, excerpt.text.len()).into(),
            line,
            column,
            excerpt.lines,
        )))
    }
}
