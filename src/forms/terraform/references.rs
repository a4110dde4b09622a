//! References to resources and data sources: what their attributes yield.

use std::rc::Rc;

use super::collections::at;
use super::evaluate::Evaluator;
use super::instance::Instances;
use super::names::Names;
use super::policy;
use super::text::scalar;
use crate::forms::provider;
use crate::forms::provider::resource_type::Type;
use crate::forms::texts;
use crate::forms::yields::Deployed;
use crate::guard::Guard;
use crate::text::Span;
use crate::value::{Access, Alternative, Choice, Holds, Kind, Map, Part, Value};

impl Evaluator<'_> {
    /// What `steps` take of the resource or data source at an address.
    pub fn attribute(
        &self,
        resource_type: &str,
        address: &str,
        steps: &[Access],
        span: Span,
        names: &Names,
    ) -> Value {
        let of = Of { evaluator: self, resource_type, address, span };
        match steps {
            [Access::Index(index), Access::Attribute(attribute), rest @ ..] => {
                let value = of.indexed(&self.value(index, names), &attribute.name);
                self.taken(value, rest, span, names)
            }
            [Access::Splat(_), Access::Attribute(attribute), rest @ ..] => {
                self.taken(of.each(&attribute.name), rest, span, names)
            }
            [Access::Attribute(attribute), rest @ ..] => {
                self.taken(of.only(&attribute.name), rest, span, names)
            }
            _ => Value::unknown(span, format!("all of {address}")),
        }
    }
}

struct Of<'e, 'm> {
    evaluator: &'e Evaluator<'m>,
    resource_type: &'e str,
    address: &'e str,
    span: Span,
}

impl Of<'_, '_> {
    fn only(&self, attribute: &str) -> Value {
        match self.instances().as_deref() {
            Some(Instances::Known { keyed: false, .. }) | None => self.yields(self.address, attribute),
            // It lacks an index; Terraform says so.
            Some(_) => self.unknown(attribute),
        }
    }

    fn indexed(&self, index: &Value, attribute: &str) -> Value {
        let address = match (&index.kind, scalar(index)) {
            (Kind::Number(index), _) => format!("{}[{index}]", self.address),
            (_, Some(key)) => format!("{}[{key:?}]", self.address),
            _ => return self.shape_of(attribute),
        };
        match self.instances().as_deref() {
            Some(Instances::Known { keyed: true, instances })
                if instances.iter().any(|instance| instance.address == address) =>
            {
                self.yields(&address, attribute)
            }
            _ => self.shape_of(attribute),
        }
    }

    /// The attribute of every instance, as far as it exists.
    fn each(&self, attribute: &str) -> Value {
        let found = self.instances();
        let Some(Instances::Known { instances, .. }) = found.as_deref() else {
            return self.unknown(attribute);
        };
        let item = |instance: &super::instance::Instance| {
            let value = self.yields(&instance.address, attribute);
            match instance.guard.clone() {
                Guard::Always => value,
                guard => {
                    let absent = Value::new(self.span, Kind::Absent);
                    let alternatives = vec![
                        Alternative { guard: guard.clone(), value },
                        Alternative { guard: Guard::Not(Box::new(guard)), value: absent },
                    ];
                    Value::new(self.span, Kind::Choice(Choice { alternatives }))
                }
            }
        };
        Value::new(self.span, Kind::List(instances.iter().map(item).collect()))
    }

    fn instances(&self) -> Option<Rc<Instances>> {
        self.evaluator.module.get(self.address).map(|declared| self.evaluator.instances(declared))
    }

    /// The names that are known in the body of the instance at an address.
    fn names_in(&self, address: &str) -> Names {
        let instances = self.instances();
        let own = instances
            .iter()
            .flat_map(|instances| instances.iter())
            .find(|instance| instance.address == address);
        own.map_or_else(Names::default, |instance| instance.names.clone())
    }

    fn unknown(&self, attribute: &str) -> Value {
        Value::unknown(self.span, format!("the attribute {}.{attribute}", self.address))
    }

    /// What the attribute of some instance yields: nobody knows of which, so that its name is not known.
    fn shape_of(&self, attribute: &str) -> Value {
        let mut value = self.yields(self.address, attribute);
        let Kind::Text(text) = &mut value.kind else { return self.unknown(attribute) };
        text.reference = None;
        let unknown = crate::value::unknown::Unknown::new(format!("an instance of {}", self.address));
        for part in &mut text.parts {
            if let Part::Hole(hole) = part
                && matches!(hole.holds, Holds::Name(_))
            {
                hole.holds = Holds::Anything(unknown.clone());
            }
        }
        value
    }

    fn table(&self) -> Option<&'static Type> {
        if self.address.starts_with("data.") {
            provider::data_source(self.resource_type)
        } else {
            provider::terraform(self.resource_type)
        }
    }

    fn yields(&self, address: &str, attribute: &str) -> Value {
        let declared = self.evaluator.module.get(self.address);
        let empty = Map::default();
        let body = declared.map_or(&empty, |declared| declared.body);
        if let Some(known) = self.of_environment(attribute, body, address) {
            return known;
        }
        let Some(table) = self.table() else { return self.unknown(attribute) };
        let deployment = self.evaluator.deployment(self.resource_type, body, &self.names_in(address));
        let deployed = Deployed {
            partition: None,
            region: deployment.region.as_ref(),
            account: deployment.account.as_ref(),
        };
        let yielded = table.yields(address, attribute, self.span, &deployed);
        match (&yielded.kind, body.get(attribute), declared) {
            // What is not computed is what is written.
            (Kind::Unknown(_), Some(entry), Some(declared)) if !declared.amended => {
                at(self.evaluator.value(&entry.value, &self.names_in(address)), self.span)
            }
            _ => yielded,
        }
    }

    /// What data sources say of where the module is deployed to.
    fn of_environment(&self, attribute: &str, body: &Map, address: &str) -> Option<Value> {
        let deployment = || self.evaluator.deployment(self.resource_type, body, &self.names_in(address));
        let hole = |holds: Holds| texts::hole(holds, self.span);
        match (self.resource_type, attribute) {
            ("aws_region", "name" | "id" | "region") if body.get("name").is_none() => {
                Some(deployment().region.map_or_else(|| hole(Holds::Region), |region| at(region, self.span)))
            }
            ("aws_caller_identity", "account_id" | "id") => Some(
                deployment().account.map_or_else(|| hole(Holds::Account), |account| at(account, self.span)),
            ),
            ("aws_partition", "partition" | "id") => Some(hole(Holds::Partition)),
            ("aws_iam_policy_document", "json" | "minified_json") => {
                let declared =
                    self.evaluator.module.get(self.address).filter(|declared| !declared.amended)?;
                Some(policy::document(self.evaluator, declared, self.span))
            }
            _ => None,
        }
    }
}
