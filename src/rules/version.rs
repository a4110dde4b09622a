//! Versions, and what Terraform's constraints on them let through.

use super::verdict::Truth;

/// Major, minor, patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([u64; 3]);

impl Version {
    /// A version of one to three numbers; those that are left out are 0.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        numbers(text).map(|(version, _)| version)
    }
}

/// A version, and how many numbers it is written with. None for a pre-release, which is matched in a way of its own.
fn numbers(text: &str) -> Option<(Version, usize)> {
    let mut version = [0; 3];
    let mut written = 0;
    for part in text.split('.') {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        *version.get_mut(written)? = part.parse().ok().filter(|_| is_number)?;
        written += 1;
    }
    Some((Version(version), written))
}

/// Whether a constraint (`~> 5.0`, `>= 5.1, < 6.0.0`) lets through a version or a later one. Unknown where it is none.
pub fn reaches(constraint: &str, version: &Version) -> Truth {
    let mut allowed = Allowed { from: (*version, true), to: None, except: Vec::new() };
    let mut is_vague = false;
    for clause in constraint.split(',') {
        match allowed.narrow(clause.trim()) {
            Some(certain) => is_vague |= !certain,
            None => return Truth::Unknown,
        }
    }
    match allowed.is_possible() {
        false => Truth::False,
        true if is_vague => Truth::Unknown,
        true => Truth::True,
    }
}

/// The versions that are let through: from one up to another, each of which may be one of them or not.
struct Allowed {
    from: (Version, bool),
    to: Option<(Version, bool)>,
    except: Vec<Version>,
}

impl Allowed {
    /// Leaves only what a clause lets through; whether that is certain. None if it is no clause.
    fn narrow(&mut self, clause: &str) -> Option<bool> {
        let digits = clause.find(|c: char| c.is_ascii_digit())?;
        let (operator, number) = clause.split_at(digits);
        let (version, written) = numbers(number)?;
        match operator.trim() {
            "" | "=" => {
                self.at_least(version, true);
                self.at_most(version, true);
            }
            "!=" => self.except.push(version),
            ">" => self.at_least(version, false),
            ">=" => self.at_least(version, true),
            "<" => self.at_most(version, false),
            "<=" => self.at_most(version, true),
            "~>" => {
                let Version([major, minor, _]) = version;
                self.at_least(version, true);
                match written {
                    // Not all readers of constraints agree whether this ends with the major version.
                    1 => return Some(Version([major.saturating_add(1), 0, 0]) > self.from.0),
                    2 => self.at_most(Version([major.saturating_add(1), 0, 0]), false),
                    _ => self.at_most(Version([major, minor.saturating_add(1), 0]), false),
                }
            }
            _ => return None,
        }
        Some(true)
    }

    fn at_least(&mut self, version: Version, included: bool) {
        if version > self.from.0 {
            self.from = (version, included);
        } else if version == self.from.0 {
            self.from.1 &= included;
        }
    }

    fn at_most(&mut self, version: Version, included: bool) {
        match &mut self.to {
            Some((to, is_included)) if *to == version => *is_included &= included,
            Some((to, _)) if *to < version => {}
            to => *to = Some((version, included)),
        }
    }

    fn is_possible(&self) -> bool {
        let (from, from_included) = self.from;
        match self.to {
            Some((to, included)) if to == from => included && from_included && !self.except.contains(&from),
            Some((to, _)) => from < to,
            None => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(constraint: &str) -> Truth {
        reaches(constraint, &Version::parse("6.5.0").unwrap())
    }

    #[test]
    fn a_constraint_reaches_what_it_lets_through() {
        for constraint in [
            "~> 6.0",
            "~> 6.5.0",
            "~> 6.5",
            "~> 6",
            ">= 5.0",
            ">= 5.0, < 7.0",
            "6.5.0",
            "= 6.6.1",
            "> 6.4",
            "!= 6.5.0",
            "<= 6.5.0",
            "<= 6.5",
            ">=6.0.0,<=6.5.0",
            "7.0",
            "~> 7.1",
            ">= 6, != 6.5.0, < 8",
        ] {
            assert_eq!(reached(constraint), Truth::True, "{constraint}");
        }
        for constraint in [
            "~> 5.0",
            "~> 5.100.0",
            "~> 6.4.0",
            ">= 5.0, < 6.0",
            "= 5.1.0",
            "5.1",
            "< 6.5",
            "< 6.5.0",
            "<= 6.4",
            "6.5.0, != 6.5.0",
            ">= 4, ~> 5.3",
            ">= 7, < 6",
            "<= 6.5.0, > 6.5.0",
            "< 7, = 6.4.9",
        ] {
            assert_eq!(reached(constraint), Truth::False, "{constraint}");
        }
        for constraint in [
            "",
            "latest",
            "~> 5",
            "~> 5, != 5.1.0",
            ">= 5.0 < 6.0",
            "6.5.0-beta1",
            "=> 5.0",
            "~> 5.0.0.0",
            "5.x",
            "v5.0",
            ">= ",
        ] {
            assert_eq!(reached(constraint), Truth::Unknown, "{constraint}");
        }
    }
}
