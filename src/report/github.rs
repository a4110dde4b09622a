//! Workflow commands of GitHub Actions, which become annotations: `::error file=…,line=…::message`, one a line.
//!
//! GitHub keeps ten annotations of each kind for a step. What is beyond that is counted in the last notice; the summary
//! of the job has all findings.

use std::fmt::Write as _;
use std::io;

use crate::diagnostic::{NotificationKind, Report, Severity};
use crate::report::place::Places;
use crate::report::reporter::{Options, Reporter};
use crate::report::rooted::from_root;
use crate::report::visible::escaped;
use crate::text::Span;

const NAME: &str = env!("CARGO_PKG_NAME");
/// Annotations of one kind that GitHub keeps.
const LIMIT: usize = 10;

#[derive(Debug)]
pub struct Github {
    undecided: bool,
}

impl Github {
    pub fn new(options: Options) -> Self {
        Self { undecided: options.undecided }
    }
}

impl Reporter for Github {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places = Places::new(report);
        let mut left = 0;
        for kind in [Kind::Error, Kind::Warning, Kind::Notice] {
            let annotations: Vec<_> = self.annotations(report, kind).collect();
            // One notice is kept to say how many there are besides.
            let is_short = left > 0 || annotations.len() > LIMIT;
            let room = if kind == Kind::Notice && is_short { LIMIT - 1 } else { LIMIT };
            left += annotations.len().saturating_sub(room);
            for annotation in annotations.iter().take(room) {
                writeln!(out, "{}", annotation.command(kind, report, &mut places))?;
            }
        }
        if left > 0 {
            writeln!(out, "::notice title={NAME}::{left} more, see summary")?;
        }
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Error,
    Warning,
    Notice,
}

impl Kind {
    fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Hint => Self::Notice,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

struct Annotation<'a> {
    span: Option<Span>,
    title: &'a str,
    message: String,
    help: Option<&'a str>,
}

impl Github {
    /// What could not be done comes before what was found.
    fn annotations<'a>(&self, report: &'a Report, kind: Kind) -> impl Iterator<Item = Annotation<'a>> {
        let failed = report
            .notifications
            .iter()
            .filter(move |told| kind == Kind::Error && told.kind == NotificationKind::Error);
        let failed = failed.map(|told| Annotation {
            span: told.span,
            title: NAME,
            message: told.text.clone(),
            help: None,
        });
        let found = report.diagnostics.iter().filter(move |found| Kind::of(found.rule.severity) == kind);
        let found = found.map(|diagnostic| Annotation {
            span: Some(diagnostic.span),
            title: &diagnostic.rule.name,
            message: diagnostic.message.clone(),
            help: diagnostic.help.as_deref(),
        });
        let shown = self.undecided && kind == Kind::Notice;
        let undecided = report.undecided.iter().filter(move |_| shown).map(|undecided| Annotation {
            span: Some(undecided.span),
            title: &undecided.rule.name,
            message: format!("undecided: {}", undecided.message()),
            help: None,
        });
        failed.chain(found).chain(undecided)
    }
}

impl Annotation<'_> {
    fn command(&self, kind: Kind, report: &Report, places: &mut Places<'_>) -> String {
        let mut command = format!("::{} ", kind.as_str());
        let place = self.span.and_then(|span| Some((places.region(span)?, places.name(span.source))));
        // Writing to a string cannot fail.
        if let Some((region, name)) = place {
            let (line, end) = (region.start.line, region.last_line());
            let file = property(&from_root(&report.workspace, name));
            let _ = write!(command, "file={file},line={line},endLine={end},");
            // With columns, GitHub misplaces or drops what is in several lines.
            if region.is_in_one_line() {
                let _ = write!(command, "col={},endColumn={},", region.start.column, region.end.column);
            }
        }
        let _ = write!(command, "title={}::{}", property(self.title), data(&self.message));
        for (number, line) in self.help.into_iter().flat_map(str::lines).enumerate() {
            let label = if number == 0 { "help: " } else { "" };
            let _ = write!(command, "%0A{label}{}", data(line));
        }
        command
    }
}

/// Text as the data of a command: what steers is made visible, and what GitHub decodes is encoded.
fn data(text: &str) -> String {
    escaped(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
