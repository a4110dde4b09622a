//! The clock.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::engine::Date;

/// The day that it is in Greenwich: the same for everybody who checks the same files.
pub fn today() -> Date {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Date::after_epoch(since.as_secs() / (24 * 60 * 60))
}
