//! What the attributes of resources yield. Two tables a type where the providers differ.

/// Attributes in `snake_case`, and the patterns of what they yield, as `forms::yields` has them.
pub type Attributes = &'static [(&'static str, &'static str)];

pub const USER_POOL: Attributes = &[
    ("id", "{n}"),
    ("arn", "arn:{p}:cognito-idp:{r}:{a}:userpool/{n}"),
    ("endpoint", "cognito-idp.{r}.amazonaws.com/{n}"),
    ("name", "{*}"),
];
pub const USER_POOL_NATIVE: Attributes = &[
    ("id", "{n}"),
    ("user_pool_id", "{n}"),
    ("arn", "arn:{p}:cognito-idp:{r}:{a}:userpool/{n}"),
    ("provider_name", "cognito-idp.{r}.amazonaws.com/{n}"),
    ("provider_url", "https://cognito-idp.{r}.amazonaws.com/{n}"),
    ("user_pool_name", "{*}"),
];
pub const USER_POOL_CLIENT: Attributes = &[("id", "{c}")];
pub const USER_POOL_CLIENT_NATIVE: Attributes = &[("client_id", "{c}")];
pub const IDENTITY_POOL: Attributes =
    &[("id", "{r}:{u}"), ("arn", "arn:{p}:cognito-identity:{r}:{a}:identitypool/{r}:{u}")];
pub const IDENTITY_POOL_NATIVE: Attributes = &[("id", "{r}:{u}")];

/// Without the wildcard that the API adds: the provider takes it off.
pub const LOG_GROUP: Attributes =
    &[("id", "{n}"), ("name", "{n}"), ("arn", "arn:{p}:logs:{r}:{a}:log-group:{n}")];
pub const LOG_GROUP_NATIVE: Attributes =
    &[("id", "{n}"), ("log_group_name", "{n}"), ("arn", "arn:{p}:logs:{r}:{a}:log-group:{n}:*")];
/// Where it is not certain whether the wildcard is there.
pub const LOG_GROUP_UNSURE: Attributes = &[
    ("id", "{n}"),
    ("name", "{n}"),
    ("log_group_name", "{n}"),
    ("arn", "arn:{p}:logs:{r}:{a}:log-group:{n}{*}"),
];

pub const BUCKET: Attributes = &[
    ("id", "{n}"),
    ("bucket", "{n}"),
    ("arn", "arn:{p}:s3:::{n}"),
    ("bucket_domain_name", "{n}.s3.{*}"),
    ("bucket_regional_domain_name", "{n}.s3.{*}"),
];
pub const BUCKET_NATIVE: Attributes = &[
    ("id", "{n}"),
    ("bucket_name", "{n}"),
    ("arn", "arn:{p}:s3:::{n}"),
    ("domain_name", "{n}.s3.{*}"),
    ("regional_domain_name", "{n}.s3.{*}"),
    ("dual_stack_domain_name", "{n}.s3.{*}"),
    ("website_url", "http://{n}.{*}"),
];

pub const STREAM: Attributes = &[
    ("id", "arn:{p}:firehose:{r}:{a}:deliverystream/{n}"),
    ("arn", "arn:{p}:firehose:{r}:{a}:deliverystream/{n}"),
    ("name", "{n}"),
];
pub const STREAM_NATIVE: Attributes =
    &[("id", "{n}"), ("delivery_stream_name", "{n}"), ("arn", "arn:{p}:firehose:{r}:{a}:deliverystream/{n}")];
/// A stream of Kinesis itself, which no log is delivered to.
pub const KINESIS: Attributes = &[
    ("id", "arn:{p}:kinesis:{r}:{a}:stream/{s}"),
    ("arn", "arn:{p}:kinesis:{r}:{a}:stream/{s}"),
    ("name", "{s}"),
];
pub const KINESIS_NATIVE: Attributes =
    &[("id", "{s}"), ("name", "{s}"), ("arn", "arn:{p}:kinesis:{r}:{a}:stream/{s}")];

pub const KEY: Attributes = &[("id", "{u}"), ("key_id", "{u}"), ("arn", "arn:{p}:kms:{r}:{a}:key/{u}")];
pub const ROLE: Attributes = &[("arn", "arn:{p}:iam::{a}:role/{*}")];
pub const FUNCTION: Attributes = &[("arn", "arn:{p}:lambda:{r}:{a}:function:{*}")];
pub const TOPIC: Attributes = &[("id", "arn:{p}:sns:{r}:{a}:{*}"), ("arn", "arn:{p}:sns:{r}:{a}:{*}")];
pub const TOPIC_NATIVE: Attributes =
    &[("id", "arn:{p}:sns:{r}:{a}:{*}"), ("topic_arn", "arn:{p}:sns:{r}:{a}:{*}")];
pub const QUEUE: Attributes = &[("arn", "arn:{p}:sqs:{r}:{a}:{*}")];
