//! "Ignore this here": comments that suppress findings. They are tried before they are offered: all in one check, and in
//! several only where that fails.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Edit, Report};
use crate::engine::fix::{Identity, applied, identity};
use crate::lsp::check::Context;
use crate::syntax;
use crate::syntax::edit::Language;
use crate::text::{Source, Span};

/// The place of a reason that only a person can give.
const REASON: &str = "TODO: say why";

/// How often everything is checked again, at most. What cannot be tried then is not offered.
const TRIES: usize = 40;

/// Where a comment can stand.
#[derive(Clone, Copy)]
enum Place {
    Above,
    Beside,
}

/// A finding, by its index in the report, and the edit that should suppress it.
type Comment = (usize, Edit);

/// The edits that suppress findings in a source and nothing else, those that there are: a comment above the line of each
/// or at its end. By the indices of the findings in the report.
pub fn edits(
    context: &Context,
    report: &Report,
    source: &Source,
    wanted: impl Fn(&Diagnostic) -> bool,
) -> BTreeMap<usize, Edit> {
    let mut trial = Trial { context, report, source, tries: TRIES, holding: BTreeMap::new() };
    for place in [Place::Above, Place::Beside] {
        let found = report.diagnostics.iter().enumerate();
        let due = found.filter(|(index, found)| wanted(found) && !trial.holding.contains_key(index));
        let mut waiting: Vec<Comment> =
            due.filter_map(|(index, found)| Some((index, comment_at(place, source, found)?))).collect();
        while !waiting.is_empty() && trial.tries > 0 {
            let (batch, left) = apart(waiting);
            trial.settle(&batch);
            waiting = left;
        }
    }
    trial.holding
}

/// Of comments, those that can be written together, and the others: at one place one text.
fn apart(comments: Vec<Comment>) -> (Vec<Comment>, Vec<Comment>) {
    let mut written: HashMap<Span, String> = HashMap::new();
    comments
        .into_iter()
        .partition(|(_, edit)| *written.entry(edit.span).or_insert_with(|| edit.text.clone()) == edit.text)
}

struct Trial<'t> {
    context: &'t Context,
    report: &'t Report,
    source: &'t Source,
    tries: usize,
    holding: BTreeMap<usize, Edit>,
}

impl Trial<'_> {
    /// Finds out which of a batch hold: all of them, or else those of each half.
    fn settle(&mut self, batch: &[Comment]) {
        if self.tries == 0 || batch.is_empty() {
            return;
        }
        self.tries -= 1;
        if self.holds(batch) {
            self.holding.extend(batch.iter().cloned());
        } else if batch.len() > 1 {
            let (one, other) = batch.split_at(batch.len() / 2);
            self.settle(one);
            self.settle(other);
        }
    }

    /// Whether comments take their findings away, since they are suppressed, and bring none.
    fn holds(&self, batch: &[Comment]) -> bool {
        let edits: BTreeSet<Edit> = batch.iter().map(|(_, edit)| edit.clone()).collect();
        let (text, _) = applied(&self.source.text, &edits.into_iter().collect::<Vec<_>>());
        let new = Source::new(self.source.id, self.source.name.clone(), text);
        let after = self.context.told_with(&Arc::new(new));
        let (mut left, mut hidden) = counts(self.report);
        for found in batch.iter().filter_map(|(index, _)| self.report.diagnostics.get(*index)) {
            if let Some(count) = left.get_mut(&identity(found)) {
                *count -= 1;
            }
            *hidden.entry(identity(found)).or_default() += 1;
        }
        let (left_now, hidden_now) = counts(&after);
        let no_more = |now: &HashMap<_, usize>, than: &HashMap<_, usize>| {
            now.iter().all(|(identity, count)| than.get(identity).is_some_and(|most| count <= most))
        };
        no_more(&left_now, &left) && no_more(&hidden, &hidden_now)
    }
}

/// How many findings are the same, of those that are told and of those that are suppressed.
fn counts(report: &Report) -> (HashMap<Identity<'_>, usize>, HashMap<Identity<'_>, usize>) {
    let (mut told, mut suppressed) = (HashMap::new(), HashMap::new());
    for found in &report.diagnostics {
        *told.entry(identity(found)).or_default() += 1;
    }
    for one in &report.suppressed {
        *suppressed.entry(identity(&one.diagnostic)).or_default() += 1;
    }
    (told, suppressed)
}

/// The edit that writes a comment about a finding; none where there are no comments.
fn comment_at(place: Place, source: &Source, found: &Diagnostic) -> Option<Edit> {
    if syntax::language(source) == Language::Json {
        return None;
    }
    let comment = format!("# delint: ignore[{}] {REASON}", found.rule.name);
    let line = source.lines().range(&source.text, source.lines().line_of(found.span.range().start));
    let text = source.text.get(line.clone())?;
    let ending = text.trim_end_matches(['\r', '\n']).len();
    match place {
        Place::Above => {
            let line_break = text.get(ending..).filter(|end| !end.is_empty()).unwrap_or("\n");
            // A byte order mark stays the first character.
            let mark = text.len() - text.trim_start_matches('\u{feff}').len();
            let indent = text.get(mark..)?.len() - text.get(mark..)?.trim_start_matches([' ', '\t']).len();
            Some(Edit {
                span: Span::new(source.id, line.start + mark, line.start + mark),
                text: format!("{}{comment}{line_break}", text.get(mark..mark + indent)?),
            })
        }
        Place::Beside => {
            let end = line.start + ending;
            Some(Edit { span: Span::new(source.id, end, end), text: format!(" {comment}") })
        }
    }
}
