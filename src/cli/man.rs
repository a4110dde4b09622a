//! `delint man`

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_mangen::roff::{Roff, roman};

use crate::cli::args::{Args, Man};
use crate::cli::exit::{Exit, Failure, written};
use crate::rules::names::nearest;

/// The words before the examples of a command and before its exit codes; the page has headings in their place.
const LEADS: [&str; 2] = ["Examples:\n", "Exit codes: "];

/// Prints the page of a command.
pub fn run(args: &Man) -> Result<Exit, Failure> {
    let command = named(&args.command)?;
    let mut page = Vec::new();
    let result = write(&command, &mut page).and_then(|()| {
        let mut out = io::stdout().lock();
        out.write_all(&page).and_then(|()| out.flush())
    });
    written(result)?;
    Ok(Exit::Clean)
}

/// The command of that name, as `["rules", "list"]`; without one the whole.
fn named(names: &[String]) -> Result<Command, Failure> {
    let mut command = Args::command();
    // Gives every command the name that its users type.
    command.build();
    for name in names {
        let Some(found) = command.find_subcommand(name) else {
            let known = command.get_subcommands().map(Command::get_name).collect::<Vec<_>>();
            let hint = match nearest(name, known.iter().copied()) {
                Some(near) => format!("; did you mean `{near}`?"),
                None if known.is_empty() => String::new(),
                None => format!("; there are {}", known.join(", ")),
            };
            let whole = command.get_bin_name().unwrap_or_else(|| command.get_name());
            return Err(Failure::Usage(format!("`{whole}` has no command `{name}`{hint}")));
        };
        command = found.clone();
    }
    Ok(command)
}

fn write(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let source = concat!("delint ", env!("CARGO_PKG_VERSION"));
    let page = clap_mangen::Man::new(command.clone()).source(source).manual("delint");
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    if command.has_subcommands() {
        page.render_subcommands_section(out)?;
    }
    section("EXAMPLES", command.get_before_help(), out)?;
    section("EXIT STATUS", command.get_after_help(), out)
}

/// A section whose lines stay as they are.
fn section(heading: &str, text: Option<&clap::builder::StyledStr>, out: &mut dyn Write) -> io::Result<()> {
    let Some(text) = text.map(ToString::to_string) else { return Ok(()) };
    let text = LEADS.iter().find_map(|lead| text.strip_prefix(lead)).unwrap_or(&text);
    let mut roff = Roff::new();
    roff.control("SH", [heading]).control("nf", []);
    for line in text.lines() {
        roff.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
    }
    roff.control("fi", []).to_writer(out)
}
