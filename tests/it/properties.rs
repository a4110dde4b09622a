//! What holds for every document and every rule.

mod documents;
mod layout;
mod programs;
mod templates;
mod uncertain;
