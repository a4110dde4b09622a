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

/// What a message with "; did you mean `x`?" at its end says was meant, and the word that it says is wrong, if it names one.
pub fn meant(message: &str) -> Option<(Option<&str>, &str)> {
    let (said, near) = message.split_once("; did you mean `")?;
    let wrong = said.rsplit('`').nth(1).filter(|word| !word.is_empty());
    Some((wrong, near.strip_suffix("`?")?))
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
    use crate::rules::reader::suggestion;

    #[test]
    fn what_was_meant_is_read_as_it_is_written() {
        let near = |word: &str| suggestion(word, ["severity", "LogLevel"].into_iter());
        let message = format!("unknown member `severty`{}", near("severty"));
        assert_eq!(meant(&message), Some((Some("severty"), "severity")));
        let message = format!("`x.LogLevl` is no path: there is no `LogLevl` here{}", near("LogLevl"));
        assert_eq!(meant(&message), Some((Some("LogLevl"), "LogLevel")));
        let message = format!("one of a, b is due here{}", near("severty"));
        assert_eq!(meant(&message), Some((None, "severity")));
        assert_eq!(meant("unknown member `zzz`"), None);
    }
}
