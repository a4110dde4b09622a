//! Conditions that only a deployment decides, and the atoms they are made of.

use std::sync::Arc;

/// Something that is decided at deployment, with the options it has.
#[derive(Clone, Debug)]
pub struct Atom {
    /// Names the atom in its unit: two atoms of one name are one, with the same options.
    pub name: Arc<str>,
    /// At least one.
    pub options: Vec<AtomOption>,
}

#[derive(Clone, Debug)]
pub struct AtomOption {
    /// As a sentence goes on behind a comma: "with the default of parameter Level".
    pub label: Arc<str>,
    /// Whether a finding may rest on this option alone. A value that is merely allowed is no such option.
    pub likely: bool,
}

/// A condition over atoms.
#[derive(Clone, Debug)]
pub enum Guard {
    Always,
    Never,
    /// The atom has the option of this index.
    Is(Arc<Atom>, usize),
    Not(Box<Guard>),
    All(Vec<Guard>),
    Any(Vec<Guard>),
    /// A condition that has a name of its own, by which messages speak of it.
    Named(Arc<Named>),
}

impl Guard {
    /// Whether it hangs on something that no finding may rest on, and that has no name.
    #[must_use]
    pub fn is_unlikely(&self) -> bool {
        match self {
            Self::Always | Self::Never | Self::Named(_) => false,
            Self::Is(atom, option) => atom.options.get(*option).is_none_or(|option| !option.likely),
            Self::Not(guard) => guard.is_unlikely(),
            Self::All(guards) | Self::Any(guards) => guards.iter().any(Self::is_unlikely),
        }
    }
}

/// A condition with a name. Findings may rest on it, whatever decides it.
#[derive(Clone, Debug)]
pub struct Named {
    /// Two of one subject and different words exclude each other: "condition `IsProd`".
    pub subject: Arc<str>,
    /// As a sentence goes on behind a comma: "when condition `IsProd` is true".
    pub when_true: Arc<str>,
    pub when_false: Arc<str>,
    pub guard: Guard,
}
