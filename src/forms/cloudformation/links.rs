//! Where the names in a template lead.

use super::function::{function, name_span};
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
        if let Some((name, argument)) = function(value) {
            self.function(value, name, argument);
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

    /// The names in a function. Its own name leads where they do, if that is one place.
    fn function(&mut self, value: &Value, name: &str, argument: &Value) {
        let before = self.links.len();
        match name {
            "Ref" => self.whole(argument, &[Section::Resources, Section::Parameters]),
            "Fn::GetAtt" => self.attribute(argument),
            "Fn::Sub" => {
                let names = argument.as_list().and_then(|list| list.get(1)?.as_map());
                self.text(first(argument), names);
            }
            "Fn::If" => self.whole(first(argument), &[Section::Conditions]),
            "Condition" => self.whole(argument, &[Section::Conditions]),
            "Fn::FindInMap" => self.whole(first(argument), &[Section::Mappings]),
            _ => {}
        }
        if let [one, others @ ..] = self.links.get(before..).unwrap_or_default()
            && others.iter().all(|other| other.to == one.to)
            && let Some(span) = name_span(value)
        {
            let link = Link { span, to: one.to };
            self.links.push(link);
        }
    }

    /// A name that is all of a text.
    fn whole(&mut self, value: &Value, sections: &[Section]) {
        if let Some(literal) = literal(value) {
            self.add(&literal.text, literal.span, sections);
        }
    }

    /// A resource before the dot, if there is one, and what is taken of it.
    fn attribute(&mut self, argument: &Value) {
        if let Some(literal) = literal(first(argument)) {
            let name = literal.text.split('.').next().unwrap_or_default();
            self.add(name, literal.part(0, name.len()), &[Section::Resources]);
            self.add(name, argument.span, &[Section::Resources]);
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
            // The name, and all that is filled in by it.
            let whole = literal.part(open, open + 2 + inside.len() + 1);
            for span in [literal.part(start, start + name.len()), whole] {
                match known {
                    Some(entry) => self.links.push(Link { span, to: entry.key.span }),
                    None => self.add(name, span, &[Section::Resources, Section::Parameters]),
                }
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
