//! HCL, as far as brackets, strings, heredocs, comments and line breaks go. Nothing here recurses.

use crate::syntax::hcl::frame::Frame;
use crate::syntax::hcl::line::{End, behind_comments, ends_heredoc, is_word};

/// Deeper than this nothing is followed; the parser behind it gives up far earlier.
const MAX_DEPTH: usize = 1000;
/// After so many heredocs without an end no other one is looked for: each goes through all of the text.
const MAX_SEARCHES: u8 = 32;
/// How many bytes behind a brace are looked at to see whether a `for` follows.
const LOOK_AHEAD: usize = 1000;
/// How far a closing bracket is looked back for to find its opening one.
const LOOK_BACK: usize = 64;

#[derive(Clone, Copy, Debug)]
struct Open {
    frame: Frame,
    start: usize,
    /// How many `=` and `:` stand directly in it.
    entries: u64,
    /// Of a heredoc, where its marker is written.
    marker: (usize, usize),
    /// Of a heredoc, whether what comes next begins a line.
    at_line_start: bool,
}

/// What a step went over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Blank,
    /// A line break that is no part of a string or comment.
    LineBreak,
    Comment,
    /// A line in a heredoc begins with its marker, but does not end it.
    MarkerInHeredoc,
    Other,
}

/// Something that is surely wrong, and where.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    pub start: usize,
    pub end: usize,
    pub message: &'static str,
}

/// Walks over a text, step by step.
#[derive(Debug)]
pub struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    pub at: usize,
    open: Vec<Open>,
    /// The first fault since it was last taken.
    pub fault: Option<Fault>,
    /// What objects cost that are compared key by key: the sum of the squares of their sizes.
    pub burden: u64,
    /// The last byte that was no blank and no comment.
    last: u8,
    /// Whether strings and comments that are never closed, which is known of the text, are passed over.
    pub lenient: bool,
    /// Where the last comment of the text closes, once that was asked for.
    last_comment_end: Option<usize>,
    /// How often the end of a heredoc may still be looked for in vain.
    searches: u8,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            open: Vec::new(),
            fault: None,
            burden: 0,
            last: b'\n',
            lenient: false,
            last_comment_end: None,
            searches: MAX_SEARCHES,
        }
    }

    /// Goes on at a place outside of everything.
    pub fn restart(&mut self, at: usize) {
        self.at = at;
        self.open.clear();
        self.fault = None;
        self.burden = 0;
        self.last = b'\n';
    }

    /// What is open, innermost.
    pub fn inside(&self) -> Option<Frame> {
        self.open.last().map(|open| open.frame)
    }

    pub fn is_too_deep(&self) -> bool {
        self.open.len() >= MAX_DEPTH
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn begins(&self, with: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(with))
    }

    fn fail(&mut self, start: usize, end: usize, message: &'static str) {
        self.fault.get_or_insert(Fault { start, end, message });
    }

    fn push(&mut self, frame: Frame, len: usize) {
        let marker = (0, 0);
        self.open.push(Open { frame, start: self.at, entries: 0, marker, at_line_start: false });
        self.at += len;
    }

    /// Goes one step; none at the end of the text.
    pub fn step(&mut self) -> Option<Step> {
        let byte = self.byte(self.at)?;
        match self.open.last().copied() {
            Some(Open { frame: Frame::Quoted, start, .. }) => {
                self.quoted(start);
                Some(Step::Other)
            }
            Some(open @ Open { frame: Frame::Heredoc, .. }) => Some(self.heredoc(open)),
            _ => Some(self.code(byte)),
        }
    }

    fn code(&mut self, byte: u8) -> Step {
        let start = self.at;
        match byte {
            b'\n' => {
                self.at += 1;
                return Step::LineBreak;
            }
            b' ' | b'\t' | b'\r' => {
                self.at += 1;
                return Step::Blank;
            }
            b'#' => return self.line_comment(),
            b'/' if self.begins(b"//") => return self.line_comment(),
            b'/' if self.begins(b"/*") => return self.comment(),
            b'"' => self.push(Frame::Quoted, 1),
            b'(' => self.push(Frame::Parentheses, 1),
            b'[' => self.push(Frame::Brackets, 1),
            b'{' => self.push(self.braces(), 1),
            b')' | b']' | b'}' => self.close(byte),
            b'<' if self.begins(b"<<") => self.open_heredoc(),
            b'=' | b':' => {
                if let Some(open) = self.open.last_mut() {
                    open.entries += 1;
                }
                self.at += 1;
            }
            _ if is_word(byte) => {
                let rest = self.bytes.get(start..).unwrap_or_default();
                self.at += rest.iter().take_while(|byte| is_word(**byte)).count();
            }
            _ => self.at += 1,
        }
        self.last = self.byte(self.at.saturating_sub(1)).unwrap_or(byte);
        Step::Other
    }

    fn line_comment(&mut self) -> Step {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        Step::Comment
    }

    fn comment(&mut self) -> Step {
        let start = self.at;
        let body = start + 2;
        // What does not close anywhere behind this place is not looked for again.
        let text = self.text;
        let last = *self.last_comment_end.get_or_insert_with(|| text.rfind("*/").unwrap_or(0));
        let rest = text.get(body..).filter(|_| body <= last);
        let end = rest.and_then(|rest| rest.find("*/"));
        match end {
            Some(end) => self.at = body + end + 2,
            None => {
                self.fail(start, body, "unclosed comment");
                self.at = if self.lenient { body } else { self.bytes.len() };
            }
        }
        Step::Comment
    }

    /// What a brace opens: a block behind a word or a label, else an object.
    fn braces(&self) -> Frame {
        if is_word(self.last) || self.last == b'"' {
            return Frame::Body;
        }
        let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
        let rest = behind_comments(rest.get(..LOOK_AHEAD).unwrap_or(rest));
        match rest.strip_prefix(b"for") {
            Some([byte, ..]) if byte.is_ascii_whitespace() || matches!(byte, b'#' | b'/') => Frame::For,
            _ => Frame::Object,
        }
    }

    fn close(&mut self, byte: u8) {
        let at = self.at;
        self.at += 1;
        let closes = |frame| match byte {
            b')' => frame == Frame::Parentheses,
            b']' => frame == Frame::Brackets,
            _ => matches!(frame, Frame::Body | Frame::Object | Frame::For | Frame::Interpolation),
        };
        let mut above = 0;
        for open in self.open.iter().rev().take(LOOK_BACK) {
            if closes(open.frame) {
                break;
            }
            if matches!(open.frame, Frame::Interpolation | Frame::Quoted | Frame::Heredoc) {
                above = LOOK_BACK;
                break;
            }
            above += 1;
        }
        let Some(depth) = self.open.len().checked_sub(above + 1).filter(|_| above < LOOK_BACK) else {
            return self.fail(at, at + 1, "unexpected closing bracket");
        };
        if above > 0
            && let Some(open) = self.open.get(depth + 1)
        {
            let (start, message) = (open.start, open.frame.unclosed());
            self.fail(start, start + 1, message);
        }
        for open in self.open.drain(depth..) {
            if open.frame == Frame::Object {
                self.burden = self.burden.saturating_add(open.entries * open.entries);
            }
        }
    }

    /// From within a string up to its end, an interpolation or the end of its line.
    fn quoted(&mut self, start: usize) {
        loop {
            match self.byte(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    self.open.pop();
                    self.last = b'"';
                    return;
                }
                Some(b'\\') if self.byte(self.at + 1).is_some_and(|byte| byte != b'\n') => self.at += 2,
                Some(b'$' | b'%') => {
                    if self.marks_template() {
                        return;
                    }
                }
                Some(b'\n') | None => {
                    let written = self.text.get(start..self.at).unwrap_or_default();
                    let end = start + written.find('\n').unwrap_or(written.len());
                    self.fail(start, end, "unclosed string");
                    self.open.pop();
                    return;
                }
                _ => self.at += 1,
            }
        }
    }

    /// At a `$` or `%`: goes behind it, or into the interpolation that it opens.
    fn marks_template(&mut self) -> bool {
        if self.begins(b"$${") || self.begins(b"%%{") {
            self.at += 3;
        } else if self.byte(self.at + 1) == Some(b'{') {
            self.push(Frame::Interpolation, 2);
            self.last = b'(';
            return true;
        } else {
            self.at += 1;
        }
        false
    }

    fn open_heredoc(&mut self) {
        let start = self.at;
        let rest = self.bytes.get(start + 2..).unwrap_or_default();
        let dash = usize::from(rest.first() == Some(&b'-'));
        let name = rest.get(dash..).unwrap_or_default();
        let len = name.iter().take_while(|byte| is_word(**byte)).count();
        let behind = match name.get(len..) {
            Some([b'\n', ..]) => 1,
            Some([b'\r', b'\n', ..]) => 2,
            _ => 0,
        };
        if len == 0 || behind == 0 {
            self.at += 2;
            return;
        }
        let marker = (start + 2 + dash, start + 2 + dash + len);
        let body = marker.1 + behind;
        if self.lenient {
            // Nothing in it is looked at, so that each heredoc is searched once.
            match self.heredoc_end(marker, body) {
                Some(end) => self.at = end,
                None => {
                    self.fail(start, marker.1, "unclosed heredoc");
                    self.at = body - behind;
                }
            }
            return;
        }
        self.open.push(Open { frame: Frame::Heredoc, start, entries: 0, marker, at_line_start: true });
        self.at = body;
    }

    /// Where the marker that ends a heredoc ends, from the start of a line on.
    fn heredoc_end(&mut self, marker: (usize, usize), from: usize) -> Option<usize> {
        let mut at = from;
        if self.searches == 0 {
            return None;
        }
        for line in self.text.get(from..)?.split_inclusive('\n') {
            match ends_heredoc(self.bytes, marker, at) {
                End::Here(end) | End::Almost(end) => return Some(end),
                End::No => at += line.len(),
            }
        }
        self.searches -= 1;
        None
    }

    /// In a heredoc: to the end of it, of the line, or to an interpolation.
    fn heredoc(&mut self, open: Open) -> Step {
        if open.at_line_start {
            if let Some(top) = self.open.last_mut() {
                top.at_line_start = false;
            }
            match ends_heredoc(self.bytes, open.marker, self.at) {
                End::Here(end) => {
                    self.open.pop();
                    self.at = end;
                    self.last = b'"';
                    return Step::Other;
                }
                End::Almost(end) => {
                    self.at = end;
                    return Step::MarkerInHeredoc;
                }
                End::No => {}
            }
        }
        while let Some(byte) = self.byte(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    if let Some(top) = self.open.last_mut() {
                        top.at_line_start = true;
                    }
                    return Step::Other;
                }
                b'$' | b'%' => {
                    if self.marks_template() {
                        return Step::Other;
                    }
                }
                _ => self.at += 1,
            }
        }
        Step::Other
    }

    /// Says of what is still open at the end of what belongs together that it is not closed.
    pub fn fail_unclosed(&mut self) {
        let string = self.open.last().filter(|open| open.frame == Frame::Quoted);
        if let Some(open) = string.or(self.open.first()).copied() {
            self.fail(open.start, open.start + 1, open.frame.unclosed());
        }
    }
}
