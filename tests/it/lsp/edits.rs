//! Texts as they are typed: the server has the text that the editor has, and nothing in it is its end.

use delint::lsp::document::Document;
use delint::text::{Encoding, Source, SourceId};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::client::{Editor, pulls};
use crate::cli::{BAD, Sandbox};

/// The place before a character, as an editor knows it that holds a text as characters.
fn place(text: &[char], at: usize, encoding: Encoding) -> Json {
    let mut line = 0;
    let mut start = 0;
    for (index, c) in text[..at].iter().enumerate() {
        if *c == '\n' || *c == '\r' && text.get(index + 1) != Some(&'\n') {
            line += 1;
            start = index + 1;
        }
    }
    let width = |c: &char| match encoding {
        Encoding::Utf8 => c.len_utf8(),
        Encoding::Utf16 => c.len_utf16(),
        Encoding::Utf32 => 1,
    };
    json!({ "line": line, "character": text[start..at].iter().map(width).sum::<usize>() })
}

fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &["a", "é", "😀", "\n", "\r", "\r\n", " ", "\u{feff}", "\t", "語"];
    prop::collection::vec(prop::sample::select(PIECES), 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_sequence_of_edits_gives_the_same_text(
        first in text(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), text()), 1..8),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]),
        at_once in any::<bool>(),
    ) {
        let mut here: Vec<char> = first.chars().collect();
        let source = Source::new(SourceId(0), "x", first);
        let mut there = Document::new("file:///x".parse().unwrap(), None, 0, source);
        let mut changes = Vec::new();
        for (one, other, text) in edits {
            // No place is between the two characters of one line break.
            let outside = |at: usize| at - usize::from(at > 0 && here.get(at - 1..=at) == Some(&['\r', '\n']));
            let ends = [one, other].map(|index| outside(index.index(here.len() + 1)));
            let (start, end) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            let range = json!({
                "start": place(&here, start, encoding),
                "end": place(&here, end, encoding),
            });
            changes.push(serde_json::from_value(json!({ "range": range, "text": text })).unwrap());
            here.splice(start..end, text.chars());
        }
        if at_once {
            there.change(1, changes, encoding);
        } else {
            for change in changes {
                there.change(1, vec![change], encoding);
            }
        }
        prop_assert_eq!(&there.source.text, &here.iter().collect::<String>());
    }
}

#[test]
fn a_text_may_be_broken_anywhere() {
    const MODULE: &str = "\
resource \"aws_cognito_log_delivery_configuration\" \"logs\" {
  user_pool_id = \"${aws_cognito_user_pool.users.id}\"
  log_configurations {
    event_source = \"userNotification\"
    log_level    = \"INFO\" # 😀
    cloud_watch_logs_configuration {
      log_group_arn = <<-ARN
        x
      ARN
    }
  }
}
";
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    let json =
        r#"{"UserPoolId":"x_1","LogConfigurations":[{"EventSource":"userNotification","LogLevel":"INFO"}]}"#;
    for (name, text) in [("a.yaml", BAD), ("a.json", json), ("main.tf", MODULE)] {
        editor.open(name, "");
        let mut version = 1;
        let cuts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        for cut in cuts.filter(|at| at % 3 == 0 || *at == text.len()) {
            let (before, behind) = text.split_at(cut);
            // As it is typed from the top, and as it is deleted from there.
            for broken in
                [before, behind, &format!("{before}\t{{[\"{behind}"), &format!("{before}\0{behind}")]
            {
                version += 1;
                editor.replace(name, version, broken);
                editor.pull(name);
            }
        }
        version += 1;
        editor.replace(name, version, text);
        assert!(editor.codes(name).contains(&"user-notification-level".to_owned()), "{name}");
        editor.close(name);
    }
    assert_eq!(editor.unasked(), [Json::Null; 0]);
    editor.end();
}

#[test]
fn a_place_that_is_not_there_is_the_nearest_one() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("bad.yaml", BAD);
    let (before, behind) = BAD.split_once("INFO").unwrap();
    editor.replace("bad.yaml", 2, &format!("{before}ERROR"));
    let beyond =
        json!({ "start": { "line": 3, "character": 999 }, "end": { "line": 999, "character": 999 } });
    editor.change("bad.yaml", 3, json!([{ "range": beyond, "text": behind }]));
    assert_eq!(editor.codes("bad.yaml"), [""; 0]);
    editor.end();
}
