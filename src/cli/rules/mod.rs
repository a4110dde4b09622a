//! `delint rules`: a subcommand is one file.

pub mod args;
mod list;
mod new;
mod test;

use crate::cli::config;
use crate::cli::exit::{Exit, Failure};
use crate::cli::terminal::Terminal;
use args::{Rules, RulesCommand};

/// Does what the subcommand says.
pub fn run(args: &Rules, terminal: &Terminal) -> Result<Exit, Failure> {
    let config = match config::of_project(&args.project) {
        Ok(config) => config,
        Err(report) => return Ok(terminal.refuse(&report)),
    };
    match &args.command {
        RulesCommand::List { format } => list::run(*format, &config, terminal),
        RulesCommand::Test(args) => test::run(args, &config, terminal),
        RulesCommand::New(args) => new::run(args, &config, terminal),
    }
}
