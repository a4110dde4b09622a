//! All integration tests, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "so does a test fail")]

mod across;
mod architecture;
mod assume;
mod cli;
mod docs;
mod examples;
mod fingerprints;
mod fixes;
mod fixtures;
mod hostile;
mod lsp;
mod packages;
mod properties;
#[cfg(unix)]
mod readme;
mod report;
mod rules;
mod schema;
mod silent;
mod spans;
mod spelling;
mod suggestions;
mod suppressions;
mod syntax;
mod undecided;
