//! Configurations of different units that must differ and do not: what is applied in one replaces what the other set.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::differ::surely_differ;
use super::finding::{Finding, Said};
use super::path::{Path, Step};
use super::rule::{Fragment, Message, Unique};
use crate::diagnostic::RuleInfo;
use crate::guard::Guard;
use crate::spec::{Resource, Scope};
use crate::text::Span;
use crate::value::Value;

/// A value that a configuration surely has in every deployment of its unit.
#[derive(Debug)]
pub struct Claim {
    value: String,
    /// Where it is written.
    pub span: Span,
    /// All that the configuration says.
    contents: Value,
    pub resource: Option<String>,
    pub pointer: String,
    pub form: &'static str,
}

/// The literal values at a path of configurations that are surely applied. A plan stands against nothing: it says what
/// the files say that it was made from.
pub fn claims(path: &Path, scope: &Scope) -> Vec<Claim> {
    let [Step::Member(member)] = path.steps.as_slice() else { return Vec::new() };
    let claim = |configuration: &Resource| {
        let value = configuration.properties.get(member)?;
        let id = value.as_str().filter(|id| !id.is_empty() && value.used_at.is_none())?;
        let origin = &configuration.origin;
        let is_sure = origin.applied && !origin.derived && matches!(configuration.guard, Guard::Always);
        is_sure.then(|| Claim {
            value: id.to_owned(),
            span: value.span,
            contents: configuration.properties.clone(),
            resource: configuration.label.clone(),
            pointer: format!("/{member}"),
            form: configuration.origin.form,
        })
    };
    scope.configurations().filter_map(claim).collect()
}

/// The claims of several units that one of another unit stands against. Two that may say the same do each other no harm:
/// perhaps one file is made from the other.
pub fn rivals(units: &[Vec<Claim>]) -> Vec<(&Claim, &Claim)> {
    let mut by_value: BTreeMap<&str, Vec<(usize, &Claim)>> = BTreeMap::new();
    for (unit, claims) in units.iter().enumerate() {
        for claim in claims {
            by_value.entry(&claim.value).or_default().push((unit, claim));
        }
    }
    let mut found = Vec::new();
    for claims in by_value.values_mut() {
        claims.sort_by_key(|(_, claim)| claim.span);
        // The first of each unit stands for all of it.
        for (index, (unit, later)) in claims.iter().enumerate() {
            let differs = |(other, first): &&(usize, &Claim)| {
                other != unit && surely_differ(&first.contents, &later.contents)
            };
            if let Some((_, first)) = claims[..index.min(MAX_RIVALS)].iter().find(differs) {
                found.push((*first, *later));
            }
        }
    }
    found
}

/// Claims before one that are looked at; more files than these are not worth the time.
const MAX_RIVALS: usize = 8;

/// The finding that one configuration stands against another of a different unit.
pub fn finding(unique: &Unique, info: &Arc<RuleInfo>, first: &Claim, later: &Claim) -> Finding<'static> {
    let named = first.resource.as_deref().map_or_else(String::new, |label| format!(", for {label}"));
    Finding {
        fixes: Vec::new(),
        info: info.clone(),
        yields_to: &[],
        resource: later.resource.clone(),
        pointer: later.pointer.clone(),
        span: later.span,
        about: (later.span, later.pointer.clone()),
        note: None,
        labels: vec![(first.span, Said::text(format!("also configured here{named}")))],
        message: plain(&unique.report.message),
        help: unique.report.help_for(later.form).next().map(plain),
        on_presence: false,
        when: Vec::new(),
    }
}

/// The text of a message that has no holes.
fn plain(message: &Message) -> Said {
    let texts = message.0.iter().filter_map(|fragment| match fragment {
        Fragment::Text(text) => Some(text.as_str()),
        _ => None,
    });
    Said::text(texts.collect::<String>())
}

impl Claim {
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}
