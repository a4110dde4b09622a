//! What stands at a path, and where.

use std::borrow::Cow;

use super::string::{Identity, Str};
use super::verdict::Truth;
use crate::guard::Guard;
use crate::spec::Resource;
use crate::text::Span;
use crate::value::Value;
use crate::value::unknown::Unknown;
use crate::world::World;

/// A node that a rule is checked at.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    /// The resource it lies in.
    pub resource: &'a Resource,
    pub value: &'a Value,
    pub pointer: String,
    pub key: Option<Span>,
    /// What introduces the node: its key, or its first word.
    pub anchor: Span,
    /// When the node is there: all of these hold …
    pub guards: Vec<&'a Guard>,
    /// … and none of these.
    pub unless: Vec<&'a Guard>,
}

impl<'a> Site<'a> {
    /// The whole configuration.
    pub fn root(configuration: &'a Resource) -> Self {
        Self {
            resource: configuration,
            value: &configuration.properties,
            pointer: String::new(),
            key: None,
            anchor: configuration.header,
            guards: Vec::new(),
            unless: Vec::new(),
        }
    }
}

/// What stands at a path.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    pub node: Node<'a>,
    pub place: Place<'a>,
}

#[derive(Clone, Debug)]
pub enum Node<'a> {
    /// A node of the tree, with its alternatives decided.
    Value(&'a Value),
    /// A part of a string.
    Text(Str<'a>),
    Missing,
    /// What is not known, where it can be told which it is.
    Unknown(Option<&'a Unknown>),
}

/// Where something stands, or would stand.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    pub resource: &'a Resource,
    pub base: Cow<'a, str>,
    pub steps: Vec<&'a str>,
    /// How many steps lead to something that is written.
    pub depth: usize,
    /// Whether the last step leads to something that is written.
    pub written: bool,
    pub span: Span,
    /// The whole value of which this may be a part: what `yields_to` compares.
    pub value: Span,
    pub key: Option<Span>,
    /// The nearest key or header above what is not written.
    pub anchor: Span,
    pub used_at: Option<Span>,
    /// Whether it is in a resource that is assumed, all of which is at one place.
    pub assumed: bool,
}

impl Place<'_> {
    /// The place as a JSON pointer into its resource; of what is not written, the nearest node that is.
    pub fn pointer(&self) -> String {
        let steps = if self.written {
            self.steps.as_slice()
        } else {
            &self.steps[..self.depth.min(self.steps.len())]
        };
        self.pointer_of(steps)
    }

    /// The place as a JSON pointer, also of what is not written.
    pub fn full_pointer(&self) -> String {
        self.pointer_of(&self.steps)
    }

    fn pointer_of(&self, steps: &[&str]) -> String {
        steps.iter().fold(self.base.to_string(), |pointer, step| pointer + "/" + step)
    }
}

impl<'a> Found<'a> {
    /// The string that this is, if it is one.
    pub fn string(&self, world: &World) -> Option<Str<'a>> {
        match &self.node {
            Node::Value(value) => Str::of(value, world),
            Node::Text(text) => Some(text.clone()),
            Node::Missing | Node::Unknown(_) => None,
        }
    }

    /// Whether this and something else are the same value.
    pub fn same_as(&self, other: &Self, world: &World) -> Truth {
        if let (Some(a), Some(b)) = (self.string(world), other.string(world)) {
            return a.same_as(&b);
        }
        match (self.identity(world), other.identity(world)) {
            (Some(a), Some(b)) if a == b => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// What tells the value from others; none if that is not known.
    pub fn identity(&self, world: &World) -> Option<Vec<Identity<'a>>> {
        match &self.node {
            Node::Unknown(unknown) => Some(vec![Identity::Unknown(unknown.as_ref()?.identity.as_deref()?)]),
            _ => self.string(world)?.identity(),
        }
    }

    /// The same place, where nothing stands.
    pub fn missing(mut self) -> Self {
        self.node = Node::Missing;
        self.place.written = false;
        self
    }

    pub fn unknown(mut self) -> Self {
        self.node = Node::Unknown(None);
        self
    }
}
