//! One part of a file, parsed: what the parser refuses and Terraform accepts is put in other words before it is
//! given up.

use std::borrow::Cow;

use hcl_edit::parser::{Error, parse_body};
use hcl_edit::structure::Body;

use crate::syntax::hcl::flat;
use crate::syntax::hcl::line::is_word;

/// How many names that stand twice are replaced in one part.
const MAX_RENAMED: usize = 20;

/// Why a part could not be read.
#[derive(Debug)]
pub enum Failure {
    /// It is no HCL: where, and in what way.
    Syntax(usize, String),
    /// It may be right; the parser cannot tell.
    Unreadable,
}

/// Parses a part. Names in the tree may be others than in the text; their places are right.
pub fn parse(text: &str) -> Result<Body, Failure> {
    let mut copy = Cow::Borrowed(text);
    let mut renamed = 0;
    let mut flattened = false;
    loop {
        let error = match parse_body(&copy) {
            Ok(body) => return Ok(body),
            Err(error) => error,
        };
        if error.message().contains("found redefined") {
            let other = rename(&copy, error.location().offset(), renamed).filter(|_| renamed < MAX_RENAMED);
            copy = Cow::Owned(other.ok_or(Failure::Unreadable)?);
            renamed += 1;
        } else if !flattened {
            flattened = true;
            copy = Cow::Owned(flat::copy(&copy));
        } else {
            return Err(failure(&error));
        }
    }
}

fn failure(error: &Error) -> Failure {
    let message = match error.message() {
        message if message.contains("at most 64 nested levels") => "too many levels".to_owned(),
        message if message.contains("at most 128 chained") => "too many operators in a row".to_owned(),
        message => message.to_owned(),
    };
    Failure::Syntax(error.location().offset(), message)
}

/// The text with another name, equally long, in the place of the one at `at`. Names that hold more than letters
/// are left alone.
fn rename(text: &str, at: usize, attempt: usize) -> Option<String> {
    let (before, rest) = text.split_at_checked(at)?;
    let (quote, rest) = rest.strip_prefix('"').map_or(("", rest), |rest| ("\"", rest));
    let len = rest
        .bytes()
        .take_while(|byte| is_word(*byte) || (!quote.is_empty() && b" .:/*@+".contains(byte)))
        .count();
    let (name, behind) = rest.split_at_checked(len)?;
    if name.is_empty()
        || !behind.starts_with(quote)
        || (quote.is_empty() && name.starts_with(|c: char| !is_letter(c)))
    {
        return None;
    }
    let mut number = attempt;
    let mut other = vec![b'q'; len];
    for byte in other.iter_mut().rev() {
        *byte = b"qxzjkvwyubfghpmdlcnrtseioa"[number % 26];
        number /= 26;
    }
    let other = String::from_utf8(other).ok()?;
    Some([before, quote, &other, behind].concat())
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}
