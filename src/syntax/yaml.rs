//! YAML: the parser's events become trees. Nothing here recurses over the input.

use granit_parser::{Event, Parser};

use crate::syntax::builder::{Builder, Collection, Properties};
use crate::syntax::document::{Parsed, SyntaxError};
use crate::syntax::scalar::Scalar;
use crate::text::SourceId;

/// Reads a stream of documents. Documents that do not end before `limit` (in bytes) are left out.
#[must_use]
pub fn parse(text: &str, id: SourceId, limit: usize) -> Parsed {
    let options = granit_parser::options! {
        // Without comment events there is no limit on the comments before a value either.
        emit_comments: false,
        emit_unresolved_aliases: true,
        // As libyaml reads it, and with it nearly every tool that will read the file.
        block_scalar_eof_without_line_feed: true,
    };
    let mut builder = Builder::new(text, id);
    let mut parsed = Parsed::default();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, place) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                parsed.error = Some(SyntaxError::new(text, id, at..at, error.info()));
                break;
            }
        };
        let range = place.byte_range().unwrap_or_default();
        if range.end > limit {
            break;
        }
        let properties = |anchor, tag: Option<&_>| {
            let tag = tag.map(|tag| (tag, place.tag_span().and_then(|tag| tag.byte_range())));
            Properties::new(text, id, anchor, tag)
        };
        match event {
            Event::DocumentStart(explicit, _) => builder.start_document(explicit.then_some(range.end)),
            Event::DocumentEnd => parsed.documents.extend(builder.end_document()),
            Event::Scalar(text, style, anchor, tag) => {
                let properties = properties(anchor, tag.as_deref());
                builder.scalar(Scalar { text, style, range }, properties);
            }
            Event::SequenceStart(_, anchor, tag) => {
                builder.open(Collection::List(Vec::new()), range, properties(anchor, tag.as_deref()));
            }
            Event::MappingStart(_, anchor, tag) => {
                builder.open(Collection::map(), range, properties(anchor, tag.as_deref()));
            }
            Event::SequenceEnd | Event::MappingEnd => builder.close(range),
            Event::Alias(anchor) => builder.alias(Some(anchor), range),
            Event::UnresolvedAlias(_) => builder.alias(None, range),
            _ => {}
        }
    }
    parsed
}
