//! The language server: the built binary, driven as an editor drives it.

mod actions;
mod broken;
mod client;
mod commands;
mod definition;
mod diagnostics;
mod edits;
mod help;
mod protocol;
mod references;
mod settings;
mod workspace;
