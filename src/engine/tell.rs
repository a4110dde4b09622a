//! Puts the user's own words into what a finding says.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::check::Raw;
use crate::diagnostic::{Diagnostic, Label};
use crate::rules::finding::{Said, Word};
use crate::text::{Source, SourceId};

/// Characters of source that are quoted in a sentence; longer text is described.
const MAX_QUOTED: usize = 80;

type Sources = BTreeMap<SourceId, Arc<Source>>;

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
        path: finding.pointer,
        form,
        resource: finding.resource,
        fingerprint,
        rule: finding.info,
    }
}

/// Facts as one clause: "when condition `A` is true and condition `B` is false".
fn joined(facts: &[Arc<str>]) -> String {
    let mut clause = String::new();
    for fact in facts {
        match (clause.is_empty(), fact.strip_prefix("when ")) {
            (true, _) => clause.push_str(fact),
            (false, Some(rest)) if clause.starts_with("when ") => clause = format!("{clause} and {rest}"),
            (false, _) => clause = format!("{clause} and {fact}"),
        }
    }
    clause
}

fn text(said: &Said, sources: &Sources) -> String {
    said.0
        .iter()
        .map(|word| match word {
            Word::Text(text) => text.clone(),
            Word::Source { span, otherwise } => {
                let written = sources.get(&span.source).map_or("", |source| source.slice(*span));
                let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
                let fits = !written.is_empty() && written.chars().count() <= MAX_QUOTED;
                if fits { written } else { otherwise.clone() }
            }
        })
        .collect()
}
