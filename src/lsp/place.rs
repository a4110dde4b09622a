//! Places: spans as ranges of lines and columns, files as URIs.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use lsp_types::{Position, Range, Uri};

use crate::text::{self, Encoding, Source, Span};

/// The range of a span in its source.
pub fn range(source: &Source, span: Span, encoding: Encoding) -> Range {
    let at = |offset: usize| position(source, offset, encoding);
    Range { start: at(span.range().start), end: at(span.range().end) }
}

/// The position of a byte offset.
pub fn position(source: &Source, offset: usize, encoding: Encoding) -> Position {
    let place = source.lines().position_in(&source.text, offset, encoding);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Position { line: count(place.line), character: count(place.column) }
}

/// The byte offset of a position.
pub fn offset(source: &Source, position: Position, encoding: Encoding) -> usize {
    let place = text::Position { line: position.line as usize, column: position.character as usize };
    source.lines().offset_in(&source.text, place, encoding)
}

/// The file that a URI names; none if it names something else.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    // What stands before the first slash is a host.
    let path = decoded(rest.get(rest.find('/')?..)?)?;
    let is_drive = |path: &str| path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if cfg!(windows) && is_drive(&path) { path.get(1..)?.to_owned() } else { path }))
}

/// The URI of a file, whose path is absolute and as it is printed.
pub fn uri(path: &str) -> Option<Uri> {
    let mut text = "file://".to_owned();
    if !path.starts_with('/') {
        text.push('/');
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            text.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text.parse().ok()
}

/// The folder of a file.
pub fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        if *byte == b'%' {
            let (digits, behind) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = behind;
        } else {
            bytes.push(*byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_uris_lead_to_each_other() {
        for file in ["/a/b.yaml", "/with space/ü/😀#?%41.tf", "/[x]/(y)&='.yaml"] {
            let uri = uri(file).unwrap();
            assert!(uri.as_str().is_ascii() && !uri.as_str().contains(['#', '?', ' ']), "{}", uri.as_str());
            assert_eq!(path(&uri).unwrap(), Path::new(file));
        }
        for other in ["untitled:Untitled-1", "https://example.com/x.yaml"] {
            assert_eq!(path(&other.parse().unwrap()), None);
        }
    }
}
