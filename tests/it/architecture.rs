//! `ARCHITECTURE.md`, enforced: which room may import which, and that the paths in our documents exist.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The rooms of `src/` and their floors. A room imports from lower floors only.
const FLOORS: &[(&str, u8)] = &[
    ("text", 1),
    ("guard", 1),
    ("value", 2),
    ("diagnostic", 2),
    ("world", 3),
    ("spec", 3),
    ("syntax", 3),
    ("report", 3),
    ("schema", 4),
    ("forms", 4),
    ("rules", 5),
    ("engine", 6),
    ("project", 7),
    ("examples", 7),
    ("lsp", 8),
    ("cli", 9),
    ("main", 10),
];

/// Modules of the standard library and crates that have a place of their own, and that place.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("std::fs", &["src/project/", "src/cli/"]),
    ("std::env", &["src/project/", "src/cli/"]),
    ("std::process", &["src/cli/", "src/main.rs"]),
    ("std::thread", &["src/project/", "src/lsp/server.rs", "src/cli/", "src/main.rs"]),
    ("std::net", &[]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("clap_mangen", &["src/cli/"]),
    ("terminal_size", &["src/cli/"]),
    ("ignore", &["src/project/"]),
    ("walkdir", &["src/project/"]),
    ("rayon", &["src/project/"]),
    ("miette", &["src/report/pretty.rs"]),
    ("jsonschema", &["src/schema.rs"]),
    ("granit_parser", &["src/syntax/"]),
    ("hcl_edit", &["src/syntax/hcl/"]),
    ("jsonc_parser", &["src/syntax/"]),
    ("lsp_types", &["src/lsp/"]),
    ("lsp_server", &["src/lsp/"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files of the repository under a folder, as paths from its root.
fn files(folder: &str, extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() && name != "target" && name != ".git" && name != "node_modules" {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// The code of a file: without comments, and without the tests at its end.
fn code(file: &str) -> String {
    let text = fs::read_to_string(root().join(file)).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The paths that are used behind a prefix: `a` and `b::c` of `crate::{a, b::c}`, each up to its second name.
fn used(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let start = Regex::new(&format!(r"\b{prefix}::")).unwrap();
    for place in start.find_iter(code) {
        let rest = &code[place.end()..];
        for path in expand(rest) {
            let names: Vec<&str> = path.split("::").take(2).collect();
            found.insert(names.join("::"));
        }
    }
    found
}

/// The paths that a use tree begins with, its groups multiplied out.
fn expand(tree: &str) -> Vec<String> {
    let Some(group) = tree.strip_prefix('{') else {
        let end = tree.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(tree.len());
        let (name, rest) = tree.split_at(end);
        return match rest.strip_prefix("::") {
            Some(rest) if !name.is_empty() => {
                expand(rest).into_iter().map(|path| format!("{name}::{path}")).collect()
            }
            _ => vec![name.to_owned()],
        };
    };
    let mut depth = 0;
    let mut paths = Vec::new();
    let mut start = 0;
    for (at, c) in group.char_indices() {
        if depth == 0 && (c == ',' || c == '}') {
            paths.extend(expand(group[start..at].trim()));
            start = at + 1;
        }
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            _ => {}
        }
    }
    paths.retain(|path| !path.is_empty());
    paths
}

/// The room of a source file.
fn room(file: &str) -> &str {
    let inside = file.strip_prefix("src/").unwrap();
    inside.split(['/', '.']).next().unwrap()
}

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

#[test]
fn use_trees_are_understood() {
    let code = "use crate::{text::{Span, Source}, engine, report::json::X as Y};\nlet x = crate::value::Map::default();";
    let used: Vec<String> = used(code, "crate").into_iter().collect();
    assert_eq!(used, ["engine", "report::json", "text::Source", "text::Span", "value::Map"]);
}

#[test]
fn imports_run_down() {
    let mut wrong = Vec::new();
    for file in files("src", "rs").iter().filter(|file| *file != "src/lib.rs") {
        let here = floor(room(file)).unwrap_or_else(|| panic!("{file} is in a room without a floor"));
        let code = code(file);
        let imports = used(&code, "crate").into_iter().chain(used(&code, "delint"));
        for import in imports {
            let other = import.split("::").next().unwrap();
            if other != room(file) && floor(other).is_none_or(|floor| floor >= here) {
                wrong.push(format!("{file} imports {import}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A folder's files import one another without a circle, and never its list.
#[test]
fn rooms_have_no_circles() {
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files("src", "rs") {
        let code = code(&file);
        let (folder, name) = file.rsplit_once('/').unwrap();
        if folder == "src" || name == "mod.rs" {
            continue;
        }
        let own = format!("{}::", folder.strip_prefix("src/").unwrap().replace('/', "::"));
        let crate_paths = used(&code, "crate").into_iter();
        let own_paths = crate_paths.filter_map(|path| path.strip_prefix(&own).map(str::to_owned));
        for sibling in used(&code, "super").into_iter().chain(own_paths) {
            let sibling = format!("{folder}/{}.rs", sibling.split("::").next().unwrap());
            if root().join(&sibling).exists() {
                imports.entry(file.clone()).or_default().insert(sibling);
            }
        }
    }
    // A file that imports none of those that are left is in no circle.
    while let Some(free) = imports
        .iter()
        .find(|(_, used)| used.iter().all(|used| !imports.contains_key(used)))
        .map(|(file, _)| file.clone())
    {
        imports.remove(&free);
    }
    assert!(imports.is_empty(), "a circle is among {imports:#?}");
}

#[test]
fn what_is_outside_is_used_in_its_place_only() {
    let mut wrong = Vec::new();
    for file in files("src", "rs") {
        let code = code(&file);
        let std = used(&code, "std");
        for (what, places) in OUTSIDE {
            let is_used = match what.strip_prefix("std::") {
                Some(module) => std.iter().any(|path| path.split("::").next() == Some(module)),
                None => {
                    Regex::new(&format!(r"(?m)(\b{what}::|^\s*(pub )?use {what}\b)")).unwrap().is_match(&code)
                }
            };
            if is_used && !places.iter().any(|place| file.starts_with(place)) {
                wrong.push(format!("{file} uses {what}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_map_shows_every_room() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for (room, floor) in FLOORS {
        let [file, folder] = [format!("src/{room}.rs"), format!("src/{room}/")];
        let path = if root().join(&file).exists() { file } else { folder };
        let row = Regex::new(&format!(r"(?m)^\| {floor} \|.*`{}`", regex::escape(&path))).unwrap();
        assert!(row.is_match(&map), "ARCHITECTURE.md does not show {path} on floor {floor}");
    }
}

/// Paths in backticks, outside fenced blocks, and the targets of links.
fn paths_in(text: &str) -> (Vec<String>, Vec<String>) {
    let prose: String = text.split("\n```").step_by(2).collect();
    let captures = |pattern: &str| {
        let pattern = Regex::new(pattern).unwrap();
        pattern.captures_iter(&prose).map(|found| found[1].to_owned()).collect::<Vec<String>>()
    };
    (captures(r"`([A-Za-z0-9_./-]+)`"), captures(r"\]\(([A-Za-z0-9_./-]+)(?:#[^)]*)?\)"))
}

/// Everything in a document that looks like a path of the repository is one.
#[test]
fn documents_name_only_what_exists() {
    let entries: BTreeSet<String> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut wrong = Vec::new();
    for file in files("", "md") {
        let (paths, links) = paths_in(&fs::read_to_string(root().join(&file)).unwrap());
        for path in paths {
            let first = path.split('/').next().unwrap();
            if path.contains('/') && entries.contains(first) && !root().join(&path).exists() {
                wrong.push(format!("{file} names {path}"));
            }
        }
        let folder: PathBuf = root().join(&file).parent().unwrap().to_owned();
        let missing = links.into_iter().filter(|link| !folder.join(link).exists());
        wrong.extend(missing.map(|link| format!("{file} links to {link}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
