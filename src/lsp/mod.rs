//! The language server: what an editor asks for, in the Language Server Protocol 3.17.
//!
//! The only room that knows the protocol. It is synchronous: one message after the other, in the order in which they
//! come, on one thread. What it finds is what `delint check` finds, by the same functions. A panic is one answer, or one
//! message to the log, and not the end of the session.

mod begin;
mod check;
mod client;
mod code_action;
mod commands;
mod completion;
mod definition;
mod diagnostics;
pub mod document;
mod edit;
mod extent;
mod hover;
mod initialize;
mod kept;
mod locate;
mod members;
mod neighbours;
mod notifications;
mod place;
mod requests;
mod server;
mod session;
mod settings;
mod suppress;
mod watch;

pub use server::{Ended, run};
