//! Names that a user gave and that may not exist.

use crate::cli::exit::Failure;
use crate::rules::Set;
use crate::rules::names::nearest;

/// Passes if there is a rule of that name.
///
/// # Errors
/// There is none; the error names the one that was probably meant.
pub fn known_rule(name: &str, rules: &Set) -> Result<(), Failure> {
    if rules.contains(name) { Ok(()) } else { Err(unknown_rule(name, rules, &[])) }
}

/// Says that there is no rule of a name, and which one was probably meant; it may be one of other names.
pub fn unknown_rule(name: &str, rules: &Set, others: &[&'static str]) -> Failure {
    let hint = match nearest(name, rules.names().chain(others.iter().copied())) {
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
            ("log-group-arn", Some("log-group-arn-format")),
            ("log-group", Some("log-group-kms")),
            ("log", None),
            ("user-level", None),
            ("", None),
            ("xyzzy", None),
        ] {
            assert_eq!(nearest(name, Set::default().names()), near, "{name}");
        }
    }
}
