//! What the formats of services and the pages promise.

use delint::diagnostic::{Report, Severity, Workspace};
use delint::report::Format;
use delint::report::reporter::Options;
use delint::text::Span;

use super::read::{self, github};
use super::sample::{Sample, everyday, hostile, one};
use super::{FILE, TERMINAL, UNDECIDED, print};

/// Findings of each severity, hints first.
fn many(errors: usize, warnings: usize, hints: usize) -> Report {
    let mut sample = Sample::default();
    let id = sample.file("a.yaml", "a: 1\n");
    for (severity, count) in
        [(Severity::Hint, hints), (Severity::Warning, warnings), (Severity::Error, errors)]
    {
        for number in 0..count {
            sample.add(severity, "rule", Span::new(id, 0, 1), &format!("number {number}"));
        }
    }
    sample.0
}

#[test]
fn github_gets_as_many_annotations_as_it_keeps() {
    let counts = |report: &Report| {
        let commands = github(&print(report, Format::Github, TERMINAL));
        let names: Vec<&str> = commands.iter().map(|command| command.name.as_str()).collect();
        assert!(names.is_sorted_by_key(|name| ["error", "warning", "notice"].iter().position(|n| n == name)));
        let count = |kind: &str| names.iter().filter(|name| **name == kind).count();
        let last = commands.last().map(|command| command.text.clone()).unwrap_or_default();
        ([count("error"), count("warning"), count("notice")], last)
    };
    let more = |number: usize| format!("{number} more, see summary");
    assert_eq!(counts(&many(0, 0, 0)), ([0, 0, 0], String::new()));
    assert_eq!(counts(&many(10, 10, 10)), ([10, 10, 10], "number 9".to_owned()));
    assert_eq!(counts(&many(11, 0, 0)), ([10, 0, 1], more(1)));
    assert_eq!(counts(&many(0, 0, 11)), ([0, 0, 10], more(2)));
    assert_eq!(counts(&many(12, 30, 10)), ([10, 10, 10], more(23)));
}

#[test]
fn github_gets_columns_for_one_line_and_lines_that_exist() {
    let command = |text: &str, start, end| {
        let printed = print(&one("a.yaml", text, start, end), Format::Github, TERMINAL);
        let command = github(&printed).remove(0);
        ["line", "endLine", "col", "endColumn"].map(|key| command.property(key).map(str::to_owned))
    };
    let some = |number: &str| Some(number.to_owned());
    assert_eq!(command("é: abc\n", 4, 7), [some("1"), some("1"), some("4"), some("7")]);
    assert_eq!(command("a:\n  b\n", 0, 6), [some("1"), some("2"), None, None]);
    assert_eq!(command("a:\n  b\n", 0, 7), [some("1"), some("2"), None, None]);
    assert_eq!(command("a: 1\nb\n", 0, 5), [some("1"), some("1"), None, None]);
    assert_eq!(command("a: [\n", 5, 5), [some("1"), some("1"), some("5"), some("5")]);
}

#[test]
fn services_get_paths_from_the_root_of_the_project() {
    let mut report = one("pool.yaml", "a", 0, 1);
    report.workspace = Workspace { root: "/x/".to_owned(), folder: "infra/".to_owned() };
    for format in [Format::Github, Format::Gitlab, Format::Azure, Format::Sarif] {
        assert!(print(&report, format, TERMINAL).contains("infra/pool.yaml"), "{format}");
    }
    for format in Format::ALL
        .iter()
        .filter(|format| !matches!(format.as_str(), "github" | "gitlab" | "azure" | "sarif"))
    {
        assert!(!print(&report, *format, TERMINAL).contains("infra/"), "{format}");
    }
}

#[test]
fn azure_knows_no_hints() {
    let printed = print(&everyday(), Format::Azure, TERMINAL);
    let kinds: Vec<String> =
        read::azure(&printed).iter().map(|command| command.property("type").unwrap().to_owned()).collect();
    assert_eq!(kinds, ["error", "error", "warning", "warning"]);
}

#[test]
fn reviewdog_counts_bytes() {
    let report = one("a.yaml", "\u{feff}é😀x: 1\n", 9, 10);
    let printed: serde_json::Value = serde_json::from_str(&print(&report, Format::Rdjson, TERMINAL)).unwrap();
    let range = &printed["diagnostics"][0]["location"]["range"];
    assert_eq!((&range["start"]["column"], &range["end"]["column"]), (&7.into(), &8.into()));
}

/// The same in a file: pages are drawn for a browser, not for the terminal that delint runs in.
#[test]
fn pages_do_not_depend_on_the_terminal() {
    for format in [Format::Markdown, Format::Html] {
        assert_eq!(print(&everyday(), format, TERMINAL), print(&everyday(), format, FILE));
    }
}

#[test]
fn markdown_is_cut_where_room_ends_and_says_so() {
    let report = many(200, 0, 0);
    let whole = print(&report, Format::Markdown, TERMINAL);
    for room in (0..whole.len() + 2048).step_by(997) {
        let cut = print(&report, Format::Markdown, Options { room: Some(room), ..TERMINAL });
        assert!(cut.len() <= room, "{} of {room}", cut.len());
        let rows = if cut.is_empty() { 0 } else { read::markdown(&cut).len() };
        let is_whole = cut == whole;
        assert!(is_whole || cut.is_empty() || cut.contains("There is no room here for"), "{cut}");
        if cut.contains("more findings") {
            assert!(cut.contains(&format!("for {} more findings", 200 - rows)), "{cut}");
        }
    }
    let room = Options { room: Some(whole.len() + 1024), ..TERMINAL };
    assert_eq!(print(&report, Format::Markdown, room), whole);
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    for report in [everyday(), hostile()] {
        let page = print(&report, Format::Html, UNDECIDED);
        assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
        for loads in
            ["<script", "<img", "<link", "<iframe", "src=", "@import", "url(", "onclick", "javascript:"]
        {
            assert!(!page.contains(loads), "{loads}");
        }
    }
}

#[test]
fn a_page_has_a_filter_for_each_severity_that_there_is() {
    let filters = |report: &Report| page_filters(&print(report, Format::Html, TERMINAL));
    assert_eq!(filters(&many(1, 0, 2)), ["error", "hint"]);
    assert_eq!(filters(&everyday()), ["error", "warning", "hint"]);
    assert_eq!(filters(&Report::default()), [""; 0]);
}

fn page_filters(page: &str) -> Vec<String> {
    let id = regex::Regex::new(r#"class="filter" id="([a-z]+)""#).unwrap();
    id.captures_iter(page).map(|found| found[1].to_owned()).collect()
}

#[test]
fn links_lead_to_web_pages_only() {
    let mut report = one("a.yaml", "a", 0, 1);
    let mut rule = (*report.diagnostics[0].rule).clone();
    for url in ["javascript:alert(1)", "https://x\"><script>", "https://x) [a](https://y", ""] {
        rule.url = url.to_owned();
        report.diagnostics[0].rule = rule.clone().into();
        let page = print(&report, Format::Html, TERMINAL);
        assert_eq!(page.matches("href=").count(), 1, "only delint's own: {page}");
        assert_eq!(read::html(&page)[0].rule, "some-rule");
        assert_eq!(read::markdown(&print(&report, Format::Markdown, TERMINAL))[0].rule, "some-rule");
    }
}
