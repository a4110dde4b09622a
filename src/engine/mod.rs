//! From sources to a report: reads a file, checks what belongs together, tells what was found.
//!
//! Knows neither disk nor environment, neither threads nor output formats.

mod across;
pub mod assume;
mod baseline;
mod check;
mod fingerprint;
pub mod fix;
mod levels;
mod order;
mod problems;
mod reading;
pub mod settings;
mod strike;
mod suppress;
mod tell;
mod undecided;
mod unit;
mod units;

pub use baseline::Known;
pub use check::{check, check_these, check_with, said_of};
pub use order::sort;
pub use reading::{Reading, is_candidate, read};
pub use settings::{Level, Levels, Profile, Settings};
pub use suppress::{Date, unknown_rule};
pub use units::resources;
