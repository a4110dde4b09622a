//! Rules: what the files in `rules/` say, and how it is checked.

pub mod across;
mod audit;
mod built_in;
pub mod check;
mod condition;
pub mod definition;
mod deployed;
mod differ;
mod example;
mod file;
pub mod finding;
mod found;
mod glob;
pub mod limits;
mod lookup;
mod mistake;
pub mod names;
mod order;
mod pack;
pub mod page;
pub mod parts;
mod piece;
mod predicate;
mod prefix;
mod reader;
pub mod rule;
pub mod set;
mod string;
pub mod unique;
pub mod unknown;
mod verdict;
mod version;

pub use built_in::{built_in, sources};
pub use mistake::Mistake;
pub use reader::Reader;
pub use set::{Set, read};
