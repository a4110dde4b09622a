//! Definitions: where the names in a file lead.

use serde_json::json;

use super::client::{Editor, pulls};
use crate::cli::Sandbox;

/// Where the name at the mark in a text leads: the file, and what stands there of that file.
fn led(editor: &mut Editor, name: &str, text: &str, files: &[(&str, &str)]) -> Option<String> {
    let (before, behind) = text.split_once('|').unwrap();
    let text = format!("{before}{behind}");
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    editor.open(name, &text);
    let position =
        json!({ "line": before.matches('\n').count(), "character": before[start..].encode_utf16().count() });
    let params = json!({ "textDocument": { "uri": editor.uri(name) }, "position": position });
    let location = editor.request("textDocument/definition", params);
    editor.close(name);
    let file = location["uri"].as_str()?.rsplit('/').next().unwrap().to_owned();
    let target = files.iter().find(|(name, _)| *name == file).map_or(text.as_str(), |(_, text)| text);
    let place = |end: &str| {
        let number = |of: &str| usize::try_from(location["range"][end][of].as_u64().unwrap()).unwrap();
        (number("line"), number("character"))
    };
    let ((line, start), (last, end)) = (place("start"), place("end"));
    assert_eq!(line, last, "{location}");
    Some(format!("{file}:{}: {}", line + 1, &target.lines().nth(line).unwrap()[start..end]))
}

#[test]
fn names_in_a_template_lead_to_what_declares_them() {
    let template = "\
Parameters:
  Stage: { Type: String }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Mappings:
  Sizes: { a: { b: c } }
Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    Condition: IsProd
    DependsOn: [Archive]
  Archive:
    Type: AWS::S3::Bucket
    DependsOn: Logs
  Delivery:
    Type: AWS::Cognito::LogDeliveryConfiguration
    Properties:
      UserPoolId: VALUE
";
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    let logs = Some("a.yaml:8: Logs");
    for (value, expected) in [
        ("!Ref Lo|gs", logs),
        ("!Ref |Logs", logs),
        ("!Ref Logs|", logs),
        ("!GetAtt Logs|.Arn", logs),
        ("!GetAtt [L|ogs, Arn]", logs),
        ("{ Ref: 'Lo|gs' }", logs),
        ("!Sub 'é😀${AWS::Region}-${ Lo|gs.Arn }'", logs),
        ("!Sub ['${Here|} ${Logs}', { Here: x }]", Some("a.yaml:18: Here")),
        ("!Sub ['${Here} ${Lo|gs}', { Here: x }]", logs),
        ("!If [Is|Prod, a, b]", Some("a.yaml:4: IsProd")),
        ("!FindInMap [Siz|es, a, b]", Some("a.yaml:6: Sizes")),
        ("!Ref Sta|ge", Some("a.yaml:2: Stage")),
        ("!Sub '${!Lo|gs}'", None),
        ("!Sub '${AWS::Reg|ion}'", None),
        ("Lo|gs", None),
        ("!Ref Not|hing", None),
        // All of a reference leads where its name does.
        ("!GetAtt Logs.A|rn", logs),
        ("!Get|Att Logs.Arn", logs),
        ("!GetAtt [Logs, Ar|n]", logs),
        ("!R|ef Logs", logs),
        ("{ 'Fn::Get|Att': [Logs, Arn] }", logs),
        ("{ Re|f: Logs }", logs),
        ("!S|ub 'x${Logs.Arn}'", logs),
        ("!Sub 'x${Logs.A|rn}'", logs),
        ("!Sub 'x|yz${Logs.Arn}'", None),
        ("!S|ub '${Logs}${AWS::Region}${Logs.Arn}'", logs),
        ("!S|ub '${Logs}${Stage}'", None),
        ("!I|f [IsProd, !Ref Logs, b]", Some("a.yaml:4: IsProd")),
        ("!If [IsProd, !R|ef Logs, b]", logs),
        ("!If [IsProd, !Ref Logs, b|c]", None),
        ("!Find|InMap [Sizes, !Ref Stage, b]", Some("a.yaml:6: Sizes")),
        ("!Joi|n ['', [!Ref Logs]]", None),
        ("!GetAtt Nothing.A|rn", None),
    ] {
        let text = template.replace("VALUE", value);
        assert_eq!(led(&mut editor, "a.yaml", &text, &[]).as_deref(), expected, "{value}");
    }
    for (from, to, expected) in [
        ("[!Ref Stage", "[!Ref St|age", "a.yaml:2: Stage"),
        ("Condition: IsProd", "Condition: |IsProd", "a.yaml:4: IsProd"),
        ("[Archive]", "[Arch|ive]", "a.yaml:12: Archive"),
        ("DependsOn: Logs", "DependsOn: L|ogs", "a.yaml:8: Logs"),
    ] {
        let text = template.replace(from, to).replace("VALUE", "x");
        assert_eq!(led(&mut editor, "a.yaml", &text, &[]).as_deref(), Some(expected), "{to}");
    }
    let json = r#"{"Resources": {"Pool": {"Type": "AWS::Cognito::UserPool"},
"Delivery": {"Type": "AWS::Cognito::LogDeliveryConfiguration", "Properties": {"UserPoolId": {"Ref": "Po|ol"}}}}}"#;
    assert_eq!(led(&mut editor, "a.json", json, &[]).as_deref(), Some("a.json:1: Pool"));
    // What delint does not read is for others.
    let other = "Resources:\n  A: { Type: AWS::SNS::Topic }\n  B: { Type: X, DependsOn: |A }\n";
    assert_eq!(led(&mut editor, "b.yaml", other, &[]), None);
    editor.end();
}

#[test]
fn names_in_a_module_lead_to_its_other_files() {
    let beside = "\
resource \"aws_s3_bucket\" \"archive\" {
  count = 2
}
data \"aws_region\" \"here\" {}
variable \"stage\" {}
locals {
  é = 1
  pool = \"x\"
}
";
    let main = "\
module \"vpc\" {
  source = \"./vpc\"
}
resource \"aws_sqs_queue\" \"q\" {
  name = VALUE
  depends_on = [aws_s3_bucket.archive]
}
";
    let files = [("beside.tf", beside)];
    let sandbox = Sandbox::new(&files);
    let mut editor = Editor::new(&sandbox, pulls());
    let archive = Some("beside.tf:1: archive");
    for (value, expected) in [
        ("aws_s3_bucket.arch|ive[0].arn", archive),
        ("aws_s3_|bucket.archive[0].arn", archive),
        ("\"é😀${upper(aws_s3_bucket.archive|[0].arn)}\"", archive),
        ("[for b in aws_s3_bucket.arc|hive : b.arn]", archive),
        ("var.st|age", Some("beside.tf:5: stage")),
        ("local.po|ol", Some("beside.tf:8: pool")),
        ("data.aws_region.he|re.name", Some("beside.tf:4: here")),
        ("module.v|pc.id", Some("main.tf:1: vpc")),
        ("aws_sqs_queue.|q.arn", Some("main.tf:4: q")),
        ("aws_s3_bucket.archive[0].a|rn", archive),
        ("aws_s3_bucket.archive[|0].arn", archive),
        ("aws_s3_bucket.archive[var.st|age].arn", Some("beside.tf:5: stage")),
        ("aws_s3_bucket.archive[local.pool].a|rn", archive),
        ("|var.stage.x", Some("beside.tf:5: stage")),
        ("data.aws_region.here.na|me", Some("beside.tf:4: here")),
        ("data.aws_region.other.na|me", None),
        ("aws_s3_bucket.|", None),
        ("aws_s3_bucket.other|.arn", None),
        ("each.va|lue", None),
        ("\"$${var.st|age}\"", None),
    ] {
        let text = main.replace("VALUE", value);
        assert_eq!(led(&mut editor, "main.tf", &text, &files).as_deref(), expected, "{value}");
    }
    let text = main.replace("[aws_s3_bucket", "[aws_s3|_bucket");
    assert_eq!(led(&mut editor, "main.tf", &text, &files).as_deref(), archive);
    let json = r#"{ "output": { "x": { "value": "${var.st|age}" } } }"#;
    assert_eq!(led(&mut editor, "out.tf.json", json, &files).as_deref(), Some("beside.tf:5: stage"));
    let json =
        r#"{ "resource": { "aws_sqs_queue": { "q": { "depends_on": ["aws_s3_bucket.|archive"] } } } }"#;
    assert_eq!(led(&mut editor, "q.tf.json", json, &files).as_deref(), archive);
    assert_eq!(
        led(&mut editor, "a.auto.tfvars", "st|age = 1\n", &files).as_deref(),
        Some("beside.tf:5: stage")
    );
    editor.end();
}

#[test]
fn names_in_a_program_lead_to_what_declares_them() {
    let program = "\
name: x
runtime: yaml
config:
  stage: { type: string }
variables:
  prefix: a
resources:
  logs: { type: 'aws:cloudwatch:LogGroup' }
  delivery:
    type: aws:cognito:LogDeliveryConfiguration
    properties:
      userPoolId: VALUE
";
    let sandbox = Sandbox::new(&[]);
    let mut editor = Editor::new(&sandbox, pulls());
    for (value, expected) in [
        ("${lo|gs.arn}", Some("p.yaml:8: logs")),
        ("x$|{logs.arn}", Some("p.yaml:8: logs")),
        ("${logs.ar|n}", Some("p.yaml:8: logs")),
        ("x|y${logs.arn}", None),
        ("é${prefix}${log|s.arn}", Some("p.yaml:8: logs")),
        ("é${pre|fix}${logs.arn}", Some("p.yaml:6: prefix")),
        ("\"${st|age}\"", Some("p.yaml:4: stage")),
        ("$${lo|gs.arn}", None),
        ("lo|gs", None),
    ] {
        let text = program.replace("VALUE", value);
        assert_eq!(led(&mut editor, "p.yaml", &text, &[]).as_deref(), expected, "{value}");
    }
    editor.end();
}
