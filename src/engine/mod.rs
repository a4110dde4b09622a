//! From sources to a report: reads a file, checks what belongs together, tells what was found.
//!
//! Knows neither disk nor environment, neither threads nor output formats.

mod check;
mod fingerprint;
mod reading;
mod tell;
mod undecided;
mod units;

pub use check::check;
pub use reading::{Reading, is_candidate, read};
