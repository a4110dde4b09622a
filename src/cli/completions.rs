//! `delint completions`

use std::io::{self, Write};

use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory};

use crate::cli::args::{Args, Completions};
use crate::cli::exit::{Exit, Failure, written};
use crate::rules;

/// Arguments whose values are names of rules: the command, the argument, and what else it takes.
const NAMES_OF_RULES: &[(&str, &str, &[&str])] =
    &[("explain", "name", &["exceptions"]), ("check", "select", &[]), ("check", "ignore", &[])];

/// Prints the completions for a shell. The names of the built-in rules are among them.
pub fn run(args: &Completions) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "delint", &mut script);
    let mut out = io::stdout().lock();
    written(out.write_all(&script).and_then(|()| out.flush()))?;
    Ok(Exit::Clean)
}

/// The arguments, with those values that are checked only after they were parsed.
fn command() -> Command {
    NAMES_OF_RULES.iter().fold(Args::command(), |command, (name, argument, others)| {
        let known = rules::sources().iter().map(|(name, _)| *name);
        let names = PossibleValuesParser::new(known.chain(others.iter().copied()));
        command.mut_subcommand(name, |command| command.mut_arg(argument, |arg| arg.value_parser(names)))
    })
}
