//! What `--select`, `--ignore` and `--severity` say of rules.

use crate::cli::args::Check;
use crate::cli::exit::Failure;
use crate::cli::suggest::known_rule;
use crate::engine::{Level, Levels};
use crate::rules::Set;

/// The levels that the arguments ask for. Of several severities for one rule the last counts.
///
/// # Errors
/// A name that no rule has.
pub fn levels(args: &Check, rules: &Set) -> Result<Levels, Failure> {
    let named = args.select.iter().chain(&args.ignore).chain(args.severity.iter().map(|(name, _)| name));
    named.map(String::as_str).try_for_each(|name| known_rule(name, rules))?;
    Ok(Levels {
        select: args.select.iter().cloned().collect(),
        ignore: args.ignore.iter().cloned().collect(),
        severity: args.severity.iter().map(|(name, severity)| (name.clone(), Level::On(*severity))).collect(),
    })
}
