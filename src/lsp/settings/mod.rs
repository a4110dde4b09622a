//! Files for delint itself, open in the editor: configurations and rules. What is wrong in one, what may stand in it, and
//! what that means.

pub mod action;
pub mod completion;
mod documents;
pub mod examples;
pub mod file;
pub mod hover;
mod locate;
mod paths;
pub mod report;
mod schema;
