//! One page to look at, which needs nothing but itself: no script, no font, no picture; its policy forbids to load any.
//!
//! It is well-formed as XML too, so that a mistake in it is seen by a parser that forgives nothing.

mod source;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io;

use crate::diagnostic::{Diagnostic, NotificationKind, Report, Severity, Undecided};
use crate::report::excerpt::{Layout, MAX_MARKS, excerpts};
use crate::report::place::Places;
use crate::report::reporter::{Options, Reporter};
use crate::report::summary;
use crate::report::visible::escaped;
use crate::report::words::{HOME, Piece, effect_text, is_linkable, pieces, place_text};
use crate::text::SourceId;
use source::draw;

const STYLE: &str = include_str!("html/page.css");
const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
    <meta name=\"color-scheme\" content=\"light dark\"/>\n";
/// The most urgent first, as the filters stand.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Hint];
/// Columns of a line that is shown whole.
const WIDTH: usize = 160;

#[derive(Debug)]
pub struct Html {
    options: Options,
    layout: Layout,
}

impl Html {
    pub fn new(options: Options) -> Self {
        Self { options, layout: Layout::new(Some(WIDTH), true) }
    }
}

impl Reporter for Html {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places = Places::new(report);
        let found = escape(&summary::found(report));
        write!(out, "{HEAD}<title>delint: {found}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n")?;
        out.write_all(self.top(report, &found).as_bytes())?;
        writeln!(out, "<main>")?;
        for told in report.notifications.iter().filter(|told| told.kind == NotificationKind::Error) {
            writeln!(out, "<p class=\"failed\"><b>not done</b> {}</p>", escape(&told.text))?;
        }
        for (id, diagnostics) in by_file(&report.diagnostics) {
            let file = self.file(id, &diagnostics, &mut places).map_err(io::Error::other)?;
            out.write_all(file.as_bytes())?;
        }
        if self.options.undecided && !report.undecided.is_empty() {
            out.write_all(undecided(&report.undecided, &mut places).as_bytes())?;
        }
        writeln!(out, "</main>")?;
        let version = env!("CARGO_PKG_VERSION");
        writeln!(out, "<footer><a href=\"{HOME}\">delint</a> {version}</footer>\n</body>\n</html>")
    }
}

impl Html {
    /// The filters, what was found, and the labels of the filters. The filters stand before all that they hide.
    fn top(&self, report: &Report, found: &str) -> String {
        let counts = SEVERITIES.map(|severity| (severity, report.count(severity)));
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let (mut filters, mut labels) = (String::new(), String::new());
        for (severity, count) in counts {
            // Writing to a string cannot fail.
            let _ = writeln!(
                filters,
                "<input type=\"checkbox\" class=\"filter\" id=\"{severity}\" checked=\"checked\" aria-label=\"show {severity}s\"/>"
            );
            let what = if count == 1 { severity.to_string() } else { format!("{severity}s") };
            let _ = writeln!(
                labels,
                "<label class=\"{severity}\" for=\"{severity}\"><b>{count}</b> {what}</label>"
            );
        }
        let failed = report.notifications.iter().any(|told| told.kind == NotificationKind::Error);
        let state = if failed || !report.diagnostics.is_empty() {
            "found"
        } else if report.summary.configurations > 0 {
            "good"
        } else {
            "none"
        };
        let left_out = summary::left_out(report, self.options)
            .map_or_else(String::new, |text| format!("<p class=\"quiet\">{}</p>\n", escape(&text)));
        format!(
            "{filters}<header>\n<h1>delint</h1>\n<p class=\"{state}\">{found}</p>\n{left_out}<nav>\n{labels}</nav>\n</header>\n"
        )
    }

    fn file(
        &self,
        id: SourceId,
        diagnostics: &[&Diagnostic],
        places: &mut Places<'_>,
    ) -> Result<String, fmt::Error> {
        let holds =
            SEVERITIES.iter().filter(|one| diagnostics.iter().any(|found| found.rule.severity == **one));
        let holds: Vec<_> = holds.map(|severity| severity.as_str()).collect();
        let name = escape(places.name(id));
        let count = summary::count(diagnostics.len(), "finding");
        let mut html = format!("<section data-holds=\"{}\">\n", holds.join(" "));
        writeln!(html, "<h2><span>{name}</span> <small>{count}</small></h2>")?;
        for diagnostic in diagnostics {
            self.finding(diagnostic, places, &mut html)?;
        }
        html.push_str("</section>\n");
        Ok(html)
    }

    fn finding(&self, diagnostic: &Diagnostic, places: &mut Places<'_>, html: &mut String) -> fmt::Result {
        let (severity, rule) = (diagnostic.rule.severity, rule(diagnostic));
        let place = places.at(diagnostic.span.source, diagnostic.span.start);
        writeln!(html, "<article class=\"{severity}\">")?;
        writeln!(
            html,
            "<h3><span class=\"severity\">{severity}</span> {}</h3>",
            inline(&diagnostic.message)
        )?;
        writeln!(
            html,
            "<p class=\"at\">{rule} <span>line {}, column {}</span></p>",
            place.line, place.column
        )?;
        for excerpt in excerpts(diagnostic.into(), places, self.layout) {
            draw(&excerpt, places.name(diagnostic.span.source), html)?;
        }
        let more = diagnostic.labels.len().saturating_sub(MAX_MARKS - 1);
        if more > 0 {
            writeln!(html, "<p class=\"quiet\">and {}</p>", summary::count(more, "more place"))?;
        }
        writeln!(html, "<dl>")?;
        if let Some(help) = &diagnostic.help {
            let lines: Vec<String> = help.lines().map(inline).collect();
            writeln!(html, "<dt>help</dt><dd class=\"help\">{}</dd>", lines.join("<br/>"))?;
        }
        if let Some(effect) = diagnostic.rule.effect {
            writeln!(html, "<dt>effect</dt><dd>{}</dd>", effect_text(effect))?;
        }
        writeln!(html, "<dt>where</dt><dd><code>{}</code></dd>", escape(&place_text(diagnostic)))?;
        writeln!(html, "</dl>\n</article>")
    }
}

/// In the order of the report.
fn by_file(diagnostics: &[Diagnostic]) -> BTreeMap<SourceId, Vec<&Diagnostic>> {
    let mut files: BTreeMap<SourceId, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        files.entry(diagnostic.span.source).or_default().push(diagnostic);
    }
    files
}

fn undecided(undecided: &[Undecided], places: &mut Places<'_>) -> String {
    let mut html = "<section class=\"undecided\">\n<h2><span>Undecided</span></h2>\n<table>\n".to_owned();
    html += "<tr><th>rule</th><th>place</th><th>waits for</th></tr>\n";
    for one in undecided {
        let place = places.at(one.span.source, one.span.start);
        let place = format!("{}:{}:{}", places.name(one.span.source), place.line, place.column);
        let (rule, place, message) = (escape(&one.rule.name), escape(&place), inline(&one.message()));
        // Writing to a string cannot fail.
        let _ = writeln!(html, "<tr><td>{rule}</td><td><code>{place}</code></td><td>{message}</td></tr>");
    }
    html + "</table>\n</section>\n"
}

fn rule(diagnostic: &Diagnostic) -> String {
    let (name, url) = (escape(&diagnostic.rule.name), &diagnostic.rule.url);
    if is_linkable(url) {
        format!("<a href=\"{}\">{name}</a>", escape(url))
    } else {
        format!("<b>{name}</b>")
    }
}

/// A sentence whose names stand in backticks.
fn inline(sentence: &str) -> String {
    let written = pieces(sentence).into_iter().map(|piece| match piece {
        Piece::Text(text) => escape(text),
        Piece::Code(text) => format!("<code>{}</code>", escape(text)),
    });
    written.collect()
}

/// Text of a user between tags or in an attribute, with what is hidden spelled out.
fn escape(text: &str) -> String {
    source::escape_markup(&escaped(text))
}
