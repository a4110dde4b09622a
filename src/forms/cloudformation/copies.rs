//! How much the references of one template may copy.
//!
//! What is written once may be referred to very often. Behind the bound nothing is known of what is referred to.

use std::cell::Cell;

use crate::value::{Holds, Hole, Kind, Part, Value};

/// For all references together, in bytes of text, of which a node counts as `NODE`.
const MAX_COPIED: usize = 16 * 1024 * 1024;
const NODE: usize = 64;

#[derive(Debug)]
pub struct Copies {
    left: Cell<usize>,
}

impl Copies {
    pub fn new() -> Self {
        Self { left: Cell::new(MAX_COPIED) }
    }

    /// Counts a copy of nodes of these lengths; false if it is one too many.
    pub fn may_have_texts<'t>(&self, texts: impl Iterator<Item = &'t str>) -> bool {
        let mut left = self.left.get();
        for text in texts {
            match left.checked_sub(NODE + text.len()) {
                Some(rest) => left = rest,
                None => return false,
            }
        }
        self.left.set(left);
        true
    }

    /// Counts a copy of a tree; false if it is one too many.
    pub fn may_have(&self, value: &Value) -> bool {
        let left = without(value, self.left.get());
        left.inspect(|left| self.left.set(*left)).is_some()
    }
}

/// What is left without a tree; none if that is not so much.
fn without(value: &Value, left: usize) -> Option<usize> {
    let left = left.checked_sub(NODE)?;
    match &value.kind {
        Kind::Map(map) => map
            .entries
            .iter()
            .try_fold(left, |left, entry| without(&entry.value, left.checked_sub(entry.key.name.len())?)),
        Kind::List(items) => items.iter().try_fold(left, |left, item| without(item, left)),
        Kind::Choice(choice) => {
            choice.alternatives.iter().try_fold(left, |left, taken| without(&taken.value, left))
        }
        Kind::Tagged(tagged) => without(&tagged.value, left),
        Kind::Number(number) => left.checked_sub(number.len()),
        Kind::Text(text) => text.parts.iter().try_fold(left, |left, part| match part {
            Part::Literal(literal) => left.checked_sub(NODE + literal.text.len()),
            Part::Hole(Hole { holds: Holds::Value(value), .. }) => without(value, left),
            Part::Hole(_) => left.checked_sub(NODE),
        }),
        _ => Some(left),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::cloudformation::CloudFormation;
    use crate::forms::form::Form;
    use crate::syntax;
    use crate::text::{Source, SourceId};

    #[test]
    fn what_is_referred_to_often_is_not_copied_without_end() {
        let long = "q".repeat(100_000);
        let (list, holes) = ("{}, ".repeat(1_000), "${Long}".repeat(1_000));
        for property in [
            list.replace("{}", "!Ref Long"),
            list.replace("{}", "!FindInMap [Texts, All, Long]"),
            list.replace("{}", "!FindInMap [Texts, All, Parts]"),
            format!("!Sub '{holes}'"),
            format!("!Sub ['{holes}', {{Long: {long}}}]"),
        ] {
            let template = format!(
                "Parameters: {{Long: {{Type: String, Default: {long}}}}}\n\
                 Mappings: {{Texts: {{All: {{Long: {long}, Parts: [{}]}}}}}}\n\
                 Resources: {{Delivery: {{Type: 'AWS::Cognito::LogDeliveryConfiguration', Properties: {{X: [{property}]}}}}}}",
                "q, ".repeat(2_000),
            );
            let document = syntax::parse(&Source::new(SourceId(0), "test", template)).documents.remove(0);
            let recognised = CloudFormation.read(&document).unwrap();
            let left = without(&recognised.resources[0].properties, usize::MAX).unwrap();
            let size = usize::MAX - left;
            assert!((MAX_COPIED / 2..MAX_COPIED * 3).contains(&size), "{size}");
        }
    }
}
