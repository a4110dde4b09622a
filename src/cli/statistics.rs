//! How many findings each rule has.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::diagnostic::{Report, Severity};

/// Tells on standard error, so that it goes with every format: the most frequent rule first.
pub fn tell(report: &Report) {
    // Where it cannot be written, there is nowhere to say so.
    let _ = write(report, &mut io::stderr().lock());
}

fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for diagnostic in &report.diagnostics {
        *counts.entry((&diagnostic.rule.name, diagnostic.rule.severity)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(rule, count)| (Reverse(*count), *rule));
    let digits = counts.first().map_or(1, |(_, most)| most.to_string().len());
    for ((rule, severity), count) in counts {
        writeln!(out, "{count:digits$}  {:7}  {rule}", severity.as_str())?;
    }
    Ok(())
}
