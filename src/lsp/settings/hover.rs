//! What a key, a value, a name of a rule or a path means in a configuration or a rule.

use std::fmt::Write as _;

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::lsp::hover::meaning;
use crate::lsp::place;
use crate::lsp::session::Session;
use crate::lsp::settings::documents::{canonical, document, rules, schema};
use crate::lsp::settings::file::File;
use crate::lsp::settings::locate::{Role, Spot, Wanted};
use crate::lsp::settings::paths;
use crate::lsp::settings::schema::Place;
use crate::rules::Set;
use crate::spec::Spelling;
use crate::value::Value;

pub fn answer(session: &mut Session, file: &File, params: &HoverParams) -> Option<Hover> {
    let encoding = session.client.encoding;
    let offset = place::offset(&file.source, params.text_document_position_params.position, encoding);
    let root = document(&file.source)?;
    let spot = Wanted::At(offset).find(&root, &Place::root(schema(file.kind)?, Some(&root)))?;
    let text = match spot.role {
        Role::Key { .. } => of_key(&root, &spot, &rules(session, file)),
        Role::Value(value) => of_value(&root, &spot, value, &rules(session, file)),
    }?;
    let kind = if session.client.reads_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let value = text.trim_end().to_owned();
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value }),
        range: Some(place::range(&file.source, spot.span, encoding)),
    })
}

fn of_key(root: &Value, spot: &Spot<'_>, rules: &Set) -> Option<String> {
    let Role::Key { name, of, .. } = &spot.role else { return None };
    if let Some(inner) = canonical(&spot.pointer) {
        return meaning(inner, Spelling::CANONICAL);
    }
    let keys = of.keys();
    if keys.is("ruleName") {
        return rules.page(name);
    }
    let above = spot.pointer.rsplit_once('/').map_or("", |(above, _)| above);
    let leads = keys.is("path").then(|| paths::meant(root, above, name)).flatten();
    let field = leads.and_then(|pointer| meaning(&pointer, Spelling::CANONICAL));
    field.or_else(|| of_member(name, &spot.place, &of.member(name, None)))
}

fn of_value(root: &Value, spot: &Spot<'_>, value: &Value, rules: &Set) -> Option<String> {
    if let Some(inner) = canonical(&spot.pointer) {
        return meaning(inner, Spelling::CANONICAL);
    }
    let text = value.text()?;
    if spot.place.is("ruleName") {
        return rules.page(&text);
    }
    let is_path = ["path", "eachPath", "place"].iter().any(|name| spot.place.is(name));
    let field = is_path.then(|| paths::meant(root, &spot.pointer, &text)).flatten();
    let choice = || {
        let choices = spot.place.choices();
        let choice = choices.iter().find(|choice| choice.value == text && !choice.about.is_empty())?;
        Some(format!("`{text}`: {}", choice.about))
    };
    field.and_then(|pointer| meaning(&pointer, Spelling::CANONICAL)).or_else(choice)
}

/// What the schema says of a member, as it stands and as it could.
fn of_member(name: &str, place: &Place<'_>, any: &Place<'_>) -> Option<String> {
    let about = place.about();
    let mut text = format!("`{name}`: {about}\n");
    // What can be asked of a node is said where it is asked.
    let choices = if place.is("test") { Vec::new() } else { any.choices() };
    for choice in choices {
        // Writing to a string cannot fail. What all of them mean is said already.
        let _ = match choice.about {
            said if said.is_empty() || said == about => write!(text, "\n- `{}`", choice.value),
            said => write!(text, "\n- `{}`: {said}", choice.value),
        };
    }
    (!about.is_empty()).then_some(text)
}
