//! Which configuration a run has, and which files it is asked to check.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::exit::Failure;
use crate::cli::selection::Selection;
use crate::cli::shared::Project;
use crate::diagnostic::Report;
use crate::project::baseline;
use crate::project::config::{self, Config};

/// The configuration that the arguments ask for.
///
/// # Errors
/// It cannot be read, or there are mistakes in it: a report of that.
pub fn of_project(args: &Project) -> Result<Config, Box<Report>> {
    let config = match &args.config {
        _ if args.isolated => Ok(Config::default()),
        Some(file) => config::read(file),
        None => config::find(),
    };
    config.map_err(|failure| Box::new(failure.into_report()))
}

/// The baseline that the arguments or the configuration name.
pub fn baseline(selection: &Selection, config: &Config) -> Option<PathBuf> {
    selection.baseline.as_deref().map(Path::to_path_buf).or_else(|| baseline::of_config(config))
}

/// What is to be checked: the paths of the arguments and of the list, or else the current folder.
///
/// # Errors
/// The list cannot be read.
pub fn paths(args: &Selection) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        let mut text = String::new();
        let read = if list.as_os_str() == "-" {
            io::stdin().read_to_string(&mut text).map(|_| ())
        } else {
            fs::read_to_string(list).map(|read| text = read)
        };
        read.map_err(|error| {
            Failure::Usage(format!("cannot read the list of files {}: {error}", list.display()))
        })?;
        // PowerShell begins a file so.
        let text = text.trim_start_matches('\u{feff}');
        paths.extend(text.lines().filter(|line| !line.is_empty()).map(PathBuf::from));
    } else if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    Ok(paths)
}
