//! A configuration as the validator takes it: plain JSON, in which what is not known is null.

use std::collections::HashMap;

use serde_json::Value as Json;

use crate::value::{Kind, Value};
use crate::world::World;

/// Nodes of one configuration that are looked at; what lies beyond is not known.
const MAX_NODES: usize = 1_000_000;

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

    pub fn json(&mut self, value: &Value) -> Json {
        let Some(value) = self.world.pick(value) else { return Json::Null };
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return Json::Null;
        }
        match &value.kind {
            Kind::Bool(truth) => Json::Bool(*truth),
            Kind::Number(number) => serde_json::from_str(number).unwrap_or_else(|_| Json::from(0)),
            Kind::Text(text) => text.as_str().map_or(Json::Null, Json::from),
            Kind::List(items) => {
                let known = |item: &Value| {
                    !matches!(
                        self.world.pick(item).map(|item| &item.kind),
                        None | Some(Kind::Absent | Kind::Unknown(_))
                    )
                };
                let kept: Vec<usize> = (0..items.len()).filter(|index| known(&items[*index])).collect();
                let list = kept.iter().map(|index| self.json(&items[*index])).collect();
                if kept.len() < items.len() {
                    self.kept.insert(std::ptr::from_ref(value), kept);
                }
                Json::Array(list)
            }
            Kind::Map(map) => {
                let mut object = serde_json::Map::new();
                for entry in &map.entries {
                    if !matches!(self.world.pick(&entry.value).map(|value| &value.kind), Some(Kind::Absent)) {
                        object.insert(entry.key.name.clone(), self.json(&entry.value));
                    }
                }
                Json::Object(object)
            }
            _ => Json::Null,
        }
    }
}
