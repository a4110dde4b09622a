//! Where a resource is deployed to: what its provider is told.

use super::evaluate::Evaluator;
use super::module::Provider;
use super::names::Names;
use crate::forms::texts;
use crate::text::Span;
use crate::value::unknown::Unknown;
use crate::value::{Access, Expression, Holds, Kind, Map, Value};

/// Where a resource is deployed to; what is not set is that of the whole module.
#[derive(Clone, Debug, Default)]
pub struct Deployment {
    pub region: Option<Value>,
    pub account: Option<Value>,
}

impl<'m> Evaluator<'m> {
    /// The provider that manages a resource of a type with this body, if it is configured in the module.
    pub fn provider_of(&self, resource_type: &str, body: &Map) -> Option<&Provider<'m>> {
        let (name, alias) = match body.get("provider") {
            Some(entry) => named(&entry.value)?,
            None => (default_provider(resource_type), None),
        };
        self.configured(&name, alias.as_deref())
    }

    fn configured(&self, name: &str, alias: Option<&str>) -> Option<&Provider<'m>> {
        self.module.providers.iter().find(|block| block.name == name && block.alias == alias)
    }

    /// Where a resource of a type with this body is deployed to.
    pub fn deployment(&self, resource_type: &str, body: &Map, names: &Names) -> Deployment {
        let told = body.get("provider").map(|entry| &entry.value);
        let (name, alias) = match told {
            Some(value) => match named(value) {
                Some(named) => named,
                None => {
                    let unknown = || Some(hole(Unknown::new("the provider of a resource"), value.span));
                    return Deployment { region: unknown(), account: unknown() };
                }
            },
            None => (default_provider(resource_type), None),
        };
        let block = self.configured(&name, alias.as_deref());
        let mut deployment = match (block, &alias, told) {
            (Some(block), ..) => self.configuration(block),
            // A module is handed its aliased providers by who calls it.
            (None, Some(alias), Some(value)) => elsewhere(&format!("provider `{name}.{alias}`"), value.span),
            _ => Deployment::default(),
        };
        if let Some(region) = body.get("region") {
            let region = self.value(&region.value, names);
            match region.kind {
                Kind::Null => {}
                Kind::Text(_) | Kind::Choice(_) => deployment.region = Some(region),
                Kind::Unknown(unknown) => deployment.region = Some(hole(unknown, region.span)),
                _ => deployment.region = Some(hole(Unknown::new("the region of a resource"), region.span)),
            }
        }
        deployment
    }

    fn configuration(&self, block: &Provider<'_>) -> Deployment {
        let said = |member: &str| {
            block.body.get(member).map(|entry| (entry.key.span, self.value(&entry.value, &Names::default())))
        };
        let (mut region, mut account) = (said("region").map(|(_, value)| value), None);
        if let Some((_, ids)) = said("allowed_account_ids")
            && let Some([only]) = ids.as_list()
        {
            account = Some(only.clone()).filter(|id| matches!(id.kind, Kind::Text(_)));
        }
        let is_known = |value: &Value| matches!(value.kind, Kind::Text(_) | Kind::Choice(_));
        region = region.filter(is_known);
        if block.alias.is_some() {
            // It may be configured like another provider, but nobody knows.
            let span = block.body.entries.first().map(|entry| entry.key.span);
            if let Some(span) = span {
                let what = format!("provider `{}.{}`", block.name, block.alias.unwrap_or_default());
                let unknown = elsewhere(&what, span);
                region = region.or(unknown.region);
                account = account.or(unknown.account);
            }
        }
        Deployment { region, account }
    }
}

/// The local name of the provider that manages a resource of a type with this body; none where that cannot be told.
pub fn provider_name(resource_type: &str, body: &Map) -> Option<String> {
    match body.get("provider") {
        Some(entry) => named(&entry.value).map(|(name, _)| name),
        None => Some(default_provider(resource_type)),
    }
}

/// The provider of a type that names none: `aws` of `aws_s3_bucket`.
fn default_provider(resource_type: &str) -> String {
    resource_type.split('_').next().unwrap_or_default().to_owned()
}

/// `aws`, `aws.virginia`; in JSON a text.
fn named(value: &Value) -> Option<(String, Option<String>)> {
    if let Some(text) = value.as_str() {
        return match text.split_once('.') {
            Some((name, alias)) => Some((name.to_owned(), Some(alias.to_owned()))),
            None => Some((text.to_owned(), None)),
        };
    }
    let Kind::Expression(expression) = &value.kind else { return None };
    match expression.as_ref() {
        Expression::Name(name) => Some((name.name.clone(), None)),
        Expression::Traversal { root, steps } => match (&root.kind, steps.as_slice()) {
            (Kind::Expression(root), [Access::Attribute(alias)]) => match root.as_ref() {
                Expression::Name(name) => Some((name.name.clone(), Some(alias.name.clone()))),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// A region and an account that are not known.
fn elsewhere(what: &str, span: Span) -> Deployment {
    let unknown = |part: &str| {
        let name = format!("the {part} of {what}");
        let unknown = Unknown { identity: Some(name.as_str().into()), ..Unknown::new(name.as_str()) };
        Some(hole(unknown, span))
    };
    Deployment { region: unknown("region"), account: unknown("account") }
}

/// A text of which nothing is known.
fn hole(unknown: Unknown, span: Span) -> Value {
    texts::hole(Holds::Anything(unknown), span)
}
