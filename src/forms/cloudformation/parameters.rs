//! Parameters: what values they can have, as alternatives.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::copies::Copies;
use super::function::reference_to;
use super::template::Template;
use super::variables::literal;
use crate::forms::placeholder::is_placeholder;
use crate::guard::{Atom, AtomOption, Guard};
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Alternative, Choice, Kind, Text, Value};
use crate::world::MAX_WORLDS;

/// The parameters of a template, each looked at once.
pub struct Parameters<'v> {
    pub template: &'v Template<'v>,
    pub copies: Copies,
    known: RefCell<HashMap<&'v str, Option<Rc<Parameter<'v>>>>>,
}

impl<'v> Parameters<'v> {
    pub fn new(template: &'v Template<'v>) -> Self {
        Self { template, copies: Copies::new(), known: RefCell::default() }
    }

    /// A declared parameter, or a name that begins with `AWS::`.
    pub fn get(&self, name: &'v str) -> Option<Rc<Parameter<'v>>> {
        if let Some(known) = self.known.borrow().get(name) {
            return known.clone();
        }
        let parameter = Parameter::of(self.template, name).map(Rc::new);
        self.known.borrow_mut().insert(name, parameter.clone());
        parameter
    }
}

/// What is known of the values of a parameter or pseudo parameter.
pub struct Parameter<'v> {
    pub atom: Arc<Atom>,
    /// One per option of the atom; the last option may be "anything else", which has no text.
    options: Vec<Known<'v>>,
    by_text: HashMap<&'v str, usize>,
}

struct Known<'v> {
    text: Option<&'v str>,
    /// Where the text is written, if the value may be used.
    written: Option<&'v Value>,
    usable: bool,
}

impl<'v> Parameter<'v> {
    fn of(template: &'v Template<'v>, name: &str) -> Option<Self> {
        let declaration = template.parameter(name);
        if declaration.is_none() && !name.starts_with("AWS::") {
            return None;
        }
        let member = |key: &str| declaration.and_then(|declaration| declaration.get(key));
        // The default of an SSM parameter names the parameter; that of a list is several values in one text.
        let type_name = member("Type").and_then(Value::as_str).unwrap_or("String");
        let usable = matches!(type_name, "String" | "Number") || type_name.starts_with("AWS::EC2::");
        let default = member("Default").filter(|_| usable);
        let default_text = default.and_then(literal);

        let mut options: Vec<Known<'v>> = Vec::new();
        let mut by_text = HashMap::new();
        let mut add = |text: &'v str, written: Option<&'v Value>| {
            by_text.entry(text).or_insert_with(|| {
                // Amplify writes the name of a parameter where it will fill in its value.
                let usable = usable && text != name && !is_placeholder(text);
                options.push(Known { text: Some(text), written, usable });
                options.len() - 1
            });
        };
        if let (Some(text), Some(default)) = (default_text, default) {
            add(text, Some(default));
        }
        let allowed = member("AllowedValues").and_then(Value::as_list).filter(|_| usable);
        let closed = allowed.is_some_and(|allowed| {
            !allowed.is_empty() && allowed.iter().all(|value| literal(value).is_some())
        });
        if closed {
            for value in allowed.unwrap_or_default() {
                add(literal(value).unwrap_or_default(), Some(value));
            }
        } else {
            for text in template.compared_with(&reference_to(name)) {
                add(text, None);
            }
            options.push(Known { text: None, written: None, usable: false });
        }

        let label = |known: &Known<'_>| match known.text {
            Some(text) if Some(text) == default_text => {
                AtomOption { label: format!("with the default of parameter `{name}`").into(), likely: true }
            }
            Some(text) => AtomOption { label: format!("when `{name}` is `{text}`").into(), likely: false },
            None => AtomOption { label: format!("with another value of `{name}`").into(), likely: false },
        };
        let atom = Atom {
            name: format!("parameter `{name}`").into(),
            inputs: vec![name.into()],
            options: options.iter().map(label).collect(),
        };
        Some(Self { atom: Arc::new(atom), options, by_text })
    }

    /// When the parameter is this text.
    pub fn is(&self, text: &str) -> Guard {
        match self.by_text.get(text) {
            Some(option) => Guard::Is(self.atom.clone(), *option),
            None => Guard::Never,
        }
    }

    /// The value of a reference to the parameter.
    pub fn value(&self, name: &str, span: Span, copies: &Copies) -> Value {
        let unknown =
            || Value::unknown(span, format!("parameter {name}")).identified_by(|| reference_to(name));
        // More values than are looked at say nothing.
        let mut usable = self.options.iter().filter(|known| known.usable).peekable();
        let is_used = self.options.len() <= MAX_WORLDS && usable.peek().is_some();
        if !is_used || !copies.may_have_texts(usable.filter_map(|known| known.text)) {
            return unknown();
        }
        let alternatives = self.options.iter().enumerate().map(|(index, known)| {
            let value = match (known.text, known.written) {
                (Some(text), Some(written)) if known.usable => {
                    Value { used_at: Some(span), ..as_text(text, written) }
                }
                (Some(text), None) if known.usable => {
                    Value::new(span, Kind::Text(Text::literal(Literal::opaque(text, span))))
                }
                _ => unknown(),
            };
            Alternative { guard: Guard::Is(self.atom.clone(), index), value }
        });
        Value::new(span, Kind::Choice(Choice { alternatives: alternatives.collect() }))
    }
}

/// A parameter is a text, even where it is written like a number.
fn as_text(text: &str, written: &Value) -> Value {
    match &written.kind {
        Kind::Text(_) => written.clone(),
        _ => Value::new(written.span, Kind::Text(Text::literal(Literal::opaque(text, written.span)))),
    }
}
