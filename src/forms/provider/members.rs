//! The members that are looked at, in the canonical names, and how the providers write them.

/// A member of the canonical shape.
#[derive(Debug)]
pub struct Member {
    /// Its canonical name; the type's spelling says what it is called there.
    pub name: &'static str,
    pub shape: Shape,
}

/// How a member is written, and what becomes of it.
#[derive(Debug)]
pub enum Shape {
    /// As it is.
    Plain,
    /// A name, or a prefix of it under the key that is spelled as this one.
    Name { prefix: &'static str },
    /// A number of days, of which 0 means no end and is the same as none.
    Days,
    /// A mapping, or a list of mappings of `key` and `value`. Where `all` is written (a plan has it), it is taken.
    Tags { all: Option<&'static str> },
    /// One mapping.
    One(&'static [Member]),
    /// A list of mappings.
    Many(&'static [Member]),
    /// A word that is said by the presence of a key, which is spelled as the first of each pair.
    Presence(&'static [(&'static str, &'static str)]),
}

const fn plain(name: &'static str) -> Member {
    Member { name, shape: Shape::Plain }
}

const fn one(name: &'static str, members: &'static [Member]) -> Member {
    Member { name, shape: Shape::One(members) }
}

const fn many(name: &'static str, members: &'static [Member]) -> Member {
    Member { name, shape: Shape::Many(members) }
}

const TAGS: Member = Member { name: "Tags", shape: Shape::Tags { all: None } };
const TAGS_OR_ALL: Member = Member { name: "Tags", shape: Shape::Tags { all: Some("TagsAll") } };

pub const LOG_DELIVERY_CONFIGURATION: &[Member] = &[
    plain("UserPoolId"),
    many(
        "LogConfigurations",
        &[
            plain("EventSource"),
            plain("LogLevel"),
            one("CloudWatchLogsConfiguration", &[plain("LogGroupArn")]),
            one("S3Configuration", &[plain("BucketArn")]),
            one("FirehoseConfiguration", &[plain("StreamArn")]),
        ],
    ),
];

/// The names of all these members, at whatever depth.
pub const DELIVERY_NAMES: &[&str] = &[
    "UserPoolId",
    "LogConfigurations",
    "EventSource",
    "LogLevel",
    "CloudWatchLogsConfiguration",
    "LogGroupArn",
    "S3Configuration",
    "BucketArn",
    "FirehoseConfiguration",
    "StreamArn",
];

pub const USER_POOL: &[Member] =
    &[plain("UserPoolName"), plain("UserPoolTier"), one("UserPoolAddOns", &[plain("AdvancedSecurityMode")])];

pub const LOG_GROUP: &[Member] = &[
    Member { name: "LogGroupName", shape: Shape::Name { prefix: "NamePrefix" } },
    Member { name: "RetentionInDays", shape: Shape::Days },
    plain("KmsKeyId"),
    plain("LogGroupClass"),
    TAGS_OR_ALL,
];
pub const LOG_GROUP_NATIVE: &[Member] =
    &[plain("LogGroupName"), plain("RetentionInDays"), plain("KmsKeyId"), plain("LogGroupClass"), TAGS];

const ENCRYPTION: Member = many(
    "ServerSideEncryptionConfiguration",
    &[one("ServerSideEncryptionByDefault", &[plain("SSEAlgorithm"), plain("KMSMasterKeyID")])],
);
const PUBLIC_ACCESS: [Member; 4] = [
    plain("BlockPublicAcls"),
    plain("BlockPublicPolicy"),
    plain("IgnorePublicAcls"),
    plain("RestrictPublicBuckets"),
];

pub const BUCKET: &[Member] = &[
    Member { name: "BucketName", shape: Shape::Name { prefix: "BucketPrefix" } },
    one("BucketEncryption", &[ENCRYPTION]),
    TAGS_OR_ALL,
];
pub const BUCKET_NATIVE: &[Member] = &[
    plain("BucketName"),
    one("BucketEncryption", &[ENCRYPTION]),
    one("PublicAccessBlockConfiguration", &PUBLIC_ACCESS),
    TAGS,
];
pub const BUCKET_ENCRYPTION: &[Member] = &[plain("Bucket"), ENCRYPTION];
pub const BUCKET_POLICY: &[Member] = &[plain("Bucket"), plain("PolicyDocument")];
pub const BUCKET_PUBLIC_ACCESS_BLOCK: &[Member] = {
    let [acls, policy, ignored, restricted] = PUBLIC_ACCESS;
    &[plain("Bucket"), acls, policy, ignored, restricted]
};

/// What feeds the stream is a block of its own; without one the stream takes direct puts.
pub const STREAM: &[Member] = &[
    plain("DeliveryStreamName"),
    Member {
        name: "DeliveryStreamType",
        shape: Shape::Presence(&[
            ("KinesisSourceConfiguration", "KinesisStreamAsSource"),
            ("MskSourceConfiguration", "MSKAsSource"),
        ]),
    },
    TAGS_OR_ALL,
];
pub const STREAM_NATIVE: &[Member] = &[
    plain("DeliveryStreamName"),
    plain("DeliveryStreamType"),
    plain("KinesisStreamSourceConfiguration"),
    plain("MSKSourceConfiguration"),
    TAGS,
];

pub const LOG_RESOURCE_POLICY: &[Member] = &[plain("PolicyName"), plain("PolicyDocument")];
pub const DELIVERY_SOURCE: &[Member] = &[plain("Name"), plain("ResourceArn"), plain("LogType")];
