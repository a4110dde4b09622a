//! What is shown of a text while it does not parse.

use serde_json::{Value as Json, json};

use super::client::{Editor, code, pulls};
use crate::cli::{BAD, Sandbox};

/// The codes of diagnostics, with the lines on which they begin, counted from 0.
fn shown(diagnostics: &[Json]) -> Vec<(String, u64)> {
    let line = |one: &Json| one["range"]["start"]["line"].as_u64().unwrap();
    diagnostics.iter().map(|one| (code(one), line(one))).collect()
}

fn insert(editor: &mut Editor, name: &str, version: i32, (line, character): (u32, u32), text: &str) {
    let place = json!({ "line": line, "character": character });
    editor.change(name, version, json!([{ "range": { "start": place, "end": place }, "text": text }]));
}

const LEVEL: &str = "user-notification-level";

fn at(line: u64) -> (String, u64) {
    (LEVEL.to_owned(), line)
}

fn syntax_error(line: u64) -> (String, u64) {
    ("syntax-error".to_owned(), line)
}

#[test]
fn the_last_findings_stay_while_a_text_is_broken() {
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("bad.yaml", BAD);
    assert_eq!(shown(&editor.pull("bad.yaml")), [at(3)]);
    // Lines above it, and below one that is being written.
    insert(&mut editor, "bad.yaml", 2, (0, 0), "# é😀\n\n");
    insert(&mut editor, "bad.yaml", 3, (8, 0), "Use");
    let found = editor.pull("bad.yaml");
    assert_eq!(shown(&found), [at(5), syntax_error(8)]);
    let kept = found.iter().find(|one| one["code"] == LEVEL).unwrap();
    assert_eq!(kept["range"]["start"], json!({ "line": 5, "character": 14 }));
    assert_eq!(kept["range"]["end"], json!({ "line": 5, "character": 18 }));
    assert_eq!(kept["relatedInformation"][0]["location"]["range"]["start"]["line"], 4);
    // What is said of a text that is touched may not hold any more.
    insert(&mut editor, "bad.yaml", 4, (5, 18), "\n  ");
    assert!(shown(&editor.pull("bad.yaml")).contains(&at(5)));
    insert(&mut editor, "bad.yaml", 5, (5, 18), "x");
    assert!(!shown(&editor.pull("bad.yaml")).contains(&at(5)));
    // It does not come back, but by being found again.
    editor.replace("bad.yaml", 6, &format!("[x\n{BAD}"));
    assert_eq!(shown(&editor.pull("bad.yaml")).iter().filter(|(code, _)| code == LEVEL).count(), 0);
    editor.replace("bad.yaml", 7, &format!("\n{BAD}"));
    assert_eq!(shown(&editor.pull("bad.yaml")), [at(4)]);
    // A client that sends whole texts changes no more than what is other.
    editor.replace("bad.yaml", 8, &format!("\n[x\n{BAD}"));
    assert!(shown(&editor.pull("bad.yaml")).contains(&at(5)));
    // What decides is touched.
    let auth = BAD.replace("userNotification", "userAuthEvents");
    editor.replace("bad.yaml", 9, &format!("\n[x\n{auth}"));
    assert_eq!(shown(&editor.pull("bad.yaml")).iter().filter(|(code, _)| code == LEVEL).count(), 0);
    editor.end();
}

#[test]
fn a_type_that_is_half_written_is_another_type() {
    let template = "\
Resources:
  Delivery:
    Type: AWS::Cognito::LogDeliveryConfiguration
    Properties:
      UserPoolId: eu-west-1_a1B2c3D4e
      LogConfigurations:
        - EventSource: userNotification
          LogLevel: INFO
          CloudWatchLogsConfiguration:
            LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users
";
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("a.yaml", template);
    assert_eq!(shown(&editor.pull("a.yaml")), [at(7)]);
    // The text can be read, and says of something else that it is so.
    editor.replace("a.yaml", 2, &template.replace("LogDeliveryConfiguration", "LogDelive"));
    assert_eq!(shown(&editor.pull("a.yaml")), []);
    editor.replace("a.yaml", 3, template);
    assert_eq!(shown(&editor.pull("a.yaml")), [at(7)]);
    // Without an end it cannot be read.
    editor.replace("a.yaml", 4, &template.replace("AWS::Cognito::LogDeliveryConfiguration", "\"AWS::Cogn"));
    assert!(shown(&editor.pull("a.yaml")).contains(&at(7)));
    editor.end();
}

#[test]
fn what_is_kept_is_told_once() {
    let module = |rest: &str| {
        format!(
            "resource \"aws_cognito_log_delivery_configuration\" \"a\" {{
  user_pool_id = \"eu-west-1_a1B2c3D4e\"
  log_configurations {{
    event_source = \"userNotification\"
    log_level    = \"INFO\"
    cloud_watch_logs_configuration {{
      log_group_arn = \"arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users\"
    }}
  }}
}}
resource \"aws_cognito_log_delivery_configuration\" \"b\" {{
{rest}"
        )
    };
    let whole = module(
        "  user_pool_id = \"eu-west-1_other\"
  log_configurations {
    event_source = \"userAuthEvents\"
    log_level    = \"ERROR\"
    s3_configuration {
      bucket_arn = \"arn:aws:s3:::acme-auth-logs\"
    }
  }
}
",
    );
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, json!({}));
    editor.open("main.tf", &whole);
    let published = |editor: &mut Editor, version: i32| loop {
        let told = editor.told("textDocument/publishDiagnostics");
        if told["version"] == version {
            return shown(told["diagnostics"].as_array().unwrap());
        }
    };
    let levels = [at(4), ("auth-events-level".to_owned(), 14)];
    assert_eq!(published(&mut editor, 1), levels);
    // The first block is read and checked, the second is not.
    let broken = whole.replace("eu-west-1_other\"", "eu-west-1_other\" =");
    editor.replace("main.tf", 2, &broken);
    assert_eq!(published(&mut editor, 2), [levels[0].clone(), syntax_error(11), levels[1].clone()]);
    editor.replace("main.tf", 3, &whole);
    assert_eq!(published(&mut editor, 3), levels);
    editor.end();
}

#[test]
fn no_edit_is_too_strange() {
    let pieces = [
        "",
        "[",
        "{",
        "\"",
        "\u{feff}",
        "\n",
        "\r",
        "é",
        "😀",
        "LogLevel: INFO",
        "!Sub ${",
        ": ",
        "\0",
        "# x\n",
    ];
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    editor.open("bad.yaml", BAD);
    editor.pull("bad.yaml");
    let mut state: u32 = 1;
    let mut next = |below: u32| {
        // The generator of Numerical Recipes: the same numbers in each run.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    for version in 2..300 {
        if version % 40 == 0 {
            editor.replace("bad.yaml", version, BAD);
        } else {
            let (line, from, to) = (next(8), next(40), next(40));
            let range = json!({
                "start": { "line": line, "character": from },
                "end": { "line": line + next(2), "character": to },
            });
            let text = pieces[next(u32::try_from(pieces.len()).unwrap()) as usize];
            editor.change("bad.yaml", version, json!([{ "range": range, "text": text }]));
        }
        let uri = editor.uri("bad.yaml");
        let place = json!({ "line": next(8), "character": next(40) });
        let about = json!({ "textDocument": { "uri": uri }, "position": place });
        for method in ["completion", "definition", "hover"] {
            editor.request(&format!("textDocument/{method}"), about.clone());
        }
        for one in editor.pull("bad.yaml") {
            let place = |end: &str| {
                let number = |of: &str| one["range"][end][of].as_u64().unwrap();
                (number("line"), number("character"))
            };
            assert!(place("start") <= place("end"), "{one}");
        }
    }
    editor.replace("bad.yaml", 300, BAD);
    assert_eq!(shown(&editor.pull("bad.yaml")), [at(3)]);
    assert_eq!(editor.unasked(), [Json::Null; 0], "nothing failed");
    editor.end();
}
