//! Conditions that can never mean what they say: paths that lead nowhere, values that never stand there.

use super::shape::{self, Shape};
use crate::rules::mistake::Mistake;
use crate::rules::path::Path;
use crate::rules::rule::Scalar;
use crate::text::Span;
use crate::value::{Entry, Kind, Value};

/// Where a condition is looked at.
#[derive(Clone, Debug)]
pub struct Site {
    /// What the nodes are that it is about: one of these.
    pub here: Vec<Shape>,
    pub root: Shape,
    /// Whether these are items of a list that a condition goes through.
    pub in_items: bool,
}

impl Site {
    /// What may stand at a path, in those of the nodes that can have it.
    ///
    /// # Errors
    /// None of them can: why.
    pub fn at(&self, path: &Path) -> Result<Vec<Shape>, String> {
        let mut refused = None;
        let mut shapes = Vec::new();
        for here in &self.here {
            match shape::at(path, *here, self.root) {
                Ok(shape) => shapes.push(shape),
                Err(why) => {
                    refused.get_or_insert(why);
                }
            }
        }
        match refused {
            Some(why) if shapes.is_empty() => Err(why),
            _ => Ok(shapes),
        }
    }
}

/// Finds mistakes in conditions.
pub struct Conditions<'m> {
    pub mistakes: &'m mut Vec<Mistake>,
}

impl Conditions<'_> {
    fn wrong(&mut self, span: Span, message: impl Into<String>) {
        self.mistakes.push(Mistake { span, message: message.into() });
    }

    /// What stands at a path that is written in the rule; none where nothing can, which is told.
    pub fn path(&mut self, site: &Site, source: &str, span: Span) -> Option<(Path, Vec<Shape>)> {
        let path = Path::parse(source).ok()?;
        match site.at(&path) {
            Ok(shapes) => Some((path, shapes)),
            Err(why) => {
                self.wrong(span, format!("`{source}` leads nowhere: {why}"));
                None
            }
        }
    }

    pub fn condition(&mut self, site: &Site, value: &Value) {
        let Some(map) = value.as_map() else { return };
        if map.entries.is_empty() {
            self.wrong(value.span, "a condition without a member says nothing");
        }
        for entry in &map.entries {
            match entry.key.name.as_str() {
                "all_of" | "any_of" | "none_of" | "exactly_one_of" | "at_most_one_of" => {
                    let items = entry.value.as_list();
                    if items.is_some_and(<[Value]>::is_empty) {
                        self.wrong(entry.value.span, "a condition is due here");
                    }
                    items.unwrap_or_default().iter().for_each(|item| self.condition(site, item));
                }
                _ => self.member(site, entry),
            }
        }
    }

    /// A path and its test.
    fn member(&mut self, site: &Site, Entry { key, value }: &Entry) {
        let Some((path, shapes)) = self.path(site, &key.name, key.span) else { return };
        if path.key {
            return self.wrong(key.span, "`:key` stands in a report only; `written` asks for a key");
        }
        if site.in_items && path.leads_out() && goes_through(value) {
            let message = format!(
                "`{}` leads out of the list that is gone through here, and through all of another one for each item",
                key.name
            );
            return self.wrong(key.span, message);
        }
        self.test(&Tested { site, path: &key.name, shapes: &shapes }, value);
    }

    fn test(&mut self, tested: &Tested<'_>, value: &Value) {
        match &value.kind {
            Kind::Map(map) => {
                if map.entries.is_empty() {
                    self.wrong(value.span, "a test is due here");
                }
                map.entries.iter().for_each(|entry| self.predicate(tested, entry));
                self.bounds(value);
            }
            Kind::List(items) => {
                if items.is_empty() {
                    self.wrong(value.span, "nothing is one of none: a value is due here");
                }
                for item in items {
                    self.scalar(tested, item);
                }
            }
            _ if matches!(value.as_str(), Some("present" | "absent" | "written")) => {}
            _ if value.as_str() == Some("awaited") => {
                if !tested.shapes.iter().any(|shape| matches!(shape, Shape::Resource(_) | Shape::Free)) {
                    self.wrong(
                        value.span,
                        "only a resource is awaited: the path ends in `-> log_group` or the like",
                    );
                }
            }
            _ => self.scalar(tested, value),
        }
    }

    fn scalar(&mut self, tested: &Tested<'_>, value: &Value) {
        let scalar = match &value.kind {
            Kind::Null => Scalar::Null,
            Kind::Bool(truth) => Scalar::Bool(*truth),
            Kind::Number(number) => Scalar::Number(number.clone()),
            Kind::Text(_) => match value.as_str() {
                Some(text) => Scalar::Text(text.to_owned()),
                None => return,
            },
            _ => return,
        };
        let called = tested.path.rsplit(['.', '/', ' ']).next().unwrap_or(tested.path);
        let refusals = tested.shapes.iter().map(|shape| shape::refusal(*shape, &scalar, called));
        // Where one of them can be it, all is well.
        if let Some(Some(why)) = refusals.reduce(std::option::Option::and) {
            self.wrong(value.span, why);
        }
    }

    fn predicate(&mut self, tested: &Tested<'_>, Entry { key, value }: &Entry) {
        match key.name.as_str() {
            "not" => self.test(tested, value),
            "all" | "any" | "none" => {
                if let Some(site) = self.items(tested, key.span) {
                    self.condition(&site, value);
                }
            }
            "count" => {
                if let (Some(site), Some(of)) = (self.items(tested, key.span), value.get("of")) {
                    self.condition(&site, of);
                }
                self.bounds(value);
            }
            "unique_by" => {
                if let (Some(site), Some(by)) = (self.items(tested, key.span), value.as_str()) {
                    self.path(&site, by, value.span);
                }
            }
            "same_as" | "differs_from" => {
                if let Some(other) = value.as_str() {
                    self.path(tested.site, other, value.span);
                }
            }
            "starts_with" | "ends_with" | "contains" | "matches" | "characters" | "covers" | "reaches"
                if !tested.shapes.iter().any(|shape| shape::is_text(*shape)) =>
            {
                let noun = tested.shapes.first().map_or_else(String::new, |shape| shape::noun(*shape));
                self.wrong(
                    key.span,
                    format!("`{}` is {noun}, and `{}` is about strings", tested.path, key.name),
                );
            }
            _ => {}
        }
    }

    /// The items of a list that a test goes through.
    fn items(&mut self, tested: &Tested<'_>, span: Span) -> Option<Site> {
        let items: Vec<_> = tested.shapes.iter().map(|shape| shape::items(*shape)).collect();
        let here: Vec<Shape> = items.iter().filter_map(|items| items.as_ref().ok().copied()).collect();
        if let (true, Some(Err(noun))) = (here.is_empty(), items.first()) {
            self.wrong(span, format!("`{}` is {noun} and has no items", tested.path));
            return None;
        }
        Some(Site { here, root: tested.site.root, in_items: true })
    }

    /// `min` and `max` in one mapping.
    fn bounds(&mut self, value: &Value) {
        let bound = |name: &str| match &value.get(name)?.kind {
            Kind::Number(number) => number.parse::<usize>().ok(),
            _ => None,
        };
        if let (Some(min), Some(max), Some(at)) = (bound("min"), bound("max"), value.get("max"))
            && min > max
        {
            self.wrong(at.span, format!("nothing is at least {min} and at most {max}"));
        }
    }
}

/// What a test is about.
struct Tested<'t> {
    site: &'t Site,
    path: &'t str,
    shapes: &'t [Shape],
}

/// Whether a test looks at all items of a list.
fn goes_through(test: &Value) -> bool {
    let Some(map) = test.as_map() else { return false };
    map.entries.iter().any(|Entry { key, value }| match key.name.as_str() {
        "all" | "any" | "none" | "count" | "unique_by" => true,
        "not" => goes_through(value),
        _ => false,
    })
}
