//! A copy of a text that the parser has less trouble with. Every byte keeps its place.

use crate::syntax::hcl::frame::Frame;
use crate::syntax::hcl::scan::{Scanner, Step};

/// Where Terraform does not care for line breaks and comments, blanks; in heredocs no line that only looks like the end.
pub fn copy(text: &str) -> String {
    let mut copy = text.as_bytes().to_vec();
    let mut scanner = Scanner::new(text);
    loop {
        let start = scanner.at;
        let inside = scanner.inside();
        let Some(step) = scanner.step() else { break };
        let breaks_are_blanks =
            matches!(inside, Some(Frame::For | Frame::Parentheses | Frame::Brackets | Frame::Interpolation));
        match step {
            Step::LineBreak | Step::Comment | Step::Blank if breaks_are_blanks => {
                copy.get_mut(start..scanner.at).unwrap_or_default().fill(b' ');
            }
            // Another word of the same length.
            Step::MarkerInHeredoc => {
                if let Some(first) = scanner.at.checked_sub(1).and_then(|last| copy.get_mut(last)) {
                    *first = if *first == b'x' { b'y' } else { b'x' };
                }
            }
            _ => {}
        }
    }
    String::from_utf8(copy).unwrap_or_else(|_| text.to_owned())
}
