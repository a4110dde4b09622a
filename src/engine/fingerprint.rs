//! What stays the same of a finding when its file is reformatted, reordered or renamed.

use crate::rules::finding::Finding;
use crate::spec::Resource;
use crate::value::{Kind, Part, Value};

/// The fingerprint of a finding: its rule, the user pool it is about, and its canonical place, in which entries go
/// by their event source and not by their index. `pool` is what [`pool`] has for the configuration.
pub fn of_finding(finding: &Finding<'_>, configuration: &Resource, pool: &str) -> String {
    let own = finding.resource == configuration.label;
    let place =
        if own { keyed(&finding.pointer, &configuration.properties) } else { finding.pointer.clone() };
    let neighbour = finding.resource.as_deref().filter(|_| !own).map(own_name).unwrap_or_default();
    of(&finding.info.name, &format!("{pool}\n{neighbour}"), &place)
}

/// The user pool of a configuration, as its id or a reference names it; the name of another resource.
pub fn pool(configuration: &Resource) -> String {
    if !configuration.is_configuration() {
        return own_name(&configuration.name);
    }
    configuration.properties.get("UserPoolId").map_or_else(String::new, pool_identity)
}

/// The name of a resource without what its form puts before it, and as no form writes it: `userpool` of
/// `Resources.UserPool`, `userpool[0]` of `aws_cognito_user_pool.user_pool[0]`. Each form has words of its own kind.
fn own_name(label: &str) -> String {
    let (path, index) = label.split_at(label.find('[').unwrap_or(label.len()));
    let name = path.rsplit('.').next().unwrap_or_default();
    let plain = name.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase());
    plain.collect::<String>() + index
}

fn pool_identity(value: &Value) -> String {
    match &value.kind {
        Kind::Text(text) => match text.parts.as_slice() {
            [Part::Literal(literal)] => literal.text.clone(),
            _ => text.reference.as_ref().map_or_else(String::new, |reference| own_name(&reference.resource)),
        },
        _ => String::new(),
    }
}

/// A pointer with the event sources of entries in place of their indices.
fn keyed(pointer: &str, properties: &Value) -> String {
    let mut steps = pointer.split('/').skip(1);
    let mut keyed = String::new();
    while let Some(step) = steps.next() {
        keyed.push('/');
        keyed.push_str(step);
        if step == "LogConfigurations"
            && let Some(index) = steps.next()
        {
            let entries = properties.get(step).and_then(Value::as_list).unwrap_or_default();
            let entry = index.parse().ok().and_then(|index: usize| entries.get(index));
            let source = entry.and_then(|entry| entry.get("EventSource")).and_then(Value::as_str);
            keyed.push('/');
            keyed.push_str(source.unwrap_or(index));
        }
    }
    keyed
}

/// 128 bits of three texts, as 32 hexadecimal digits: FNV-1a, which is the same on every machine and for ever.
pub fn of(rule: &str, resource: &str, place: &str) -> String {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013B;
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let bytes = [rule, resource, place].into_iter().flat_map(|text| text.bytes().chain([0]));
    let hash = bytes.fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    format!("{hash:032x}")
}
