//! What is deployed before a resource.

use std::cell::Cell;
use std::collections::HashSet;

use super::access::{Held, Step, segments};
use super::program::{Declared, Program};
use crate::spec::Dependencies;
use crate::value::{Kind, Part, Value};

/// How many nodes are looked at for one program. Behind them it is not known what a resource waits for.
const MAX_LOOKED_AT: usize = 200_000;

/// The packages whose resources are one thing each. A component may hold others.
const SINGLE: &[&str] = &["aws:", "aws-native:", "pulumi:providers:", "random:"];

/// Looks for what the resources of a program wait for.
#[derive(Debug)]
pub struct Waits<'v> {
    program: &'v Program<'v>,
    left: Cell<usize>,
}

impl<'v> Waits<'v> {
    pub fn new(program: &'v Program<'v>) -> Self {
        Self { program, left: Cell::new(MAX_LOOKED_AT) }
    }

    /// What a resource refers to, or says to depend on.
    pub fn of(&self, declared: &Declared<'v>) -> Dependencies {
        let mut found = Found::default();
        let options = ["dependsOn", "provider", "parent"].map(|name| declared.option(name));
        for value in options.into_iter().flatten().chain(declared.member("properties")) {
            self.look(value, &mut found);
        }
        while let Some(value) = found.open.pop() {
            self.look(value, &mut found);
        }
        found.dependencies
    }

    fn look(&self, value: &'v Value, found: &mut Found<'v>) {
        let Some(left) = self.left.get().checked_sub(1) else {
            found.dependencies.others = true;
            return;
        };
        self.left.set(left);
        match &value.kind {
            Kind::Map(map) => map.entries.iter().for_each(|entry| self.look(&entry.value, found)),
            Kind::List(items) => items.iter().for_each(|item| self.look(item, found)),
            Kind::Tagged(_) => found.dependencies.others = true,
            Kind::Text(text) => {
                for part in &text.parts {
                    if let Part::Literal(literal) = part {
                        self.look_in(&literal.text, found);
                    }
                }
            }
            _ => {}
        }
    }

    fn look_in(&self, text: &str, found: &mut Found<'v>) {
        let Some(segments) = segments(text) else {
            found.dependencies.others = true;
            return;
        };
        for segment in segments {
            let Held::Access(steps) = segment.holds else { continue };
            let Some(Step::Name(name)) = steps.first() else { continue };
            if let Some(declared) = self.program.resource(name) {
                if found.names.insert(declared.name()) {
                    found.dependencies.on.push(declared.name().into());
                }
                found.dependencies.others |=
                    !SINGLE.iter().any(|package| declared.token().starts_with(package));
            } else if let Some(entry) = self.program.variable(name) {
                if found.variables.insert(entry.key.name.as_str()) {
                    found.open.push(&entry.value);
                }
            } else if name != "pulumi" && self.program.config(name).is_none() {
                found.dependencies.others = true;
            }
        }
    }
}

#[derive(Debug, Default)]
struct Found<'v> {
    dependencies: Dependencies,
    names: HashSet<&'v str>,
    variables: HashSet<&'v str>,
    /// What variables hold that are still to be looked at.
    open: Vec<&'v Value>,
}
