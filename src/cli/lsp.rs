//! `delint lsp`

use crate::cli::exit::Exit;
use crate::lsp::{Ended, run as serve};

/// Serves an editor until it says that this is enough.
pub fn run() -> Exit {
    match serve() {
        Ended::AsAsked => Exit::Clean,
        // The protocol demands 1.
        Ended::Unasked => Exit::Findings,
    }
}
