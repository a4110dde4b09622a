//! What is written, in which formats, and where.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::cli::args::Check;
use crate::cli::exit::{Failure, written};
use crate::cli::job_summary;
use crate::cli::message::Messages;
use crate::cli::terminal::{self, Terminal};
use crate::cli::workspace::workspace;
use crate::diagnostic::Report;
use crate::project::atomic;
use crate::report::reporter::Options;
use crate::report::{Format, reporter};
use crate::rules::Set;

/// Writes a report in those of the formats that were asked for which are wanted.
pub fn write_all(
    args: &Check,
    terminal: &Terminal,
    rules: &Set,
    report: &mut Report,
    is_wanted: impl Fn(Format) -> bool,
) -> Result<(), Failure> {
    let service = terminal::is_github().then_some(Format::Github);
    let outputs = args.outputs.iter().flat_map(|output| output.formats(service));
    let outputs: Vec<_> = outputs.filter(|(format, _)| is_wanted(*format)).collect();
    report.workspace = workspace();
    if outputs.iter().any(|(format, _)| reporter(*format, Options::default()).wants_pages()) {
        let hidden = report.suppressed.iter().map(|suppressed| &suppressed.diagnostic);
        let found = report.diagnostics.iter().chain(hidden.filter(|_| args.sarif_suppressed));
        let names: BTreeSet<&str> = found.map(|diagnostic| diagnostic.rule.name.as_str()).collect();
        let pages = names.into_iter().filter_map(|name| Some((name.to_owned(), rules.page(name)?)));
        report.pages = pages.collect();
    }
    let mut result = Ok(());
    for (format, file) in &outputs {
        // What cannot be written keeps nothing else from it.
        result = result.and(write(args, *format, *file, terminal, report));
    }
    if outputs.iter().any(|(format, _)| *format == Format::Github)
        && let Err(why) = job_summary::append(report, said(args, Options::default()))
    {
        // Nobody asked for it by name: the run has done what it was to do.
        let messages = Messages { quiet: args.quiet, ..terminal.messages() };
        messages.note(&format!("the summary of the job was not written: {why}"));
    }
    result
}

fn said(args: &Check, options: Options) -> Options {
    Options {
        verbose: args.verbose,
        quiet: args.quiet,
        undecided: args.show_undecided,
        suppressed: args.sarif_suppressed,
        ..options
    }
}

fn write(
    args: &Check,
    format: Format,
    file: Option<&Path>,
    terminal: &Terminal,
    report: &Report,
) -> Result<(), Failure> {
    let Some(file) = file else {
        // Where a patch is printed, nothing else is.
        if args.diff {
            return Ok(());
        }
        let options = said(args, terminal.stdout());
        let quiet = options.quiet || terminal::is_hook() && report.diagnostics.is_empty();
        let reporter = reporter(format, Options { quiet, ..options });
        let mut out = BufWriter::new(io::stdout().lock());
        return written(reporter.write(report, &mut out).and_then(|()| out.flush()));
    };
    let mut text = Vec::new();
    let result = reporter(format, said(args, Options::default())).write(report, &mut text);
    let result = result.and_then(|()| atomic::write(file, &text));
    result.map_err(|error| Failure::Write { to: file.display().to_string(), error })
}
