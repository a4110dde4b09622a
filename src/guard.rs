//! Conditions that only a deployment decides, and the atoms they are made of.

use std::sync::Arc;

/// How many atoms of a guard are compared with those of another, and how deep they may lie.
const MAX_ATOMS: usize = 64;
const MAX_DEPTH: usize = 64;

/// Something that is decided at deployment, with the options it has.
#[derive(Clone, Debug)]
pub struct Atom {
    /// Names the atom in its unit: two atoms of one name are one, with the same options.
    pub name: Arc<str>,
    /// What the deployment is given that decides it, as paths with dots: of two atoms that have an input in common nobody
    /// knows which options go together.
    pub inputs: Vec<Arc<str>>,
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

impl Atom {
    /// Whether it has a default, and this option is it, if it is not left to the deployment alone.
    #[must_use]
    pub fn is_default(&self, option: usize) -> Option<bool> {
        let has_default = self.options.iter().any(|option| option.likely);
        let has_others = self.options.iter().any(|option| !option.likely);
        (has_default && has_others).then(|| self.options.get(option).is_some_and(|option| option.likely))
    }

    /// Whether another atom hangs on what this one does.
    fn is_entangled(&self, other: &Self) -> bool {
        let holds = |one: &str, other: &str| {
            other.strip_prefix(one).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let common = |one: &Arc<str>| other.inputs.iter().any(|other| holds(one, other) || holds(other, one));
        self.name != other.name && self.inputs.iter().any(common)
    }
}

impl Guard {
    /// Whether something decides this guard and another in ways that nobody knows.
    #[must_use]
    pub fn is_entangled(&self, other: &Self) -> bool {
        let (mut own, mut others) = (Vec::new(), Vec::new());
        self.collect(&mut own, 0);
        other.collect(&mut others, 0);
        own.iter().any(|atom| others.iter().any(|other| atom.is_entangled(other)))
    }

    /// The atoms that it is made of, as far as they are looked at.
    fn collect<'g>(&'g self, atoms: &mut Vec<&'g Atom>, depth: usize) {
        if atoms.len() >= MAX_ATOMS || depth >= MAX_DEPTH {
            return;
        }
        match self {
            Self::Always | Self::Never => {}
            Self::Is(atom, _) => atoms.push(atom),
            Self::Not(guard) => guard.collect(atoms, depth + 1),
            Self::All(guards) | Self::Any(guards) => {
                for guard in guards {
                    guard.collect(atoms, depth + 1);
                }
            }
            Self::Named(named) => named.guard.collect(atoms, depth + 1),
        }
    }

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
