//! Patterns of paths, in the language of `.gitignore`, and the folder that they are relative to.

use std::path::{Component, Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::text::Span;

/// A set of patterns; the default holds no path.
#[derive(Debug)]
pub struct Paths(Gitignore);

impl Default for Paths {
    fn default() -> Self {
        Self(Gitignore::empty())
    }
}

impl Paths {
    /// The patterns, and what is wrong with those that are none.
    pub fn new<'p>(patterns: impl Iterator<Item = (&'p str, Span)>) -> (Self, Vec<(Span, String)>) {
        let mut builder = GitignoreBuilder::new("");
        let mut wrong = Vec::new();
        for (pattern, span) in patterns {
            if let Err(error) = builder.add_line(None, pattern) {
                wrong.push((span, error.to_string()));
            }
        }
        (Self(builder.build().unwrap_or_else(|_| Gitignore::empty())), wrong)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a pattern names this very path, which is relative to the folder of the patterns.
    pub fn holds(&self, path: &Path, is_folder: bool) -> bool {
        !path.as_os_str().is_empty() && self.0.matched(path, is_folder).is_ignore()
    }

    /// Whether a pattern names this file or folder, or a folder that it lies in.
    pub fn holds_with_parents(&self, path: &Path, is_folder: bool) -> bool {
        !path.as_os_str().is_empty() && self.0.matched_path_or_any_parents(path, is_folder).is_ignore()
    }
}

/// The folder that patterns are relative to, absolute; the default holds nothing.
#[derive(Clone, Debug, Default)]
pub struct Base(PathBuf);

impl Base {
    pub fn new(folder: &Path) -> Self {
        Self(normal(folder))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A path as it is seen from the folder; none if it lies outside.
    pub fn relative(&self, path: &Path) -> Option<PathBuf> {
        if self.0.as_os_str().is_empty() {
            return None;
        }
        let absolute = normal(&std::path::absolute(path).ok()?);
        absolute.strip_prefix(&self.0).ok().map(Path::to_path_buf)
    }
}

/// What a configuration leaves out; the default is nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Exclude<'e>(Option<(&'e Base, &'e Paths)>);

impl<'e> Exclude<'e> {
    pub fn new(base: &'e Base, paths: &'e Paths) -> Self {
        Self((!paths.is_empty()).then_some((base, paths)))
    }

    /// Whether a pattern names this file or folder itself.
    pub fn names(self, path: &Path, is_folder: bool) -> bool {
        let Some((base, paths)) = self.0 else { return false };
        base.relative(path).is_some_and(|path| paths.holds(&path, is_folder))
    }

    /// Whether a pattern names this file or folder, or a folder that it lies in.
    pub fn covers(self, path: &Path) -> bool {
        let Some((base, paths)) = self.0 else { return false };
        base.relative(path)
            .is_some_and(|path| paths.holds_with_parents(&path, path_is_folder(&base.0, &path)))
    }
}

fn path_is_folder(base: &Path, path: &Path) -> bool {
    base.join(path).is_dir()
}

/// A path without `.` and `..`, by its words alone.
fn normal(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}
