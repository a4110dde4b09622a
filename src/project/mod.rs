//! The disk: which files there are, what is in them, and what kept them from being read.
//!
//! Beside `cli`, this is the only place that touches files. It looks for trigger words before anything is parsed,
//! so a file without a log delivery configuration costs one read and nothing more.

pub mod atomic;
pub mod baseline;
pub mod check;
pub mod config;
pub mod desk;
mod given;
pub mod load;
pub mod name;
pub mod pages;
pub mod panics;
pub mod paths;
pub mod profiles;
pub mod rewrite;
pub mod rule_files;
mod scan;
pub mod settings;
mod siblings;
mod sink;
pub mod today;
mod walk;
