//! What Terraform's and Pulumi's providers call the members of an example: an account of its own, so that a mistake in
//! the tables of the forms does not go unseen.

use delint::value::{Entry, Value};
use serde_json::{Map, Value as Json, json};

use super::wrap::{DELIVERY, json};

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

/// A resource, in the provider's own words.
#[derive(Clone, Debug)]
pub struct Resource {
    pub token: &'static str,
    pub name: String,
    pub properties: Map<String, Json>,
}

/// An example in the provider's own words; none if it cannot say it.
#[derive(Clone, Debug)]
pub struct Example {
    pub resources: Vec<Resource>,
    /// Names of values that are not known.
    pub variables: Vec<String>,
}

impl Provider {
    fn is_classic(self) -> bool {
        matches!(self, Self::Aws | Self::Pulumi)
    }

    fn is_terraform(self) -> bool {
        matches!(self, Self::Aws | Self::Awscc)
    }

    fn type_of(self, kind: &str) -> Option<&'static str> {
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
        Some(types[index])
    }

    /// The name of a member of a resource of a kind.
    fn spelled(self, kind: &str, member: &str) -> String {
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
            ("stream", "Key") => "key",
            ("stream", "Value") => "value",
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
    fn reference(self, kind: &str, name: &str, what: &str) -> Option<String> {
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
        name.push_str(&word[..1].to_uppercase());
        name.push_str(&word[1..]);
    }
    name
}

/// An example in the words of a provider.
pub fn spelled(provider: Provider, configuration: &Json, with: Option<&Value>) -> Option<Example> {
    let mut kinds = Map::new();
    let mut neighbours = Vec::new();
    for entry in with.and_then(Value::as_map).map(|map| &map.entries[..]).unwrap_or_default() {
        let Entry { key, value } = entry;
        let Json::Object(mut properties) = json(value) else { panic!("a neighbour is a mapping") };
        let kind = properties.remove("kind").expect("a neighbour has a kind");
        kinds.insert(key.name.clone(), kind.clone());
        neighbours.push((
            key.name.clone(),
            kind.as_str().expect("the name of a kind").to_owned(),
            properties,
        ));
    }
    let mut spell = Spell { provider, kinds, variables: Vec::new() };
    let mut resources = Vec::new();
    for (name, kind, properties) in neighbours {
        resources.extend(spell.neighbour(&name, &kind, properties)?);
    }
    let Json::Object(configuration) = configuration else { return None };
    // One block is a list of one, and no block is nothing.
    let has_no_list = |list: &Json| list.is_object() || list.as_array().is_some_and(Vec::is_empty);
    if provider == Provider::Aws && configuration.get("LogConfigurations").is_some_and(has_no_list) {
        return None;
    }
    resources.push(Resource {
        token: provider.type_of("delivery")?,
        name: DELIVERY.to_owned(),
        properties: spell.mapping("delivery", configuration)?,
    });
    Some(Example { resources, variables: spell.variables })
}

struct Spell {
    provider: Provider,
    kinds: Map<String, Json>,
    variables: Vec<String>,
}

impl Spell {
    /// A neighbour, and what belongs to it but is a resource of its own.
    fn neighbour(
        &mut self,
        name: &str,
        kind: &str,
        mut properties: Map<String, Json>,
    ) -> Option<Vec<Resource>> {
        let token = self.provider.type_of(kind)?;
        let mut satellites = Vec::new();
        if kind == "bucket" && self.provider.is_classic() {
            for (member, types) in [
                (
                    "BucketEncryption",
                    [
                        "aws_s3_bucket_server_side_encryption_configuration",
                        "aws:s3:BucketServerSideEncryptionConfiguration",
                    ],
                ),
                (
                    "PublicAccessBlockConfiguration",
                    ["aws_s3_bucket_public_access_block", "aws:s3:BucketPublicAccessBlock"],
                ),
            ] {
                let Some(value) = properties.remove(member) else { continue };
                let Json::Object(value) = value else { return None };
                let mut own = self.mapping(kind, &value)?;
                if !self.provider.is_terraform()
                    && let Some(rule) = own.remove("rule")
                {
                    own.insert("rules".to_owned(), rule);
                }
                own.insert(
                    "bucket".to_owned(),
                    json!({ EXPRESSION: self.provider.reference("bucket", name, "name")? }),
                );
                let token = types[usize::from(!self.provider.is_terraform())];
                satellites.push(Resource { token, name: format!("{name}{member}"), properties: own });
            }
        }
        // The source is the type there.
        if kind == "stream"
            && self.provider != Provider::Awscc
            && properties.keys().any(|key| key.ends_with("SourceConfiguration"))
        {
            return None;
        }
        if kind == "stream" && self.provider.is_classic() {
            match properties.remove("DeliveryStreamType") {
                None => {}
                Some(Json::String(of)) if of == "DirectPut" => {}
                Some(Json::String(of)) if of == "KinesisStreamAsSource" => {
                    let source = json!({ "Source": "arn:aws:kinesis:eu-west-1:210987654321:stream/clicks" });
                    properties.insert("KinesisSource".to_owned(), source);
                }
                Some(_) => return None,
            }
        }
        if let Some(tags) = properties.remove("Tags") {
            properties.insert("Tags".to_owned(), self.tags(tags)?);
        }
        let mut own = self.mapping(kind, &properties)?;
        if let Some(source) = own.remove("KinesisSource") {
            let key = if self.provider.is_terraform() {
                "kinesis_source_configuration"
            } else {
                "kinesisSourceConfiguration"
            };
            own.insert(key.to_owned(), source);
        }
        let mut all = vec![Resource { token, name: name.to_owned(), properties: own }];
        all.append(&mut satellites);
        Some(all)
    }

    /// A list of keys and values, or a mapping.
    fn tags(&mut self, tags: Json) -> Option<Json> {
        let Json::Array(items) = tags else { return None };
        if !self.provider.is_classic() {
            return Some(Json::Array(items));
        }
        let mut map = Map::new();
        for item in items {
            let (key, value) = (item.get("Key")?.as_str()?.to_owned(), item.get("Value")?.clone());
            map.insert(format!("\0{key}"), value);
        }
        Some(Json::Object(map))
    }

    fn mapping(&mut self, kind: &str, object: &Map<String, Json>) -> Option<Map<String, Json>> {
        let mut spelled = Map::new();
        for (member, value) in object {
            // The names of policies and tags are their own.
            let name = match member.strip_prefix('\0') {
                Some(name) => name.to_owned(),
                None => self.provider.spelled(kind, member),
            };
            // Nobody knows which of the two is meant, or what is unknown elsewhere is right here.
            let is_known = self.provider.spelled(kind, member) != *member;
            let collides = !is_known
                && object.keys().any(|other| self.provider.spelled(kind, other) == name && other != member);
            if collides || (!is_known && is_spelled_elsewhere(member)) {
                return None;
            }
            let value = match member.as_str() {
                "PolicyDocument" if value.is_object() => {
                    json!({ EXPRESSION: format!("jsonencode({})", self.document(value)?) })
                }
                _ => self.value(kind, value)?,
            };
            if spelled.insert(name, value).is_some() {
                return None;
            }
        }
        Some(spelled)
    }

    fn value(&mut self, kind: &str, value: &Json) -> Option<Json> {
        match value {
            Json::Null => None,
            Json::String(text) if text.contains("${") || text.contains("%{") => None,
            Json::Object(object) if object.len() == 1 && object.contains_key("unknown") => {
                let name = object["unknown"].as_str().expect("the name of a value").to_owned();
                if !self.variables.contains(&name) {
                    self.variables.push(name.clone());
                }
                let expression = if self.provider.is_terraform() { format!("var.{name}") } else { name };
                Some(json!({ EXPRESSION: expression }))
            }
            Json::Object(object) if object.len() == 1 && object.contains_key("ref") => {
                let (name, what) =
                    object["ref"].as_str().and_then(|text| text.split_once('.')).expect("Name.what");
                let kind = self.kinds.get(name).and_then(Json::as_str).expect("a neighbour").to_owned();
                Some(json!({ EXPRESSION: self.provider.reference(&kind, name, what)? }))
            }
            Json::Object(object) => self.mapping(kind, object).map(Json::Object),
            Json::Array(items) => items.iter().map(|item| self.value(kind, item)).collect(),
            other => Some(other.clone()),
        }
    }

    /// A policy document as an object of the language.
    fn document(&mut self, value: &Json) -> Option<String> {
        if !self.provider.is_terraform() {
            return None;
        }
        let text = match value {
            Json::Object(object)
                if object.len() == 1 && (object.contains_key("ref") || object.contains_key("unknown")) =>
            {
                self.value("", value)?[EXPRESSION].as_str()?.to_owned()
            }
            Json::Object(object) => {
                let mut entries = Vec::new();
                for (key, value) in object {
                    entries.push(format!("{key:?} = {}", self.document(value)?));
                }
                format!("{{ {} }}", entries.join(", "))
            }
            Json::Array(items) => {
                let items = items.iter().map(|item| self.document(item)).collect::<Option<Vec<_>>>()?;
                format!("[{}]", items.join(", "))
            }
            other => other.to_string(),
        };
        Some(text)
    }
}

/// Whether some provider has a member of this name.
fn is_spelled_elsewhere(member: &str) -> bool {
    member.contains('_') || member.starts_with(|c: char| c.is_ascii_lowercase())
}
