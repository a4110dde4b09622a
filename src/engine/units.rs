//! What is deployed together: a document or, for a form whose files say one thing together, a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::reading::Reading;
use crate::forms;
use crate::forms::form::Part;
use crate::spec::Resource;

/// What is deployed together.
#[derive(Debug)]
pub struct Unit<'r> {
    pub resources: Cow<'r, [Resource]>,
    /// The files that it is written in.
    pub files: Vec<&'r Reading>,
}

/// The resources of each unit.
pub fn resources(readings: &[&Reading]) -> Vec<Vec<Resource>> {
    units(readings).map(|unit| unit.resources.into_owned()).collect()
}

/// A folder, and the name of a file in it that stands for itself.
type Folder<'r> = (&'r str, Option<&'r str>);

/// The units: documents, then folders by name.
pub fn units<'r>(readings: &[&'r Reading]) -> impl Iterator<Item = Unit<'r>> {
    let documents = readings.iter().copied().flat_map(|reading| {
        let unit = |resources| Unit { resources: Cow::Borrowed(resources), files: vec![reading] };
        reading.units.iter().map(Vec::as_slice).map(unit)
    });
    let mut folders: BTreeMap<Folder<'_>, Vec<(Part<'_>, &Reading)>> = BTreeMap::new();
    for reading in readings.iter().copied() {
        if let Some(document) = &reading.part {
            let (folder, name) = reading.source.name.rsplit_once('/').unwrap_or(("", &reading.source.name));
            // What has another name stands beside a module and is no part of it: a copy, a template.
            let alone = (!forms::is_module_file(name)).then_some(name);
            folders.entry((folder, alone)).or_default().push((Part { name, document }, reading));
        }
    }
    let modules = folders.into_values().flat_map(|mut files| {
        files.sort_by_key(|(part, _)| part.name);
        let (parts, files): (Vec<_>, Vec<_>) = files.into_iter().unzip();
        let unit = move |resources| Unit { resources: Cow::Owned(resources), files: files.clone() };
        forms::join(&parts).into_iter().map(unit)
    });
    documents.chain(modules)
}
