//! Strings of another syntax that are HCL within (Terraform in JSON).

use hcl_edit::parser::{parse_expr, parse_template};

use crate::syntax::hcl::ground::Ground;
use crate::syntax::hcl::{template as parts, tree};
use crate::value::literal::Literal;
use crate::value::{Expression, Kind, Text, Value};

/// Longer strings are not looked into, in bytes.
const MAX_LEN: usize = 64 * 1024;

/// A string read as a template: text, what it is filled in with, or both. What is no template is unknown.
#[must_use]
pub fn template(literal: &Literal) -> Value {
    if !literal.text.contains("${") && !literal.text.contains("%{") {
        return Value::new(literal.span, Kind::Text(Text::literal(literal.clone())));
    }
    if literal.text.len() > MAX_LEN {
        return Value::unknown(literal.span, "a template that is too long");
    }
    match parse_template(&literal.text) {
        Ok(template) => parts::bare(Ground::literal(literal), &template),
        Err(_) => Value::unknown(literal.span, "a string that is no template"),
    }
}

/// A string read as a name or what is taken of one (`aws_s3_bucket.logs`, `module.a[0].arn`); none if it is neither.
#[must_use]
pub fn expression(literal: &Literal) -> Option<Value> {
    if literal.text.len() > MAX_LEN {
        return None;
    }
    let expression = parse_expr(&literal.text).ok()?;
    let value = tree::value(Ground::literal(literal), &expression);
    let Kind::Expression(kind) = &value.kind else { return None };
    let is_reference = match kind.as_ref() {
        Expression::Name(_) => true,
        Expression::Traversal { root, .. } => {
            matches!(&root.kind, Kind::Expression(root) if matches!(**root, Expression::Name(_)))
        }
        _ => false,
    };
    is_reference.then_some(value)
}
