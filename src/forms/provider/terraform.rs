//! The resource types and data sources of Terraform's providers `aws` and `awscc`.

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
    let spelling = Spelling { case: Case::Snake, exceptions, style: Style::Blocks };
    Type { names, kind, spelling, members, ignored: &["region"], optional: &[], blocks: true, attributes }
}

/// Its nested members are attributes, not blocks.
const fn awscc(
    names: &'static [&'static str],
    kind: ResourceKind,
    members: &'static [Member],
    exceptions: Exceptions,
    attributes: Attributes,
) -> Type {
    let spelling = Spelling { case: Case::Snake, exceptions, style: Style::Members };
    let ignored = &["id", "log_delivery_configuration_id"];
    Type {
        names,
        kind,
        spelling,
        members,
        ignored,
        optional: &["LogConfigurations"],
        blocks: false,
        attributes,
    }
}

const fn other(names: &'static [&'static str], attributes: Attributes) -> Type {
    aws(names, Other, &[], &[], attributes)
}

const fn data(name: &'static [&'static str], kind: ResourceKind, attributes: Attributes) -> Type {
    aws(name, kind, &[], &[], attributes)
}

const BUCKET_ENCRYPTION: Exceptions = &[
    ("BucketName", "bucket"),
    ("BucketEncryption", "server_side_encryption_configuration"),
    ("ServerSideEncryptionConfiguration", "rule"),
    ("ServerSideEncryptionByDefault", "apply_server_side_encryption_by_default"),
];

pub const RESOURCES: &[Type] = &[
    aws(
        &["aws_cognito_log_delivery_configuration"],
        LogDeliveryConfiguration,
        members::LOG_DELIVERY_CONFIGURATION,
        &[],
        &[],
    ),
    awscc(
        &["awscc_cognito_log_delivery_configuration"],
        LogDeliveryConfiguration,
        members::LOG_DELIVERY_CONFIGURATION,
        &[("CloudWatchLogsConfiguration", "cloudwatch_logs_configuration")],
        &[],
    ),
    aws(
        &["aws_cognito_user_pool"],
        UserPool,
        members::USER_POOL,
        &[("UserPoolName", "name")],
        attributes::USER_POOL,
    ),
    awscc(&["awscc_cognito_user_pool"], UserPool, members::USER_POOL, &[], attributes::USER_POOL_NATIVE),
    aws(
        &["aws_cloudwatch_log_group"],
        LogGroup,
        members::LOG_GROUP,
        &[("LogGroupName", "name")],
        attributes::LOG_GROUP,
    ),
    awscc(&["awscc_logs_log_group"], LogGroup, members::LOG_GROUP_NATIVE, &[], attributes::LOG_GROUP_NATIVE),
    aws(&["aws_s3_bucket"], Bucket, members::BUCKET, BUCKET_ENCRYPTION, attributes::BUCKET),
    awscc(&["awscc_s3_bucket"], Bucket, members::BUCKET_NATIVE, &[], attributes::BUCKET_NATIVE),
    aws(
        &["aws_s3_bucket_policy"],
        BucketPolicy,
        members::BUCKET_POLICY,
        &[("PolicyDocument", "policy")],
        &[],
    ),
    awscc(&["awscc_s3_bucket_policy"], BucketPolicy, members::BUCKET_POLICY, &[], &[]),
    aws(
        &["aws_s3_bucket_server_side_encryption_configuration"],
        BucketEncryption,
        members::BUCKET_ENCRYPTION,
        BUCKET_ENCRYPTION,
        &[],
    ),
    aws(
        // Without a bucket, that of an account may be meant for any.
        &["aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"],
        BucketPublicAccessBlock,
        members::BUCKET_PUBLIC_ACCESS_BLOCK,
        &[],
        &[],
    ),
    aws(
        &["aws_kinesis_firehose_delivery_stream"],
        Stream,
        members::STREAM,
        &[("DeliveryStreamName", "name"), ("DeliveryStreamType", "kinesis_source_configuration")],
        attributes::STREAM,
    ),
    awscc(
        &["awscc_kinesisfirehose_delivery_stream"],
        Stream,
        members::STREAM_NATIVE,
        &[],
        attributes::STREAM_NATIVE,
    ),
    aws(&["aws_cloudwatch_log_resource_policy"], LogResourcePolicy, members::LOG_RESOURCE_POLICY, &[], &[]),
    awscc(&["awscc_logs_resource_policy"], LogResourcePolicy, members::LOG_RESOURCE_POLICY, &[], &[]),
    aws(&["aws_cloudwatch_log_delivery_source"], DeliverySource, members::DELIVERY_SOURCE, &[], &[]),
    awscc(&["awscc_logs_delivery_source"], DeliverySource, members::DELIVERY_SOURCE, &[], &[]),
    other(&["aws_cognito_user_pool_client"], attributes::USER_POOL_CLIENT),
    other(&["awscc_cognito_user_pool_client"], attributes::USER_POOL_CLIENT_NATIVE),
    other(&["aws_cognito_identity_pool"], attributes::IDENTITY_POOL),
    other(&["awscc_cognito_identity_pool"], attributes::IDENTITY_POOL_NATIVE),
    other(&["aws_kinesis_stream"], attributes::KINESIS),
    other(&["awscc_kinesis_stream"], attributes::KINESIS_NATIVE),
    other(&["aws_kms_key", "awscc_kms_key"], attributes::KEY),
    other(&["aws_iam_role", "awscc_iam_role"], attributes::ROLE),
    other(&["aws_lambda_function", "awscc_lambda_function"], attributes::FUNCTION),
    other(&["aws_sns_topic"], attributes::TOPIC),
    other(&["awscc_sns_topic"], attributes::TOPIC_NATIVE),
    other(&["aws_sqs_queue", "awscc_sqs_queue"], attributes::QUEUE),
];

pub const DATA_SOURCES: &[Type] = &[
    data(&["aws_cognito_user_pool"], UserPool, attributes::USER_POOL),
    data(&["aws_cloudwatch_log_group"], LogGroup, attributes::LOG_GROUP_UNSURE),
    data(&["aws_s3_bucket"], Bucket, attributes::BUCKET),
    data(&["aws_kinesis_firehose_delivery_stream"], Stream, attributes::STREAM),
    data(&["aws_kinesis_stream"], Other, attributes::KINESIS),
    data(&["aws_kms_key"], Other, attributes::KEY),
    data(&["aws_iam_role"], Other, attributes::ROLE),
    data(&["aws_lambda_function"], Other, attributes::FUNCTION),
    data(&["aws_sns_topic"], Other, attributes::TOPIC),
    data(&["aws_sqs_queue"], Other, attributes::QUEUE),
];
