//! `delint init`

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::cli::exit::{Exit, Failure, written};
use crate::project::config::{NAME, names_in};

/// What a new configuration says: nothing yet, and what it could say.
const TEMPLATE: &str = include_str!("init.yaml");

/// Writes a configuration that changes nothing into the current folder.
pub fn run() -> Result<Exit, Failure> {
    if let Some(name) = names_in(Path::new("")).first() {
        return Err(Failure::Usage(format!("{name} is there already, and is left as it is")));
    }
    let made = File::create_new(NAME).and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
    made.map_err(|error| Failure::Write { to: NAME.to_owned(), error })?;
    let mut out = io::stdout().lock();
    written(writeln!(out, "Wrote {NAME}"))?;
    Ok(Exit::Clean)
}
