//! What a file is called in messages.

use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

/// A path as the user gave it, without `./`, with `/` between folders. Bytes that are no UTF-8 become U+FFFD.
pub fn displayed(path: &Path) -> String {
    let path: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    let name = path.to_string_lossy();
    match MAIN_SEPARATOR {
        _ if name.is_empty() => ".".to_owned(),
        '/' => name.into_owned(),
        separator => name.replace(separator, "/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_the_user_gave_them() {
        for (path, name) in [
            ("./a//b/./c.yaml", "a/b/c.yaml"),
            ("../a", "../a"),
            ("a/../b", "a/../b"),
            ("/tmp/x", "/tmp/x"),
            (".", "."),
            ("./.github/x", ".github/x"),
        ] {
            assert_eq!(displayed(Path::new(path)), name);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_need_not_be_text() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"./a\xff.yaml"));
        assert_eq!(displayed(path), "a\u{fffd}.yaml");
    }
}
