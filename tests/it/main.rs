//! All integration tests, in one binary: linking is what they cost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "so does a test fail")]

mod report;
