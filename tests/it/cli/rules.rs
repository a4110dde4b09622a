//! The rules of a project: where they are read from, what they find, and what `delint rules` does with them.

use std::fs;
use std::os::unix::fs::symlink;

use delint::rules::limits;
use serde_json::Value as Json;

use super::{BAD, GOOD, Ran, Sandbox};

/// A rule that finds every log group of `BAD` and `GOOD`.
const RULE: &str = "\
summary: the log group is none of ours
severity: warning
why: We read those below /aws/vendedlogs/security/.
each: LogConfigurations[]
require:
  CloudWatchLogsConfiguration.LogGroupArn.log_group_name: { starts_with: /aws/vendedlogs/security/ }
report: { message: '`{at}` is none of ours' }
examples:
  - bad:
      UserPoolId: eu-west-1_a1B2c3D4e
      LogConfigurations:
        - EventSource: userNotification
          LogLevel: ERROR
          CloudWatchLogsConfiguration:
            LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users
    at: LogConfigurations/0/CloudWatchLogsConfiguration/LogGroupArn
    text: /aws/vendedlogs/users
  - good:
      UserPoolId: eu-west-1_a1B2c3D4e
      LogConfigurations:
        - EventSource: userNotification
          LogLevel: ERROR
          CloudWatchLogsConfiguration:
            LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/security/users
";

const CONFIG: &str = "rules: [delint-rules]\n";

fn project(files: &[(&str, &str)]) -> Sandbox {
    Sandbox::new(&[&[(".delint.yaml", CONFIG), ("delint-rules/own-group.yaml", RULE)], files].concat())
}

/// The rules of findings in the format `concise`.
fn rules_of(ran: &Ran) -> Vec<String> {
    let name = |line: &str| line.split(['[', ']']).nth(1).unwrap().to_owned();
    ran.out.lines().map(name).collect()
}

fn json(ran: &Ran) -> Json {
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn rules_of_a_project_are_checked_with() {
    let sandbox = project(&[("good.yaml", GOOD), ("inner/bad.yaml", BAD)]);
    let check = |args: &[&str]| sandbox.run(&[&["check", "--format", "concise"], args].concat());
    assert_eq!(rules_of(&check(&["good.yaml"]).code(0)), ["own-group"]);
    assert_eq!(rules_of(&check(&["inner"]).code(1)), ["user-notification-level", "own-group"]);
    assert_eq!(rules_of(&check(&["--isolated", "inner"]).code(1)), ["user-notification-level"]);
    assert_eq!(rules_of(&check(&["--ignore", "own-group", "inner"]).code(1)), ["user-notification-level"]);
    assert_eq!(rules_of(&check(&["--select", "own-group", "inner"]).code(0)), ["own-group"]);
    check(&["--severity", "own-group=error", "good.yaml"]).code(1);
    let unknown = check(&["--select", "own-gruop"]).code(2);
    assert!(unknown.err.contains("did you mean `own-group`?"), "{}", unknown.err);
    // It has no page of its own and gives no link.
    let report = json(&sandbox.run(&["check", "--format", "json", "good.yaml"]).code(0));
    assert_eq!(report["diagnostics"][0]["rule"], "own-group");
    assert_eq!(report["diagnostics"][0]["url"], Json::Null);
    let drawn = sandbox.run(&["check", "good.yaml"]).code(0).out;
    assert!(drawn.contains("warning[own-group]: `/aws/vendedlogs/users` is none of ours"), "{drawn}");
}

#[test]
fn rules_of_a_project_can_be_suppressed_and_are_written_in_every_format() {
    let sandbox = project(&[("good.yaml", GOOD)]);
    for format in ["sarif", "html", "markdown", "gitlab", "junit", "rdjson", "github", "ndjson"] {
        let out = sandbox.run(&["check", "--format", format, "good.yaml"]).code(0).out;
        assert!(out.contains("own-group") && !out.contains("rules/own-group.md"), "{format}\n{out}");
    }
    let group = "      LogGroupArn: arn";
    let suppressed = GOOD.replace(group, &format!("      # delint: ignore[own-group] it is\n{group}"));
    assert_ne!(suppressed, GOOD);
    sandbox.write("good.yaml", suppressed);
    let ran = sandbox.run(&["check", "--format", "concise"]).code(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    assert_eq!(
        rules_of(&sandbox.run(&["check", "--format", "concise", "--isolated"]).code(0)),
        ["unknown-rule"]
    );
}

#[test]
fn a_rule_can_take_the_place_of_a_built_in_one() {
    let own = "extends: user-notification-level\nseverity: hint\nreport: { message: '{LogLevel} is ours to choose' }\n";
    let sandbox = project(&[("delint-rules/user-notification-level.yml", own), ("bad.yaml", BAD)]);
    let check = ["check", "--format", "concise", "--select", "user-notification-level"];
    let ran = sandbox.run(&check).code(0);
    assert!(ran.out.contains("hint[user-notification-level]: INFO is ours to choose"), "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 1);
    // All that it does not say itself is taken over, its examples as well.
    let ran = sandbox.run(&["rules", "test"]).code(0);
    assert!(ran.out.contains("ok      user-notification-level"), "{}", ran.out);
    let page = sandbox.run(&["explain", "user-notification-level"]).code(0).out;
    assert!(page.contains("delint-rules/user-notification-level.yml") && page.contains("## Why"), "{page}");
    let page = sandbox.run(&["explain", "user-notification-level", "--isolated"]).code(0).out;
    assert!(!page.contains("delint-rules"), "{page}");

    sandbox.write("delint-rules/user-notification-level.yml", RULE);
    let refused = sandbox.run(&check).code(2).err;
    assert!(refused.contains("write `extends: user-notification-level` to take its place"), "{refused}");
}

#[test]
fn mistakes_are_drawn_and_nothing_is_checked() {
    let broken = RULE.replace("each: LogConfigurations[]", "each: LogConfiguration[]");
    let sandbox = project(&[("delint-rules/inner/broken.yaml", &broken), ("bad.yaml", BAD)]);
    for args in [
        &["check"][..],
        &["rules", "list"],
        &["rules", "test"],
        &["rules", "test", "delint-rules/inner"],
        &["explain", "arn-format"],
    ] {
        let ran = sandbox.run(args).code(2);
        let drawn = "\
error: `LogConfiguration[]` leads nowhere: there is no `LogConfiguration` here; did you mean `LogConfigurations`?
   ,-[delint-rules/inner/broken.yaml:4:7]
 3 | why: We read those below /aws/vendedlogs/security/.
 4 | each: LogConfiguration[]
   :       ^^^^^^^^^^^^^^^^^^
";
        assert!(ran.err.contains(drawn), "{args:?}\n{}", ran.err);
        assert_eq!(ran.out, "");
    }
    let ran = sandbox.run(&["check", "--format", "json"]).code(2);
    assert!(
        ran.err.starts_with("error: delint-rules/inner/broken.yaml:4:7: `LogConfiguration[]`"),
        "{}",
        ran.err
    );
    assert_eq!(json(&ran)["diagnostics"], Json::Array(Vec::new()));
    sandbox.run(&["explain", "arn-format", "--isolated"]).code(0);
    // One that is well can be tested alone only if all are, since rules are tested among each other.
    sandbox.run(&["rules", "test", "--isolated", "delint-rules/own-group.yaml"]).code(0);
}

#[test]
fn names_of_rules_and_files_are_told() {
    for (file, told) in [
        (
            "delint-rules/Own_Rule.yaml",
            "`Own_Rule` is no name for a rule: it has small letters, with hyphens between words, such as `own-rule`; rename the file",
        ),
        (
            "delint-rules/exceptions.yaml",
            "`exceptions` is no name for a rule: `delint explain exceptions` is another page",
        ),
        (
            "delint-rules/inner/own-group.delint-rules.yml",
            "there is a rule named `own-group` already, in delint-rules/",
        ),
        (
            "delint-rules/log-group-kms.yaml",
            "there is a built-in rule named `log-group-kms`; write `extends: log-group-kms`",
        ),
    ] {
        let sandbox = project(&[(file, RULE)]);
        let ran = sandbox.run(&["check", "--format", "concise"]).code(2);
        assert!(ran.err.contains(told), "{file}\n{}", ran.err);
    }
    // Neither is read.
    let sandbox =
        project(&[("delint-rules/README.md", "x"), ("delint-rules/.hidden.yaml", "x"), ("bad.yaml", BAD)]);
    sandbox.run(&["check"]).code(1);
}

#[test]
fn nothing_outside_the_folder_of_the_configuration_is_read() {
    let outside = Sandbox::new(&[("rules/outer.yaml", RULE)]);
    let sandbox = project(&[("bad.yaml", BAD)]);
    let check = |config: &str| {
        sandbox.write(".delint.yaml", config);
        sandbox.run(&["check", "--format", "concise"]).code(2).err
    };
    let absolute = format!("rules: [{}]\n", outside.path().join("rules").display());
    for config in [absolute.as_str(), "rules: [../rules]\n", "rules: [delint-rules/../../rules]\n"] {
        let told = ".delint.yaml:1:9: a path must stay inside the folder of the configuration";
        assert!(check(config).contains(told), "{config}");
    }
    let missing = check("rules: [delint-rulez]\n");
    assert!(
        missing.contains(".delint.yaml:1:9: cannot read delint-rulez: there is no such file or folder"),
        "{missing}"
    );
    let file = check("rules: [bad.yaml]\n");
    assert!(file.contains(".delint.yaml:1:9: bad.yaml is no folder"), "{file}");

    symlink(outside.path().join("rules"), sandbox.path().join("linked")).unwrap();
    let linked = check("rules: [linked]\n");
    assert!(
        linked.contains(".delint.yaml:1:9: linked leads out of the folder of the configuration"),
        "{linked}"
    );
    let link = sandbox.path().join("delint-rules/outer.yaml");
    symlink(outside.path().join("rules/outer.yaml"), &link).unwrap();
    let linked = check(CONFIG);
    assert!(linked.contains("delint-rules/outer.yaml is a link that leads out of the folder"), "{linked}");
    fs::remove_file(&link).unwrap();
    symlink(outside.path().join("rules"), &link).unwrap();
    let linked = check(CONFIG);
    assert!(
        linked.contains("delint-rules/outer.yaml is a link to a folder, which is not followed"),
        "{linked}"
    );
    fs::remove_file(&link).unwrap();
    // A link inside is followed, and a file with two names is one rule.
    symlink(sandbox.path().join("delint-rules/own-group.yaml"), sandbox.path().join("delint-rules/zzz.yaml"))
        .unwrap();
    assert_eq!(rules_of(&sandbox.run(&["check", "--format", "concise"]).code(1)).len(), 2);
}

#[test]
fn folders_of_rule_files_are_limited() {
    let told = |files: &[(String, String)], told: &str| {
        let sandbox = project(&[]);
        for (name, text) in files {
            sandbox.write(name, text);
        }
        let err = sandbox.run(&["check", "--format", "concise"]).code(2).err;
        assert!(err.contains(told), "{told}\n{}", err.lines().take(5).collect::<Vec<_>>().join("\n"));
    };
    let large = format!("{RULE}{}", "#".repeat(limits::FILE));
    told(
        &[("delint-rules/large.yaml".to_owned(), large)],
        ".delint.yaml:1:9: cannot read delint-rules/large.yaml: a rule file has at most 256 KiB",
    );
    let many: Vec<_> =
        (0..limits::FILES).map(|index| (format!("delint-rules/r{index}.yaml"), "x".to_owned())).collect();
    told(&many, ".delint.yaml:1:9: there are more than 1000 rule files");
    let deep = format!("delint-rules/{}own-rule.yaml", "inner/".repeat(limits::FOLDERS + 1));
    told(&[(deep, RULE.to_owned())], " lies more than 8 folders deep");
}

#[test]
fn examples_that_are_not_as_they_say_are_told() {
    let wrong = RULE.replace("    text: /aws/vendedlogs/users\n", "    text: vendedlogs\n");
    let late = RULE.replace("/aws/vendedlogs/security/users", "/aws/vendedlogs/insecurity/users");
    let never = RULE.replacen("- bad:", "- good:", 1).replacen("    at: LogConfigurations/0/CloudWatchLogsConfiguration/LogGroupArn\n    text: /aws/vendedlogs/users\n", "", 1);
    let never = never.replacen("  - good:", "  - bad:", 2).replacen("  - bad:", "  - good:", 1)
        + "    at: LogConfigurations/0\n";
    let sandbox = project(&[("a/late.yaml", &late), ("a/never.yaml", &never), ("a/wrong.yaml", &wrong)]);
    let ran = sandbox.run(&["rules", "test", "a"]).code(1);
    for told in [
        "FAILED  late  (a/late.yaml: 2 examples, ",
        "error: false alarm: `late` is not expected at LogConfigurations/0/CloudWatchLogsConfiguration/LogGroupArn",
        "FAILED  never  (a/never.yaml: 2 examples, ",
        "error: miss: `never` is expected at LogConfigurations/0, and does not speak there",
        "error: wrong place: `/aws/vendedlogs/users` is underlined, and not `vendedlogs`",
        ",-[a/wrong.yaml:17:11]",
        "3 of 3 rules FAILED\n",
    ] {
        assert!(ran.out.contains(told), "{told}\n{}", ran.out);
    }
    assert!(!ran.out.contains("own-group"), "{}", ran.out);
    let all = sandbox.run(&["rules", "test"]).code(0).out;
    assert_eq!(all.lines().last(), Some("1 rule: all examples are as they say"));
    let shown = sandbox.run(&["rules", "test", "--verbose", "a/late.yaml"]).code(1).out;
    assert!(shown.contains("  | ") && shown.contains("insecurity"), "{shown}");
    let missing = sandbox.run(&["rules", "test", "b"]).code(2);
    assert!(missing.err.contains("cannot read b: there is no such file or folder"), "{}", missing.err);
}

#[test]
fn what_an_example_becomes_is_tested() {
    const PLACE: &str = "LogConfigurations/0/CloudWatchLogsConfiguration/LogGroupArn";
    let fixing = RULE.replace(
        "is none of ours' }",
        "is none of ours', help: move it, fix: { safety: safe, replace: ^/aws/vendedlogs/, with: /aws/vendedlogs/security/ } }",
    );
    let saying = |fixed: &str| fixing.replacen("  - good:", &format!("    fixed: {fixed}\n  - good:"), 1);
    let becomes =
        |group: &str| format!("{{ {PLACE}: 'arn:aws:logs:eu-west-1:210987654321:log-group:{group}' }}");
    let right = saying(&becomes("/aws/vendedlogs/security/users"));
    let without = right.replace(
        ", help: move it, fix: { safety: safe, replace: ^/aws/vendedlogs/, with: /aws/vendedlogs/security/ }",
        "",
    );
    let weak = right.replace(", with: /aws/vendedlogs/security/ }", ", with: /aws/vendedlogs/x/ }");
    let wrong = saying(&becomes("/aws/vendedlogs/security/others"));
    let nowhere = saying("{ LogConfigurations/1/LogLevel: absent }");
    for (rule, told) in [
        (&right, ""),
        (
            &wrong,
            "error: wrong fix: the fix makes something else of LogConfigurations/0/CloudWatchLogsConfiguration/LogGroupArn than `fixed` says; so it is as API document in JSON",
        ),
        (&nowhere, "error: wrong fix: a fix is offered, and what `fixed` says cannot be written there"),
        (&weak, "error: wrong fix: `fixed` says what it becomes, and no fix is offered"),
        (&without, "error: wrong fix: `fixed` says what it becomes, and the rule has no fix for it"),
    ] {
        let sandbox = Sandbox::new(&[(".delint.yaml", CONFIG), ("delint-rules/own-group.yaml", rule)]);
        let ran = sandbox.run(&["rules", "test"]).code(i32::from(!told.is_empty()));
        assert!(ran.out.contains(told), "{told}\n{}", ran.out);
    }
}

#[test]
fn a_new_rule_passes_its_tests_as_it_stands() {
    let sandbox = Sandbox::new(&[(".git/HEAD", ""), ("inner/x", "")]);
    let ran = sandbox.run(&["rules", "new", "security-groups"]).code(0);
    assert_eq!(ran.out, "Wrote delint-rules/security-groups.yaml\n");
    assert!(ran.err.contains("write `rules: [delint-rules]` into a .delint.yaml"), "{}", ran.err);
    let text = fs::read_to_string(sandbox.path().join("delint-rules/security-groups.yaml")).unwrap();
    assert!(text.starts_with("# yaml-language-server: $schema=https://"), "{text}");
    sandbox.run(&["rules", "test", "delint-rules"]).code(0);
    let unnamed = sandbox.run(&["rules", "test"]).code(2);
    assert!(unnamed.err.starts_with("error: no configuration names delint-rules, "), "{}", unnamed.err);
    assert!(unnamed.err.contains("write `rules: [delint-rules]` into a .delint.yaml"), "{}", unnamed.err);
    sandbox.write(".delint.yaml", "rules: [inner]\n");
    let unnamed = sandbox.run(&["rules", "test"]).code(2);
    assert!(unnamed.err.contains("add `delint-rules` to `rules` in .delint.yaml"), "{}", unnamed.err);
    fs::remove_file(sandbox.path().join(".delint.yaml")).unwrap();
    let isolated = sandbox.run(&["rules", "test", "--isolated"]).code(0);
    assert!(isolated.err.starts_with("note: there are no rule files"), "{}", isolated.err);
    let again = sandbox.run(&["rules", "new", "security-groups"]).code(2);
    assert!(again.err.contains("delint-rules/security-groups.yaml is there already"), "{}", again.err);

    sandbox.write(".delint.yaml", "severity: {}\n");
    let ran = sandbox.run(&["rules", "new", "second"]).code(0);
    assert!(ran.err.contains("add `rules: [delint-rules]` to .delint.yaml"), "{}", ran.err);
    sandbox.write(".delint.yaml", CONFIG);
    assert_eq!(sandbox.run(&["rules", "new", "third"]).code(0).err, "");
    let ran = sandbox.run(&["rules", "new", "fourth", "more"]).code(0);
    assert_eq!(ran.out, "Wrote more/fourth.yaml\n");
    assert!(ran.err.contains("add `more` to `rules` in .delint.yaml"), "{}", ran.err);
    let same = sandbox.run(&["rules", "new", "third", "more"]).code(2);
    assert!(
        same.err.contains("there is a rule named `third` already, in delint-rules/third.yaml"),
        "{}",
        same.err
    );
    let mut command = sandbox.command(&["rules", "new", "fifth"]);
    command.current_dir(sandbox.path().join("inner"));
    assert_eq!(super::finish(command, b"").code(0).out, "Wrote ../delint-rules/fifth.yaml\n");
    let tested = sandbox.run(&["rules", "test"]).code(0).out;
    assert!(tested.ends_with("4 rules: all examples are as they say\n"), "{tested}");
}

#[test]
fn a_new_rule_has_a_name_of_its_own() {
    let sandbox = Sandbox::new(&[(".delint.yaml", CONFIG), ("delint-rules/x", "")]);
    for (args, told) in [
        (&["Bad_Name"][..], "such as `bad-name`"),
        (&["../escape"], "is no name for a rule"),
        (&["log-group-kms"], "there is a built-in rule named `log-group-kms`; `--extends log-group-kms`"),
        (
            &["x", "--extends", "log-group-kmss"],
            "there is no rule named `log-group-kmss`; did you mean `log-group-kms`?",
        ),
    ] {
        let ran = sandbox.run(&[&["rules", "new"], args].concat()).code(2);
        assert!(ran.err.contains(told), "{args:?}\n{}", ran.err);
    }
    assert_eq!(fs::read_dir(sandbox.path().join("delint-rules")).unwrap().count(), 1);
    for (name, base) in [("log-group-kms", "log-group-kms"), ("our-kms", "log-group-kms")] {
        sandbox.run(&["rules", "new", name, "--extends", base]).code(0);
    }
    let tested = sandbox.run(&["rules", "test"]).code(0).out;
    assert!(tested.ends_with("2 rules: all examples are as they say\n"), "{tested}");
}

#[test]
fn the_list_shows_whose_a_rule_is() {
    let extending = "extends: arn-format\nlinks: [https://example.com/arns]\n";
    let sandbox = project(&[("delint-rules/arn-format.yaml", extending)]);
    let text = sandbox.run(&["rules", "list"]).code(0).out;
    let line = text.lines().find(|line| line.starts_with("own-group ")).unwrap();
    assert!(line.ends_with("the log group is none of ours  (delint-rules/own-group.yaml)"), "{line}");
    let list = json(&sandbox.run(&["rules", "list", "--format", "json"]).code(0));
    let rules = list["rules"].as_array().unwrap();
    let names: Vec<&str> = rules.iter().map(|rule| rule["name"].as_str().unwrap()).collect();
    assert!(
        names.is_sorted() && names.iter().filter(|name| **name == "arn-format").count() == 1,
        "{names:?}"
    );
    let of = |name: &str| rules.iter().find(|rule| rule["name"] == name).unwrap();
    assert_eq!((&of("own-group")["url"], &of("own-group")["extends"]), (&Json::Null, &Json::Null));
    assert_eq!(of("own-group")["file"], "delint-rules/own-group.yaml");
    assert_eq!(of("arn-format")["url"], "https://example.com/arns");
    assert_eq!(of("arn-format")["extends"], "arn-format");
    assert_eq!(of("arn-account")["file"], Json::Null);
}
