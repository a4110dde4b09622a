//! Something that was found in one line, by which `grep`, editors and problem matchers find its place.

use crate::report::place::Places;
use crate::report::visible::{begins_like_command, escaped};
use crate::text::Span;

/// `path:line:col: what: message`.
pub fn line(places: &mut Places<'_>, span: Span, what: &str, message: &str) -> String {
    let place = places.at(span.source, span.start);
    let name = escaped(places.name(span.source));
    // A line that begins with `::` is a workflow command.
    let here = if name.trim_start().is_empty() || begins_like_command(&name) { "./" } else { "" };
    let (line, column) = (place.line, place.column);
    format!("{here}{name}:{line}:{column}: {}: {}", escaped(what), escaped(message))
}
