//! Puts the user's own words into what a finding says.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Edit, Fix, Label};
use crate::engine::strike::strike;
use crate::forms::call::call;
use crate::forms::depend;
use crate::forms::refer::refer;
use crate::rules::action::Action;
use crate::rules::finding::{Finding, Planned, Said, Word};
use crate::rules::rule::Pattern;
use crate::syntax;
use crate::syntax::edit::{Editor, Language};
use crate::text::{Source, SourceId, Span};

/// Characters of source that are quoted in a sentence; longer text is described.
const MAX_QUOTED: usize = 80;

/// The sources of a run, from which words are quoted.
pub type Sources = BTreeMap<SourceId, Arc<Source>>;

/// A finding, with what only its unit knows of it.
#[derive(Debug)]
pub struct Raw {
    pub finding: Finding<'static>,
    pub form: &'static str,
    pub fingerprint: String,
}

pub fn diagnostic(raw: Raw, sources: &Sources) -> Diagnostic {
    let Raw { finding, form, fingerprint } = raw;
    let mut message = text(&finding.message, sources);
    if !finding.when.is_empty() {
        message = format!("{message}, {}", joined(&finding.when));
    }
    let label = |(span, said): &(_, Said)| Label { span: *span, text: text(said, sources) };
    Diagnostic {
        message,
        span: finding.span,
        note: finding.note.as_ref().map(|note| text(note, sources)),
        labels: finding.labels.iter().map(label).collect(),
        help: finding.help.as_ref().map(|help| text(help, sources)),
        fix: finding.fixes.iter().find_map(|planned| fix(planned, form, sources)),
        path: finding.pointer,
        form,
        resource: finding.resource,
        fingerprint,
        rule: finding.info,
    }
}

/// A fix in the layout of the files; whether it holds is still to be tried.
fn fix(planned: &Planned, form: &str, sources: &Sources) -> Option<Fix> {
    let source = sources.get(&planned.action.source()?)?;
    let editor = Editor::new(source, syntax::language(source));
    let edits = match &planned.action {
        Action::Set { scalar, text } => vec![editor.set(*scalar, text)?],
        // What is joined of several places stands at none of them.
        Action::Write { part, was: Some(was), .. } if source.slice(*part) != was => return None,
        Action::Write { part, text, .. } => {
            vec![Edit { span: *part, text: editor.part(*part, text) }]
        }
        Action::Replace { text, pattern, with } => replaced(source, editor, *text, pattern, with),
        Action::Call { value, function } => call(source, syntax::language(source), *value, function)?,
        Action::Refer { value, to } => vec![refer(source, syntax::language(source), *value, to)?],
        Action::Depend { on, said: Some(said), .. } => vec![depend::more(source, editor, *said, on)?],
        Action::Depend { on, behind, .. } => vec![depend::first(editor, *behind, form, on)?],
        Action::Rename { key, name } => vec![editor.rename(*key, name)?],
        Action::Strike { name } => vec![strike(source, *name)?],
        Action::Remove(children) => editor.remove(children)?,
        Action::Add { behind, key, value } => vec![editor.insert_behind(*behind, key, value)?],
        Action::Begin { mapping, key, value } => vec![editor.begin(*mapping, key, value)?],
        Action::Append { behind, item } => vec![editor.append(*behind, item)?],
    };
    let is_text = matches!(planned.action, Action::Write { .. } | Action::Replace { .. });
    if is_text && edits.iter().any(|edit| edit.text.is_empty() && editor.is_all(edit.span)) {
        return None;
    }
    let title = match (&planned.title, edits.as_slice()) {
        (Some(title), _) => text(title, sources),
        (None, [edit]) => format!("write `{}`", edit.text.trim()),
        (None, _) => return None,
    };
    (!edits.is_empty()).then_some(Fix { title, safety: planned.safety, edits })
}

/// Writes another text wherever a pattern matches.
fn replaced(
    source: &Source,
    editor: Editor<'_>,
    text: Span,
    pattern: &Pattern,
    with: &[Option<String>],
) -> Vec<Edit> {
    let mut edits = Vec::new();
    let written = source.slice(text);
    let mut at = 0;
    while let Some(found) =
        written.get(at..).and_then(|rest| pattern.find(rest)).filter(|found| !found.is_empty())
    {
        let part = text.part(at + found.start, at + found.end);
        let new = |word: &Option<String>| match word {
            // What takes the place of the quotes as well stands in none.
            Some(new) if part == text && written.starts_with('"') => new.clone(),
            Some(new) => editor.part(text, new),
            None => source.slice(part).to_owned(),
        };
        edits.push(Edit { span: part, text: with.iter().map(new).collect() });
        at += found.end;
    }
    edits
}

/// Facts as one clause: "when condition `A` is true and condition `B` is false".
fn joined(facts: &[Arc<str>]) -> String {
    let mut clause = String::new();
    let mut begun = None;
    for fact in facts {
        let begins = ["when ", "assuming "].into_iter().find(|word| fact.starts_with(word));
        // What begins like the fact before goes on without that word.
        let rest = begins.filter(|_| begins == begun).and_then(|word| fact.strip_prefix(word));
        if !clause.is_empty() {
            clause.push_str(" and ");
        }
        clause.push_str(rest.unwrap_or(fact));
        begun = begins;
    }
    clause
}

/// A text in one line, if there is any and it is short.
fn quoted(written: &str) -> Option<String> {
    let mut line = String::new();
    let mut left = MAX_QUOTED;
    for word in written.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
            left = left.checked_sub(1)?;
        }
        line.push_str(word);
        left = left.checked_sub(word.chars().take(MAX_QUOTED + 1).count())?;
    }
    Some(line).filter(|line| !line.is_empty())
}

fn text(said: &Said, sources: &Sources) -> String {
    said.0
        .iter()
        .map(|word| match word {
            Word::Text(text) => text.clone(),
            Word::Source { span, otherwise } => {
                let written = sources.get(&span.source).map_or("", |source| source.slice(*span));
                quoted(written).unwrap_or_else(|| otherwise.clone())
            }
            Word::Reference { at, to } => {
                let language =
                    sources.get(&at.source).map_or(Language::Yaml, |source| syntax::language(source));
                to.shown(language)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_one_clause() {
        for (facts, clause) in [
            (&["when A is true", "when B is false"][..], "when A is true and B is false"),
            (&["when A is true", "with the default of P"], "when A is true and with the default of P"),
            (&["with the default of P", "when A is true"], "with the default of P and when A is true"),
            (
                &["when A is true", "assuming account `1`", "assuming region `r`"],
                "when A is true and assuming account `1` and region `r`",
            ),
        ] {
            let facts: Vec<Arc<str>> = facts.iter().map(|fact| (*fact).into()).collect();
            assert_eq!(joined(&facts), clause);
        }
    }
}
