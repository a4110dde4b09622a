//! The fields of a configuration as a reader wants them: what each means, and what it can be.

use std::sync::LazyLock;

use serde_json::Value as Json;

use super::LOG_DELIVERY;
use super::words::{members, type_names};

/// The schema with what is there for readers.
static WHOLE: LazyLock<Option<Json>> = LazyLock::new(|| serde_json::from_str(LOG_DELIVERY).ok());

/// A field of a configuration.
#[derive(Clone, Debug)]
pub struct Field {
    /// What it is called: "Log level".
    pub title: &'static str,
    /// Markdown; the last line is the address of a page.
    pub description: &'static str,
    /// What it is, in words: "a string".
    pub kind: String,
    /// Its values, if these are few.
    pub allowed: Vec<&'static str>,
    /// The canonical names of what it holds.
    pub members: Vec<&'static str>,
    /// Whether it is a list.
    pub is_list: bool,
}

/// The field at a canonical JSON pointer: `/LogConfigurations/0/LogLevel`.
#[must_use]
pub fn field(pointer: &str) -> Option<Field> {
    let mut schema = WHOLE.as_ref()?;
    for step in pointer.split('/').skip(1) {
        let is_index = step.bytes().all(|byte| byte.is_ascii_digit());
        schema = if is_index { schema.get("items")? } else { schema.get("properties")?.get(step)? };
    }
    let text = |name: &str| schema.get(name).and_then(Json::as_str);
    let allowed = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
    Some(Field {
        title: text("title")?,
        description: text("description").unwrap_or_default(),
        kind: type_names(schema),
        allowed: allowed.filter_map(Json::as_str).collect(),
        members: members(schema).collect(),
        is_list: schema.get("items").is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_says_what_it_can_be() {
        let level = field("/LogConfigurations/1/LogLevel").unwrap();
        assert_eq!((level.title, level.kind.as_str()), ("Log level", "a string"));
        assert_eq!(level.allowed, ["ERROR", "INFO"]);
        assert!(level.description.contains("Each event source exists at one level only"));
        assert!(field("/LogConfigurations/0").unwrap().members.contains(&"S3Configuration"));
        assert!(field("/LogConfigurations").unwrap().is_list);
        assert!(field("/LogConfigurations/0/Level").is_none());
    }
}
