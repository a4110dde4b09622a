//! Inputs that mean harm: bounded work, no panic, no overflow of the stack of a thread.

use std::fmt::Write;

use delint::value::{Kind, Value};

use super::shown::{read, root};

fn count(value: &Value) -> usize {
    let children: usize = match &value.kind {
        Kind::List(items) => items.iter().map(count).sum(),
        Kind::Map(map) => map.entries.iter().map(|entry| count(&entry.value)).sum(),
        Kind::Tagged(tagged) => count(&tagged.value),
        Kind::Block(block) => block.body.entries.iter().map(|entry| count(&entry.value)).sum(),
        _ => 0,
    };
    children + 1
}

#[test]
fn nesting_without_end_is_an_error() {
    for (open, message) in [
        ("[", "maximum nesting depth exceeded"),
        ("{a: ", "recursion limit exceeded"),
        ("{\"a\":", "maximum nesting depth exceeded"),
        ("- ", "recursion limit exceeded"),
        ("? ", "recursion limit exceeded"),
        ("!x [", "recursion limit exceeded"),
    ] {
        let parsed = read(&open.repeat(100_000));
        assert_eq!(parsed.error.unwrap().message, message, "{open:?}");
        assert!(parsed.documents.is_empty());
    }
}

#[test]
fn the_deepest_trees_can_be_cloned_shown_and_dropped() {
    let deepest = |build: &dyn Fn(usize) -> String| {
        let depth = (1..=600).rev().find(|depth| read(&build(*depth)).error.is_none()).unwrap();
        let tree = root(&build(depth));
        assert!(count(&tree.clone()) >= depth);
        assert!(format!("{tree:?}").len() > depth);
        depth
    };
    assert_eq!(deepest(&|depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth))), 513);
    assert_eq!(deepest(&|depth| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth))), 256);
    assert_eq!(deepest(&|depth| format!("{}x", "- ".repeat(depth))), 255);
    assert_eq!(deepest(&|depth| format!("a: {}{}", "!x [".repeat(depth), "]".repeat(depth))), 255);
    let both = |depth: usize| format!("{}{}{}", "- ".repeat(250), "!x [".repeat(depth), "]".repeat(depth));
    assert_eq!(deepest(&both), 255);
}

#[test]
fn aliases_do_not_make_a_tree_deeper_than_the_parsers_do() {
    let (open, close) = ("[".repeat(200), "]".repeat(200));
    let mut text = format!("- &a0 {open}{close}\n");
    for index in 1..50 {
        writeln!(text, "- &a{index} {open}*a{}{close}", index - 1).unwrap();
    }
    let tree = root(&text);
    assert!(format!("{tree:?}").contains("expands to too much"));
    assert!(count(&tree.clone()) < 60_000);
}

#[test]
fn billions_of_laughs_are_cut_off() {
    let mut text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for index in 1..20 {
        let alias = format!("*a{}", index - 1);
        writeln!(text, "a{index}: &a{index} [{}]", [alias.as_str(); 10].join(", ")).unwrap();
    }
    let tree = root(&text);
    assert!(count(&tree) < 60_000);
    let last = tree.get("a19").unwrap().as_list().unwrap();
    assert!(last.iter().all(|item| matches!(item.kind, Kind::Unknown(_))));
}

#[test]
fn anchors_in_each_other_are_not_kept_without_end() {
    let items = "x, ".repeat(40_000);
    let mut text = String::new();
    for index in 0..250 {
        write!(text, "&a{index} [").unwrap();
    }
    text += &items;
    text += &"]".repeat(250);
    assert_eq!(count(&root(&text)), 40_250);
}

/// The bytes of all texts and keys.
fn bytes(value: &Value) -> usize {
    match &value.kind {
        Kind::List(items) => items.iter().map(bytes).sum(),
        Kind::Map(map) => map.entries.iter().map(|entry| entry.key.name.len() + bytes(&entry.value)).sum(),
        Kind::Text(text) => text.as_str().map_or(0, str::len),
        _ => 0,
    }
}

#[test]
fn long_texts_are_not_copied_without_end() {
    let long = "x".repeat(200_000);
    for anchored in [format!("&a {long}"), format!("&a {{? {long} : 1}}"), format!("&a [[{long}]]")] {
        let tree = root(&format!("- {anchored}\n{}", "- *a\n".repeat(2_000)));
        assert_eq!(tree.as_list().unwrap().len(), 2_001);
        assert!((400_000..16_000_000).contains(&bytes(&tree)), "{}", bytes(&tree));
    }
}

#[test]
fn a_merge_of_merges_is_bounded() {
    let mut text = "a0: &a0 {k0: 1}\n".to_owned();
    for index in 1..40 {
        writeln!(text, "a{index}: &a{index} {{<<: [*a{0}, *a{0}]}}", index - 1).unwrap();
    }
    assert!(count(&root(&text)) < 120_000);
}

#[test]
fn many_keys_and_long_keys_are_no_burden() {
    let mut text = String::new();
    for _ in 0..100_000 {
        text += "a: 1\n";
    }
    let parsed = read(&text);
    assert_eq!(parsed.documents[0].duplicates.len(), 99_999);

    let text = format!("{{{}\"a\": 1}}", "\"a\": 1,".repeat(100_000));
    assert_eq!(read(&text).documents[0].duplicates.len(), 100_000);

    let key = "k".repeat(1_000_000);
    assert!(read(&format!("{key}: 1")).error.is_some(), "YAML ends a key after 1024 characters");
    let tree = root(&format!("? {key}\n: 1"));
    assert_eq!(tree.as_map().unwrap().entries[0].key.span.len(), 1_000_000);
    assert_eq!(root(&format!("{{\"{key}\": 1}}")).as_map().unwrap().entries[0].key.name, key);
}

#[test]
fn many_lines_in_one_scalar_are_no_burden() {
    for text in [
        format!("a: |\n{}", "  x\n".repeat(200_000)),
        format!("a: >\n{}", "  x\n".repeat(200_000)),
        format!("a: \"{}\"", "\\n  \n".repeat(200_000)),
        format!("a:{}", " x\n".repeat(200_000)),
        format!("{{\"a\": \"{}\"}}", "\\n ".repeat(200_000)),
    ] {
        assert!(root(&text).get("a").unwrap().as_str().unwrap().len() >= 200_000);
    }
    assert_eq!(count(&root(&"- |\n".repeat(100_000))), 100_001);
    assert_eq!(count(&root(&"- # |\n".repeat(100_000))), 100_001);
    assert_eq!(read(&"--- |\n".repeat(50_000)).documents.len(), 50_000);
}

#[test]
fn blanks_of_all_kinds_are_read() {
    for (text, keys) in
        [("a: 1\rb: 2\r", 2), ("a: 1\r\n\r\nb: 2", 2), ("a:\t1\t\nb:\t2\t", 2), ("\u{feff}", 0)]
    {
        let parsed = read(text);
        assert!(parsed.error.is_none(), "{text:?}: {:?}", parsed.error);
        let found = parsed.documents.iter().filter_map(|document| document.root.as_map());
        assert_eq!(found.map(|map| map.entries.len()).sum::<usize>(), keys, "{text:?}");
    }
    assert!(read("a:\n\tb: 1").error.is_some());
}
