//! Tests on one node that ask nothing of any other.

use super::found::{Found, Node};
use super::glob;
use super::rule::{Test, Type};
use super::string::Str;
use super::verdict::Truth;
use super::version;
use crate::text::Span;
use crate::value::{Kind, Value};

/// Characters of a string that is matched with a pattern. No value that AWS takes has so many.
const MAX_MATCHED: usize = 16 * 1024;

/// The node, if it is a list.
pub fn list<'a>(found: &Found<'a>) -> Option<&'a Value> {
    match found.node {
        Node::Value(value) => value.as_list().map(|_| value),
        _ => None,
    }
}

pub fn has_text(text: &Str<'_>) -> Truth {
    if text.known_length() > 0 || text.holds_a_name() {
        Truth::True
    } else if text.has_holes() {
        Truth::Unknown
    } else {
        Truth::False
    }
}

pub fn is_about_presence(test: &Test) -> bool {
    match test {
        Test::Present | Test::Absent | Test::Written | Test::Awaited => true,
        Test::Not(test) => is_about_presence(test),
        _ => false,
    }
}

pub fn has_type(found: &Found<'_>, expected: Type) -> Truth {
    let value = match &found.node {
        Node::Value(value) => value,
        Node::Text(text) => {
            return match expected {
                Type::String => Truth::True,
                Type::Reference => (text.reference.is_some() || text.only_reference().is_some()).into(),
                _ => Truth::False,
            };
        }
        Node::Missing | Node::Unknown(_) => return Truth::Unknown,
    };
    let is = match (&value.kind, expected) {
        (Kind::Text(text), Type::Reference) => text.reference.is_some(),
        (Kind::Text(_), Type::String)
        | (Kind::Number(_), Type::Number)
        | (Kind::Bool(_), Type::Bool)
        | (Kind::Null, Type::Null)
        | (Kind::List(_), Type::List)
        | (Kind::Map(_), Type::Map) => true,
        _ => false,
    };
    is.into()
}

pub fn decide(string: &Str<'_>, test: &Test) -> Truth {
    match test {
        Test::Matches(_) | Test::Characters(_) if string.known_length() > MAX_MATCHED => Truth::Unknown,
        Test::StartsWith(prefix) => string.starts_with(prefix),
        Test::EndsWith(suffix) => string.ends_with(suffix),
        Test::Contains(part) => string.contains(part),
        Test::Matches(pattern) => match string.literal() {
            Some(literal) => pattern.find(&literal).is_some().into(),
            None => Truth::Unknown,
        },
        Test::Characters(class) => {
            string.all_characters(|c| class.find(c.encode_utf8(&mut [0; 4])).is_some()).0
        }
        Test::Covers(action) => glob::covers(string, action),
        Test::Reaches(version) => match string.literal() {
            Some(constraint) => version::reaches(&constraint, version),
            None => Truth::Unknown,
        },
        Test::Max(max) if string.known_length() > *max => Truth::False,
        Test::Min(min) if string.known_length() >= *min => Truth::True,
        Test::Max(_) if !string.has_holes() => Truth::True,
        Test::Min(_) if !string.has_holes() => Truth::False,
        _ => Truth::Unknown,
    }
}

/// The part of a string that decided a test.
pub fn focus(text: &Str<'_>, test: &Test) -> Option<Span> {
    match test {
        Test::Not(test) => match test.as_ref() {
            Test::EndsWith(suffix) => Some(text.end_span(suffix.len())),
            Test::Contains(part) => Some(text.place_of(part)),
            Test::Matches(pattern) => {
                let found = pattern.find(&text.literal()?)?;
                Some(text.byte_span(found.start, found.end))
            }
            _ => None,
        },
        Test::Characters(class) => {
            text.all_characters(|c| class.find(c.encode_utf8(&mut [0; 4])).is_some()).1
        }
        Test::All(tests) => {
            tests.iter().filter(|test| decide(text, test) == Truth::False).find_map(|test| focus(text, test))
        }
        _ => None,
    }
}
