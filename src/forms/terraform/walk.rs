//! Everything that is written in an expression or a body.

use crate::value::{Access, Expression, Kind, Value};

/// How deep nodes are looked for. The syntax of HCL allows no such depth, that of JSON does.
const MAX_DEPTH: usize = 300;

/// Calls `visit` with a node and with every node in it.
pub fn walk<'v>(value: &'v Value, visit: &mut dyn FnMut(&'v Value)) {
    within(value, visit, 0);
}

fn within<'v>(value: &'v Value, visit: &mut dyn FnMut(&'v Value), depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    visit(value);
    let mut each = |value: &'v Value| within(value, visit, depth + 1);
    match &value.kind {
        Kind::List(items) => items.iter().for_each(each),
        Kind::Map(map) => map.entries.iter().for_each(|entry| each(&entry.value)),
        Kind::Block(block) => block.body.entries.iter().for_each(|entry| each(&entry.value)),
        Kind::Expression(expression) => match expression.as_ref() {
            Expression::Traversal { root, steps } => {
                each(root);
                for step in steps {
                    if let Access::Index(index) = step {
                        each(index);
                    }
                }
            }
            Expression::Call { arguments, .. } => arguments.iter().for_each(each),
            Expression::Conditional { condition, yes, no } => [condition, yes, no].into_iter().for_each(each),
            Expression::Template(parts) => parts.iter().for_each(each),
            Expression::Unary { operand, .. } => each(operand),
            Expression::Binary { left, right, .. } => [left, right].into_iter().for_each(each),
            Expression::For(of) => {
                let parts = [Some(&of.collection), of.key.as_ref(), Some(&of.value), of.condition.as_ref()];
                parts.into_iter().flatten().for_each(each);
            }
            Expression::Name(_) | Expression::Other(_) => {}
        },
        _ => {}
    }
}
