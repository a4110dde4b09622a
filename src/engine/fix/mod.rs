//! Fixes: changes of a text that were tried before they are offered.

mod applied;
mod better;
mod counted;
mod same;
mod settled;
mod shared;
mod tried;

pub use applied::applied;
pub use counted::{counts, identity};
pub use settled::{Changed, MAX_ROUNDS, Settled, settle, with_changed};
pub use tried::keep_what_holds;
