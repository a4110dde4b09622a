//! What the arguments of several commands have in common.

use std::path::PathBuf;

/// Examples come before everything else.
pub const TEMPLATE: &str =
    "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Which configuration says where the project has rules of its own.
#[derive(Debug, clap::Args)]
pub struct Project {
    /// Take this configuration, not the nearest `.delint.yaml`.
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Look for no configuration: there are the built-in rules alone.
    #[arg(long, global = true)]
    pub isolated: bool,
}
