//! The blocks of our pages for users, each of them executed, as `readme/blocks.rs` tells.

mod blocks;
mod ci;
mod editors;
mod shell;

use blocks::{Block, Kind, NOTE_ELSEWHERE, blocks};
use delint::report::Format;
use regex::Regex;

/// Pages whose blocks are commands and files of users.
const PAGES: &[&str] = &["README.md", "docs/ci.md"];

/// The blocks of all pages that are of a kind.
fn all(kind: Kind) -> Vec<Block> {
    let mut found: Vec<Block> = PAGES.iter().flat_map(|page| blocks(page)).collect();
    found.retain(|block| block.kind == kind);
    found
}

fn read(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn sessions_print_what_is_shown() {
    let found = all(Kind::Console);
    assert!(!found.is_empty());
    for block in found {
        shell::session(&block);
    }
}

#[test]
fn commands_do_what_they_say() {
    let found = all(Kind::Sh);
    assert!(!found.is_empty());
    for block in found.iter().filter(|block| !block.elsewhere) {
        shell::commands(block);
    }
}

#[test]
fn files_of_services_run_delint() {
    let found = all(Kind::Yaml);
    for name in [".pre-commit-config.yaml", ".github/workflows/", ".gitlab-ci.yml", "azure-pipelines.yml"] {
        assert!(found.iter().any(|block| block.file().starts_with(name)), "no page shows {name}");
    }
    for block in found {
        ci::yaml(&block);
    }
    let found = all(Kind::Groovy);
    assert!(!found.is_empty());
    for block in found {
        ci::groovy(&block);
    }
}

#[test]
fn editors_understand_findings() {
    let found = all(Kind::Jsonc);
    assert!(!found.is_empty());
    for block in found {
        editors::task(&block);
    }
}

/// What cannot be executed here is executed there, and nowhere else is anything left out.
#[test]
fn what_needs_a_package_is_left_to_the_test_of_packages() {
    let pages = read("scripts/packages/pages.py");
    assert!(pages.contains(NOTE_ELSEWHERE), "scripts/packages/pages.py does not look for {NOTE_ELSEWHERE:?}");
    let left: Vec<Block> =
        PAGES.iter().flat_map(|page| blocks(page)).filter(|block| block.elsewhere).collect();
    assert!(!left.is_empty());
    for block in left {
        assert!(matches!(block.kind, Kind::Sh | Kind::Vim), "{block} is executed by nobody");
    }
    for block in all(Kind::Vim) {
        assert!(block.elsewhere, "{block} is executed by nobody");
    }
}

#[test]
fn formats_that_are_asked_for_exist() {
    let named = Regex::new(r"--format ([a-z]+)").unwrap();
    for page in PAGES {
        let text = read(page);
        let found: Vec<&str> =
            named.captures_iter(&text).map(|found| found.get(1).unwrap().as_str()).collect();
        assert!(!found.is_empty(), "{page} asks for no format");
        for name in found {
            assert!(name == "auto" || name.parse::<Format>().is_ok(), "{page}: `{name}` is no format");
        }
    }
}
