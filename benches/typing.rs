//! What one waits for while typing: 1,000 edits of a template of 2,000 lines, each from `textDocument/didChange` to the
//! diagnostics of its version. Prints the 50th and the 99th percentile; the goal is 5 ms at the 99th.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

const EDITS: usize = 1_000;
const LINES: usize = 2_000;
const NAME: &str = "file:///template.yaml";
/// What is typed in place of a log level, and deleted again, character by character.
const TYPED: &str = "ERROR";

fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut server = Command::new(env!("CARGO_BIN_EXE_delint"))
        .arg("lsp")
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let (Some(input), Some(output)) = (server.stdin.take(), server.stdout.take()) else {
        return Err(io::Error::other("no pipes"));
    };
    let mut session = Session { input, output: BufReader::new(output) };
    session.send(&json!({ "id": 1, "method": "initialize", "params": { "capabilities": {} } }))?;
    session.wait(|message| message["id"] == 1)?;
    session.send(&json!({ "method": "initialized", "params": {} }))?;

    let (text, line) = template();
    let document = json!({ "uri": NAME, "languageId": "yaml", "version": 0, "text": text });
    session.send(&json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } }))?;
    let first = session.diagnostics_of(0)?;
    assert_eq!(first, 1, "the template has one finding");

    let mut times = Vec::with_capacity(EDITS);
    let mut found = 0;
    for edit in 0..EDITS {
        let (change, version) = (change(edit, line), edit + 1);
        let start = Instant::now();
        session.send(&json!({
            "method": "textDocument/didChange",
            "params": { "textDocument": { "uri": NAME, "version": version }, "contentChanges": [change] },
        }))?;
        found += session.diagnostics_of(version)?;
        times.push(start.elapsed());
    }
    assert!(found > EDITS / 2, "{found} findings in {EDITS} versions");
    session.send(&json!({ "id": 2, "method": "shutdown" }))?;
    session.wait(|message| message["id"] == 2)?;
    session.send(&json!({ "method": "exit" }))?;
    server.wait()?;
    tell(&mut times)
}

fn tell(times: &mut [Duration]) -> io::Result<()> {
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    writeln!(
        io::stdout(),
        "{EDITS} edits of {LINES} lines, from the change to its diagnostics: 50th {:?}, 99th {:?}, most {:?}",
        at(50),
        at(99),
        times.last().copied().unwrap_or_default(),
    )
}

/// A template, and the line in its middle where the log level stands.
fn template() -> (String, usize) {
    let mut text = "Resources:\n".to_owned();
    let queues = |text: &mut String| {
        for _ in 0..LINES / 2 / 5 {
            let index = text.len();
            let _ = write!(
                text,
                "  Queue{index}:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Sub \"${{AWS::StackName}}-{index}\"\n      \
                 DelaySeconds: 5\n"
            );
        }
    };
    queues(&mut text);
    text.push_str(
        "  Delivery:\n    Type: AWS::Cognito::LogDeliveryConfiguration\n    Properties:\n      UserPoolId: eu-west-1_a1B2c3D4e\n      \
         LogConfigurations:\n        - EventSource: userNotification\n          LogLevel: \n          CloudWatchLogsConfiguration: { \
         LogGroupArn: 'arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users' }\n",
    );
    let line = text.lines().count() - 2;
    queues(&mut text);
    (text, line)
}

/// The next character of the word, or the last one gone.
fn change(edit: usize, line: usize) -> Json {
    const COLUMN: usize = "          LogLevel: ".len();
    let step = edit % (2 * TYPED.len());
    let (from, to, text) = if step < TYPED.len() {
        (step, step, TYPED.get(step..=step).unwrap_or_default())
    } else {
        let left = 2 * TYPED.len() - step;
        (left - 1, left, "")
    };
    json!({
        "range": {
            "start": { "line": line, "character": COLUMN + from },
            "end": { "line": line, "character": COLUMN + to },
        },
        "text": text,
    })
}

struct Session<W, R> {
    input: W,
    output: BufReader<R>,
}

impl<W: Write, R: Read> Session<W, R> {
    fn send(&mut self, message: &Json) -> io::Result<()> {
        let mut message = message.clone();
        message["jsonrpc"] = "2.0".into();
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        self.input.flush()
    }

    fn wait(&mut self, wanted: impl Fn(&Json) -> bool) -> io::Result<Json> {
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                if self.output.read_line(&mut line)? == 0 {
                    return Err(io::Error::other("the server has ended"));
                }
                match line.trim().strip_prefix("Content-Length: ") {
                    Some(number) => length = number.parse().map_err(io::Error::other)?,
                    None if line.trim().is_empty() => break,
                    None => {}
                }
            }
            let mut bytes = vec![0; length];
            self.output.read_exact(&mut bytes)?;
            let message: Json = serde_json::from_slice(&bytes)?;
            if wanted(&message) {
                return Ok(message);
            }
        }
    }

    /// How many diagnostics a version of the document has.
    fn diagnostics_of(&mut self, version: usize) -> io::Result<usize> {
        let told = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == version
        })?;
        Ok(told["params"]["diagnostics"].as_array().map_or(0, Vec::len))
    }
}
