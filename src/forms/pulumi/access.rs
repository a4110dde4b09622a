//! Interpolations: `${pool.id}`, `${names["a"][0]}`, and `$$` for a dollar sign.

/// A stretch of a text, in bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub start: usize,
    pub end: usize,
    pub holds: Held,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Text as it is written.
    Literal,
    /// Text with a doubled dollar sign in it, as it is meant.
    Escaped(String),
    /// A value of the program: its name, and what is taken of it.
    Access(Vec<Step>),
}

/// A step into a value; the first one is a name of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Name(String),
    Index(usize),
}

/// The segments of a text; none if an interpolation in it is malformed, which Pulumi refuses.
pub fn segments(text: &str) -> Option<Vec<Segment>> {
    let mut segments = Vec::new();
    // Where the literal began that is being read, and what it says if that is not what is written.
    let mut start = 0;
    let mut escaped: Option<String> = None;
    let mut at = 0;
    while let Some(dollar) = text[at..].find('$').map(|found| at + found) {
        match text[dollar + 1..].chars().next() {
            Some('$') => {
                let said = escaped.get_or_insert_with(|| text[start..at].to_owned());
                said.push_str(&text[at..=dollar]);
                at = dollar + 2;
            }
            Some('{') => {
                if let Some(said) = &mut escaped {
                    said.push_str(&text[at..dollar]);
                }
                push_literal(&mut segments, start, dollar, &mut escaped);
                let (steps, end) = path(text, dollar + 2)?;
                segments.push(Segment { start: dollar, end, holds: Held::Access(steps) });
                (start, at) = (end, end);
            }
            _ => {
                if let Some(said) = &mut escaped {
                    said.push_str(&text[at..=dollar]);
                }
                at = dollar + 1;
            }
        }
    }
    if let Some(said) = &mut escaped {
        said.push_str(&text[at..]);
    }
    push_literal(&mut segments, start, text.len(), &mut escaped);
    Some(segments)
}

fn push_literal(segments: &mut Vec<Segment>, start: usize, end: usize, escaped: &mut Option<String>) {
    if start < end {
        let holds = escaped.take().map_or(Held::Literal, Held::Escaped);
        segments.push(Segment { start, end, holds });
    }
}

/// The steps from a byte on up to the closing brace, and where that ends.
fn path(text: &str, from: usize) -> Option<(Vec<Step>, usize)> {
    let mut steps = Vec::new();
    let mut at = from;
    loop {
        let rest = &text[at..];
        match rest.chars().next()? {
            '}' => return matches!(steps.first(), Some(Step::Name(_))).then_some((steps, at + 1)),
            '.' => at += 1,
            '[' if rest[1..].starts_with('"') => {
                let (name, length) = quoted(&rest[2..])?;
                at += 2 + length;
                at += text[at..].starts_with(']').then_some(1)?;
                steps.push(Step::Name(name));
            }
            '[' => {
                let length = rest.find(']')?;
                steps.push(Step::Index(rest[1..length].parse().ok()?));
                at += length + 1;
            }
            _ => {
                let length = rest.find(['.', '[', '}'])?;
                steps.push(Step::Name(rest[..length].to_owned()));
                at += length;
            }
        }
    }
}

/// A name up to its closing quote, and how long it is written with that.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut name = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((name, at + 1)),
            '\\' if chars.peek().is_some_and(|(_, next)| *next == '"') => {
                name.push('"');
                chars.next();
            }
            _ => name.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        let step = |step: &Step| match step {
            Step::Name(name) => format!("/{name}"),
            Step::Index(index) => format!("#{index}"),
        };
        let segment = |segment: Segment| match segment.holds {
            Held::Literal => text[segment.start..segment.end].to_owned(),
            Held::Escaped(said) => format!("'{said}'"),
            Held::Access(steps) => format!("<{}>", steps.iter().map(step).collect::<String>()),
        };
        Some(segments(text)?.into_iter().map(segment).collect())
    }

    #[test]
    fn a_text_is_read_as_pulumi_reads_it() {
        for (text, expected) in [
            ("", Some("")),
            ("a$b", Some("a$b")),
            ("${pool.id}", Some("</pool/id>")),
            ("a${x}b${y.z[0][\"k.\\\"\"]}", Some("a</x>b</y/z#0/k.\">")),
            ("${[\"a b\"].c}", Some("</a b/c>")),
            ("a-$${x}", Some("'a-${x}'")),
            ("$$$${a}${b}$$", Some("'$${a}'</b>'$'")),
            ("${aws:region}", Some("</aws:region>")),
            ("$", Some("$")),
            ("é$$é${é}é", Some("'é$é'</é>é")),
            ("${", None),
            ("${x", None),
            ("${}", None),
            ("${[0]}", None),
            ("${x[a]}", None),
            ("${x[\"a\"", None),
            ("${x[\"a", None),
        ] {
            assert_eq!(shown(text).as_deref(), expected, "{text}");
        }
    }
}
