//! How files are looked for.

use std::sync::atomic::AtomicUsize;

use crate::project::paths::Exclude;

/// What is read, and how.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'s> {
    /// Whether ignore files are looked at in folders. A file that is named is read whatever they say.
    pub respect_ignore_files: bool,
    /// What standard input is called.
    pub stdin_name: &'s str,
    /// What is left out of folders.
    pub exclude: Exclude<'s>,
    /// Whether what is excluded is left out even where it is named.
    pub force_exclude: bool,
    /// Whether the names of all files are kept.
    pub keep_names: bool,
    /// Where the files are counted as they are read.
    pub count: Option<&'s AtomicUsize>,
}
