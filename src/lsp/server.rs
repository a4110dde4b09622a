//! The loop: takes messages, hands them on, sends what comes of it.

use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{Cancel, Exit, Notification as _};
use lsp_types::request::{Request as _, Shutdown};
use lsp_types::{CancelParams, InitializeParams, NumberOrString};

use crate::lsp::diagnostics;
use crate::lsp::initialize;
use crate::lsp::notifications::notice;
use crate::lsp::requests::answer;
use crate::lsp::session::{Session, failure};
use crate::project::panics::caught;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client asked for the end, and then said it.
    AsAsked,
    /// The client went, or spoke another language.
    Unasked,
}

/// Serves a client on standard input and output.
#[must_use]
pub fn run() -> Ended {
    let (connection, threads) = Connection::stdio();
    let ended = serve(connection);
    // What is sent last must be written. Else standard input may still be open, and nobody waits for it.
    if ended == Ended::AsAsked {
        let _ = threads.join();
    }
    ended
}

fn serve(connection: Connection) -> Ended {
    let Ok((id, raw)) = connection.initialize_start() else { return Ended::Unasked };
    let params: InitializeParams = match serde_json::from_value(raw.clone()) {
        Ok(params) => params,
        Err(error) => {
            let text = format!("initialize is not understood: {error}");
            let refused = Response::new_err(id, ErrorCode::InvalidParams as i32, text);
            let _ = connection.sender.send(refused.into());
            return Ended::Unasked;
        }
    };
    let session = Session::new(&params, &raw);
    let initialized = Response::new_ok(id, initialize::result(&session.client));
    let Connection { sender, receiver } = connection;
    if sender.send(initialized.into()).is_err() {
        return Ended::Unasked;
    }
    let (pump, inbox) = mpsc::channel();
    // So that what is cancelled is known before it is worked on.
    thread::spawn(move || receiver.into_iter().all(|message| pump.send(message).is_ok()));
    let send = |message| sender.send(message).is_ok();
    Server { session, inbox, waiting: VecDeque::new(), send, answer, is_shut_down: false }.run()
}

struct Server<S> {
    session: Session,
    inbox: Receiver<Message>,
    /// What came while something else was done.
    waiting: VecDeque<Message>,
    /// Whether there is still somebody to send to.
    send: S,
    answer: fn(&mut Session, Request) -> Response,
    is_shut_down: bool,
}

impl<S: Fn(Message) -> bool> Server<S> {
    fn run(mut self) -> Ended {
        while let Some(message) = self.next() {
            match message {
                Message::Notification(notification) if notification.method == Exit::METHOD => {
                    return if self.is_shut_down { Ended::AsAsked } else { Ended::Unasked };
                }
                Message::Notification(notification) => self.notice(notification),
                Message::Request(request) => {
                    let response = self.answer(request);
                    self.session.outbox.push(response.into());
                }
                // Nothing that is asked of the client has an answer that matters.
                Message::Response(_) => {}
            }
            if !self.flush() {
                break;
            }
        }
        Ended::Unasked
    }

    /// The next message. Diagnostics are sent when there is nothing else to do: of several changes, after the last.
    fn next(&mut self) -> Option<Message> {
        self.waiting.extend(self.inbox.try_iter());
        if self.waiting.is_empty() && !self.session.client.pulls && !self.session.stale.is_empty() {
            let session = &mut self.session;
            if let Err(panic) = caught(|| diagnostics::publish_stale(session)) {
                session.failed("sending diagnostics", &panic);
            }
            if !self.flush() {
                return None;
            }
        }
        self.waiting.pop_front().or_else(|| self.inbox.recv().ok())
    }

    fn flush(&mut self) -> bool {
        self.session.outbox.drain(..).all(&self.send)
    }

    fn notice(&mut self, notification: Notification) {
        let method = notification.method.clone();
        let session = &mut self.session;
        if let Err(panic) = caught(|| notice(session, notification)) {
            session.failed(&method, &panic);
        }
    }

    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, .. } = &request;
        let id = id.clone();
        let refused = |code: ErrorCode, text: String| Response::new_err(id.clone(), code as i32, text);
        if self.is_shut_down {
            return refused(ErrorCode::InvalidRequest, "the server is shut down".to_owned());
        }
        if method == Shutdown::METHOD {
            self.is_shut_down = true;
            return Response::new_ok(id, ());
        }
        if self.is_cancelled(&id) {
            return refused(ErrorCode::RequestCanceled, "cancelled".to_owned());
        }
        let method = method.clone();
        let (session, answer) = (&mut self.session, self.answer);
        caught(|| answer(session, request))
            .unwrap_or_else(|panic| refused(ErrorCode::InternalError, failure(&method, &panic)))
    }

    /// Whether a request that was not worked on yet is not wanted any more.
    fn is_cancelled(&mut self, id: &RequestId) -> bool {
        self.waiting.extend(self.inbox.try_iter());
        self.waiting.iter().any(|message| matches!(message, Message::Notification(told) if cancels(told, id)))
    }
}

fn cancels(told: &Notification, id: &RequestId) -> bool {
    let cancelled = || serde_json::from_value::<CancelParams>(told.params.clone()).ok();
    let is_it = |params: CancelParams| match params.id {
        NumberOrString::Number(number) => RequestId::from(number) == *id,
        NumberOrString::String(text) => RequestId::from(text) == *id,
    };
    told.method == Cancel::METHOD && cancelled().is_some_and(is_it)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use serde_json::{Value as Json, json};

    use super::*;

    fn request(id: i32, method: &str) -> Message {
        Request::new(RequestId::from(id), method.to_owned(), Json::Null).into()
    }

    #[test]
    fn a_request_that_panics_is_answered_and_not_the_last() {
        let (pump, inbox) = mpsc::channel();
        let exit = Notification::new(Exit::METHOD.to_owned(), Json::Null);
        for message in [request(1, "fails"), request(2, "works"), request(3, Shutdown::METHOD), exit.into()] {
            pump.send(message).unwrap();
        }
        let answer = |_: &mut Session, request: Request| {
            assert!(request.method != "fails", "lost {}", request.id);
            Response::new_ok(request.id, "fine")
        };
        let params: InitializeParams = serde_json::from_value(json!({ "capabilities": {} })).unwrap();
        let session = Session::new(&params, &Json::Null);
        let sent = RefCell::new(Vec::new());
        let send = |message: Message| {
            sent.borrow_mut().push(serde_json::to_value(message).unwrap());
            true
        };
        let server = Server { session, inbox, waiting: VecDeque::new(), send, answer, is_shut_down: false };
        assert_eq!(server.run(), Ended::AsAsked);
        let sent = sent.into_inner();
        let error = &sent[0]["error"];
        assert_eq!(
            (&sent[0]["id"], error["code"].as_i64()),
            (&json!(1), Some(ErrorCode::InternalError as i64))
        );
        assert!(error["message"].as_str().unwrap().contains("delint failed on fails"), "{error}");
        assert!(error["message"].as_str().unwrap().contains("lost 1"), "{error}");
        assert_eq!((&sent[1]["id"], &sent[1]["result"]), (&json!(2), &json!("fine")));
        assert_eq!((&sent[2]["id"], sent.len()), (&json!(3), 3));
    }
}
