//! `delint check`

use std::fs;
use std::io::{self, BufWriter, Write};

use crate::cli::args::{Check, Output};
use crate::cli::exit::{Exit, Failure, written};
use crate::cli::levels::levels;
use crate::cli::message::Messages;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{NotificationKind, Report};
use crate::engine::{self, Profile};
use crate::project::load::{Loaded, Settings, load};
use crate::report::reporter;
use crate::report::reporter::Options;

/// Checks what the arguments name, and writes what was found.
pub fn run(args: &Check, terminal: &Terminal) -> Result<Exit, Failure> {
    let profile = Profile { assume: args.assume.iter().cloned().collect(), levels: levels(args)? };
    let settings =
        Settings { respect_ignore_files: !args.no_ignore, stdin_name: args.stdin_filename.clone() };
    let mut loaded = load(&args.paths, &settings);
    let mut report = engine::check_with(&loaded.readings, loaded.files, &profile.into());
    report.notifications.append(&mut loaded.messages);
    for output in &args.outputs {
        write(args, output, terminal, &report)?;
    }
    tell(args, Messages { quiet: args.quiet, ..terminal.messages() }, &loaded, &report);
    Ok(exit(args, &report))
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

fn write(args: &Check, output: &Output, terminal: &Terminal, report: &Report) -> Result<(), Failure> {
    let said = |options: Options| Options {
        verbose: args.verbose,
        quiet: args.quiet,
        undecided: args.show_undecided,
        ..options
    };
    let Some(file) = &output.file else {
        let reporter = reporter(output.format, said(terminal.stdout()));
        let mut out = BufWriter::new(io::stdout().lock());
        return written(reporter.write(report, &mut out).and_then(|()| out.flush()));
    };
    let mut text = Vec::new();
    let result = reporter(output.format, said(Options::default())).write(report, &mut text);
    let result = result.and_then(|()| fs::write(file, text));
    result.map_err(|error| Failure::Write { to: file.display().to_string(), error })
}

fn tell(args: &Check, messages: Messages, loaded: &Loaded, report: &Report) {
    if args.verbose {
        let Loaded { files, candidates, .. } = loaded;
        messages
            .note(&format!("files read: {files}; with words of a log delivery configuration: {candidates}"));
    }
    for told in &report.notifications {
        match told.kind {
            NotificationKind::Error => messages.error(&told.text),
            NotificationKind::Note => messages.note(&told.text),
        }
    }
}
