//! The members of the resources around a configuration that every form brings into the canonical shape.

use crate::value::ResourceKind;

/// What the properties of a resource say of members that are not in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coverage {
    /// They are not written.
    All,
    /// Those that [`is_translated`] are not written; of others nothing is known.
    Translated,
    /// Nothing.
    Written,
}

/// The members of a kind of resource that all forms have in one shape, with dots between names. What lies in the last
/// one is in one shape as well.
#[must_use]
pub fn translated(kind: ResourceKind) -> &'static [&'static str] {
    match kind {
        ResourceKind::UserPool => &["UserPoolName", "UserPoolTier", "UserPoolAddOns.AdvancedSecurityMode"],
        ResourceKind::LogGroup => {
            &["LogGroupName", "RetentionInDays", "KmsKeyId", "LogGroupClass", "Tags", "ResourcePolicies"]
        }
        ResourceKind::Bucket => &[
            "BucketName",
            "BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.SSEAlgorithm",
            "BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID",
            "BucketPolicy",
            "PublicAccessBlockConfiguration.BlockPublicAcls",
            "PublicAccessBlockConfiguration.BlockPublicPolicy",
            "PublicAccessBlockConfiguration.IgnorePublicAcls",
            "PublicAccessBlockConfiguration.RestrictPublicBuckets",
            "Tags",
        ],
        ResourceKind::Stream => &[
            "DeliveryStreamName",
            "DeliveryStreamType",
            "KinesisStreamSourceConfiguration",
            "MSKSourceConfiguration",
            "Tags",
        ],
        ResourceKind::DeliverySource => &["Name", "ResourceArn", "LogType"],
        ResourceKind::Provider => &["Version"],
        _ => &[],
    }
}

/// Whether all forms have a member of a kind of resource in one shape, by its JSON pointer.
#[must_use]
pub fn is_translated(kind: ResourceKind, pointer: &str) -> bool {
    let is_name = |step: &&str| !step.is_empty() && !step.bytes().all(|byte| byte.is_ascii_digit());
    let steps = pointer.split('/').filter(is_name);
    // One is the beginning of the other.
    translated(kind).iter().any(|known| known.split('.').zip(steps.clone()).all(|(one, other)| one == other))
}
