//! Ways to lay a text out in which a fix has to do the same.

use serde::Deserialize;
use serde_json::Value as Json;

/// People write an item behind a dash and one blank in it, whatever the others have.
const FOUR_BLANKS: &str = "YAML with four blanks";

/// A layout: its name, and how a text is brought into it.
pub type Layout = (&'static str, fn(&str) -> String);

/// The other layouts that a text can be in.
pub fn layouts(text: &str) -> Vec<Layout> {
    let is_json = serde_json::from_str::<Json>(text.trim_start_matches('\u{feff}')).is_ok();
    let is_hcl = text.contains("resource \"");
    // Terraform takes its JSON for nothing else.
    let is_terraform = text.contains("\"resource\":");
    match (is_json, is_hcl) {
        (true, _) if is_terraform => vec![("JSON with tabs", tabs), ("JSON in one line", one_line)],
        (true, _) => vec![("JSON with tabs", tabs), ("JSON in one line", one_line), ("flow YAML", flow)],
        (false, true) => vec![("HCL with four blanks", wide)],
        // What is given as text has lines that are no indent of YAML.
        (false, false) if text.contains(": |") => Vec::new(),
        (false, false) => vec![(FOUR_BLANKS, wide_yaml)],
    }
}

/// Brings a text into a layout in which only the blanks between words are not for a fix to keep.
pub fn compared(layout: &str, text: &str) -> String {
    match layout {
        "JSON in one line" => one_line(text),
        "flow YAML" | FOUR_BLANKS => values(text),
        _ => text.to_owned(),
    }
}

/// What the documents of a text say.
fn values(text: &str) -> String {
    let read =
        |document| serde_yaml::Value::deserialize(document).unwrap_or_else(|error| panic!("{error}: {text}"));
    let values: Vec<serde_yaml::Value> =
        serde_yaml::Deserializer::from_str(text.trim_start_matches('\u{feff}')).map(read).collect();
    format!("{values:#?}")
}

fn tabs(text: &str) -> String {
    indented(text, |depth| "\t".repeat(depth / 2))
}

fn wide(text: &str) -> String {
    indented(text, |depth| " ".repeat(2 * depth))
}

fn wide_yaml(text: &str) -> String {
    let line = |line: &str| {
        let mut rest = line.trim_start_matches(' ');
        let mut wide = " ".repeat(2 * (line.len() - rest.len()));
        while let Some(item) = rest.strip_prefix("- ") {
            wide.push_str("-   ");
            rest = item;
        }
        wide + rest
    };
    text.split_inclusive('\n').map(line).collect()
}

fn indented(text: &str, indent: impl Fn(usize) -> String) -> String {
    let line = |line: &str| {
        let rest = line.trim_start_matches(' ');
        indent(line.len() - rest.len()) + rest
    };
    text.split_inclusive('\n').map(line).collect()
}

fn one_line(text: &str) -> String {
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let json: Json = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    format!("{mark}{json}\n")
}

/// What begins with a comment is no JSON.
fn flow(text: &str) -> String {
    format!("# flow\n{}", text.trim_start_matches('\u{feff}'))
}
