//! Changes of texts as the protocol has them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use lsp_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};
use similar::{DiffTag, TextDiff};

use crate::diagnostic::Edit;
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::text::{Source, SourceId, Span};

/// Edits of some sources, each of the version that the client has open. None if a source is not known.
pub fn workspace(
    session: &Session,
    sources: &BTreeMap<SourceId, Arc<Source>>,
    edits: &[Edit],
) -> Option<WorkspaceEdit> {
    let mut of: BTreeMap<SourceId, Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        let source = sources.get(&edit.span.source)?;
        let range = place::range(source, edit.span, session.client.encoding);
        of.entry(source.id).or_default().push(TextEdit { range, new_text: edit.text.clone() });
    }
    let mut documents: Vec<(Uri, SourceId, Vec<TextEdit>)> = Vec::new();
    for (id, edits) in of {
        documents.push((session.uri(sources.get(&id)?)?, id, edits));
    }
    if !session.client.versions_edits {
        #[expect(
            clippy::mutable_key_type,
            reason = "the types want it, and the text of a URI does not change"
        )]
        let changes: HashMap<_, _> = documents.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
        return Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
    }
    let change = |(uri, id, edits): (Uri, SourceId, Vec<TextEdit>)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version: session.version(id) },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    let changes = DocumentChanges::Edits(documents.into_iter().map(change).collect());
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}

/// The edits that make one text of another, by whole lines.
pub fn between(old: &Source, new: &Source) -> Vec<Edit> {
    let diff = TextDiff::from_lines(old.text.as_str(), new.text.as_str());
    let mut starts = vec![0];
    for line in (0..).map_while(|line| diff.old_slice(line)) {
        starts.push(starts.last().unwrap_or(&0) + line.len());
    }
    let after: Vec<&str> = (0..).map_while(|line| diff.new_slice(line)).collect();
    let changed = diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
    let edit = |op: &similar::DiffOp| {
        let (was, is) = (op.old_range(), op.new_range());
        let [start, end] =
            [was.start, was.end].map(|line| starts.get(line).copied().unwrap_or(old.text.len()));
        Edit { span: Span::new(old.id, start, end), text: after.get(is).unwrap_or_default().concat() }
    };
    changed.map(edit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fix::applied;

    #[test]
    fn lines_that_change_make_one_text_of_the_other() {
        for (old, new) in [
            ("a\nb\nc\n", "a\nB\nc\n"),
            ("a\r\nb\rc", "a\r\nc"),
            ("", "x\n"),
            ("x", ""),
            ("a\nb", "b\na\nb\n"),
            ("é\n😀\n", "😀\né\n"),
        ] {
            let [was, is] = [old, new].map(|text| Source::new(SourceId(0), "x", text));
            assert_eq!(applied(old, &between(&was, &is)).0, new);
        }
    }
}
