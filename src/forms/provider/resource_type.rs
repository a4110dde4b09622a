//! A type of resource, and what it is asked.

use super::attributes::Attributes;
use super::canonical::{Shaping, TAGS, camel};
use super::members::Member;
use crate::forms::yields::{self, Deployed};
use crate::spec::{Case, Spelling};
use crate::text::Span;
use crate::value::{Reference, ResourceKind, Value};

/// A type of resource, as one provider has it in one language.
#[derive(Debug)]
pub struct Type {
    /// What it is called there: several where one replaced another.
    pub names: &'static [&'static str],
    pub kind: ResourceKind,
    /// What the members of the canonical shape are called.
    pub spelling: Spelling,
    pub members: &'static [Member],
    /// Members that are of no interest, in the words of the provider.
    pub ignored: &'static [&'static str],
    /// Members that AWS demands and the provider does not.
    pub optional: &'static [&'static str],
    /// Whether a mapping may be written as a block or as a list of one, and a list of one as a block.
    pub blocks: bool,
    /// Attributes in `snake_case`, and the patterns of what they yield.
    pub attributes: Attributes,
}

impl Type {
    /// The members of a resource in the canonical shape. No block or expression may be left in them.
    ///
    /// A key that a log delivery configuration does not have stays as it is written; other resources lose it.
    #[must_use]
    pub fn canonical(&self, properties: Value) -> Value {
        let shaping = Shaping {
            spelling: self.spelling,
            ignored: self.ignored,
            blocks: self.blocks,
            keeps_unknown: self.kind == ResourceKind::LogDeliveryConfiguration,
        };
        shaping.mapping(self.members, properties)
    }

    /// Whether the tags of its resources are looked at, be they their own or those that the provider gives to all.
    #[must_use]
    pub fn has_tags(&self) -> bool {
        self.members.iter().any(|member| member.name == TAGS)
    }

    /// What an attribute of the resource of this name yields, used at `span`.
    #[must_use]
    pub fn yields(&self, name: &str, attribute: &str, span: Span, deployed: &Deployed<'_>) -> Value {
        let is_meant = |known: &str| match self.spelling.case {
            Case::Camel => camel(known) == attribute,
            Case::Pascal | Case::Snake => known == attribute,
        };
        let row = self.attributes.iter().find(|(known, _)| is_meant(known));
        let reference = Reference { kind: self.kind, resource: name.into() };
        let reason = format!("the attribute {name}.{attribute}");
        yields::yielded(row.map(|(_, pattern)| *pattern), reference, reason, span, deployed)
    }
}
