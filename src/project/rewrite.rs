//! Writes files that were read and changed since.

use std::fs;
use std::path::Path;

use crate::diagnostic::Notification;
use crate::project::atomic;
use crate::text::Source;

/// Writes the new text of a file, if the disk still has the old one.
///
/// # Errors
/// Why the file is as it was.
pub fn rewrite(path: &Path, old: &Source, new: &Source) -> Result<(), Notification> {
    let failed = |why: &str| Notification::error(format!("{} was not fixed: {why}", old.name));
    let on_disk = fs::read(path).map_err(|error| failed(&error.to_string()))?;
    if on_disk != old.text.as_bytes() {
        return Err(failed("it changed meanwhile"));
    }
    atomic::write(path, new.text.as_bytes()).map_err(|error| failed(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    #[test]
    fn what_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        let source = |text: &str| Source::new(SourceId(0), "a.yaml", text);
        fs::write(&path, "one").unwrap();
        rewrite(&path, &source("one"), &source("two")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        let failed = rewrite(&path, &source("one"), &source("three")).unwrap_err();
        assert_eq!(failed.text, "a.yaml was not fixed: it changed meanwhile");
        assert_eq!(fs::read(&path).unwrap(), b"two");
        fs::remove_file(&path).unwrap();
        assert!(rewrite(&path, &source("two"), &source("three")).is_err());
    }
}
