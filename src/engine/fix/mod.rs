//! Fixes: changes of a text that were tried before they are offered.

mod applied;
mod same;
mod tried;

pub use applied::{applied, is_apart};
pub use tried::keep_what_holds;
