//! The examples of a rule file, as somebody would write them.

use std::fmt::Write as _;

use crate::text::Source;
use crate::value::{Entry, Kind, Map, Value};

/// An example. Its text can be copied into a file and checked.
#[derive(Debug)]
pub struct Example {
    /// `bad`, `good` or `undecided`.
    pub kind: String,
    /// The comment beside it.
    pub caption: Option<String>,
    pub text: String,
    /// Where something is found in it.
    pub at: Vec<String>,
    /// What is underlined there, if the file says so.
    pub underlined: Option<String>,
}

impl Example {
    /// All examples in a list of them.
    #[must_use]
    pub fn all(list: Option<&Value>, file: &Source) -> Vec<Self> {
        let items = list.and_then(Value::as_list).unwrap_or_default();
        items.iter().filter_map(|item| Self::read(item.as_map()?, file)).collect()
    }

    fn read(item: &Map, file: &Source) -> Option<Self> {
        let is_kind = |entry: &&Entry| ["bad", "good", "undecided"].contains(&entry.key.name.as_str());
        let example = item.entries.iter().find(is_kind)?;
        let member = |name: &str| item.get(name).map(|entry| &entry.value);
        let texts = |value: &Value| {
            let items = value.as_list().unwrap_or(std::slice::from_ref(value));
            let texts = items.iter().filter_map(Value::as_str).filter(|text| *text != ".");
            texts.map(str::to_owned).collect()
        };
        Some(Self {
            kind: example.key.name.clone(),
            caption: comment_behind(file, example.key.span.range().end),
            text: written(&example.value, member("with"), file),
            at: member("at").map(texts).unwrap_or_default(),
            underlined: member("text").and_then(Value::as_str).map(str::to_owned),
        })
    }

    /// The language of its text, as a fence names it.
    #[must_use]
    pub fn language(&self) -> &'static str {
        let has_blocks = self.text.lines().any(|line| line.starts_with("resource \""));
        match self.text.starts_with(['{', '[']) {
            true => "json",
            false if has_blocks => "hcl",
            false => "yaml",
        }
    }
}

/// The comment on the same line, if nothing but a colon stands before it.
fn comment_behind(file: &Source, offset: usize) -> Option<String> {
    let line = file.text.get(offset..)?.lines().next()?;
    let comment = line.trim_start_matches([':', '"', '\'']).trim_start().strip_prefix('#')?;
    Some(comment.trim().to_owned())
}

/// A text of one form as it is; a configuration as an API document, or as a CloudFormation template where only that
/// can say it.
fn written(example: &Value, neighbours: Option<&Value>, file: &Source) -> String {
    if let Some([only]) = example.as_map().map(|map| map.entries.as_slice())
        && let Some(text) = only.value.as_str()
        && !only.key.name.starts_with(char::is_uppercase)
    {
        return text.to_owned();
    }
    let mut writer = Writer { file, neighbours, out: String::new(), parameters: Vec::new() };
    if neighbours.is_none() && !is_symbolic(example) {
        writer.node(example, 0);
        return writer.out.trim_start_matches('\n').to_owned();
    }
    writer.template(example)
}

/// Whether a value holds something that no API document can say.
fn is_symbolic(value: &Value) -> bool {
    symbol(value).is_some()
        || value.as_list().unwrap_or_default().iter().any(is_symbolic)
        || value.as_map().is_some_and(|map| map.entries.iter().any(|entry| is_symbolic(&entry.value)))
}

/// `{ ref: Pool.id }`, `{ unknown: Level }`
fn symbol(value: &Value) -> Option<(&str, &str)> {
    match value.as_map()?.entries.as_slice() {
        [only] if ["ref", "unknown"].contains(&only.key.name.as_str()) => {
            Some((&only.key.name, only.value.as_str()?))
        }
        _ => None,
    }
}

/// Writes values as block YAML, two blanks a level.
struct Writer<'a> {
    file: &'a Source,
    neighbours: Option<&'a Value>,
    out: String,
    parameters: Vec<String>,
}

impl Writer<'_> {
    fn template(mut self, configuration: &Value) -> String {
        self.line(0, "Resources:");
        let mut has_texts = false;
        let neighbours = self.neighbours.and_then(Value::as_map).map(|map| map.entries.as_slice());
        for neighbour in neighbours.unwrap_or_default() {
            let kind = neighbour.value.get("kind").and_then(Value::as_str).unwrap_or_default();
            self.line(1, &format!("{}:", neighbour.key.name));
            self.line(2, &format!("Type: {}", resource_type(kind)));
            let entries = neighbour.value.as_map().map(|map| map.entries.as_slice()).unwrap_or_default();
            let properties: Vec<Entry> =
                entries.iter().filter(|entry| entry.key.name != "kind").cloned().collect();
            if !properties.is_empty() {
                self.line(2, "Properties:");
                let is_text =
                    |entry: &Entry| kind == "log_resource_policy" && entry.key.name == "PolicyDocument";
                let (texts, others): (Vec<Entry>, Vec<Entry>) = properties.into_iter().partition(is_text);
                self.entries(&others, 3);
                for Entry { value, .. } in &texts {
                    self.line(3, "PolicyDocument:");
                    let _ = write!(self.out, "        Fn::ToJsonString:");
                    self.node(value, 5);
                }
                has_texts |= !texts.is_empty();
            }
        }
        self.line(1, "Delivery:");
        self.line(2, "Type: AWS::Cognito::LogDeliveryConfiguration");
        self.line(2, "Properties:");
        if let Some(map) = configuration.as_map() {
            self.entries(&map.entries, 3);
        }
        let mut head = String::new();
        if has_texts {
            head.push_str("Transform: AWS::LanguageExtensions\n");
        }
        if !self.parameters.is_empty() {
            head.push_str("Parameters:\n");
        }
        for parameter in &self.parameters {
            let _ = writeln!(head, "  {parameter}: {{ Type: String }}");
        }
        head + &self.out
    }

    fn line(&mut self, depth: usize, text: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "{:indent$}{text}", "", indent = depth * 2);
    }

    fn entries(&mut self, entries: &[Entry], depth: usize) {
        for entry in entries {
            let _ = write!(self.out, "{:indent$}{}:", "", entry.key.name, indent = depth * 2);
            self.node(&entry.value, depth + 1);
        }
    }

    /// A value behind its key: on the same line, or on the next ones.
    fn node(&mut self, value: &Value, depth: usize) {
        match &value.kind {
            Kind::Map(map) if !map.entries.is_empty() && symbol(value).is_none() => {
                self.out.push('\n');
                self.entries(&map.entries, depth);
            }
            Kind::List(items) if !items.is_empty() => {
                self.out.push('\n');
                for item in items {
                    self.item(item, depth);
                }
            }
            _ => {
                let scalar = self.scalar(value);
                let _ = writeln!(self.out, " {scalar}");
            }
        }
    }

    /// An item: its dash stands in the indent of its first line.
    fn item(&mut self, item: &Value, depth: usize) {
        let start = self.out.len();
        self.node(item, depth + 1);
        let text = self.out.split_off(start);
        let text = text.trim_start_matches('\n').trim_start();
        let _ = write!(self.out, "{:indent$}- {text}", "", indent = depth * 2);
    }

    fn scalar(&mut self, value: &Value) -> String {
        match symbol(value) {
            Some(("unknown", name)) => {
                if !self.parameters.iter().any(|known| known == name) {
                    self.parameters.push(name.to_owned());
                }
                return format!("!Ref {name}");
            }
            Some((_, reference)) => return self.reference(reference),
            None => {}
        }
        let source = self.file.slice(value.span);
        match &value.kind {
            Kind::Map(_) => "{}".to_owned(),
            Kind::List(_) => "[]".to_owned(),
            Kind::Text(text) if source.contains('\n') => format!("{:?}", text.as_str().unwrap_or_default()),
            Kind::Null if source.is_empty() => "null".to_owned(),
            _ => source.to_owned(),
        }
    }

    /// `Pool.id`, `Logs.arn`: the ARN of a log group without the `:*` that its attribute ends in.
    fn reference(&self, reference: &str) -> String {
        let (name, facet) = reference.split_once('.').unwrap_or((reference, ""));
        let neighbour = self.neighbours.and_then(|all| all.get(name)?.get("kind")?.as_str());
        match facet {
            "arn" if neighbour == Some("log_group") => {
                let prefix = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}";
                format!("!Sub \"{prefix}:log-group:${{{name}}}\"")
            }
            "arn" | "arn_wildcard" => format!("!GetAtt {name}.Arn"),
            _ => format!("!Ref {name}"),
        }
    }
}

/// The type of a neighbour, as CloudFormation calls it.
fn resource_type(kind: &str) -> &str {
    match kind {
        "user_pool" => "AWS::Cognito::UserPool",
        "log_group" => "AWS::Logs::LogGroup",
        "bucket" => "AWS::S3::Bucket",
        "stream" => "AWS::KinesisFirehose::DeliveryStream",
        "bucket_policy" => "AWS::S3::BucketPolicy",
        "log_resource_policy" => "AWS::Logs::ResourcePolicy",
        other => other,
    }
}
