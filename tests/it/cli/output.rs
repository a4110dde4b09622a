//! What is written, and where.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use super::{BAD, GOOD, Sandbox};

#[test]
fn colour_is_for_those_who_want_it() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let colours = |args: &[&str], variables: &[(&str, &str)]| {
        let ran = sandbox.run_with(&[&["check", "bad.yaml"], args].concat(), variables).code(1);
        ran.out.contains("\u{1b}[")
    };
    assert!(!colours(&[], &[]));
    assert!(colours(&["--color", "always"], &[]));
    assert!(colours(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!colours(&["--color", "never"], &[("FORCE_COLOR", "1")]));
    assert!(colours(&[], &[("FORCE_COLOR", "1")]));
    assert!(colours(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]));
    assert!(!colours(&[], &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn drawing_suits_the_locale_and_the_width() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let ascii = sandbox.run(&["check"]).code(1).out;
    assert!(ascii.is_ascii(), "{ascii}");
    let drawn = sandbox.run_with(&["check"], &[("LANG", "C.UTF-8")]).code(1).out;
    assert!(drawn.contains('╭'), "{drawn}");
    let narrow = sandbox.run_with(&["check"], &[("COLUMNS", "50")]).code(1).out;
    let longest = |text: &str| text.lines().filter(|line| line.starts_with(' ')).map(str::len).max();
    assert!(longest(&narrow) <= longest(&ascii), "{narrow}");
}

#[test]
fn quiet_is_findings_only() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD), ("good.yaml", GOOD)]);
    let quiet = sandbox.run(&["check", "--quiet", "good.yaml"]).code(0);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    let quiet = sandbox.run(&["check", "-q"]).code(1);
    assert!(quiet.out.starts_with("error[") && !quiet.out.contains("Found "), "{quiet:?}");
    let verbose = sandbox.run(&["check", "-v"]).code(1);
    assert!(
        verbose.err.starts_with("note: files read: 2; with words of a log delivery configuration: 2\n"),
        "{verbose:?}"
    );
    sandbox.run(&["check", "-q", "-v"]).code(2);
    let error = sandbox.run(&["check", "-q", "missing"]).code(2);
    assert!(error.err.starts_with("error: "), "{error:?}");
}

#[test]
fn a_hook_says_nothing_where_there_is_nothing_to_say() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD), ("good.yaml", GOOD), ("other.yaml", "a: 1\n")]);
    let hook = |name: &str| sandbox.run_with(&["check", name], &[("PRE_COMMIT", "1")]);
    for name in ["good.yaml", "other.yaml"] {
        let ran = hook(name).code(0);
        assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    }
    assert_eq!(hook("bad.yaml").out, sandbox.run(&["check", "bad.yaml"]).code(1).out);
}

#[test]
fn a_reader_that_goes_away_is_no_mistake() {
    let sandbox = Sandbox::new(&[]);
    for number in 0..500 {
        sandbox.write(&format!("{number}.yaml"), BAD);
    }
    for args in
        [&["check"][..], &["check", "--format", "json"], &["explain", "not-an-arn"], &["schema", "rule"]]
    {
        let mut command = sandbox.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        let code = child.wait().unwrap().code();
        assert!(matches!(code, Some(0 | 1)) && err.is_empty(), "{args:?}: {code:?} {err}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_mistake() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let mut command = sandbox.command(&["check"]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command.stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stderr.starts_with(b"error: cannot write to standard output: "));
}

#[cfg(unix)]
#[test]
fn names_never_steer_a_terminal() {
    let sandbox = Sandbox::new(&[("\u{1b}[31m.yaml", BAD)]);
    for format in ["pretty", "concise", "json"] {
        let ran = sandbox.run(&["check", "--format", format]).code(1);
        assert!(!ran.out.contains('\u{1b}'), "{ran:?}");
    }
    let ran = sandbox.run(&["check", "\u{1b}[31m\n::error::x"]).code(2);
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    assert!(!ran.err.contains('\u{1b}'), "{ran:?}");
}

/// The same bytes on every run: files are read by several threads.
#[test]
fn order_is_always_the_same() {
    let sandbox = Sandbox::new(&[]);
    for number in 0..120 {
        sandbox.write(&format!("{}/{number}.yaml", number % 7), BAD);
    }
    for args in [&["check", "--format", "json"][..], &["check", "--format", "concise", "--no-ignore"]] {
        let first = sandbox.run(args).code(1);
        for _ in 0..4 {
            assert_eq!(sandbox.run(args), first);
        }
    }
    let concise = sandbox.run(&["check", "--format", "concise"]).code(1);
    let names = super::files(&concise);
    assert!(names.len() >= 120 && names.is_sorted(), "{names:?}");
    let files: Vec<String> = (0..120).rev().map(|number| format!("{}/{number}.yaml", number % 7)).collect();
    let args: Vec<&str> =
        ["check", "--format", "concise"].into_iter().chain(files.iter().map(String::as_str)).collect();
    assert_eq!(sandbox.run(&args), concise);
}

#[test]
fn each_format_has_a_place_of_its_own() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let read = |name: &str| fs::read_to_string(sandbox.path().join(name)).unwrap();
    let check = |args: &[&str]| sandbox.run(&[&["check", "bad.yaml"], args].concat());

    let out = check(&["--format", "json", "--output", "a.json", "--format", "concise"]).code(1).out;
    assert!(out.starts_with("bad.yaml:"), "{out}");
    assert!(read("a.json").starts_with('{'));
    check(&["--output", "b.txt", "--format", "concise"]).code(1);
    assert_eq!(read("b.txt"), out);
    check(&["--format", "concise", "-o", "c.txt", "--format", "json", "-o", "c.json"]).code(1);
    assert_eq!((read("c.txt"), read("c.json")), (out, read("a.json")));

    for args in [
        &["--format", "json", "--format", "concise"][..],
        &["--format", "json", "-o", "d", "--format", "concise", "-o", "d"],
        &["--format", "json", "-o", "d", "-o", "e"],
    ] {
        let ran = check(args).code(2);
        assert!(ran.err.contains("of its own"), "{}", ran.err);
    }
}

#[test]
fn a_report_overwrites_nothing_that_is_read() {
    let config = ("in/.delint.yaml", "baseline: known.json\n");
    let files =
        [("in/a.yaml", BAD), ("in/list", "in/a.yaml\n"), config, ("in/known.json", ""), ("out.json", "old")];
    let sandbox = Sandbox::new(&files);
    sandbox.run(&["baseline", "--config", "in/.delint.yaml", "in"]).code(0);
    let known = sandbox.read("in/known.json");
    for output in ["in/a.yaml", "./in/../in/a.yaml", "in/.delint.yaml", "in/known.json", "in/list"] {
        let args = ["check", "--config", "in/.delint.yaml", "--format", "json", "--output", output];
        let ran = sandbox.run(&[&args[..], &["--files-from", "in/list"]].concat()).code(2);
        assert!(ran.err.contains("would overwrite a file that is read"), "{output}: {ran:?}");
    }
    assert_eq!((sandbox.read("in/a.yaml"), sandbox.read("in/known.json")), (BAD.to_owned(), known));
    sandbox.run(&["check", "--format", "json", "--output", "out.json", "in/a.yaml"]).code(1);
    assert!(sandbox.read("out.json").starts_with('{'));
}

#[test]
fn what_cannot_be_written_keeps_nothing_else_from_it() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let outputs = ["--format", "json", "--output", "none/r.json", "--format", "junit", "--output", "r.xml"];
    let rest = ["--format", "concise", "--statistics"];
    let ran = sandbox.run(&[&["check"][..], &outputs, &rest].concat()).code(2);
    assert!(ran.out.contains("bad.yaml:4:15: error["), "{ran:?}");
    assert!(
        ran.err.contains("cannot write to none/r.json") && ran.err.contains("user-notification-level"),
        "{ran:?}"
    );
    assert!(sandbox.read("r.xml").contains("<testsuite"));
}
