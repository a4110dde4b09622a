//! Terraform and `OpenTofu`: the configuration language in its own syntax and in JSON, of which the files of a folder are
//! one module, and the plans and states that `terraform show -json` prints.

mod asides;
mod blocks;
mod collections;
mod conditions;
mod dependencies;
mod deployment;
mod evaluate;
mod functions;
mod instance;
mod instances;
mod items;
mod lifecycle;
mod links;
mod module;
mod names;
mod plan;
mod policy;
mod references;
mod resources;
mod size;
mod text;
mod types;
mod variables;
mod walk;
mod written;

use super::form::Part;
use super::provider;
use crate::spec::Resource;
use crate::syntax::document::Document;
use crate::value::{Kind, ResourceKind, Value};
use evaluate::Evaluator;
use items::items;
use module::Module;

pub use asides::asides;
pub use links::links;
pub use plan::Plan;
pub use resources::NAME;

/// The endings of files that say something only together with others of their folder.
const ENDINGS: &[&str] = &[".tf", ".tofu", ".tf.json", ".tofu.json", ".tfvars", ".tfvars.json"];

/// Data sources that say where a module is deployed to, and policies.
const DATA_SOURCES: &[&str] =
    &["aws_region", "aws_caller_identity", "aws_partition", "aws_iam_policy_document"];

/// Whether a file of this name is one of a module. Terraform passes over hidden files, which editors leave behind.
pub fn is_module_file(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    !file.starts_with('.') && ENDINGS.iter().any(|ending| file.ends_with(ending))
}

/// Whether a document is a part of a module: by its name, by its syntax, or by what it declares.
pub fn is_part(name: &str, document: &Document) -> bool {
    let Some(map) = document.root.as_map() else { return false };
    let is_block = |value: &Value| matches!(value.kind, Kind::Block(_));
    let declares = || {
        let resources = map.get("resource").and_then(|entry| entry.value.as_map());
        resources.is_some_and(|types| types.entries.iter().any(|entry| is_configuration(&entry.key.name)))
    };
    is_module_file(name) || map.entries.iter().any(|entry| is_block(&entry.value)) || declares()
}

fn is_configuration(resource_type: &str) -> bool {
    provider::terraform(resource_type).is_some_and(|of| of.kind == ResourceKind::LogDeliveryConfiguration)
}

/// Whether a block can matter.
pub fn is_wanted(block: &str, labels: &[&str]) -> bool {
    match (block, labels) {
        ("resource", [of, ..]) => provider::terraform(of).is_some_and(|of| of.kind != ResourceKind::Other),
        ("data", [of, ..]) => DATA_SOURCES.contains(of) || provider::data_source(of).is_some(),
        ("provider", [name, ..]) => name.starts_with("aws"),
        ("variable" | "locals" | "terraform", _) => true,
        _ => false,
    }
}

/// The resources of a module. Where its files declare one thing twice, they are no module, and each is read alone.
pub fn join(parts: &[Part<'_>]) -> Vec<Vec<Resource>> {
    // OpenTofu reads `main.tofu` in place of `main.tf`.
    let replaces = |name: &str, by: &str| {
        let ends = [(".tf", ".tofu"), (".tf.json", ".tofu.json")];
        ends.iter()
            .any(|(tf, tofu)| name.strip_suffix(tf).is_some_and(|stem| by.strip_suffix(tofu) == Some(stem)))
    };
    let is_read = |part: &&Part<'_>| !parts.iter().any(|other| replaces(part.name, other.name));
    let parts: Vec<Part<'_>> = parts.iter().filter(is_read).copied().collect();
    if let Some(resources) = of_module(&parts) {
        return vec![resources];
    }
    parts.iter().filter_map(|part| of_module(std::slice::from_ref(part))).collect()
}

fn of_module(parts: &[Part<'_>]) -> Option<Vec<Resource>> {
    let items: Vec<_> = parts.iter().flat_map(items).collect();
    let module = Module::new(&items, parts)?;
    Some(resources::resources(&Evaluator::new(&module)))
}
