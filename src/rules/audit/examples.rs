//! Examples that cannot be written down, or do not say what is expected of them.

use crate::forms;
use crate::rules::limits;
use crate::rules::mistake::Mistake;
use crate::rules::path::{NEIGHBOURS, SATELLITES};
use crate::rules::reader::suggestion;
use crate::text::Span;
use crate::value::{Entry, Kind, Map, Value};

/// What an example can be.
const VERDICTS: &[&str] = &["bad", "good", "undecided"];
const MEMBERS: &[&str] = &["bad", "good", "undecided", "at", "text", "with", "beside", "fixed"];

/// The name that the configuration of an example gets where it needs one.
const DELIVERY: &str = "Delivery";

/// Finds mistakes in the list of examples; `file` is where one that is missing would be.
pub fn examples(list: Option<&Value>, file: Span, known: &[&str], mistakes: &mut Vec<Mistake>) {
    let mut examples = Examples { known, mistakes };
    let Some(list) = list else {
        return examples.wrong(file, "`examples` is missing: at least one `good` and one `bad`");
    };
    let Some(items) = list.as_list() else {
        return examples.wrong(list.span, "a list of examples is due here");
    };
    for item in items {
        examples.example(item);
    }
    for verdict in ["bad", "good"] {
        if !items.iter().any(|item| item.get(verdict).is_some()) {
            examples.wrong(list.span, format!("there is no `{verdict}` example"));
        }
    }
}

struct Examples<'e> {
    known: &'e [&'e str],
    mistakes: &'e mut Vec<Mistake>,
}

impl Examples<'_> {
    fn wrong(&mut self, span: Span, message: impl Into<String>) {
        self.mistakes.push(Mistake { span, message: message.into() });
    }

    fn example(&mut self, item: &Value) {
        let Some(map) = item.as_map() else { return self.wrong(item.span, "an example is a mapping") };
        for Entry { key, .. } in
            map.entries.iter().filter(|entry| !MEMBERS.contains(&entry.key.name.as_str()))
        {
            let near = suggestion(&key.name, MEMBERS.iter().copied());
            self.wrong(key.span, format!("unknown member `{}`{near}", key.name));
        }
        let verdicts: Vec<&Entry> =
            map.entries.iter().filter(|entry| VERDICTS.contains(&entry.key.name.as_str())).collect();
        let [example] = verdicts.as_slice() else {
            return self.wrong(item.first_word(), "an example is one of bad, good, undecided");
        };
        if let Some(with) = map.get("with") {
            self.neighbours(&with.value);
        }
        self.configuration(&example.value, map.get("with").map(|with| &with.value));
        self.places(map, example);
    }

    /// Where something is expected: in bad examples, and in no others.
    fn places(&mut self, map: &Map, example: &Entry) {
        match (example.key.name.as_str(), map.get("at")) {
            ("bad", None) => {
                self.wrong(
                    example.key.span,
                    "`at` is missing: where this is found, such as LogConfigurations/0/LogLevel",
                );
            }
            ("bad", Some(at)) => self.pointers(&at.value),
            (_, Some(at)) => self.wrong(at.key.span, "nothing is found in this example, so it has no place"),
            (_, None) => {}
        }
        match (example.key.name.as_str(), map.get("text")) {
            ("bad", Some(text)) if text.value.as_str().is_none_or(str::is_empty) => {
                self.wrong(text.value.span, "the text that is underlined is due here");
            }
            ("good" | "undecided", Some(text)) => {
                self.wrong(text.key.span, "nothing is underlined in this example");
            }
            _ => {}
        }
        self.fixed(map, example);
        let Some(beside) = map.get("beside") else { return };
        let Some(others) = beside.value.as_map() else {
            return self.wrong(beside.value.span, "a mapping of rules to places is due here");
        };
        for Entry { key, value } in &others.entries {
            // To look for a name among those of all rules takes long.
            if self.mistakes.len() <= limits::MISTAKES && !self.known.contains(&key.name.as_str()) {
                let near = suggestion(&key.name, self.known.iter().copied());
                self.wrong(key.span, format!("there is no rule named `{}`{near}", key.name));
            }
            self.pointers(value);
        }
    }

    /// What a bad example becomes: a whole file of one that is written out, otherwise values by their places.
    fn fixed(&mut self, map: &Map, example: &Entry) {
        let Some(Entry { key, value }) = map.get("fixed") else { return };
        if example.key.name != "bad" {
            return self.wrong(key.span, "nothing is found in this example, so there is nothing to fix");
        }
        let is_file = example.value.as_map().is_some_and(|map| match map.entries.as_slice() {
            [only] => forms::NAMES.contains(&only.key.name.as_str()),
            _ => false,
        });
        match value.as_map() {
            _ if is_file && value.as_str().is_some() => {}
            _ if is_file => self.wrong(value.span, "the whole file is due here, as a text"),
            Some(places) if !places.entries.is_empty() => {
                let with = map.get("with").map(|with| &with.value);
                places.entries.iter().for_each(|entry| self.symbols(&entry.value, with));
            }
            _ => self.wrong(
                value.span,
                "a mapping of places to what is there then is due here, such as LogConfigurations/0/LogLevel: ERROR",
            ),
        }
    }

    fn pointers(&mut self, value: &Value) {
        let items = value.as_list().unwrap_or(std::slice::from_ref(value));
        if items.is_empty() {
            self.wrong(value.span, "a place is due here");
        }
        for item in items.iter().filter(|item| item.as_str().is_none_or(str::is_empty)) {
            self.wrong(item.span, "a place is due here, such as LogConfigurations/0/LogLevel");
        }
    }

    /// A configuration, or a whole file in one form.
    fn configuration(&mut self, value: &Value, with: Option<&Value>) {
        let Some(map) = value.as_map() else {
            return self.wrong(value.span, "a configuration is due here, or a form and a text in it");
        };
        if let [Entry { key, value: text }] = map.entries.as_slice()
            && key.name.starts_with(|c: char| c.is_ascii_lowercase())
        {
            let is_form = forms::NAMES.contains(&key.name.as_str());
            if is_form && text.as_str().is_none() {
                self.wrong(text.span, format!("a file is due here, as a text: what `{}` says", key.name));
            }
            let near = suggestion(&key.name, forms::NAMES.iter().copied());
            if !is_form && !near.is_empty() {
                self.wrong(key.span, format!("`{}` is no form{near}", key.name));
            }
            if is_form {
                return;
            }
        }
        self.symbols(value, with);
    }

    fn neighbours(&mut self, with: &Value) {
        let Some(map) = with.as_map() else {
            return self.wrong(with.span, "a mapping is due here: the resources around it, by name");
        };
        let kinds: Vec<&str> = NEIGHBOURS.iter().chain(&SATELLITES).map(|(name, _)| *name).collect();
        for Entry { key, value } in &map.entries {
            let is_name = key.name.starts_with(|c: char| c.is_ascii_alphabetic())
                && key.name.chars().all(|c| c.is_ascii_alphanumeric());
            if !is_name || key.name == DELIVERY {
                self.wrong(
                    key.span,
                    format!("`{}` is no name for a resource here: letters and digits", key.name),
                );
            }
            match value.get("kind").map(|kind| (kind.span, kind.as_str())) {
                None => self.wrong(key.span, "`kind` is missing"),
                Some((_, Some(kind))) if kinds.contains(&kind) => {}
                Some((span, kind)) => {
                    let near = kind.map_or_else(String::new, |kind| suggestion(kind, kinds.iter().copied()));
                    let near =
                        if near.is_empty() { format!("; there are {}", kinds.join(", ")) } else { near };
                    self.wrong(span, format!("this is no kind of resource{near}"));
                }
            }
            self.symbols(value, Some(with));
        }
    }

    /// `{ ref: Pool.id }` and `{ unknown: Level }`.
    fn symbols(&mut self, value: &Value, with: Option<&Value>) {
        match &value.kind {
            Kind::Map(map) => match map.entries.as_slice() {
                [Entry { key, value }] if key.name == "unknown" => {
                    let is_name = |name: &str| {
                        name.starts_with(|c: char| c.is_ascii_alphabetic())
                            && name.chars().all(|c| c.is_ascii_alphanumeric())
                    };
                    if !value.as_str().is_some_and(is_name) {
                        self.wrong(
                            value.span,
                            "a name for what is not known is due here: letters and digits",
                        );
                    }
                }
                [Entry { key, value }] if key.name == "ref" => self.reference(value, with),
                entries => entries.iter().for_each(|entry| self.symbols(&entry.value, with)),
            },
            Kind::List(items) => items.iter().for_each(|item| self.symbols(item, with)),
            _ => {}
        }
    }

    fn reference(&mut self, value: &Value, with: Option<&Value>) {
        let Some((name, what)) = value.as_str().and_then(|text| text.split_once('.')) else {
            return self.wrong(value.span, "a reference is due here, such as Pool.id");
        };
        let neighbours = with.and_then(Value::as_map).map(|map| map.entries.as_slice()).unwrap_or_default();
        let Some(neighbour) = neighbours.iter().find(|entry| entry.key.name == name) else {
            let near = suggestion(name, neighbours.iter().map(|entry| entry.key.name.as_str()));
            return self.wrong(value.span, format!("`with` has no resource named `{name}`{near}"));
        };
        let is_group = neighbour.value.get("kind").and_then(Value::as_str) == Some("log_group");
        match what {
            "id" | "name" | "arn" => {}
            "arn_wildcard" if is_group => {}
            _ => self.wrong(value.span, format!("`.{what}` is nothing of a resource; there are .id, .name, .arn, and .arn_wildcard of a log group")),
        }
    }
}
