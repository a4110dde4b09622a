//! What a text leaves to the deployment: the region and the account of what it names, as far as the files or an
//! assumption place it, and the user pool that is not in the files.

use super::found::{Found, Node};
use super::lookup::Context;
use super::parts::Located;
use super::path::TypedPart;
use super::string::Str;
use crate::text::{SourceId, Span};
use crate::value::{Holds, Hole, ResourceKind};

/// The member that names the user pool.
const POOL: &str = "UserPoolId";

const NOWHERE: Span = Span { source: SourceId(u32::MAX), start: 0, end: 0 };
static REGION: Hole = Hole { span: NOWHERE, holds: Holds::Region };
static ACCOUNT: Hole = Hole { span: NOWHERE, holds: Holds::Account };

impl<'a> Context<'a, '_> {
    /// The region or the account of what stands at a place, where the text there does not say it itself: that of the
    /// resource which it names, or else the one that is assumed.
    ///
    /// `text` is what stands there, if it is one, and `located` where that part is in it.
    pub fn deployed(
        &self,
        found: &Found<'a>,
        part: TypedPart,
        text: Option<&Str<'a>>,
        located: Option<&Located<'a>>,
    ) -> Option<Found<'a>> {
        if !matches!(part, TypedPart::Region | TypedPart::Account) {
            return None;
        }
        let pool =
            text.and_then(Str::only_reference).filter(|reference| reference.kind == ResourceKind::UserPool);
        let is_open = matches!(located, Some(Located::Here(part)) if part.is_deployed_to());
        let named = pool.or_else(|| text?.reference.filter(|_| is_open));
        let resource = named.and_then(|reference| self.scope.get(&reference.resource));
        if part == TypedPart::Region
            && let Some(region) = resource.and_then(|resource| resource.region.as_ref())
        {
            let node = self.enter(region, found.place.clone()).node;
            return Some(Found { node, place: found.place.clone() });
        }
        let of_unit = match part {
            TypedPart::Region => self.scope.assumed.region.as_deref(),
            _ => self.scope.assumed.account.as_deref(),
        };
        let span = found.place.span;
        let text = match of_unit {
            Some(assumed) if pool.is_some() || is_placed_nowhere(found, part, located) => {
                Str::derived(assumed, span)
            }
            None if pool.is_some() && part == TypedPart::Region => Str::deployed(&REGION, span),
            None if pool.is_some() => Str::deployed(&ACCOUNT, span),
            _ => return None,
        };
        Some(Found { node: Node::Text(text), place: found.place.clone() })
    }

    /// The user pool that is assumed, if one is.
    pub fn assumed_pool(&self, kind: ResourceKind) -> Option<Found<'a>> {
        if kind != ResourceKind::UserPool {
            return None;
        }
        let pool = self.scope.assumed.pools.get(&self.configuration.header)?;
        let mut found = self.of_resource(pool);
        found.place.assumed = true;
        if self.configuration.properties.get(POOL).is_some() {
            found.place.base = format!("/{POOL}").into();
        }
        Some(found)
    }

    /// A member of the user pool that is assumed. It stands where the pool is named.
    pub fn assumed_member(&self, mut found: Found<'a>, name: &str) -> Found<'a> {
        let value = match &found.node {
            Node::Value(pool) => pool.get(name),
            _ => None,
        };
        match value {
            Some(value) => self.enter(value, found.place),
            None => {
                self.ask_for_resource(ResourceKind::UserPool, &found.place);
                found.node = Node::Unknown(None);
                found
            }
        }
    }
}

/// Whether this is the user pool of the configuration, and nothing says where it is.
fn is_placed_nowhere(found: &Found<'_>, part: TypedPart, located: Option<&Located<'_>>) -> bool {
    let is_pool = found.place.base.is_empty() && found.place.steps.as_slice() == [POOL];
    is_pool
        && match located {
            Some(Located::Here(_)) => false,
            // An id says its region, or it is none.
            Some(Located::Nowhere) => part == TypedPart::Account,
            Some(Located::Unknown) | None => true,
        }
}
