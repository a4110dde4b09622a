//! Each format read as its consumer reads it, with a parser that is not ours where there is one.

use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};
use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;

/// A finding, as far as a format tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub rule: String,
    pub message: String,
    pub path: String,
    pub line: usize,
}

fn seen(rule: &str, message: &str, path: &str, line: usize) -> Seen {
    Seen { rule: rule.to_owned(), message: message.to_owned(), path: path.to_owned(), line }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

/// A command of a runner: what it does, its properties, its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Command {
    pub name: String,
    pub properties: Vec<(String, String)>,
    pub text: String,
}

impl Command {
    pub fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn seen(&self, rule: &str, path: &str, line: &str) -> Seen {
        let property = |name| self.property(name).unwrap_or_default();
        let line = property(line).parse().unwrap_or(1);
        seen(property(rule), &self.text, property(path), line)
    }
}

/// The workflow commands of GitHub in a text, as its runner finds them: `::name key=value,…::data` at the beginning of a
/// line. (`##[…]` is looked for elsewhere.)
pub fn github(printed: &str) -> Vec<Command> {
    let lines = printed.split(['\n', '\r']).filter_map(|line| line.trim_start().strip_prefix("::"));
    let command = |line: &str| {
        let (head, data) = line.split_once("::")?;
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        let decoded = |text: &str, pairs: &[(&str, &str)]| {
            // `%25` comes last: what it yields is not looked at again.
            let text = pairs.iter().fold(text.to_owned(), |text, (code, char)| text.replace(code, char));
            text.replace("%25", "%")
        };
        let breaks = [("%0D", "\r"), ("%0A", "\n")];
        let all = [breaks[0], breaks[1], ("%3A", ":"), ("%2C", ",")];
        let pair = |pair: &str| {
            let (key, value) = pair.split_once('=')?;
            Some((key.to_owned(), decoded(value, &all)))
        };
        let properties = properties.split(',').filter_map(pair).collect();
        Some(Command { name: name.to_owned(), properties, text: decoded(data, &breaks) })
    };
    lines.filter_map(command).collect()
}

/// The logging commands of Azure Pipelines in a text, as its agent finds them: anywhere in a line.
pub fn azure(printed: &str) -> Vec<Command> {
    let command = |line: &str| {
        let (_, line) = line.split_once("##vso[")?;
        let (head, data) = line.split_once(']')?;
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        let decoded = |text: &str| {
            let codes = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")];
            codes.iter().fold(text.to_owned(), |text, (code, char)| text.replace(code, char))
        };
        let pair = |pair: &str| {
            let (key, value) = pair.split_once('=')?;
            Some((key.to_owned(), decoded(value)))
        };
        let properties = properties.split(';').filter_map(pair).collect();
        Some(Command { name: name.to_owned(), properties, text: decoded(data) })
    };
    printed.split(['\n', '\r']).filter_map(command).collect()
}

pub fn github_findings(printed: &str) -> Vec<Seen> {
    github(printed).iter().map(|command| command.seen("title", "file", "line")).collect()
}

pub fn azure_findings(printed: &str) -> Vec<Seen> {
    azure(printed).iter().map(|command| command.seen("code", "sourcepath", "linenumber")).collect()
}

pub fn json(printed: &str) -> Vec<Seen> {
    list(&serde_json::from_str::<Value>(printed).unwrap()["diagnostics"]).iter().map(json_finding).collect()
}

fn json_finding(finding: &Value) -> Seen {
    let line = number(&finding["start"]["line"]);
    seen(text(&finding["rule"]), text(&finding["message"]), text(&finding["file"]), line)
}

pub fn ndjson(printed: &str) -> Vec<Seen> {
    let lines = printed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["type"] == "diagnostic").map(|finding| json_finding(&finding)).collect()
}

pub fn gitlab(printed: &str) -> Vec<Seen> {
    let issues: Value = serde_json::from_str(printed).unwrap();
    let finding = |issue: &Value| {
        let (rule, place) = (text(&issue["check_name"]), &issue["location"]);
        let line = number(&place["positions"]["begin"]["line"]);
        let message = text(&issue["description"]).strip_prefix(rule).and_then(|text| text.strip_prefix(": "));
        seen(rule, message.unwrap(), text(&place["path"]), line)
    };
    list(&issues).iter().map(finding).collect()
}

pub fn rdjson(printed: &str) -> Vec<Seen> {
    let result: Value = serde_json::from_str(printed).unwrap();
    let finding = |found: &Value| {
        let place = &found["location"];
        let line = place["range"].get("start").map_or(1, |start| number(&start["line"]));
        seen(text(&found["code"]["value"]), text(&found["message"]), text(&place["path"]), line)
    };
    list(&result["diagnostics"]).iter().map(finding).collect()
}

pub fn sarif(printed: &str) -> Vec<Seen> {
    let log: Value = serde_json::from_str(printed).unwrap();
    let finding = |result: &Value| {
        let place = &result["locations"][0]["physicalLocation"];
        let line = place.get("region").map_or(1, |region| number(&region["startLine"]));
        let uri = text(&place["artifactLocation"]["uri"]);
        let path = match uri.strip_prefix("file://") {
            Some(path) => percent_decoded(path, "/-._~:"),
            None => percent_decoded(uri, "/-._~"),
        };
        seen(text(&result["ruleId"]), text(&result["message"]["text"]), &path, line)
    };
    list(&log["runs"][0]["results"]).iter().map(finding).collect()
}

/// A path of a URI, in which stand letters, digits, these characters and no other.
fn percent_decoded(uri: &str, besides: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let code = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&code).unwrap(), 16).unwrap());
        } else {
            assert!(byte.is_ascii_alphanumeric() || besides.as_bytes().contains(&byte), "{uri}");
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_else(|| panic!("{node:?} has no {name}"))
}

/// The failed cases; their place is the text before the message.
pub fn junit(printed: &str) -> Vec<Seen> {
    let document = Document::parse(printed).unwrap();
    let failures = document.descendants().filter(|node| node.has_tag_name("failure"));
    let finding = |failure: Node<'_, '_>| {
        let case = failure.parent().unwrap();
        let suite = case.parent().unwrap();
        let rule = attribute(case, "name").strip_prefix("delint.").unwrap();
        let line =
            failure.text().and_then(|text| text.strip_prefix("line ")?.split(',').next()?.parse().ok());
        seen(rule, attribute(failure, "message"), attribute(suite, "name"), line.unwrap())
    };
    failures.map(finding).collect()
}

pub fn checkstyle(printed: &str) -> Vec<Seen> {
    let document = Document::parse(printed).unwrap();
    let errors = document.descendants().filter(|node| node.has_tag_name("error"));
    let finding = |error: Node<'_, '_>| {
        let rule = attribute(error, "source").strip_prefix("delint.").unwrap();
        let path = attribute(error.parent().unwrap(), "name");
        seen(rule, attribute(error, "message"), path, attribute(error, "line").parse().unwrap())
    };
    errors.map(finding).collect()
}

/// The articles of a page, which must be well-formed XML too; messages without the backticks around names.
pub fn html(printed: &str) -> Vec<Seen> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(printed, options).unwrap_or_else(|e| panic!("{e}\n{printed}"));
    let has_class = |node: &Node<'_, '_>, class: &str| node.attribute("class") == Some(class);
    let all = |node: Node<'_, '_>| -> String {
        node.descendants().filter(Node::is_text).filter_map(|text| text.text().map(str::to_owned)).collect()
    };
    let child = |node: Node<'_, '_>, name: &str| -> String {
        node.descendants().find(|child| child.has_tag_name(name)).map(all).unwrap()
    };
    let finding = |article: Node<'_, '_>| {
        let at = article.descendants().find(|node| has_class(node, "at")).unwrap();
        let rule = all(at.children().find(Node::is_element).unwrap());
        let place = all(at.children().rfind(Node::is_element).unwrap());
        let line = place.strip_prefix("line ").and_then(|place| place.split(',').next()?.parse().ok());
        let title = child(article, "h3");
        let (_, message) = title.split_once(' ').unwrap();
        let name = article.parent().unwrap().descendants().find(|node| node.has_tag_name("h2")).unwrap();
        seen(&rule, message, &child(name, "span"), line.unwrap())
    };
    document.descendants().filter(|node| node.has_tag_name("article")).map(finding).collect()
}

/// The rows of the table; texts without the backticks around names and without spaces at their ends. Fails if there is
/// any markup but what is ours.
pub fn markdown(printed: &str) -> Vec<Seen> {
    const OURS: &[&str] =
        &["<code>", "</code>", "<br>", "<!-- -->", "<details>", "</details>", "<summary>", "</summary>"];
    let extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_GFM
        | Extensions::ENABLE_MATH
        | Extensions::ENABLE_HEADING_ATTRIBUTES;
    let (mut rows, mut cells, mut cell): (Vec<Vec<String>>, Vec<String>, Option<String>) = Default::default();
    for event in Parser::new_ext(printed, extensions) {
        match event {
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => cells.extend(cell.take()),
            Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut cells)),
            Event::End(TagEnd::TableHead) => cells.clear(),
            Event::Text(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&text);
                }
            }
            Event::InlineHtml(tag) => assert!(OURS.contains(&&*tag), "{tag:?} in\n{printed}"),
            Event::Html(line) => {
                let line = line.trim_end();
                let is_ours = line == "<details>"
                    || line == "</details>"
                    || (line.starts_with("<summary>") && line.ends_with("</summary>"));
                assert!(is_ours, "{line:?} in\n{printed}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://delint.dev/rules/"), "{dest_url} in\n{printed}");
            }
            Event::Start(
                Tag::Table(_)
                | Tag::TableRow
                | Tag::TableHead
                | Tag::Paragraph
                | Tag::Strong
                | Tag::HtmlBlock
                | Tag::CodeBlock(_)
                | Tag::Heading { .. },
            )
            | Event::End(_)
            | Event::SoftBreak => {}
            other => panic!("{other:?} in\n{printed}"),
        }
    }
    let finding = |cells: Vec<String>| {
        let [_, rule, place, message] = cells.as_slice() else { panic!("{cells:?} in\n{printed}") };
        let mut place = place.rsplitn(3, ':').skip(1);
        let line = place.next().unwrap().parse().unwrap();
        seen(rule, message, place.next().unwrap(), line)
    };
    rows.into_iter().map(finding).collect()
}
