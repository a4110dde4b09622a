//! The baseline: a file of findings that are known, each by its fingerprint.
//!
//! What else stands there of a finding is for people who read the file or its changes. There is no line and no file
//! name in it, so that it changes only when the findings do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, io};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Report, SuppressedBy};
use crate::engine::Known;
use crate::project::atomic;
use crate::project::config::Config;
use crate::project::given::{self, Failure};
use crate::report::visible::escaped_json;
use crate::rules::{Mistake, Reader};
use crate::syntax;
use crate::text::{Source, SourceId};
use crate::value::{Kind, Value};

/// The name that is written where none is given.
pub const NAME: &str = ".delint-baseline.json";
/// Bytes of the largest baseline.
const LIMIT: u64 = 64 << 20;
/// The source of the baseline, apart from those of the files that are checked.
const BASELINE: SourceId = SourceId(u32::MAX - 3);
const SCHEMA: &str = "https://raw.githubusercontent.com/delint/delint/main/schemas/baseline.json";
/// Raised when a member changes its meaning.
const VERSION: u32 = 1;

/// The findings that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<Entry>,
}

/// Findings with one fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Entry {
    rule: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    path: String,
    message: String,
    fingerprint: String,
    #[serde(skip_serializing_if = "is_one")]
    count: usize,
}

#[derive(Serialize)]
struct Wire<'b> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: u32,
    findings: &'b [Entry],
}

/// The baseline of a configuration, as it is called from the current folder.
#[must_use]
pub fn of_config(config: &Config) -> Option<PathBuf> {
    let (path, _) = config.baseline.as_ref()?;
    Some(shown(&config.base.path().join(path)))
}

/// Where the baseline of a project is due that names none: beside its configuration, or in the current folder.
#[must_use]
pub fn default_path(config: &Config) -> PathBuf {
    shown(&config.base.path().join(NAME))
}

/// A path as it is called from the current folder, if that lies below or above.
fn shown(path: &Path) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    let name = path.file_name().unwrap_or_default();
    let folder = path.parent().filter(|folder| folder.is_absolute());
    match (path.strip_prefix(&here), folder.and_then(|folder| here.strip_prefix(folder).ok())) {
        (Ok(below), _) => below.to_path_buf(),
        (_, Some(above)) => above.iter().map(|_| "..").collect::<PathBuf>().join(name),
        _ => path.to_path_buf(),
    }
}

/// Reads a baseline.
///
/// # Errors
/// It cannot be read, or there are mistakes in it.
pub fn read(path: &Path) -> Result<Baseline, Failure> {
    let source = given::read(path, "baseline", BASELINE, LIMIT).map_err(|failure| match failure {
        Failure::Unreadable(why) if !path.exists() => {
            Failure::Unreadable(format!("{why}; `delint baseline` writes one"))
        }
        failure => failure,
    })?;
    parse(&source)
}

/// Reads the text of a baseline.
///
/// # Errors
/// There are mistakes in it.
pub fn parse(source: &Arc<Source>) -> Result<Baseline, Failure> {
    let parsed = syntax::parse(source);
    if let Some(error) = parsed.error {
        let mistake = Mistake { span: error.span, message: error.message };
        return Err(Failure::Wrong(source.clone(), vec![mistake]));
    }
    let mut reader = Reader { mistakes: Vec::new() };
    for duplicate in parsed.documents.iter().flat_map(|document| &document.duplicates) {
        reader.wrong::<()>(duplicate.span, format!("`{}` is written twice", duplicate.name));
    }
    let entries = match parsed.documents.as_slice() {
        [document] => findings(&mut reader, &document.root),
        _ => reader.wrong(source.span(), "a baseline is one document"),
    };
    match entries {
        Some(entries) if reader.mistakes.is_empty() => Ok(Baseline { entries }),
        _ => Err(Failure::Wrong(source.clone(), reader.mistakes)),
    }
}

fn findings(reader: &mut Reader, root: &Value) -> Option<Vec<Entry>> {
    reader.members(root, &["$schema", "version", "findings"])?;
    match root.get("version") {
        None => reader.wrong(root.first_word(), "`version` is missing")?,
        Some(version) if number(version) != Some(VERSION as usize) => {
            reader.wrong(version.span, format!("this delint reads version {VERSION} alone"))?;
        }
        Some(_) => {}
    }
    let Some(findings) = root.get("findings") else {
        return reader.wrong(root.first_word(), "`findings` is missing");
    };
    let Some(items) = findings.as_list() else { return reader.wrong(findings.span, "a list is due here") };
    Some(items.iter().filter_map(|item| entry(reader, item)).collect())
}

fn entry(reader: &mut Reader, item: &Value) -> Option<Entry> {
    reader.members(item, &["rule", "resource", "path", "message", "fingerprint", "count"])?;
    let mut text = |name: &str| reader.text(item, name, item.get(name));
    let (rule, message, fingerprint) = (text("rule"), text("message"), text("fingerprint"));
    let mut optional = |name: &str| item.get(name).map(|value| reader.text(item, name, Some(value)));
    let (resource, path) = (optional("resource"), optional("path"));
    let count = match item.get("count") {
        None => Some(1),
        Some(count) => match number(count).filter(|count| *count > 0) {
            None => reader.wrong(count.span, "a number above 0 is due here"),
            known => known,
        },
    };
    let is_fingerprint = |text: &String| {
        text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
    };
    let fingerprint = match fingerprint {
        Some(text) if !is_fingerprint(&text) => {
            let span = item.get("fingerprint").map_or(item.span, |value| value.span);
            reader.wrong(span, "a fingerprint is 32 hexadecimal digits")
        }
        known => known,
    };
    Some(Entry {
        rule: rule?,
        resource: resource.flatten(),
        path: path.flatten().unwrap_or_default(),
        message: message?,
        fingerprint: fingerprint?,
        count: count?,
    })
}

fn number(value: &Value) -> Option<usize> {
    match &value.kind {
        Kind::Number(text) => text.parse().ok(),
        _ => None,
    }
}

impl Baseline {
    /// The findings of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let mut entries: BTreeMap<&str, Entry> = BTreeMap::new();
        for diagnostic in &report.diagnostics {
            let entry = entries.entry(&diagnostic.fingerprint).or_insert_with(|| Entry::of(diagnostic));
            entry.count += 1;
        }
        let mut entries: Vec<Entry> = entries.into_values().collect();
        entries.sort_unstable();
        Self { entries }
    }

    /// The same with one more finding.
    #[must_use]
    pub fn with(&self, diagnostic: &Diagnostic) -> Self {
        let mut entries = self.entries.clone();
        match entries.iter_mut().find(|entry| entry.fingerprint == diagnostic.fingerprint) {
            Some(entry) => entry.count += 1,
            None => entries.push(Entry { count: 1, ..Entry::of(diagnostic) }),
        }
        entries.sort_unstable();
        Self { entries }
    }

    /// What is left of it: as many findings as a report has suppressed for its sake.
    #[must_use]
    pub fn pruned(&self, report: &Report) -> Self {
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        let known = report.suppressed.iter().filter(|one| one.by == SuppressedBy::Baseline);
        for suppressed in known {
            *found.entry(&suppressed.diagnostic.fingerprint).or_default() += 1;
        }
        let mut entries = Vec::new();
        for entry in &self.entries {
            // A fingerprint may stand twice where two baselines were merged.
            let Some(left) = found.get_mut(entry.fingerprint.as_str()) else { continue };
            let count = entry.count.min(*left);
            *left -= count;
            if count > 0 {
                entries.push(Entry { count, ..entry.clone() });
            }
        }
        Self { entries }
    }

    /// How many findings it holds.
    #[must_use]
    pub fn count(&self) -> usize {
        self.known().count()
    }

    #[must_use]
    pub fn known(&self) -> Known {
        self.entries.iter().map(|entry| (entry.fingerprint.clone(), entry.count)).collect()
    }

    /// Writes it whole or not at all.
    ///
    /// # Errors
    /// What the disk says.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        atomic::write(path, self.to_json()?.as_bytes())
    }

    /// Its text.
    ///
    /// # Errors
    /// None that is known.
    pub fn to_json(&self) -> io::Result<String> {
        let wire = Wire { schema: SCHEMA, version: VERSION, findings: &self.entries };
        let json = serde_json::to_string_pretty(&wire)?;
        Ok(escaped_json(&json) + "\n")
    }
}

impl Entry {
    /// What is said of a finding, which is not counted yet.
    fn of(diagnostic: &Diagnostic) -> Self {
        Self {
            rule: diagnostic.rule.name.clone(),
            resource: diagnostic.resource.clone(),
            path: diagnostic.path.clone(),
            message: diagnostic.message.clone(),
            fingerprint: diagnostic.fingerprint.clone(),
            count: 0,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_one(count: &usize) -> bool {
    *count == 1
}
