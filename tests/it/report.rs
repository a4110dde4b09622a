//! What the output formats print.

mod consumers;
mod escaping;
mod facts;
mod property;
mod read;
mod sample;
mod sarif;

use std::path::Path;
use std::sync::LazyLock;

use delint::diagnostic::{Notification, Report, Summary};
use delint::report::reporter::Options;
use delint::report::{Format, UnknownFormat, reporter};
use sample::{awkward, everyday, hostile, one};
use serde_json::Value;
use snapbox::Data;
use snapbox::data::DataFormat;

const TERMINAL: Options = Options {
    colour: false,
    unicode: true,
    width: Some(80),
    hyperlinks: false,
    verbose: false,
    quiet: false,
    undecided: false,
    suppressed: false,
    room: None,
};
const FILE: Options = Options { unicode: false, width: None, ..TERMINAL };
const COLOUR: Options = Options { colour: true, hyperlinks: true, verbose: true, ..TERMINAL };
const UNDECIDED: Options = Options { undecided: true, ..TERMINAL };

fn print(report: &Report, format: Format, options: Options) -> String {
    let mut out = Vec::new();
    reporter(format, options).write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Compares with a file of `fixtures/report`, or writes it under `SNAPSHOTS=overwrite`.
fn expect(name: &str, printed: &str) {
    let version = regex::escape(env!("CARGO_PKG_VERSION"));
    let version = regex::Regex::new(&format!(r#"(ersion": ?"|delint</a> ){version}"#)).unwrap();
    let printed = version.replace_all(printed, "${1}0.0.0");
    let style = regex::Regex::new("(?s)<style>.*</style>").unwrap();
    let printed = style.replace(&printed, "<style>…</style>").into_owned();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/report").join(name);
    let expected = Data::read_from(&path, Some(DataFormat::Text)).raw();
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(printed, expected);
}

/// Errors of a text against `schemas/report.json`.
pub fn schema_errors(printed: &str) -> Vec<String> {
    static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/report.json");
        let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        jsonschema::draft7::new(&schema).unwrap()
    });
    let report: Value = serde_json::from_str(printed).unwrap();
    VALIDATOR.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn samples_print_as_they_did() {
    for (name, report) in [("everyday", everyday()), ("hostile", hostile()), ("awkward", awkward())] {
        expect(&format!("{name}.pretty.txt"), &print(&report, Format::Pretty, TERMINAL));
        expect(&format!("{name}.concise.txt"), &print(&report, Format::Concise, TERMINAL));
        expect(&format!("{name}.json"), &print(&report, Format::Json, TERMINAL));
        for (format, ending) in [
            (Format::Ndjson, "ndjson"),
            (Format::Sarif, "sarif"),
            (Format::Github, "github.txt"),
            (Format::Azure, "azure.txt"),
            (Format::Gitlab, "gitlab.json"),
            (Format::Rdjson, "rdjson"),
            (Format::Junit, "junit.xml"),
            (Format::Checkstyle, "checkstyle.xml"),
            (Format::Markdown, "md"),
            (Format::Html, "html"),
        ] {
            expect(&format!("{name}.{ending}"), &print(&report, format, TERMINAL));
        }
    }
    expect("everyday.ascii.txt", &print(&everyday(), Format::Pretty, FILE));
    expect("everyday.colour.txt", &print(&everyday(), Format::Pretty, COLOUR));
    expect("everyday.undecided.pretty.txt", &print(&everyday(), Format::Pretty, UNDECIDED));
    expect("everyday.undecided.concise.txt", &print(&everyday(), Format::Concise, UNDECIDED));
    expect("everyday.undecided.json", &print(&everyday(), Format::Json, UNDECIDED));
}

#[test]
fn a_summary_says_what_was_checked() {
    let summary = |files, configurations| {
        let report =
            Report { summary: Summary { files, configurations, ..Summary::default() }, ..Report::default() };
        print(&report, Format::Pretty, TERMINAL)
    };
    assert_eq!(summary(14, 1), "No problems found in 1 configuration (14 files checked)\n");
    assert_eq!(summary(1, 2), "No problems found in 2 configurations (1 file checked)\n");
    assert_eq!(summary(1, 0), "No log delivery configuration found (1 file checked)\n");
    assert_eq!(summary(0, 0), "No log delivery configuration found: there was no file to check\n");
    let cut_short = |files| {
        let notifications = vec![Notification::error("cannot read a.yaml: permission denied".to_owned())];
        let summary = Summary { files, ..Summary::default() };
        print(&Report { summary, notifications, ..Report::default() }, Format::Pretty, TERMINAL)
    };
    assert_eq!(cut_short(0), "Nothing was checked\n");
    assert_eq!(cut_short(1), "Not everything was checked (1 file checked)\n");
    assert!(print(&one("a", "b", 0, 1), Format::Pretty, TERMINAL).ends_with("\n\nFound 1 error in 1 file\n"));
}

#[test]
fn only_pretty_says_anything_when_nothing_was_found() {
    assert_eq!(print(&Report::default(), Format::Concise, TERMINAL), "");
    assert_eq!(schema_errors(&print(&Report::default(), Format::Json, TERMINAL)), [""; 0]);
}

#[test]
fn json_is_what_its_schema_says() {
    for (report, options) in
        [everyday(), hostile(), awkward()].iter().flat_map(|report| [(report, TERMINAL), (report, UNDECIDED)])
    {
        let printed = print(report, Format::Json, options);
        assert_eq!(schema_errors(&printed), [""; 0]);
        assert!(printed.ends_with("}\n") && !printed.ends_with("\n\n"));
    }
}

#[test]
fn every_key_of_json_is_documented() {
    fn undocumented(schema: &Value, part: &Value, value: &Value, found: &mut Vec<String>) {
        let of = |part: &Value| match part["$ref"].as_str() {
            Some(name) => schema.pointer(name.trim_start_matches('#')).unwrap().clone(),
            None => part.clone(),
        };
        // Of what may be null, the other; of what has a description of its own, what it describes.
        let first = |part: &Value| ["allOf", "oneOf"].iter().find_map(|all| part[*all].get(0).cloned());
        let part = of(&first(&of(part)).unwrap_or_else(|| part.clone()));
        for one in value.as_array().into_iter().flatten() {
            undocumented(schema, &part["items"], one, found);
        }
        for (key, value) in value.as_object().into_iter().flatten() {
            match part["properties"].get(key) {
                Some(part) => undocumented(schema, part, value, found),
                None => found.push(key.clone()),
            }
        }
    }
    let schema = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/report.json"));
    let schema: Value = serde_json::from_str(&schema.unwrap()).unwrap();
    let report: Value = serde_json::from_str(&print(&everyday(), Format::Json, UNDECIDED)).unwrap();
    let mut found = Vec::new();
    undocumented(&schema, &schema, &report, &mut found);
    assert_eq!(found, [""; 0]);
}

#[test]
fn the_schema_knows_fixes_and_refuses_nonsense() {
    let mut report: Value = serde_json::from_str(&print(&everyday(), Format::Json, TERMINAL)).unwrap();
    let place = report["diagnostics"][0]["start"].clone();
    let edit = serde_json::json!({"file": "a", "start": place, "end": place, "text": "ERROR"});
    report["diagnostics"][0]["fix"] = serde_json::json!({"title": "t", "safety": "safe", "edits": [edit]});
    assert_eq!(schema_errors(&report.to_string()), [""; 0]);
    for (pointer, value) in [
        ("/version", Value::from(2)),
        ("/diagnostics/0/fix/safety", Value::from("maybe")),
        ("/diagnostics/0/start/line", Value::from(0)),
        ("/diagnostics/0/severity", Value::from("fatal")),
        ("/diagnostics/0/fingerprint", Value::from("")),
        ("/diagnostics/0/path", Value::from("a/b")),
    ] {
        let mut report = report.clone();
        *report.pointer_mut(pointer).unwrap() = value;
        assert_ne!(schema_errors(&report.to_string()), [""; 0], "{pointer}");
    }
}

#[test]
fn what_is_undecided_is_for_those_who_ask() {
    let report = everyday();
    for format in Format::ALL {
        assert!(!print(&report, *format, TERMINAL).contains("parameter Plan"), "{format}");
        assert!(print(&report, *format, UNDECIDED).contains("parameter Plan"), "{format}");
    }
    let count = "3 checks could not be decided from the files";
    let last =
        |options| print(&report, Format::Pretty, options).trim_end().lines().last().unwrap().to_owned();
    assert_eq!(last(TERMINAL), "1 finding suppressed");
    assert_eq!(last(UNDECIDED), format!("1 finding suppressed, {count}"));
    let verbose = Options { verbose: true, ..TERMINAL };
    assert_eq!(last(verbose), format!("1 finding suppressed, {count} (--show-undecided names them)"));
    let quiet = print(&report, Format::Pretty, Options { quiet: true, ..UNDECIDED });
    assert!(quiet.contains("parameter Plan") && !quiet.contains(count), "{quiet}");
}

#[test]
fn columns_count_code_points_and_offsets_bytes() {
    let text = "\u{feff}é😀x: 1\n";
    let report = one("a.yaml", text, 9, 10);
    assert!(print(&report, Format::Concise, TERMINAL).starts_with("a.yaml:1:3: "));
    assert!(print(&report, Format::Pretty, TERMINAL).contains("[a.yaml:1:3]"));
    let json: Value = serde_json::from_str(&print(&report, Format::Json, TERMINAL)).unwrap();
    assert_eq!(json["diagnostics"][0]["start"], serde_json::json!({"line": 1, "column": 3, "offset": 9}));
    assert_eq!(json["diagnostics"][0]["end"], serde_json::json!({"line": 1, "column": 4, "offset": 10}));
}

#[test]
fn a_span_over_300_lines_shows_its_first_line() {
    let text = "- a: 1\n".repeat(300);
    let printed = print(&one("a.yaml", &text, 0, text.len()), Format::Pretty, TERMINAL);
    assert!(printed.lines().count() < 12, "{printed}");
}

#[test]
fn a_source_that_is_not_there_is_no_reason_to_panic() {
    let mut report = everyday();
    report.sources.clear();
    for format in Format::ALL {
        let expected = match format {
            Format::Sarif => "%28unknown%29",
            // There a finding need not have a place.
            Format::Github | Format::Azure => report.diagnostics[0].rule.name.as_str(),
            _ => "(unknown)",
        };
        assert!(print(&report, *format, TERMINAL).contains(expected), "{format}");
    }
}

#[test]
fn nothing_is_drawn_beyond_ascii_unless_it_may_be() {
    let printed = {
        let report = one("a.yaml", &"Key:\t\u{7} 1,".repeat(100), 500, 501);
        print(&report, Format::Pretty, Options { verbose: true, ..FILE })
    };
    assert!(printed.is_ascii(), "{printed}");
}

#[test]
fn links_are_only_for_those_who_ask() {
    let mut report = one("a.yaml", "a", 0, 1);
    assert!(!print(&report, Format::Pretty, TERMINAL).contains('\u{1b}'));
    let linked = Options { hyperlinks: true, ..TERMINAL };
    assert!(
        print(&report, Format::Pretty, linked)
            .contains("\u{1b}]8;;https://delint.dev/rules/some-rule\u{1b}\\")
    );
    let mut rule = (*report.diagnostics[0].rule).clone();
    rule.url = "https://x/\u{1b}\\\u{1b}[2J".to_owned();
    report.diagnostics[0].rule = rule.into();
    assert!(!print(&report, Format::Pretty, linked).contains('\u{1b}'));
}

#[test]
fn formats_have_names() {
    for format in Format::ALL {
        assert_eq!(format.as_str().parse(), Ok(*format));
        assert!(!format.about().is_empty() && !format.about().ends_with('.'));
    }
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let docs = std::fs::read_to_string(docs).unwrap();
    for format in Format::ALL {
        assert!(docs.contains(&format!("\n| `{format}` | ")), "docs/formats.md has no row for {format}");
    }
    assert_eq!("Pretty".parse::<Format>(), Err(UnknownFormat("Pretty".to_owned())));
    assert_eq!(Format::default(), Format::Pretty);
}

#[test]
fn what_the_writer_says_is_returned() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    for format in Format::ALL {
        let error = reporter(*format, TERMINAL).write(&everyday(), &mut Full).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
    }
}
