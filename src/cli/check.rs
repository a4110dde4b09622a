//! `delint check`

use std::io::{self, BufWriter, Write};
use std::mem;

use crate::cli::args::Check;
use crate::cli::config;
use crate::cli::exit::{Exit, Failure, written};
use crate::cli::levels::asked;
use crate::cli::message::Messages;
use crate::cli::outputs::write_all;
use crate::cli::read::read;
use crate::cli::statistics;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Notification, NotificationKind, Report};
use crate::engine;
use crate::project::baseline::{self, Baseline};
use crate::project::config::Config;
use crate::project::given;
use crate::project::load::Loaded;
use crate::report::Format;
use crate::report::summary::count;
use crate::report::visible::escaped;
use crate::text::{Encoding, Span};

/// Checks what the arguments name, and writes what was found.
pub fn run(args: &Check, terminal: &Terminal) -> Result<Exit, Failure> {
    let asked = asked(&args.selection)?;
    let paths = config::paths(&args.selection)?;
    let (config, baseline) = match given(args) {
        Ok(given) => given,
        Err(failure) => return refused(args, terminal, failure.into_report()),
    };
    let mut loaded = read(&args.selection, &config, &paths, args.show_files, !args.quiet);
    let messages = mem::take(&mut loaded.messages);
    if args.show_files {
        show_files(&loaded)?;
        return finish(args, terminal, &loaded, Report { notifications: messages, ..Report::default() });
    }
    let settings = config::settings(&config, &asked, &loaded.readings);
    let settings = engine::Settings { known: baseline.known(), ..settings };
    let mut report = engine::check_with(&loaded.readings, loaded.files, &settings);
    report.notifications = messages;
    if args.verbose {
        report.notifications.extend(gone(&baseline, &report));
    }
    finish(args, terminal, &loaded, report)
}

/// The configuration and the findings that are known.
fn given(args: &Check) -> Result<(Config, Baseline), given::Failure> {
    let config = config::config(&args.selection)?;
    let path = if args.no_baseline { None } else { config::baseline(&args.selection, &config) };
    let known = path.map_or_else(|| Ok(Baseline::default()), |path| baseline::read(&path))?;
    Ok((config, known))
}

/// That the baseline knows findings which were not found.
fn gone(baseline: &Baseline, report: &Report) -> Option<Notification> {
    let gone = baseline.count() - baseline.pruned(report).count();
    let what = count(gone, "finding");
    (gone > 0)
        .then(|| Notification::note(format!("{what} of the baseline did not occur in what was checked")))
}

/// A run that could not begin. A program gets a report that says so; a person is told on standard error alone.
fn refused(args: &Check, terminal: &Terminal, mut report: Report) -> Result<Exit, Failure> {
    write_all(args, terminal, &mut report, |format| format != Format::Pretty)?;
    tell(args, terminal.messages(), &Loaded::default(), &report);
    Ok(exit(args, &report))
}

/// Writes the report, and tells what kept it from being complete.
fn finish(args: &Check, terminal: &Terminal, loaded: &Loaded, mut report: Report) -> Result<Exit, Failure> {
    write_all(args, terminal, &mut report, |_| !args.show_files)?;
    tell(args, Messages { quiet: args.quiet, ..terminal.messages() }, loaded, &report);
    Ok(exit(args, &report))
}

fn show_files(loaded: &Loaded) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut names = loaded.names.iter();
    written(names.try_for_each(|name| writeln!(out, "{}", escaped(name))).and_then(|()| out.flush()))
}

/// That something could not be read outweighs what was found in the rest.
fn exit(args: &Check, report: &Report) -> Exit {
    let fails = |least| report.diagnostics.iter().any(|diagnostic| diagnostic.rule.severity >= least);
    if report.notifications.iter().any(|told| told.kind == NotificationKind::Error) {
        Exit::Failed
    } else if !args.exit_zero && args.fail_on.least().is_some_and(fails) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

fn tell(args: &Check, messages: Messages, loaded: &Loaded, report: &Report) {
    if args.verbose {
        let Loaded { files, candidates, .. } = loaded;
        messages
            .note(&format!("files read: {files}; with words of a log delivery configuration: {candidates}"));
    }
    if args.statistics {
        statistics::tell(report);
    }
    tell_notifications(messages, report);
}

/// Tells what could not be read or done.
pub fn tell_notifications(messages: Messages, report: &Report) {
    for told in &report.notifications {
        let text = told.span.and_then(|span| located(report, span, &told.text));
        let text = text.unwrap_or_else(|| told.text.clone());
        match told.kind {
            NotificationKind::Error => messages.error(&text),
            NotificationKind::Note => messages.note(&text),
        }
    }
}

/// A message with its place before it.
fn located(report: &Report, span: Span, text: &str) -> Option<String> {
    let source = report.source(span)?;
    let place = source.position(span.range().start, Encoding::Utf32);
    Some(format!("{}:{}:{}: {text}", source.name, place.line + 1, place.column + 1))
}
