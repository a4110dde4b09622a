//! What delint is installed from and by, as far as it can be looked at without network. `scripts/test-packages` uses it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use serde_yaml::Value;

use crate::cli::{BAD, GOOD, Sandbox};

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn hooks() -> Vec<Value> {
    serde_yaml::from_str(&read(".pre-commit-hooks.yaml")).unwrap()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A tag makes one version of all of them.
#[test]
fn versions_agree() {
    let named = Regex::new(
        r#"(?m)(?:delint==|delint@v?|\brev: v|^version = "|^    default: "|^  "name": "delint",\n  "version": ")(?<version>\d+\.[0-9A-Za-z.-]*[0-9A-Za-z])"#,
    )
    .unwrap();
    for (file, times) in [
        ("Cargo.toml", 1),
        ("pyproject.toml", 2),
        ("action.yml", 1),
        ("README.md", 1),
        ("docs/ci.md", 1),
        ("editors/vscode/package.json", 1),
        ("editors/vscode/package-lock.json", 1),
        ("editors/zed/Cargo.toml", 1),
        ("editors/zed/extension.toml", 1),
    ] {
        let text = read(file);
        let versions: Vec<&str> =
            named.captures_iter(&text).map(|found| found.name("version").unwrap().as_str()).collect();
        assert!(versions.len() >= times, "{file} names a version {} times", versions.len());
        assert!(versions.iter().all(|version| *version == VERSION), "{file} names {versions:?}");
    }
    // The wheel takes its version from Cargo.toml.
    assert!(read("python/pyproject.toml").contains("dynamic = [\"version\""));
}

#[test]
fn hooks_are_those_that_are_documented() {
    let ids: Vec<String> = hooks().iter().map(|hook| text(hook, "id").to_owned()).collect();
    assert_eq!(ids, ["delint", "delint-fix", "delint-repo", "delint-system", "delint-src"]);
    // pre-commit and prek know other members, and each knows some that the other refuses.
    let known =
        ["id", "name", "description", "entry", "language", "types_or", "pass_filenames", "require_serial"];
    for hook in hooks() {
        let id = text(&hook, "id");
        for key in hook.as_mapping().unwrap().keys() {
            let key = key.as_str().unwrap();
            assert!(known.contains(&key) || key == "minimum_pre_commit_version", "{id} has {key}");
        }
        let kinds = hook.get("types_or").and_then(Value::as_sequence).unwrap();
        let kinds: Vec<&str> = kinds.iter().filter_map(Value::as_str).collect();
        assert_eq!(kinds, ["yaml", "json", "terraform"], "{id}");
    }
}

/// What a runner makes of an entry: its words, then the names of files.
#[test]
fn entries_of_hooks_fail_for_bad_files_only() {
    let configured =
        [(".delint.yaml", "exclude: [legacy/]\n"), ("legacy/bad.yaml", BAD), ("good.yaml", GOOD)];
    for hook in hooks() {
        let takes_files = hook.get("pass_filenames").and_then(Value::as_bool).unwrap_or(true);
        let words: Vec<&str> = text(&hook, "entry").split(' ').collect();
        assert_eq!(words[0], "delint");
        for (name, content, code) in [("staged.yaml", GOOD, 0), ("staged.yaml", BAD, 1)] {
            let sandbox = Sandbox::new(&configured);
            sandbox.write(name, content);
            let files = if takes_files { &["legacy/bad.yaml", name][..] } else { &[] };
            let ran = sandbox.run_with(&[&words[1..], files].concat(), &[("PRE_COMMIT", "1")]).code(code);
            // What was fixed is no problem any more, and still for somebody to look at.
            let fixes = words.contains(&"--fix");
            assert_eq!(ran.out.is_empty(), code == 0 || fixes, "{ran:?}");
            assert_eq!(ran.err.contains("note: fixed 1 finding in 1 file\n"), code == 1 && fixes, "{ran:?}");
            assert!(ran.err.is_empty() || fixes && !ran.err.contains("error"), "{ran:?}");
            assert!(!ran.out.contains("legacy") && sandbox.read("legacy/bad.yaml") == BAD, "{ran:?}");
        }
    }
}

/// A wheel takes files from its own folder only.
#[test]
fn the_wheel_has_the_licences_of_the_whole() {
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        assert_eq!(read(name), read(&format!("python/{name}")), "{name}");
    }
}

/// The values of inputs are no part of a script: there they would be run.
#[test]
fn scripts_of_the_action_hold_no_expression() {
    let action: Value = serde_yaml::from_str(&read("action.yml")).unwrap();
    let steps = action.get("runs").and_then(|runs| runs.get("steps")).and_then(Value::as_sequence).unwrap();
    assert!(!steps.is_empty());
    for step in steps {
        let script = text(step, "run");
        assert!(!script.is_empty() && !script.contains("${{"), "{script}");
    }
    let used = Regex::new(r"\$\{\{ inputs\.([a-z-]+) \}\}").unwrap();
    let used: BTreeSet<String> =
        used.captures_iter(&read("action.yml")).map(|found| found[1].to_owned()).collect();
    let inputs = action.get("inputs").and_then(Value::as_mapping).unwrap();
    let inputs: BTreeSet<String> = inputs.keys().map(|key| key.as_str().unwrap().to_owned()).collect();
    assert_eq!(used, inputs, "an input is not used, or is none");
}

/// A hook or an action is named by its tag, and then needs the wheel.
#[test]
fn a_release_makes_its_tag_last() {
    let release: Value = serde_yaml::from_str(&read(".github/workflows/release.yml")).unwrap();
    let jobs = release.get("jobs").and_then(Value::as_mapping).unwrap();
    let needs = |name: &str| {
        let needs = jobs.get(name).and_then(|job| job.get("needs")).and_then(Value::as_sequence);
        let needs = needs.into_iter().flatten().filter_map(Value::as_str);
        needs.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let mut before = needs("tag");
    while let Some(more) = before.iter().flat_map(|name| needs(name)).find(|name| !before.contains(name)) {
        before.insert(more);
    }
    before.insert("tag".to_owned());
    let all: BTreeSet<String> = jobs.keys().map(|name| name.as_str().unwrap().to_owned()).collect();
    assert_eq!(before, all, "a job is not done when the tag is made");
    for (name, job) in jobs {
        let writes = job.get("permissions").is_some_and(|given| text(given, "contents") == "write");
        assert_eq!(writes, name == "tag", "{name:?}");
    }
}

/// A tag of others may be moved.
#[test]
fn workflows_take_actions_of_others_by_commit() {
    let pinned = Regex::new(r"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$").unwrap();
    for name in ["ci", "release"] {
        let workflow = read(&format!(".github/workflows/{name}.yml"));
        let used: Vec<&str> =
            workflow.lines().filter_map(|line| line.split_once("uses: ")).map(|(_, used)| used).collect();
        assert!(!used.is_empty());
        assert!(used.iter().all(|used| pinned.is_match(used)), "{used:#?}");
    }
}

fn files_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_in(&path, found);
        } else {
            found.insert(path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
}

/// What `cargo install delint` would get: all that the build reads, and nothing that only we need.
#[test]
fn the_crate_holds_what_its_build_needs() {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["package", "--list", "--allow-dirty", "--offline"]).current_dir(root());
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let listed = String::from_utf8(output.stdout).unwrap();
    let listed: BTreeSet<String> = listed.lines().map(|line| line.replace('\\', "/")).collect();
    let mut expected = BTreeSet::new();
    for folder in ["src", "rules", "schemas"] {
        files_in(&root().join(folder), &mut expected);
    }
    for name in
        ["build.rs", "Cargo.toml", "Cargo.lock", "README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"]
    {
        expected.insert(name.to_owned());
    }
    // Made by cargo.
    let made = ["Cargo.toml.orig", ".cargo_vcs_info.json"];
    let listed: BTreeSet<String> = listed.into_iter().filter(|name| !made.contains(&name.as_str())).collect();
    assert_eq!(listed, expected);
}
