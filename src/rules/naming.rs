//! The resources that the texts and fixes of a finding speak of, and references to them.

use super::action::Action;
use super::finding::Teller;
use super::found::{Found, Node};
use super::path::{Path, Step};
use super::rule::{Fragment, Message};
use crate::forms::refer::Target;
use crate::guard::Guard;
use crate::spec::{Resource, destination_kind, named_kind};

impl<'a> Teller<'a, '_> {
    /// Whether there is something for each reference in a text.
    pub(super) fn can_say(&self, message: &'a Message) -> bool {
        message.0.iter().all(|fragment| match fragment {
            Fragment::Reference(path) => self.target(path).is_some(),
            _ => true,
        })
    }

    /// The name of a resource, as a text speaks of it.
    pub(super) fn resource(&self, path: &'a Path) -> String {
        self.named(path).unwrap_or_else(|| "the resource".to_owned())
    }

    /// The resource that a path leads to, that the value there refers to, or whose name it is where an ARN is due.
    pub(super) fn named(&self, path: &'a Path) -> Option<String> {
        let found = self.context.lookup(self.site, path);
        if leads_out(path) {
            return Some(found.place.resource.name.to_string());
        }
        let text = found.string(self.context.world)?;
        if let Some(named) = text.reference.or_else(|| text.references().next()) {
            return Some(named.resource.to_string());
        }
        let Some(Step::Member(member)) = path.steps.last() else { return None };
        let resource = self.context.of_name(destination_kind(member)?, &text.literal()?)?;
        Some(resource.name.to_string())
    }

    /// What a reference to the resource would refer to that a path leads to, or that is named there.
    pub(super) fn target(&self, path: &'a Path) -> Option<Target> {
        let found = self.context.lookup(self.site, path);
        Target::new(if leads_out(path) { found.place.resource } else { self.meant(&found)? })
    }

    /// A reference in the place of what stands at a path.
    pub(super) fn referring(&self, path: &'a Path) -> Option<Action> {
        let found = self.context.lookup(self.site, path);
        let is_whole = matches!(found.node, Node::Value(_)) && found.place.written;
        if !is_whole || found.place.used_at.is_some() || found.place.assumed {
            return None;
        }
        Some(Action::Refer { value: found.place.span, to: Target::new(self.meant(&found)?)? })
    }

    /// The resource of the kind that is due at a place and is named there.
    fn meant(&self, found: &Found<'a>) -> Option<&'a Resource> {
        let kind = named_kind(&found.place.full_pointer())?;
        let text = found.string(self.context.world)?;
        let resource = match text.leading_reference() {
            Some(reference) => self.context.scope.get(&reference.resource),
            // There may be no such resource to refer to where the name alone would do.
            None => self
                .context
                .of_name(kind, &text.literal()?)
                .filter(|named| matches!(named.guard, Guard::Always)),
        };
        resource.filter(|resource| resource.kind == kind)
    }
}

/// Whether a path leads to another resource.
fn leads_out(path: &Path) -> bool {
    path.steps.iter().any(|step| matches!(step, Step::Follow(_)))
}
