//! Names that a user gave and that may not exist.

use crate::cli::exit::Failure;
use crate::rules;
use crate::rules::names::nearest;

/// The names of all rules.
pub fn rule_names() -> impl Iterator<Item = &'static str> + Clone {
    rules::sources().iter().map(|(name, _)| *name)
}

/// Passes if there is a rule of that name.
///
/// # Errors
/// There is none; the error names the one that was probably meant.
pub fn known_rule(name: &str) -> Result<(), Failure> {
    if rule_names().any(|known| known == name) { Ok(()) } else { Err(unknown_rule(name, &[])) }
}

/// Says that there is no rule of a name, and which one was probably meant; it may be one of other names.
pub fn unknown_rule(name: &str, others: &[&'static str]) -> Failure {
    let hint = match nearest(name, rule_names().chain(others.iter().copied())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`delint rules list` lists them".to_owned(),
    };
    Failure::Usage(format!("there is no rule named `{name}`; {hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rule_is_suggested() {
        for (name, near) in [
            ("user-notifcation-level", Some("user-notification-level")),
            ("Log_Group_KMS", Some("log-group-kms")),
            ("level-user-notification", Some("user-notification-level")),
            ("kms", Some("log-group-kms")),
            ("user-level", None),
            ("", None),
            ("xyzzy", None),
        ] {
            assert_eq!(nearest(name, rule_names()), near, "{name}");
        }
    }
}
