//! Files for delint itself, open in the editor: configurations and rules. What is wrong in one, what may stand in it, and
//! what that means.

pub mod file;
pub mod report;
