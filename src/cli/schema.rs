//! `delint schema`

use std::io::{self, Write};

use crate::cli::args::{Schema, SchemaName};
use crate::cli::exit::{Exit, Failure, written};
use crate::schema::{CONFIG, LOG_DELIVERY, RULE};

const BASELINE: &str = include_str!("../../schemas/baseline.json");
const REPORT: &str = include_str!("../../schemas/report.json");

/// Prints a schema, byte for byte as its file.
pub fn run(args: &Schema) -> Result<Exit, Failure> {
    let schema = match args.name {
        SchemaName::Spec => LOG_DELIVERY,
        SchemaName::Rule => RULE,
        SchemaName::Config => CONFIG,
        SchemaName::Report => REPORT,
        SchemaName::Baseline => BASELINE,
    };
    let mut out = io::stdout().lock();
    written(out.write_all(schema.as_bytes()).and_then(|()| out.flush()))?;
    Ok(Exit::Clean)
}
