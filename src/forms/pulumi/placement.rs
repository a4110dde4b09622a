//! Where a resource is deployed to, and what its provider adds to it.

use super::access::{Held, Step, segments};
use super::program::{Declared, Program};
use crate::forms::yields::Deployed;
use crate::text::Span;
use crate::value::{Kind, Map, Part, Value};

/// How many parents are asked for the provider of their children.
const MAX_PARENTS: usize = 16;
/// No region and no account is longer.
const MAX_LENGTH: usize = 64;

/// Where a resource is deployed to, as far as it is not where the program is.
#[derive(Debug, Default)]
pub struct Placement<'v> {
    /// The name of its provider, where that is declared.
    pub provider: Option<&'v str>,
    /// A text, or unknown; none where it is the region of the program.
    pub region: Option<Value>,
    account: Option<Value>,
    /// What the provider does about the tags of each resource.
    pub tags: Option<ProviderTags<'v>>,
}

/// What a provider does about tags.
#[derive(Clone, Copy, Debug)]
pub enum ProviderTags<'v> {
    /// It adds these.
    Adds(&'v Value),
    /// It leaves some alone, or nobody knows what it adds.
    Unknown(Span),
}

impl Placement<'_> {
    pub fn deployed(&self) -> Deployed<'_> {
        Deployed { partition: None, region: self.region.as_ref(), account: self.account.as_ref() }
    }
}

pub fn placement<'v>(program: &Program<'v>, declared: &Declared<'v>) -> Placement<'v> {
    let properties = properties(declared);
    let own = properties.and_then(|map| map.get("region")).filter(|_| declared.token().starts_with("aws:"));
    let mut placement = match provider(program, declared) {
        Provided::ByProgram => {
            let config =
                ["aws:defaultTags", "aws:ignoreTags"].into_iter().find_map(|key| program.config(key));
            let tags = config.map(|entry| ProviderTags::Unknown(entry.key.span));
            Placement { tags, ..Placement::default() }
        }
        Provided::By(provider) => of_provider(provider),
        Provided::ByOther(option) => {
            let unknown = || Some(Value::unknown(option.span, "the provider of the resource"));
            Placement {
                provider: None,
                region: unknown(),
                account: unknown(),
                tags: Some(ProviderTags::Adds(option)),
            }
        }
    };
    if let Some(own) = own {
        placement.region = Some(plain(&own.value, "the region of the resource"));
    }
    placement
}

/// What manages a resource.
enum Provided<'p, 'v> {
    /// What manages all resources that say nothing of it, and of which nothing is written.
    ByProgram,
    By(&'p Declared<'v>),
    /// Something that is not declared here.
    ByOther(&'v Value),
}

fn provider<'p, 'v>(program: &'p Program<'v>, declared: &Declared<'v>) -> Provided<'p, 'v> {
    let package = declared.token().split(':').next().unwrap_or_default();
    let mut current = declared.option("parent");
    let mut option = declared.option("provider");
    for _ in 0..MAX_PARENTS {
        if let Some(option) = option {
            let provider = named(option).and_then(|name| program.resource(&name));
            let provider = provider.filter(|provider| provider.provides() == Some(package));
            return provider.map_or(Provided::ByOther(option), Provided::By);
        }
        let Some(parent) = current else {
            return program.default_provider(package).map_or(Provided::ByProgram, Provided::By);
        };
        // A component may have providers of its own.
        let Some(above) = named(parent)
            .and_then(|name| program.resource(&name))
            .filter(|above| above.resource_type().is_some())
        else {
            return Provided::ByOther(parent);
        };
        option = above.option("provider");
        current = above.option("parent");
    }
    current.map_or(Provided::ByProgram, Provided::ByOther)
}

fn of_provider<'v>(provider: &Declared<'v>) -> Placement<'v> {
    let header = provider.entry.key.span;
    let written = properties(provider);
    let region = written.and_then(|map| map.get("region"));
    let region = match region {
        Some(region) => plain(&region.value, "the region of the provider"),
        None => Value::unknown(header, "the region of the provider"),
    };
    let accounts =
        written.and_then(|map| map.get("allowedAccountIds")).and_then(|entry| entry.value.as_list());
    let account = match accounts {
        Some([account]) => plain(account, "the account of the provider"),
        _ => Value::unknown(header, "the account of the provider"),
    };
    let added = written
        .and_then(|map| map.get("defaultTags"))
        .map(|entry| ProviderTags::Adds(entry.value.get("tags").unwrap_or(&entry.value)));
    let ignored = written.and_then(|map| map.get("ignoreTags"));
    let tags = ignored.map(|entry| ProviderTags::Unknown(entry.key.span)).or(added);
    Placement { provider: Some(provider.name()), region: Some(region), account: Some(account), tags }
}

fn properties<'v>(declared: &Declared<'v>) -> Option<&'v Map> {
    declared.member("properties")?.as_map()
}

/// A text that is written out, or what is not known.
fn plain(value: &Value, reason: &str) -> Value {
    match value.as_str() {
        Some(text) if text.len() <= MAX_LENGTH && !text.contains('$') => value.clone(),
        _ => Value::unknown(value.span, reason),
    }
}

/// The name in a text that is one reference to a resource: `${name}`.
pub fn named(value: &Value) -> Option<String> {
    let Kind::Text(text) = &value.kind else { return None };
    let [Part::Literal(literal)] = text.parts.as_slice() else { return None };
    match segments(&literal.text)?.as_slice() {
        [only] => match &only.holds {
            Held::Access(steps) => match steps.as_slice() {
                [Step::Name(name)] => Some(name.clone()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
