//! `delint rules new`

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use crate::cli::exit::{Exit, Failure, written};
use crate::cli::rules::args::New;
use crate::cli::suggest;
use crate::cli::terminal::Terminal;
use crate::project::config::{Config, NAME};
use crate::project::rule_files::{FOLDER, RuleFiles};
use crate::report::visible::escaped;
use crate::rules::Set;
use crate::rules::set::name_refused;

const TEMPLATE: &str = include_str!("template.yaml");
const EXTENDING: &str = include_str!("extending.yaml");

/// Where an editor finds what may stand in a rule file, and a reader what it means.
const SCHEMA: &str = "https://raw.githubusercontent.com/delint/delint/main/schemas/rule.json";
const LANGUAGE: &str = "https://github.com/delint/delint/blob/main/docs/rule-language.md";

/// Writes a rule file, and says what is left to do.
pub fn run(args: &New, config: &Config, terminal: &Terminal) -> Result<Exit, Failure> {
    let text = text(args)?;
    let mut files = RuleFiles::default();
    files.add_project(config);
    if let Some(file) = files.files.iter().find(|file| file.name == args.name) {
        let (name, other) = (&args.name, &file.source.name);
        return Err(Failure::Usage(format!("there is a rule named `{name}` already, in {other}")));
    }
    let folder = args.folder.clone().unwrap_or_else(|| beside(config).join(FOLDER));
    let path = folder.join(format!("{}.yaml", args.name));
    let shown = path.display().to_string();
    let write = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::Usage(format!("{shown} is there already, and is left as it is"))
        }
        _ => Failure::Write { to: shown.clone(), error },
    };
    fs::create_dir_all(&folder).map_err(write)?;
    File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(write)?;
    let mut out = io::stdout().lock();
    written(writeln!(out, "Wrote {}", escaped(&shown)))?;
    if let Some(advice) = advice(&folder, config) {
        terminal.messages().note(&advice);
    }
    Ok(Exit::Clean)
}

/// What stands in the file.
fn text(args: &New) -> Result<String, Failure> {
    let rules = Set::default();
    let New { name, extends, .. } = args;
    if let Some(why) = name_refused(name) {
        return Err(Failure::Usage(why));
    }
    if rules.contains(name) && extends.as_ref() != Some(name) {
        let how = format!("`--extends {name}` begins one that takes its place");
        return Err(Failure::Usage(format!("there is a built-in rule named `{name}`; {how}")));
    }
    let text = match extends {
        None => TEMPLATE.replace("NAME", name),
        Some(base) => {
            let rule = rules.get(base).ok_or_else(|| suggest::unknown_rule(base, &rules, &[]))?;
            EXTENDING.replace("BASE", base).replace("SEVERITY", rule.info.severity.as_str())
        }
    };
    Ok(text.replace("SCHEMA", SCHEMA).replace("LANGUAGE", LANGUAGE))
}

/// The folder of the configuration, as it is called from the current one.
pub fn beside(config: &Config) -> PathBuf {
    let source = config.source.as_ref().map(|source| Path::new(&source.name));
    source.and_then(Path::parent).map(Path::to_path_buf).unwrap_or_default()
}

/// What to do so that `delint check` reads the rules of a folder; nothing if it does.
pub fn advice(folder: &Path, config: &Config) -> Option<String> {
    let Some(inner) = config.base.relative(folder) else {
        return Some(format!(
            "`delint check` takes rules from inside the folder of its configuration only, and {} is not",
            folder.display()
        ));
    };
    let plain =
        |path: &Path| -> PathBuf { path.components().filter(|part| *part != Component::CurDir).collect() };
    if config.rules.iter().any(|(listed, _)| inner.starts_with(plain(listed))) {
        return None;
    }
    let named = inner.to_string_lossy().replace('\\', "/");
    let named = if named.is_empty() { ".".to_owned() } else { named };
    Some(match (&config.source, config.rules.is_empty()) {
        (None, _) => format!(
            "for `delint check` to read it, write `rules: [{named}]` into a {NAME}; `delint init` makes one"
        ),
        (Some(source), true) => {
            format!("for `delint check` to read it, add `rules: [{named}]` to {}", source.name)
        }
        (Some(source), false) => {
            format!("for `delint check` to read it, add `{named}` to `rules` in {}", source.name)
        }
    })
}
