//! What a resource waits for: what it refers to, and what it says to depend on.

use std::collections::HashSet;

use super::evaluate::Evaluator;
use super::is_wanted;
use super::module::Declared;
use super::walk::walk;
use crate::spec::{Dependencies, SaidDependencies};
use crate::value::{Access, Expression, Kind, Map, Value};

/// What a resource waits for.
pub fn dependencies(evaluator: &Evaluator<'_>, declared: &Declared<'_>) -> Dependencies {
    let mut found = Found { evaluator, seen: HashSet::new(), of: Dependencies::default() };
    found.of_body(declared.body, true);
    found.of
}

struct Found<'e, 'm> {
    evaluator: &'e Evaluator<'m>,
    /// Addresses and locals that were met.
    seen: HashSet<String>,
    of: Dependencies,
}

impl Found<'_, '_> {
    /// What a resource or a source of data waits for; `is_own` if that is the resource itself.
    fn of_body(&mut self, body: &Map, is_own: bool) {
        for entry in &body.entries {
            let is_list = entry.key.name == "depends_on";
            if is_list && is_own {
                self.of.said = Some(SaidDependencies::of(&entry.value));
            }
            // In JSON the list holds texts.
            for text in
                entry.value.as_list().filter(|_| is_list).into_iter().flatten().filter_map(Value::as_str)
            {
                let mut words = text.split('.');
                self.named(words.next().unwrap_or_default(), &words.map(str::to_owned).collect::<Vec<_>>());
            }
            if entry.key.name != "provider" {
                self.of_value(&entry.value);
            }
        }
    }

    fn of_value(&mut self, value: &Value) {
        let mut met: Vec<(String, Vec<String>)> = Vec::new();
        walk(value, &mut |value| {
            let Kind::Expression(expression) = &value.kind else { return };
            let Expression::Traversal { root, steps } = expression.as_ref() else { return };
            let Kind::Expression(root) = &root.kind else { return };
            let Expression::Name(name) = root.as_ref() else { return };
            let names = steps.iter().map_while(|step| match step {
                Access::Attribute(name) => Some(name.name.clone()),
                _ => None,
            });
            met.push((name.name.clone(), names.take(2).collect()));
        });
        for (root, names) in met {
            self.named(&root, &names);
        }
    }

    fn named(&mut self, root: &str, names: &[String]) {
        match (root, names) {
            ("var" | "each" | "count" | "path" | "terraform" | "self", _) => {}
            ("local", [name, ..]) => {
                if self.seen.insert(format!("local.{name}"))
                    && let Some(value) = self.evaluator.module.locals.get(name.as_str())
                {
                    self.of_value(value);
                }
            }
            ("data", [data_type, name, ..]) => {
                let address = format!("data.{data_type}.{name}");
                if self.seen.insert(address.clone()) {
                    match self.evaluator.module.get(&address) {
                        Some(declared) => self.of_body(declared.body, false),
                        None => self.of.others = true,
                    }
                }
            }
            (resource_type, [name, ..]) => {
                let address = format!("{resource_type}.{name}");
                if !self.seen.insert(address.clone()) {
                    return;
                }
                // What a resource waits for that is none of a configuration's neighbours, nobody looks at.
                let is_neighbour = is_wanted("resource", &[resource_type]);
                match self.evaluator.module.get(&address).filter(|_| is_neighbour) {
                    Some(declared) => {
                        let instances = self.evaluator.instances(declared);
                        self.of.on.extend(instances.iter().map(|instance| instance.address.as_str().into()));
                    }
                    None => self.of.others = true,
                }
            }
            _ => self.of.others = true,
        }
    }
}
