//! Anchored nodes, and the bounds within which an alias is replaced by a copy of one.

use std::collections::HashMap;

use crate::value::Value;

/// How many nodes the aliases of one file may expand to.
const MAX_COPIED: usize = 50_000;
/// How many nodes are kept for aliases, over all anchors of a file. Anchors lie in each other, so that without
/// a bound a small file could fill the memory.
const MAX_KEPT: usize = 200_000;
/// How many bytes of text the aliases of one file may expand to.
const MAX_BYTES_COPIED: usize = 8 * 1024 * 1024;
/// How many bytes of text are kept for aliases, over all anchors of a file.
const MAX_BYTES_KEPT: usize = 32 * 1024 * 1024;
/// How deep a tree may become through an alias.
const MAX_DEPTH: usize = 512;

/// The size of a tree.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub nodes: usize,
    /// Of the texts and keys in it.
    pub bytes: usize,
    pub depth: usize,
}

impl Size {
    /// A node without children.
    pub const LEAF: Self = Self { nodes: 1, bytes: 0, depth: 1 };

    /// A scalar that is written in so many bytes.
    pub const fn of_scalar(bytes: usize) -> Self {
        Self { bytes, ..Self::LEAF }
    }

    /// Takes in a child.
    pub fn add(&mut self, child: Self) {
        self.nodes += child.nodes;
        self.bytes += child.bytes;
        self.depth = self.depth.max(child.depth + 1);
    }
}

/// The anchored nodes of a document that are complete. The bounds are those of the whole file.
#[derive(Debug, Default)]
pub struct Anchors {
    nodes: HashMap<usize, Anchored>,
    kept: usize,
    bytes_kept: usize,
    copied: usize,
    bytes_copied: usize,
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
        let may_be_copied = size.nodes <= MAX_COPIED && size.bytes <= MAX_BYTES_COPIED;
        let (kept, bytes) = (self.kept + size.nodes, self.bytes_kept + size.bytes);
        if may_be_copied && kept <= MAX_KEPT && bytes <= MAX_BYTES_KEPT {
            (self.kept, self.bytes_kept) = (kept, bytes);
            self.nodes.insert(id, Anchored { value: value.clone(), size });
        }
    }

    /// A copy of an anchored node for an alias that stands `depth` levels deep; none beyond the bounds.
    pub fn copy(&mut self, id: usize, depth: usize) -> Option<(Value, Size)> {
        let Anchored { value, size } = self.nodes.get(&id)?;
        let (copied, bytes) = (self.copied + size.nodes, self.bytes_copied + size.bytes);
        if copied > MAX_COPIED || bytes > MAX_BYTES_COPIED || depth + size.depth > MAX_DEPTH {
            return None;
        }
        (self.copied, self.bytes_copied) = (copied, bytes);
        Some((value.clone(), *size))
    }
}
