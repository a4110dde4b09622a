//! Places as SARIF has them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::wire::{WireArtifact, WireLocation, WireLogical, WirePhysical, WireRegion};
use crate::diagnostic::Report;
use crate::report::line_hash::LineHashes;
use crate::report::place::Places;
use crate::report::rooted::{from_root, is_absolute};
use crate::text::{Source, SourceId, Span};

/// Finds the locations of one report.
pub struct Locations<'a> {
    report: &'a Report,
    places: Places<'a>,
    hashes: BTreeMap<SourceId, LineHashes>,
}

impl<'a> Locations<'a> {
    pub fn new(report: &'a Report) -> Self {
        Self { report, places: Places::new(report), hashes: BTreeMap::new() }
    }

    pub fn knows(&self, id: SourceId) -> bool {
        self.places.source(id).is_some()
    }

    /// The location of a span, and the resource that it is in.
    pub fn of(&mut self, span: Span, resource: Option<&'a str>) -> WireLocation<'a> {
        let name = self.places.name(span.source);
        let whole = self.places.source(span.source).is_none_or(|source| is_whole(source, span));
        let region = self.places.region(span).filter(|_| !whole).map(|region| WireRegion {
            start_line: region.start.line,
            start_column: region.start.column,
            end_line: region.end.line,
            end_column: region.end.column,
        });
        let logical = resource.map(|name| WireLogical { fully_qualified_name: name, kind: "resource" });
        WireLocation {
            id: None,
            physical_location: WirePhysical {
                artifact_location: artifact(&from_root(&self.report.workspace, name)),
                region,
            },
            logical_locations: logical.into_iter().collect(),
            message: None,
        }
    }

    /// The place of a file.
    pub fn artifact(&self, id: SourceId) -> WireArtifact {
        artifact(&from_root(&self.report.workspace, self.places.name(id)))
    }

    /// What a change replaces: a place, even where the file has no line behind its last line break.
    pub fn replaced(&mut self, span: Span) -> WireRegion {
        let (start, end) = (self.places.at(span.source, span.start), self.places.at(span.source, span.end));
        WireRegion {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }

    /// The hash by which GitHub knows a line again.
    pub fn line_hash(&mut self, id: SourceId, line: usize) -> Option<String> {
        let source = self.places.source(id)?;
        self.hashes.entry(id).or_insert_with(|| LineHashes::new(&source.text)).of_line(line)
    }
}

/// Whether a span is all that is in a file.
fn is_whole(source: &Source, span: Span) -> bool {
    let text = source.text.as_str();
    let content = text.trim_start_matches('\u{feff}').trim();
    let start = text.len() - text.trim_start_matches('\u{feff}').trim_start().len();
    let range = span.range();
    range.start <= start && range.end >= start + content.len()
}

fn artifact(path: &str) -> WireArtifact {
    if is_absolute(path) {
        let slash = if path.starts_with('/') { "" } else { "/" };
        return WireArtifact { uri: format!("file://{slash}{}", encoded(path, ":")), uri_base_id: None };
    }
    WireArtifact { uri: encoded(path, ""), uri_base_id: Some("%SRCROOT%") }
}

/// A path in a URI: what is neither `/` nor unreserved nor one of these characters is percent-encoded.
fn encoded(path: &str, besides: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        let char = char::from(byte);
        if byte.is_ascii_alphanumeric()
            || "/-._~".contains(char)
            || (byte.is_ascii() && besides.contains(char))
        {
            uri.push(char);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
