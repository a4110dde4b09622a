//! Names of rules that somebody wrote and that may not exist.

/// The name that was probably meant: the only one that holds the text; of those that begin with it the one that adds the
/// least, if the text is half of it; or the one that is most like it.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let wanted = name.trim().to_ascii_lowercase().replace('_', "-");
    let mut holding = known.clone().filter(|candidate| !wanted.is_empty() && candidate.contains(&wanted));
    if let (Some(only), None) = (holding.next(), holding.next()) {
        return Some(only);
    }
    let begun = known.clone().filter(|candidate| candidate.starts_with(&wanted));
    let begun = begun.filter(|candidate| candidate.len() <= 2 * wanted.len());
    if let Some(shortest) = begun.min_by_key(|candidate| candidate.len()) {
        return Some(shortest);
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
