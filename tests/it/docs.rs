//! Pages that are made from rules: `SNAPSHOTS=overwrite cargo test` writes them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use delint::rules::page;
use delint::text::{Source, SourceId};
use delint::{engine, rules};
use snapbox::Data;
use snapbox::data::DataFormat;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn overwrites() -> bool {
    std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite")
}

/// Compares with a file, or writes it under `SNAPSHOTS=overwrite`.
fn expect(path: &Path, text: &str) {
    if overwrites() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
    }
    let expected = Data::read_from(path, Some(DataFormat::Text)).raw();
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(text.to_owned(), expected);
}

#[test]
fn every_rule_has_its_page() {
    let folder = root().join("docs/rules");
    for (name, _) in rules::sources() {
        let made = format!("<!-- Made from rules/{name}.yaml by `cargo test`. -->\n\n");
        expect(&folder.join(format!("{name}.md")), &(made + &rules::Set::default().page(name).unwrap()));
    }
    let index = format!(
        "<!-- Made from the files in rules/ by `cargo test`. -->\n\n# Rules\n\n{}",
        page::table(rules::built_in(), "")
    );
    expect(&folder.join("README.md"), &index);

    let stem = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let files: BTreeSet<String> =
        fs::read_dir(&folder).unwrap().map(|entry| stem(entry.unwrap().path())).collect();
    let known: BTreeSet<String> =
        rules::sources().iter().map(|(name, _)| *name).chain(["README"]).map(str::to_owned).collect();
    assert_eq!(files, known, "docs/rules has a page without a rule, or lacks one");
}

/// Puts a text between the two markers of that name in the README.
fn expect_in_readme(marker: &str, text: &str) {
    let marker = format!("<!-- {marker} -->\n");
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let parts: Vec<&str> = readme.split(&marker).collect();
    let [before, _, after] = parts.as_slice() else { panic!("README.md has no two markers {marker:?}") };
    expect(&path, &format!("{before}{marker}{text}{marker}{after}"));
}

/// One test, because two would write one file at the same time.
#[test]
fn the_readme_shows_a_finding_and_lists_the_rules() {
    expect_in_readme("rules", &page::table(rules::built_in(), "docs/rules/"));

    let file = "fixtures/cloudformation/user-pool.yaml";
    let mut command = Command::new(env!("CARGO_BIN_EXE_delint"));
    command.args(["check", file]).current_dir(root()).env_clear().env("LANG", "C.UTF-8");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let found = String::from_utf8(output.stdout).unwrap();
    expect_in_readme("finding", &format!("```console\n$ delint check {file}\n{}\n```\n", found.trim_end()));
}

/// The fenced blocks under a heading.
fn blocks(page: &str, heading: &str) -> Vec<String> {
    let section = page.split("\n## ").find(|section| section.starts_with(heading)).unwrap_or_default();
    let fences: Vec<&str> = section.split("\n```").collect();
    let fenced = fences.iter().skip(1).step_by(2);
    fenced.map(|fence| fence.split_once('\n').map_or("", |(_, text)| text).to_owned() + "\n").collect()
}

/// The rules that find something in a text.
fn findings(text: &str) -> BTreeSet<String> {
    let source = Arc::new(Source::new(SourceId(0), "example", text));
    let select = rules::built_in().iter().map(|rule| rule.info.name.clone()).collect();
    let levels = engine::Levels { select, ..engine::Levels::default() };
    let profile = engine::Profile { levels, ..engine::Profile::default() };
    let settings = engine::Settings { today: engine::Date::parse("2026-11-23"), ..profile.into() };
    let report = engine::check_with(&[engine::read(&source)], 1, &settings);
    report.diagnostics.iter().map(|diagnostic| diagnostic.rule.name.clone()).collect()
}

#[test]
fn pages_tell_the_truth() {
    let mut wrong = Vec::new();
    for (name, _) in rules::sources() {
        let page = rules::Set::default().page(name).unwrap();
        let [bad, good] = ["Found\n", "Not found\n"].map(|heading| blocks(&page, heading));
        assert!(!bad.is_empty() && !good.is_empty(), "{name} does not show what it finds, or what not");
        let missed = bad.iter().filter(|text| !findings(text).contains(*name));
        wrong.extend(missed.map(|text| format!("{name} does not find\n{text}")));
        let noisy = good.iter().filter(|text| findings(text).contains(*name));
        wrong.extend(noisy.map(|text| format!("{name} finds\n{text}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
