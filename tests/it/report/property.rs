//! What holds for any text and any spans.

use delint::diagnostic::{Label, Report, Severity, Suppressed, SuppressedBy};
use delint::report::Format;
use delint::report::reporter::Options;
use delint::text::{SourceId, Span};
use proptest::prelude::*;
use proptest::sample::select;

use super::sample::Sample;
use super::{print, schema_errors};

const PIECES: &[&str] = &[
    "\u{1b}",
    "\u{1b}[31m",
    "\u{1b}]8;;x\u{1b}\\",
    "\u{9b}",
    "\u{7f}",
    "\0",
    "\u{7}",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\u{b}",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{2028}",
    "\u{feff}",
    "\u{200b}",
    "\u{ad}",
    "\u{301}",
    "\u{e0041}",
    "::error",
    "::",
    "##[error]",
    "##",
    "#",
    "[",
    " ",
    "   ",
    "😀",
    "👩‍🚀",
    "日本",
    "é",
    "שלום",
    "LogLevel: INFO",
    "\"",
    "\\",
    "…",
    "%",
    "%0A",
    "%25",
    "%AZP25",
    ":",
    ",",
    ";",
    "=",
    "]",
    "##vso[task.setvariable variable=x]",
    "##teamcity[x]",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<script>alert(1)</script>",
    "</style>",
    "</details>",
    "<b a='",
    "&amp;",
    "&#x0;",
    "|",
    "|---|",
    "`",
    "```",
    "~~~",
    "**",
    "__",
    "[a](1)",
    "](",
    "![",
    "$x$",
    "- ",
    "1. ",
    "===",
    "@user",
    "#1",
    "www.a.b",
    "https://a.b",
    ":smile:",
    "\u{200d}",
    "\u{fe0f}",
    "\u{fffe}",
    "/",
    "..",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => (select(PIECES), 50..200_usize).prop_map(|(piece, times)| piece.repeat(times)),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

/// What is never empty: the name of a rule or of a file.
fn name() -> impl Strategy<Value = String> {
    text().prop_map(|text| if text.is_empty() { "a".to_owned() } else { text })
}

/// Indices that are scaled to the text: also beyond it, and inside characters.
type Places = Vec<(bool, prop::sample::Index, prop::sample::Index, String)>;

fn places() -> impl Strategy<Value = Places> {
    prop::collection::vec(
        (any::<bool>(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), text()),
        1..16,
    )
}

fn report(names: &[String], sources: &[String], places: &Places, rule: &str, texts: &[String]) -> Report {
    let mut sample = Sample::default();
    let ids: Vec<_> = names.iter().zip(sources).map(|(name, text)| sample.file(name, text)).collect();
    let spans: Vec<_> = places
        .iter()
        .map(|(first, from, to, text)| {
            let id = ids[usize::from(*first)];
            let range = sample.0.sources[&id].span().range();
            let (from, to) = (from.index(range.len() + 3), to.index(range.len() + 3));
            // Not moved onto characters: reporters must bear a wrong span.
            (Span::new(id, from.min(to), from.max(to)), text.clone())
        })
        .collect();
    let [message, help, resource] = texts else { panic!("three texts") };
    let finding = sample.add(Severity::Warning, rule, spans[0].0, message);
    finding.note = Some(spans[0].1.clone());
    finding.labels =
        spans[1..].iter().map(|(span, text)| Label { span: *span, text: text.clone() }).collect();
    finding.help = Some(help.clone());
    finding.resource = Some(resource.clone());
    let facts = spans.iter().map(|(span, text)| Label { span: *span, text: text.clone() });
    sample.wait(rule, facts.collect());
    sample.add(Severity::Error, "lost", Span::new(SourceId(9), 3, 5), message);
    let hidden = sample.0.diagnostics[0].clone();
    let (by, reason) = (SuppressedBy::Comment, Some(help.clone()));
    sample.0.suppressed = vec![Suppressed { diagnostic: hidden, by, reason }];
    sample.0
}

pub fn any_report() -> impl Strategy<Value = Report> {
    let texts = |number: usize| prop::collection::vec(text(), number);
    (prop::collection::vec(name(), 2), texts(2), places(), name(), texts(3))
        .prop_map(|(names, sources, places, rule, texts)| report(&names, &sources, &places, &rule, &texts))
}

pub fn any_options() -> impl Strategy<Value = Options> {
    (any::<bool>(), any::<bool>(), any::<bool>(), prop::option::of(0..300_usize)).prop_map(
        |(unicode, verbose, undecided, width)| Options {
            unicode,
            verbose,
            undecided,
            suppressed: verbose,
            width,
            ..Options::default()
        },
    )
}

/// Characters that steer a terminal or hide, by another list than the reporters'.
pub fn steers(char: char) -> bool {
    (char.is_control() && char != '\n')
        || ('\u{202a}'..='\u{202e}').contains(&char)
        || ('\u{2066}'..='\u{2069}').contains(&char)
        || "\u{200e}\u{200f}\u{61c}\u{200b}\u{2028}\u{2029}\u{feff}\u{ad}".contains(char)
}

/// The first line that would be taken for a workflow command.
fn command(printed: &str) -> Option<&str> {
    printed.split('\n').find(|line| line.trim_start().starts_with("::") || line.contains("##["))
}

proptest! {
    #[test]
    fn pretty_prints_nothing_that_steers(report in any_report(), options in any_options()) {
        let printed = print(&report, Format::Pretty, options);
        prop_assert_eq!(printed.chars().find(|char| steers(*char)), None);
        prop_assert_eq!(command(&printed), None);
        let source = regex::Regex::new(r"^ *[0-9]+ [|│] ").unwrap();
        let wide = |line: &&str| source.is_match(line) && line.chars().count() > 260;
        prop_assert_eq!(printed.lines().find(wide), None);
    }

    #[test]
    fn colours_are_the_only_difference_in_colour(report in any_report(), options in any_options()) {
        let plain = print(&report, Format::Pretty, options);
        let colour = print(&report, Format::Pretty, Options { colour: true, ..options });
        let codes = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
        let bare = codes.replace_all(&colour, "");
        let trimmed = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        prop_assert_eq!(trimmed(&bare), trimmed(&plain));
        prop_assert_eq!(bare.chars().find(|char| steers(*char)), None);
    }

    #[test]
    fn concise_prints_one_line_for_each_finding(report in any_report(), options in any_options()) {
        let printed = print(&report, Format::Concise, options);
        let undecided = if options.undecided { report.undecided.len() } else { 0 };
        prop_assert_eq!(printed.lines().count(), report.diagnostics.len() + undecided);
        prop_assert_eq!(printed.chars().find(|char| steers(*char)), None);
        prop_assert_eq!(command(&printed), None);
    }

    #[test]
    fn json_keeps_every_text(report in any_report(), options in any_options()) {
        let printed = print(&report, Format::Json, options);
        prop_assert_eq!(printed.chars().find(|char| steers(*char)), None);
        prop_assert_eq!(command(&printed), None);
        prop_assert_eq!(schema_errors(&printed), Vec::<String>::new());
        let json: serde_json::Value = serde_json::from_str(&printed).unwrap();
        for (wire, finding) in json["diagnostics"].as_array().unwrap().iter().zip(&report.diagnostics) {
            prop_assert_eq!(wire["message"].as_str(), Some(finding.message.as_str()));
            prop_assert_eq!(wire["help"].as_str(), finding.help.as_deref());
            let file = report.source(finding.span).map_or("(unknown)", |source| &source.name);
            prop_assert_eq!(wire["file"].as_str(), Some(file));
        }
    }
}
