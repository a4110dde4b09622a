//! Messages on standard error.

use std::io::{self, Write};

use crate::diagnostic::{Notification, NotificationKind, Report};
use crate::report::notification;
use crate::report::reporter::Options;
use crate::report::visible::escaped;

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
        let text = report.line(told);
        match told.kind {
            NotificationKind::Error => self.error(&text),
            NotificationKind::Note => self.note(&text),
        }
    }
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
