//! What `--select`, `--ignore` and `--severity` say of rules.

use crate::cli::exit::Failure;
use crate::cli::selection::Selection;
use crate::cli::suggest::known_rule;
use crate::engine::{Level, Levels, Profile};
use crate::rules::Set;

/// What the arguments ask for of rules and facts.
///
/// # Errors
/// A name that no rule has.
pub fn asked(args: &Selection, rules: &Set) -> Result<Profile, Failure> {
    Ok(Profile { assume: args.assume.iter().cloned().collect(), levels: levels(args, rules)? })
}

/// The levels that the arguments ask for. Of several severities for one rule the last counts.
///
/// # Errors
/// A name that no rule has.
fn levels(args: &Selection, rules: &Set) -> Result<Levels, Failure> {
    let named = args.select.iter().chain(&args.ignore).chain(args.severity.iter().map(|(name, _)| name));
    named.map(String::as_str).try_for_each(|name| known_rule(name, rules))?;
    Ok(Levels {
        select: args.select.iter().cloned().collect(),
        ignore: args.ignore.iter().cloned().collect(),
        severity: args.severity.iter().map(|(name, severity)| (name.clone(), Level::On(*severity))).collect(),
    })
}
