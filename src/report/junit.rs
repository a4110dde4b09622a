//! JUnit's XML, as Jenkins' schema has it: a suite for each file, a failed case for each finding. A file without any is
//! one case that passed; so is delint where there is no file, since many services take no case for a mistake.

use std::collections::BTreeMap;
use std::io;

use crate::diagnostic::{Diagnostic, Notification, NotificationKind, Report, Undecided};
use crate::report::place::Places;
use crate::report::reporter::{Options, Reporter};
use crate::report::xml::{DECLARATION, Xml};
use crate::text::{SourceId, Span};

#[derive(Debug)]
pub struct Junit {
    undecided: bool,
}

impl Junit {
    pub fn new(options: Options) -> Self {
        Self { undecided: options.undecided }
    }
}

impl Reporter for Junit {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places = Places::new(report);
        let suites = self.suites(report);
        let tests: usize = suites.values().map(Suite::tests).sum();
        let failures: usize = suites.values().map(Suite::failures).sum();
        let errors: usize = suites.values().map(Suite::errors).sum();
        writeln!(
            out,
            "{DECLARATION}\n<testsuites name=\"delint\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">"
        )?;
        for (id, suite) in &suites {
            suite.write(id.map_or("delint", |id| places.name(id)), &mut places, out)?;
        }
        writeln!(out, "</testsuites>")
    }
}

impl Junit {
    /// In the order of the sources, which is that of their names; before them what belongs to no file.
    fn suites<'a>(&self, report: &'a Report) -> BTreeMap<Option<SourceId>, Suite<'a>> {
        let mut suites: BTreeMap<Option<SourceId>, Suite<'a>> =
            report.sources.keys().map(|id| (Some(*id), Suite::default())).collect();
        for told in report.notifications.iter().filter(|told| told.kind == NotificationKind::Error) {
            suites.entry(told.span.map(|span| span.source)).or_default().failed.push(told);
        }
        for diagnostic in &report.diagnostics {
            suites.entry(Some(diagnostic.span.source)).or_default().found.push(diagnostic);
        }
        for undecided in report.undecided.iter().filter(|_| self.undecided) {
            suites.entry(Some(undecided.span.source)).or_default().undecided.push(undecided);
        }
        if suites.is_empty() {
            suites.insert(None, Suite::default());
        }
        suites
    }
}

/// What is told of a file, or of the run.
#[derive(Default)]
struct Suite<'a> {
    failed: Vec<&'a Notification>,
    found: Vec<&'a Diagnostic>,
    undecided: Vec<&'a Undecided>,
}

impl Suite<'_> {
    fn is_clean(&self) -> bool {
        self.failed.is_empty() && self.found.is_empty() && self.undecided.is_empty()
    }

    fn tests(&self) -> usize {
        self.failed.len() + self.found.len() + self.undecided.len() + usize::from(self.is_clean())
    }

    fn failures(&self) -> usize {
        self.found.len()
    }

    fn errors(&self) -> usize {
        self.failed.len()
    }

    fn write(&self, name: &str, places: &mut Places<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let (tests, failures, errors) = (self.tests(), self.failures(), self.errors());
        let skipped = self.undecided.len();
        writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\">",
            Xml(name)
        )?;
        let class = class(name);
        if self.is_clean() {
            writeln!(out, "    <testcase name=\"delint\" classname=\"{}\"/>", Xml(class))?;
        }
        for told in &self.failed {
            writeln!(out, "    <testcase name=\"delint\" classname=\"{}\">", Xml(class))?;
            let place = told.span.map_or_else(String::new, |span| format!("{}, ", place(span, places)));
            writeln!(
                out,
                "      <error message=\"{place}{}\" type=\"error\"/>\n    </testcase>",
                Xml(&told.text)
            )?;
        }
        for diagnostic in &self.found {
            open(&diagnostic.rule.name, class, out)?;
            failure(diagnostic, places, out)?;
        }
        for undecided in &self.undecided {
            open(&undecided.rule.name, class, out)?;
            let (place, message) = (place(undecided.span, places), undecided.message());
            writeln!(out, "      <skipped message=\"{place}, {}\"/>\n    </testcase>", Xml(message))?;
        }
        writeln!(out, "  </testsuite>")
    }
}

fn failure(diagnostic: &Diagnostic, places: &mut Places<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let (severity, message) = (diagnostic.rule.severity, Xml(&diagnostic.message));
    write!(out, "      <failure message=\"{message}\" type=\"{severity}\">")?;
    write!(out, "{}, {message}", place(diagnostic.span, places))?;
    for label in &diagnostic.labels {
        let (name, place) = (places.name(label.span.source), place(label.span, places));
        write!(out, "\nat {}, {place}: {}", Xml(name), Xml(&label.text))?;
    }
    for line in diagnostic.help.iter().flat_map(|help| help.lines()) {
        write!(out, "\nhelp: {}", Xml(line))?;
    }
    writeln!(out, "</failure>\n    </testcase>")
}

fn open(rule: &str, class: &str, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "    <testcase name=\"delint.{}\" classname=\"{}\">", Xml(rule), Xml(class))
}

/// The name of a file without its ending.
fn class(name: &str) -> &str {
    let start = name.rfind('/').map_or(0, |slash| slash + 1);
    let end = name[start..].rfind('.').filter(|dot| *dot > 0).map_or(name.len(), |dot| start + dot);
    &name[..end]
}

fn place(span: Span, places: &mut Places<'_>) -> String {
    let (line, column) =
        places.region(span).map_or((1, 1), |region| (region.start.line, region.start.column));
    format!("line {line}, col {column}")
}
