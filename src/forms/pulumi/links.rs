//! Where the names in a program lead.

use super::access::{Held, Step, segments};
use super::program::Program;
use crate::forms::links::Link;
use crate::syntax::document::Document;
use crate::text::Span;
use crate::value::literal::Literal;
use crate::value::{Kind, Part, Value};

/// The interpolations of resources, variables and values of the configuration; none if this is no program.
pub fn links(document: &Document) -> Option<Vec<Link>> {
    let program = Program::find(&document.root)?;
    let mut links = Vec::new();
    look(&program, &document.root, &mut links);
    Some(links)
}

fn look(program: &Program<'_>, value: &Value, links: &mut Vec<Link>) {
    match &value.kind {
        Kind::Map(map) => map.entries.iter().for_each(|entry| look(program, &entry.value, links)),
        Kind::List(items) => items.iter().for_each(|item| look(program, item, links)),
        Kind::Tagged(tagged) => look(program, &tagged.value, links),
        Kind::Text(text) => {
            if let [Part::Literal(literal)] = text.parts.as_slice() {
                links.extend(in_text(program, literal));
            }
        }
        _ => {}
    }
}

fn in_text(program: &Program<'_>, literal: &Literal) -> Vec<Link> {
    let link = |segment: super::access::Segment| {
        let Held::Access(steps) = &segment.holds else { return None };
        let Some(Step::Name(name)) = steps.first() else { return None };
        Some(Link { span: literal.part(segment.start, segment.end), to: declared(program, name)? })
    };
    segments(&literal.text).unwrap_or_default().into_iter().filter_map(link).collect()
}

fn declared(program: &Program<'_>, name: &str) -> Option<Span> {
    let resource = program.resource(name).map(|declared| declared.entry);
    let entry = resource.or_else(|| program.variable(name)).or_else(|| program.config(name))?;
    Some(entry.key.span)
}
