//! Where the project begins, by whose root services know its files.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::cli::terminal::variable;
use crate::diagnostic::Workspace;

/// What services call the folder into which they put a project: GitHub, GitLab, Azure Pipelines.
const ROOTS: [&str; 3] = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY"];

/// The root of the project that the working folder is in: what the service says, or else the repository.
pub fn workspace() -> Workspace {
    let folder = env::current_dir().and_then(fs::canonicalize);
    let Ok(folder) = folder else { return Workspace::default() };
    let said = ROOTS.into_iter().filter_map(variable).filter_map(|root| fs::canonicalize(root).ok());
    let root = said.filter(|root| folder.starts_with(root)).max_by_key(|root| root.as_os_str().len());
    root.or_else(|| repository(&folder)).map_or_else(Workspace::default, |root| within(&root, &folder))
}

/// The nearest folder with a `.git`, which is a file in a working tree.
pub fn repository(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf)
}

fn within(root: &Path, folder: &Path) -> Workspace {
    let inside = folder.strip_prefix(root).unwrap_or(Path::new(""));
    Workspace { root: ended(root), folder: ended(inside) }
}

/// A path with `/` between folders and, if it is not empty, at its end.
fn ended(path: &Path) -> String {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    // How Windows writes a path that was resolved.
    let path = path.strip_prefix("//?/").unwrap_or(&path);
    if path.is_empty() || path.ends_with('/') { path.to_owned() } else { format!("{path}/") }
}
