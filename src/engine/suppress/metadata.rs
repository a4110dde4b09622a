//! What the metadata of a resource tell delint: `{ ignore: [rule-name, { rule: …, reason: …, until: … }] }`.

use super::date::Date;
use super::directive::{Directive, date, reason};
use crate::rules::{Mistake, Reader};
use crate::text::Span;
use crate::value::Value;

/// The directives in what stands under the key `delint`.
pub fn of_metadata(value: &Value) -> Vec<Directive> {
    let mut reader = Reader { mistakes: Vec::new() };
    let members = reader.members(value, &["ignore"]).map(|_| value.get("ignore"));
    if matches!(members, Some(None)) && reader.mistakes.is_empty() {
        reader.wrong::<()>(value.span, "`ignore` is missing: a list of rules");
    }
    let mut directives: Vec<Directive> = reader.mistakes.into_iter().map(faulty).collect();
    if let Some(Some(ignored)) = members {
        let items = ignored.as_list().unwrap_or(std::slice::from_ref(ignored));
        directives.extend(items.iter().map(item));
    }
    directives
}

fn faulty(Mistake { span, message }: Mistake) -> Directive {
    Directive { span, names: Vec::new(), until: None, reason: None, fault: Some((span, message)) }
}

fn item(item: &Value) -> Directive {
    if let Some(name) = item.as_str() {
        let names = vec![(name.to_owned(), item.span)];
        return Directive { span: item.span, names, until: None, reason: None, fault: None };
    }
    if item.as_map().is_none() {
        let message =
            "the name of a rule is due here, or a mapping with `rule`, `reason` and `until`".to_owned();
        return faulty(Mistake { span: item.span, message });
    }
    let mut reader = Reader { mistakes: Vec::new() };
    let _ = reader.members(item, &["rule", "reason", "until"]);
    let names = match item.get("rule") {
        Some(rule) => {
            let rules = rule.as_list().unwrap_or(std::slice::from_ref(rule));
            rules
                .iter()
                .filter_map(|rule| Some((reader.text(item, "rule", Some(rule))?, rule.span)))
                .collect()
        }
        None => {
            reader.wrong::<()>(item.span, "it names no rule: `rule` is missing");
            Vec::new()
        }
    };
    let said = item.get("reason").and_then(|value| reader.text(item, "reason", Some(value)));
    let until = item.get("until").and_then(|value| last_day(&mut reader, item, value));
    let fault = reader.mistakes.into_iter().next().map(|Mistake { span, message }| (span, message));
    let span = names.first().map_or(item.first_word(), |(_, span)| *span);
    Directive { span, names, until, reason: said.and_then(|said| reason(&said)), fault }
}

fn last_day(reader: &mut Reader, item: &Value, value: &Value) -> Option<(Date, Span)> {
    let text = reader.text(item, "until", Some(value))?;
    match date(&text) {
        Ok(date) => Some((date, value.span)),
        Err(why) => reader.wrong(value.span, why),
    }
}
