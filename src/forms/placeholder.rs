//! Defaults that are there to be replaced.

const WORDS: &[&str] =
    &["none", "null", "nil", "-", "n/a", "na", "default", "undefined", "unset", "not set", "empty"];
const PARTS: &[&str] = &[
    "todo",
    "tbd",
    "changeme",
    "change-me",
    "change_me",
    "replace",
    "your-",
    "your_",
    "example",
    "xxxx",
    "<",
    "{{",
];
const ACCOUNTS: &[&str] = &["123456789012", "111122223333", "444455556666", "000000000000", "111111111111"];

/// Whether a default is there to be replaced, so that nothing may be concluded from it.
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text.is_empty()
        || WORDS.contains(&text.as_str())
        || PARTS.iter().chain(ACCOUNTS).any(|part| text.contains(part))
}
