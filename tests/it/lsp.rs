//! The language server: the built binary, driven as an editor drives it.

mod actions;
mod client;
mod diagnostics;
mod edits;
mod help;
mod protocol;
mod settings;
mod settings_help;
mod workspace;
