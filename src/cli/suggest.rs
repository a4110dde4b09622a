//! Names that a user gave and that may not exist.

use crate::cli::exit::Failure;
use crate::rules::Set;

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

/// The name that was probably meant: the only one that holds the text, or the one that is most like it.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let wanted = name.trim().to_ascii_lowercase().replace('_', "-");
    let mut holding = known.clone().filter(|candidate| !wanted.is_empty() && candidate.contains(&wanted));
    if let (Some(only), None) = (holding.next(), holding.next()) {
        return Some(only);
    }
    let similar = |candidate: &str| {
        let letters = strsim::normalized_damerau_levenshtein(&wanted, candidate);
        letters.max(words_in_common(&wanted, candidate))
    };
    let ranked = known.map(|candidate| (similar(candidate), candidate));
    let best = ranked.max_by(|one, other| one.0.total_cmp(&other.0));
    best.filter(|(similarity, _)| *similarity > 0.6).map(|(_, candidate)| candidate)
}

/// How alike two names are if the order of their words does not count; 1 is the same.
fn words_in_common(one: &str, other: &str) -> f64 {
    let sorted = |text: &str| {
        let mut words: Vec<&str> = text.split('-').collect();
        words.sort_unstable();
        words.join("-")
    };
    strsim::normalized_damerau_levenshtein(&sorted(one), &sorted(other))
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
            assert_eq!(nearest(name, Set::default().names()), near, "{name}");
        }
    }
}
