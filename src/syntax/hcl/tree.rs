//! The parser's tree becomes ours. What is text is read from the source again: the parser may have seen a copy of it
//! in which names are different.
//!
//! The parser bounds the depth of its trees, and with it the recursion here.

use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::expr::{self, ObjectKey, TraversalOperator};
use hcl_edit::structure::{self, BlockLabel, Structure};

use crate::syntax::document::DuplicateKey;
use crate::syntax::hcl::ground::Ground;
use crate::syntax::hcl::string::Decoded;
use crate::syntax::hcl::template;
use crate::syntax::mapping::find_duplicates;
use crate::value::{Access, Block, Entry, Expression, For, Key, Kind, Map, Text, Value};

/// The entries of a body, and its arguments that stand twice.
pub fn entries(ground: Ground<'_>, body: &structure::Body, duplicates: &mut Vec<DuplicateKey>) -> Vec<Entry> {
    let entries: Vec<Entry> = body.iter().map(|structure| entry(ground, structure, duplicates)).collect();
    let arguments = entries.iter().filter(|entry| !matches!(entry.value.kind, Kind::Block(_)));
    find_duplicates(arguments.map(|entry| &entry.key), duplicates);
    entries
}

fn entry(ground: Ground<'_>, structure: &Structure, duplicates: &mut Vec<DuplicateKey>) -> Entry {
    match structure {
        Structure::Attribute(attribute) => {
            Entry { key: ground.key(range(attribute.key.span())), value: value(ground, &attribute.value) }
        }
        Structure::Block(block) => {
            let labels = block.labels.iter().map(|label| self::label(ground, label)).collect();
            let body = Map { entries: entries(ground, &block.body, duplicates) };
            let kind = Kind::Block(Box::new(Block { labels, body }));
            Entry {
                key: ground.key(range(block.ident.span())),
                value: Value::new(ground.span(range(block.span())), kind),
            }
        }
    }
}

fn label(ground: Ground<'_>, label: &BlockLabel) -> Key {
    match label {
        BlockLabel::Ident(name) => ground.key(range(name.span())),
        BlockLabel::String(text) => quoted(ground, range(text.span())),
    }
}

/// The name that a string without holes is.
fn quoted(ground: Ground<'_>, range: Range<usize>) -> Key {
    let inside = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
    let (name, _) = Decoded::quoted(ground.slice(inside.clone())).layout(inside.len());
    Key { name, span: ground.span(inside) }
}

/// An expression, without the parentheses around it.
pub fn value(ground: Ground<'_>, expression: &expr::Expression) -> Value {
    let place = range(expression.span());
    let span = ground.span(place.clone());
    let kind = match expression {
        expr::Expression::Null(_) => Kind::Null,
        expr::Expression::Bool(bool) => Kind::Bool(*bool.value()),
        expr::Expression::Number(_) => {
            Kind::Number(ground.slice(place).chars().filter(|c| !c.is_whitespace()).collect())
        }
        expr::Expression::String(_) => {
            let inside = place.start + 1..place.end.saturating_sub(1).max(place.start + 1);
            let decoded = Decoded::quoted(ground.slice(inside.clone()));
            Kind::Text(Text::literal(ground.literal_of(decoded, inside)))
        }
        expr::Expression::StringTemplate(parts) => {
            // Shown without its quotes, as any other string.
            let inside = place.start + 1..place.end.saturating_sub(1).max(place.start + 1);
            return template::quoted(ground, parts, ground.span(inside));
        }
        expr::Expression::HeredocTemplate(heredoc) => return template::heredoc(ground, heredoc, place),
        expr::Expression::Array(items) => Kind::List(items.iter().map(|item| value(ground, item)).collect()),
        expr::Expression::Object(items) => object(ground, items),
        expr::Expression::Parenthesis(inner) => return value(ground, inner.inner()),
        expr::Expression::Variable(_) => new(Expression::Name(ground.key(place))),
        expr::Expression::Conditional(conditional) => new(Expression::Conditional {
            condition: value(ground, &conditional.cond_expr),
            yes: value(ground, &conditional.true_expr),
            no: value(ground, &conditional.false_expr),
        }),
        expr::Expression::FuncCall(call) => new(function(ground, call)),
        expr::Expression::Traversal(traversal) => new(Expression::Traversal {
            root: value(ground, &traversal.expr),
            steps: traversal.operators.iter().map(|step| access(ground, step.value())).collect(),
        }),
        expr::Expression::UnaryOp(operation) => new(Expression::Unary {
            operator: operation.operator.value().as_str(),
            operand: value(ground, &operation.expr),
        }),
        expr::Expression::BinaryOp(operation) => new(Expression::Binary {
            operator: operation.operator.value().as_str(),
            left: value(ground, &operation.lhs_expr),
            right: value(ground, &operation.rhs_expr),
        }),
        expr::Expression::ForExpr(each) => new(Expression::For(Box::new(for_each(ground, each)))),
    };
    Value::new(span, kind)
}

fn new(expression: Expression) -> Kind {
    Kind::Expression(Box::new(expression))
}

fn object(ground: Ground<'_>, object: &expr::Object) -> Kind {
    let entries = object
        .iter()
        .map(|(key, item)| Some(Entry { key: object_key(ground, key)?, value: value(ground, item.expr()) }));
    match entries.collect() {
        Some(entries) => Kind::Map(Map { entries }),
        None => new(Expression::Other("an object with computed keys")),
    }
}

/// None for a key that is computed.
fn object_key(ground: Ground<'_>, key: &ObjectKey) -> Option<Key> {
    let place = range(key.span());
    match key {
        ObjectKey::Ident(_) => Some(ground.key(place)),
        ObjectKey::Expression(expression) => constant_key(ground, expression),
    }
}

fn constant_key(ground: Ground<'_>, key: &expr::Expression) -> Option<Key> {
    let place = range(key.span());
    match key {
        expr::Expression::String(_) => Some(quoted(ground, place)),
        expr::Expression::Number(_) | expr::Expression::Bool(_) | expr::Expression::Null(_) => {
            Some(ground.key(place))
        }
        expr::Expression::Parenthesis(inner) if matches!(inner.inner(), expr::Expression::String(_)) => {
            constant_key(ground, inner.inner())
        }
        _ => None,
    }
}

fn function(ground: Ground<'_>, call: &expr::FuncCall) -> Expression {
    let last = range(call.name.name.span());
    let first = call.name.namespace.first().map_or(last.clone(), |first| range(first.span()));
    let path = call.name.namespace.iter().chain([&call.name.name]);
    let name = path.map(|part| part.as_str()).collect::<Vec<_>>().join("::");
    Expression::Call {
        name: Key { name, span: ground.span(first.start..last.end) },
        arguments: call.args.iter().map(|argument| value(ground, argument)).collect(),
        spread: call.args.expand_final(),
    }
}

fn access(ground: Ground<'_>, step: &TraversalOperator) -> Access {
    let place = range(step.span());
    match step {
        TraversalOperator::GetAttr(_) => Access::Attribute(ground.key(place)),
        TraversalOperator::Index(index) => Access::Index(value(ground, index)),
        TraversalOperator::LegacyIndex(_) => {
            let number = Kind::Number(ground.slice(place.clone()).to_owned());
            Access::Index(Value::new(ground.span(place), number))
        }
        TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => {
            Access::Splat(ground.span(place))
        }
    }
}

fn for_each(ground: Ground<'_>, each: &expr::ForExpr) -> For {
    let name = |name: &hcl_edit::Decorated<hcl_edit::Ident>| ground.key(range(name.span()));
    For {
        key_name: each.intro.key_var.as_ref().map(name),
        value_name: name(&each.intro.value_var),
        collection: value(ground, &each.intro.collection_expr),
        key: each.key_expr.as_ref().map(|key| value(ground, key)),
        value: value(ground, &each.value_expr),
        condition: each.cond.as_ref().map(|condition| value(ground, &condition.expr)),
        grouped: each.grouping,
    }
}

/// The parser gives each node of a text it has read a place.
pub fn range(span: Option<Range<usize>>) -> Range<usize> {
    span.unwrap_or(0..0)
}
