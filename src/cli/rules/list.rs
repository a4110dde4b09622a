//! `delint rules list`

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use crate::cli::exit::{Exit, Failure, written};
use crate::cli::rules::args::ListFormat;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Effect, Safety};
use crate::project::config::Config;
use crate::project::rule_files;
use crate::report::visible::{escaped, escaped_json};
use crate::rules::Set;
use crate::rules::definition::Definition;
use crate::rules::rule::Rule;

/// Raised when a key changes its meaning or goes; a new key raises nothing.
const VERSION: u32 = 1;

/// A rule, and its file if it is one of the project.
type Listed<'r> = (&'r Rule, Option<&'r Definition>);

/// Lists the rules in the order of their names.
pub fn run(format: ListFormat, config: &Config, terminal: &Terminal) -> Result<Exit, Failure> {
    let set = match rule_files::of_project(config) {
        Ok(set) => set,
        Err(report) => return Ok(terminal.refuse(&report)),
    };
    let rules = listed(&set);
    let mut out = BufWriter::new(io::stdout().lock());
    let result = match format {
        ListFormat::Text => write_text(&rules, &mut out),
        ListFormat::Json => write_json(&rules, &mut out),
    };
    written(result.and_then(|()| out.flush()))?;
    Ok(Exit::Clean)
}

fn listed(set: &Set) -> Vec<Listed<'_>> {
    let file =
        |name: &str| set.own().iter().find(|own| own.rule.info.name == name).map(|own| &own.definition);
    let mut rules: Vec<Listed<'_>> = set.iter().map(|rule| (rule, file(&rule.info.name))).collect();
    rules.sort_by_key(|(rule, _)| rule.info.name.as_str());
    rules
}

fn write_text(rules: &[Listed<'_>], out: &mut dyn Write) -> io::Result<()> {
    let width = rules.iter().map(|(rule, _)| rule.info.name.len()).max().unwrap_or_default();
    for (Rule { info: rule, .. }, file) in rules {
        let (severity, effect) = (rule.severity.as_str(), rule.effect.map_or("-", Effect::as_str));
        let file = file.map_or_else(String::new, |file| format!("  ({})", escaped(&file.source.name)));
        let summary = escaped(&rule.summary);
        writeln!(out, "{:width$}  {severity:7}  {effect:8}  {summary}{file}", rule.name)?;
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
    /// Whether `--fix` takes some of its findings away, or `--unsafe-fixes` has to be said as well.
    fix: Option<&'static str>,
    summary: &'a str,
    /// None for a rule of a project that gives no link.
    url: Option<&'a str>,
    /// The file of a rule of the project; none for one that is built in.
    file: Option<&'a str>,
    /// The built-in rule that its file extends.
    extends: Option<&'a str>,
}

fn write_json(rules: &[Listed<'_>], out: &mut dyn Write) -> io::Result<()> {
    let rules = rules.iter().map(|(rule, file)| WireRule {
        name: &rule.info.name,
        severity: rule.info.severity.as_str(),
        effect: rule.info.effect.map(Effect::as_str),
        enabled: rule.info.enabled,
        fix: rule.safest_fix().map(Safety::as_str),
        summary: &rule.info.summary,
        url: Some(rule.info.url.as_str()).filter(|url| !url.is_empty()),
        file: file.map(|file| file.source.name.as_str()),
        extends: file.and_then(|file| file.extends()),
    });
    let list = WireList { version: VERSION, rules: rules.collect() };
    let list = serde_json::to_string_pretty(&list)?;
    writeln!(out, "{}", escaped_json(&list))
}
