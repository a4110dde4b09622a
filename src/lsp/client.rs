//! What the client can do, as far as it matters here.

use lsp_types::{ClientCapabilities, InitializeParams, MarkupKind, PositionEncodingKind};
use serde_json::Value as Json;

use crate::text::Encoding;

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own")]
pub struct Client {
    /// What columns count in this session.
    pub encoding: Encoding,
    /// Whether it asks for diagnostics; if not, they are sent.
    pub pulls: bool,
    /// Whether it asks for them again when it is told to.
    pub refreshes: bool,
    /// Whether a diagnostic may point to other places.
    pub relates: bool,
    /// Whether a diagnostic may say that code is unnecessary.
    pub fades: bool,
    /// Whether edits may say which version of a document they are of.
    pub versions_edits: bool,
    /// Whether an action may be an edit, and not only a command.
    pub takes_actions: bool,
    /// Whether what is shown on hovering may be Markdown.
    pub reads_markdown: bool,
    /// Whether what is completed may have a place in it to go on at.
    pub takes_snippets: bool,
    /// Whether files can be watched for the server.
    pub watches: bool,
    /// Whether it opens a document that it is told to.
    pub shows_documents: bool,
}

impl Client {
    /// `raw` is what was sent, with what the types do not have.
    pub fn new(params: &InitializeParams, raw: &Json) -> Self {
        let all = &params.capabilities;
        let diagnostics = all.text_document.as_ref().and_then(|text| text.publish_diagnostics.as_ref());
        let pull = all.text_document.as_ref().and_then(|text| text.diagnostic.as_ref());
        let workspace = all.workspace.as_ref();
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files);
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let actions = all.text_document.as_ref().and_then(|text| text.code_action.as_ref());
        let completion = all.text_document.as_ref().and_then(|text| text.completion.as_ref());
        let item = completion.and_then(|completion| completion.completion_item.as_ref());
        let hover = all.text_document.as_ref().and_then(|text| text.hover.as_ref());
        let window = all.window.as_ref().and_then(|window| window.show_document.as_ref());
        let formats = hover.and_then(|hover| hover.content_format.as_ref());
        Self {
            encoding: encoding(all),
            pulls: pull.is_some(),
            // `lsp-types` looks for it under another name than that of the protocol.
            refreshes: raw.pointer("/capabilities/workspace/diagnostics/refreshSupport")
                == Some(&Json::Bool(true)),
            // Of what it asks for, 3.17 lets no client say so.
            relates: pull.is_some()
                || diagnostics.and_then(|can| can.related_information).unwrap_or_default(),
            fades: pull.is_some() || diagnostics.is_some_and(|can| can.tag_support.is_some()),
            versions_edits: edits.and_then(|can| can.document_changes).unwrap_or_default(),
            takes_actions: actions.is_some_and(|can| can.code_action_literal_support.is_some()),
            reads_markdown: formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            takes_snippets: item.and_then(|can| can.snippet_support).unwrap_or_default(),
            watches: watched.and_then(|can| can.dynamic_registration).unwrap_or_default(),
            shows_documents: window.is_some_and(|can| can.support),
        }
    }
}

/// Bytes if the client can count them, for that is what spans are made of. Every client can count UTF-16.
fn encoding(all: &ClientCapabilities) -> Encoding {
    let offered = all.general.as_ref().and_then(|general| general.position_encodings.as_deref());
    let offers = |kind: &PositionEncodingKind| offered.is_some_and(|offered| offered.contains(kind));
    if offers(&PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if offers(&PositionEncodingKind::UTF32) && !offers(&PositionEncodingKind::UTF16) {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}
