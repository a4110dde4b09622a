//! Reading what the arguments name.

use std::path::PathBuf;

use crate::cli::progress::watched;
use crate::cli::selection::Selection;
use crate::project::config::Config;
use crate::project::load::{Loaded, load};
use crate::project::paths::Exclude;
use crate::project::settings::Settings;

/// Reads files and folders; `shows` says whether a long run shows how far it has come.
pub fn read(
    selection: &Selection,
    config: &Config,
    paths: &[PathBuf],
    keep_names: bool,
    shows: bool,
) -> Loaded {
    watched(shows, |count| {
        let settings = Settings {
            respect_ignore_files: !selection.no_ignore,
            stdin_name: &selection.stdin_filename,
            exclude: Exclude::new(&config.base, &config.exclude),
            force_exclude: selection.force_exclude,
            keep_names,
            count: Some(count),
        };
        load(paths, &settings)
    })
}
