//! Files of editors: how they run delint, and how they read what it prints.

use regex::Regex;
use serde_json::Value;

use super::blocks::Block;
use super::shell::User;

/// A task of VS Code with a problem matcher.
pub fn task(block: &Block) {
    assert_eq!(block.file(), ".vscode/tasks.json", "{block}");
    let (_, json) = block.text.split_once('\n').unwrap();
    let file: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{block}: {error}"));
    for task in file["tasks"].as_array().unwrap() {
        assert_eq!(task["type"], "process", "{block}: a shell would take names of files apart");
        let words = [&task["command"]].into_iter().chain(task["args"].as_array().unwrap());
        let words: Vec<&str> = words.map(|word| word.as_str().unwrap()).collect();
        let printed = User::new(false).bash(&words.join(" "), &[]).code(1).out;
        let pattern = &task["problemMatcher"]["pattern"];
        let regexp = Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
        let found: Vec<_> = printed.lines().map(|line| regexp.captures(line)).collect();
        let [Some(found)] = found.as_slice() else {
            panic!("{block}: the pattern does not match\n{printed}")
        };
        for (group, expected) in [
            ("file", "delivery.yaml"),
            ("line", "4"),
            ("column", "15"),
            ("severity", "error"),
            ("code", "user-notification-level"),
            ("message", "`LogLevel` is `INFO`, but `userNotification` logs exist only at `ERROR`"),
        ] {
            let number = usize::try_from(pattern[group].as_u64().unwrap()).unwrap();
            assert_eq!(&found[number], expected, "{block}: {group}");
        }
    }
}
