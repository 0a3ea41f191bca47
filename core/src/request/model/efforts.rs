//! Levels of `output_config.effort`.

use crate::names::wire_names;

wire_names! {
    /// A level of `output_config.effort`; the lowest comes first.
    Effort {
        /// `low`
        Low = "low";
        /// `medium`
        Medium = "medium";
        /// `high`
        High = "high";
        /// `xhigh`
        Xhigh = "xhigh";
        /// `max`
        Max = "max";
    }
}

/// A set of levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Efforts(u8);

impl Efforts {
    /// No level: the field itself is refused.
    pub const NONE: Self = Self(0);
    /// All five.
    pub const ALL: Self = Self::of(Effort::ALL);

    /// These levels.
    pub const fn of(levels: &[Effort]) -> Self {
        let mut rest = levels;
        let mut set = 0;
        while let [level, tail @ ..] = rest {
            set |= 1 << *level as u8;
            rest = tail;
        }
        Self(set)
    }

    /// Whether the level is among them.
    pub const fn has(self, level: Effort) -> bool {
        self.0 & (1 << level as u8) != 0
    }

    /// The levels, lowest first.
    pub fn iter(self) -> impl Iterator<Item = Effort> {
        Effort::ALL.iter().copied().filter(move |level| self.has(*level))
    }
}

impl FromIterator<Effort> for Efforts {
    fn from_iter<I: IntoIterator<Item = Effort>>(levels: I) -> Self {
        levels.into_iter().fold(Self::NONE, |set, level| Self(set.0 | Self::of(&[level]).0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn a_set_has_what_was_put_in() {
        let set = Efforts::of(&[Effort::Low, Effort::Max]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [Effort::Low, Effort::Max]);
        assert_eq!(Effort::ALL.iter().copied().collect::<Efforts>(), Efforts::ALL);
        assert_eq!(Efforts::NONE.iter().count(), 0);
    }
}
