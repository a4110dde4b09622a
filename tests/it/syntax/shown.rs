//! Trees as text, for tests to compare.

use std::fmt::Write;

use delint::syntax::document::Parsed;
use delint::syntax::parse;
use delint::text::{Source, SourceId, Span};
use delint::value::literal::Layout;
use delint::value::{Access, Expression, Kind, Map, Part, Value};

pub fn source(text: &str) -> Source {
    Source::new(SourceId(0), "x", text)
}

pub fn read(text: &str) -> Parsed {
    parse(&source(text))
}

/// The only document of a text that has no error.
pub fn root(text: &str) -> Value {
    let mut parsed = read(text);
    assert!(parsed.error.is_none(), "{:?} in {text:?}", parsed.error);
    assert_eq!(parsed.documents.len(), 1, "{text:?}");
    parsed.documents.remove(0).root
}

/// What is read, in the manner of JSON: text in quotes, numbers as they are written, tags before their value.
pub fn shape(value: &Value) -> String {
    match &value.kind {
        Kind::Null => "null".to_owned(),
        Kind::Bool(bool) => bool.to_string(),
        Kind::Number(number) => number.clone(),
        Kind::Text(text) => format!("{:?}", text.as_str().unwrap()),
        Kind::List(items) => format!("[{}]", items.iter().map(shape).collect::<Vec<_>>().join(", ")),
        Kind::Map(map) => shape_of_map(map),
        Kind::Tagged(tagged) => format!("{} {}", tagged.tag, shape(&tagged.value)),
        Kind::Unknown(unknown) => format!("<{}>", unknown.reason),
        Kind::Block(block) => {
            let labels = block.labels.iter().map(|label| format!("{:?}", label.name));
            labels.chain([shape_of_map(&block.body)]).collect::<Vec<_>>().join(" ")
        }
        Kind::Expression(expression) => shape_of_expression(expression),
        Kind::Absent | Kind::Choice(_) => unreachable!("no syntax yields this"),
    }
}

fn shape_of_map(map: &Map) -> String {
    let entries = map.entries.iter().map(|entry| format!("{}: {}", entry.key.name, shape(&entry.value)));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
}

fn shape_of_expression(expression: &Expression) -> String {
    let list = |values: &[Value]| values.iter().map(shape).collect::<Vec<_>>().join(", ");
    match expression {
        Expression::Name(name) => name.name.clone(),
        Expression::Traversal { root, steps } => {
            let steps = steps.iter().map(|step| match step {
                Access::Attribute(name) => format!(".{}", name.name),
                Access::Index(index) => format!("[{}]", shape(index)),
                Access::Splat(_) => "[*]".to_owned(),
            });
            format!("{}{}", shape(root), steps.collect::<String>())
        }
        Expression::Call { name, arguments, spread } => {
            format!("{}({}{})", name.name, list(arguments), if *spread { "..." } else { "" })
        }
        Expression::Conditional { condition, yes, no } => {
            format!("({} ? {} : {})", shape(condition), shape(yes), shape(no))
        }
        Expression::Template(parts) => format!("template({})", list(parts)),
        Expression::Unary { operator, operand } => format!("({operator}{})", shape(operand)),
        Expression::Binary { operator, left, right } => {
            format!("({} {operator} {})", shape(left), shape(right))
        }
        Expression::For(each) => {
            let key_name = each.key_name.as_ref().map(|key| format!("{}, ", key.name)).unwrap_or_default();
            let key = each.key.as_ref().map(|key| format!("{} => ", shape(key))).unwrap_or_default();
            let grouped = if each.grouped { "..." } else { "" };
            let condition = each.condition.as_ref().map(|value| format!(" if {}", shape(value)));
            let (name, collection) = (&each.value_name.name, shape(&each.collection));
            let value = shape(&each.value);
            format!(
                "for({key_name}{name} in {collection}: {key}{value}{grouped}{})",
                condition.unwrap_or_default()
            )
        }
        Expression::Other(what) => format!("<{what}>"),
    }
}

pub fn shape_of(text: &str) -> String {
    shape(&root(text))
}

/// Every key, value, tag and literal of a text with what its span covers, one a line.
pub fn spans_of(text: &str) -> String {
    let source = source(text);
    let mut shown = String::new();
    write_spans(&mut shown, &source, &root(text));
    shown
}

fn write_spans(shown: &mut String, source: &Source, value: &Value) {
    let slice = |span: Span| {
        assert!(source.text.get(span.range()).is_some(), "{span:?} does not fit {:?}", source.text);
        source.slice(span)
    };
    let used = value.used_at.map(|span| format!(" used at {:?}", slice(span))).unwrap_or_default();
    let kind = match &value.kind {
        Kind::Text(_) => "text".to_owned(),
        Kind::List(_) => "list".to_owned(),
        Kind::Map(_) => "map".to_owned(),
        Kind::Tagged(tagged) => format!("tagged {:?}", slice(tagged.tag_span)),
        Kind::Unknown(unknown) => format!("unknown ({})", unknown.reason),
        _ => shape(value),
    };
    writeln!(shown, "{kind} {:?}{used}", slice(value.span)).unwrap();
    match &value.kind {
        Kind::Text(text) => {
            for part in &text.parts {
                let Part::Literal(literal) = part else { unreachable!("no syntax yields a hole") };
                match &literal.layout {
                    Layout::Plain => assert_eq!(slice(literal.span), literal.text),
                    Layout::Runs(runs) => {
                        let runs = runs.iter().map(|run| {
                            let (start, len) = (run.text as usize, run.len as usize);
                            let part = literal.span.part(run.source as usize, run.source as usize + len);
                            assert_eq!(slice(part), &literal.text[start..start + len]);
                            slice(part)
                        });
                        let runs = runs.collect::<Vec<_>>();
                        writeln!(shown, "  {:?} = runs {runs:?} of {:?}", literal.text, slice(literal.span))
                            .unwrap();
                    }
                    Layout::Opaque => {
                        writeln!(shown, "  {:?} = opaque {:?}", literal.text, slice(literal.span)).unwrap();
                    }
                }
            }
        }
        Kind::List(items) => items.iter().for_each(|item| write_spans(shown, source, item)),
        Kind::Map(map) => {
            for entry in &map.entries {
                writeln!(shown, "key {:?}", slice(entry.key.span)).unwrap();
                write_spans(shown, source, &entry.value);
            }
        }
        Kind::Tagged(tagged) => write_spans(shown, source, &tagged.value),
        _ => {}
    }
}
