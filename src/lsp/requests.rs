//! What the client asks for.

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentDiagnosticRequest, ExecuteCommand, GotoDefinition, HoverRequest,
    Request as _,
};
use lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::lsp::code_action;
use crate::lsp::commands;
use crate::lsp::completion;
use crate::lsp::definition;
use crate::lsp::diagnostics;
use crate::lsp::hover;
use crate::lsp::session::Session;

/// Answers a request.
pub fn answer(session: &mut Session, request: Request) -> Response {
    match request.method.as_str() {
        DocumentDiagnosticRequest::METHOD => by(request, |params| document_diagnostic(session, &params)),
        CodeActionRequest::METHOD => by(request, |params| code_action::answer(session, &params)),
        HoverRequest::METHOD => by(request, |params| hover::answer(session, &params)),
        ExecuteCommand::METHOD => by_chance(request, |params| commands::execute(session, &params)),
        GotoDefinition::METHOD => by(request, |params| definition::answer(session, &params)),
        Completion::METHOD => by(request, |params| completion::answer(session, &params)),
        method => {
            let text = format!("{method} is not supported");
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, text)
        }
    }
}

fn by<P: DeserializeOwned, R: Serialize>(request: Request, answer: impl FnOnce(P) -> R) -> Response {
    by_chance(request, |params| Ok(answer(params)))
}

/// The same for what may fail.
fn by_chance<P: DeserializeOwned, R: Serialize>(
    request: Request,
    answer: impl FnOnce(P) -> Result<R, String>,
) -> Response {
    match serde_json::from_value(request.params).map(answer) {
        Ok(Ok(result)) => Response::new_ok(request.id, result),
        Ok(Err(text)) => Response::new_err(request.id, ErrorCode::RequestFailed as i32, text),
        Err(error) => {
            let text = format!("{} is not understood: {error}", request.method);
            Response::new_err(request.id, ErrorCode::InvalidParams as i32, text)
        }
    }
}

fn document_diagnostic(
    session: &mut Session,
    params: &DocumentDiagnosticParams,
) -> DocumentDiagnosticReportResult {
    let items = diagnostics::of(session, params.text_document.uri.as_str());
    let result_id = diagnostics::result_id(&items);
    let report = if params.previous_result_id.as_ref() == Some(&result_id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(result_id),
                items,
            },
        })
    };
    report.into()
}
