//! All integration tests, in one binary: linking is what they cost.

mod report;
