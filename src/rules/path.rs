//! Where a rule looks: paths, as rules write them.

use crate::value::ResourceKind;

/// Where a value stands, seen from a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// From the configuration, not from the node.
    pub absolute: bool,
    pub steps: Vec<Step>,
    /// The key of the member, not its value.
    pub key: bool,
    /// As it is written in the rule.
    pub source: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Member(String),
    Items,
    Part(TypedPart),
    Follow(ResourceKind),
}

/// A part of a string that has a meaning of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedPart {
    Arn,
    Partition,
    Service,
    Region,
    Account,
    Resource,
    LogGroupName,
    LogGroupSuffix,
    BucketName,
    BucketPath,
    StreamName,
}

impl TypedPart {
    pub const ALL: [(&'static str, Self); 11] = [
        ("arn", Self::Arn),
        ("partition", Self::Partition),
        ("service", Self::Service),
        ("region", Self::Region),
        ("account", Self::Account),
        ("resource", Self::Resource),
        ("log_group_name", Self::LogGroupName),
        ("log_group_suffix", Self::LogGroupSuffix),
        ("bucket_name", Self::BucketName),
        ("bucket_path", Self::BucketPath),
        ("stream_name", Self::StreamName),
    ];
}

/// The kinds of neighbour that a path can follow a value to; to `provider` it leads from the configuration itself.
pub const NEIGHBOURS: [(&str, ResourceKind); 5] = [
    ("user_pool", ResourceKind::UserPool),
    ("log_group", ResourceKind::LogGroup),
    ("bucket", ResourceKind::Bucket),
    ("stream", ResourceKind::Stream),
    ("provider", ResourceKind::Provider),
];

/// The kinds of resource whose properties become members of the neighbours that they name.
pub const SATELLITES: [(&str, ResourceKind); 2] =
    [("bucket_policy", ResourceKind::BucketPolicy), ("log_resource_policy", ResourceKind::LogResourcePolicy)];

impl Path {
    /// The node itself.
    pub fn here() -> Self {
        Self { absolute: false, steps: Vec::new(), key: false, source: ".".to_owned() }
    }

    /// Whether it leads out of the node that it is seen from.
    pub fn leads_out(&self) -> bool {
        self.absolute || self.steps.iter().any(|step| matches!(step, Step::Follow(_)))
    }

    /// Reads a path as rules write it.
    ///
    /// # Errors
    /// What is wrong, as a message goes on behind a colon.
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut path = Self { source: source.to_owned(), ..Self::here() };
        let mut rest = source.trim();
        if let Some(stripped) = rest.strip_suffix(":key") {
            (path.key, rest) = (true, stripped);
        }
        if let Some(stripped) = rest.strip_prefix('/') {
            (path.absolute, rest) = (true, stripped);
        }
        for (index, hop) in rest.split("->").enumerate() {
            let hop = hop.trim();
            let hop = if index == 0 { hop.strip_prefix('.').unwrap_or(hop) } else { hop };
            let mut words = hop.split('.').filter(|word| !word.is_empty());
            if index > 0 {
                let kind = words.next().unwrap_or_default();
                let neighbour = NEIGHBOURS.iter().find(|(name, _)| *name == kind);
                let (_, kind) = neighbour.ok_or_else(|| {
                    let known = NEIGHBOURS.map(|(name, _)| name).join(", ");
                    format!("`{kind}` is no kind of resource; there are {known}")
                })?;
                path.steps.push(Step::Follow(*kind));
            }
            for word in words {
                path.push(word)?;
            }
        }
        Ok(path)
    }

    fn push(&mut self, word: &str) -> Result<(), String> {
        let (name, items) = word.strip_suffix("[]").map_or((word, false), |name| (name, true));
        if name.starts_with(|c: char| c.is_ascii_lowercase()) {
            let part = TypedPart::ALL.iter().find(|(part, _)| *part == name);
            let (_, part) = part.ok_or_else(|| {
                let known = TypedPart::ALL.map(|(part, _)| part).join(", ");
                format!("`{name}` is no part of a string; there are {known}")
            })?;
            self.steps.push(Step::Part(*part));
        } else if name.chars().all(|c| c.is_ascii_alphanumeric()) && !name.is_empty() {
            self.steps.push(Step::Member(name.to_owned()));
        } else {
            return Err(format!("`{word}` is no name"));
        }
        if items {
            self.steps.push(Step::Items);
        }
        Ok(())
    }
}
