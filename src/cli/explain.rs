//! `delint explain`

use std::io::{self, BufWriter, Write};

use crate::cli::args::Explain;
use crate::cli::exit::{Exit, Failure, written};
use crate::cli::terminal::Terminal;
use crate::cli::{config, exceptions, markdown, suggest};
use crate::project::rule_files;
use crate::rules::Set;

/// The page that is not a rule's.
const EXCEPTIONS: &str = "exceptions";

/// Prints a page: as it is read on a terminal, as Markdown anywhere else.
pub fn run(args: &Explain, terminal: &Terminal) -> Result<Exit, Failure> {
    let page = if args.name == EXCEPTIONS {
        exceptions::page()
    } else {
        match config::of_project(&args.project).and_then(|config| rule_files::of_project(&config)) {
            Ok(rules) => rule_page(&args.name, &rules)?,
            Err(report) => return Ok(terminal.refuse(&report)),
        }
    };
    let page =
        if terminal.is_interactive() { markdown::shown(&page, terminal.stdout().colour) } else { page };
    let mut out = BufWriter::new(io::stdout().lock());
    written(out.write_all(page.as_bytes()).and_then(|()| out.flush()))?;
    Ok(Exit::Clean)
}

fn rule_page(name: &str, rules: &Set) -> Result<String, Failure> {
    rules.page(name).ok_or_else(|| suggest::unknown_rule(name, rules, &[EXCEPTIONS]))
}
