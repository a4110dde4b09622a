//! `delint explain`

use std::io::{self, BufWriter, Write};

use crate::cli::args::Explain;
use crate::cli::exit::{Exit, Failure, written};
use crate::cli::terminal::Terminal;
use crate::cli::{exceptions, markdown, suggest};
use crate::rules;

/// The page that is not a rule's.
const EXCEPTIONS: &str = "exceptions";

/// Prints a page: as it is read on a terminal, as Markdown anywhere else.
pub fn run(args: &Explain, terminal: &Terminal) -> Result<Exit, Failure> {
    let page = if args.name == EXCEPTIONS { exceptions::page() } else { rule_page(&args.name)? };
    let page =
        if terminal.is_interactive() { markdown::shown(&page, terminal.stdout().colour) } else { page };
    let mut out = BufWriter::new(io::stdout().lock());
    written(out.write_all(page.as_bytes()).and_then(|()| out.flush()))?;
    Ok(Exit::Clean)
}

fn rule_page(name: &str) -> Result<String, Failure> {
    rules::Set::default().page(name).ok_or_else(|| suggest::unknown_rule(name, &[EXCEPTIONS]))
}
