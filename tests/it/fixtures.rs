//! Whole files, and what is found in them: `fixtures/<form>/ok` is silent but for hints, `fixtures/<form>/err` is not.
//! A folder is checked as one.
//!
//! Beside `name.yaml`, or the folder `name`, lies `name.txt`: its findings as `--format concise` prints them. `SNAPSHOTS=overwrite` writes it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use delint::diagnostic::{Report, Severity};
use delint::engine;
use delint::report::reporter::Options;
use delint::report::{Format, reporter};
use delint::text::{Source, SourceId};
use snapbox::Data;
use snapbox::data::DataFormat;

/// The endings of inputs, the longest first: `NAME.txt` lies beside `NAME.template.json`.
const ENDINGS: &[&str] = &[".template.json", ".json", ".yaml", ".yml"];

#[test]
fn fixtures_yield_what_lies_beside_them() {
    let mut checked = 0;
    for folder in folders() {
        let inputs = inputs(&folder);
        for (input, expected) in &inputs {
            let report = check(input);
            verdict(&folder, input, &report);
            let printed = print(&report);
            let expected = Data::read_from(expected, Some(DataFormat::Text)).raw();
            snapbox::Assert::new().action_env("SNAPSHOTS").eq(printed, expected);
            checked += 1;
        }
    }
    assert!(checked > 0, "there is no fixture");
}

#[test]
fn every_expectation_has_one_input() {
    for folder in folders() {
        let inputs = inputs(&folder);
        let expected: BTreeSet<&PathBuf> = inputs.iter().map(|(_, expected)| expected).collect();
        assert_eq!(expected.len(), inputs.len(), "two inputs of {} share a name", folder.display());
        for file in files(&folder).iter().filter(|file| file.extension().is_some_and(|e| e == "txt")) {
            assert!(expected.contains(file), "{} has no input", file.display());
        }
    }
}

/// That there is something to say of a file of `err`, and nothing of one of `ok`.
fn verdict(folder: &Path, input: &Path, report: &Report) {
    let input = input.display();
    let speaks = report.diagnostics.iter().any(|diagnostic| diagnostic.rule.severity > Severity::Hint);
    match folder.file_name().and_then(|name| name.to_str()) {
        Some("ok") => assert!(!speaks, "there is an error or a warning in {input}:\n{}", print(report)),
        _ => assert!(speaks, "there is neither an error nor a warning in {input}"),
    }
    assert!(report.summary.configurations > 0 || speaks, "there is no configuration in {input}");
}

fn check(input: &Path) -> Report {
    let inputs = if input.is_dir() { files(input) } else { vec![input.to_path_buf()] };
    let read = |(index, input): (usize, &PathBuf)| {
        let name = input.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        let text = fs::read_to_string(input).unwrap();
        engine::read(&Arc::new(Source::new(SourceId(u32::try_from(index).unwrap()), name, text)))
    };
    let readings: Vec<_> = inputs.iter().enumerate().map(read).collect();
    engine::check(&readings, readings.len())
}

fn print(report: &Report) -> String {
    let mut out = Vec::new();
    reporter(Format::Concise, Options::default()).write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The folders of all forms that have any.
fn folders() -> Vec<PathBuf> {
    let forms = ["api", "cloudformation", "terraform", "pulumi"].map(|form| root().join(form));
    let folders = forms.iter().flat_map(|form| ["ok", "err"].map(|verdict| form.join(verdict)));
    folders.filter(|folder| folder.is_dir()).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The inputs of a folder, and where what is expected of each is written.
fn inputs(folder: &Path) -> Vec<(PathBuf, PathBuf)> {
    let input = |file: PathBuf| {
        let name = file.file_name()?.to_str()?;
        let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
        let stem = stem.or_else(|| file.is_dir().then_some(name))?;
        let expected = folder.join(format!("{stem}.txt"));
        Some((file, expected))
    };
    files(folder).into_iter().filter_map(input).collect()
}
