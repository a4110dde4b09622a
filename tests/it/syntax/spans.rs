//! What each span covers in the source.

use super::shown::spans_of;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let shown = spans_of(text);
    assert_eq!(shown.lines().collect::<Vec<_>>(), expected, "{text:?} gives\n{shown}");
}

#[test]
fn keys_and_literals_lie_inside_their_quotes_and_values_do_not() {
    check(
        "ü: 'é😀'\n\"k\\t\": \"b\"",
        &[
            "map \"ü: 'é😀'\\n\\\"k\\\\t\\\": \\\"b\\\"\"",
            "key \"ü\"",
            "text \"'é😀'\"",
            "key \"k\\\\t\"",
            "text \"\\\"b\\\"\"",
        ],
    );
}
