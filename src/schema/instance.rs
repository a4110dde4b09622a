//! A configuration in one world, as the JSON that is validated, part by part.

use std::collections::HashMap;

use serde_json::Value as Json;

use crate::value::{Kind, Map, Value};
use crate::world::World;

/// Nodes of one configuration that are looked at; what lies beyond is not known.
const MAX_NODES: usize = 1_000_000;

/// A part of a configuration that is checked by itself: so the alternatives in one entry do not multiply with those
/// in another.
#[derive(Clone, Copy)]
pub enum Focus {
    /// All but what is in the entries.
    Frame,
    /// The entry of this index.
    Entry(usize),
}

/// The member whose items are looked at one by one.
const ENTRIES: &str = "LogConfigurations";

impl Focus {
    pub fn holds(self, pointer: &str) -> bool {
        match self {
            Self::Frame => true,
            Self::Entry(index) => {
                let entry = pointer.strip_prefix('/').and_then(|rest| rest.strip_prefix(ENTRIES));
                let index_and_rest = entry.and_then(|rest| rest.strip_prefix('/'));
                index_and_rest.and_then(|rest| rest.split('/').next()) == Some(index.to_string().as_str())
            }
        }
    }
}

/// The parts of a configuration, whatever its alternatives.
pub fn parts(properties: &Value) -> impl Iterator<Item = Focus> + use<> {
    let entries = alternatives(properties)
        .filter_map(|properties| properties.get(ENTRIES))
        .flat_map(alternatives)
        .filter_map(Value::as_list)
        .map(<[Value]>::len)
        .max();
    std::iter::once(Focus::Frame).chain((0..entries.unwrap_or_default()).map(Focus::Entry))
}

/// What a node may be, as far as it has alternatives.
fn alternatives(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match &value.kind {
        Kind::Choice(choice) => {
            Box::new(choice.alternatives.iter().flat_map(|alternative| alternatives(&alternative.value)))
        }
        _ => Box::new(std::iter::once(value)),
    }
}

/// Makes the instance that is validated.
pub struct Bridge<'w> {
    pub world: &'w World,
    /// For lists of which items were left out: the indices of those that were not.
    pub kept: HashMap<*const Value, Vec<usize>>,
    left: usize,
}

impl<'w> Bridge<'w> {
    pub fn new(world: &'w World) -> Self {
        Self { world, kept: HashMap::new(), left: MAX_NODES }
    }

    /// A part of a configuration; none if it is not there.
    pub fn part(&mut self, properties: &Value, part: Focus) -> Option<Json> {
        let Focus::Entry(index) = part else { return Some(self.frame(properties)) };
        let entries = self.world.pick(self.world.pick(properties)?.get(ENTRIES)?)?;
        let entry = entries.as_list()?.get(index)?;
        if !self.is_known(entry) {
            return None;
        }
        self.kept.insert(std::ptr::from_ref(entries), vec![index]);
        let instance = self.json(entry);
        Some(serde_json::json!({ ENTRIES: [instance] }))
    }

    /// Whether an item of a list is there, and something is known of it.
    fn is_known(&self, item: &Value) -> bool {
        let picked = self.world.pick(item).map(|item| &item.kind);
        !matches!(picked, None | Some(Kind::Absent | Kind::Unknown(_)))
    }

    /// A node with all that is in it.
    fn json(&mut self, value: &Value) -> Json {
        let Some(value) = self.world.pick(value) else { return Json::Null };
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return Json::Null;
        }
        match &value.kind {
            Kind::Bool(truth) => Json::Bool(*truth),
            Kind::Number(number) => serde_json::from_str(number).unwrap_or_else(|_| Json::from(0)),
            Kind::Text(text) => text.known().map_or(Json::Null, Json::from),
            Kind::List(_) => self.list(value, Self::json),
            Kind::Map(map) => self.object(map, |bridge, _, value| bridge.json(value)),
            _ => Json::Null,
        }
    }

    /// The configuration with nothing in its entries.
    fn frame(&mut self, properties: &Value) -> Json {
        let member = |bridge: &mut Self, name: &str, value: &Value| match bridge.world.pick(value) {
            Some(entries) if name == ENTRIES && entries.as_list().is_some() => {
                bridge.list(entries, |_, _| Json::Null)
            }
            _ => bridge.json(value),
        };
        match self.world.pick(properties) {
            Some(Value { kind: Kind::Map(map), .. }) => self.object(map, member),
            _ => self.json(properties),
        }
    }

    fn list(&mut self, list: &Value, json: impl Fn(&mut Self, &Value) -> Json) -> Json {
        let items = list.as_list().unwrap_or_default();
        let kept: Vec<usize> = (0..items.len()).filter(|index| self.is_known(&items[*index])).collect();
        let instance = kept.iter().map(|index| json(self, &items[*index])).collect();
        if kept.len() < items.len() {
            self.kept.insert(std::ptr::from_ref(list), kept);
        }
        Json::Array(instance)
    }

    fn object(&mut self, map: &Map, json: impl Fn(&mut Self, &str, &Value) -> Json) -> Json {
        let mut object = serde_json::Map::new();
        for entry in &map.entries {
            if !self.world.removes(&entry.value) {
                object.insert(entry.key.name.clone(), json(self, &entry.key.name, &entry.value));
            }
        }
        Json::Object(object)
    }
}
