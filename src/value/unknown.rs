//! What is not known.

use std::sync::Arc;

/// Why a value is not known: the fact that would decide it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// A noun phrase: "parameter Level", "the import Network-Arn".
    pub reason: Arc<str>,
    /// Two values of one identity are the same in every deployment of their unit, whatever they are.
    pub identity: Option<Arc<str>>,
}

impl Unknown {
    #[must_use]
    pub fn new(reason: impl Into<Arc<str>>) -> Self {
        Self { reason: reason.into(), identity: None }
    }
}
