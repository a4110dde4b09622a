//! delint lints log-delivery configuration before AWS sees it.
//!
//! The way of the data: bytes become a [`text::Source`], [`syntax`] makes a tree of it, [`forms`] finds the
//! configurations in it and brings them into one canonical shape, [`engine`] checks that shape against [`schema`]
//! and [`rules`], and [`report`] writes what was found. `ARCHITECTURE.md` has the map.

pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod examples;
pub mod forms;
pub mod guard;
pub mod lsp;
pub mod project;
pub mod report;
pub mod rules;
pub mod schema;
pub mod spec;
pub mod syntax;
pub mod text;
pub mod value;
pub mod world;
