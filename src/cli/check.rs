//! `delint check`

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::{fs, mem, thread};

use crate::cli::args::{Check, Output};
use crate::cli::config;
use crate::cli::exit::{Exit, Failure, written};
use crate::cli::fix::{Fixed, fix};
use crate::cli::levels::asked;
use crate::cli::message::Messages;
use crate::cli::outputs::write_all;
use crate::cli::read::read;
use crate::cli::statistics;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Notification, NotificationKind, Report, Severity};
use crate::engine::Reading;
use crate::project;
use crate::project::baseline::{self, Baseline};
use crate::project::config::Config;
use crate::project::load::Loaded;
use crate::project::rule_files;
use crate::report::Format;
use crate::report::summary::count;
use crate::report::visible::escaped;
use crate::rules::Set;
use crate::schema;

/// Checks what the arguments name, and writes what was found.
pub fn run(args: &Check, terminal: &Terminal) -> Result<Exit, Failure> {
    let (config, baseline, rules) = match given(args) {
        Ok(given) => given,
        Err(report) => return refused(args, terminal, *report),
    };
    let asked = asked(&args.selection, &rules)?;
    let paths = config::paths(&args.selection)?;
    if let Some(format) = args.outputs.iter().filter(|_| args.diff).find_map(Output::beside_patch) {
        let why =
            format!("`--diff` prints a patch to standard output; `--format {format}` needs an `--output`");
        return Err(Failure::Usage(why));
    }
    if args.fix && paths.iter().any(|path| path.as_os_str() == "-") {
        let why = "standard input cannot be fixed; `--diff` shows what would change";
        return Err(Failure::Usage(why.to_owned()));
    }
    let mut loaded = read(&args.selection, &config, &paths, args.show_files, !args.quiet);
    let config_file = config.source.as_ref().map(|source| Path::new(&source.name));
    let known = config::baseline(&args.selection, &config);
    let list = args.selection.files_from.as_deref();
    let own = config_file.into_iter().chain(known.as_deref()).chain(list);
    refuse_to_overwrite(args, own.chain(paths.iter().chain(loaded.paths.values()).map(PathBuf::as_path)))?;
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
    let known = baseline.known();
    let checked = project::check::Check::of_loaded(&config, rules.clone(), &asked, &known, &loaded);
    if loaded.readings.iter().any(Reading::is_relevant) {
        // Nobody waits for it but the check, when it comes to the schema.
        drop(thread::spawn(schema::prepare));
    }
    let files = loaded.files;
    let check = |readings: &[&Reading]| checked.report(readings);
    let (mut report, is_changed) = if args.fix || args.diff {
        let Fixed { report, is_changed } = fix(args, messages_of(args, terminal), &loaded, check)?;
        (report, is_changed)
    } else {
        (check(&loaded.readings.iter().collect::<Vec<_>>()), false)
    };
    report.notifications.extend(messages);
    if args.error_on_no_files && files == 0 {
        report.notifications.push(Notification::error("there is no file to check".to_owned()));
    }
    if args.verbose {
        report.notifications.extend(gone(&baseline, &report));
    }
    let exit = finish(args, terminal, &loaded, &rules, report)?;
    // What was changed is for somebody to look at, whatever is left.
    let may_fail = !args.exit_zero && args.fail_on.least().is_some();
    Ok(if is_changed && exit == Exit::Clean && may_fail { Exit::Findings } else { exit })
}

/// No report takes the place of a file that is read.
fn refuse_to_overwrite<'p>(args: &Check, mut read: impl Iterator<Item = &'p Path>) -> Result<(), Failure> {
    let files = args.outputs.iter().filter_map(|output| output.file.as_deref());
    let there: Vec<(&Path, PathBuf)> = files
        .filter(|file| file.is_file())
        .filter_map(|file| Some((file, fs::canonicalize(file).ok()?)))
        .collect();
    let is_read = |path: &Path| {
        let path = fs::canonicalize(path).ok()?;
        there.iter().find(|(_, there)| *there == path)
    };
    if there.is_empty() {
        return Ok(());
    }
    match read.find_map(is_read) {
        Some((file, _)) => {
            let why = format!("`--output {}` would overwrite a file that is read", file.display());
            Err(Failure::Usage(why))
        }
        None => Ok(()),
    }
}

fn messages_of(args: &Check, terminal: &Terminal) -> Messages {
    Messages { quiet: args.quiet, ..terminal.messages() }
}

/// The configuration, the findings that are known, and the rules.
fn given(args: &Check) -> Result<(Config, Baseline, Set), Box<Report>> {
    let config = config::of_project(&args.selection.project)?;
    let path = if args.no_baseline { None } else { config::baseline(&args.selection, &config) };
    let known = path.map_or_else(|| Ok(Baseline::default()), |path| baseline::read(&path));
    let known = known.map_err(|failure| Box::new(failure.into_report()))?;
    let rules = rule_files::of_project(&config)?;
    Ok((config, known, rules))
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
    let written = write_all(args, terminal, rules, &mut report, |_| !args.show_files);
    tell(args, terminal, messages_of(args, terminal), loaded, &report);
    written.map(|()| exit(args, &report))
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
    } else if args.exit_zero {
        Exit::Clean
    } else if args.fail_on.least().is_some_and(fails) || too_many_warnings(args, report).is_some() {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// That there are more warnings than are let through.
fn too_many_warnings(args: &Check, report: &Report) -> Option<String> {
    let (most, warnings) = (args.max_warnings?, report.count(Severity::Warning));
    (warnings > most).then(|| format!("failed: {} (--max-warnings {most})", count(warnings, "warning")))
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
    if let Some(failed) = too_many_warnings(args, report) {
        messages.note(&failed);
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
