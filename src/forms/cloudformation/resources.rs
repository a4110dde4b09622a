//! What each resource type's `Ref` and attributes yield.
//!
//! Source of the facts: the registry schemas' `primaryIdentifier` and `readOnlyProperties`, and the return values
//! in the CloudFormation template reference. What is not in the table is not known.

use std::sync::Arc;

use crate::forms::texts;
use crate::forms::yields::{self, Deployed};
use crate::text::Span;
use crate::value::{Holds, Reference, ResourceKind, Value};

pub const LOG_DELIVERY_CONFIGURATION: &str = "AWS::Cognito::LogDeliveryConfiguration";

const USER_POOL: &str = "AWS::Cognito::UserPool";
const USER_POOL_CLIENT: &str = "AWS::Cognito::UserPoolClient";
const LOG_GROUP: &str = "AWS::Logs::LogGroup";
const BUCKET: &str = "AWS::S3::Bucket";
const STREAM: &str = "AWS::KinesisFirehose::DeliveryStream";
const KINESIS: &str = "AWS::Kinesis::Stream";

#[must_use]
pub fn kind(resource_type: &str) -> ResourceKind {
    match resource_type {
        LOG_DELIVERY_CONFIGURATION => ResourceKind::LogDeliveryConfiguration,
        USER_POOL => ResourceKind::UserPool,
        LOG_GROUP => ResourceKind::LogGroup,
        BUCKET => ResourceKind::Bucket,
        STREAM => ResourceKind::Stream,
        "AWS::S3::BucketPolicy" => ResourceKind::BucketPolicy,
        "AWS::Logs::ResourcePolicy" => ResourceKind::LogResourcePolicy,
        "AWS::Logs::DeliverySource" => ResourceKind::DeliverySource,
        _ => ResourceKind::Other,
    }
}

/// Resource type, attribute (none for `Ref`), and the pattern of what it yields.
const YIELDS: &[(&str, &str, &str)] = &[
    (USER_POOL, "", "{n}"),
    (USER_POOL, "UserPoolId", "{n}"),
    (USER_POOL, "Arn", "arn:{p}:cognito-idp:{r}:{a}:userpool/{n}"),
    (USER_POOL, "ProviderName", "cognito-idp.{r}.amazonaws.com/{n}"),
    (USER_POOL, "ProviderURL", "https://cognito-idp.{r}.amazonaws.com/{n}"),
    (USER_POOL_CLIENT, "", "{c}"),
    (USER_POOL_CLIENT, "ClientId", "{c}"),
    ("AWS::Cognito::IdentityPool", "", "{r}:{u}"),
    (LOG_GROUP, "", "{n}"),
    (LOG_GROUP, "Arn", "arn:{p}:logs:{r}:{a}:log-group:{n}:*"),
    (BUCKET, "", "{n}"),
    (BUCKET, "Arn", "arn:{p}:s3:::{n}"),
    (BUCKET, "DomainName", "{n}.s3.{*}"),
    (BUCKET, "RegionalDomainName", "{n}.s3.{*}"),
    (BUCKET, "DualStackDomainName", "{n}.s3.{*}"),
    (BUCKET, "WebsiteURL", "http://{n}.{*}"),
    (STREAM, "", "{n}"),
    (STREAM, "Arn", "arn:{p}:firehose:{r}:{a}:deliverystream/{n}"),
    (KINESIS, "", "{s}"),
    (KINESIS, "Arn", "arn:{p}:kinesis:{r}:{a}:stream/{s}"),
    ("AWS::IAM::Role", "Arn", "arn:{p}:iam::{a}:role/{*}"),
    ("AWS::KMS::Key", "Arn", "arn:{p}:kms:{r}:{a}:key/{u}"),
    ("AWS::Lambda::Function", "Arn", "arn:{p}:lambda:{r}:{a}:function:{*}"),
    ("AWS::Serverless::Function", "Arn", "arn:{p}:lambda:{r}:{a}:function:{*}"),
    ("AWS::SNS::Topic", "", "arn:{p}:sns:{r}:{a}:{*}"),
    ("AWS::SNS::Topic", "TopicArn", "arn:{p}:sns:{r}:{a}:{*}"),
    ("AWS::SQS::Queue", "Arn", "arn:{p}:sqs:{r}:{a}:{*}"),
];

/// What `Ref` (attribute `""`) or an attribute of a resource yields, written at `span`.
#[must_use]
pub fn yields(resource_type: &str, logical_id: &str, attribute: &str, span: Span) -> Value {
    let row = YIELDS.iter().find(|(of, name, _)| *of == resource_type && *name == attribute);
    let reference = Reference { kind: kind(resource_type), resource: Arc::from(logical_id) };
    let reason = match attribute {
        "" => format!("the reference to {logical_id}"),
        _ => format!("the attribute {logical_id}.{attribute}"),
    };
    let pattern = row.map(|(_, _, pattern)| *pattern);
    if pattern.is_none() && attribute.is_empty() && !resource_type.is_empty() {
        // Whatever it refers to by, a resource is there.
        return texts::hole(Holds::Name(reference), span);
    }
    yields::yielded(pattern, reference, reason, span, &Deployed::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    #[test]
    fn the_arn_of_a_log_group_ends_in_a_wildcard() {
        let span = Span::new(SourceId(0), 0, 1);
        assert_eq!(yields::shown(&yields(LOG_GROUP, "Logs", "Arn", span)), "arn:_:logs:_:_:log-group:_:*");
    }

    #[test]
    fn every_pattern_of_the_table_is_well_formed() {
        for (resource_type, attribute, pattern) in YIELDS {
            assert!(yields::is_well_formed(pattern), "{resource_type} {attribute}");
        }
    }
}
