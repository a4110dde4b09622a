//! Messages on standard error.

use std::io::{self, Write};

use crate::diagnostic::{Notification, NotificationKind, Report};
use crate::report::notification;
use crate::report::reporter::Options;
use crate::report::visible::escaped;
use crate::text::{Encoding, Span};

/// Writes messages in the way of rustc: `error: …`.
///
/// Text of a user's file or of a file's name is made visible, never printed raw.
#[derive(Clone, Copy, Debug)]
pub struct Messages {
    pub colour: bool,
    /// Whether only errors are printed.
    pub quiet: bool,
}

impl Messages {
    pub fn error(self, text: &str) {
        print("error", "1;31", text, self.colour);
    }

    pub fn note(self, text: &str) {
        if !self.quiet {
            print("note", "1;36", text, self.colour);
        }
    }

    /// Tells what a report has to tell. A place is drawn if there are options for that, and else named in one line.
    pub fn tell(self, told: &Notification, report: &Report, drawn: Option<Options>) {
        if let (Some(options), Some(_)) = (drawn, told.span) {
            if !self.quiet || told.kind == NotificationKind::Error {
                write(&notification(told, report, options));
            }
            return;
        }
        let text = told.span.and_then(|span| located(report, span, &told.text));
        let text = text.as_deref().unwrap_or(&told.text);
        match told.kind {
            NotificationKind::Error => self.error(text),
            NotificationKind::Note => self.note(text),
        }
    }
}

/// A message with its place before it.
fn located(report: &Report, span: Span, text: &str) -> Option<String> {
    let source = report.source(span)?;
    let place = source.position(span.range().start, Encoding::Utf32);
    Some(format!("{}:{}:{}: {text}", source.name, place.line + 1, place.column + 1))
}

fn print(kind: &str, code: &str, text: &str, colour: bool) {
    let text = escaped(text);
    let line =
        if colour { format!("\u{1b}[{code}m{kind}:\u{1b}[0m {text}\n") } else { format!("{kind}: {text}\n") };
    write(&line);
}

fn write(text: &str) {
    // Where a message cannot be written, there is nowhere to say so.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
