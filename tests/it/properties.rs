//! What holds for every document and every rule.

mod documents;
mod layout;
mod modules;
mod programs;
mod rule_files;
mod templates;
mod uncertain;
