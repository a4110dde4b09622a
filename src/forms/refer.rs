//! How one refers to a resource where its ARN or its id is due.
//!
//! What is written here is a proposal: which of several spellings is right depends on the provider, and shows when the
//! text is read again.

use crate::forms::{cloudformation, pulumi, terraform};
use crate::spec::Resource;
use crate::syntax::edit::Language;
use crate::value::ResourceKind;

/// A way to refer to a resource.
#[derive(Debug, PartialEq, Eq)]
pub struct Referring {
    /// The whole value, with the quotes that it needs.
    pub text: String,
    /// Whether it is right where the files do not say what it yields.
    pub is_safe: bool,
}

/// The references that may yield the ARN of a resource, or the id of a user pool, the simplest first. None for what
/// nobody refers to.
#[must_use]
pub fn referring(resource: &Resource, language: Language) -> Vec<Referring> {
    let sure = |text: String| Referring { text, is_safe: false };
    let (name, kind) = (&*resource.name, resource.kind);
    let is_meant = matches!(
        kind,
        ResourceKind::UserPool | ResourceKind::LogGroup | ResourceKind::Bucket | ResourceKind::Stream
    );
    if !is_meant || name.is_empty() || resource.origin.derived {
        return Vec::new();
    }
    match resource.origin.form {
        cloudformation::NAME => vec![sure(of_template(name, kind, language))],
        terraform::NAME => of_module(name, kind).map(|text| sure(in_module(text, language))).collect(),
        pulumi::NAME => of_program(name, kind, language),
        _ => Vec::new(),
    }
}

/// What names a resource within a reference that is written already: in `Ref`, and in `Fn::GetAtt` with a dot.
#[must_use]
pub fn naming(resource: &Resource, language: Language) -> Vec<Referring> {
    if resource.origin.form != cloudformation::NAME || resource.name.is_empty() {
        return Vec::new();
    }
    let quote = if language == Language::Json { "\"" } else { "" };
    let name =
        |end: &str| Referring { text: format!("{quote}{}{end}{quote}", resource.name), is_safe: false };
    vec![name(""), name(".Arn")]
}

fn of_template(name: &str, kind: ResourceKind, language: Language) -> String {
    let is_json = language == Language::Json;
    match kind {
        ResourceKind::UserPool if is_json => format!("{{ \"Ref\": \"{name}\" }}"),
        ResourceKind::UserPool => format!("!Ref {name}"),
        // There is no attribute that has the ARN of a log group without a wildcard.
        ResourceKind::LogGroup => {
            let region = "arn:${AWS::Partition}:logs:${AWS::Region}";
            let arn = format!("\"{region}:${{AWS::AccountId}}:log-group:${{{name}}}\"");
            if is_json { format!("{{ \"Fn::Sub\": {arn} }}") } else { format!("!Sub {arn}") }
        }
        _ if is_json => format!("{{ \"Fn::GetAtt\": [\"{name}\", \"Arn\"] }}"),
        _ => format!("!GetAtt {name}.Arn"),
    }
}

fn of_module(address: &str, kind: ResourceKind) -> impl Iterator<Item = String> {
    let texts = match kind {
        ResourceKind::UserPool => vec![format!("{address}.id")],
        ResourceKind::LogGroup => {
            vec![format!("{address}.arn"), format!("trimsuffix({address}.arn, \":*\")")]
        }
        _ => vec![format!("{address}.arn")],
    };
    texts.into_iter()
}

/// An expression, in JSON in a string.
fn in_module(expression: String, language: Language) -> String {
    match language {
        Language::Hcl => expression,
        Language::Yaml | Language::Json => {
            format!("\"${{{}}}\"", expression.replace('\\', "\\\\").replace('"', "\\\""))
        }
    }
}

fn of_program(name: &str, kind: ResourceKind, language: Language) -> Vec<Referring> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    // What else a name may hold would have to be escaped twice.
    if !name.chars().all(is_word) {
        return Vec::new();
    }
    let attribute = if kind == ResourceKind::UserPool { "id" } else { "arn" };
    let access = format!("${{{name}.{attribute}}}");
    let quoted = format!("\"{access}\"");
    let sure = |text: &String| Referring { text: text.clone(), is_safe: false };
    // In a mapping in braces a brace needs quotes.
    let mut all: Vec<Referring> = match language {
        Language::Yaml => vec![sure(&access), sure(&quoted)],
        Language::Json | Language::Hcl => vec![sure(&quoted)],
    };
    if kind == ResourceKind::LogGroup {
        let parts = match language {
            Language::Yaml => format!("{{ fn::split: [\":*\", {quoted}] }}"),
            Language::Json | Language::Hcl => format!("{{ \"fn::split\": [\":*\", {quoted}] }}"),
        };
        let select = if language == Language::Yaml { "fn::select" } else { "\"fn::select\"" };
        all.push(Referring { text: format!("{{ {select}: [0, {parts}] }}"), is_safe: true });
    }
    all
}
