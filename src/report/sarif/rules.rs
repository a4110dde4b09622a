//! What is said of the rules that found something.

use std::collections::BTreeMap;

use super::wire::{
    WireConfiguration, WireMessage, WireOverride, WireReference, WireRule, WireRuleProperties,
};
use crate::diagnostic::{Diagnostic, Effect, RuleInfo, Severity, sentence};
use crate::report::words::{effect_text, is_linkable};

/// Characters of a description that GitHub takes.
const DESCRIPTION: usize = 1024;

/// In the order of their names.
pub struct Rules<'a> {
    pub wire: Vec<WireRule<'a>>,
    /// Severities that a user gave.
    pub overrides: Vec<WireOverride<'a>>,
    indices: BTreeMap<&'a str, usize>,
}

impl<'a> Rules<'a> {
    pub fn of(diagnostics: impl Iterator<Item = &'a Diagnostic>, pages: &BTreeMap<String, String>) -> Self {
        let mut used: BTreeMap<&str, Used<'a>> = BTreeMap::new();
        for diagnostic in diagnostics {
            let info = diagnostic.rule.as_ref();
            used.entry(&info.name).or_insert_with(|| Used::new(info)).take(info);
        }
        let indices: BTreeMap<_, _> = used.keys().copied().zip(0..).collect();
        let overridden = used.values().filter_map(|rule| {
            let severity = rule.given?;
            let reference =
                WireReference { id: &rule.info.name, index: indices.get(rule.info.name.as_str()).copied() };
            Some(WireOverride {
                descriptor: reference,
                configuration: WireConfiguration { level: level(severity) },
            })
        });
        let overrides = overridden.collect();
        let wire = used.values().map(|rule| wire_rule(rule, pages.get(&rule.info.name))).collect();
        Self { wire, overrides, indices }
    }

    pub fn index(&self, name: &str) -> Option<usize> {
        self.indices.get(name).copied()
    }
}

/// A rule, and what its findings have in common.
struct Used<'a> {
    info: &'a RuleInfo,
    /// The most urgent of its findings, and of what they would be by themselves.
    severity: Severity,
    default: Severity,
    /// The severity that all of its findings got from a user.
    given: Option<Severity>,
}

impl<'a> Used<'a> {
    fn new(info: &'a RuleInfo) -> Self {
        let severity = info.severity;
        let given = info.default_severity.map(|_| severity);
        Self { info, severity, default: info.default_severity.unwrap_or(severity), given }
    }

    fn take(&mut self, info: &RuleInfo) {
        self.severity = self.severity.max(info.severity);
        self.default = self.default.max(info.default_severity.unwrap_or(info.severity));
        self.given = self.given.filter(|given| info.default_severity.is_some() && *given == info.severity);
    }
}

pub fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn wire_rule<'a>(used: &Used<'a>, page: Option<&String>) -> WireRule<'a> {
    let info = used.info;
    let summary = if info.summary.is_empty() { &info.name } else { &info.summary };
    let what = info.effect.map_or_else(String::new, |effect| format!(" {}.", effect_text(effect)));
    let full = shortened(format!("{}.{what}", sentence(summary)));
    let url = Some(info.url.as_str()).filter(|url| is_linkable(url));
    let see = url.map_or_else(String::new, |url| format!(" See {url}"));
    WireRule {
        id: &info.name,
        name: pascal_case(&info.name),
        short_description: WireMessage::text(shortened(sentence(summary))),
        help: WireMessage { text: format!("{full}{see}"), markdown: page.cloned() },
        full_description: WireMessage::text(full),
        help_uri: url,
        default_configuration: WireConfiguration { level: level(used.default) },
        properties: WireRuleProperties {
            tags: ["aws", "logging"].into_iter().chain(info.effect.map(Effect::as_str)).collect(),
            // What is not certain is not found.
            precision: "very-high",
            problem_severity: match used.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Hint => "recommendation",
            },
        },
    }
}

/// As much of a description as GitHub takes.
fn shortened(text: String) -> String {
    let Some((end, _)) = text.char_indices().nth(DESCRIPTION - 1) else { return text };
    format!("{}…", &text[..end])
}

/// `UserNotificationLevel` of `user-notification-level`.
fn pascal_case(name: &str) -> String {
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect::<String>()
    };
    name.split('-').map(capital).collect()
}
