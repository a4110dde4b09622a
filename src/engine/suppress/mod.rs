//! Suppressions: what people write into a file so that a finding in it is not reported.

mod apply;
mod certain;
mod claim;
mod date;
mod directive;
mod extent;
mod find;
mod metadata;
mod tell;

pub use self::apply::apply;
pub use self::certain::Context;
pub use self::date::Date;
pub use self::find::{InComments, Suppression, form_of, in_asides};
pub use self::tell::unknown_rule;
