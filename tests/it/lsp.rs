//! The language server: the built binary, driven as an editor drives it.

mod client;
mod diagnostics;
mod edits;
mod protocol;
mod workspace;
