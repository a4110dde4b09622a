//! The resource types of Pulumi's providers `aws` and `aws-native`, by their short tokens.

use super::attributes::{self, Attributes};
use super::members::{self, Member};
use super::resource_type::Type;
use crate::spec::{Case, Spelling, Style};
use crate::value::ResourceKind::{
    self, Bucket, BucketEncryption, BucketPolicy, BucketPublicAccessBlock, DeliverySource,
    LogDeliveryConfiguration, LogGroup, LogResourcePolicy, Other, Stream, UserPool,
};

type Exceptions = &'static [(&'static str, &'static str)];

const fn aws(
    names: &'static [&'static str],
    kind: ResourceKind,
    members: &'static [Member],
    exceptions: Exceptions,
    attributes: Attributes,
) -> Type {
    let spelling = Spelling { case: Case::Camel, exceptions, style: Style::TagMap };
    let blocks = !matches!(kind, LogDeliveryConfiguration);
    Type { names, kind, spelling, members, ignored: &["region"], optional: &[], blocks, attributes }
}

const fn native(
    names: &'static [&'static str],
    kind: ResourceKind,
    members: &'static [Member],
    exceptions: Exceptions,
    attributes: Attributes,
) -> Type {
    let spelling = Spelling { case: Case::Camel, exceptions, style: Style::Members };
    Type {
        names,
        kind,
        spelling,
        members,
        ignored: &[],
        optional: &["LogConfigurations"],
        blocks: false,
        attributes,
    }
}

const fn other(names: &'static [&'static str], attributes: Attributes) -> Type {
    native(names, Other, &[], &[], attributes)
}

const BUCKET: Exceptions = &[
    ("BucketName", "bucket"),
    ("BucketEncryption", "serverSideEncryptionConfiguration"),
    ("ServerSideEncryptionConfiguration", "rule"),
    ("ServerSideEncryptionByDefault", "applyServerSideEncryptionByDefault"),
    ("SSEAlgorithm", "sseAlgorithm"),
    ("KMSMasterKeyID", "kmsMasterKeyId"),
];
/// A bridge that knows no blocks made lists of all that Terraform writes as a block.
const BUCKET_V2: Exceptions = &[
    ("BucketName", "bucket"),
    ("BucketEncryption", "serverSideEncryptionConfigurations"),
    ("ServerSideEncryptionConfiguration", "rules"),
    ("ServerSideEncryptionByDefault", "applyServerSideEncryptionByDefaults"),
    ("SSEAlgorithm", "sseAlgorithm"),
    ("KMSMasterKeyID", "kmsMasterKeyId"),
];
const BUCKET_ENCRYPTION: Exceptions = &[
    ("ServerSideEncryptionConfiguration", "rules"),
    ("ServerSideEncryptionByDefault", "applyServerSideEncryptionByDefault"),
    ("SSEAlgorithm", "sseAlgorithm"),
    ("KMSMasterKeyID", "kmsMasterKeyId"),
];
const BUCKET_NATIVE: Exceptions = &[("SSEAlgorithm", "sseAlgorithm"), ("KMSMasterKeyID", "kmsMasterKeyId")];

pub const RESOURCES: &[Type] = &[
    aws(
        &["aws:cognito:LogDeliveryConfiguration"],
        LogDeliveryConfiguration,
        members::LOG_DELIVERY_CONFIGURATION,
        &[],
        &[],
    ),
    native(
        &["aws-native:cognito:LogDeliveryConfiguration"],
        LogDeliveryConfiguration,
        members::LOG_DELIVERY_CONFIGURATION,
        &[],
        &[],
    ),
    aws(
        &["aws:cognito:UserPool"],
        UserPool,
        members::USER_POOL,
        &[("UserPoolName", "name")],
        attributes::USER_POOL,
    ),
    native(&["aws-native:cognito:UserPool"], UserPool, members::USER_POOL, &[], attributes::USER_POOL_NATIVE),
    aws(
        &["aws:cloudwatch:LogGroup"],
        LogGroup,
        members::LOG_GROUP,
        &[("LogGroupName", "name")],
        attributes::LOG_GROUP,
    ),
    native(
        &["aws-native:logs:LogGroup"],
        LogGroup,
        members::LOG_GROUP_NATIVE,
        &[],
        attributes::LOG_GROUP_UNSURE,
    ),
    aws(&["aws:s3:Bucket"], Bucket, members::BUCKET, BUCKET, attributes::BUCKET),
    aws(&["aws:s3:BucketV2"], Bucket, members::BUCKET, BUCKET_V2, attributes::BUCKET),
    native(
        &["aws-native:s3:Bucket"],
        Bucket,
        members::BUCKET_NATIVE,
        BUCKET_NATIVE,
        attributes::BUCKET_NATIVE,
    ),
    aws(&["aws:s3:BucketPolicy"], BucketPolicy, members::BUCKET_POLICY, &[("PolicyDocument", "policy")], &[]),
    native(&["aws-native:s3:BucketPolicy"], BucketPolicy, members::BUCKET_POLICY, &[], &[]),
    aws(
        &[
            "aws:s3:BucketServerSideEncryptionConfiguration",
            "aws:s3:BucketServerSideEncryptionConfigurationV2",
        ],
        BucketEncryption,
        members::BUCKET_ENCRYPTION,
        BUCKET_ENCRYPTION,
        &[],
    ),
    aws(
        // Without a bucket, that of an account may be meant for any.
        &["aws:s3:BucketPublicAccessBlock", "aws:s3:AccountPublicAccessBlock"],
        BucketPublicAccessBlock,
        members::BUCKET_PUBLIC_ACCESS_BLOCK,
        &[],
        &[],
    ),
    aws(
        &["aws:kinesis:FirehoseDeliveryStream"],
        Stream,
        members::STREAM,
        &[("DeliveryStreamName", "name"), ("DeliveryStreamType", "kinesisSourceConfiguration")],
        attributes::STREAM,
    ),
    native(
        &["aws-native:kinesisfirehose:DeliveryStream"],
        Stream,
        members::STREAM_NATIVE,
        &[],
        attributes::STREAM_NATIVE,
    ),
    aws(&["aws:cloudwatch:LogResourcePolicy"], LogResourcePolicy, members::LOG_RESOURCE_POLICY, &[], &[]),
    native(&["aws-native:logs:ResourcePolicy"], LogResourcePolicy, members::LOG_RESOURCE_POLICY, &[], &[]),
    aws(&["aws:cloudwatch:LogDeliverySource"], DeliverySource, members::DELIVERY_SOURCE, &[], &[]),
    native(&["aws-native:logs:DeliverySource"], DeliverySource, members::DELIVERY_SOURCE, &[], &[]),
    other(&["aws:cognito:UserPoolClient"], attributes::USER_POOL_CLIENT),
    other(&["aws-native:cognito:UserPoolClient"], attributes::USER_POOL_CLIENT_NATIVE),
    other(&["aws:cognito:IdentityPool"], attributes::IDENTITY_POOL),
    other(&["aws-native:cognito:IdentityPool"], attributes::IDENTITY_POOL_NATIVE),
    other(&["aws:kinesis:Stream"], attributes::KINESIS),
    other(&["aws-native:kinesis:Stream"], attributes::KINESIS_NATIVE),
    other(&["aws:kms:Key", "aws-native:kms:Key"], attributes::KEY),
    other(&["aws:iam:Role", "aws-native:iam:Role"], attributes::ROLE),
    other(&["aws:lambda:Function", "aws-native:lambda:Function"], attributes::FUNCTION),
    other(&["aws:sns:Topic"], attributes::TOPIC),
    other(&["aws-native:sns:Topic"], attributes::TOPIC_NATIVE),
    other(&["aws:sqs:Queue", "aws-native:sqs:Queue"], attributes::QUEUE),
];
