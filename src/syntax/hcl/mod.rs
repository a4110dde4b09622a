//! HCL, the language of Terraform's files, and HCL in the strings of another syntax.

mod block;
mod file;
mod flat;
mod frame;
mod ground;
mod line;
mod literal;
mod scan;
mod split;
mod string;
mod template;
mod tree;

pub use self::file::{Wanted, comments, parse};
pub use self::literal::{expression, template};
pub use self::split::begins_with_block;
