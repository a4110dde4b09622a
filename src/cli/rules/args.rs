//! The arguments of `delint rules`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use crate::cli::shared::{Project, TEMPLATE};

/// List the rules, write new ones, and test those of the project.
#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    before_help = "\
Examples:
  delint rules list                               all rules, those of the project as well
  delint rules new wide-retention                 a new rule in delint-rules/
  delint rules new log-group-kms --extends log-group-kms
  delint rules test                               the examples of the project's rules"
)]
pub struct Rules {
    #[command(flatten)]
    pub project: Project,
    #[command(subcommand)]
    pub command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// List all rules: name, severity, effect, what they find.
    List {
        /// How the list is written.
        #[arg(long, default_value = "text")]
        format: ListFormat,
    },
    /// Check each example of the project's rules, written in every form.
    Test(Test),
    /// Write a rule file that can be tested as it stands.
    New(New),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ListFormat {
    /// Columns
    Text,
    /// For programs
    Json,
}

#[derive(Debug, clap::Args)]
pub struct Test {
    /// Rule files and folders of such; those that the configuration names if none is given.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Show what an example that fails was written as.
    #[arg(long, short)]
    pub verbose: bool,
}

#[derive(Debug, clap::Args)]
pub struct New {
    /// What the rule is called: small letters, with hyphens between words.
    pub name: String,
    /// Where to write it: `delint-rules` beside the configuration if no folder is given.
    #[arg(value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// Begin with all that a built-in rule says; a rule of the same name takes its place.
    #[arg(long, value_name = "RULE")]
    pub extends: Option<String>,
}
