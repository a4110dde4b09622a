//! An example of a rule file, and what is expected of it.

use super::fixed::Fixed;
use crate::rules::definition::Definition;
use crate::text::Span;
use crate::value::{Entry, Value};

/// What an example shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Something is wrong with it.
    Bad,
    Good,
    /// Nothing may be found, because nothing is certain.
    Undecided,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Bad, Self::Good, Self::Undecided];

    /// The member that an example stands under.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Good => "good",
            Self::Undecided => "undecided",
        }
    }
}

/// An example.
#[derive(Clone, Debug)]
pub struct Example {
    pub verdict: Verdict,
    /// Where the file begins to say it.
    pub header: Span,
    /// In the canonical shape, or one whole file in one form.
    pub configuration: Value,
    /// The resources around it.
    pub with: Option<Value>,
    /// What is found in it: by the rule itself, then by others.
    pub expected: Vec<Expected>,
    /// The text that is underlined, and where the file says so.
    pub text: Option<(String, Span)>,
    /// What the fix of the rule makes of it.
    pub fixed: Option<Fixed>,
}

/// A finding that is expected.
#[derive(Clone, Debug)]
pub struct Expected {
    pub rule: String,
    /// The place, without `:key` at its end.
    pub at: String,
    /// Whether the key is found, and not its value.
    pub on_key: bool,
    /// Where the file says so.
    pub span: Span,
}

impl Example {
    /// The examples of a file that can be read, in their order.
    #[must_use]
    pub fn all(file: &Definition) -> Vec<Self> {
        let items = file.root.get("examples").and_then(Value::as_list).unwrap_or_default();
        items.iter().filter_map(|item| Self::read(&file.name, item)).collect()
    }

    fn read(rule: &str, item: &Value) -> Option<Self> {
        let map = item.as_map()?;
        let (verdict, example) =
            Verdict::ALL.into_iter().find_map(|verdict| Some((verdict, map.get(verdict.as_str())?)))?;
        let mut expected = map.get("at").map(|at| places(rule, &at.value)).unwrap_or_default();
        let beside = map.get("beside").and_then(|beside| beside.value.as_map());
        for Entry { key, value } in beside.map(|map| map.entries.as_slice()).unwrap_or_default() {
            expected.extend(places(&key.name, value));
        }
        let text = map.get("text").map(|entry| &entry.value);
        Some(Self {
            verdict,
            header: example.key.span,
            configuration: example.value.clone(),
            with: map.get("with").map(|with| with.value.clone()),
            expected,
            text: text.and_then(|text| Some((text.as_str()?.to_owned(), text.span))),
            fixed: map
                .get("fixed")
                .map(|Entry { key, value }| Fixed { span: key.span, becomes: value.clone() }),
        })
    }
}

fn places(rule: &str, value: &Value) -> Vec<Expected> {
    let items = value.as_list().unwrap_or(std::slice::from_ref(value));
    let expected = |item: &Value| {
        let at = item.as_str()?;
        Some(Expected {
            rule: rule.to_owned(),
            at: at.trim_end_matches(":key").to_owned(),
            on_key: at.ends_with(":key"),
            span: item.span,
        })
    };
    items.iter().filter_map(expected).collect()
}
