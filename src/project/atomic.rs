//! Files that are written whole or not at all.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The end of the names of files that are being written.
const ENDING: &str = ".delint-tmp";
/// Names that are tried for the file beside: one that was left behind or belongs to another run is passed over.
const NAMES: u32 = 100;

/// Writes a file by way of another beside it, which then takes its name, its mode and, as far as one may give it away,
/// its owner; whoever reads meanwhile, or interrupts, finds the old file. What a link leads to is written, not the link; a pipe or a device directly.
///
/// # Errors
/// What the disk says; the file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let before = fs::metadata(&path).ok();
    if before.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return OpenOptions::new().write(true).open(&path)?.write_all(bytes);
    }
    let (beside, mut file) = create_beside(&path)?;
    let written = (|| {
        if let Some(before) = before {
            give(&file, &before)?;
            file.set_permissions(before.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    })();
    if written.is_err() {
        // What cannot be written can perhaps not be removed either; the first error says more.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Gives a file to the owner and the group of another. Only root may give all; anybody else owns what he writes.
#[cfg(unix)]
fn give(file: &File, before: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let made = file.metadata()?;
    let owner = (made.uid() != before.uid()).then(|| before.uid());
    let group = (made.gid() != before.gid()).then(|| before.gid());
    for (owner, group) in [(owner, None), (None, group)] {
        if owner.is_some() || group.is_some() {
            let _ = fchown(file, owner, group);
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn give(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Whether a file was being written when somebody killed the run: it is no file of the project.
#[must_use]
pub fn is_left_over(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') && name.ends_with(ENDING)
}

/// A new file in the same folder: only there can it take the name of the other in one step.
fn create_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 0;
    loop {
        let beside = path.with_file_name(format!(".{name}.{number}{ENDING}"));
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < NAMES => number += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Root alone may give a file away: for anybody else there is nothing to see here.
    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_owner() {
        use std::os::unix::fs::{MetadataExt, chown};

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "one").unwrap();
        let given = chown(&path, Some(65_534), Some(65_534)).is_ok();
        write(&path, b"two").unwrap();
        let metadata = fs::metadata(&path).unwrap();
        assert_eq!(given, (metadata.uid(), metadata.gid()) == (65_534, 65_534));
    }

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        // What an interrupted run left behind.
        let left = folder.path().join(".out.json.0.delint-tmp");
        fs::write(&left, "half").unwrap();
        write(&path, b"three").unwrap();
        assert_eq!(fs::read(&left).unwrap(), b"half");
        assert!(is_left_over(&left) && !is_left_over(&path));
        assert_eq!(create_beside(&path).unwrap().0, folder.path().join(".out.json.1.delint-tmp"));
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert!(write(&folder.path().join("none/out.json"), b"").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_modes_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "one").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real", &link).unwrap();
        write(&link, b"two").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"two");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        write(Path::new("/dev/null"), b"x").unwrap();
    }
}
