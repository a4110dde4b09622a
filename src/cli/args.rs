//! The arguments, as they may be given.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::cli::rules::args::Rules;
use crate::cli::selection::Selection;
use crate::cli::shared::{Project, TEMPLATE};
use crate::diagnostic::Severity;
use crate::report::Format;

/// Lint AWS log-delivery configuration before AWS sees it.
#[derive(Debug, Parser)]
#[command(
    name = "delint",
    version,
    help_template = TEMPLATE,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    before_help = "\
Examples:
  delint check                          the current folder
  delint check infra/ delivery.json     a folder and a file
  delint check --format json > out.json
  delint explain user-notification-level",
    after_help = "\
Exit codes: 0 no findings (at or above --fail-on), 1 findings, 2 could not do what was asked"
)]
pub struct Args {
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Color {
    /// Where the output is a terminal and the environment does not object
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Check(Box<Check>),
    Baseline(Box<Baseline>),
    Explain(Explain),
    /// Write a `.delint.yaml` that says what can be configured.
    Init,
    Rules(Rules),
    Schema(Schema),
    Completions(Completions),
    Man(Man),
    /// Serve an editor on standard input and output, in the Language Server Protocol.
    Lsp,
}

/// Check files and folders.
#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE,
    before_help = "\
Examples:
  delint check                                    the current folder
  delint check template.yaml infra/               a file and a folder
  aws cognito-idp get-log-delivery-configuration --user-pool-id … | delint check -
  delint check --format concise --fail-on warning
  delint check --ignore vendedlogs-prefix --severity log-group-retention=warning"
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Check {
    #[command(flatten)]
    pub selection: Selection,
    /// How findings are written; `pretty` if nothing is said (may be repeated, each with an `--output` of its own).
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    format: Vec<Choice>,
    /// Write the findings in the format before to a file; `-` is standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Vec<PathBuf>,
    #[arg(skip)]
    pub outputs: Vec<Output>,
    /// Make the changes that are certain, and report what is left; the exit code is 1 if a file was changed.
    #[arg(long)]
    pub fix: bool,
    /// Make, or show, also the changes that somebody should look at.
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Show as a patch what `--fix` would change, and change nothing.
    #[arg(long, conflicts_with = "fix")]
    pub diff: bool,
    /// The least severity that makes the exit code 1.
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// The most warnings that are let through; more make the exit code 1.
    #[arg(long, value_name = "NUMBER")]
    pub max_warnings: Option<usize>,
    /// Exit with 2 if there is no file to check.
    #[arg(long)]
    pub error_on_no_files: bool,
    /// Exit with 0 even if there are findings.
    #[arg(long)]
    pub exit_zero: bool,
    /// Name each check that could not be decided, and the fact that would decide it.
    #[arg(long)]
    pub show_undecided: bool,
    /// Write findings that are suppressed to SARIF too, marked as such; GitHub would show an alert for each.
    #[arg(long)]
    pub sarif_suppressed: bool,
    /// Say on standard error how many findings each rule has.
    #[arg(long)]
    pub statistics: bool,
    /// Report what the baseline knows as well.
    #[arg(long, conflicts_with = "baseline")]
    pub no_baseline: bool,
    /// Name the files that would be checked, and check nothing.
    #[arg(long)]
    pub show_files: bool,
    /// Print findings and errors only.
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more about each finding, and what was read.
    #[arg(long, short)]
    pub verbose: bool,
}

/// Write down all findings, so that `delint check --baseline FILE` reports new ones only.
#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE,
    before_help = "\
Examples:
  delint baseline                       the findings of the current folder, to .delint-baseline.json
  delint baseline --prune               forget those that are gone
  delint check --baseline .delint-baseline.json"
)]
pub struct Baseline {
    #[command(flatten)]
    pub selection: Selection,
    /// Only remove the findings that are gone, and add none.
    #[arg(long)]
    pub prune: bool,
}

/// What is written, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    pub choice: Choice,
    /// None is standard output.
    pub file: Option<PathBuf>,
}

/// A format that may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Of(Format),
    /// What people read, and beside it on standard output what the service reads that runs delint.
    Auto,
}

impl Default for Choice {
    fn default() -> Self {
        Self::Of(Format::default())
    }
}

impl Output {
    /// The formats that are written, and where each goes.
    pub fn formats(&self, service: Option<Format>) -> Vec<(Format, Option<&Path>)> {
        let file = self.file.as_deref();
        match self.choice {
            Choice::Of(format) => vec![(format, file)],
            Choice::Auto => {
                let beside = service.map(|format| (format, None));
                [(Format::Pretty, file)].into_iter().chain(beside).collect()
            }
        }
    }

    /// The format that was asked for on standard output, where a patch is to be.
    pub fn beside_patch(&self) -> Option<Format> {
        match self.choice {
            Choice::Of(format) if self.file.is_none() && format != Format::default() => Some(format),
            _ => None,
        }
    }

    /// The place that two outputs need, wherever delint runs.
    fn shared_with(&self, other: &Self) -> Option<String> {
        let uses_stdout = |output: &Self| output.file.is_none() || output.choice == Choice::Auto;
        if uses_stdout(self) && uses_stdout(other) {
            return Some("standard output".to_owned());
        }
        let file = self.file.as_ref().filter(|file| Some(*file) == other.file.as_ref());
        file.map(|file| file.display().to_string())
    }
}

impl Check {
    /// Gives each output to the format before it. A format without one goes to standard output.
    ///
    /// # Errors
    /// Two outputs for one format, or one place for two.
    pub fn pair(&mut self, matches: &ArgMatches) -> Result<(), String> {
        let places = |id: &str| matches.indices_of(id).into_iter().flatten();
        let formats = places("format").zip(self.format.iter().map(|choice| Ok(*choice)));
        let files = places("output").zip(self.output.iter().map(Err));
        let mut words: Vec<(usize, Result<Choice, &PathBuf>)> = formats.chain(files).collect();
        words.sort_by_key(|(place, _)| *place);
        let mut outputs: Vec<(Option<Choice>, Option<&PathBuf>)> = Vec::new();
        for (_, word) in words {
            match (word, outputs.last_mut()) {
                (Ok(choice), _) => outputs.push((Some(choice), None)),
                (Err(file), Some((_, known @ None))) => *known = Some(file),
                (Err(file), None) => outputs.push((None, Some(file))),
                (Err(_), Some(_)) => return Err("each `--output` needs a `--format` of its own".to_owned()),
            }
        }
        // A file before any format is that of the only one.
        if let [(None, file), (Some(choice), None)] = outputs[..] {
            outputs = vec![(Some(choice), file)];
        }
        if outputs.is_empty() {
            outputs.push((None, None));
        }
        let named = |file: &PathBuf| (file.as_os_str() != "-").then(|| file.clone());
        let output = |(choice, file): (Option<Choice>, Option<&PathBuf>)| Output {
            choice: choice.unwrap_or_default(),
            file: file.and_then(named),
        };
        self.outputs = outputs.into_iter().map(output).collect();
        for (index, output) in self.outputs.iter().enumerate() {
            if let Some(place) = self.outputs[..index].iter().find_map(|other| other.shared_with(output)) {
                return Err(format!("two formats go to {place}; give each an `--output` of its own"));
            }
        }
        Ok(())
    }
}

/// Print the page of a rule.
#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE,
    before_help = "\
Examples:
  delint explain user-notification-level
  delint explain exceptions               which rules prevent which exception of AWS"
)]
pub struct Explain {
    /// A rule, or `exceptions`.
    pub name: String,
    #[command(flatten)]
    pub project: Project,
}

/// Print a JSON Schema.
#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE,
    before_help = "\
Examples:
  delint schema rule > rule.json"
)]
pub struct Schema {
    /// Which schema.
    pub name: SchemaName,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SchemaName {
    /// A log delivery configuration
    Spec,
    /// A rule file
    Rule,
    /// `.delint.yaml` or `.delint.yml`
    Config,
    /// What `delint check --format json` prints
    Report,
    /// What `delint baseline` writes
    Baseline,
}

/// Print what a shell has to know to complete arguments.
#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE,
    before_help = "\
Examples:
  delint completions bash > ~/.local/share/bash-completion/completions/delint
  delint completions zsh > ~/.zfunc/_delint
  delint completions fish > ~/.config/fish/completions/delint.fish"
)]
pub struct Completions {
    /// Which shell.
    pub shell: Shell,
}

/// Print a page of the manual.
#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE,
    before_help = "\
Examples:
  delint man | man -l -                 the main page
  delint man check > delint-check.1     the page of a command"
)]
pub struct Man {
    /// A command; the main page if there is none.
    pub command: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Hint,
    Never,
}

impl FailOn {
    /// The least severity that fails; none where nothing does.
    pub fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Hint => Some(Severity::Hint),
            Self::Never => None,
        }
    }
}

fn format_parser() -> impl TypedValueParser<Value = Choice> {
    const AUTO: &str = "auto";
    let names = Format::ALL.iter().map(|format| PossibleValue::new(format.as_str()).help(format.about()));
    let auto = PossibleValue::new(AUTO).help("pretty and, in GitHub Actions, github beside it");
    PossibleValuesParser::new(names.chain([auto])).try_map(|name| match name.as_str() {
        AUTO => Ok(Choice::Auto),
        name => name.parse().map(Choice::Of),
    })
}
