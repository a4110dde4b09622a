//! Arguments that say which files are checked, and what for.

use std::path::PathBuf;

use crate::cli::shared::Project;
use crate::diagnostic::Severity;
use crate::engine::assume::{Assumption, Subject};
use crate::rules::names::nearest;

/// What the commands that check have in common.
#[derive(Debug, clap::Args)]
pub struct Selection {
    /// Files and folders, the current one if none is named; `-` is standard input.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Report these rules only (separated by commas; may be repeated).
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Do not report these rules (separated by commas; may be repeated).
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Give a rule another severity: `error`, `warning` or `hint` (may be repeated).
    #[arg(long, value_name = "RULE=SEVERITY", value_delimiter = ',', value_parser = parse_severity)]
    pub severity: Vec<(String, Severity)>,
    /// Take for a fact what the files do not say: `account=ID`, `region=NAME`, `plan=PLAN` (separated by commas; may be
    /// repeated).
    #[arg(long, value_name = "KEY=VALUE", value_delimiter = ',', value_parser = parse_assumption)]
    pub assume: Vec<Assumption>,
    /// The file of the findings that are known, which are not reported again.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Read the names of files and folders from a file, one a line; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// Leave out what the configuration excludes even where it is named.
    #[arg(long)]
    pub force_exclude: bool,
    #[command(flatten)]
    pub project: Project,
    /// Read files in folders even if `.gitignore` or `.ignore` names them.
    #[arg(long)]
    pub no_ignore: bool,
    /// What standard input is called in findings.
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    pub stdin_filename: String,
}

fn parse_assumption(text: &str) -> Result<Assumption, String> {
    let (name, value) = text.split_once('=').ok_or("it has the form KEY=VALUE")?;
    let names = Subject::ALL.map(Subject::as_str);
    let subject = Subject::ALL.into_iter().find(|subject| subject.as_str() == name).ok_or_else(|| {
        let hint = nearest(name, names.into_iter()).map_or_else(
            || format!("there are {}", names.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        format!("`{name}` is nothing to assume; {hint}")
    })?;
    Assumption::new(subject, value).map_err(|refused| refused.to_string())
}

fn parse_severity(text: &str) -> Result<(String, Severity), String> {
    let (rule, level) = text.split_once('=').ok_or("it has the form RULE=SEVERITY")?;
    let severity = Severity::ALL.into_iter().find(|severity| severity.as_str() == level);
    let severity = severity.ok_or_else(|| {
        let known = Severity::ALL.map(Severity::as_str).join(", ");
        format!("`{level}` is no severity; there are {known}")
    })?;
    Ok((rule.to_owned(), severity))
}
