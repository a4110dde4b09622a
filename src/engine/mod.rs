//! From sources to a report: reads a file, checks what belongs together, tells what was found.
//!
//! Knows neither disk nor environment, neither threads nor output formats.

pub mod assume;
mod check;
mod fingerprint;
mod reading;
pub mod settings;
mod tell;
mod undecided;
mod units;

pub use check::{check, check_with};
pub use reading::{Reading, is_candidate, read};
pub use settings::{Level, Levels, Profile, Settings};
