//! Text in XML, as an attribute or between tags.

use std::fmt;

use crate::report::visible::escaped_xml;

/// A text that displays as it is written in XML.
#[derive(Clone, Copy, Debug)]
pub struct Xml<T>(pub T);

impl<T: AsRef<str>> fmt::Display for Xml<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escaped_xml(self.0.as_ref()))
    }
}

pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
