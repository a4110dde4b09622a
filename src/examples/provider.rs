//! What Terraform's and Pulumi's providers call the members of an example: an account of its own, so that a mistake in
//! the tables of the forms does not go unseen.

/// The key under which an expression stands in the place of a value.
pub const EXPRESSION: &str = "!expression";

/// A provider, as one tool has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    Aws,
    Awscc,
    Pulumi,
    PulumiNative,
}

impl Provider {
    #[must_use]
    pub fn is_classic(self) -> bool {
        matches!(self, Self::Aws | Self::Pulumi)
    }

    #[must_use]
    pub fn is_terraform(self) -> bool {
        matches!(self, Self::Aws | Self::Awscc)
    }

    /// What a type of resource is called.
    #[must_use]
    pub fn type_of(self, kind: &str) -> Option<&'static str> {
        let types = match kind {
            "delivery" => [
                "aws_cognito_log_delivery_configuration",
                "awscc_cognito_log_delivery_configuration",
                "aws:cognito:LogDeliveryConfiguration",
                "aws-native:cognito:LogDeliveryConfiguration",
            ],
            "user_pool" => [
                "aws_cognito_user_pool",
                "awscc_cognito_user_pool",
                "aws:cognito:UserPool",
                "aws-native:cognito:UserPool",
            ],
            "log_group" => [
                "aws_cloudwatch_log_group",
                "awscc_logs_log_group",
                "aws:cloudwatch:LogGroup",
                "aws-native:logs:LogGroup",
            ],
            "bucket" => ["aws_s3_bucket", "awscc_s3_bucket", "aws:s3:Bucket", "aws-native:s3:Bucket"],
            "stream" => [
                "aws_kinesis_firehose_delivery_stream",
                "awscc_kinesisfirehose_delivery_stream",
                "aws:kinesis:FirehoseDeliveryStream",
                "aws-native:kinesisfirehose:DeliveryStream",
            ],
            "bucket_policy" => [
                "aws_s3_bucket_policy",
                "awscc_s3_bucket_policy",
                "aws:s3:BucketPolicy",
                "aws-native:s3:BucketPolicy",
            ],
            "log_resource_policy" => [
                "aws_cloudwatch_log_resource_policy",
                "awscc_logs_resource_policy",
                "aws:cloudwatch:LogResourcePolicy",
                "aws-native:logs:ResourcePolicy",
            ],
            "delivery_source" => [
                "aws_cloudwatch_log_delivery_source",
                "awscc_logs_delivery_source",
                "aws:cloudwatch:LogDeliverySource",
                "aws-native:logs:DeliverySource",
            ],
            _ => return None,
        };
        let index =
            [Self::Aws, Self::Awscc, Self::Pulumi, Self::PulumiNative].iter().position(|of| *of == self)?;
        types.get(index).copied()
    }

    /// The name of a member of a resource of a kind.
    #[must_use]
    pub fn spelled(self, kind: &str, member: &str) -> String {
        let snake = match (kind, member) {
            (_, "UserPoolId") => "user_pool_id",
            (_, "LogConfigurations") => "log_configurations",
            (_, "EventSource") => "event_source",
            (_, "LogLevel") => "log_level",
            (_, "CloudWatchLogsConfiguration") if self == Self::Awscc => "cloudwatch_logs_configuration",
            (_, "CloudWatchLogsConfiguration") => "cloud_watch_logs_configuration",
            (_, "S3Configuration") => "s3_configuration",
            (_, "FirehoseConfiguration") => "firehose_configuration",
            (_, "LogGroupArn") => "log_group_arn",
            (_, "BucketArn") => "bucket_arn",
            (_, "StreamArn") => "stream_arn",
            (_, "UserPoolTier") => "user_pool_tier",
            (_, "UserPoolAddOns") => "user_pool_add_ons",
            (_, "AdvancedSecurityMode") => "advanced_security_mode",
            ("log_group", "LogGroupName") | ("stream", "DeliveryStreamName") if self.is_classic() => "name",
            (_, "LogGroupName") => "log_group_name",
            (_, "DeliveryStreamName") => "delivery_stream_name",
            (_, "DeliveryStreamType") => "delivery_stream_type",
            (_, "RetentionInDays") => "retention_in_days",
            (_, "KmsKeyId") => "kms_key_id",
            (_, "LogGroupClass") => "log_group_class",
            (_, "BucketName") if self.is_classic() => "bucket",
            (_, "BucketName") => "bucket_name",
            (_, "Bucket") => "bucket",
            ("bucket_policy", "PolicyDocument") if self.is_classic() => "policy",
            (_, "PolicyDocument") => "policy_document",
            (_, "PolicyName") => "policy_name",
            (_, "Tags") => "tags",
            ("stream", "KinesisStreamSourceConfiguration") => "kinesis_stream_source_configuration",
            ("stream", "MSKSourceConfiguration") => "msk_source_configuration",
            ("stream", "KinesisStreamARN") => "kinesis_stream_arn",
            ("stream", "RoleARN") => "role_arn",
            ("stream" | "bucket" | "log_group", "Key") => "key",
            ("stream" | "bucket" | "log_group", "Value") => "value",
            ("delivery_source", "Name") => "name",
            ("delivery_source", "ResourceArn") => "resource_arn",
            ("delivery_source", "LogType") => "log_type",
            ("bucket", "BlockPublicAcls") => "block_public_acls",
            ("bucket", "BlockPublicPolicy") => "block_public_policy",
            ("bucket", "IgnorePublicAcls") => "ignore_public_acls",
            ("bucket", "RestrictPublicBuckets") => "restrict_public_buckets",
            ("bucket", "BucketEncryption") => "bucket_encryption",
            ("bucket", "PublicAccessBlockConfiguration") => "public_access_block_configuration",
            ("bucket", "ServerSideEncryptionConfiguration") if self.is_classic() => "rule",
            ("bucket", "ServerSideEncryptionConfiguration") => "server_side_encryption_configuration",
            ("bucket", "ServerSideEncryptionByDefault") if self.is_classic() => {
                "apply_server_side_encryption_by_default"
            }
            ("bucket", "ServerSideEncryptionByDefault") => "server_side_encryption_by_default",
            ("bucket", "SSEAlgorithm") => "sse_algorithm",
            ("bucket", "KMSMasterKeyID") => "kms_master_key_id",
            // What no provider has stays as it is.
            (_, other) => return other.to_owned(),
        };
        if self.is_terraform() { snake.to_owned() } else { camel(snake) }
    }

    /// What a reference to a resource of a kind is.
    #[must_use]
    pub fn reference(self, kind: &str, name: &str, what: &str) -> Option<String> {
        let attribute = match (kind, what) {
            ("user_pool", "id" | "name") if self == Self::Awscc => "user_pool_id",
            ("log_group" | "stream", "name") if self.is_classic() => "name",
            ("user_pool" | "log_group" | "bucket" | "stream", "id" | "name") => "id",
            // What it yields is not certain there.
            ("log_group", _) if self == Self::PulumiNative => return None,
            ("log_group", "arn") if self == Self::Awscc => {
                let of = self.type_of(kind)?;
                return Some(format!("trimsuffix({of}.{name}.arn, \":*\")"));
            }
            ("log_group", "arn_wildcard") if self == Self::Awscc => "arn",
            (_, "arn") => "arn",
            _ => return None,
        };
        let of = self.type_of(kind)?;
        Some(if self.is_terraform() {
            format!("{of}.{name}.{attribute}")
        } else {
            format!("{name}.{attribute}")
        })
    }
}

fn camel(snake: &str) -> String {
    let mut words = snake.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}
