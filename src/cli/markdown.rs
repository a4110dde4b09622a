//! Our own Markdown on a terminal: what is marked is shown, not its marks.

use crate::report::visible::escaped;

/// The text for a terminal, with or without colours. It knows what our pages hold: headings, fences, small tables,
/// code in backticks and links in angle brackets.
pub fn shown(markdown: &str, colour: bool) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut fenced = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            text.push_str("    ");
            text.push_str(&escaped(line));
        } else if let Some(heading) = heading(line) {
            text.push_str(&paint("1", &escaped(heading), colour));
        } else if line.starts_with("| |") || line.starts_with("|---") {
            continue;
        } else if let Some((name, value)) = cells(line) {
            text.push_str(&escaped(&format!("{name:10}{value}")));
        } else {
            let link = line.strip_prefix("- <").and_then(|line| line.strip_suffix('>'));
            text.push_str(&escaped(link.unwrap_or(line)));
        }
        text.push('\n');
    }
    text
}

fn heading(line: &str) -> Option<&str> {
    let heading = line.trim_start_matches('#');
    (heading.len() < line.len()).then(|| heading.trim_start())
}

/// The cells of a row of two.
fn cells(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | ")?;
    Some((name.trim(), value.trim()))
}

fn paint(code: &str, text: &str, colour: bool) -> String {
    if colour && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_not_shown() {
        let page =
            "# name\n\n| | |\n|---|---|\n| effect | none |\n\n```yaml\n# a: <b>\n```\n\n- <https://x.org>\n";
        assert_eq!(shown(page, false), "name\n\neffect    none\n\n    # a: <b>\n\nhttps://x.org\n");
        assert!(shown(page, true).starts_with("\u{1b}[1mname\u{1b}[0m\n"));
    }
}
