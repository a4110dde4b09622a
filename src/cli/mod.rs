//! The command line: arguments, terminals and exit codes, which no other module knows. A command is one file.

mod args;
mod baseline;
mod check;
mod completions;
mod config;
mod exceptions;
mod exit;
mod explain;
mod fix;
mod init;
mod job_summary;
mod levels;
mod lsp;
mod man;
mod markdown;
mod message;
mod outputs;
mod patch;
mod progress;
mod read;
mod rules;
mod schema;
mod selection;
mod shared;
mod statistics;
mod suggest;
mod terminal;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::project::panics::caught;
use args::{Args, Command};
use exit::{Exit, Failure};
use terminal::Terminal;

/// Does what the arguments of the process ask for.
#[must_use]
pub fn run() -> ExitCode {
    let args = match parsed() {
        Ok(args) => args,
        Err(error) => {
            // Where the usage cannot be printed, there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let terminal = Terminal::new(args.color);
    let result = caught(|| match &args.command {
        Command::Check(args) => check::run(args, &terminal),
        Command::Baseline(args) => baseline::run(args, &terminal),
        Command::Explain(args) => explain::run(args, &terminal),
        Command::Init => init::run(),
        Command::Rules(args) => rules::run(args, &terminal),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
        Command::Lsp => Ok(lsp::run()),
    });
    match result.unwrap_or_else(|panic| Err(Failure::Panic(panic))) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            terminal.messages().error(&failure.to_string());
            Exit::Failed.into()
        }
    }
}

/// The arguments of the process. Which output belongs to which format depends on their order.
fn parsed() -> Result<Args, clap::Error> {
    let matches = Args::command().try_get_matches()?;
    let mut args = Args::from_arg_matches(&matches)?;
    if let (Command::Check(check), Some(matches)) = (&mut args.command, matches.subcommand_matches("check")) {
        check.pair(matches).map_err(|why| {
            let mut command = Args::command();
            command.build();
            let mut usage_of = command.find_subcommand("check").cloned().unwrap_or(command);
            usage_of.error(clap::error::ErrorKind::ArgumentConflict, why)
        })?;
    }
    Ok(args)
}
