//! Parameters: what values they can have, as alternatives.

use std::sync::Arc;

use super::template::{Template, scalar};
use crate::text::Span;
use crate::value::{Alternative, Atom, AtomOption, Choice, Guard, Kind, Literal, Text, Value};

/// How many values a parameter may have. Of one that has more, nothing is known.
const MAX_OPTIONS: usize = 64;

/// What is known of the values of a parameter or pseudo parameter.
pub struct Parameter<'v> {
    pub atom: Arc<Atom>,
    /// One per option of the atom; the last option may be "anything else", which has no text.
    options: Vec<Known<'v>>,
}

struct Known<'v> {
    text: Option<String>,
    /// Where the text is written, if the value may be used.
    written: Option<&'v Value>,
    usable: bool,
}

impl<'v> Parameter<'v> {
    /// A declared parameter, or a name that begins with `AWS::`, if it has not too many values.
    pub fn of(template: &Template<'v>, name: &str) -> Option<Self> {
        let declaration = template.parameter(name);
        if declaration.is_none() && !name.starts_with("AWS::") {
            return None;
        }
        let member = |key: &str| declaration.and_then(|declaration| declaration.get(key));
        // The default of an SSM parameter names the parameter; that of a list is several values in one text.
        let type_name = member("Type").and_then(Value::as_str).unwrap_or("String");
        let usable = matches!(type_name, "String" | "Number") || type_name.starts_with("AWS::EC2::");
        let default = member("Default").filter(|_| usable);
        let default_text = default.and_then(scalar);

        let allowed = member("AllowedValues").and_then(Value::as_list).filter(|_| usable);
        let compared = template.compared_with(name);
        if allowed.map_or(0, <[Value]>::len).max(compared.len()) > MAX_OPTIONS {
            return None;
        }
        let mut options: Vec<Known<'v>> = Vec::new();
        let mut add = |text: &str, written: Option<&'v Value>| {
            if !options.iter().any(|known| known.text.as_deref() == Some(text)) {
                let usable = usable && !is_placeholder(text);
                options.push(Known { text: Some(text.to_owned()), written, usable });
            }
        };
        if let (Some(text), Some(default)) = (default_text, default) {
            add(text, Some(default));
        }
        let closed =
            allowed.is_some_and(|allowed| !allowed.is_empty() && allowed.iter().all(|v| scalar(v).is_some()));
        if closed {
            for value in allowed.unwrap_or_default() {
                add(scalar(value).unwrap_or_default(), Some(value));
            }
        } else {
            for text in compared {
                add(text, None);
            }
            options.push(Known { text: None, written: None, usable: false });
        }

        let label = |known: &Known<'_>| match &known.text {
            Some(text) if Some(text.as_str()) == default_text => {
                AtomOption { label: format!("with the default of parameter `{name}`").into(), likely: true }
            }
            Some(text) => AtomOption { label: format!("when `{name}` is `{text}`").into(), likely: false },
            None => AtomOption { label: format!("with another value of `{name}`").into(), likely: false },
        };
        let atom =
            Atom { name: format!("parameter `{name}`").into(), options: options.iter().map(label).collect() };
        Some(Self { atom: Arc::new(atom), options })
    }

    /// The index of the option that is this text.
    pub fn option(&self, text: &str) -> Option<usize> {
        self.options.iter().position(|known| known.text.as_deref() == Some(text))
    }

    /// The value of a reference to the parameter.
    pub fn value(&self, name: &str, span: Span) -> Value {
        let unknown = || Value::unknown(span, format!("parameter {name}"));
        if self.options.iter().all(|known| !known.usable) {
            return unknown();
        }
        let alternatives = self.options.iter().enumerate().map(|(index, known)| {
            let value = match (known.usable, known.written, &known.text) {
                (true, Some(written), _) => Value { used_at: Some(span), ..written.clone() },
                (true, None, Some(text)) => {
                    Value::new(span, Kind::Text(Text::literal(Literal::opaque(text.as_str(), span))))
                }
                _ => unknown(),
            };
            Alternative { guard: Guard::Is(self.atom.clone(), index), value }
        });
        Value::new(span, Kind::Choice(Choice { alternatives: alternatives.collect() }))
    }
}

/// Whether a default is there to be replaced, so that nothing may be concluded from it.
fn is_placeholder(text: &str) -> bool {
    const WORDS: &[&str] =
        &["none", "null", "nil", "-", "n/a", "na", "default", "undefined", "unset", "not set", "empty"];
    const PARTS: &[&str] = &[
        "todo",
        "tbd",
        "changeme",
        "change-me",
        "change_me",
        "replace",
        "your-",
        "your_",
        "example",
        "xxxx",
        "<",
        "{{",
    ];
    const ACCOUNTS: &[&str] =
        &["123456789012", "111122223333", "444455556666", "000000000000", "111111111111"];
    let text = text.trim().to_ascii_lowercase();
    text.is_empty()
        || WORDS.contains(&text.as_str())
        || PARTS.iter().chain(ACCOUNTS).any(|part| text.contains(part))
}
