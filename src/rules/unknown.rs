//! What a check asked for and did not learn: the facts that would decide it.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use crate::spec::Resource;
use crate::text::Span;
use crate::value::unknown::Unknown;
use crate::value::{Holds, Hole};

/// Something that is not known, and where a check met it.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    pub reason: Reason,
    pub span: Span,
    pub resource: &'a Resource,
    /// JSON pointer into the resource.
    pub pointer: String,
}

/// What is not known: a noun phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    Given(Arc<str>),
    Fixed(&'static str),
    /// The name of a resource of the unit, which is not given in the files.
    NameOf(Arc<str>),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(reason) => f.write_str(reason),
            Self::Fixed(reason) => f.write_str(reason),
            Self::NameOf(resource) => write!(f, "the name or id of {resource}"),
        }
    }
}

impl Reason {
    pub const REGION: Self = Self::Fixed("the region that is deployed to");
    pub const EXPRESSION: Self = Self::Fixed("what this expression yields");

    /// Why it is not known what fills a hole.
    pub fn of(hole: Option<&Hole>, unknown: Option<&Unknown>) -> Self {
        match (unknown, hole.map(|hole| &hole.holds)) {
            (Some(unknown), _) | (None, Some(Holds::Anything(unknown))) => Self::from(unknown),
            (None, Some(Holds::Region)) => Self::REGION,
            (None, Some(Holds::Account)) => Self::Fixed("the account that is deployed to"),
            (None, Some(Holds::Partition)) => Self::Fixed("the partition that is deployed to"),
            (None, Some(Holds::Name(reference))) => Self::NameOf(reference.resource.clone()),
            (None, Some(Holds::Of(_) | Holds::Value(_)) | None) => Self::EXPRESSION,
        }
    }
}

impl From<&Unknown> for Reason {
    fn from(unknown: &Unknown) -> Self {
        Self::Given(unknown.reason.clone())
    }
}

/// The facts that a check met so far.
#[derive(Debug, Default)]
pub struct Unknowns<'a>(RefCell<Vec<Fact<'a>>>);

impl<'a> Unknowns<'a> {
    /// Remembers a fact, once. `pointer` is asked for only if it is new.
    pub fn add(&self, reason: Reason, span: Span, resource: &'a Resource, pointer: impl FnOnce() -> String) {
        let mut facts = self.0.borrow_mut();
        if !facts.iter().any(|known| known.span == span && known.reason == reason) {
            facts.push(Fact { reason, span, resource, pointer: pointer() });
        }
    }

    /// The state to which [`Self::forget`] leads back.
    pub fn mark(&self) -> usize {
        self.0.borrow().len()
    }

    /// Forgets what was met since a mark: it did not matter after all.
    pub fn forget(&self, mark: usize) {
        self.0.borrow_mut().truncate(mark);
    }

    pub fn into_facts(self) -> Vec<Fact<'a>> {
        self.0.into_inner()
    }
}
