//! Words that several formats for people have in common.

use crate::diagnostic::{Diagnostic, Effect};

/// Where delint is at home.
pub const HOME: &str = "https://github.com/delint/delint";

pub fn effect_text(effect: Effect) -> &'static str {
    match effect {
        Effect::Rejected => "AWS rejects this",
        Effect::Silent => "AWS accepts this, and no logs arrive",
        Effect::Replaced => "AWS accepts this, and another configuration is lost",
        Effect::Advice => "AWS accepts this, and it works",
    }
}

/// Where a finding is in the canonical shape: `/UserPoolId of Resources.Delivery (cloudformation)`.
pub fn place_text(diagnostic: &Diagnostic) -> String {
    let path = if diagnostic.path.is_empty() { "/" } else { &diagnostic.path };
    let resource =
        diagnostic.resource.as_ref().map_or_else(String::new, |resource| format!(" of {resource}"));
    let form = if diagnostic.form.is_empty() { String::new() } else { format!(" ({})", diagnostic.form) };
    format!("{path}{resource}{form}")
}

/// A part of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    /// What stood between two backticks.
    Code(&'a str),
}

/// The parts of a sentence in which names stand in backticks. A backtick without a second is text.
pub fn pieces(sentence: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = sentence;
    while let Some((before, behind)) = rest.split_once('`') {
        let Some((code, behind)) = behind.split_once('`') else { break };
        pieces.extend([Piece::Text(before), Piece::Code(code)]);
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces.retain(|piece| !matches!(piece, Piece::Text("") | Piece::Code("")));
    pieces
}

/// Whether an address may stand in a link: it is a URI that leads to a web page, and nothing in it ends the place it
/// stands in.
pub fn is_linkable(url: &str) -> bool {
    let is_code = |text: &str| text.len() >= 2 && text.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    url.starts_with("https://")
        && url.split('%').skip(1).all(is_code)
        && url.matches('#').count() <= 1
        && url.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#=&%+".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_text() {
        use Piece::{Code, Text};
        assert_eq!(pieces("`a` is b"), [Code("a"), Text(" is b")]);
        assert_eq!(pieces("a ``b` c"), [Text("a "), Text("b` c")]);
        assert_eq!(pieces("a ` b"), [Text("a ` b")]);
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn links_lead_to_web_pages() {
        assert!(is_linkable("https://example.com/a-b?c=d#e"));
        for url in [
            "",
            "http://example.com",
            "javascript:alert(1)",
            "https://a b",
            "https://a\"",
            "https://a)",
            "https://a<",
            "https://a/#b#",
            "https://a/%4",
            "https://a/%zz",
        ] {
            assert!(!is_linkable(url), "{url}");
        }
    }
}
