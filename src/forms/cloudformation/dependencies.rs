//! What CloudFormation deploys before a resource: what it says to depend on, and what it refers to.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::function::{function, is_known_tag};
use super::template::{Declared, Template};
use super::variables;
use crate::spec::{Dependencies, SaidDependencies};
use crate::value::{Kind, Value};

/// What the resources of these logical ids wait for, and those that they wait for, and so on.
pub fn of<'v>(
    template: &Template<'v>,
    from: impl Iterator<Item = &'v str>,
) -> HashMap<&'v str, Dependencies> {
    let may_be_rewritten = template.transforms().any(|name| !is_plain(name));
    let mut known: HashMap<&str, Dependencies> = HashMap::new();
    let mut open: VecDeque<&str> = from.collect();
    while let Some(id) = open.pop_front() {
        let Some(declared) =
            template.resource(id).filter(|declared| !known.contains_key(declared.logical_id()))
        else {
            continue;
        };
        let mut found = Found { template, on: Vec::new(), seen: HashSet::new(), others: may_be_rewritten };
        found.look_at(declared);
        open.extend(&found.on);
        let on = found.on.iter().map(|id| Arc::from(*id)).collect();
        let said = declared.member("DependsOn").map(SaidDependencies::of);
        known.insert(declared.logical_id(), Dependencies { on, others: found.others, said });
    }
    known
}

/// Whether what a template goes through adds no dependencies: AWS's own transforms, but for the one that takes in a file.
fn is_plain(transform: Option<&str>) -> bool {
    transform.is_some_and(|name| name.starts_with("AWS::") && name != "AWS::Include")
}

struct Found<'t, 'v> {
    template: &'t Template<'v>,
    on: Vec<&'v str>,
    seen: HashSet<&'v str>,
    others: bool,
}

impl<'v> Found<'_, 'v> {
    fn look_at(&mut self, declared: &Declared<'v>) {
        self.others |= declared.is_amended();
        match declared.member("DependsOn").map(|named| (named, named.as_list())) {
            Some((_, Some(list))) => list.iter().for_each(|item| self.depends_on(item)),
            Some((single, None)) => self.depends_on(single),
            None => {}
        }
        // CloudFormation resolves references in metadata as well.
        for part in ["Properties", "Metadata"].into_iter().filter_map(|name| declared.member(name)) {
            self.look(part);
        }
    }

    fn depends_on(&mut self, value: &'v Value) {
        match variables::literal(value) {
            Some(name) => self.add(name),
            None => self.others = true,
        }
    }

    fn look(&mut self, value: &'v Value) {
        match function(value) {
            Some(("Ref", name)) => return name.as_str().map_or((), |name| self.add(name)),
            Some(("Fn::GetAtt", argument)) => {
                let name = argument.as_list().and_then(<[Value]>::first).unwrap_or(argument);
                return name.as_str().map_or((), |name| self.add_of(name));
            }
            Some(("Fn::Sub", argument)) => {
                let text = argument.as_list().and_then(<[Value]>::first).unwrap_or(argument);
                if let Some(text) = text.as_str() {
                    self.look_into(text);
                }
            }
            // What is taken in may hold anything.
            Some(("Fn::Transform", _)) => self.others = true,
            _ => {}
        }
        match &value.kind {
            Kind::Map(map) => {
                for entry in &map.entries {
                    let is_loop = entry.key.name.starts_with("Fn::ForEach");
                    self.others |= is_loop || entry.key.name == "Fn::Transform";
                    self.look(&entry.value);
                }
            }
            Kind::List(items) => items.iter().for_each(|item| self.look(item)),
            Kind::Tagged(tagged) => {
                self.others |= !is_known_tag(&tagged.tag);
                self.look(&tagged.value);
            }
            Kind::Text(text) => {
                let is_variable =
                    |text: &str| variables::all(text, 0).any(|variable| variable.kind != variables::DYNAMIC);
                self.others |= text.as_str().is_some_and(is_variable);
            }
            _ => {}
        }
    }

    /// The names in a text of `Fn::Sub`.
    fn look_into(&mut self, text: &'v str) {
        for piece in text.split("${").skip(1) {
            if let Some((name, _)) = piece.split_once('}') {
                self.add_of(name.trim());
            }
        }
    }

    /// The resource that an attribute is of.
    fn add_of(&mut self, name: &'v str) {
        self.add(name.split_once('.').map_or(name, |(resource, _)| resource));
    }

    fn add(&mut self, name: &'v str) {
        if let Some(declared) = self.template.resource(name)
            && self.seen.insert(declared.logical_id())
        {
            self.on.push(declared.logical_id());
        }
    }
}
