//! Which rules prevent which exception of AWS.

use std::fmt::Write as _;

/// An exception of `SetLogDeliveryConfiguration`, or of CloudFormation where it makes that call.
struct Exception {
    name: &'static str,
    /// When AWS throws it.
    when: &'static str,
    rules: &'static [&'static str],
}

const EXCEPTIONS: &[Exception] = &[
    Exception {
        name: "InvalidParameterException",
        when: "a value breaks the shape of the call: `1 validation error detected: Value … at \
               'logConfigurations.1.member…' failed to satisfy constraint: …` (entries count from 1)",
        rules: &[
            "missing-property",
            "unknown-event-source",
            "unknown-log-level",
            "too-many-configurations",
            "not-an-arn",
            "arn-format",
            "arn-account",
            "arn-region",
            "log-group-arn-wildcard",
            "log-group-arn-format",
            "bucket-arn-format",
            "stream-arn-format",
            "user-pool-id",
            "unresolved-placeholder",
            "malformed-value",
        ],
    },
    Exception {
        name: "InvalidParameterException",
        when: "the values do not go together: `Request validation Failed. …`",
        rules: &[
            "user-notification-level",
            "auth-events-level",
            "user-notification-destination",
            "missing-destination",
            "multiple-destinations",
            "duplicate-event-source",
            "destination-region",
            "destination-account",
            "arn-partition",
            "arn-service",
        ],
    },
    Exception {
        name: "SerializationException",
        when: "a value has another type than the call expects",
        rules: &["wrong-type"],
    },
    Exception {
        name: "FeatureUnavailableInTierException",
        when: "the feature plan of the user pool does not export these logs",
        rules: &["auth-events-plan"],
    },
    Exception {
        name: "ResourceNotFoundException",
        when: "there is no such user pool in this account and region; only ids that cannot exist are found",
        rules: &["user-pool-id", "example-value", "unsupported-region"],
    },
    Exception {
        name: "AlreadyExists",
        when: "CloudFormation: another resource of the stack, or of another stack, is for the same user pool",
        rules: &["competing-configurations"],
    },
    Exception {
        name: "NotAuthorizedException",
        when: "the caller may not make the call, or may not set up the delivery; no file says who calls",
        rules: &[],
    },
    Exception { name: "TooManyRequestsException", when: "the caller calls too often", rules: &[] },
    Exception { name: "InternalErrorException", when: "AWS fails", rules: &[] },
];

/// The page, as Markdown.
pub fn page() -> String {
    let mut page =
        "# Exceptions\n\nWhat AWS throws, when, and the rules that find the cause before.\n".to_owned();
    for exception in EXCEPTIONS {
        let rules: Vec<String> = exception.rules.iter().map(|rule| format!("`{rule}`")).collect();
        let rules = if rules.is_empty() { "no rule can find it".to_owned() } else { rules.join(", ") };
        // Writing to a string cannot fail.
        let _ = write!(page, "\n## {}\n\nWhen {}.\n\nRules: {rules}\n", exception.name, exception.when);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::suggest::known_rule;
    use crate::rules::Set;

    #[test]
    fn every_rule_exists() {
        for rule in EXCEPTIONS.iter().flat_map(|exception| exception.rules) {
            assert!(known_rule(rule, &Set::default()).is_ok(), "{rule}");
        }
    }
}
