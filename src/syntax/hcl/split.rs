//! The parts that a file of HCL consists of: each a block or an argument. What is wrong with one does not hurt
//! the others.

use std::ops::Range;

use crate::syntax::hcl::line::is_word;
use crate::syntax::hcl::scan::{Fault, Scanner, Step};

/// The types of block that stand at the top level of Terraform's files.
const BLOCKS: &[&str] = &[
    "check",
    "data",
    "ephemeral",
    "import",
    "locals",
    "module",
    "moved",
    "output",
    "provider",
    "removed",
    "resource",
    "terraform",
    "variable",
];

/// A part of a file, from its first word to its last character.
#[derive(Debug)]
pub struct Item<'a> {
    pub range: Range<usize>,
    pub header: Header<'a>,
    /// What is wrong with its brackets and strings.
    pub fault: Option<Fault>,
    /// The sum of the squares of the sizes of the objects in it.
    pub burden: u64,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Header<'a> {
    /// Its type and labels, without quotes.
    Block(&'a str, Vec<&'a str>),
    /// Its name.
    Argument(&'a str),
    Other,
}

/// The parts of a text, in order.
#[derive(Debug)]
pub struct Items<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
    /// The comments that were gone over.
    pub comments: Vec<Range<usize>>,
}

impl<'a> Items<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, scanner: Scanner::new(text), comments: Vec::new() }
    }

    fn step(&mut self) -> Option<Step> {
        let start = self.scanner.at;
        let step = self.scanner.step();
        if step == Some(Step::Comment) {
            self.comments.push(start..self.scanner.at);
        }
        step
    }

    /// Goes over what begins at a place; yields where it ends.
    fn end_of(&mut self, start: usize) -> usize {
        self.scanner.restart(start);
        let mut end = start;
        loop {
            if self.scanner.is_too_deep() {
                self.skip_to_block("too many levels");
                return end;
            }
            let at_top = self.scanner.inside().is_none();
            let step = self.step();
            match step {
                None | Some(Step::LineBreak) if at_top => return end,
                None if self.scanner.lenient => {
                    self.scanner.fail_unclosed();
                    return end;
                }
                None => {
                    // Something is never closed. From here on a block begins wherever it seems to.
                    self.scanner.lenient = true;
                    self.scanner.restart(start);
                    end = start;
                }
                Some(Step::LineBreak) if self.scanner.lenient && self.begins_block(self.scanner.at) => {
                    self.scanner.fail_unclosed();
                    return end;
                }
                Some(Step::LineBreak | Step::Blank | Step::Comment) => {}
                Some(_) => end = self.scanner.at,
            }
        }
    }

    fn begins_block(&self, at: usize) -> bool {
        let line = self.text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let len = word_len(line);
        line.get(..len).is_some_and(|word| BLOCKS.contains(&word))
            && matches!(header(line), Header::Block(..))
    }

    fn skip_to_block(&mut self, message: &'static str) {
        let from = self.scanner.at;
        let mut at = from;
        for line in self.text.get(from..).unwrap_or_default().split_inclusive('\n') {
            at += line.len();
            if self.begins_block(at) {
                break;
            }
        }
        self.scanner.restart(at);
        self.scanner.fault = Some(Fault { start: from.saturating_sub(1), end: from, message });
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        let mut start = self.scanner.at;
        self.scanner.restart(start);
        while let Step::Blank | Step::LineBreak | Step::Comment = self.step()? {
            start = self.scanner.at;
        }
        let mut fault = self.scanner.fault;
        let end = self.end_of(start);
        fault = fault.or(self.scanner.fault);
        let header = header(self.text.get(start..end).unwrap_or_default());
        if header == Header::Other {
            let message = "expected a block or an argument";
            fault = fault.or(Some(Fault { start, end: start, message }));
        }
        Some(Item { range: start..end, header, fault, burden: self.scanner.burden })
    }
}

/// Whether a text begins, behind blanks and comments, with the header of a block that is surely one of Terraform's:
/// of a type that no other language has such a line for, with as many labels as it has, all in quotes.
pub fn begins_with_block(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut scanner = Scanner::new(text);
    let mut start = 0;
    while let Some(Step::Blank | Step::LineBreak | Step::Comment) = scanner.step() {
        start = scanner.at;
    }
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let Header::Block(kind, labels) = header(line) else { return false };
    let expected = match kind {
        "locals" | "moved" | "removed" | "terraform" => 0,
        "check" | "module" | "output" | "provider" | "variable" => 1,
        "data" | "ephemeral" | "resource" => 2,
        _ => return false,
    };
    labels.len() == expected
        && line.split('{').next().unwrap_or_default().matches('"').count() == 2 * expected
}

/// What a part is, by its first line.
fn header(text: &str) -> Header<'_> {
    let name_len = word_len(text);
    let (name, mut rest) = text.split_at_checked(name_len).unwrap_or(("", text));
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        return Header::Other;
    }
    let mut labels = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        if let Some(comment) = rest.strip_prefix("/*") {
            let Some((_, behind)) = comment.split_once("*/") else { return Header::Other };
            rest = behind;
        } else if rest.starts_with('{') {
            return Header::Block(name, labels);
        } else if rest.starts_with('=') && labels.is_empty() {
            return if rest.starts_with("==") { Header::Other } else { Header::Argument(name) };
        } else if let Some(quoted) = rest.strip_prefix('"') {
            let Some(end) = quoted.find(['"', '\n', '\\']) else { return Header::Other };
            let (label, behind) = quoted.split_at_checked(end).unwrap_or_default();
            let Some(behind) = behind.strip_prefix('"') else { return Header::Other };
            labels.push(label);
            rest = behind;
        } else {
            let len = word_len(rest);
            if len == 0 {
                return Header::Other;
            }
            let (label, behind) = rest.split_at_checked(len).unwrap_or_default();
            labels.push(label);
            rest = behind;
        }
    }
}

fn word_len(text: &str) -> usize {
    text.bytes().take_while(|byte| is_word(*byte)).count()
}
