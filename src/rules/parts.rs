//! The typed parts of a string: what stands where in an ARN, in the id of a user pool, in the name of a region.

use std::sync::{Arc, LazyLock};

use regex_lite::Regex;

use super::path::TypedPart;
use super::string::Str;
use super::verdict::Truth;
use crate::spec::Assumed;
use crate::value::ResourceKind;
use crate::value::shape::{has_holes, here, known};

/// Partitions, and what the names of their regions look like (botocore's `partitions.json`, the directions spelled
/// out: a region of a name like these may be new, one of another name is none).
const PARTITIONS: &[(&str, &str)] = &[
    (
        "aws",
        "(?:us|eu|ap|sa|ca|me|af|il|mx)-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-[0-9]+",
    ),
    ("aws-cn", "cn-(?:north|northwest|south|east|west|central)-[0-9]+"),
    ("aws-us-gov", "us-gov-(?:east|west)-[0-9]+"),
    ("aws-eusc", "eusc-de-(?:north|south|east|west|central)-[0-9]+"),
    ("aws-iso", "us-iso-(?:east|west)-[0-9]+"),
    ("aws-iso-b", "us-isob-(?:east|west)-[0-9]+"),
    ("aws-iso-e", "eu-isoe-(?:north|south|east|west|central)-[0-9]+"),
    ("aws-iso-f", "us-isof-(?:north|south|east|west)-[0-9]+"),
];

/// The partition that a region belongs to.
pub fn partition_of(region: &str) -> Option<&'static str> {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let groups: Vec<String> = PARTITIONS.iter().map(|(_, pattern)| format!("({pattern})")).collect();
        Regex::new(&format!("^(?:{})$", groups.join("|"))).ok()
    });
    let found = PATTERN.as_ref()?.captures(region)?;
    let index = (1..found.len()).find(|index| found.get(*index).is_some())?;
    PARTITIONS.get(index - 1).map(|(partition, _)| *partition)
}

/// Where a part of a string is, as far as that is known.
#[derive(Debug)]
pub enum Located<'a> {
    Here(Str<'a>),
    Nowhere,
    Unknown,
}

impl<'a> From<Option<Str<'a>>> for Located<'a> {
    fn from(text: Option<Str<'a>>) -> Self {
        text.map_or(Self::Nowhere, Self::Here)
    }
}

/// Finds a part of a string.
pub fn locate<'a>(text: &Str<'a>, part: TypedPart) -> Located<'a> {
    match part {
        TypedPart::Arn => match text.starts_with("arn:") {
            Truth::True => Located::Here(text.clone()),
            Truth::False => Located::Nowhere,
            Truth::Unknown => Located::Unknown,
        },
        TypedPart::Partition if text.starts_with("arn:") != Truth::True => match text.literal() {
            Some(region) => {
                partition_of(&region).map(|partition| Str::derived(partition, text.span())).into()
            }
            None => Located::Unknown,
        },
        TypedPart::Region if text.starts_with("arn:") == Truth::False => region_of_pool(text),
        TypedPart::Partition => arn_part(text, 1),
        TypedPart::Service => arn_part(text, 2),
        TypedPart::Region => arn_part(text, 3),
        TypedPart::Account => arn_part(text, 4),
        TypedPart::Resource => arn_part(text, 5),
        TypedPart::LogGroupName => log_group_name(text),
        TypedPart::LogGroupSuffix => match behind(text, "log-group:") {
            Located::Here(rest) => up_to_end(&rest, ':'),
            other => other,
        },
        TypedPart::BucketName => match arn_part(text, 5) {
            Located::Here(resource) => match resource.split_once('/') {
                Some((name, _)) => Located::Here(name),
                None => Located::Here(resource),
            },
            other => other,
        },
        TypedPart::BucketPath => match arn_part(text, 5) {
            Located::Here(resource) => up_to_end(&resource, '/'),
            other => other,
        },
        TypedPart::StreamName => behind(text, "deliverystream/"),
    }
}

/// From a character on; unknown where a hole may hold that character.
fn up_to_end<'a>(text: &Str<'a>, c: char) -> Located<'a> {
    match text.starting_at(c) {
        Some(rest) => Located::Here(rest),
        None if text.hole_may_hold(c) => Located::Unknown,
        None => Located::Nowhere,
    }
}

/// The resource part of an ARN behind a prefix.
fn behind<'a>(text: &Str<'a>, prefix: &str) -> Located<'a> {
    match arn_part(text, 5) {
        Located::Here(resource) => match resource.starts_with(prefix) {
            Truth::True => resource.strip_prefix(prefix).map_or(Located::Unknown, Located::Here),
            Truth::False => Located::Nowhere,
            Truth::Unknown => Located::Unknown,
        },
        other => other,
    }
}

fn region_of_pool<'a>(text: &Str<'a>) -> Located<'a> {
    match text.rsplit_once('_') {
        Some((region, rest)) if !region.has_holes() && !rest.hole_may_hold('_') => Located::Here(region),
        None if !text.has_holes() => Located::Nowhere,
        _ => Located::Unknown,
    }
}

/// The name of the log group that an ARN, or a reference to a group, names.
fn log_group_name<'a>(text: &Str<'a>) -> Located<'a> {
    if text.only_reference().is_some_and(|reference| reference.kind == ResourceKind::LogGroup) {
        return Located::Here(text.clone());
    }
    match behind(text, "log-group:") {
        Located::Here(rest) => match rest.split_once(':') {
            Some((name, _)) => Located::Here(name),
            None => Located::Here(rest),
        },
        other => other,
    }
}

/// A part of an ARN, counted from 0: `arn`, partition, service, region, account, resource.
///
/// A hole that may hold colons makes the parts from there on unknown, unless what follows it stands where it must
/// in an ARN of its service.
fn arn_part<'a>(text: &Str<'a>, index: usize) -> Located<'a> {
    match text.starts_with("arn:") {
        Truth::True => {}
        Truth::False => return Located::Nowhere,
        Truth::Unknown => return Located::Unknown,
    }
    let parts = arn_parts(text);
    let loose = parts.iter().take(5).position(|part| part.hole_may_hold(':'));
    let certain = loose.is_none_or(|loose| index < loose || is_consistent(&parts));
    match parts.into_iter().nth(index) {
        Some(part) if certain => Located::Here(part),
        None if loose.is_none() => Located::Nowhere,
        _ => Located::Unknown,
    }
}

/// At most six parts; fewer if there are not so many colons.
fn arn_parts<'a>(text: &Str<'a>) -> Vec<Str<'a>> {
    let mut parts = Vec::with_capacity(6);
    let mut rest = text.clone();
    while parts.len() < 5
        && let Some((part, behind)) = rest.split_once(':')
    {
        parts.push(part);
        rest = behind;
    }
    parts.push(rest);
    parts
}

fn is_consistent(parts: &[Str<'_>]) -> bool {
    let [_, _, service, region, account, resource] = parts else { return false };
    let begins = |prefix: &str| resource.starts_with(prefix) == Truth::True;
    match service.literal().as_deref() {
        Some("logs") => begins("log-group"),
        Some("firehose") => begins("deliverystream"),
        Some("kinesis") => begins("stream/"),
        Some("s3") => region.is_empty() && account.is_empty(),
        _ => false,
    }
}

/// The literal name in an ARN that surely lies in the region and account of its unit.
pub fn own_name(text: &Str<'_>, kind: ResourceKind, assumed: &Assumed) -> Option<String> {
    let parts = arn_parts(text);
    let is_here = |index: usize, assumed: &Option<Arc<str>>| {
        let part = parts.get(index);
        let is_assumed =
            |part: &Str<'_>| assumed.is_some() && part.literal().as_deref() == assumed.as_deref();
        part.is_some_and(|part| part.is_deployed_to() || is_assumed(part))
    };
    let here = is_here(3, &assumed.region) && is_here(4, &assumed.account);
    let located = match kind {
        ResourceKind::LogGroup if here => log_group_name(text),
        ResourceKind::Stream if here => locate(text, TypedPart::StreamName),
        ResourceKind::Bucket => locate(text, TypedPart::BucketName),
        _ => return None,
    };
    match located {
        Located::Here(name) => name.literal(),
        Located::Nowhere | Located::Unknown => None,
    }
}

/// The shape of the name in the shape of an ARN that surely lies in the region and account of its unit.
pub fn own_shape(arn: &str, kind: ResourceKind) -> Option<&str> {
    let (service, before, other) = match kind {
        ResourceKind::LogGroup => (format!(":logs:{}:", here()), "log-group:", &[':', '*'][..]),
        ResourceKind::Stream => (format!(":firehose:{}:", here()), "deliverystream/", &[':', '*', '/'][..]),
        ResourceKind::Bucket => (":s3:::".to_owned(), "", &[':', '*', '/'][..]),
        _ => return None,
    };
    let (partition, rest) = arn.strip_prefix("arn:")?.split_once(&service)?;
    let name = rest.strip_prefix(before).filter(|name| has_holes(name))?;
    // What follows the name may be more than that.
    (!partition.contains(':') && !known(name).contains(other)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::partition_of;

    #[test]
    fn a_region_tells_its_partition() {
        let cases = [
            ("eu-west-1", Some("aws")),
            ("us-gov-west-1", Some("aws-us-gov")),
            ("cn-northwest-1", Some("aws-cn")),
            ("eusc-de-east-1", Some("aws-eusc")),
            ("us-isob-east-1", Some("aws-iso-b")),
            ("us-esat-1", None),
            ("eu-west-1a", None),
            ("aws-global", None),
            ("", None),
        ];
        for (region, partition) in cases {
            assert_eq!(partition_of(region), partition, "{region}");
        }
    }
}
