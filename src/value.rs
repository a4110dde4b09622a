//! The tree that everything is checked on: JSON kinds, text with holes, unknowns and alternatives,
//! each with the place it was written at.
//!
//! The tree knows neither the syntax nor the form it came from. What cannot be known from the files
//! is [`Kind::Unknown`] or a hole in a [`Text`], and decides nothing.

pub mod characters;
pub mod literal;
pub mod shape;
pub mod unknown;

use std::borrow::Cow;
use std::sync::Arc;

use self::characters::Characters;
use self::literal::Literal;
use self::unknown::Unknown;
use crate::guard::Guard;
use crate::text::Span;

/// A node and where it was written.
#[derive(Clone, Debug)]
pub struct Value {
    pub span: Span,
    pub kind: Kind,
    /// Where the node is used, if it was written elsewhere (a default of a parameter, an anchor).
    pub used_at: Option<Span>,
}

#[derive(Clone, Debug)]
pub enum Kind {
    Null,
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    Text(Text),
    List(Vec<Value>),
    Map(Map),
    /// The node is taken out of its parent (`AWS::NoValue`).
    Absent,
    Unknown(Unknown),
    Choice(Choice),
    /// A node under a YAML tag that no form has interpreted yet.
    Tagged(Box<Tagged>),
    /// A block of HCL that no form has interpreted yet.
    Block(Box<Block>),
    /// An expression of HCL that no form has interpreted yet.
    Expression(Box<Expression>),
}

impl Value {
    #[must_use]
    pub fn new(span: Span, kind: Kind) -> Self {
        Self { span, kind, used_at: None }
    }

    /// A node that cannot be known, and why.
    #[must_use]
    pub fn unknown(span: Span, reason: impl Into<Arc<str>>) -> Self {
        Self::new(span, Kind::Unknown(Unknown::new(reason)))
    }

    /// Gives a node that cannot be known the identity of what it comes from, if it has none.
    #[must_use]
    pub fn identified_by(mut self, identity: impl FnOnce() -> String) -> Self {
        if let Kind::Unknown(Unknown { identity: none @ None, .. }) = &mut self.kind {
            *none = Some(identity().into());
        }
        self
    }

    /// The node as it is where it is there only under a guard.
    #[must_use]
    pub fn when(self, guard: &Guard) -> Self {
        if matches!(guard, Guard::Always) {
            return self;
        }
        let span = self.span;
        let alternatives = vec![
            Alternative { guard: guard.clone(), value: self },
            Alternative { guard: Guard::Always, value: Self::new(span, Kind::Absent) },
        ];
        Self::new(span, Kind::Choice(Choice { alternatives }))
    }

    /// The entries, if this is a mapping.
    #[must_use]
    pub fn as_map(&self) -> Option<&Map> {
        match &self.kind {
            Kind::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items, if this is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if this is a string without holes.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => text.as_str(),
            _ => None,
        }
    }

    /// The text, if this is a string without holes, though it may be put together.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match &self.kind {
            Kind::Text(text) => text.known(),
            _ => None,
        }
    }

    /// The member of a mapping; where a key is written twice, the last one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_map()?.get(name).map(|entry| &entry.value)
    }

    /// Where the node begins to speak: what introduces it if it has no key.
    #[must_use]
    pub fn first_word(&self) -> Span {
        match &self.kind {
            Kind::Map(map) => map.entries.first().map_or(self.span, |entry| entry.key.span),
            Kind::List(items) => items.first().map_or(self.span, Self::first_word),
            _ => self.span,
        }
    }

    /// What kind of node this is, in the words of JSON.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a string",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a mapping",
            Kind::Absent => "nothing",
            Kind::Block(_) => "a block",
            Kind::Unknown(_) | Kind::Choice(_) | Kind::Tagged(_) | Kind::Expression(_) => "an expression",
        }
    }
}

/// A mapping, in the order it is written. A key may stand more than once.
#[derive(Clone, Debug, Default)]
pub struct Map {
    pub entries: Vec<Entry>,
}

impl Map {
    /// The last entry under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.key.name == name)
    }
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Key,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub struct Key {
    /// The name; in a form's output the canonical one (`LogLevel`).
    pub name: String,
    /// The key as it is written, without its quotes.
    pub span: Span,
}

/// A string: literal parts and holes, in order. An empty string has no part or an empty literal.
#[derive(Clone, Debug)]
pub struct Text {
    pub parts: Vec<Part>,
    /// Set where the whole string is one reference to a resource (`!GetAtt LogGroup.Arn`).
    pub reference: Option<Reference>,
}

impl Hole {
    /// Whether a character can be in what fills the hole.
    #[must_use]
    pub fn may_hold(&self, c: char) -> bool {
        match &self.holds {
            Holds::Account => c.is_ascii_digit(),
            Holds::Partition | Holds::Region => Characters::LowerAlphanumericDash.contain(c),
            Holds::Of(characters) => characters.contain(c),
            Holds::Name(reference) => match reference.kind {
                ResourceKind::LogGroup => Characters::Path.contain(c) || c == '#',
                ResourceKind::Bucket => Characters::LowerAlphanumericDash.contain(c) || c == '.',
                ResourceKind::Stream => Characters::Name.contain(c),
                ResourceKind::UserPool | ResourceKind::LogDeliveryConfiguration => {
                    Characters::Name.contain(c) && c != '.'
                }
                _ => true,
            },
            Holds::Value(_) | Holds::Anything(_) => true,
        }
    }
}

impl Text {
    /// A string without holes.
    #[must_use]
    pub fn literal(literal: Literal) -> Self {
        Self { parts: vec![Part::Literal(literal)], reference: None }
    }

    /// The whole string, if it is one literal.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Literal(literal)] => Some(&literal.text),
            _ => None,
        }
    }

    /// The whole string, if it has no holes; of several literals it is put together.
    #[must_use]
    pub fn known(&self) -> Option<Cow<'_, str>> {
        if let Some(text) = self.as_str() {
            return Some(Cow::Borrowed(text));
        }
        let mut known = String::new();
        for part in &self.parts {
            let Part::Literal(literal) = part else { return None };
            known.push_str(&literal.text);
        }
        Some(Cow::Owned(known))
    }
}

#[derive(Clone, Debug)]
pub enum Part {
    Literal(Literal),
    Hole(Hole),
}

/// A part of a string that only the deployment fills in.
#[derive(Clone, Debug)]
pub struct Hole {
    pub span: Span,
    pub holds: Holds,
}

/// What can stand in a hole.
#[derive(Clone, Debug)]
pub enum Holds {
    /// The partition that is deployed to: `aws`, `aws-cn` …
    Partition,
    /// The region that is deployed to.
    Region,
    /// The account that is deployed to: 12 digits.
    Account,
    /// The name or id of a resource.
    Name(Reference),
    /// Something of these characters: the id of a resource that is of no other interest.
    Of(Characters),
    /// The value of another node, which may have alternatives.
    Value(Box<Value>),
    /// Anything, and why that is not known.
    Anything(Unknown),
}

/// A resource of the same unit that a value names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    pub kind: ResourceKind,
    /// The name the resource has in its unit (a logical id).
    pub resource: Arc<str>,
}

/// The kinds of resource that matter to a log delivery configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ResourceKind {
    LogDeliveryConfiguration,
    UserPool,
    LogGroup,
    Bucket,
    Stream,
    /// What lets others use a bucket.
    BucketPolicy,
    /// The encryption of a bucket, where it is a resource of its own.
    BucketEncryption,
    /// The public access block of a bucket, where it is a resource of its own.
    BucketPublicAccessBlock,
    /// What lets others write to log groups.
    LogResourcePolicy,
    /// A source of deliveries in CloudWatch Logs' own API.
    DeliverySource,
    /// What Terraform manages resources with.
    Provider,
    /// Anything else.
    Other,
}

/// Alternatives of which the first one whose guard holds is taken. Where none holds, the value is unknown.
#[derive(Clone, Debug)]
pub struct Choice {
    pub alternatives: Vec<Alternative>,
}

#[derive(Clone, Debug)]
pub struct Alternative {
    pub guard: Guard,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub struct Tagged {
    /// The tag as it is written, with its exclamation mark: `!Sub`.
    pub tag: String,
    pub tag_span: Span,
    pub value: Value,
}

/// A block of HCL: `resource "aws_s3_bucket" "logs" { … }`. Its type is the key it stands under.
#[derive(Clone, Debug)]
pub struct Block {
    pub labels: Vec<Key>,
    /// Attributes and blocks, in the order they are written. Blocks of one type stand under the same key.
    pub body: Map,
}

/// An expression of HCL, as it is written. What is a literal, a list or an object is none: it is a node of its own
/// kind, in which expressions may lie.
#[derive(Clone, Debug)]
pub enum Expression {
    /// A name alone: `var`, `each`, `string`.
    Name(Key),
    /// What is taken of a value, most often of a name: `var.stage`, `aws_s3_bucket.logs[0].arn`, `local.names["a"]`.
    Traversal { root: Value, steps: Vec<Access> },
    /// `join("-", ["a", "b"])`; `spread` where the last argument is a list of arguments (`…`).
    Call { name: Key, arguments: Vec<Value>, spread: bool },
    /// `condition ? yes : no`
    Conditional { condition: Value, yes: Value, no: Value },
    /// `"${var.stage}-logs"`, and heredocs: the parts in order, each literal one a string.
    Template(Vec<Value>),
    /// `!enabled`, `-1`
    Unary { operator: &'static str, operand: Value },
    /// `stage == "prod"`
    Binary { operator: &'static str, left: Value, right: Value },
    /// `[for name in names : upper(name)]`, `{for key, value in map : key => value}`
    For(Box<For>),
    /// Anything else, as a noun phrase: "a template directive".
    Other(&'static str),
}

/// What is taken of a value in HCL.
#[derive(Clone, Debug)]
pub enum Access {
    /// `.arn`
    Attribute(Key),
    /// `[0]`, `["a"]`, `[count.index]`
    Index(Value),
    /// `[*]` or `.*`: all of what follows, of each item.
    Splat(Span),
}

/// A `for` expression of HCL.
#[derive(Clone, Debug)]
pub struct For {
    /// The name of the key or index, if there is one.
    pub key_name: Option<Key>,
    pub value_name: Key,
    pub collection: Value,
    /// The key of each entry; none where a list is made.
    pub key: Option<Value>,
    pub value: Value,
    pub condition: Option<Value>,
    /// Whether values of one key are collected in a list (`...`).
    pub grouped: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    fn span(start: usize, end: usize) -> Span {
        Span::new(SourceId(0), start, end)
    }

    #[test]
    fn of_a_key_written_twice_the_last_one_counts() {
        let entry = |n: usize| Entry {
            key: Key { name: "k".to_owned(), span: span(n, n + 1) },
            value: Value::new(span(n, n + 1), Kind::Number(n.to_string())),
        };
        let map = Map { entries: vec![entry(1), entry(5)] };
        assert_eq!(map.get("k").map(|entry| entry.key.span), Some(span(5, 6)));
    }
}
