//! The fenced blocks of a page, and what they are.
//!
//! | fence | what it is | what is done with it |
//! |---|---|---|
//! | `console` | lines `$ command`, each followed by what it prints | executed, and the output compared; `…` stands for any text |
//! | `sh` | a command a line | executed: each has to succeed |
//! | `yaml`, `groovy` | a file of a service, named in a comment in its first line | its commands are executed on good and on bad files |
//! | `jsonc` | a file of an editor, named likewise | its commands are executed, its pattern is matched |
//! | `vim` | a file of Vim, named likewise | see below |
//!
//! A comment directly before a block says what is to be known of it: `<!-- exit 1 -->` which exit code its last command has,
//! `<!-- run by scripts/test-packages -->` that it needs a package, and is executed there. Any other fence, comment or
//! indented block is a mistake: no block is left out.

use std::fmt;

use super::read;

pub const NOTE_ELSEWHERE: &str = "run by scripts/test-packages";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Console,
    Sh,
    Yaml,
    Groovy,
    Jsonc,
    Vim,
}

#[derive(Debug)]
pub struct Block {
    page: String,
    line: usize,
    pub kind: Kind,
    pub text: String,
    pub exit: i32,
    pub elsewhere: bool,
}

impl Block {
    /// The name of the file that the block is.
    pub fn file(&self) -> &str {
        let first = self.text.lines().next().unwrap_or_default();
        let marks = ["# ", "// ", "\" "];
        let name = marks.iter().find_map(|mark| first.strip_prefix(mark));
        name.unwrap_or_else(|| panic!("{self} does not name its file"))
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the block at {}:{}", self.page, self.line)
    }
}

/// All blocks of a page, in order.
pub fn blocks(page: &str) -> Vec<Block> {
    let text = read(page);
    let mut found = Vec::new();
    let mut notes: Vec<&str> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let place = format!("{page}:{}", index + 1);
        if let Some(kind) = line.strip_prefix("```") {
            let inside: Vec<&str> =
                lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
            found.push(block(page, index + 1, kind, &inside, &notes));
            notes.clear();
        } else if let Some(note) = line.strip_prefix("<!-- ") {
            notes.push(
                note.strip_suffix(" -->").unwrap_or_else(|| panic!("{place}: a comment of several lines")),
            );
        } else {
            assert!(!line.trim_start().starts_with("```"), "{place}: an indented fence");
            assert!(
                !line.starts_with("    ") && !line.starts_with('\t'),
                "{place}: an indented block has no kind"
            );
            notes.clear();
        }
    }
    found
}

fn block(page: &str, line: usize, kind: &str, inside: &[&str], notes: &[&str]) -> Block {
    let kind = match kind {
        "console" => Kind::Console,
        "sh" => Kind::Sh,
        "yaml" => Kind::Yaml,
        "groovy" => Kind::Groovy,
        "jsonc" => Kind::Jsonc,
        "vim" => Kind::Vim,
        other => panic!("{page}:{line}: nobody knows how to execute `{other}`"),
    };
    let text = inside.iter().flat_map(|line| [*line, "\n"]).collect();
    let mut block = Block { page: page.to_owned(), line, kind, text, exit: 0, elsewhere: false };
    for note in notes {
        match note.strip_prefix("exit ") {
            Some(code) => block.exit = code.parse().unwrap(),
            // A marker that `docs.rs` writes between.
            None if *note == "finding" => {}
            None => {
                assert_eq!(*note, NOTE_ELSEWHERE, "{block}: an unknown comment");
                block.elsewhere = true;
            }
        }
    }
    block
}
