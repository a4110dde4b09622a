//! All integration tests, in one binary.

mod report;
mod syntax;
