//! What the providers of Terraform (`aws`, `awscc`) and Pulumi (`aws`, `aws-native`) call resource types, their members
//! and their attributes, and how that becomes the canonical shape.
//!
//! Pulumi's `aws` is made from Terraform's and `aws-native` from the registry that `awscc` is made from too: what one
//! says in `snake_case` the other says in `camelCase`. Source of the facts: the providers' schemas and documentation.
//! What is not in the tables is not known.

mod attributes;
pub mod canonical;
pub mod ignored;
mod members;
mod pulumi;
pub mod resource_type;
mod terraform;

use self::resource_type::Type;

/// The type of a `resource` in Terraform: `aws_s3_bucket`.
#[must_use]
pub fn terraform(resource_type: &str) -> Option<&'static Type> {
    named(terraform::RESOURCES, resource_type)
}

/// The type of a `data` source in Terraform: `aws_s3_bucket`.
#[must_use]
pub fn data_source(data_type: &str) -> Option<&'static Type> {
    named(terraform::DATA_SOURCES, data_type)
}

/// The type of a token in Pulumi, short (`aws:s3:Bucket`) or in full (`aws:s3/bucket:Bucket`).
#[must_use]
pub fn pulumi(token: &str) -> Option<&'static Type> {
    let mut parts = token.split(':');
    let (package, module, name) = (parts.next()?, parts.next()?, parts.next()?);
    let module = match module.split_once('/') {
        Some((module, file)) if file.eq_ignore_ascii_case(name) => module,
        Some(_) => return None,
        None => module,
    };
    let short = format!("{package}:{module}:{name}");
    named(pulumi::RESOURCES, &short).filter(|_| parts.next().is_none())
}

fn named(types: &'static [Type], name: &str) -> Option<&'static Type> {
    types.iter().find(|known| known.names.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::members::{Member, Shape};
    use super::*;
    use crate::forms::yields::{self, Deployed};
    use crate::spec::members::{is_translated, translated};
    use crate::syntax;
    use crate::text::{Source, SourceId, Span};
    use crate::value::{ResourceKind, Value};

    fn all() -> impl Iterator<Item = &'static Type> {
        terraform::RESOURCES.iter().chain(terraform::DATA_SOURCES).chain(pulumi::RESOURCES)
    }

    fn shown(of: Option<&Type>, attribute: &str) -> String {
        let span = Span::new(SourceId(0), 0, 1);
        yields::shown(&of.unwrap().yields("logs", attribute, span, &Deployed::default()))
    }

    #[test]
    fn a_token_is_known_in_full_and_in_short() {
        for token in ["aws:cognito:LogDeliveryConfiguration", "aws-native:cognito:LogDeliveryConfiguration"] {
            assert_eq!(pulumi(token).map(|of| of.kind), Some(ResourceKind::LogDeliveryConfiguration));
        }
        let full = "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration";
        assert_eq!(pulumi(full).map(|of| of.kind), Some(ResourceKind::LogDeliveryConfiguration));
        for other in [
            "aws:cognito/getUserPool:UserPool",
            "aws:cognito:UserPool:x",
            "aws:cognito",
            "azure:cognito:UserPool",
        ] {
            assert!(pulumi(other).is_none(), "{other}");
        }
    }

    #[test]
    fn only_some_providers_give_a_log_group_a_wildcard() {
        let plain = "arn:_:logs:_:_:log-group:_";
        assert_eq!(shown(terraform("aws_cloudwatch_log_group"), "arn"), plain);
        assert_eq!(shown(pulumi("aws:cloudwatch:LogGroup"), "arn"), plain);
        assert_eq!(shown(terraform("awscc_logs_log_group"), "arn"), format!("{plain}:*"));
        // These are not certain: what follows the name may be anything.
        assert_eq!(shown(data_source("aws_cloudwatch_log_group"), "arn"), format!("{plain}_"));
        assert_eq!(shown(pulumi("aws-native:logs:LogGroup"), "arn"), format!("{plain}_"));
    }

    #[test]
    fn pulumi_says_in_camel_case_what_terraform_says_in_snake_case() {
        let bucket = pulumi("aws:s3:BucketV2");
        assert_eq!(shown(bucket, "bucketRegionalDomainName"), "_.s3._");
        assert_eq!(shown(bucket, "bucket_regional_domain_name"), "unknown");
        assert_eq!(shown(terraform("aws_s3_bucket"), "bucket_regional_domain_name"), "_.s3._");
    }

    #[test]
    fn the_tables_are_well_formed() {
        let mut names: Vec<&str> =
            terraform::RESOURCES.iter().chain(pulumi::RESOURCES).flat_map(|of| of.names).copied().collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "a name stands twice");
        for of in all() {
            for (attribute, pattern) in of.attributes {
                assert!(yields::is_well_formed(pattern), "{:?} {attribute}", of.names);
            }
            let matters = of.kind != ResourceKind::Other;
            assert!(matters || of.members.is_empty(), "{:?}: nobody looks at its members", of.names);
        }
    }

    fn read(text: &str) -> Value {
        syntax::parse(&Source::new(SourceId(0), "test", text)).documents.remove(0).root
    }

    /// Members of the canonical shape, with dots between names.
    fn dotted(members: &[Member], prefix: &str) -> Vec<String> {
        let dotted = |member: &Member| {
            let name = format!("{prefix}{}", member.name);
            match member.shape {
                Shape::One(members) | Shape::Many(members) => self::dotted(members, &format!("{name}.")),
                _ => vec![name],
            }
        };
        members.iter().flat_map(dotted).collect()
    }

    #[test]
    fn what_is_said_to_be_translated_is_in_the_tables() {
        use ResourceKind::{
            Bucket, BucketEncryption, BucketPublicAccessBlock, DeliverySource, LogGroup, Stream, UserPool,
        };
        // What is a resource of its own, or comes to a neighbour from one.
        let attached = ["BucketPolicy", "ResourcePolicies"];
        for kind in [UserPool, LogGroup, Bucket, Stream, DeliverySource] {
            let types = all().filter(|of| of.kind == kind);
            let mut in_tables: Vec<String> = types.flat_map(|of| dotted(of.members, "")).collect();
            in_tables.sort_unstable();
            in_tables.dedup();
            let mut said: Vec<&str> = translated(kind).to_vec();
            said.retain(|name| !attached.contains(name));
            said.sort_unstable();
            assert_eq!(said, in_tables, "{kind:?}");
        }
        for (kind, member) in [
            (BucketEncryption, "BucketEncryption"),
            (BucketPublicAccessBlock, "PublicAccessBlockConfiguration"),
        ] {
            for name in all().filter(|of| of.kind == kind).flat_map(|of| dotted(of.members, "")) {
                assert!(
                    name == "Bucket"
                        || is_translated(Bucket, &format!("/{member}/{}", name.replace('.', "/0/")))
                );
            }
        }
        assert!(is_translated(LogGroup, "/Tags/0/Key") && is_translated(UserPool, "/UserPoolAddOns"));
        assert!(
            !is_translated(LogGroup, "/DataProtectionPolicy")
                && !is_translated(UserPool, "/UserPoolAddOns/X")
        );
    }

    /// A member written in the words of the provider, and in the canonical ones.
    fn both_ways(of: &Type, member: &Member) -> (String, String) {
        let spelled = of.spelling.of(member.name);
        let (written, canonical) = match member.shape {
            Shape::One(members) | Shape::Many(members) => {
                let (written, canonical): (Vec<_>, Vec<_>) =
                    members.iter().map(|member| both_ways(of, member)).unzip();
                let (written, canonical) =
                    (format!("{{{}}}", written.join(", ")), format!("{{{}}}", canonical.join(", ")));
                match member.shape {
                    Shape::Many(_) => (format!("[{written}]"), format!("[{canonical}]")),
                    _ => (written, canonical),
                }
            }
            Shape::Presence(words) => ("{a: b}".to_owned(), words[0].1.to_owned()),
            Shape::Tags { .. } => ("{a: b}".to_owned(), "[{Key: a, Value: b}]".to_owned()),
            Shape::Plain | Shape::Name { .. } | Shape::Days => ("x".to_owned(), "x".to_owned()),
        };
        (format!("{spelled}: {written}"), format!("{}: {canonical}", member.name))
    }

    #[test]
    fn the_spelling_of_each_member_leads_back_to_it() {
        for of in terraform::RESOURCES.iter().chain(pulumi::RESOURCES) {
            for member in of.members {
                let (written, canonical) = both_ways(of, member);
                let found = yields::shown(&of.canonical(read(&format!("{{{written}}}"))));
                assert_eq!(found, format!("{{{canonical}}}"), "{:?}", of.names);
            }
        }
    }
}
