//! How far what begins in a line reaches: what a comment above it covers.

use crate::text::{Source, Span};
use crate::value::{Access, Entry, Expression, Holds, Kind, Map, Part, Value};

/// Where the entries of mappings, the items of lists and the like begin and end, by their beginning. A collection
/// is none of them if its first entry begins where it does.
#[derive(Debug, Default)]
pub struct Extents(Vec<(u32, u32)>);

impl Extents {
    /// Those in the trees of a source.
    pub fn of<'v>(source: &Source, roots: impl Iterator<Item = &'v Value>) -> Self {
        let mut extents = Self::default();
        for root in roots {
            if source.slice(root.span).starts_with(['{', '[']) {
                extents.push(root.span, root);
            }
            extents.inside(root);
        }
        extents.0.sort_unstable();
        extents
    }

    /// A line, and all of what begins in it. `dash` says that it begins with one: the item may follow in the next line.
    pub fn reach(&self, line: Span, dash: bool) -> Span {
        let first = self.0.partition_point(|(start, _)| *start < line.start);
        let mut begun = self.0.iter().skip(first).take_while(|(start, _)| *start < line.end).peekable();
        let end = match begun.peek() {
            None if dash => self.0.get(first).map_or(line.end, |(_, end)| *end),
            _ => begun.map(|(_, end)| *end).fold(line.end, u32::max),
        };
        Span { end, ..line }
    }

    fn push(&mut self, start: Span, value: &Value) {
        // What stands for an alias is written elsewhere.
        let value_span = value.used_at.unwrap_or(value.span);
        if start.source == value_span.source {
            self.0.push((start.start.min(value_span.start), start.end.max(value_span.end)));
        }
    }

    fn item(&mut self, value: &Value) {
        self.push(value.used_at.unwrap_or(value.span), value);
        self.inside(value);
    }

    fn map(&mut self, map: &Map) {
        for Entry { key, value } in &map.entries {
            self.push(key.span, value);
            self.inside(value);
        }
    }

    fn inside(&mut self, value: &Value) {
        match &value.kind {
            _ if value.used_at.is_some() => {}
            Kind::List(items) => items.iter().for_each(|item| self.item(item)),
            Kind::Map(map) => self.map(map),
            Kind::Block(block) => self.map(&block.body),
            Kind::Tagged(tagged) => self.inside(&tagged.value),
            Kind::Expression(expression) => self.expression(expression),
            Kind::Text(text) => {
                for part in &text.parts {
                    let Part::Hole(hole) = part else { continue };
                    if let Holds::Value(value) = &hole.holds {
                        self.inside(value);
                    }
                }
            }
            _ => {}
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Call { arguments, .. } => arguments.iter().for_each(|argument| self.item(argument)),
            Expression::Conditional { condition, yes, no } => {
                for branch in [condition, yes, no] {
                    self.item(branch);
                }
            }
            Expression::Traversal { root, steps } => {
                self.inside(root);
                for step in steps {
                    if let Access::Index(index) = step {
                        self.item(index);
                    }
                }
            }
            Expression::For(each) => {
                self.item(&each.collection);
                self.item(&each.value);
            }
            Expression::Template(parts) => parts.iter().for_each(|part| self.inside(part)),
            Expression::Unary { operand, .. } => self.inside(operand),
            Expression::Binary { left, right, .. } => {
                self.inside(left);
                self.inside(right);
            }
            Expression::Name(_) | Expression::Other(_) => {}
        }
    }
}
