//! Fixes: changes of a text that were tried before they are offered.

mod applied;
mod better;
mod identity;
mod same;
mod settled;
mod shared;
mod tried;

pub use applied::applied;
pub use identity::{Identity, identity};
pub use settled::{Changed, MAX_ROUNDS, Settled, settle, with_changed};
pub use tried::keep_what_holds;
