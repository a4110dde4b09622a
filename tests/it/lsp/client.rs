//! An editor: a process of the server, and messages in both directions.

#![expect(clippy::needless_pass_by_value, reason = "parameters are written where they are sent")]

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::cli::Sandbox;

/// Far more than an answer needs.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Editor {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Json>,
    /// What came while something else was waited for.
    early: VecDeque<Json>,
    next: i64,
    pub root: String,
    /// What the server said of itself.
    pub initialized: Json,
}

/// Capabilities of a client that asks for diagnostics.
pub fn pulls() -> Json {
    json!({ "textDocument": { "diagnostic": {} } })
}

impl Editor {
    /// A session in a folder, initialized.
    pub fn new(sandbox: &Sandbox, capabilities: Json) -> Self {
        let mut editor = Self::silent(sandbox);
        let params = json!({
            "processId": null,
            "rootUri": uri(&editor.root),
            "workspaceFolders": [{ "uri": uri(&editor.root), "name": "project" }],
            "capabilities": capabilities,
        });
        editor.initialized = editor.request("initialize", params);
        editor.notify("initialized", json!({}));
        editor
    }

    /// A process to which nothing was said yet.
    pub fn silent(sandbox: &Sandbox) -> Self {
        let mut command = sandbox.command(&["lsp"]);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let input = child.stdin.take().unwrap();
        let root = sandbox.path().canonicalize().unwrap().to_str().unwrap().to_owned();
        Self { child, input, messages, early: VecDeque::new(), next: 0, root, initialized: Json::Null }
    }

    pub fn uri(&self, name: &str) -> String {
        uri(&format!("{}/{name}", self.root))
    }

    pub fn send(&mut self, message: &Json) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    pub fn notify(&mut self, method: &str, params: Json) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and does not wait: the id of the request.
    pub fn ask(&mut self, method: &str, params: Json) -> i64 {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        self.next
    }

    /// The response to a request.
    #[track_caller]
    pub fn response(&mut self, id: i64) -> Json {
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The result of a request that succeeds.
    #[track_caller]
    pub fn request(&mut self, method: &str, params: Json) -> Json {
        let id = self.ask(method, params);
        let response = self.response(id);
        assert!(response.get("error").is_none(), "{method}: {response}");
        response["result"].clone()
    }

    /// The code of the error that a request is answered with.
    #[track_caller]
    pub fn refused(&mut self, method: &str, params: Json) -> i64 {
        let id = self.ask(method, params);
        let response = self.response(id);
        response["error"]["code"].as_i64().unwrap_or_else(|| panic!("{method}: {response}"))
    }

    /// The parameters of the next message of a method that the server sends by itself.
    #[track_caller]
    pub fn told(&mut self, method: &str) -> Json {
        self.wait(|message| message["method"] == method)["params"].clone()
    }

    /// All that the server has sent by itself until it answers a request.
    pub fn unasked(&mut self) -> Vec<Json> {
        let id = self.ask("delint/nothing", json!({}));
        self.response(id);
        self.early.drain(..).collect()
    }

    #[track_caller]
    fn wait(&mut self, wanted: impl Fn(&Json) -> bool) -> Json {
        if let Some(at) = self.early.iter().position(&wanted) {
            return self.early.remove(at).unwrap();
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE);
            let message = message.unwrap_or_else(|error| panic!("{error}; before: {:?}", self.early));
            if wanted(&message) {
                return message;
            }
            self.early.push_back(message);
        }
    }

    /// Opens a document of version 1.
    pub fn open(&mut self, name: &str, text: &str) {
        let uri = self.uri(name);
        let document = json!({ "uri": uri, "languageId": "any", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the whole text.
    pub fn replace(&mut self, name: &str, version: i32, text: &str) {
        self.change(name, version, json!([{ "text": text }]));
    }

    pub fn change(&mut self, name: &str, version: i32, changes: Json) {
        let document = json!({ "uri": self.uri(name), "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub fn close(&mut self, name: &str) {
        let document = json!({ "uri": self.uri(name) });
        self.notify("textDocument/didClose", json!({ "textDocument": document }));
    }

    /// The diagnostics of a document, asked for.
    #[track_caller]
    pub fn pull(&mut self, name: &str) -> Vec<Json> {
        let document = json!({ "uri": self.uri(name) });
        let report = self.request("textDocument/diagnostic", json!({ "textDocument": document }));
        assert_eq!(report["kind"], "full", "{report}");
        report["items"].as_array().unwrap().clone()
    }

    /// The codes of the diagnostics of a document; the message of one without.
    #[track_caller]
    pub fn codes(&mut self, name: &str) -> Vec<String> {
        self.pull(name).iter().map(code).collect()
    }

    /// Ends the session as the protocol wants it. Nothing was printed but messages.
    #[track_caller]
    pub fn end(mut self) {
        self.request("shutdown", Json::Null);
        self.notify("exit", Json::Null);
        let (code, printed) = self.exit();
        assert_eq!((code, printed.as_str()), (Some(0), ""));
    }

    /// Waits for the end of the process: its exit code, and what it printed on standard error.
    pub fn exit(self) -> (Option<i32>, String) {
        let Self { mut child, input, .. } = self;
        drop(input);
        let mut printed = String::new();
        child.stderr.take().unwrap().read_to_string(&mut printed).unwrap();
        (child.wait().unwrap().code(), printed)
    }
}

pub fn code(diagnostic: &Json) -> String {
    diagnostic["code"].as_str().or(diagnostic["message"].as_str()).unwrap().to_owned()
}

pub fn uri(path: &str) -> String {
    assert!(Path::new(path).is_absolute() && !path.contains(' '), "{path}");
    format!("file://{path}")
}

fn read(output: &mut impl BufRead) -> Option<Json> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.strip_suffix("\r\n").expect("a header ends with CRLF");
        if line.is_empty() {
            break;
        }
        if let Some(text) = line.strip_prefix("Content-Length: ") {
            length = Some(text.parse().unwrap());
        }
    }
    let mut bytes = vec![0; length.expect("a message has a length")];
    output.read_exact(&mut bytes).ok()?;
    let message: Json = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(message["jsonrpc"], "2.0");
    Some(message)
}
