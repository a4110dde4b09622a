//! What shells and the reader of manuals are told.

use std::process::Command;

use super::{Ran, Sandbox, finish};

/// What bash offers for the last of the words.
fn offered(words: &[&str]) -> Vec<String> {
    let sandbox = Sandbox::new(&[]);
    let script = sandbox.run(&["completions", "bash"]).code(0).out;
    sandbox.write("delint.bash", script);
    let program = r#"
        source delint.bash
        [ "$(complete -p delint | wc -l)" = 1 ] || exit 3
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
        function=$(complete -p delint | sed 's/.*-F \([^ ]*\) .*/\1/')
        "$function" delint "${*: -1}" "${@: -2:1}"
        printf '%s\n' "${COMPREPLY[@]}""#;
    let mut bash = Command::new("bash");
    bash.args(["--norc", "--noprofile", "-c", program, "bash"]).args(words).current_dir(sandbox.path());
    let ran = finish(bash, b"").code(0);
    assert_eq!(ran.err, "", "{words:?}");
    ran.out.lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_values() {
    for (words, expected) in [
        (&["delint", "ch"][..], &["check"][..]),
        (&["delint", "rules", "l"], &["list"]),
        (&["delint", "check", "--fail"], &["--fail-on"]),
        (&["delint", "check", "--format", "conc"], &["concise"]),
        (&["delint", "check", "--fail-on", ""], &["error", "warning", "hint", "never"]),
        (&["delint", "check", "--select", "user-notification-l"], &["user-notification-level"]),
        (&["delint", "explain", "user-notification-l"], &["user-notification-level"]),
        (&["delint", "explain", "excep"], &["exceptions"]),
    ] {
        assert_eq!(offered(words), expected, "{words:?}");
    }
}

#[test]
fn each_shell_has_completions_that_name_the_commands() {
    let sandbox = Sandbox::new(&[]);
    for (shell, sign) in [
        ("bash", "complete -F "),
        ("elvish", "edit:completion:arg-completer[delint]"),
        ("fish", "complete -c delint "),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName 'delint'"),
        ("zsh", "#compdef delint"),
    ] {
        let ran = sandbox.run(&["completions", shell]).code(0);
        // Fish writes options without their dashes; Elvish and PowerShell complete no values.
        let option = if shell == "fish" { "stdin-filename" } else { "--stdin-filename" };
        let value = if ["elvish", "powershell"].contains(&shell) { "" } else { "user-notification-level" };
        for text in [sign, "completions", option, value] {
            assert!(ran.out.contains(text), "{shell} does not say {text:?}");
        }
        assert_eq!(ran.err, "");
    }
    let ran = sandbox.run(&["completions", "tcsh"]).code(2);
    assert!(ran.err.contains("[possible values: bash, elvish, fish, powershell, zsh]"), "{}", ran.err);
}

/// The names of the pages that a page refers to.
fn pages(page: &Ran) -> Vec<String> {
    let lines = page.out.lines().filter_map(|line| line.strip_suffix("(1)"));
    lines.map(|name| name.replace("\\-", "-")).filter(|name| !name.contains(' ')).collect()
}

#[test]
fn every_command_has_a_page_of_the_manual() {
    let sandbox = Sandbox::new(&[]);
    let mut open = vec!["delint".to_owned()];
    let mut seen = 0;
    while let Some(name) = open.pop() {
        let command: Vec<&str> = name.split('-').skip(1).collect();
        let page = sandbox.run(&[&["man"], command.as_slice()].concat()).code(0);
        let title = format!(".TH {name} 1 ");
        assert!(page.out.lines().any(|line| line.starts_with(&title)), "{}", page.out);
        for heading in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"] {
            assert!(page.out.contains(&format!(".SH {heading}\n")), "{name} has no {heading}");
        }
        let help = sandbox.run(&[command.as_slice(), &["--help"]].concat()).code(0);
        assert_eq!(help.out.contains("Examples:\n"), page.out.contains(".SH EXAMPLES\n"), "{name}");
        open.extend(pages(&page));
        seen += 1;
    }
    assert!(seen >= 8, "{seen} pages");
}

#[test]
fn a_page_that_does_not_exist_is_said_so() {
    let sandbox = Sandbox::new(&[]);
    for (args, expected) in [
        (&["man", "chekc"][..], "error: `delint` has no command `chekc`; did you mean `check`?\n"),
        (&["man", "check", "x"], "error: `delint check` has no command `x`\n"),
        (&["man", "rules", "xyzzy"], "error: `delint rules` has no command `xyzzy`; there are list"),
    ] {
        let ran = sandbox.run(args).code(2);
        assert_eq!(ran.out, "");
        assert!(ran.err.starts_with(expected), "{}", ran.err);
    }
}
