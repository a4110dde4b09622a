//! Where the names in a template lead.

use super::function::function;
use super::template::{Section, Template};
use super::variables;
use crate::forms::links::Link;
use crate::syntax::document::Document;
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Kind, Map, Part, Value};

/// The names of resources, parameters, conditions and mappings where they are used; none if this is no template.
pub fn links(document: &Document) -> Option<Vec<Link>> {
    let template = Template::find(&document.root)?;
    let mut found = Found { template: &template, links: Vec::new() };
    found.look(&document.root);
    Some(found.links)
}

struct Found<'t, 'v> {
    template: &'t Template<'v>,
    links: Vec<Link>,
}

impl Found<'_, '_> {
    fn look(&mut self, value: &Value) {
        match function(value) {
            Some(("Ref", name)) => self.whole(name, &[Section::Resources, Section::Parameters]),
            Some(("Fn::GetAtt", argument)) => self.attribute(first(argument)),
            Some(("Fn::Sub", argument)) => {
                let names = argument.as_list().and_then(|list| list.get(1)?.as_map());
                self.text(first(argument), names);
            }
            Some(("Fn::If", argument)) => self.whole(first(argument), &[Section::Conditions]),
            Some(("Condition", name)) => self.whole(name, &[Section::Conditions]),
            Some(("Fn::FindInMap", argument)) => self.whole(first(argument), &[Section::Mappings]),
            _ => {}
        }
        match &value.kind {
            Kind::Map(map) => map.entries.iter().for_each(|entry| {
                match entry.key.name.as_str() {
                    "DependsOn" => {
                        let items = entry.value.as_list().unwrap_or(std::slice::from_ref(&entry.value));
                        for item in items {
                            self.whole(item, &[Section::Resources]);
                        }
                    }
                    "Condition" if map.entries.len() > 1 => self.whole(&entry.value, &[Section::Conditions]),
                    _ => {}
                }
                self.look(&entry.value);
            }),
            Kind::List(items) => items.iter().for_each(|item| self.look(item)),
            Kind::Tagged(tagged) => self.look(&tagged.value),
            _ => {}
        }
    }

    /// A name that is all of a text.
    fn whole(&mut self, value: &Value, sections: &[Section]) {
        if let Some(literal) = literal(value) {
            self.add(&literal.text, literal.span, sections);
        }
    }

    /// A resource before the dot, if there is one.
    fn attribute(&mut self, value: &Value) {
        if let Some(literal) = literal(value) {
            let name = literal.text.split('.').next().unwrap_or_default();
            self.add(name, literal.part(0, name.len()), &[Section::Resources]);
        }
    }

    /// The names in a text of `Fn::Sub`, of which some may be given beside it.
    fn text(&mut self, value: &Value, given: Option<&Map>) {
        let Some(literal) = literal(value) else { return };
        for (open, _) in literal.text.match_indices("${") {
            let inside = literal.text.get(open + 2..).and_then(|rest| rest.split_once('}'));
            let Some((inside, _)) = inside.filter(|_| !variables::is_serverless(&literal.text, open)) else {
                continue;
            };
            let start = open + 2 + inside.len() - inside.trim_start().len();
            let known = given.and_then(|given| given.get(inside.trim()));
            let name = if known.is_some() {
                inside.trim()
            } else {
                inside.trim().split('.').next().unwrap_or_default()
            };
            let span = literal.part(start, start + name.len());
            match known {
                Some(entry) => self.links.push(Link { span, to: entry.key.span }),
                None => self.add(name, span, &[Section::Resources, Section::Parameters]),
            }
        }
    }

    fn add(&mut self, name: &str, span: Span, sections: &[Section]) {
        let declared = sections.iter().find_map(|section| self.template.key(*section, name));
        self.links.extend(declared.map(|to| Link { span, to }));
    }
}

/// The first item of a list, or what is none.
fn first(argument: &Value) -> &Value {
    argument.as_list().and_then(<[Value]>::first).unwrap_or(argument)
}

fn literal(value: &Value) -> Option<&Literal> {
    match &value.kind {
        Kind::Text(text) => match text.parts.as_slice() {
            [Part::Literal(literal)] => Some(literal),
            _ => None,
        },
        _ => None,
    }
}
