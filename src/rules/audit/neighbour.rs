//! What the resources around a configuration have: enough to tell a slip of the pen from a property of AWS.
//!
//! The names are those of CloudFormation's resource types. AWS adds to them, so one that is not here is wrong only if it
//! is nearly one that is.

use crate::value::ResourceKind;

/// The properties of a kind of resource.
pub fn members(kind: ResourceKind) -> &'static [&'static str] {
    match kind {
        ResourceKind::UserPool => USER_POOL,
        ResourceKind::LogGroup => LOG_GROUP,
        ResourceKind::Bucket => BUCKET,
        ResourceKind::Stream => STREAM,
        ResourceKind::DeliverySource => &["Name", "ResourceArn", "LogType", "Tags"],
        ResourceKind::Provider => &["Version"],
        _ => &[],
    }
}

/// The words that a property may be, by its name.
pub fn words(name: &str) -> &'static [&'static str] {
    match name {
        "UserPoolTier" => &["LITE", "ESSENTIALS", "PLUS"],
        "AdvancedSecurityMode" => &["OFF", "AUDIT", "ENFORCED"],
        "LogGroupClass" => &["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"],
        "DeliveryStreamType" => &["DirectPut", "KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource"],
        "SSEAlgorithm" => &["AES256", "aws:kms", "aws:kms:dsse"],
        "Effect" => &["Allow", "Deny"],
        _ => &[],
    }
}

/// All that is kept of a statement of a policy.
pub const STATEMENT: &[&str] = &["Effect", "Principal", "Action", "Resource"];
pub const PRINCIPAL: &[&str] = &["Service", "AWS"];

const USER_POOL: &[&str] = &[
    "AccountRecoverySetting",
    "AdminCreateUserConfig",
    "AliasAttributes",
    "AutoVerifiedAttributes",
    "DeletionProtection",
    "DeviceConfiguration",
    "EmailAuthenticationMessage",
    "EmailAuthenticationSubject",
    "EmailConfiguration",
    "EmailVerificationMessage",
    "EmailVerificationSubject",
    "EnabledMfas",
    "LambdaConfig",
    "MfaConfiguration",
    "Policies",
    "Schema",
    "SmsAuthenticationMessage",
    "SmsConfiguration",
    "SmsVerificationMessage",
    "UserAttributeUpdateSettings",
    "UserPoolAddOns",
    "UserPoolName",
    "UserPoolTags",
    "UserPoolTier",
    "UsernameAttributes",
    "UsernameConfiguration",
    "VerificationMessageTemplate",
    "WebAuthnRelyingPartyID",
    "WebAuthnUserVerification",
];

const LOG_GROUP: &[&str] = &[
    "DataProtectionPolicy",
    "DeletionProtectionEnabled",
    "FieldIndexPolicies",
    "KmsKeyId",
    "LogGroupClass",
    "LogGroupName",
    "ResourcePolicies",
    "ResourcePolicyDocument",
    "RetentionInDays",
    "Tags",
];

const BUCKET: &[&str] = &[
    "AbacStatus",
    "AccelerateConfiguration",
    "AccessControl",
    "AnalyticsConfigurations",
    "BucketEncryption",
    "BucketName",
    "BucketPolicy",
    "CorsConfiguration",
    "IntelligentTieringConfigurations",
    "InventoryConfigurations",
    "LifecycleConfiguration",
    "LoggingConfiguration",
    "MetadataConfiguration",
    "MetadataTableConfiguration",
    "MetricsConfigurations",
    "NotificationConfiguration",
    "ObjectLockConfiguration",
    "ObjectLockEnabled",
    "OwnershipControls",
    "PublicAccessBlockConfiguration",
    "ReplicationConfiguration",
    "Tags",
    "VersioningConfiguration",
    "WebsiteConfiguration",
];

const STREAM: &[&str] = &[
    "AmazonOpenSearchServerlessDestinationConfiguration",
    "AmazonopensearchserviceDestinationConfiguration",
    "DatabaseSourceConfiguration",
    "DeliveryStreamEncryptionConfigurationInput",
    "DeliveryStreamName",
    "DeliveryStreamType",
    "DirectPutSourceConfiguration",
    "ElasticsearchDestinationConfiguration",
    "ExtendedS3DestinationConfiguration",
    "HttpEndpointDestinationConfiguration",
    "IcebergDestinationConfiguration",
    "KinesisStreamSourceConfiguration",
    "MSKSourceConfiguration",
    "RedshiftDestinationConfiguration",
    "S3DestinationConfiguration",
    "SnowflakeDestinationConfiguration",
    "SplunkDestinationConfiguration",
    "Tags",
];
