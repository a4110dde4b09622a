//! What is deployed before what.

use std::collections::HashSet;

use super::verdict::Truth;
use crate::spec::{Resource, Scope};

/// How many resources are looked at for one; nothing is known of what waits for more. Stacks have fewer.
const MAX_SEEN: usize = 1000;

/// Whether a resource waits for the one of a name, directly or through others. Unknown where one of them may wait for
/// more than is written.
pub fn awaits(scope: &Scope, resource: &Resource, name: &str) -> Truth {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut open = vec![resource];
    let mut may_wait_for_others = false;
    while let Some(resource) = open.pop() {
        may_wait_for_others |= resource.dependencies.others;
        for dependency in &resource.dependencies.on {
            if **dependency == *name {
                return Truth::True;
            }
            if seen.len() > MAX_SEEN {
                return Truth::Unknown;
            }
            if seen.insert(dependency) {
                open.extend(scope.get(dependency));
            }
        }
    }
    if may_wait_for_others { Truth::Unknown } else { Truth::False }
}
