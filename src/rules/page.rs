//! A rule's page: its file as Markdown.

use std::fmt::Write as _;

use super::definition::Definition;
use super::example::Example;
use super::pack::BUILT_IN;
use super::rule::{Check, Rule};
use crate::diagnostic::{Effect, Safety, Severity, sentence};
use crate::value::Value;

/// The page of a rule, from its file. What the file leaves out, the page leaves out.
#[must_use]
pub fn page(rule: &Rule, file: &Definition) -> String {
    let member = |name: &str| file.root.get(name);
    let info = &rule.info;
    let mut page = format!("# {}\n\n{}.\n\n", info.name, sentence(&info.summary));
    page.push_str("| | |\n|---|---|\n");
    line(&mut page, format_args!("| severity | {} |", severity_meaning(rule)));
    if let Some(effect) = info.effect {
        line(&mut page, format_args!("| effect | {} |", effect_meaning(effect)));
    }
    if let Some(meaning) = fix_meaning(rule) {
        line(&mut page, format_args!("| fix | {meaning} |"));
    }
    let forms = if rule.forms.is_empty() { "all".to_owned() } else { rule.forms.join(", ") };
    line(&mut page, format_args!("| forms | {forms} |"));
    if !info.enabled {
        line(
            &mut page,
            format_args!("| off by default | `--select {0}`, or `--severity {0}=hint` |", info.name),
        );
    }
    if file.source.id != BUILT_IN {
        line(&mut page, format_args!("| file | {} |", file.source.name.replace('|', "\\|")));
    }
    if let Some(base) = file.extends() {
        line(&mut page, format_args!("| extends | {base} |"));
    }
    if let Some(why) = member("why").and_then(Value::as_str) {
        line(&mut page, format_args!("\n## Why\n\n{}", why.trim_end()));
    }
    let examples = member("examples");
    let written_in = examples.map_or(&*file.source, |examples| file.source_of(examples.span));
    let examples = Example::all(examples, written_in);
    for (title, wanted) in [("Found", "bad"), ("Not found", "good")] {
        let wanted: Vec<&Example> = examples.iter().filter(|example| example.kind == wanted).collect();
        if !wanted.is_empty() {
            line(&mut page, format_args!("\n## {title}"));
        }
        for example in wanted {
            write_example(&mut page, example);
        }
    }
    let links = member("links").and_then(Value::as_list).unwrap_or_default();
    if !links.is_empty() {
        page.push_str("\n## Links\n\n");
    }
    for link in links.iter().filter_map(Value::as_str) {
        line(&mut page, format_args!("- <{link}>"));
    }
    page
}

/// A table of rules, whose pages are at a prefix and their name.
#[must_use]
pub fn table<'r>(rules: impl IntoIterator<Item = &'r Rule>, prefix: &str) -> String {
    let mut table = "| rule | severity | effect | finds |\n|---|---|---|---|\n".to_owned();
    for rule in rules {
        let info = &rule.info;
        let effect = info.effect.map_or("", Effect::as_str);
        let summary = sentence(&info.summary).replace('|', "\\|");
        let (name, severity) = (&info.name, info.severity);
        line(
            &mut table,
            format_args!("| [`{name}`]({prefix}{name}.md) | {severity} | {effect} | {summary} |"),
        );
    }
    table
}

fn write_example(page: &mut String, example: &Example) {
    if let Some(caption) = &example.caption {
        line(page, format_args!("\n{}:", sentence(caption)));
    }
    line(page, format_args!("\n```{}\n{}\n```", example.language(), example.text.trim_end()));
    match example.at.as_slice() {
        [] => {}
        places => {
            let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
            let what = example.underlined.as_ref().map_or(String::new(), |text| format!(": `{text}`"));
            line(page, format_args!("\nat {}{what}", places.join(" and ")));
        }
    }
}

/// Writing to a string cannot fail.
fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(page, "{text}");
}

fn severity_meaning(rule: &Rule) -> &'static str {
    match rule.info.severity {
        // What is wrong with a text for delint itself does nothing to what is deployed.
        Severity::Warning if matches!(rule.check, Check::Problem(..)) => "warning: AWS does not see it",
        Severity::Error => "error: it must be fixed",
        Severity::Warning => "warning: it deploys, but logs will not arrive, or will stop arriving",
        Severity::Hint => "hint: it works, against advice",
    }
}

fn fix_meaning(rule: &Rule) -> Option<&'static str> {
    let has = |safety| rule.fixes().any(|fix| fix.safety == safety);
    match (has(Safety::Safe), has(Safety::Unsafe)) {
        (false, false) => None,
        (true, false) => Some("safe: `--fix` makes it"),
        (false, true) => Some("unsafe: `--fix --unsafe-fixes` makes it"),
        (true, true) => Some("safe: `--fix` makes it; in some cases unsafe: with `--unsafe-fixes`"),
    }
}

fn effect_meaning(effect: Effect) -> &'static str {
    match effect {
        Effect::Rejected => "rejected: the call or the deployment fails",
        Effect::Silent => "silent: AWS accepts it, and no logs arrive",
        Effect::Replaced => "replaced: AWS accepts it, and another configuration is lost",
        Effect::Advice => "advice: AWS accepts it, and it works",
    }
}
