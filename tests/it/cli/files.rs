//! Which files are read, and what is made of those that cannot be.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};

use super::{BAD, GOOD, Sandbox, files};

#[test]
fn ignore_files_are_respected() {
    let sandbox = Sandbox::new(&[
        (".gitignore", "/ignored/\n*.tmp.yaml\n"),
        (".git/config.yaml", BAD),
        (".github/hidden.yaml", BAD),
        ("a.tmp.yaml", BAD),
        ("b.yaml", BAD),
        ("ignored/c.yaml", BAD),
        ("other/.ignore", "d.yaml"),
        ("other/d.yaml", BAD),
    ]);
    let check = |args: &[&str]| {
        let ran = sandbox.run(&[&["check", "--format", "concise"], args].concat()).code(1);
        files(&ran).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(check(&[]), [".github/hidden.yaml", "b.yaml"]);
    let everything = [".github/hidden.yaml", "a.tmp.yaml", "b.yaml", "ignored/c.yaml", "other/d.yaml"];
    assert_eq!(check(&["--no-ignore"]), everything);
    assert_eq!(check(&["a.tmp.yaml", "other/d.yaml"]), ["a.tmp.yaml", "other/d.yaml"]);
}

#[test]
fn what_a_killed_run_left_behind_is_not_checked() {
    let left = "in/.a.yaml.0.delint-tmp";
    let sandbox = Sandbox::new(&[("in/a.yaml", GOOD), (left, BAD)]);
    sandbox.run(&["check"]).code(0);
    sandbox.run(&["check", "--no-ignore", "in"]).code(0);
    sandbox.run(&["check", "--force-exclude", left]).code(0);
    sandbox.run(&["check", left]).code(1);
}

#[test]
fn names_are_those_that_the_user_gave() {
    let sandbox = Sandbox::new(&[("in/a.yaml", BAD), ("b.yaml", BAD), ("here/keep", "")]);
    let absolute = sandbox.path().join("b.yaml");
    let absolute = absolute.to_str().unwrap();
    for (args, expected) in [
        (&["./in"][..], &["in/a.yaml"][..]),
        (&["in/", "b.yaml"], &["b.yaml", "in/a.yaml"]),
        (&["in/../b.yaml"], &["in/../b.yaml"]),
        (&[absolute], &[absolute]),
    ] {
        let ran = sandbox.run(&[&["check", "--format", "concise"], args].concat()).code(1);
        assert_eq!(files(&ran), expected);
    }
    let mut command = sandbox.command(&["check", "--format", "concise", "../in"]);
    command.current_dir(sandbox.path().join("here"));
    assert_eq!(files(&super::finish(command, b"")), ["../in/a.yaml"]);
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let sandbox = Sandbox::new(&[("in/a.yaml", BAD)]);
    for args in [
        &["in/a.yaml", "in/a.yaml"][..],
        &["./in/a.yaml", "in/../in/a.yaml"],
        &["in", "in/a.yaml"],
        &[".", "in"],
        &["in", ".", "--no-ignore"],
    ] {
        let ran = sandbox.run(&[&["check", "--format", "json"], args].concat()).code(1);
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(report["diagnostics"].as_array().unwrap().len(), 1, "{args:?}");
        assert_eq!(report["summary"]["files"], 1, "{args:?}");
    }
}

#[test]
fn files_without_a_trigger_word_are_silent() {
    let deep = "[".repeat(100_000);
    let sandbox = Sandbox::new(&[
        ("broken.yaml", "a: [1, 2\nb: }"),
        ("helm.yaml", "{{ if .Values.logs }}\n- x\n{{ end }}"),
        ("deep.json", &deep),
        ("binary.bin", "\0\0\0\u{1}"),
    ]);
    let ran = sandbox.run(&["check"]).code(0);
    assert_eq!(
        (ran.out.as_str(), ran.err.as_str()),
        ("No log delivery configuration found (4 files checked)\n", "")
    );
}

#[test]
fn deep_nesting_is_harmless() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("- ", ""), ("{a: ", "}")] {
        for depth in [100, 250, 256, 500, 512, 1000, 100_000] {
            let text = format!("{}\"LogConfigurations\"{}", open.repeat(depth), close.repeat(depth));
            let document = format!("{{\"UserPoolId\": 1, \"LogConfigurations\": {text}}}");
            let sandbox = Sandbox::new(&[("a.json", &text), ("b.json", &document)]);
            let ran = sandbox.run(&["check"]);
            assert!(matches!(ran.code, Some(0 | 1)), "{depth} times {open:?}: {ran:?}");
        }
    }
}

/// A file of 100 MB that takes no room on the disk.
fn sparse(sandbox: &Sandbox, name: &str, word: &str) {
    let mut file = File::create(sandbox.path().join(name)).unwrap();
    file.set_len(100 << 20).unwrap();
    file.seek(SeekFrom::Start(70 << 20)).unwrap();
    file.write_all(word.as_bytes()).unwrap();
}

#[test]
fn large_files_are_searched_and_not_parsed() {
    let sandbox = Sandbox::new(&[]);
    sparse(&sandbox, "silent.json", "LogConfiguration");
    let ran = sandbox.run(&["check"]).code(0);
    assert_eq!(ran.err, "");
    sparse(&sandbox, "large.json", "LogConfigurations");
    for args in [&["check"][..], &["check", "large.json"], &["check", "--no-ignore"]] {
        let ran = sandbox.run(args).code(0);
        assert_eq!(ran.err, "note: large.json was not checked: it is larger than 16 MiB\n");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_an_error_if_it_is_named() {
    let sandbox = Sandbox::new(&[("a.yaml", BAD)]);
    let made = std::process::Command::new("mkfifo").arg(sandbox.path().join("pipe.yaml")).status();
    assert!(made.unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(sandbox.path().join("socket.yaml")).unwrap();
    for args in [&["check"][..], &["check", "--no-ignore"]] {
        assert_eq!(sandbox.run(args).code(1).err, "");
    }
    for name in ["pipe.yaml", "socket.yaml", "/dev/null"] {
        let ran = sandbox.run(&["check", name]).code(2);
        assert_eq!(ran.err, format!("error: cannot read {name}: it is neither a file nor a folder\n"));
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_unless_they_are_named() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::new(&[("in/a.yaml", BAD), ("out/b.yaml", BAD)]);
    let at = |name: &str| sandbox.path().join(name);
    symlink(at("in"), at("in/loop")).unwrap();
    symlink("self", at("in/self")).unwrap();
    symlink(at("out"), at("in/out")).unwrap();
    symlink(at("missing"), at("in/dangling.yaml")).unwrap();
    symlink(at("out/b.yaml"), at("link.yaml")).unwrap();
    symlink(at("out"), at("folder")).unwrap();
    let check =
        |args: &[&str], code| sandbox.run(&[&["check", "--format", "concise"], args].concat()).code(code);
    for args in [&["in"][..], &["in", "--no-ignore"]] {
        let ran = check(args, 1);
        assert_eq!((files(&ran), ran.err.as_str()), (vec!["in/a.yaml"], ""));
    }
    assert_eq!(files(&check(&["link.yaml"], 1)), ["link.yaml"]);
    assert_eq!(files(&check(&["folder"], 1)), ["folder/b.yaml"]);
    assert_eq!(files(&check(&["folder", "--no-ignore"], 1)), ["folder/b.yaml"]);
    assert_eq!(files(&check(&["link.yaml", "out/b.yaml"], 1)), ["link.yaml"]);
    for name in ["in/self", "in/dangling.yaml"] {
        let ran = check(&[name, "in/a.yaml"], 2);
        assert_eq!(files(&ran), ["in/a.yaml"]);
        assert!(ran.err.starts_with(&format!("error: cannot read {name}: ")), "{ran:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_need_not_be_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new(&[]);
    fs::write(sandbox.path().join(OsStr::from_bytes(b"p\xffol.yaml")), BAD).unwrap();
    let ran = sandbox.run(&["check", "--format", "concise"]).code(1);
    assert_eq!(files(&ran), ["p\u{fffd}ol.yaml"]);
    let mut command = sandbox.command(&["check", "--format", "concise"]);
    command.arg(OsStr::from_bytes(b"m\xff"));
    let ran = super::finish(command, b"").code(2);
    assert_eq!(ran.err, "error: cannot read m\u{fffd}: there is no such file or folder\n");
}

#[test]
fn a_configuration_in_utf16_is_an_error_and_other_files_are_not() {
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
    };
    let sandbox = Sandbox::new(&[("good.yaml", GOOD)]);
    sandbox.write("other.yaml", utf16("Räume: [1, 2]\n", u16::to_le_bytes));
    sandbox.run(&["check", ".", "other.yaml"]).code(0);
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        for name in ["a.yaml", "main.tf"] {
            let text = utf16(&format!("{GOOD}# 🚀\n"), bytes);
            sandbox.write(name, &text);
            let told = |name| format!("error: cannot read {name}: it is UTF-16, and delint reads UTF-8\n");
            for args in [&["check"][..], &["check", "--no-ignore", "."], &["check", name]] {
                assert_eq!(sandbox.run(args).code(2).err, told(name));
            }
            let ran = sandbox.run_on(&["check", "-", "--stdin-filename", name], &text).code(2);
            assert_eq!(ran.err, told(name));
            fs::remove_file(sandbox.path().join(name)).unwrap();
        }
    }
}

#[test]
fn text_that_is_none_is_read_all_the_same() {
    let sandbox = Sandbox::new(&[]);
    sandbox.write("bom.yaml", [b"\xef\xbb\xbf", BAD.as_bytes()].concat());
    sandbox.write("crlf.yaml", BAD.replace('\n', "\r\n"));
    sandbox.write("invalid.yaml", [BAD.as_bytes(), b"# \xff\n"].concat());
    sandbox.write("nul.yaml", [BAD.as_bytes(), b"# \0\n"].concat());
    let ran = sandbox.run(&["check", "--format", "concise"]).code(1);
    let found = |name: &str| ran.out.contains(&format!("{name}:4:15: error[user-notification-level]"));
    assert!(found("bom.yaml") && found("crlf.yaml"), "{ran:?}");
}
