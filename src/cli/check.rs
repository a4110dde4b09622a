//! `delint check`

use std::fs;
use std::io::{self, BufWriter, Write};

use crate::cli::args::Check;
use crate::cli::exit::{Exit, Failure, written};
use crate::cli::filter::Filter;
use crate::cli::message::Messages;
use crate::cli::terminal::Terminal;
use crate::diagnostic::Report;
use crate::engine;
use crate::project::load::{Loaded, Settings, load};
use crate::project::message::MessageKind;
use crate::report::reporter;
use crate::report::reporter::Options;

/// Checks what the arguments name, and writes what was found.
pub fn run(args: &Check, terminal: &Terminal) -> Result<Exit, Failure> {
    let filter = Filter::new(args)?;
    let settings =
        Settings { respect_ignore_files: !args.no_ignore, stdin_name: args.stdin_filename.clone() };
    let loaded = load(&args.paths, &settings);
    let checked = engine::Settings {
        assume: args.assume.iter().cloned().collect(),
        asked_for: filter.asked_for().map(str::to_owned).collect(),
    };
    let mut report = engine::check_with(&loaded.readings, loaded.files, &checked);
    filter.apply(&mut report);
    write(args, terminal, &report)?;
    tell(args, Messages { quiet: args.quiet, ..terminal.messages() }, &loaded);
    Ok(exit(args, &report, &loaded))
}

/// That something could not be read outweighs what was found in the rest.
fn exit(args: &Check, report: &Report, loaded: &Loaded) -> Exit {
    let fails = |least| report.diagnostics.iter().any(|diagnostic| diagnostic.rule.severity >= least);
    if loaded.messages.iter().any(|message| message.kind == MessageKind::Error) {
        Exit::Failed
    } else if !args.exit_zero && args.fail_on.least().is_some_and(fails) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

fn write(args: &Check, terminal: &Terminal, report: &Report) -> Result<(), Failure> {
    let said = |options: Options| Options {
        verbose: args.verbose,
        quiet: args.quiet,
        undecided: args.show_undecided,
        ..options
    };
    let Some(file) = &args.output else {
        let reporter = reporter(args.format, said(terminal.stdout()));
        let mut out = BufWriter::new(io::stdout().lock());
        return written(reporter.write(report, &mut out).and_then(|()| out.flush()));
    };
    let mut text = Vec::new();
    let result = reporter(args.format, said(Options::default())).write(report, &mut text);
    let result = result.and_then(|()| fs::write(file, text));
    result.map_err(|error| Failure::Write { to: file.display().to_string(), error })
}

fn tell(args: &Check, messages: Messages, loaded: &Loaded) {
    if args.verbose {
        let Loaded { files, candidates, .. } = loaded;
        messages
            .note(&format!("files read: {files}; with words of a log delivery configuration: {candidates}"));
    }
    for message in &loaded.messages {
        match message.kind {
            MessageKind::Error => messages.error(&message.text),
            MessageKind::Note => messages.note(&message.text),
        }
    }
}
