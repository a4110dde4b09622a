//! `delint rules test`

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use crate::cli::exit::{Exit, Failure, written};
use crate::cli::rules::args::Test;
use crate::cli::rules::new::{advice, beside};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Notification, Report};
use crate::examples::run::{self, Outcome};
use crate::project::config::Config;
use crate::project::name::displayed;
use crate::project::rule_files::{FOLDER, RuleFiles};
use crate::report::notification;
use crate::report::reporter::Options;
use crate::report::visible::escaped;
use crate::rules::set::Own;

/// Checks the examples of the project's rules, and says which are not as their files say.
pub fn run(args: &Test, config: &Config, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut files = RuleFiles::default();
    args.paths.iter().for_each(|path| files.add_named(path));
    let named: HashSet<_> = files.files.iter().map(|file| file.source.id).collect();
    files.add_project(config);
    let rules = match files.into_set(config) {
        Ok(rules) => rules,
        Err(report) => return Ok(terminal.refuse(&report)),
    };
    if args.paths.is_empty()
        && rules.own().is_empty()
        && let Some(folder) = unnamed(config)
    {
        let advice = advice(&folder, config).map_or_else(String::new, |advice| format!("; {advice}"));
        let folder = displayed(&folder);
        return Err(Failure::Usage(format!(
            "no configuration names {folder}, which has rules; `delint rules test {folder}` tests them{advice}"
        )));
    }
    let is_meant = |own: &&Own| args.paths.is_empty() || named.contains(&own.definition.source.id);
    let tested: Vec<&Own> = rules.own().iter().filter(is_meant).collect();
    if tested.is_empty() {
        terminal.messages().note("there are no rule files; `delint rules new NAME` writes one");
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = 0;
    for own in &tested {
        let outcome = run::own(own, &rules);
        failed += usize::from(!outcome.failures.is_empty());
        let told = told(own, &outcome, args.verbose, terminal.stdout());
        written(out.write_all(told.as_bytes()))?;
    }
    let summary = match failed {
        _ if tested.is_empty() => String::new(),
        0 => format!("{}: all examples are as they say\n", rules_of(tested.len())),
        _ => format!("{failed} of {} FAILED\n", rules_of(tested.len())),
    };
    written(out.write_all(summary.as_bytes()).and_then(|()| out.flush()))?;
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
}

/// The folder that `delint rules new` writes to, if there are rule files in it.
fn unnamed(config: &Config) -> Option<PathBuf> {
    let folder = beside(config).join(FOLDER);
    // Where no configuration is looked for, no folder belongs to the project.
    let is_of_project = folder.is_dir() && config.base.relative(&folder).is_some();
    let mut files = RuleFiles::default();
    if is_of_project {
        files.add_named(&folder);
    }
    (!files.files.is_empty()).then_some(folder)
}

fn rules_of(count: usize) -> String {
    if count == 1 { "1 rule".to_owned() } else { format!("{count} rules") }
}

/// One line for a rule, and its failures below.
fn told(own: &Own, outcome: &Outcome, verbose: bool, options: Options) -> String {
    let verdict = if outcome.failures.is_empty() { "ok    " } else { "FAILED" };
    let name = &own.rule.info.name;
    let file = escaped(&own.definition.source.name);
    let Outcome { examples, files, failures } = outcome;
    let mut told = format!("{verdict}  {name}  ({file}: {examples} examples, written as {files} files)\n");
    let source = own.definition.source.clone();
    let report = Report { sources: [(source.id, source)].into(), ..Report::default() };
    for failure in failures {
        let span = own.definition.shown_at(failure.span);
        let message = Notification { span: Some(span), ..Notification::error(failure.message()) };
        told.push_str(&notification(&message, &report, options));
        if verbose {
            for line in failure.shown.lines() {
                // Writing to a string cannot fail.
                let _ = writeln!(told, "  | {}", escaped(line));
            }
        }
    }
    if !failures.is_empty() {
        told.push('\n');
    }
    told
}
