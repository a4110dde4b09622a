//! What speaks of a bucket or a log group and is a resource of its own, made a member of it.
//!
//! Forms differ in what is a property and what a resource: the encryption of a bucket is a property in CloudFormation
//! and a resource in Terraform. Behind this there is no difference. What may be meant for a bucket, and may be not, makes
//! that member of it unknown.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::grants;
use super::named::{Named, Names, all, leaves, members};
use super::policy;
use crate::guard::Guard;
use crate::spec::members::Coverage;
use crate::spec::{Origin, Resource};
use crate::text::Span;
use crate::value::{Alternative, Choice, Entry, Key, Kind, Map, ResourceKind, Value};

/// The kinds of resource that a bucket can have a member of, and that member.
const OF_BUCKETS: &[(ResourceKind, &str)] = &[
    (ResourceKind::BucketPolicy, "BucketPolicy"),
    (ResourceKind::BucketEncryption, "BucketEncryption"),
    (ResourceKind::BucketPublicAccessBlock, "PublicAccessBlockConfiguration"),
];

const BUCKET: &str = "Bucket";

/// How many may say something of one bucket; nothing is known where there are more.
const MAX_SAID: usize = 8;

/// The resources of a unit, with all that speaks of buckets and log groups as members of these.
#[must_use]
pub fn attached(resources: &[Resource]) -> Cow<'_, [Resource]> {
    let is_kind = |resource: &Resource| {
        OF_BUCKETS.iter().find(|(kind, _)| *kind == resource.kind).map(|(_, member)| *member)
    };
    let mut of_buckets: HashMap<&str, Vec<&Resource>> = HashMap::new();
    for resource in resources {
        if let Some(member) = is_kind(resource) {
            of_buckets.entry(member).or_default().push(resource);
        }
    }
    let grants: Vec<&Resource> =
        resources.iter().filter(|resource| resource.kind == ResourceKind::LogResourcePolicy).collect();
    if of_buckets.is_empty() && grants.is_empty() {
        return Cow::Borrowed(resources);
    }
    let buckets = Names::of(resources, ResourceKind::Bucket, "BucketName");
    let mut joined = resources.to_vec();
    for (_, member) in OF_BUCKETS {
        let satellites = of_buckets.remove(member).unwrap_or_default();
        let meant = Meant::find(&satellites, &buckets);
        for (index, value) in meant.members(&buckets) {
            if let Some(bucket) = joined.get_mut(index) {
                insert(&mut bucket.properties, member, &value);
            }
        }
        if *member == "BucketPolicy" {
            joined.extend(meant.elsewhere.values().flat_map(|said| meant.buckets_elsewhere(said)));
        }
    }
    for (index, header, value) in grants::of_groups(resources, &grants) {
        if let Some(group) = joined.get_mut(index) {
            insert(&mut group.properties, "ResourcePolicies", &(header, value));
        }
    }
    Cow::Owned(joined)
}

/// What is said of a bucket: when, by which resource, and what.
type Said<'r> = (Guard, &'r Resource, Value);

/// Which bucket each of some satellites is meant for.
#[derive(Default)]
struct Meant<'r> {
    surely: BTreeMap<usize, Vec<Said<'r>>>,
    /// What may be meant for every bucket, and what may be for those whose name is not known.
    for_any: Vec<Said<'r>>,
    for_open: Vec<Said<'r>>,
    /// What is for a bucket that is not in the unit, by its name.
    elsewhere: BTreeMap<&'r str, Vec<Elsewhere<'r>>>,
}

impl<'r> Meant<'r> {
    fn find(satellites: &[&'r Resource], buckets: &'r Names<'_>) -> Self {
        let mut meant = Self::default();
        for satellite in satellites {
            meant.add(satellite, buckets);
        }
        meant
    }

    fn add(&mut self, satellite: &'r Resource, buckets: &'r Names<'_>) {
        let when = |guard: &Guard| all(vec![satellite.guard.clone(), guard.clone()]);
        let perhaps = |guard: &Guard| {
            let unknown = Value::unknown(satellite.header, format!("whether {} is meant", satellite.name));
            (when(guard), satellite, unknown)
        };
        let Some(contents) = leaves(&satellite.properties) else {
            return self.for_any.push(perhaps(&Guard::Always));
        };
        for (guard, properties) in contents {
            let named = members(properties, BUCKET).unwrap_or_default();
            if named.is_empty() {
                self.for_any.push(perhaps(&guard));
            }
            for (inner, bucket) in named {
                let guard = all(vec![guard.clone(), inner]);
                let said = |also: &Guard| {
                    (all(vec![when(&guard), also.clone()]), satellite, content(satellite.kind, properties))
                };
                match bucket.map(|bucket| buckets.named(bucket)) {
                    Some(Named::This(index)) => {
                        self.surely.entry(index).or_default().push(said(&Guard::Always));
                    }
                    Some(Named::These(indices)) => {
                        for (also, index) in indices {
                            self.surely.entry(*index).or_default().push(said(also));
                        }
                        if indices.iter().all(|(also, _)| !matches!(also, Guard::Always)) {
                            self.for_open.push(perhaps(&guard));
                        }
                    }
                    Some(Named::Elsewhere(literal)) => {
                        self.elsewhere.entry(literal).or_default().extend(bucket.map(|name| Elsewhere {
                            when: when(&guard),
                            by: satellite,
                            properties,
                            name,
                        }));
                        self.for_open.push(perhaps(&guard));
                    }
                    Some(Named::Nothing) => {}
                    Some(Named::Unknown) | None => self.for_any.push(perhaps(&guard)),
                }
            }
        }
    }

    /// The buckets that policies are for where the unit does not hold them: nothing is known of them but their policies,
    /// and not even that where several speak of one.
    fn buckets_elsewhere(&self, said: &[Elsewhere<'r>]) -> Vec<Resource> {
        let Some(first) = said.first() else { return Vec::new() };
        let speakers =
            said.iter().map(|elsewhere| elsewhere.by).chain(self.for_any.iter().map(|(_, by, _)| *by));
        let mut others = speakers.filter(|by| !std::ptr::eq(*by, first.by));
        if others.next().is_some() { Vec::new() } else { said.iter().map(Elsewhere::bucket).collect() }
    }

    /// The member that each bucket gets, with its header.
    fn members(&self, buckets: &Names<'_>) -> Vec<(usize, (Span, Value))> {
        let open: HashSet<usize> = buckets.open.iter().copied().collect();
        let member = |index: &usize| {
            let for_open = self.for_open.iter().filter(|_| open.contains(index));
            let said: Vec<&Said<'_>> = self
                .surely
                .get(index)
                .into_iter()
                .flatten()
                .chain(for_open)
                .chain(&self.for_any)
                .take(MAX_SAID + 1)
                .collect();
            let (_, first, _) = said.first()?;
            Some((*index, (first.header, combined(&said, first.header))))
        };
        buckets.all.iter().filter_map(member).collect()
    }
}

/// What several say of one bucket; not known where two speak at once.
fn combined(said: &[&Said<'_>], header: Span) -> Value {
    let unknown = || Value::unknown(header, "which of several counts");
    if said.len() > MAX_SAID {
        return unknown();
    }
    if let [(Guard::Always, _, value)] = said {
        return value.clone();
    }
    let mut alternatives = Vec::new();
    for (index, (guard, satellite, _)) in said.iter().enumerate() {
        for (other, another, _) in &said[..index] {
            if !std::ptr::eq(*satellite, *another) {
                let both = all(vec![guard.clone(), other.clone()]);
                alternatives.push(Alternative { guard: both, value: unknown() });
            }
        }
    }
    alternatives.extend(
        said.iter().map(|(guard, _, value)| Alternative { guard: guard.clone(), value: value.clone() }),
    );
    alternatives.push(Alternative { guard: Guard::Always, value: Value::new(header, Kind::Absent) });
    Value::new(header, Kind::Choice(Choice { alternatives }))
}

/// What a satellite says, in the shape of a bucket's member.
fn content(kind: ResourceKind, properties: &Value) -> Value {
    let Kind::Map(map) = &properties.kind else { return properties.clone() };
    let entry = |entry: &Entry| {
        let value = match kind {
            ResourceKind::BucketPolicy => policy::document(&entry.value),
            _ => entry.value.clone(),
        };
        Entry { key: entry.key.clone(), value }
    };
    let entries = map.entries.iter().filter(|entry| entry.key.name != BUCKET).map(entry).collect();
    Value { kind: Kind::Map(Map { entries }), ..properties.clone() }
}

/// A policy for a bucket that the unit does not hold.
struct Elsewhere<'r> {
    when: Guard,
    by: &'r Resource,
    properties: &'r Value,
    name: &'r Value,
}

impl Elsewhere<'_> {
    fn bucket(&self) -> Resource {
        let span = self.by.header;
        let entry = |name: &str, value: Value| Entry { key: Key { name: name.to_owned(), span }, value };
        let unknown = || Value::unknown(span, "what else is set for a bucket that is not in these files");
        let entries = vec![
            entry("BucketName", self.name.clone()),
            entry("BucketPolicy", content(self.by.kind, self.properties)),
            entry("BucketEncryption", unknown()),
            entry("PublicAccessBlockConfiguration", unknown()),
        ];
        Resource {
            kind: ResourceKind::Bucket,
            name: "".into(),
            properties: Value::new(span, Kind::Map(Map { entries })),
            guard: self.when.clone(),
            origin: Origin { coverage: Coverage::Written, ..self.by.origin },
            ..self.by.clone()
        }
    }
}

/// Adds a member to properties that do not have it.
fn insert(properties: &mut Value, member: &str, new: &(Span, Value)) {
    let (header, value) = new;
    match &mut properties.kind {
        Kind::Map(map) => match map.entries.iter_mut().rev().find(|entry| entry.key.name == member) {
            // Two of which one takes the place of the other.
            Some(own) => own.value = Value::unknown(own.value.span, format!("which {member} counts")),
            None => {
                let key = Key { name: member.to_owned(), span: *header };
                map.entries.push(Entry { key, value: value.clone() });
            }
        },
        Kind::Choice(choice) => {
            choice
                .alternatives
                .iter_mut()
                .for_each(|alternative| insert(&mut alternative.value, member, new));
        }
        _ => {}
    }
}
