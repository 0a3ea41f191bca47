//! What a policy chooses from: jitter, what may be sent again, sets of kinds.

use core::fmt;

use crate::kind::ErrorKind;
use crate::names::wire_names;

wire_names! {
    /// How a backoff is spread, in the words of the AWS article.
    ///
    /// Source: <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>.
    #[derive(Default)]
    Jitter {
        /// Anything from nothing to the backoff. The default: least work for the server, no waves.
        #[default]
        Full = "full";
        /// Half the backoff, and anything up to the other half.
        Equal = "equal";
        /// Anything from `initial_delay` to three times the last delay.
        Decorrelated = "decorrelated";
        /// The backoff itself. Callers that fail together come back together: for tests and single callers.
        None = "none";
    }
}

wire_names! {
    /// Whether a request that the server may have carried out already is sent again.
    #[derive(Default)]
    ResendAmbiguous {
        /// Never.
        No = "false";
        /// Where it only costs money: inference calls without remote tools. Never a batch or another `POST` with effects.
        #[default]
        Yes = "true";
        /// Always, effects or not.
        Always = "always";
    }
}

wire_names! {
    /// What happens to a stream that breaks after content has reached the caller.
    #[derive(Default)]
    MidStream {
        /// The call stops as `committed`: nothing is said twice.
        #[default]
        Stop = "stop";
        /// The call is sent again from the start; the caller discards what it has.
        Restart = "restart";
        /// The call is sent again so that it goes on where it broke.
        Resume = "resume";
    }
}

impl Jitter {
    /// The names there are, as an error says them.
    pub const EXPECTED: &'static str = "`full`, `equal`, `decorrelated` or `none`";
}

impl ResendAmbiguous {
    /// The names there are, as an error says them.
    pub const EXPECTED: &'static str = "true, false or `always`";
}

impl MidStream {
    /// The names there are, as an error says them.
    pub const EXPECTED: &'static str = "`stop`, `restart` or `resume`";
}

/// A set of kinds.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Kinds(u32);

impl Kinds {
    /// No kind.
    pub const NONE: Self = Self(0);

    /// Whether `kind` is in the set.
    pub const fn contains(self, kind: ErrorKind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }

    /// The set with `kind` in it.
    #[must_use]
    pub const fn with(self, kind: ErrorKind) -> Self {
        Self(self.0 | (1 << kind as u32))
    }

    /// The kinds of the set, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = ErrorKind> {
        ErrorKind::ALL.iter().copied().filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<ErrorKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = ErrorKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
