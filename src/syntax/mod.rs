//! Bytes to a tree: what a syntax is, and which one a text is written in.

pub mod document;
