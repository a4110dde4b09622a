//! Words, and what stands at the beginning of a line.

/// Whether a line ends a heredoc.
#[derive(Clone, Copy, Debug)]
pub enum End {
    Here(usize),
    /// The marker stands there, and something that is no word behind it.
    Almost(usize),
    No,
}

/// Whether a line ends a heredoc, given where its marker is written and where the line begins.
pub fn ends_heredoc(bytes: &[u8], marker: (usize, usize), line: usize) -> End {
    let marker = bytes.get(marker.0..marker.1).unwrap_or_default();
    let rest = bytes.get(line..).unwrap_or_default();
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let Some(behind) = rest.get(blanks..).and_then(|rest| rest.strip_prefix(marker)) else {
        return End::No;
    };
    let end = line + blanks + marker.len();
    match behind.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) {
        None | Some(b'\n') => End::Here(end),
        Some(_) if behind.first().copied().is_some_and(is_word) => End::No,
        Some(_) => End::Almost(end),
    }
}

/// What stands behind blanks and the comments that come first.
pub fn behind_comments(text: &[u8]) -> &[u8] {
    let mut rest = text.trim_ascii_start();
    loop {
        let end = match rest {
            [b'#', ..] | [b'/', b'/', ..] => rest.iter().position(|byte| *byte == b'\n'),
            [b'/', b'*', ..] => rest.windows(2).skip(2).position(|pair| pair == b"*/").map(|at| at + 4),
            _ => return rest,
        };
        rest = end.and_then(|end| rest.get(end..)).unwrap_or_default().trim_ascii_start();
    }
}

/// Whether a byte can be part of a name; those of all characters beyond ASCII can.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || byte >= 0x80
}
