//! `delint init`

use std::fs::File;
use std::io::{self, Write};

use crate::cli::exit::{Exit, Failure, written};
use crate::project::config::NAME;

/// What a new configuration says: nothing yet, and what it could say.
const TEMPLATE: &str = include_str!("init.yaml");

/// Writes a configuration that changes nothing into the current folder.
pub fn run() -> Result<Exit, Failure> {
    let made = File::create_new(NAME).and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
    made.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::Usage(format!("{NAME} is there already, and is left as it is"))
        }
        _ => Failure::Write { to: NAME.to_owned(), error },
    })?;
    let mut out = io::stdout().lock();
    written(writeln!(out, "Wrote {NAME}"))?;
    Ok(Exit::Clean)
}
