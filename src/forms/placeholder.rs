//! Defaults that are there to be replaced.

/// Texts that say nothing, with `-` for a blank and an underscore.
const WORDS: &[&str] = &[
    "-",
    "*",
    "default",
    "disabled",
    "dummy",
    "empty",
    "false",
    "ignored",
    "n/a",
    "na",
    "nil",
    "no",
    "none",
    "notset",
    "not-set",
    "null",
    "required",
    "tba",
    "undefined",
    "unknown",
    "unset",
    "x",
    "xx",
    "xxx",
];
const PARTS: &[&str] = &[
    "<",
    "{{",
    "change-me",
    "changeme",
    "example",
    "fill-in",
    "fixme",
    "placeholder",
    "replace",
    "set-me",
    "setme",
    "tbd",
    "to-be-",
    "todo",
    "xxxx",
    "your-",
];
const ACCOUNTS: &[&str] = &["123456789012", "111122223333", "444455556666", "000000000000", "111111111111"];
/// Words that stand in an ARN for a part of it.
const PLACES: &[&str] = &["account", "accountid", "account-id", "account-number", "partition", "region"];

/// Whether a default is there to be replaced, so that nothing may be concluded from it.
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let is_place =
        |part: &str| PLACES.contains(&part.strip_prefix("aws-").or(part.strip_prefix("aws")).unwrap_or(part));
    text.is_empty()
        || WORDS.contains(&text.as_str())
        || PARTS.iter().chain(ACCOUNTS).any(|part| text.contains(part))
        || text.split(':').any(is_place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_that_says_nothing_is_known() {
        for text in [
            "",
            " none ",
            "PLACEHOLDER",
            "Not set",
            "set_me",
            "arn:aws:logs:REGION:ACCOUNT:log-group:name",
            "arn:aws:s3:::your_bucket",
            "arn:aws:logs:eu-west-1:AWS_ACCOUNT_ID:log-group:a",
            "arn:aws:logs:eu-west-1:123456789012:log-group:a",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "users",
            "INFO",
            "OFF",
            "arn:aws:logs:eu-west-1:210987654321:log-group:/offline/none",
            "accounts",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
