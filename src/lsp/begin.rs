//! What is written for a member that is chosen: its name, and how that begins which it holds.

use crate::spec::Style;
use crate::syntax::edit::{Editor, Language};
use crate::text::{Source, Span};

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Scalar,
    Members,
    /// Mappings.
    Items,
}

/// A place where a member is to be written.
#[derive(Debug)]
pub struct Begin {
    pub language: Language,
    pub style: Style,
    /// What stands before the name of a member, seen from the beginning of what its line holds: the dash of an item.
    behind: String,
    /// Whether that is nothing else.
    is_first: bool,
    step: &'static str,
}

impl Begin {
    pub fn new(source: &Source, language: Language, style: Style, word: Span) -> Self {
        let line = source.lines().range(&source.text, source.lines().line_of(word.range().start));
        let before = source.text.get(line.start..word.range().start).unwrap_or_default();
        let before = before.trim_start();
        let behind = " ".repeat(before.chars().count());
        let is_first = before.chars().all(|c| matches!(c, '-' | ' '));
        Self { language, style, behind, is_first, step: Editor::new(source, language).step() }
    }

    /// What every client can write: where more lines are needed, the first.
    pub fn plain(&self, name: &str, holds: Holds) -> String {
        match self.language {
            // Quotes and commas are the editor's to write.
            Language::Json => name.to_owned(),
            Language::Yaml if holds != Holds::Scalar && self.is_first => format!("{name}:"),
            Language::Yaml => format!("{name}: "),
            Language::Hcl if self.is_block(holds) => format!("{name} {{"),
            Language::Hcl => format!("{name} = "),
        }
    }

    /// The same in as many lines as it needs, with something at the place to go on at; none where one line is enough.
    /// Every line stands as far to the right as the first one, without being told.
    pub fn whole(&self, name: &str, holds: Holds, inside: &str) -> Option<String> {
        let Self { behind, step, .. } = self;
        let is_list = holds == Holds::Items;
        match self.language {
            Language::Json => None,
            _ if holds == Holds::Scalar => None,
            Language::Yaml if is_list => Some(format!("{name}:\n{behind}{step}- {inside}")),
            Language::Yaml => Some(format!("{name}:\n{behind}{step}{inside}")),
            Language::Hcl if self.is_block(holds) => Some(format!("{name} {{\n{step}{inside}\n}}")),
            Language::Hcl if is_list => Some(format!("{name} = [{{\n{step}{inside}\n}}]")),
            Language::Hcl => Some(format!("{name} = {{\n{step}{inside}\n}}")),
        }
    }

    fn is_block(&self, holds: Holds) -> bool {
        self.style == Style::Blocks && holds != Holds::Scalar
    }
}
