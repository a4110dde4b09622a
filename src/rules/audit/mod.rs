//! What is wrong with a rule although it can be read: paths that lead nowhere, values that never stand there, holes that
//! nothing fills, examples that say nothing. What is built in passes it as well, in a test.

mod conditions;
mod examples;
mod file;
pub mod neighbour;
mod reports;
mod shape;

pub use file::audit;
