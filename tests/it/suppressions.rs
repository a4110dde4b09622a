//! What a suppression hides, and what it does not: over every example of every rule, in YAML and in HCL.

use std::collections::{BTreeMap, BTreeSet};

use delint::diagnostic::{Diagnostic, Report};
use rayon::prelude::*;
use serde_json::{Value as Json, json};

use crate::examples::{self, wrap};

/// The rules that speak of suppressions, and so are not suppressed.
const OWN: &[&str] = &["unused-suppression", "expired-suppression", "unknown-rule", "suppression-reason"];
/// The ways in which comments can be written.
const NAMES: &[&str] = &["API document in YAML", "CloudFormation in YAML", "Terraform", "Pulumi in YAML"];

/// A text in which something is found.
struct Document {
    name: String,
    text: String,
    report: Report,
}

/// The examples with findings, in some of the ways that they can be written.
fn documents(names: &[&str]) -> Vec<Document> {
    let mut documents = Vec::new();
    for file in examples::files().iter().filter(|file| !OWN.contains(&file.name)) {
        for (index, example) in file.examples.iter().enumerate() {
            let wrapped = wrap::in_every_form(&example.configuration, example.with.as_ref());
            for wrapped in wrapped.into_iter().filter(|wrapped| names.contains(&wrapped.name)) {
                let name = format!("{}, example {index}, as {}", file.name, wrapped.name);
                documents.push((name, wrapped.text));
            }
        }
    }
    let checked = documents.into_par_iter().map(|(name, text)| {
        let report = examples::check(&text);
        Document { name, text, report }
    });
    let is_whole = |report: &Report| report.diagnostics.iter().all(|found| found.rule.name != "syntax-error");
    checked.filter(|document| !document.report.diagnostics.is_empty() && is_whole(&document.report)).collect()
}

/// What makes a finding the same in a text with one comment more.
type Same = (String, String, String, String);

fn same(found: &Diagnostic) -> Same {
    (found.rule.name.clone(), found.path.clone(), found.message.clone(), found.fingerprint.clone())
}

fn all<'d>(found: impl Iterator<Item = &'d Diagnostic>) -> BTreeMap<Same, usize> {
    let mut all = BTreeMap::new();
    found.for_each(|found| *all.entry(same(found)).or_default() += 1);
    all
}

/// What is found in a text, suppressed or not, but for what is said of suppressions.
fn all_in(report: &Report) -> BTreeMap<Same, usize> {
    let suppressed = report.suppressed.iter().map(|one| &one.diagnostic);
    all(report.diagnostics.iter().chain(suppressed).filter(|found| !OWN.contains(&found.rule.name.as_str())))
}

fn hidden(report: &Report) -> BTreeMap<Same, usize> {
    all(report.suppressed.iter().map(|one| &one.diagnostic))
}

impl Document {
    fn lines(&self) -> Vec<&str> {
        self.text.lines().collect()
    }

    /// The line of a finding, from 0.
    fn line(&self, found: &Diagnostic) -> usize {
        self.text[..found.span.range().start].matches('\n').count()
    }

    /// The text with a line more above a line.
    fn with_above(&self, line: usize, comment: &str) -> String {
        let mut lines: Vec<String> = self.lines().into_iter().map(str::to_owned).collect();
        let blanks = &lines[line][..indent(&lines[line])];
        lines.insert(line, format!("{blanks}{comment}"));
        lines.join("\n") + "\n"
    }

    fn with_behind(&self, line: usize, comment: &str) -> String {
        let mut lines: Vec<String> = self.lines().into_iter().map(str::to_owned).collect();
        lines[line] = format!("{}  {comment}", lines[line]);
        lines.join("\n") + "\n"
    }

    /// Whether what is written there is a comment: it changes nothing.
    fn is_comment(&self, text: &str) -> bool {
        all_in(&examples::check(text)) == all_in(&self.report)
    }

    /// The findings of some rules that begin in some lines.
    fn within(&self, lines: std::ops::Range<usize>, rules: &BTreeSet<&str>) -> BTreeMap<Same, usize> {
        let found = self.report.diagnostics.iter();
        all(found
            .filter(|found| rules.contains(found.rule.name.as_str()) && lines.contains(&self.line(found))))
    }

    /// The lines of what begins in a line, as its indentation tells.
    fn block(&self, line: usize) -> std::ops::Range<usize> {
        let lines = self.lines();
        let own = indent(lines[line]);
        let is_item = |line: &str| line.trim_start().starts_with("- ");
        let belongs = |next: &&&str| {
            let closes = next.trim_start().starts_with(['}', ']']);
            let item = is_item(next) && !is_item(lines[line]);
            indent(next) > own || (indent(next) == own && (closes || item)) || next.trim().is_empty()
        };
        line..line + 1 + lines[line + 1..].iter().take_while(belongs).count()
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

#[test]
fn each_finding_can_be_suppressed_and_no_other_is() {
    let documents = documents(NAMES);
    let (checked, passed_over) = documents
        .par_iter()
        .map(|document| {
            let (mut checked, mut passed_over) = (0, 0);
            for found in &document.report.diagnostics {
                let line = document.line(found);
                let only = BTreeSet::from([found.rule.name.as_str()]);
                let comment = |what: &str| format!("# {what}[{}] because", found.rule.name);
                for (write, lines) in [
                    (Document::with_above as fn(&Document, usize, &str) -> String, document.block(line)),
                    (Document::with_behind, line..line + 1),
                ] {
                    // In a text of several lines there are no comments.
                    if !document.is_comment(&write(document, line, &comment("ignore"))) {
                        passed_over += 1;
                        continue;
                    }
                    let text = write(document, line, &comment("delint: ignore"));
                    let report = examples::check(&text);
                    let name = &document.name;
                    assert_eq!(hidden(&report), document.within(lines, &only), "{name}:\n{text}");
                    assert_eq!(all_in(&report), all_in(&document.report), "{name}:\n{text}");
                    let own = report.diagnostics.iter().find(|found| OWN.contains(&found.rule.name.as_str()));
                    assert!(own.is_none(), "{name}: {own:#?}\n{text}");
                    assert!(report.suppressed.iter().all(|one| one.reason.as_deref() == Some("because")));
                    assert_eq!(report.summary.suppressed, report.suppressed.len());
                    checked += 1;
                }
            }
            (checked, passed_over)
        })
        .reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    assert!(checked > 800 && passed_over * 20 < checked, "{checked} checked, {passed_over} passed over");
}

#[test]
fn a_comment_covers_what_begins_below_it_and_no_more() {
    let mut documents = documents(NAMES);
    // One of each rule and form.
    let mut seen = BTreeSet::new();
    documents.retain(|document| {
        let rule = document.name.split(',').next().unwrap_or_default();
        seen.insert((rule.to_owned(), document.name.rsplit(',').next().unwrap_or_default().to_owned()))
    });
    let hides: usize = documents
        .par_iter()
        .map(|document| {
            let rules: BTreeSet<&str> =
                document.report.diagnostics.iter().map(|found| found.rule.name.as_str()).collect();
            let names = rules.iter().copied().collect::<Vec<_>>().join(", ");
            let mut hides = 0;
            for (line, written) in document.lines().iter().enumerate() {
                if written.trim().is_empty() || !document.is_comment(&document.with_above(line, "# nothing"))
                {
                    continue;
                }
                let text = document.with_above(line, &format!("# delint: ignore[{names}] because"));
                let report = examples::check(&text);
                let expected = document.within(document.block(line), &rules);
                assert_eq!(hidden(&report), expected, "{}:\n{text}", document.name);
                assert_eq!(all_in(&report), all_in(&document.report), "{}:\n{text}", document.name);
                hides += usize::from(!expected.is_empty());
            }
            hides
        })
        .sum();
    assert!(hides > 400, "only {hides} comments hide anything");
}

/// The rules of what is found in a resource of an example, which is called as the form calls it.
fn rules_in(report: &Report, resource: &str) -> BTreeSet<String> {
    let found = report.diagnostics.iter();
    let found = found.filter(|found| found.resource.as_deref().is_some_and(|name| name.ends_with(resource)));
    found.map(|found| found.rule.name.clone()).collect()
}

/// Checks that a text with a suppression of some rules hides all of theirs, and leaves the rest as it was.
fn assert_hides(document: &Document, with: &Json, is_meant: impl Fn(&Diagnostic) -> bool) {
    let text = wrap::pretty(with);
    let report = examples::check(&text);
    let found = document.report.diagnostics.iter();
    assert_eq!(hidden(&report), all(found.filter(|found| is_meant(found))), "{}:\n{text}", document.name);
    assert_eq!(all_in(&report), all_in(&document.report), "{}:\n{text}", document.name);
    let unused = report.diagnostics.iter().find(|found| OWN.contains(&found.rule.name.as_str()));
    assert!(unused.is_none(), "{}: {unused:#?}\n{text}", document.name);
}

#[test]
fn metadata_of_a_template_cover_it() {
    let documents = documents(&["CloudFormation in JSON"]);
    let checked: usize = documents
        .par_iter()
        .map(|document| {
            let template: Json = serde_json::from_str(&document.text).unwrap();
            let rules = rules_in(&document.report, wrap::DELIVERY);
            let said = |rules: &BTreeSet<String>| {
                let items: Vec<Json> =
                    rules.iter().map(|rule| json!({ "rule": rule, "reason": "because" })).collect();
                json!({ "delint": { "ignore": items } })
            };
            let mut checked = 0;
            if !rules.is_empty() && template["Resources"][wrap::DELIVERY].is_object() {
                let mut of_resource = template.clone();
                of_resource["Resources"][wrap::DELIVERY]["Metadata"] = said(&rules);
                let is_meant = |found: &Diagnostic| {
                    found.resource.as_deref().is_some_and(|name| name.ends_with(wrap::DELIVERY))
                };
                assert_hides(document, &of_resource, is_meant);
                checked += 1;
            }
            let all = document.report.diagnostics.iter().map(|found| found.rule.name.clone()).collect();
            let mut of_template = template;
            of_template["Metadata"] = said(&all);
            assert_hides(document, &of_template, |_| true);
            checked + 1
        })
        .sum();
    assert!(checked > 200, "only {checked} templates");
}

#[test]
fn the_comment_key_of_terraform_covers_its_object() {
    let documents = documents(&["Terraform in JSON", "Terraform with awscc in JSON"]);
    let checked: usize = documents
        .par_iter()
        .map(|document| {
            let mut module: Json = serde_json::from_str(&document.text).unwrap();
            let rules: BTreeSet<&str> =
                document.report.diagnostics.iter().map(|found| found.rule.name.as_str()).collect();
            let names = rules.iter().copied().collect::<Vec<_>>().join(", ");
            module["//"] = json!(format!("delint: ignore[{names}] because"));
            assert_hides(document, &module, |_| true);
            1
        })
        .sum();
    assert!(checked > 200, "only {checked} modules");
}
