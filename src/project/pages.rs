//! Pages for an editor to open: files in a folder for what is temporary, which goes when the session does.

use std::collections::hash_map::RandomState;
use std::fs::{self, DirBuilder};
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};
use std::{env, io};

/// The pages of a session.
#[derive(Debug, Default)]
pub struct Pages {
    folder: Option<PathBuf>,
}

impl Pages {
    /// Writes a page, whose name is that of a rule, and says where.
    ///
    /// # Errors
    /// What the disk says.
    pub fn write(&mut self, name: &str, page: &str) -> io::Result<PathBuf> {
        let path = self.folder()?.join(format!("{name}.md"));
        fs::write(&path, page)?;
        Ok(path)
    }

    /// A new folder, which nobody else can have prepared.
    fn folder(&mut self) -> io::Result<&Path> {
        if self.folder.as_ref().is_none_or(|folder| !folder.is_dir()) {
            let number = RandomState::new().build_hasher().finish();
            let folder = env::temp_dir().join(format!("delint-{number:016x}"));
            let mut builder = DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(&folder)?;
            self.folder = Some(folder);
        }
        self.folder.as_deref().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            // What cannot be removed is for whoever cleans up temporary files.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_with_their_session() {
        let mut pages = Pages::default();
        let first = pages.write("a", "x").unwrap();
        let again = pages.write("a", "y").unwrap();
        assert_eq!((first.as_path(), fs::read_to_string(&first).unwrap().as_str()), (again.as_path(), "y"));
        drop(pages);
        assert!(!first.parent().unwrap().exists());
    }
}
