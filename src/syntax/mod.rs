//! Bytes to a tree: what a syntax is, and which one a text is written in.

mod anchors;
mod builder;
pub mod comments;
pub mod document;
pub mod edit;
mod embedded;
pub mod hcl;
pub mod insert;
mod json;
mod layout;
mod mapping;
mod remove;
mod scalar;
mod sniff;
mod yaml;

pub use self::embedded::embedded_json;
pub use self::sniff::{is_filled_in_by_comments, is_text_template};

use self::document::{Language, Parsed, SyntaxError};
use crate::text::{Source, SourceId};

/// Reads a file as JSON, HCL or YAML, whichever its content is; a name decides only where Terraform goes by it
/// (`.tf`). It cannot fail: what is wrong with the file is told in the result.
#[must_use]
pub fn parse(source: &Source) -> Parsed {
    parse_wanted(source, &|_, _| true)
}

/// The same, but of HCL no more than the blocks that are wanted, by their type and labels: others are not parsed.
#[must_use]
pub fn parse_wanted(source: &Source, wanted: hcl::Wanted<'_>) -> Parsed {
    let is_hcl = sniff::is_hcl(&source.name, &source.text);
    let read = |text: &str, limit: usize| {
        if is_hcl { hcl::parse(text, source.id, limit, wanted) } else { choose(text, source.id, limit) }
    };
    let invalid = source.invalid_utf8.map(|at| (at, "invalid UTF-8"));
    let nul = source.text.find('\0').map(|at| (at, "unexpected NUL byte"));
    let Some((at, message)) = [invalid, nul].into_iter().flatten().min() else {
        return read(&source.text, usize::MAX);
    };
    // A NUL ends the text for some parsers; here it must not hide what stands before it.
    let text = source.text.replace('\0', "x");
    let mut parsed = read(&text, at);
    if parsed.error.as_ref().is_none_or(|error| error.span.range().start >= at) {
        parsed.error = Some(SyntaxError::new(&text, source.id, at..at, message));
    }
    parsed
}

/// What a file is written in, as far as it matters to a change.
#[must_use]
pub fn language(source: &Source) -> edit::Language {
    if sniff::is_hcl(&source.name, &source.text) {
        edit::Language::Hcl
    } else if sniff::begins_like_json(&source.text) {
        edit::Language::Json
    } else {
        edit::Language::Yaml
    }
}

/// Whether a text that does not parse is a stream of JSON objects or lists, one a line or not, and not one document:
/// by what stands before and at the place where it does not.
#[must_use]
pub fn is_json_stream(text: &str, error: &SyntaxError) -> bool {
    let Some((first, next)) = text.split_at_checked(error.span.range().start) else { return false };
    next.starts_with(['{', '['])
        && sniff::begins_like_json(first)
        && json::parse(first, error.span.source).is_ok()
}

/// Documents that do not end before `limit` are left out.
fn choose(text: &str, id: SourceId, limit: usize) -> Parsed {
    if !sniff::begins_like_json(text) {
        return yaml::parse(text, id, limit);
    }
    let error = match json::parse(text, id) {
        Ok(document) if limit >= text.len() => {
            return Parsed { language: Language::Json, documents: vec![document], ..Parsed::default() };
        }
        Ok(_) => return Parsed::default(),
        Err(error) => error,
    };
    let broken = Parsed { error: Some(error), ..Parsed::default() };
    if sniff::has_json_comments(text) {
        return broken;
    }
    let flow = yaml::parse(text, id, limit);
    if flow.error.is_none() || sniff::is_yaml_flow(text) { flow } else { broken }
}
