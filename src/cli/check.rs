//! `delint check`

use std::io::{self, BufWriter, Write};
use std::mem;
use std::sync::atomic::AtomicUsize;

use crate::cli::args::Check;
use crate::cli::config;
use crate::cli::exit::{Exit, Failure, written};
use crate::cli::levels::levels;
use crate::cli::message::Messages;
use crate::cli::outputs::write_all;
use crate::cli::progress::watched;
use crate::cli::statistics;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{NotificationKind, Report};
use crate::engine::{self, Profile};
use crate::project::load::{Loaded, load};
use crate::project::paths::Exclude;
use crate::project::rule_files;
use crate::project::settings::Settings;
use crate::report::Format;
use crate::report::visible::escaped;
use crate::rules::Set;

/// Checks what the arguments name, and writes what was found.
pub fn run(args: &Check, terminal: &Terminal) -> Result<Exit, Failure> {
    let paths = config::paths(args)?;
    let config = match config::config(args) {
        Ok(config) => config,
        Err(failure) => return refused(args, terminal, failure.into_report()),
    };
    let rules = match rule_files::of_project(&config) {
        Ok(rules) => rules,
        Err(report) => return refused(args, terminal, *report),
    };
    let asked = Profile { assume: args.assume.iter().cloned().collect(), levels: levels(args, &rules)? };
    let reads = |count: &AtomicUsize| {
        let settings = Settings {
            respect_ignore_files: !args.no_ignore,
            stdin_name: &args.stdin_filename,
            exclude: Exclude::new(&config.base, &config.exclude),
            force_exclude: args.force_exclude,
            keep_names: args.show_files,
            count: Some(count),
        };
        load(&paths, &settings)
    };
    let mut loaded = watched(!args.quiet, reads);
    let messages = mem::take(&mut loaded.messages);
    if args.show_files {
        show_files(&loaded)?;
        return finish(
            args,
            terminal,
            &loaded,
            &rules,
            Report { notifications: messages, ..Report::default() },
        );
    }
    let settings = config::settings(&config, rules.clone(), &asked, &loaded.readings);
    let mut report = engine::check_with(&loaded.readings, loaded.files, &settings);
    config::unknown_rules(&config, &settings, &mut report);
    report.notifications = messages;
    finish(args, terminal, &loaded, &rules, report)
}

/// A run that could not begin. A program gets a report that says so; a person is told on standard error alone.
fn refused(args: &Check, terminal: &Terminal, mut report: Report) -> Result<Exit, Failure> {
    write_all(args, terminal, &Set::default(), &mut report, |format| format != Format::Pretty)?;
    tell(args, terminal, terminal.messages(), &Loaded::default(), &report);
    Ok(exit(args, &report))
}

/// Writes the report, and tells what kept it from being complete.
fn finish(
    args: &Check,
    terminal: &Terminal,
    loaded: &Loaded,
    rules: &Set,
    mut report: Report,
) -> Result<Exit, Failure> {
    write_all(args, terminal, rules, &mut report, |_| !args.show_files)?;
    tell(args, terminal, Messages { quiet: args.quiet, ..terminal.messages() }, loaded, &report);
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

fn tell(args: &Check, terminal: &Terminal, messages: Messages, loaded: &Loaded, report: &Report) {
    if args.verbose {
        let Loaded { files, candidates, .. } = loaded;
        messages
            .note(&format!("files read: {files}; with words of a log delivery configuration: {candidates}"));
    }
    if args.statistics {
        statistics::tell(report);
    }
    // Where findings are drawn, so are places in a configuration or a rule file.
    let drawn = args
        .outputs
        .iter()
        .flat_map(|output| output.formats(None))
        .any(|(format, _)| format == Format::Pretty);
    let options = drawn.then(|| terminal.stderr());
    for told in &report.notifications {
        messages.tell(told, report, options);
    }
}
