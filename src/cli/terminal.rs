//! What the place that is written to can show.

use std::env;
use std::io::{self, IsTerminal};

use terminal_size::{Height, Width, terminal_size_of};

use crate::cli::args::Color;
use crate::cli::exit::Exit;
use crate::cli::message::Messages;
use crate::diagnostic::Report;
use crate::report::reporter::Options;

/// What is known of the environment and the standard streams.
#[derive(Debug)]
pub struct Terminal {
    color: Color,
}

impl Terminal {
    pub fn new(color: Color) -> Self {
        Self { color }
    }

    /// What standard output shows.
    pub fn stdout(&self) -> Options {
        self.shows(io::stdout().is_terminal(), || terminal_size_of(io::stdout()))
    }

    /// What standard error shows.
    pub fn stderr(&self) -> Options {
        self.shows(io::stderr().is_terminal(), || terminal_size_of(io::stderr()))
    }

    /// Tells why a command cannot do what was asked.
    pub fn refuse(&self, report: &Report) -> Exit {
        for told in &report.notifications {
            self.messages().tell(told, report, Some(self.stderr()));
        }
        Exit::Failed
    }

    fn shows(&self, terminal: bool, size: impl Fn() -> Option<(Width, Height)>) -> Options {
        let colour = colour(self.color, terminal, variable);
        let width = || size().map(|(Width(width), _)| usize::from(width));
        Options {
            colour,
            unicode: unicode(terminal, variable),
            width: columns(variable).or_else(|| terminal.then(width).flatten()),
            hyperlinks: colour && terminal && hyperlinks(variable),
            ..Options::default()
        }
    }

    /// Whether somebody reads standard output as it is written.
    #[expect(clippy::unused_self, reason = "a fact about the terminal like the others")]
    pub fn is_interactive(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// What is told on standard error.
    pub fn messages(&self) -> Messages {
        Messages { colour: colour(self.color, io::stderr().is_terminal(), variable), quiet: false }
    }
}

/// Whether a runner of GitHub Actions reads standard output.
pub fn is_github() -> bool {
    variable("GITHUB_ACTIONS").as_deref() == Some("true")
}

/// Whether this is one of several runs of a hook: where nothing is found, nothing should stand among what others find.
pub fn is_hook() -> bool {
    variable("PRE_COMMIT").is_some()
}

/// A variable of the environment. One that is empty is as good as none.
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The argument decides before `NO_COLOR`, that before `FORCE_COLOR`, and that before what the stream is.
fn colour(asked: Color, terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let forced = |name| variable(name).is_some_and(|value| value != "0");
    match asked {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if variable("NO_COLOR").is_some() => false,
        Color::Auto if forced("FORCE_COLOR") || forced("CLICOLOR_FORCE") => true,
        Color::Auto => terminal && variable("TERM").as_deref() != Some("dumb"),
    }
}

/// Whether lines are drawn with characters beyond ASCII: where the locale has UTF-8; where there is no locale, on a
/// terminal, since those of today understand it.
fn unicode(terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    match ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(&variable) {
        Some(locale) => {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        }
        None => terminal && variable("TERM").as_deref() != Some("dumb"),
    }
}

/// The width that the environment asks for, even where the output is no terminal.
fn columns(variable: impl Fn(&str) -> Option<String>) -> Option<usize> {
    variable("COLUMNS")?.parse().ok().filter(|columns| *columns > 0)
}

/// Whether a terminal is one of those that are known to understand links (OSC 8); others may print them raw.
fn hyperlinks(variable: impl Fn(&str) -> Option<String>) -> bool {
    const PROGRAMS: &[&str] = &["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"];
    let program = variable("TERM_PROGRAM").is_some_and(|program| PROGRAMS.contains(&program.as_str()));
    let vte =
        variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok()).is_some_and(|v| v >= 5000);
    let term = variable("TERM").is_some_and(|term| term.contains("kitty") || term.contains("alacritty"));
    program || vte || term || variable("WT_SESSION").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Variables of an environment.
    fn set<'a>(variables: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn colour_is_asked_for_in_order() {
        use Color::{Always, Auto, Never};
        for (asked, terminal, variables, expected) in [
            (Auto, true, &[][..], true),
            (Auto, false, &[], false),
            (Auto, true, &[("TERM", "dumb")], false),
            (Auto, true, &[("NO_COLOR", "1")], false),
            (Auto, false, &[("FORCE_COLOR", "1")], true),
            (Auto, false, &[("FORCE_COLOR", "0")], false),
            (Auto, false, &[("CLICOLOR_FORCE", "1")], true),
            (Auto, true, &[("NO_COLOR", "0"), ("FORCE_COLOR", "1")], false),
            (Always, false, &[("NO_COLOR", "1")], true),
            (Never, true, &[("FORCE_COLOR", "1")], false),
        ] {
            assert_eq!(
                colour(asked, terminal, set(variables)),
                expected,
                "{asked:?} {terminal} {variables:?}"
            );
        }
    }

    #[test]
    fn the_first_locale_that_is_set_decides() {
        for (terminal, variables, expected) in [
            (false, &[("LANG", "en_GB.UTF-8")][..], true),
            (true, &[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")], false),
            (false, &[("LC_CTYPE", "C.utf8")], true),
            (true, &[], true),
            (false, &[], false),
        ] {
            assert_eq!(unicode(terminal, set(variables)), expected, "{terminal} {variables:?}");
        }
    }

    #[test]
    fn columns_must_be_a_number_above_zero() {
        assert_eq!(columns(set(&[("COLUMNS", "72")])), Some(72));
        assert_eq!(columns(set(&[("COLUMNS", "0")])), None);
        assert_eq!(columns(set(&[("COLUMNS", "wide")])), None);
    }
}
