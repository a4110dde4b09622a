//! One file: read once, searched for trigger words.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::{engine, forms};

/// Bytes of the largest file that is parsed. Templates and API documents are far smaller.
pub const LIMIT: usize = 16 << 20;

/// Bytes that are searched at once in a file that is too large to be parsed.
const CHUNK: usize = 1 << 20;

/// What is in a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No trigger word.
    Irrelevant,
    /// A trigger word, in these bytes: the whole file.
    Candidate(Vec<u8>),
    /// A trigger word, in a file of more than [`LIMIT`] bytes.
    TooLarge,
    /// A trigger word, in a file in UTF-16.
    Utf16,
    /// A FIFO, a socket, a device or a folder.
    NoFile,
}

/// Reads files into a buffer that is used again and again.
#[derive(Debug, Default)]
pub struct Scanner {
    buffer: Vec<u8>,
}

impl Scanner {
    /// Reads a file. The caller has seen that it was a regular one, or opening it could wait for a writer.
    ///
    /// # Errors
    /// What the disk says.
    pub fn scan_file(&mut self, path: &Path) -> io::Result<Outcome> {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Ok(Outcome::NoFile);
        }
        self.scan(&mut file, usize::try_from(metadata.len()).unwrap_or(usize::MAX))
    }

    /// Reads a file whatever words are in it; none if it has more than [`LIMIT`] bytes.
    ///
    /// # Errors
    /// What the disk says.
    pub fn read_file(path: &Path) -> io::Result<Option<Vec<u8>>> {
        Self::read(&mut File::open(path)?)
    }

    /// The same for a reader.
    ///
    /// # Errors
    /// What the reader says.
    pub fn read(reader: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        reader.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() <= LIMIT).then_some(bytes))
    }

    /// Reads to the end of a reader that is expected to yield so many bytes. Whatever it yields, not more than
    /// [`LIMIT`] bytes and a [`CHUNK`] are held.
    ///
    /// # Errors
    /// What the reader says.
    pub fn scan(&mut self, reader: &mut dyn Read, expected: usize) -> io::Result<Outcome> {
        self.buffer.clear();
        let outcome = self.fill(reader, expected);
        if self.buffer.capacity() > CHUNK {
            self.buffer = Vec::new();
        }
        outcome
    }

    fn fill(&mut self, reader: &mut dyn Read, expected: usize) -> io::Result<Outcome> {
        let buffer = &mut self.buffer;
        if expected <= LIMIT {
            buffer.reserve(expected + 1);
            (&mut *reader).take(LIMIT as u64 + 1).read_to_end(buffer)?;
            if buffer.len() <= LIMIT {
                return Ok(match buffer {
                    buffer if engine::is_candidate(buffer) => Outcome::Candidate(buffer.clone()),
                    buffer if is_candidate_in_utf16(buffer) => Outcome::Utf16,
                    _ => Outcome::Irrelevant,
                });
            }
        }
        loop {
            if engine::is_candidate(buffer) {
                return Ok(Outcome::TooLarge);
            }
            // A word may begin in one chunk and end in the next.
            buffer.drain(..buffer.len().saturating_sub(overlap()));
            if (&mut *reader).take(CHUNK as u64).read_to_end(buffer)? == 0 {
                return Ok(Outcome::Irrelevant);
            }
        }
    }
}

/// Whether a byte order mark says that bytes are UTF-16, and there is a trigger word in them.
pub fn is_candidate_in_utf16(bytes: &[u8]) -> bool {
    let unit = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return false,
    };
    let pairs = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
    let letters = char::decode_utf16(pairs.map(unit));
    let text: String = letters.map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    engine::is_candidate(text.as_bytes())
}

/// The longest beginning of a trigger word that is not yet one, in bytes.
fn overlap() -> usize {
    forms::TRIGGERS.iter().map(|word| word.len()).max().unwrap_or(1) - 1
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const WORD: &[u8] = b"LogConfigurations";

    fn scan(text: Vec<u8>, expected: usize) -> Outcome {
        Scanner::default().scan(&mut Cursor::new(text), expected).unwrap()
    }

    #[test]
    fn a_word_is_found_wherever_it_stands_in_a_large_file() {
        // At the end of the first chunk, across it, and behind what is read of a file that lies about its size.
        for (at, expected) in
            [(CHUNK - WORD.len(), LIMIT + 9), (CHUNK - 5, LIMIT + 9), (LIMIT - 4, 0), (LIMIT, 0)]
        {
            let mut text = vec![b' '; LIMIT + 64];
            assert_eq!(scan(text.clone(), expected), Outcome::Irrelevant);
            text[at..at + WORD.len()].copy_from_slice(WORD);
            assert_eq!(scan(text, expected), Outcome::TooLarge, "at {at}");
        }
    }

    #[test]
    fn the_largest_file_is_read_whole() {
        let mut text = vec![b' '; LIMIT];
        text[..WORD.len()].copy_from_slice(WORD);
        assert_eq!(scan(text.clone(), LIMIT), Outcome::Candidate(text));
    }
}
