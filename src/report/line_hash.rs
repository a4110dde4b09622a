//! The hashes by which GitHub's code scanning knows a line again: `primaryLocationLineHash`.
//!
//! They are those that the action which uploads SARIF files (`github/codeql-action`) computes where a file has none:
//! for each line the first 100 UTF-16 code units from its beginning, over the lines behind it where it is shorter,
//! without spaces and tabs and with every line break as LF; a code unit 65535 stands for the end of the file, zeros for
//! what would follow. The hash is a polynomial in 37, modulo 2^64. Equal hashes of a file are counted.

use std::collections::HashMap;

/// Code units that make a hash.
const BLOCK: usize = 100;
const FACTOR: u64 = 37;
const END_OF_FILE: u16 = u16::MAX;

/// The hashes of all lines of a text, as they are written: `8b7cf3e952e7aeb2:1`.
#[derive(Debug)]
pub struct LineHashes(Vec<(u64, u32)>);

impl LineHashes {
    pub fn new(text: &str) -> Self {
        let Units { units, starts } = Units::of(text);
        let highest = (0..BLOCK).fold(1_u64, |power, _| power.wrapping_mul(FACTOR));
        let at = |index: usize| units.get(index).map_or(0, |unit| u64::from(*unit));
        let mut hash = 0_u64;
        let mut taken = 0;
        let mut counts: HashMap<u64, u32> = HashMap::new();
        let numbered = starts.into_iter().map(|start| {
            // The hash rolls on until it is over the block that begins with the line.
            while taken < start + BLOCK {
                let left = taken.checked_sub(BLOCK).map_or(0, at);
                hash = hash
                    .wrapping_mul(FACTOR)
                    .wrapping_add(at(taken))
                    .wrapping_sub(highest.wrapping_mul(left));
                taken += 1;
            }
            let count = counts.entry(hash).or_default();
            *count += 1;
            (hash, *count)
        });
        Self(numbered.collect())
    }

    /// The hash of a line, counted from 1.
    pub fn of_line(&self, line: usize) -> Option<String> {
        let (hash, count) = self.0.get(line.checked_sub(1)?)?;
        Some(format!("{hash:x}:{count}"))
    }
}

/// What is hashed of a text.
struct Units {
    units: Vec<u16>,
    /// Where each line begins.
    starts: Vec<usize>,
}

impl Units {
    fn of(text: &str) -> Self {
        let (mut units, mut starts) = (Vec::new(), Vec::new());
        let mut begins = true;
        let mut after_return = false;
        for unit in text.encode_utf16().map(Some).chain([None]) {
            let rest_of_break = after_return && unit == Some(u16::from(b'\n'));
            after_return = unit == Some(u16::from(b'\r'));
            let blank = [b' ', b'\t'].map(u16::from);
            if rest_of_break || unit.is_some_and(|unit| blank.contains(&unit)) {
                continue;
            }
            if begins {
                starts.push(units.len());
            }
            let unit = if after_return { u16::from(b'\n') } else { unit.unwrap_or(END_OF_FILE) };
            begins = unit == u16::from(b'\n');
            units.push(unit);
        }
        Self { units, starts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<String> {
        let hashes = LineHashes::new(text);
        (1..).map_while(|line| hashes.of_line(line)).collect()
    }

    /// The values that the action is known to give.
    #[test]
    fn hashes_are_those_of_the_action() {
        assert_eq!(hashes(""), ["c129715d7a2bc9a3:1"]);
        assert_eq!(
            hashes(" a\nb\n  \t\tc\n d"),
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
        );
        let greeting = [
            "e9496ae3ebfced30:1",
            "fb7c023a8b9ccb3f:1",
            "ce8ba1a563dcdaca:1",
            "e20e36e16fcb0cc8:1",
            "b3edc88f2938467e:1",
            "c8e28b0b4002a3a0:1",
            "c129715d7a2bc9a3:1",
        ];
        for text in [
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n",
            " hello; \t\rworld!!!\r\r\r  \t\tGreetings\r End\r",
            " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n",
            " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
        ] {
            assert_eq!(hashes(text), greeting, "{text:?}");
        }
    }

    #[test]
    fn equal_hashes_are_counted() {
        let lorem = hashes(&"Lorem ipsum dolor sit amet.\n".repeat(10));
        let same: Vec<String> = (1..=6).map(|count| format!("a7f2ff13bc495cf2:{count}")).collect();
        assert_eq!(lorem[..6], same);
        assert_eq!(
            lorem[6..],
            [
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1"
            ]
        );
    }
}
