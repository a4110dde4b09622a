//! What is wrong with the examples of rules that are open: kept for as long as the rules of the project are the same
//! texts, since every rule may have a say in what is found in an example.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::Notification;
use crate::rules::Set;
use crate::text::{Source, SourceId};

/// The texts of all rules of a project, and what was found by them.
type Found = (Vec<Arc<Source>>, Vec<Notification>);

/// What was found last, by the rule file.
#[derive(Debug, Default)]
pub struct Examples(HashMap<SourceId, Found>);

impl Examples {
    /// What `run` finds in the examples of a rule among these rules, or found before.
    pub fn of(
        &mut self,
        id: SourceId,
        rules: &Set,
        run: impl FnOnce() -> Vec<Notification>,
    ) -> Vec<Notification> {
        let texts: Vec<Arc<Source>> = rules.own().iter().map(|own| own.definition.source.clone()).collect();
        if let Some((_, found)) = self.0.get(&id).filter(|(known, _)| are_same(known, &texts)) {
            return found.clone();
        }
        let found = run();
        self.0.insert(id, (texts, found.clone()));
        found
    }
}

fn are_same(known: &[Arc<Source>], texts: &[Arc<Source>]) -> bool {
    let is_same = |(one, other): (&Arc<Source>, &Arc<Source>)| {
        Arc::ptr_eq(one, other) || (one.id, &one.name, &one.text) == (other.id, &other.name, &other.text)
    };
    known.len() == texts.len() && known.iter().zip(texts).all(is_same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::set::File;

    const RULE: &str = "extends: user-notification-level\nseverity: hint\n";

    fn set(rules: &[(u32, &str)]) -> Set {
        let file = |(id, text): &(u32, &str)| File {
            name: ["user-notification-level", "auth-events-level"][*id as usize].to_owned(),
            source: Arc::new(Source::new(SourceId(*id), format!("{id}.yaml"), *text)),
        };
        Set::with(&rules.iter().map(file).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn examples_are_run_again_when_a_rule_is_another_text() {
        let other = RULE.replace("user-notification", "auth-events");
        let both = |severity: &str| set(&[(0, RULE), (1, &other.replace("hint", severity))]);
        let mut examples = Examples::default();
        let mut runs = 0;
        let mut runs_with = |id: u32, rules: Set| {
            let found = examples.of(SourceId(id), &rules, || {
                runs += 1;
                vec![Notification::error(runs.to_string())]
            });
            found[0].text.clone()
        };
        assert_eq!(runs_with(0, set(&[(0, RULE)])), "1");
        assert_eq!(runs_with(0, set(&[(0, RULE)])), "1");
        assert_eq!(runs_with(0, set(&[(0, &RULE.replace("hint", "warning"))])), "2");
        assert_eq!(runs_with(0, both("hint")), "3");
        assert_eq!(runs_with(1, both("hint")), "4");
        assert_eq!(runs_with(0, both("hint")), "3");
        assert_eq!(runs_with(0, both("warning")), "5");
    }
}
