//! Fixes as SARIF has them.

use std::collections::BTreeMap;

use super::location::Locations;
use super::wire::{WireChange, WireContent, WireFix, WireMessage, WireReplacement};
use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::text::SourceId;

/// The fix of a finding, if it is safe.
pub fn fixes<'a>(diagnostic: &'a Diagnostic, locations: &mut Locations<'a>) -> Vec<WireFix<'a>> {
    let fix = diagnostic.fix.as_ref().filter(|fix| fix.safety == Safety::Safe);
    let Some(fix) = fix.filter(|fix| fix.edits.iter().all(|edit| locations.knows(edit.span.source))) else {
        return Vec::new();
    };
    let mut files: BTreeMap<SourceId, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(edit.span.source).or_default().push(edit);
    }
    let artifact_changes = files.into_iter().map(|(id, edits)| WireChange {
        artifact_location: locations.artifact(id),
        replacements: edits
            .into_iter()
            .map(|edit| WireReplacement {
                deleted_region: locations.replaced(edit.span),
                inserted_content: WireContent { text: &edit.text },
            })
            .collect(),
    });
    let artifact_changes = artifact_changes.collect();
    vec![WireFix { description: WireMessage::text(fix.title.clone()), artifact_changes }]
}
