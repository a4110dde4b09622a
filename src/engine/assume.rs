//! What is taken for a fact where the files say nothing: the account, the region, the plan of a user pool.
//!
//! A fact in the files beats an assumption, and a finding that rests on one says so.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::tell::Raw;
use crate::guard::Guard;
use crate::rules::parts::partition_of;
use crate::spec::{Assumed, Dependencies, Resource};
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Entry, Holds, Hole, Key, Kind, Map, Part, ResourceKind, Text, Value};

/// The plans that a user pool can be on.
const PLANS: [&str; 3] = ["LITE", "ESSENTIALS", "PLUS"];

/// What can be assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Account,
    Region,
    Plan,
}

impl Subject {
    pub const ALL: [Self; 3] = [Self::Account, Self::Region, Self::Plan];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Region => "region",
            Self::Plan => "plan",
        }
    }
}

/// Why something cannot be assumed. One sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("`{0}` is not an account: its id has 12 digits")]
    Account(String),
    #[error("`{0}` is not a region of AWS")]
    Region(String),
    #[error("`{0}` is not a plan; there are {plans}", plans = PLANS.join(", "))]
    Plan(String),
}

/// One thing that is assumed; its value is possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    subject: Subject,
    value: Arc<str>,
}

impl Assumption {
    /// Assumes a value for a subject.
    ///
    /// # Errors
    /// The subject cannot have it.
    pub fn new(subject: Subject, value: &str) -> Result<Self, Refused> {
        let value = match subject {
            Subject::Account => {
                let is_id = value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit());
                is_id.then_some(value).ok_or_else(|| Refused::Account(value.to_owned()))?
            }
            Subject::Region => {
                let partition = partition_of(value);
                partition.map(|_| value).ok_or_else(|| Refused::Region(value.to_owned()))?
            }
            Subject::Plan => {
                let plan = PLANS.into_iter().find(|plan| plan.eq_ignore_ascii_case(value));
                plan.ok_or_else(|| Refused::Plan(value.to_owned()))?
            }
        };
        Ok(Self { subject, value: value.into() })
    }

    /// As a sentence goes on behind a comma.
    fn clause(&self) -> String {
        match self.subject {
            Subject::Account => format!("assuming account `{}`", self.value),
            Subject::Region => format!("assuming region `{}`", self.value),
            Subject::Plan => format!("assuming the `{}` plan", self.value),
        }
    }
}

/// All that is assumed; of several assumptions on one subject the last counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assume(Vec<Assumption>);

impl FromIterator<Assumption> for Assume {
    fn from_iter<T: IntoIterator<Item = Assumption>>(assumptions: T) -> Self {
        let mut kept: Vec<Assumption> = Vec::new();
        for assumption in assumptions {
            kept.retain(|other| other.subject != assumption.subject);
            kept.push(assumption);
        }
        kept.sort_by_key(|assumption| assumption.subject as usize);
        Self(kept)
    }
}

/// What a finding is known by, whatever its words.
type Identity = (String, Span, String, Option<String>);

fn identity(raw: &Raw) -> Identity {
    let finding = &raw.finding;
    (finding.info.name.clone(), finding.span, finding.pointer.clone(), finding.resource.clone())
}

impl Assume {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same, and more; on a subject of both the new counts.
    #[must_use]
    pub fn with(&self, more: impl IntoIterator<Item = Assumption>) -> Self {
        self.0.iter().cloned().chain(more).collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Assumption> {
        self.0.iter()
    }

    fn of(&self, subject: Subject) -> Option<&Arc<str>> {
        self.0.iter().find(|assumption| assumption.subject == subject).map(|assumption| &assumption.value)
    }

    fn without(&self, subject: Subject) -> Self {
        self.0.iter().filter(|assumption| assumption.subject != subject).cloned().collect()
    }

    /// Says of each finding on which assumptions it rests: those without which it is not made. `check` is what made
    /// the findings.
    pub fn attribute(&self, findings: &mut [Raw], check: impl Fn(&Self) -> Vec<Raw>) {
        if self.0.is_empty() || findings.is_empty() {
            return;
        }
        let made = |assume: &Self| -> HashSet<Identity> { check(assume).iter().map(identity).collect() };
        let certain = made(&Self::default());
        if findings.iter().all(|raw| certain.contains(&identity(raw))) {
            return;
        }
        let without: Vec<(&Assumption, HashSet<Identity>)> =
            self.0.iter().map(|one| (one, made(&self.without(one.subject)))).collect();
        for raw in findings {
            let identity = identity(raw);
            if certain.contains(&identity) {
                continue;
            }
            let mut needed: Vec<&Assumption> =
                without.iter().filter(|(_, made)| !made.contains(&identity)).map(|(one, _)| *one).collect();
            if needed.is_empty() {
                // Each of them is enough.
                needed = self.0.iter().collect();
            }
            raw.finding.when.extend(needed.into_iter().map(|one| one.clause().into()));
        }
    }

    /// The resources, with what is assumed in the place of what the deployment decides.
    pub fn applied<'r>(&self, resources: &'r [Resource]) -> Cow<'r, [Resource]> {
        let (region, account) = (self.of(Subject::Region), self.of(Subject::Account));
        if region.is_none() && account.is_none() {
            return Cow::Borrowed(resources);
        }
        let elsewhere: HashSet<Arc<str>> = resources
            .iter()
            .filter(|resource| resource.region.is_some())
            .map(|resource| resource.name.clone())
            .collect();
        let partition = region.and_then(|region| partition_of(region)).map(Arc::from);
        let filling = Filling { region, partition, account, elsewhere };
        let filled = |resource: &Resource| {
            let mut resource = resource.clone();
            filling.fill(&mut resource.properties);
            resource
        };
        Cow::Owned(resources.iter().map(filled).collect())
    }

    /// What is assumed of the unit of these resources.
    pub fn assumed(&self, resources: &[Resource]) -> Assumed {
        let configurations = resources.iter().filter(|resource| resource.is_configuration());
        let pool =
            |plan: &Arc<str>, configuration: &Resource| (configuration.header, pool_on(plan, configuration));
        let pools: HashMap<Span, Resource> = match self.of(Subject::Plan) {
            Some(plan) => configurations.map(|configuration| pool(plan, configuration)).collect(),
            None => HashMap::new(),
        };
        Assumed {
            region: self.of(Subject::Region).cloned(),
            account: self.of(Subject::Account).cloned(),
            pools,
        }
    }
}

/// A user pool that is not in the files, of which nothing but the plan is known.
fn pool_on(plan: &str, configuration: &Resource) -> Resource {
    let span = configuration.properties.get("UserPoolId").map_or(configuration.header, |id| id.span);
    let tier = Value::new(span, Kind::Text(Text::literal(Literal::opaque(plan, span))));
    let entry = Entry { key: Key { name: "UserPoolTier".to_owned(), span }, value: tier };
    Resource {
        kind: ResourceKind::UserPool,
        name: "".into(),
        label: configuration.label.clone(),
        header: span,
        type_entry: None,
        properties: Value::new(span, Kind::Map(Map { entries: vec![entry] })),
        guard: Guard::Always,
        rules: configuration.rules.clone(),
        dependencies: Dependencies::default(),
        region: None,
        provider: None,
        origin: configuration.origin,
    }
}

/// What fills holes.
struct Filling<'f> {
    region: Option<&'f Arc<str>>,
    partition: Option<Arc<str>>,
    account: Option<&'f Arc<str>>,
    /// The resources that are in a region of their own: what refers to them is not in the region of the unit.
    elsewhere: HashSet<Arc<str>>,
}

impl Filling<'_> {
    fn fill(&self, value: &mut Value) {
        match &mut value.kind {
            Kind::Text(text) => self.fill_text(text),
            Kind::List(items) => items.iter_mut().for_each(|item| self.fill(item)),
            Kind::Map(map) => map.entries.iter_mut().for_each(|entry| self.fill(&mut entry.value)),
            Kind::Choice(choice) => {
                choice.alternatives.iter_mut().for_each(|alternative| self.fill(&mut alternative.value));
            }
            _ => {}
        }
    }

    fn fill_text(&self, text: &mut Text) {
        let is_elsewhere =
            text.reference.as_ref().is_some_and(|reference| self.elsewhere.contains(&reference.resource));
        for part in &mut text.parts {
            let Part::Hole(Hole { span, holds }) = part else { continue };
            let filling = match holds {
                Holds::Region if !is_elsewhere => self.region,
                Holds::Partition if !is_elsewhere => self.partition.as_ref(),
                Holds::Account => self.account,
                Holds::Value(value) => {
                    self.fill(value);
                    None
                }
                _ => None,
            };
            if let Some(filling) = filling {
                let literal = Literal::opaque(filling.as_ref(), *span);
                *holds = Holds::Value(Box::new(Value::new(*span, Kind::Text(Text::literal(literal)))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_possible_is_assumed() {
        for (subject, value, kept) in [
            (Subject::Account, "210987654321", Some("210987654321")),
            (Subject::Account, "21098765432", None),
            (Subject::Account, "2109-8765-43", None),
            (Subject::Region, "eu-west-1", Some("eu-west-1")),
            (Subject::Region, "us-gov-west-1", Some("us-gov-west-1")),
            (Subject::Region, "eu-wset-1", None),
            (Subject::Region, "EU-WEST-1", None),
            (Subject::Plan, "lite", Some("LITE")),
            (Subject::Plan, "PLUS", Some("PLUS")),
            (Subject::Plan, "pro", None),
            (Subject::Plan, "", None),
        ] {
            let assumed = Assumption::new(subject, value).ok();
            assert_eq!(assumed.as_ref().map(|assumed| assumed.value.as_ref()), kept, "{value}");
        }
    }

    #[test]
    fn of_one_subject_the_last_counts() {
        let plan = |value| Assumption::new(Subject::Plan, value).unwrap();
        let region = Assumption::new(Subject::Region, "eu-west-1").unwrap();
        let assume: Assume = [plan("LITE"), region, plan("PLUS")].into_iter().collect();
        assert_eq!(assume.of(Subject::Plan).map(AsRef::as_ref), Some("PLUS"));
        assert_eq!(assume.0.len(), 2);
    }
}
