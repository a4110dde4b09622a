//! Anchored nodes, and the bounds within which an alias is replaced by a copy of one.

use std::collections::HashMap;

use crate::value::Value;

/// How many nodes the aliases of one file may expand to.
const MAX_COPIED: usize = 50_000;
/// How many nodes are kept for aliases, over all anchors of a file. Anchors lie in each other, so that without
/// a bound a small file could fill the memory.
const MAX_KEPT: usize = 200_000;
/// How deep a tree may become through an alias.
const MAX_DEPTH: usize = 512;

/// The size of a tree.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub nodes: usize,
    pub depth: usize,
}

impl Size {
    /// A node without children.
    pub const LEAF: Self = Self { nodes: 1, depth: 1 };

    /// Takes in a child.
    pub fn add(&mut self, child: Self) {
        self.nodes += child.nodes;
        self.depth = self.depth.max(child.depth + 1);
    }
}

/// The anchored nodes of a document that are complete. The bounds are those of the whole file.
#[derive(Debug, Default)]
pub struct Anchors {
    nodes: HashMap<usize, Anchored>,
    kept: usize,
    copied: usize,
}

#[derive(Debug)]
struct Anchored {
    value: Value,
    size: Size,
}

impl Anchors {
    /// Forgets the nodes; the next document has its own.
    pub fn next_document(&mut self) {
        self.nodes.clear();
    }

    /// Keeps a node for its aliases, if it is small enough to be copied at all.
    pub fn define(&mut self, id: usize, value: &Value, size: Size) {
        if size.nodes <= MAX_COPIED && self.kept + size.nodes <= MAX_KEPT {
            self.kept += size.nodes;
            self.nodes.insert(id, Anchored { value: value.clone(), size });
        }
    }

    /// A copy of an anchored node for an alias that stands `depth` levels deep; none beyond the bounds.
    pub fn copy(&mut self, id: usize, depth: usize) -> Option<(Value, Size)> {
        let Anchored { value, size } = self.nodes.get(&id)?;
        if self.copied + size.nodes > MAX_COPIED || depth + size.depth > MAX_DEPTH {
            return None;
        }
        self.copied += size.nodes;
        Some((value.clone(), *size))
    }
}
