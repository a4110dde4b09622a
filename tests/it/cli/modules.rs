//! Modules of Terraform: a folder is checked as one, however it is named.

use std::fmt::Write as _;
use std::fs;

use super::{BAD, Ran, Sandbox, files};

/// Holds the trigger word; what is wrong with it stands in the other files.
const DELIVERY: &str = r#"resource "aws_cognito_log_delivery_configuration" "users" {
  user_pool_id = aws_cognito_user_pool.users.id

  log_configurations {
    event_source = "userAuthEvents"
    log_level    = "INFO"
    cloud_watch_logs_configuration {
      log_group_arn = aws_cloudwatch_log_group.auth.arn
    }
  }
}
"#;

const POOL: &str =
    "resource \"aws_cognito_user_pool\" \"users\" {\n  name = \"users\"\n  user_pool_tier = \"LITE\"\n}\n";
const GROUP: &str = "resource \"aws_cloudwatch_log_group\" \"auth\" {\n  name = \"/aws/vendedlogs/users\"\n  retention_in_days = 90\n}\n";
/// What is found in [`POOL`].
const AT_TIER: &str = "3:20: error[auth-events-plan]";

pub(super) fn module(folder: &str) -> Sandbox {
    let sandbox = Sandbox::new(&[]);
    for (name, text) in [("group.tf", GROUP), ("delivery.tf", DELIVERY), ("pool.tf", POOL)] {
        sandbox.write(&format!("{folder}/{name}"), text);
    }
    sandbox
}

pub(super) fn check(sandbox: &Sandbox, args: &[&str]) -> Ran {
    sandbox.run(&[&["check", "--format", "concise"], args].concat())
}

/// File, place and rule of each finding.
fn places(ran: &Ran) -> Vec<String> {
    ran.out.lines().map(|line| line.split_inclusive(']').next().unwrap().to_owned()).collect()
}

fn summary(sandbox: &Sandbox, args: &[&str]) -> serde_json::Value {
    let ran = sandbox.run(&[&["check", "--format", "json"], args].concat());
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    report["summary"].clone()
}

#[test]
fn a_file_brings_its_siblings() {
    let sandbox = module("infra");
    for named in ["infra/delivery.tf", "infra/pool.tf", "infra/group.tf", "infra"] {
        assert_eq!(
            places(&check(&sandbox, &[named]).code(1)),
            [format!("infra/pool.tf:{AT_TIER}")],
            "{named}"
        );
        let summary = summary(&sandbox, &[named]);
        assert_eq!((&summary["files"], &summary["configurations"]), (&3.into(), &1.into()), "{named}");
    }
}

#[test]
fn a_module_is_checked_once_whatever_it_is_called() {
    let sandbox = module("infra");
    fs::create_dir(sandbox.path().join("work")).unwrap();
    let absolute = |name: &str| sandbox.path().join(name).to_str().unwrap().to_owned();
    let (folder, delivery, pool) =
        (absolute("infra"), absolute("infra/delivery.tf"), absolute("infra/pool.tf"));
    for (args, shown) in [
        (&["infra"][..], "infra"),
        (&["./infra"], "infra"),
        (&["."], "infra"),
        (&[&folder], &folder),
        (&["infra/delivery.tf", "infra/pool.tf"], "infra"),
        (&["infra/pool.tf", "./infra/delivery.tf", "infra"], "infra"),
        (&["infra/delivery.tf", &pool], "infra"),
        (&[&delivery, "infra/pool.tf"], "infra"),
        (&[&delivery, "infra"], "infra"),
        (&[&folder, "infra/group.tf"], "infra"),
        (&["work/../infra/pool.tf", "infra/delivery.tf", &delivery], "infra"),
        (&["work/../infra/pool.tf"], "work/../infra"),
        (&[&delivery, &pool], &folder),
    ] {
        for args in [args.to_vec(), args.iter().rev().copied().collect()] {
            assert_eq!(
                places(&check(&sandbox, &args).code(1)),
                [format!("{shown}/pool.tf:{AT_TIER}")],
                "{args:?}"
            );
            assert_eq!(summary(&sandbox, &args)["files"], 3, "{args:?}");
        }
    }
    let mut command = sandbox.command(&["check", "--format", "concise", "pool.tf"]);
    command.current_dir(sandbox.path().join("infra"));
    assert_eq!(places(&super::finish(command, b"")), [format!("pool.tf:{AT_TIER}")]);
}

#[test]
fn folders_are_modules_of_their_own() {
    let sandbox = module("live");
    sandbox.write("live/inner/delivery.tf", DELIVERY);
    sandbox.write("live/inner/group.tf", GROUP);
    sandbox.write("other/pool.tf", POOL);
    assert_eq!(places(&check(&sandbox, &[]).code(1)), [format!("live/pool.tf:{AT_TIER}")]);
    assert_eq!(places(&check(&sandbox, &["live/inner", "other/pool.tf"]).code(0)), [""; 0]);
    let summary = summary(&sandbox, &[]);
    assert_eq!((&summary["files"], &summary["configurations"]), (&6.into(), &2.into()));
}

#[test]
fn every_ending_of_a_module_counts() {
    for (name, text) in
        [("pool.tofu", POOL.to_owned()), ("pool.tf.json", json_of_pool()), ("pool.tofu.json", json_of_pool())]
    {
        let sandbox = module("infra");
        fs::remove_file(sandbox.path().join("infra/pool.tf")).unwrap();
        sandbox.write(&format!("infra/{name}"), text);
        assert_eq!(files(&check(&sandbox, &["infra/delivery.tf"]).code(1)), [format!("infra/{name}")]);
        assert_eq!(files(&check(&sandbox, &[]).code(1)), [format!("infra/{name}")]);
    }
    // OpenTofu reads one of two.
    let sandbox = module("infra");
    sandbox.write("infra/pool.tofu", POOL);
    assert_eq!(files(&check(&sandbox, &[]).code(1)), ["infra/pool.tofu"]);
    // What Terraform passes over, or what is no part of it, is none of the module.
    for name in [".pool.tf", "pool.tf.bak", "pool.tf~", "pool.hcl", "pool.json", "pool.tf.tmpl"] {
        let sandbox = module("infra");
        fs::rename(sandbox.path().join("infra/pool.tf"), sandbox.path().join("infra").join(name)).unwrap();
        assert_eq!(check(&sandbox, &["infra/delivery.tf"]).code(0).out, "", "{name}");
        // A copy of a part does not make two of it.
        let sandbox = module("infra");
        sandbox.write(&format!("infra/{name}"), POOL);
        sandbox.write("infra/.delivery.tf", "# userAuthEvents\n");
        assert_eq!(
            places(&check(&sandbox, &["infra"]).code(1)),
            [format!("infra/pool.tf:{AT_TIER}")],
            "{name}"
        );
    }
}

fn json_of_pool() -> String {
    r#"{"resource": {"aws_cognito_user_pool": {"users": {"name": "users", "user_pool_tier": "LITE"}}}}"#
        .to_owned()
}

#[test]
fn a_copy_beside_a_module_is_no_part_of_it() {
    let sandbox = module("infra");
    sandbox.write("infra/delivery.tf.bak", DELIVERY);
    assert_eq!(places(&check(&sandbox, &[]).code(1)), [format!("infra/pool.tf:{AT_TIER}")]);
}

#[test]
fn variable_definitions_are_read_even_where_they_are_ignored() {
    let pool = POOL.replace("\"LITE\"", "var.tier");
    let variable = "variable \"tier\" {\n  type = string\n  default = \"PLUS\"\n}\n";
    for (name, text, is_read) in [
        ("terraform.tfvars", "tier = \"LITE\"\n", true),
        ("terraform.tfvars.json", "{\"tier\": \"LITE\"}", true),
        ("prod.auto.tfvars", "tier = \"LITE\"\n", true),
        ("prod.auto.tfvars.json", "{\"tier\": \"LITE\"}", true),
        ("prod.tfvars", "tier = \"LITE\"\n", false),
        ("inner/terraform.tfvars", "tier = \"LITE\"\n", false),
    ] {
        let sandbox = module("infra");
        sandbox.write("infra/pool.tf", &pool);
        sandbox.write("infra/variables.tf", variable);
        sandbox.write(".gitignore", "*.tfvars\n*.tfvars.json\n");
        sandbox.write(&format!("infra/{name}"), text);
        for args in [&["infra"][..], &["infra/pool.tf"], &["infra", "--no-ignore"]] {
            let ran = check(&sandbox, args).code(i32::from(is_read));
            assert_eq!(ran.out.contains("[auth-events-plan]"), is_read, "{name} {ran:?}");
        }
    }
}

#[test]
fn files_that_say_nothing_of_log_delivery_are_not_parsed() {
    let sandbox = Sandbox::new(&[]);
    // Each would be a mistake, if it were parsed.
    for index in 0..300 {
        sandbox.write(&format!("infra/f{index}.tf"), "resource \"aws_s3_bucket\" {{{");
    }
    for args in [&["infra"][..], &["infra/f1.tf"], &["infra/f1.tf", "infra/f2.tf"]] {
        let ran = sandbox.run(&[&["check", "-v"], args].concat()).code(0);
        let read = if args == ["infra"] { 300 } else { args.len() };
        let note = format!("note: files read: {read}; with words of a log delivery configuration: 0\n");
        assert_eq!(ran.err, note);
    }
    sandbox.write("infra/delivery.tf", DELIVERY);
    for args in [&["infra"][..], &["infra/f1.tf"], &["infra/f1.tf", "infra/delivery.tf"]] {
        let ran = sandbox.run(&[&["check", "-v"], args].concat()).code(0);
        assert_eq!(ran.err, "note: files read: 301; with words of a log delivery configuration: 1\n");
    }
}

fn stdin(sandbox: &Sandbox, name: &str, more: &[&str], text: &str) -> Ran {
    let args = [&["check", "--format", "concise", "--stdin-filename", name, "-"], more].concat();
    sandbox.run_on(&args, text.as_bytes())
}

#[test]
fn standard_input_stands_for_a_file_of_the_module() {
    let sandbox = module("infra");
    let plus =
        POOL.replace("\"LITE\"", "\"PLUS\"\n  user_pool_add_ons { advanced_security_mode = \"AUDIT\" }");
    let found = [format!("infra/pool.tf:{AT_TIER}")];
    for more in [&[][..], &["infra"], &["infra/delivery.tf"], &["infra/pool.tf"]] {
        assert_eq!(places(&stdin(&sandbox, "infra/delivery.tf", more, DELIVERY).code(1)), found, "{more:?}");
        assert_eq!(places(&stdin(&sandbox, "./infra/pool.tf", more, POOL).code(1)), found, "{more:?}");
        // What is typed counts, not what is on the disk.
        assert_eq!(stdin(&sandbox, "infra/pool.tf", more, &plus).code(0).out, "", "{more:?}");
    }
    let absolute = sandbox.path().join("infra/pool.tf");
    let ran = stdin(&sandbox, absolute.to_str().unwrap(), &[], POOL).code(1);
    assert_eq!(places(&ran), [format!("{}:{AT_TIER}", absolute.display())]);
    // A file that is not there yet, in a folder that is, and in one that is not.
    fs::remove_file(sandbox.path().join("infra/pool.tf")).unwrap();
    assert_eq!(
        places(&stdin(&sandbox, "infra/new.tf", &[], POOL).code(1)),
        [format!("infra/new.tf:{AT_TIER}")]
    );
    assert_eq!(stdin(&sandbox, "new/pool.tf", &[], POOL).code(0).out, "");
    let whole = format!("{POOL}{DELIVERY}");
    assert_eq!(
        places(&stdin(&sandbox, "new/all.tf", &[], &whole).code(1)),
        [format!("new/all.tf:{AT_TIER}")]
    );
    assert_eq!(
        places(&stdin(&sandbox, "<stdin>", &["infra"], &whole).code(1)),
        [format!("<stdin>:{AT_TIER}")]
    );
}

#[test]
fn standard_input_stands_for_any_file_of_its_name() {
    let sandbox = Sandbox::new(&[("a.yaml", "LogConfigurations: }")]);
    for more in [&[][..], &["a.yaml"], &["."]] {
        assert_eq!(files(&stdin(&sandbox, "a.yaml", more, BAD).code(1)), ["a.yaml"], "{more:?}");
    }
}

#[test]
fn a_sibling_that_cannot_be_checked_is_told() {
    let sandbox = module("infra");
    let large = fs::File::create(sandbox.path().join("infra/large.tf")).unwrap();
    large.set_len((16 << 20) + 1).unwrap();
    for args in [&["infra"][..], &["infra/delivery.tf"]] {
        let ran = check(&sandbox, args).code(1);
        assert_eq!(places(&ran), [format!("infra/pool.tf:{AT_TIER}")]);
        assert_eq!(
            ran.err,
            if args == ["infra"] {
                ""
            } else {
                "note: infra/large.tf was not checked: it is larger than 16 MiB\n"
            }
        );
    }
}

#[test]
fn a_sibling_that_is_no_text_does_no_harm() {
    for bytes in [
        &b"\xff\xfe\xff"[..],
        b"resource \"a\" \"b\" {\n  c = \"\xff\"\n}\n",
        b"\0\0\0",
        b"a = {{{",
        b"\xef\xbb\xbf",
        b"",
    ] {
        let sandbox = module("infra");
        sandbox.write("infra/other.tf", bytes);
        let ran = check(&sandbox, &["infra"]).code(1);
        assert_eq!(
            (places(&ran), ran.err.as_str()),
            (vec![format!("infra/pool.tf:{AT_TIER}")], ""),
            "{bytes:?}"
        );
    }
    // What stands before the mistake, and after it, is read all the same.
    let sandbox = module("infra");
    sandbox.write("infra/pool.tf", format!("resource \"x\" \"y\" {{\n  a = = 1\n}}\n{POOL}").as_bytes());
    assert_eq!(files(&check(&sandbox, &["infra"]).code(1)), ["infra/pool.tf"]);
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn a_sibling_that_is_no_file_is_passed_over() {
        let sandbox = module("infra");
        let fifo = sandbox.path().join("infra/pipe.tf");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        symlink(&fifo, sandbox.path().join("infra/to-pipe.tf")).unwrap();
        symlink("nowhere", sandbox.path().join("infra/dangling.tf")).unwrap();
        symlink("circle.tf", sandbox.path().join("infra/circle.tf")).unwrap();
        fs::create_dir(sandbox.path().join("infra/folder.tf")).unwrap();
        for args in [&["infra"][..], &["infra/delivery.tf"], &["infra/pool.tf"]] {
            let ran = check(&sandbox, args).code(1);
            assert_eq!((places(&ran), ran.err.as_str()), (vec![format!("infra/pool.tf:{AT_TIER}")], ""));
        }
        let ran = stdin(&sandbox, "infra/pipe.tf", &[], "").code(1);
        assert_eq!(places(&ran), [format!("infra/pool.tf:{AT_TIER}")]);
    }

    #[test]
    fn a_sibling_may_be_a_link() {
        let sandbox = module("shared");
        sandbox.write("prod/delivery.tf", DELIVERY);
        for name in ["group.tf", "pool.tf"] {
            symlink(format!("../shared/{name}"), sandbox.path().join("prod").join(name)).unwrap();
        }
        for args in [&["prod"][..], &["prod/delivery.tf"], &["prod/pool.tf"]] {
            let ran = check(&sandbox, args).code(1);
            assert_eq!(places(&ran), [format!("prod/pool.tf:{AT_TIER}")], "{args:?}");
            assert_eq!(summary(&sandbox, args)["files"], 3, "{args:?}");
        }
        // A second name of a file does not make two of what it declares.
        symlink("delivery.tf", sandbox.path().join("shared/also.tf")).unwrap();
        symlink("pool.tf", sandbox.path().join("shared/again.tf")).unwrap();
        for args in [
            &["shared"][..],
            &["shared/delivery.tf"],
            &["shared/pool.tf"],
            &["shared/delivery.tf", "shared/pool.tf"],
        ] {
            let ran = check(&sandbox, args).code(1);
            assert_eq!(places(&ran), [format!("shared/pool.tf:{AT_TIER}")], "{args:?}");
        }
        assert_eq!(files(&check(&sandbox, &["shared/again.tf"]).code(1)), ["shared/pool.tf"]);
        // A folder with two names.
        symlink("shared", sandbox.path().join("link")).unwrap();
        for args in [
            &["link/pool.tf", "shared/delivery.tf"][..],
            &["shared/delivery.tf", "link/pool.tf"],
            &["link", "shared"],
        ] {
            assert_eq!(
                places(&check(&sandbox, args).code(1)),
                [format!("link/pool.tf:{AT_TIER}")],
                "{args:?}"
            );
        }
    }

    #[test]
    fn a_sibling_that_nobody_may_read_is_told() {
        let sandbox = module("infra");
        let locked = sandbox.path().join("infra/locked.tf");
        fs::write(&locked, "").unwrap();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
        // Root may read everything.
        if fs::File::open(&locked).is_ok() {
            return;
        }
        let ran = check(&sandbox, &["infra/delivery.tf"]).code(1);
        assert_eq!(files(&ran), ["infra/pool.tf"]);
        assert!(ran.err.starts_with("note: infra/locked.tf was not checked: "), "{ran:?}");
        let ran = check(&sandbox, &["infra"]).code(2);
        assert_eq!(ran.err, "error: cannot read infra/locked.tf: permission denied\n");
    }
}

#[test]
fn output_depends_neither_on_the_order_of_arguments_nor_on_threads() {
    let sandbox = Sandbox::new(&[]);
    let mut names = Vec::new();
    for index in 0..40 {
        let mut text = String::new();
        for number in 0..3 {
            let (pool, delivery) =
                (POOL.replace("\"users\" {", "\"NAME\" {"), DELIVERY.replace("\"users\"", "\"NAME\""));
            let delivery = delivery.replace("aws_cognito_user_pool.users", "aws_cognito_user_pool.NAME");
            write!(text, "{pool}{delivery}").unwrap();
            text = text.replace("NAME", &format!("n{index}-{number}"));
        }
        names.push(format!("m{}/f{index}.tf", index % 4));
        sandbox.write(&names[index], text);
    }
    let run = |names: &[&str], threads: &str| {
        let args = [&["check", "--format", "json"], names].concat();
        sandbox.run_with(&args, &[("RAYON_NUM_THREADS", threads)]).code(1).out
    };
    let mut order: Vec<&str> = names.iter().map(String::as_str).collect();
    let expected = run(&order, "1");
    assert_eq!(expected.matches("\"auth-events-plan\"").count(), 120);
    for threads in ["1", "2", "7"] {
        order.rotate_left(13);
        assert_eq!(run(&order, threads), expected);
        order.reverse();
        assert_eq!(run(&order, threads), expected);
        assert_eq!(run(&["m0", "m1", "m2", "m3"], threads), expected);
        assert_eq!(run(&["."], threads), expected);
    }
}
