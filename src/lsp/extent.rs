//! The value around a place, found in the text alone: what is being written need not parse.

use crate::syntax::edit::Language;
use crate::text::{Source, Span};

/// How many places of one line are looked at.
const MAX_STARTS: usize = 5;

/// The stretches of its line that a value around an offset can be, the likeliest first. Each holds the offset.
pub fn values(source: &Source, language: Language, offset: usize) -> Vec<Span> {
    let line = source.lines().range(&source.text, source.lines().line_of(offset));
    let text = source.text.get(line.clone()).unwrap_or_default().trim_end_matches(['\r', '\n']);
    let Some(at) = offset.checked_sub(line.start).filter(|at| text.is_char_boundary(*at)) else {
        return Vec::new();
    };
    let scan = Scan { text, language };
    let mut found: Vec<Span> = Vec::new();
    for start in scan.starts(at) {
        let ends = [scan.end(start, true), scan.end(start, false)];
        // A value of YAML most often goes to the end of its line.
        let ends = if language == Language::Yaml { [ends[1], ends[0]] } else { ends };
        for end in ends {
            let span = Span::new(source.id, line.start + start, line.start + end.max(at));
            if !found.contains(&span) {
                found.push(span);
            }
        }
    }
    found
}

struct Scan<'t> {
    text: &'t str,
    language: Language,
}

impl Scan<'_> {
    /// Where values begin before a place: behind keys and in collections, the nearest first, or where the line does.
    fn starts(&self, at: usize) -> Vec<usize> {
        let begin = |from: usize| {
            let rest = self.text.get(from..at).unwrap_or_default();
            from + rest.len() - rest.trim_start().len()
        };
        let before = self.outside_of_strings(0).take_while(|(place, _)| *place < at);
        let separators = before.filter(|(place, c)| self.separates(*place, *c) || self.parts(*c));
        let mut separators: Vec<(usize, char)> = separators.collect();
        let has_key = separators.iter().any(|(place, c)| self.separates(*place, *c));
        separators.reverse();
        // The other branch of a conditional is nobody's to take away.
        let branch =
            separators.iter().position(|(_, c)| self.language == Language::Hcl && matches!(c, '?' | ':'));
        separators.truncate(branch.map_or(MAX_STARTS, |branch| branch + 1));
        let starts = separators.iter().map(|(place, _)| begin(place + 1));
        let is_below_key = !has_key && branch.is_none();
        starts.chain(is_below_key.then(|| begin(self.first()))).collect()
    }

    /// Where the line begins, behind the dash of an item.
    fn first(&self) -> usize {
        let item = self.text.trim_start().strip_prefix("- ").filter(|_| self.language == Language::Yaml);
        item.map_or(0, |item| self.text.len() - item.len())
    }

    /// Whether a character stands between the items of a collection or the branches of a conditional.
    fn parts(&self, c: char) -> bool {
        matches!(c, '[' | ',') || self.language == Language::Hcl && matches!(c, '?' | ':')
    }

    fn separates(&self, place: usize, c: char) -> bool {
        let before = self.text.get(..place).unwrap_or_default();
        let behind = self.text.get(place + 1..).unwrap_or_default();
        match self.language {
            Language::Json => c == ':',
            Language::Yaml => {
                c == ':'
                    && (behind.is_empty() || behind.starts_with([' ', '\t']) || before.ends_with(['"', '\'']))
            }
            Language::Hcl => {
                c == '=' && !behind.starts_with(['=', '>']) && !before.ends_with(['=', '!', '<', '>'])
            }
        }
    }

    /// Where a value ends that begins at a place: with its line, or before what closes the collection around it.
    fn end(&self, start: usize, in_collection: bool) -> usize {
        let mut depth = 0_usize;
        let mut end = self.text.len();
        for (place, c) in self.outside_of_strings(start) {
            let closes = matches!(c, '}' | ']' | ')');
            let is_over = in_collection && depth == 0 && (closes || c != '[' && self.parts(c));
            if is_over || self.comments(place, c) {
                end = place;
                break;
            }
            match c {
                '{' | '[' | '(' => depth += 1,
                _ if closes => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        start + self.text.get(start..end).unwrap_or_default().trim_end().len()
    }

    fn comments(&self, place: usize, c: char) -> bool {
        let before = self.text.get(..place).unwrap_or_default();
        let is_apart = before.is_empty() || before.ends_with([' ', '\t']);
        match self.language {
            Language::Json => false,
            Language::Yaml => c == '#' && is_apart,
            Language::Hcl => c == '#' || self.text.get(place..).is_some_and(|rest| rest.starts_with("//")),
        }
    }

    /// The characters from a place on that stand in no string.
    fn outside_of_strings(&self, from: usize) -> impl Iterator<Item = (usize, char)> {
        let mut quote: Option<char> = None;
        let mut before = ' ';
        let mut is_escaped = false;
        let rest = self.text.get(from..).unwrap_or_default();
        rest.char_indices().filter_map(move |(place, c)| {
            let opens = c == '"' || c == '\'' && self.language == Language::Yaml;
            // An apostrophe in a word of YAML is none.
            let begins = opens && (self.language != Language::Yaml || !before.is_alphanumeric());
            before = c;
            match quote {
                Some(_) if is_escaped => is_escaped = false,
                Some('"') if c == '\\' => is_escaped = true,
                Some(open) => quote = Some(open).filter(|open| *open != c),
                None if begins => quote = Some(c),
                None => return Some((from + place, c)),
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    use Language::{Hcl, Json, Yaml};

    #[test]
    fn a_value_is_found_around_a_place() {
        for (language, text, expected) in [
            (Yaml, "a: |", &[""][..]),
            (Yaml, "  a: x|y # z", &["xy"]),
            (Yaml, "- a: !Sub \"${b|}: c\"", &["!Sub \"${b}: c\""]),
            (Yaml, "{ a: { b: | } }", &[" } }", "", "{ b:  } }", "{ b:  }"]),
            (Yaml, "a: arn:aws:l|, c", &["arn:aws:l, c", "arn:aws:l"]),
            (Yaml, "a: !If [b, x|, y]", &["x, y]", "x", "b, x, y]", "b, x", "!If [b, x, y]"]),
            (Yaml, "it's: o'clock: |x", &["x", "o'clock: x"]),
            (Yaml, "    !GetAtt| X", &["!GetAtt X"]),
            (Yaml, "  - !GetAtt| X # y", &["!GetAtt X"]),
            (Json, "\"a\":|, \"b\": 1", &["", ", \"b\": 1"]),
            (Json, "{\"a\": [\"L|\", 1]}", &["\"L\"", "\"L\", 1]}", "[\"L\", 1]", "[\"L\", 1]}"]),
            (Json, "\"a\": \"x\\\": y|z\", ", &["\"x\\\": yz\"", "\"x\\\": yz\","]),
            (Hcl, "  a = aws_s3.|  # b", &["aws_s3."]),
            (Hcl, "a = b ? c|.d : e", &["c.d", "c.d : e"]),
            (Hcl, "a = b == c ? \"=\" : |", &[""]),
            (Hcl, "é = \"ü|", &["\"ü"]),
        ] {
            let at = text.find('|').unwrap();
            let source = Source::new(SourceId(0), "x", format!("x\r\n{}\r\ny", text.replacen('|', "", 1)));
            let spans = values(&source, language, at + 3);
            let found: Vec<&str> = spans.iter().map(|span| source.slice(*span)).collect();
            assert_eq!(found.get(..expected.len()), Some(expected), "{text}: {found:?}");
        }
    }
}
