//! From sources to a report: reads a file, checks what belongs together, tells what was found.
//!
//! Knows neither disk nor environment, neither threads nor output formats.

mod check;
mod fingerprint;
mod reading;
mod tell;

pub use check::{check, check_with};
pub use reading::{Reading, is_candidate, read};
