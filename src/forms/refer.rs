//! How one refers to a resource where its ARN or its id is due.

use std::sync::Arc;

use crate::diagnostic::Edit;
use crate::forms::{cloudformation, pulumi, terraform};
use crate::spec::{Origin, Resource, Style};
use crate::syntax::edit::{Editor, Language};
use crate::text::{Source, Span};
use crate::value::ResourceKind;

/// A resource, as far as one has to know it to refer to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    name: Arc<str>,
    kind: ResourceKind,
    origin: Origin,
}

/// A way to refer to a resource.
#[derive(Debug, PartialEq, Eq)]
pub struct Referring {
    /// The whole value, with the quotes that it needs.
    pub text: String,
    /// Whether it is right where the files do not say what it yields.
    pub is_safe: bool,
}

impl Target {
    /// None for what nobody refers to where an ARN or an id is due.
    #[must_use]
    pub fn new(resource: &Resource) -> Option<Self> {
        let is_meant = matches!(
            resource.kind,
            ResourceKind::UserPool | ResourceKind::LogGroup | ResourceKind::Bucket | ResourceKind::Stream
        );
        let is_there = is_meant && !resource.name.is_empty() && !resource.origin.derived;
        is_there.then(|| Self { name: resource.name.clone(), kind: resource.kind, origin: resource.origin })
    }

    /// The reference that yields its ARN, or the id of a user pool, as a sentence speaks of it.
    #[must_use]
    pub fn shown(&self, language: Language) -> String {
        let found = referring(self, language);
        let is_due = |one: &&Referring| one.is_safe && self.is_of_registry();
        let best = found.iter().find(is_due).or(found.first());
        best.map_or_else(|| self.name.to_string(), |best| best.text.clone())
    }

    /// Whether its provider is made from CloudFormation's registry: with the attributes that CloudFormation has, of
    /// which the ARN of a log group ends in `:*`.
    fn is_of_registry(&self) -> bool {
        self.origin.spelling.style == Style::Members
    }
}

/// Writes a reference to a resource where something else stands, spelled as that is: in short or in full, in quotes or
/// without. None where that cannot be read off, or a comment would be lost.
#[must_use]
pub fn refer(source: &Source, language: Language, value: Span, to: &Target) -> Option<Edit> {
    let value = with_quotes(source, value);
    let written = source.slice(value);
    if written.contains('#') || written.starts_with(['|', '>', '&', '*', '<']) {
        return None;
    }
    let text = match to.origin.form {
        cloudformation::NAME => {
            let call = Call::of(to);
            let before = source.line_before(value.range().start).trim_end();
            let is_like_json = before.ends_with("\":") && !written.starts_with('!');
            if is_like_json { call.as_object() } else { call.instead_of(written, language)? }
        }
        // Which instance is meant may be said by more than a name.
        terraform::NAME
            if written.starts_with('"') && (!written.contains("${") || written.contains(&*to.name)) =>
        {
            in_module(of_module(to), language)
        }
        // Whether the ARN of a log group of aws-native ends in `:*`, nobody knows.
        pulumi::NAME if to.kind == ResourceKind::LogGroup && to.is_of_registry() => return None,
        pulumi::NAME => return Editor::new(source, language).set(value, &access(to)?),
        _ => return None,
    };
    Some(Edit { span: value, text })
}

/// The place of a template is that of what stands between its quotes.
fn with_quotes(source: &Source, value: Span) -> Span {
    let range = value.range();
    let before = source.text.get(..range.start).and_then(|before| before.chars().next_back());
    let behind = source.text.get(range.end..).and_then(|behind| behind.chars().next());
    let is_quoted = before == behind && matches!(before, Some('"' | '\''));
    if is_quoted { Span::new(source.id, range.start - 1, range.end + 1) } else { value }
}

/// The references that may yield the ARN of a resource, or the id of a user pool, the simplest first. What is written
/// here is a proposal: which of several spellings is right shows when the text is read again.
#[must_use]
pub fn referring(to: &Target, language: Language) -> Vec<Referring> {
    let sure = |text: String| Referring { text, is_safe: false };
    match to.origin.form {
        cloudformation::NAME => vec![sure(Call::of(to).spelled(language))],
        terraform::NAME => vec![sure(in_module(of_module(to), language))],
        pulumi::NAME => of_program(to, language),
        _ => Vec::new(),
    }
}

/// What names a resource within a reference that is written already: in `Ref`, and in `Fn::GetAtt` with a dot.
#[must_use]
pub fn naming(to: &Target, language: Language) -> Vec<Referring> {
    if to.origin.form != cloudformation::NAME {
        return Vec::new();
    }
    let quote = if language == Language::Json { "\"" } else { "" };
    let name = |end: &str| Referring { text: format!("{quote}{}{end}{quote}", to.name), is_safe: false };
    vec![name(""), name(".Arn")]
}

/// A function of CloudFormation that yields what is due.
enum Call<'t> {
    Ref(&'t str),
    Arn(&'t str),
    /// There is no attribute that has the ARN of a log group without a wildcard.
    Sub(String),
}

impl<'t> Call<'t> {
    fn of(to: &'t Target) -> Self {
        match to.kind {
            ResourceKind::UserPool => Self::Ref(&to.name),
            ResourceKind::LogGroup => Self::Sub(format!(
                "arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:${{{}}}",
                to.name
            )),
            _ => Self::Arn(&to.name),
        }
    }

    fn spelled(&self, language: Language) -> String {
        if language == Language::Json { self.as_object() } else { self.as_tag() }
    }

    fn instead_of(&self, written: &str, language: Language) -> Option<String> {
        let is_long = ["Ref:", "Fn::"].iter().any(|function| written.starts_with(function));
        match language {
            _ if is_long => Some(self.as_entry()),
            _ if written.starts_with('{') => Some(self.as_object()),
            _ => (!written.contains(['\n', '\r'])).then(|| self.spelled(language)),
        }
    }

    fn as_tag(&self) -> String {
        match self {
            Self::Ref(name) => format!("!Ref {name}"),
            Self::Arn(name) => format!("!GetAtt {name}.Arn"),
            Self::Sub(arn) => format!("!Sub \"{arn}\""),
        }
    }

    fn as_entry(&self) -> String {
        match self {
            Self::Ref(name) => format!("Ref: {name}"),
            Self::Arn(name) => format!("Fn::GetAtt: [{name}, Arn]"),
            Self::Sub(arn) => format!("Fn::Sub: \"{arn}\""),
        }
    }

    fn as_object(&self) -> String {
        match self {
            Self::Ref(name) => format!("{{ \"Ref\": \"{name}\" }}"),
            Self::Arn(name) => format!("{{ \"Fn::GetAtt\": [\"{name}\", \"Arn\"] }}"),
            Self::Sub(arn) => format!("{{ \"Fn::Sub\": \"{arn}\" }}"),
        }
    }
}

fn of_module(to: &Target) -> String {
    let address = &to.name;
    match to.kind {
        ResourceKind::UserPool => format!("{address}.id"),
        ResourceKind::LogGroup if to.is_of_registry() => format!("trimsuffix({address}.arn, \":*\")"),
        _ => format!("{address}.arn"),
    }
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

fn of_program(to: &Target, language: Language) -> Vec<Referring> {
    let Some(access) = access(to) else { return Vec::new() };
    let sure = |text: String| Referring { text, is_safe: false };
    let quoted = format!("\"{access}\"");
    // In a mapping in braces a brace needs quotes.
    let mut all = match language {
        Language::Yaml => vec![sure(access.clone()), sure(quoted)],
        Language::Json | Language::Hcl => vec![sure(quoted)],
    };
    if to.kind == ResourceKind::LogGroup {
        let text = match language {
            Language::Yaml => format!("{{ fn::select: [0, {{ fn::split: [\":*\", \"{access}\"] }}] }}"),
            Language::Json | Language::Hcl => {
                format!("{{ \"fn::select\": [0, {{ \"fn::split\": [\":*\", \"{access}\"] }}] }}")
            }
        };
        all.push(Referring { text, is_safe: true });
    }
    all
}

/// What a resource of a program yields; none if its name would have to be escaped twice.
fn access(to: &Target) -> Option<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let attribute = if to.kind == ResourceKind::UserPool { "id" } else { "arn" };
    to.name.chars().all(is_word).then(|| format!("${{{}.{attribute}}}", to.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Spelling;
    use crate::spec::members::Coverage;
    use crate::text::SourceId;

    use Language::{Hcl, Json, Yaml};
    use ResourceKind::{Bucket, LogGroup, UserPool};

    fn target(form: &'static str, kind: ResourceKind, name: &str) -> Target {
        let spelling = Spelling::CANONICAL;
        let origin =
            Origin { form, optional: &[], applied: true, derived: false, spelling, coverage: Coverage::All };
        Target { name: name.into(), kind, origin }
    }

    #[test]
    fn a_reference_is_spelled_as_what_it_takes_the_place_of() {
        let template = |kind| target(cloudformation::NAME, kind, "X");
        let arn = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${X}";
        let module = |kind| target(terraform::NAME, kind, "t.x[\"a\"]");
        let program = |kind| target(pulumi::NAME, kind, "x");
        for (language, to, text, written, expected) in [
            (Yaml, template(Bucket), "a: !Ref X # b", "!Ref X", Some("a: !GetAtt X.Arn # b".to_owned())),
            (Yaml, template(Bucket), "\"a\": !Ref X", "!Ref X", Some("\"a\": !GetAtt X.Arn".to_owned())),
            (Yaml, template(Bucket), "a: 'x'", "'x'", Some("a: !GetAtt X.Arn".to_owned())),
            (
                Yaml,
                template(Bucket),
                "\"a\": \"x\"",
                "\"x\"",
                Some("\"a\": { \"Fn::GetAtt\": [\"X\", \"Arn\"] }".to_owned()),
            ),
            (
                Yaml,
                template(LogGroup),
                "a: !GetAtt X.Arn",
                "!GetAtt X.Arn",
                Some(format!("a: !Sub \"{arn}\"")),
            ),
            (
                Yaml,
                template(LogGroup),
                "a:\n  Fn::GetAtt:\n    - X\n    - Arn\n",
                "Fn::GetAtt:\n    - X\n    - Arn",
                Some(format!("a:\n  Fn::Sub: \"{arn}\"\n")),
            ),
            (Yaml, template(UserPool), "a: {Ref: X}", "{Ref: X}", Some("a: { \"Ref\": \"X\" }".to_owned())),
            (
                Json,
                template(LogGroup),
                "{\"a\":{\"Ref\":\"X\"}}",
                "{\"Ref\":\"X\"}",
                Some(format!("{{\"a\":{{ \"Fn::Sub\": \"{arn}\" }}}}")),
            ),
            (
                Json,
                template(UserPool),
                "{\"a\":\"x\"}",
                "\"x\"",
                Some("{\"a\":{ \"Ref\": \"X\" }}".to_owned()),
            ),
            // A comment, or lines that are not known well enough.
            (Yaml, template(Bucket), "a:\n  Ref: # b\n    X\n", "Ref: # b\n    X", None),
            (Yaml, template(Bucket), "a: !Sub\n  x", "!Sub\n  x", None),
            (Yaml, template(Bucket), "a: |\n  x", "|\n  x", None),
            (Yaml, template(Bucket), "a: *b", "*b", None),
            (Hcl, module(Bucket), "a = \"x\"", "\"x\"", Some("a = t.x[\"a\"].arn".to_owned())),
            (
                Hcl,
                module(LogGroup),
                "a = \"${t.x[\"a\"].arn}:*\"",
                "${t.x[\"a\"].arn}:*",
                Some("a = trimsuffix(t.x[\"a\"].arn, \":*\")".to_owned()),
            ),
            (
                Json,
                module(UserPool),
                "{\"a\":\"x\"}",
                "\"x\"",
                Some("{\"a\":\"${t.x[\\\"a\\\"].id}\"}".to_owned()),
            ),
            // Another instance is meant each time, or the whole is an expression.
            (Hcl, module(Bucket), "a = \"${t.x[each.key].id}\"", "${t.x[each.key].id}", None),
            (Hcl, module(Bucket), "a = t.x[\"a\"].id", "t.x[\"a\"].id", None),
            (Yaml, program(Bucket), "{ a: \"${x.id}\" }", "${x.id}", Some("{ a: \"${x.arn}\" }".to_owned())),
            (Yaml, program(UserPool), "a: ${x.arn}", "${x.arn}", Some("a: \"${x.id}\"".to_owned())),
            (Json, program(LogGroup), "{\"a\": \"x\"}", "\"x\"", None),
        ] {
            let source = Source::new(SourceId(0), "x", text);
            let start = text.rfind(written).unwrap();
            let edit = refer(&source, language, source.span_at(start, start + written.len()), &to);
            let new = edit.map(|edit| {
                let mut text = text.to_owned();
                text.replace_range(edit.span.range(), &edit.text);
                text
            });
            assert_eq!(new, expected, "{text}");
        }
    }
}
