//! `delint rules`

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use crate::cli::args::{ListFormat, Rules, RulesCommand};
use crate::cli::exit::{Exit, Failure, written};
use crate::diagnostic::{Effect, RuleInfo};
use crate::rules;

/// Raised when a key changes its meaning or goes; a new key raises nothing.
const VERSION: u32 = 1;

/// Lists the rules.
pub fn run(args: &Rules) -> Result<Exit, Failure> {
    let RulesCommand::List { format } = &args.command;
    let rules: Vec<&RuleInfo> = rules::built_in().iter().map(|rule| rule.info.as_ref()).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    let result = match format {
        ListFormat::Text => write_text(&rules, &mut out),
        ListFormat::Json => write_json(&rules, &mut out),
    };
    written(result.and_then(|()| out.flush()))?;
    Ok(Exit::Clean)
}

fn write_text(rules: &[&RuleInfo], out: &mut dyn Write) -> io::Result<()> {
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    for rule in rules {
        let (severity, effect) = (rule.severity.as_str(), rule.effect.map_or("-", Effect::as_str));
        writeln!(out, "{:width$}  {severity:7}  {effect:8}  {}", rule.name, rule.summary)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct WireList<'a> {
    version: u32,
    rules: Vec<WireRule<'a>>,
}

#[derive(Serialize)]
struct WireRule<'a> {
    name: &'a str,
    severity: &'static str,
    effect: Option<&'static str>,
    /// Whether it speaks unasked.
    enabled: bool,
    summary: &'a str,
    url: &'a str,
}

fn write_json(rules: &[&RuleInfo], out: &mut dyn Write) -> io::Result<()> {
    let rules = rules.iter().map(|rule| WireRule {
        name: &rule.name,
        severity: rule.severity.as_str(),
        effect: rule.effect.map(Effect::as_str),
        enabled: rule.enabled,
        summary: &rule.summary,
        url: &rule.url,
    });
    let list = WireList { version: VERSION, rules: rules.collect() };
    serde_json::to_writer_pretty(&mut *out, &list)?;
    writeln!(out)
}
