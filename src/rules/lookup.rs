//! From a path to what stands there: walks the tree of a configuration and of its neighbours in one world.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::found::{Found, Node, Place, Site};
use super::parts::{self, Located};
use super::path::{Path, Step, TypedPart};
use super::string::Str;
use super::unknown::{Reason, Unknowns};
use crate::spec::members::{Coverage, is_translated};
use crate::spec::{Resource, Scope, name_member};
use crate::text::Span;
use crate::value::shape::shape;
use crate::value::{Kind, ResourceKind, Value};
use crate::world::World;

/// Where a rule is being checked.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a, 'w> {
    pub scope: &'a Scope,
    pub configuration: &'a Resource,
    pub world: &'w World,
    /// What was asked for and is not known.
    pub unknowns: &'w Unknowns<'a>,
}

impl<'a, 'w> Context<'a, 'w> {
    /// What stands at a path seen from a site.
    pub fn lookup(&self, site: &Site<'a>, path: &'a Path) -> Found<'a> {
        let start = if path.absolute { self.root() } else { self.at_site(site) };
        self.walk(start, &path.steps)
    }

    /// What stands at the site itself.
    pub fn at_site(&self, site: &Site<'a>) -> Found<'a> {
        let place = Place {
            resource: site.resource,
            base: Cow::Owned(site.pointer.clone()),
            steps: Vec::new(),
            depth: 0,
            written: true,
            span: site.value.span,
            value: site.value.span,
            key: site.key,
            // An item is introduced by its first word: which one that is may depend on the branch taken.
            anchor: match site.key {
                None if !site.pointer.is_empty() => {
                    self.world.pick(site.value).map_or(site.anchor, Value::first_word)
                }
                _ => site.anchor,
            },
            used_at: None,
            assumed: false,
        };
        self.enter(site.value, place)
    }

    fn root(&self) -> Found<'a> {
        self.of_resource(self.configuration)
    }

    /// The properties of a resource.
    pub fn of_resource(&self, resource: &'a Resource) -> Found<'a> {
        let place = Place {
            resource,
            base: Cow::Borrowed(""),
            steps: Vec::new(),
            depth: 0,
            written: true,
            span: resource.header,
            value: resource.header,
            key: None,
            anchor: resource.header,
            used_at: None,
            assumed: false,
        };
        let found = self.enter(&resource.properties, place);
        // A resource is shown by its header, not by all its properties.
        Found { place: Place { span: resource.header, ..found.place }, ..found }
    }

    /// Decides what a value is and remembers where.
    pub fn enter(&self, value: &'a Value, mut place: Place<'a>) -> Found<'a> {
        let Some(picked) = self.world.pick(value) else {
            self.ask(Reason::Fixed("the condition that chooses this value"), value.span, &place);
            return Found { node: Node::Unknown(None), place };
        };
        place.span = picked.span;
        place.value = picked.span;
        // The place of use: of the alternative taken, or of the choice itself.
        place.used_at = picked.used_at.or(value.used_at).or(place.used_at);
        match &picked.kind {
            Kind::Absent => Found { node: Node::Missing, place: Place { written: false, ..place } },
            Kind::Unknown(unknown) => {
                self.ask(Reason::from(unknown), picked.span, &place);
                Found { node: Node::Unknown(Some(unknown)), place }
            }
            Kind::Choice(_) | Kind::Tagged(_) | Kind::Block(_) | Kind::Expression(_) => {
                self.ask(Reason::EXPRESSION, picked.span, &place);
                Found { node: Node::Unknown(None), place }
            }
            _ => Found { node: Node::Value(picked), place },
        }
    }

    pub fn walk(&self, start: Found<'a>, steps: &'a [Step]) -> Found<'a> {
        steps.iter().fold(start, |found, step| match step {
            Step::Member(name) => self.member(found, name),
            Step::Part(part) => self.part(found, *part),
            Step::Follow(kind) => self.follow(found, *kind),
            Step::Items => found.unknown(),
        })
    }

    fn member(&self, mut found: Found<'a>, name: &'a str) -> Found<'a> {
        if found.place.assumed {
            return self.assumed_member(found, name);
        }
        found.place.steps.push(name);
        let map = match &found.node {
            Node::Value(Value { kind: Kind::Map(map), .. }) => map,
            Node::Value(Value { kind: Kind::Null, .. }) | Node::Missing => return found.missing(),
            Node::Value(_) | Node::Text(_) | Node::Unknown(_) => return found.unknown(),
        };
        let Some(entry) = map.get(name) else {
            return self.not_there(found, name);
        };
        let place = Place {
            depth: found.place.depth + 1,
            key: Some(entry.key.span),
            anchor: entry.key.span,
            ..found.place
        };
        self.enter(&entry.value, place)
    }

    /// A member that a mapping does not have: it is not written, if the form would tell.
    fn not_there(&self, found: Found<'a>, name: &str) -> Found<'a> {
        let place = &found.place;
        let told = match place.resource.origin.coverage {
            _ if place.resource.is_configuration() => true,
            Coverage::All => true,
            Coverage::Translated => is_translated(place.resource.kind, &place.full_pointer()),
            Coverage::Written => place.base.len() + place.steps.len() > 1,
        };
        if told {
            return found.missing();
        }
        let reason = format!("`{name}`, which is not read in this form");
        self.ask(Reason::Given(reason.into()), place.span, place);
        found.unknown()
    }

    /// A part of the string that was found.
    fn part(&self, found: Found<'a>, part: TypedPart) -> Found<'a> {
        let text = found.string(self.world);
        let located = text.as_ref().map(|text| parts::locate(text, part));
        if let Some(deployed) = self.deployed(&found, part, text.as_ref(), located.as_ref()) {
            return deployed;
        }
        if matches!(found.node, Node::Missing | Node::Unknown(_)) {
            return found;
        }
        let (Some(text), Some(located)) = (text, located) else { return found.unknown() };
        match located {
            Located::Here(text) => {
                let named =
                    text.only_reference().filter(|reference| reference.kind == ResourceKind::LogGroup);
                if part == TypedPart::LogGroupName
                    && let Some(given) = named.and_then(|group| self.given_name(&found, &group.resource))
                {
                    return given;
                }
                let mut found = found;
                found.place.span = text.span();
                found.place.used_at = text.use_place().or(found.place.used_at);
                if text.is_open() {
                    self.ask_for(&text, &found.place);
                }
                Found { node: Node::Text(text), ..found }
            }
            Located::Nowhere => Found { node: Node::Missing, ..found },
            Located::Unknown => {
                if text.is_open() {
                    self.ask_for(&text, &found.place);
                }
                found.unknown()
            }
        }
    }

    /// Remembers that what fills the holes of a text would decide a check.
    pub fn ask_for(&self, text: &Str<'_>, place: &Place<'a>) {
        for (reason, span) in text.reasons() {
            self.ask(reason, span, place);
        }
    }

    /// Remembers that a resource which is not in the files would decide a check.
    pub fn ask_for_resource(&self, kind: ResourceKind, place: &Place<'a>) {
        self.ask(Reason::Fixed(not_in_the_files(kind)), place.span, place);
    }

    /// Remembers that something which is not known would decide a check.
    pub fn ask(&self, reason: Reason, span: Span, place: &Place<'a>) {
        self.unknowns.add(reason, span, place.resource, || place.pointer());
    }

    /// The name that a log group is given in its own properties.
    fn given_name(&self, found: &Found<'a>, resource: &str) -> Option<Found<'a>> {
        static STEPS: LazyLock<[Step; 2]> =
            LazyLock::new(|| [Step::Follow(ResourceKind::LogGroup), Step::Member("LogGroupName".to_owned())]);
        self.scope.get(resource)?;
        let given = self.walk(found.clone(), STEPS.as_slice());
        matches!(given.node, Node::Value(_)).then_some(given)
    }

    /// The resource of a kind that a value names, if it is one of the unit and exists in this world.
    fn follow(&self, found: Found<'a>, kind: ResourceKind) -> Found<'a> {
        if kind == ResourceKind::Provider {
            let provider = self.configuration.provider.as_ref().and_then(|name| self.scope.get(name));
            return provider.map_or_else(|| found.unknown(), |provider| self.of_resource(provider));
        }
        let Some(text) = found.string(self.world) else {
            return self.assumed_pool(kind).unwrap_or_else(|| found.unknown());
        };
        let named = text.references().find(|reference| reference.kind == kind);
        let target = match named {
            Some(reference) => self.scope.get(&reference.resource),
            None => text
                .literal()
                .and_then(|identity| self.scope.identified(kind, &identity))
                .or_else(|| self.named(&text, kind))
                .or_else(|| self.alike(&found, kind)),
        };
        match target.filter(|target| self.exists(target)) {
            Some(target) => self.of_resource(target),
            None if let Some(reference) = named => {
                self.ask(Reason::NameOf(reference.resource.clone()), found.place.span, &found.place);
                found.unknown()
            }
            None => self.assumed_pool(kind).unwrap_or_else(|| {
                self.ask_for_resource(kind, &found.place);
                found.unknown()
            }),
        }
    }

    /// The resource of a kind whose name a text spells.
    fn named(&self, text: &Str<'_>, kind: ResourceKind) -> Option<&'a Resource> {
        self.of_name(kind, &parts::own_name(text, kind, &self.scope.assumed)?)
    }

    /// The resource of a kind whose name is put together of the same as that in an ARN.
    fn alike(&self, found: &Found<'a>, kind: ResourceKind) -> Option<&'a Resource> {
        let Node::Value(value) = &found.node else { return None };
        let arn = shape(value)?;
        let name = parts::own_shape(&arn, kind)?;
        self.scope.given(kind, name).find(|resource| {
            let given = self.own_name(resource).and_then(shape);
            given.as_deref() == Some(name) && self.exists(resource)
        })
    }

    /// The resource of a kind that has this name.
    pub fn of_name(&self, kind: ResourceKind, name: &str) -> Option<&'a Resource> {
        // Of several the one that exists.
        self.scope.given(kind, name).find(|resource| self.has_name(resource, name) && self.exists(resource))
    }

    /// Whether a resource is given a name in this world.
    fn has_name(&self, resource: &Resource, name: &str) -> bool {
        self.own_name(resource).and_then(Value::text).as_deref() == Some(name)
    }

    /// What names a resource in this world.
    fn own_name<'r>(&self, resource: &'r Resource) -> Option<&'r Value> {
        let member = name_member(resource.kind)?;
        self.world.pick(self.world.pick(&resource.properties)?.get(member)?)
    }

    fn exists(&self, resource: &Resource) -> bool {
        self.world.has(&resource.guard)
    }

    /// The items of a list that are there in this world, with their indices.
    pub fn items(&self, value: &'a Value) -> impl Iterator<Item = (usize, &'a Value)> + use<'a, 'w> {
        let items = value.as_list().unwrap_or_default();
        let world = self.world;
        items.iter().enumerate().filter(move |(_, item)| !world.removes(item))
    }
}

/// A resource that would have to be in the files.
fn not_in_the_files(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::UserPool => "the user pool, which is not in the files",
        ResourceKind::LogGroup => "the log group, which is not in the files",
        ResourceKind::Bucket => "the bucket, which is not in the files",
        ResourceKind::Stream => "the Firehose stream, which is not in the files",
        _ => "a resource that is not in the files",
    }
}
