//! What is deployed together: a document or, for a form whose files say one thing together, a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::reading::Reading;
use crate::forms;
use crate::forms::form::Part;
use crate::spec::Resource;

/// The resources of each unit: those of documents, then those of folders by name.
pub fn units(readings: &[Reading]) -> impl Iterator<Item = Cow<'_, [Resource]>> {
    let documents =
        readings.iter().flat_map(|reading| &reading.units).map(|unit| Cow::Borrowed(unit.as_slice()));
    let mut folders: BTreeMap<(&str, Option<&str>), Vec<Part<'_>>> = BTreeMap::new();
    for reading in readings {
        if let Some(document) = &reading.part {
            let (folder, name) = reading.source.name.rsplit_once('/').unwrap_or(("", &reading.source.name));
            // What has another name stands beside a module and is no part of it: a copy, a template.
            let alone = (!forms::is_module_file(name)).then_some(name);
            folders.entry((folder, alone)).or_default().push(Part { name, document });
        }
    }
    let modules = folders.into_values().flat_map(|mut parts| {
        parts.sort_by_key(|part| part.name);
        forms::join(&parts)
    });
    documents.chain(modules.map(Cow::Owned))
}
