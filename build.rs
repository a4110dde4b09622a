//! Packs `rules/` and the schema into the binary: what a check needs as JSON, and each rule as it is, for its page.
//!
//! A new rule file needs no second edit anywhere.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Members of a rule that a check does not need.
const PAGE_MEMBERS: &[&str] = &["why", "links", "examples"];

/// Members of a schema that say nothing to a validator.
const REMARKS: &[&str] = &["$comment", "title", "description"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=rules");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut files: Vec<PathBuf> = fs::read_dir(root.join("rules"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();

    let mut pack = serde_json::Map::new();
    let mut sources = String::from("pub static SOURCES: &[(&str, &str)] = &[\n");
    for file in &files {
        let name = file.file_stem().and_then(|stem| stem.to_str()).ok_or("a rule file without a name")?;
        pack.insert(name.to_owned(), packed(file)?);
        writeln!(sources, "    ({name:?}, include_str!({:?})),", file.display().to_string())?;
    }
    sources.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("rules.json"), serde_json::to_string(&pack)?)?;
    fs::write(out.join("rules.rs"), sources)?;

    println!("cargo::rerun-if-changed=schemas/log-delivery.json");
    let mut schema = serde_json::from_str(&fs::read_to_string(root.join("schemas/log-delivery.json"))?)?;
    without_remarks(&mut schema);
    fs::write(out.join("log-delivery.json"), serde_json::to_string(&schema)?)?;
    Ok(())
}

/// The members of a rule file that a check needs.
fn packed(file: &Path) -> Result<serde_json::Value, Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let mut rule: serde_yaml::Mapping = serde_yaml::from_str(&text).map_err(|error| wrong(&error))?;
    for member in PAGE_MEMBERS {
        rule.remove(*member);
    }
    let mut rule = serde_json::to_value(rule).map_err(|error| wrong(&error))?;
    pack_reports(&mut rule);
    Ok(rule)
}

/// Makes a text of each report: it is read when the first finding is told.
fn pack_reports(value: &mut serde_json::Value) {
    if let Some(report) = value.get_mut("report") {
        *report = report.to_string().into();
    }
    let cases = value.get_mut("cases").and_then(serde_json::Value::as_array_mut);
    cases.into_iter().flatten().for_each(pack_reports);
}

/// A schema without what is there for readers. No member of the configuration is called like a remark.
fn without_remarks(schema: &mut serde_json::Value) {
    if let serde_json::Value::Object(object) = schema {
        object.retain(|name, _| !REMARKS.contains(&name.as_str()));
        object.values_mut().for_each(without_remarks);
    }
}
